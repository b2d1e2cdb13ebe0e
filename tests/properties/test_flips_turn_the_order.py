"""Flip points of whole scenarios, each recomputed with the change made: before it the leader is ahead, beyond it the rival."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from partnerselect.advice import examine
from partnerselect.model.scenario import Scenario
from partnerselect.robustness.flip_points import Flip, flips
from partnerselect.robustness.partner_comparison import stability_intervals
from tests.unit.robustness.small import compared

STEP = 1e-6
LEVELS = {"poor": 0, "fair": 55, "good": 100}


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a choice with a tree of weights, every kind of scale, prices and a gate."""
    weights = st.integers(1, 9)
    names = ["ash", "elm", "oak"]
    data: dict[str, Any] = {
        "format": 1,
        "title": "Drawn",
        "criteria": {
            "title": "A tree",
            "criteria": {
                "reach": {
                    "title": "Reach",
                    "weight": draw(weights),
                    "scale": {"worst": 0, "best": 10},
                },
                "cost": {
                    "title": "Cost",
                    "weight": draw(weights),
                    "from": "own-cost-per-day",
                    "scale": draw(
                        st.sampled_from([{"worst": 1000, "best": 0}, {"ratio": "lowest"}])
                    ),
                },
                "lasting": {
                    "title": "Lasting",
                    "weight": draw(weights),
                    "criteria": {
                        "skill": {
                            "title": "Skill",
                            "weight": draw(weights),
                            "scale": {"points": [[0, 0], [4, 70], [10, 100]]},
                        },
                        "trust": {
                            "title": "Trust",
                            "weight": draw(weights),
                            "scale": {"levels": LEVELS},
                        },
                        "record": {
                            "title": "Record",
                            "weight": draw(weights),
                            "scale": draw(
                                st.sampled_from([{"local": "more"}, {"ratio": "highest"}])
                            ),
                        },
                    },
                },
            },
        },
        "gates": {
            "grant": {
                "title": "The grant is made",
                "status": draw(st.sampled_from(["expected", "unknown"])),
            }
        },
        "partners": {name: draw(partners()) for name in names},
        "programmes": {"one": {"title": "One", "needs": {"help": 10}}},
    }
    data["partners"]["oak"]["gate"] = "grant"
    return Scenario.from_data(data)


@st.composite
def partners(draw: st.DrawFn) -> dict[str, Any]:
    score = st.integers(0, 10)
    record = st.one_of(st.integers(1, 10), st.just("unknown"))
    return {
        "title": "Partner",
        "offers": ["help"],
        "cost": {
            "per-day": draw(st.integers(1, 9)) * 100,
            "per-programme": draw(st.integers(0, 3)) * 100,
        },
        "scores": {
            "reach": draw(score),
            "lasting.skill": draw(score),
            "lasting.trust": draw(st.sampled_from(sorted(LEVELS))),
            "lasting.record": draw(record),
        },
    }


def leads(scenario: Scenario, flip: Flip) -> float:
    """Return by how much the leader is ahead of the rival."""
    seen = examine(scenario)
    ahead, behind = (seen.table.workload.partners.index(name) for name in (flip.leader, flip.rival))
    return float(seen.scores.overall[0, ahead] - seen.scores.overall[0, behind])


def with_share(scenario: Scenario, path: str, local: float) -> Scenario:
    """Give a criterion another share of its siblings' weight."""
    above = path.rpartition(".")[0]
    siblings = scenario.criteria.criteria[above].criteria if above else scenario.criteria.criteria
    assert siblings is not None
    others = sum(
        float(other.weight or 0)
        for name, other in siblings.items()
        if name != path.rpartition(".")[2]
    )
    return scenario.with_change(f"criteria.{path}.weight", local * others / (1 - local))


def around(scenario: Scenario, flip: Flip) -> tuple[Scenario | None, Scenario | None]:
    """Return the scenario just before a flip and just beyond it.

    None where that lies outside what may be stated.
    """
    step = STEP if flip.rises else -STEP
    if flip.kind == "weight":
        return _around_weight(scenario, flip, step)
    assert flip.path is not None
    if isinstance(flip.flip, str):
        return None, scenario.with_change(flip.path, flip.flip)
    assert flip.flip is not None
    size = step * max(1.0, abs(flip.flip))
    most = 10.0 if flip.subject in {"reach", "lasting.skill"} else np.inf
    before, beyond = (
        scenario.with_change(flip.path, value) if 0 < value <= most else None
        for value in (flip.flip - size, flip.flip + size)
    )
    return before, beyond


def _around_weight(
    scenario: Scenario, flip: Flip, step: float
) -> tuple[Scenario | None, Scenario | None]:
    node = next(node for node in compared(scenario).nodes if node.path == flip.subject)
    local = float(flip.flip or 0.0) / node.parent
    return tuple(
        with_share(scenario, flip.subject, share) if 0 <= share < 1 else None
        for share in (local - step, local + step)
    )  # type: ignore[return-value]


@settings(max_examples=40)
@given(scenario=scenarios())
def test_beyond_a_flip_the_order_is_turned_and_before_it_not(scenario: Scenario) -> None:
    for flip in flips(compared(scenario)):
        if flip.kind in {"weights", "gate"}:
            continue
        before, beyond = around(scenario, flip)
        assert beyond is None or leads(beyond, flip) < 0, flip
        assert before is None or leads(before, flip) > 0 or flip.distance < STEP, flip


@settings(max_examples=40)
@given(scenario=scenarios())
def test_the_least_change_of_all_weights_draws_the_two_level_and_no_single_weight_costs_less(
    scenario: Scenario,
) -> None:
    seen = examine(scenario)
    found = flips(compared(scenario))
    for flip in found:
        if flip.kind != "weights" or flip.change is None:
            continue
        values = dict(
            zip(
                seen.table.workload.partners,
                seen.table.values[0] @ flip.change.weights,
                strict=True,
            )
        )
        assert values[flip.leader] == pytest.approx(values[flip.rival], abs=1e-9)
        singles = [
            other.distance
            for other in found
            if other.kind == "weight" and other.rival == flip.rival
        ]
        assert flip.distance <= min(singles, default=1.0) + 1e-9


@settings(max_examples=40)
@given(scenario=scenarios())
def test_a_gate_that_flips_puts_another_first_when_it_turns(scenario: Scenario) -> None:
    for flip in flips(compared(scenario)):
        if flip.kind == "gate":
            assert flip.path is not None
            turned = examine(scenario.with_change(flip.path, flip.flip))
            firsts = {
                turned.table.workload.partners[k]
                for k in np.flatnonzero(turned.scores.ranks[0] == 1)
            }
            assert flip.rival in firsts
            assert flip.leader not in firsts


@settings(max_examples=40)
@given(scenario=scenarios())
def test_a_stability_interval_holds_todays_share_and_ends_where_another_takes_over(
    scenario: Scenario,
) -> None:
    for found in stability_intervals(compared(scenario)):
        assert 0 <= found.low <= found.share <= found.high <= 1
        assert found.whole_low <= found.whole + 1e-12
        for end, taker, step in ((found.low, found.below, -STEP), (found.high, found.above, STEP)):
            if taker is not None and 0 <= end + step < 1:
                assert (
                    _lead(with_share(scenario, found.criterion, end + step), found.leader, taker)
                    < 0
                )
            elif taker is None:
                assert end in {0.0, 1.0}


def _lead(scenario: Scenario, leader: str, other: str) -> float:
    seen = examine(scenario)
    value = dict(zip(seen.table.workload.partners, seen.scores.overall[0].tolist(), strict=True))
    return float(value[leader] - value[other])
