"""Weights with the ranges they speak of, how they were given and by whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from partnerselect import rows
from partnerselect.analysis import Analysis, analyse, analyse_unpriced
from partnerselect.files import load
from partnerselect.model.criteria import Criterion
from partnerselect.model.scenario import Scenario
from partnerselect.rows import Row
from partnerselect.rows.weights import ends_in_words, weight_rows
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

WIDE = {"worst": 0, "best": 10, "unit": "points"}
OWN = {"method": "rank", "order": ["people", "care"]}


def analysed(*, typed: bool = True, **rest: Any) -> Analysis:
    """Analyse two criteria, the second a branch of two, one of them on a local scale.

    Two partners who score 4 and 9 on it.
    """
    own = {"weight": 1} if typed else {}
    below = {
        "staff": {"title": "Staff", "scale": WIDE, **own},
        "record": {"title": "Record", "scale": {"local": "more", "unit": "points"}, **own},
    }
    criteria = {
        "care": {"title": "Care", "scale": WIDE, **own},
        "people": {"title": "People", "criteria": below, **own},
    }
    partners = {
        name: {**partner(0), "scores": {"care": 5, "people.staff": 5, "people.record": record}}
        for name, record in (("a", 4), ("b", 9))
    }
    programmes = {
        "main": programme(),
        "other": programme(title="Other", weights=OWN if typed else {**OWN, "branches": BELOW}),
    }
    return analyse(
        Scenario.from_data(
            scenario(
                partners, programmes, criteria={"title": "Criteria", "criteria": criteria}, **rest
            )
        )
    )


BELOW = {"people": {"method": "direct", "points": {"staff": 3, "record": 1}}}
BOARD = {
    "board": {
        "title": "Board",
        "weights": {"method": "swing", "points": {"care": 1, "people": 3}, "branches": BELOW},
    }
}


def given(found: list[Row]) -> dict[str, tuple[str, str]]:
    return {row["criterion"]: (row["method"], row["by"]) for row in found}


def test_every_criterion_and_branch_has_its_local_and_its_whole_share() -> None:
    found = {row["criterion"]: (row["local"], row["whole"]) for row in rows.weight_rows(analysed())}
    assert found == {
        "care": (0.5, 0.5),
        "people": (0.5, 0.5),
        "people.staff": (0.5, 0.25),
        "people.record": (0.5, 0.25),
    }


def test_a_weight_carries_its_range_with_the_unit_and_a_branch_has_none_of_its_own() -> None:
    found = {row["criterion"]: (row["worst"], row["best"]) for row in rows.weight_rows(analysed())}
    assert found["care"] == ("0 points", "10 points")
    assert found["people"] == (None, None)
    assert found["people.record"] == (
        "the worst partner of each programme",
        "the best partner of each programme",
    )


def test_in_one_programme_a_local_scale_runs_from_its_worst_to_its_best_partner() -> None:
    found = {
        row["criterion"]: (row["worst"], row["best"])
        for row in rows.programme_weight_rows(analysed(), "main")
    }
    assert found["people.record"] == ("4 points", "9 points")


def test_it_is_said_how_weights_were_given_and_by_whom() -> None:
    analysis = analysed(stakeholders=BOARD)
    typed, order = "swing points: the worth of going from worst to best", "an order of importance"
    of_all = given(rows.weight_rows(analysis))
    assert set(of_all.values()) == {(typed, "the criteria set")}
    assert given(rows.programme_weight_rows(analysis, "main")) == of_all
    own = given(rows.programme_weight_rows(analysis, "other"))
    assert (own["care"], own["people.staff"]) == ((order, "Other"), (typed, "the criteria set"))
    board = given(rows.group_weight_rows(analysis, "board"))
    assert (board["care"], board["people.staff"]) == ((typed, "Board"), ("points", "Board"))


def test_the_groups_mean_is_called_what_it_is() -> None:
    mean = ("the mean of the groups' weights, by voice", "the groups")
    silent = analysed(typed=False, stakeholders=BOARD)
    assert set(given(rows.weight_rows(silent)).values()) == {mean}
    assert given(rows.programme_weight_rows(silent, "other"))["people.staff"] == ("points", "Other")
    asked = analysed(stakeholders=BOARD, analysis={"samples": 0, "base": "stakeholders"})
    assert set(given(rows.weight_rows(asked)).values()) == {mean}


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ({"worst": 1200, "best": 0, "unit": "£ per day"}, ("£1,200 per day", "£0 per day")),
        ({"worst": 0.5, "best": 2}, ("0.5", "2")),
        ({"points": [[10, 0], [0, 100], [5, 70]], "unit": "weeks"}, ("10 weeks", "0 weeks")),
        ({"levels": {"none": 0, "some": 40, "full": 100}}, ("none", "full")),
        ({"levels": {"light": 90, "heavy": 10}}, ("heavy", "light")),
    ],
)
def test_the_ends_are_said_from_worst_to_best_whichever_way_the_scale_runs(
    scale: Data, words: tuple[str, str]
) -> None:
    assert (
        ends_in_words(Criterion.model_validate({"title": "A criterion", "scale": scale})) == words
    )


def test_a_local_scale_that_falls_begins_with_the_largest() -> None:
    leaf = Criterion.model_validate(
        {"title": "A criterion", "scale": {"local": "less", "unit": "weeks"}}
    )
    assert ends_in_words(leaf, np.array([12.0, 3.0])) == ("12 weeks", "3 weeks")
    assert (
        ends_in_words(leaf, np.array([np.nan, np.nan]))[0] == "the worst partner of each programme"
    )


def test_sub_criteria_stand_below_their_own_branch() -> None:
    path = Path(__file__).parents[1] / "robustness" / "faults" / "subcriteria.yaml"
    found = weight_rows(analyse_unpriced(load(path).scenario))
    paths = [row["criterion"] for row in found]
    assert paths == ["quality", "quality.staff", "quality.record", "price"]
