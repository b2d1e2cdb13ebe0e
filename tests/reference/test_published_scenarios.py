"""Published cases written as a person would, as whole scenarios: one programme, a partner each."""

from __future__ import annotations

from typing import Any

import numpy as np

from partnerselect.analysis import Analysis, analyse, intervals, opinions
from partnerselect.model import Scenario
from tests.oracle.plain import programme, scenario
from tests.oracle.scores import Data
from tests.reference.published import Published


def answered(case: Published, criteria: list[Data]) -> Analysis:
    """Return the answer where each alternative could do all, scored on criteria c0, c1, …."""
    names = [f"c{number}" for number in range(len(criteria))]
    partners = {
        title.lower(): {
            "title": title,
            "offers": ["work"],
            "cost": {"per-day": 0},
            "scores": dict(zip(names, row, strict=True)),
        }
        for title, row in zip(case.given["alternatives"], case.given["matrix"], strict=True)
    }
    weighted = {
        name: {"title": name, "weight": weight, **criterion}
        for name, weight, criterion in zip(names, case.given["weights"], criteria, strict=True)
    }
    data = scenario(partners, {"x": programme()})
    data["criteria"] = {"title": "What matters", "criteria": weighted}
    return analyse(Scenario.from_data(data))


def said_by(analysis: Analysis, method: str) -> Any:
    """Return what another method says of the only programme."""
    (asked,) = opinions(analysis)
    return next(one for one in asked.opinions if one.method == method).opinion


def test_shares_of_the_best_and_topsis_choose_different_aircraft() -> None:
    case = Published("saw_topsis_hwang_yoon1981_aircraft")
    best = {True: {"ratio": "highest"}, False: {"ratio": "lowest"}}
    analysis = answered(case, [{"scale": best[bool(more)]} for more in case.increasing])
    assert analysis.scores.overall[0] / 100 == case.near("saw")
    assert analysis.scores.ranks[0].tolist() == case.expected["saw_ranks"]
    topsis = said_by(analysis, "topsis")
    assert np.array(topsis.scores) == case.near("topsis")
    assert topsis.ranks == tuple(case.expected["topsis_ranks"])


def test_six_plants_have_their_net_flows_by_six_shapes_of_preference() -> None:
    case = Published("promethee2_brans1986_hydroelectric")
    local = {True: {"local": "more"}, False: {"local": "less"}}
    criteria = [
        {"scale": local[bool(more)], "preference": preference}
        for more, preference in zip(case.increasing, case.given["preferences"], strict=True)
    ]
    promethee = said_by(answered(case, criteria), "promethee-ii")
    assert np.array(promethee.scores) == case.near("net")
    assert promethee.ranks == tuple(case.expected["ranks"])


def test_a_weight_can_move_as_far_as_triantaphyllou_and_sanchez_say() -> None:
    case = Published("weights_triantaphyllou_sanchez1997")
    analysis = answered(case, [{"scale": {"worst": 0, "best": 1}}] * 4)
    assert analysis.scores.overall[0] / 100 == case.near("scores")
    found = intervals(analysis, "x")
    assert np.array([one.low for one in found]) == case.near("low")
    assert np.array([one.high for one in found]) == case.near("high")
    assert [(one.below, one.above) for one in found] == [
        (None, "a3"),
        (None, "a2"),
        ("a2", None),
        (None, "a2"),
    ]
