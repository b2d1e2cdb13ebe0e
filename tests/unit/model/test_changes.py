"""`with_change`: what sweeps and what-ifs do to a scenario."""

from __future__ import annotations

import pytest

from partnerselect.errors import InputError
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario

CASE = scenario(
    {"ash": partner(70), "elm": partner(50)},
    {"x": programme(), "y": programme()},
    limits={"budget": 100},
)


def test_a_change_makes_a_copy_and_leaves_the_scenario_as_it_was() -> None:
    before = Scenario.from_data(CASE)
    after = before.with_change("limits.budget", 200)
    assert (before.limits.budget, after.limits.budget) == (100, 200)
    assert before.sha256 != after.sha256
    assert after.with_change("limits.budget", 100).sha256 == before.sha256


def test_none_removes_the_key() -> None:
    assert Scenario.from_data(CASE).with_change("limits.budget", None).limits.budget is None


def test_a_key_with_a_dot_in_it_is_found_below_scores() -> None:
    criteria = {
        "title": "c",
        "criteria": {
            "a": {
                "title": "a",
                "weight": 1,
                "criteria": {"b": {"title": "b", "weight": 1, "scale": {"worst": 0, "best": 9}}},
            }
        },
    }
    ash = {"title": "a", "offers": ["work"], "scores": {"a.b": 4}}
    changed = Scenario.from_data(
        scenario({"ash": ash}, {"x": programme()}, criteria=criteria)
    ).with_change("partners.ash.scores.a.b", 5)
    assert changed.partners["ash"].scores["a.b"].score == 5


def test_criteria_are_named_without_the_inner_word() -> None:
    assert (
        Scenario.from_data(CASE)
        .with_change("criteria.worth.weight", 3)
        .criteria.criteria["worth"]
        .weight
        == 3
    )


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("limit.budget", 1, 'did you mean "limits"?'),
        ("partners.asch.capacity", 1, 'did you mean "ash"?'),
        ("limits.bugdet", 1, 'did you mean "budget"?'),
        ("limits.budget", -1, "must be 0 or more"),
        ("partners.ash.gate", "closed", 'no gate is called "closed"'),
        ("title", None, "is missing"),
    ],
)
def test_a_change_that_cannot_be_meant_is_refused(path: str, value: object, words: str) -> None:
    with pytest.raises(InputError, match=words.replace("?", "[?]")):
        Scenario.from_data(CASE).with_change(path, value)


def test_a_weight_that_something_overrides_cannot_be_changed() -> None:
    own = {"method": "direct", "points": {"worth": 1}}
    both = {"x": programme(weights=own), "y": programme(weights=own)}
    with pytest.raises(InputError, match="changing this weight has no effect"):
        Scenario.from_data(scenario({"ash": partner(70)}, both)).with_change(
            "criteria.worth.weight", 2
        )


def test_several_changes_at_once_need_only_hold_together() -> None:
    """Either alone would name a gate that is not there or leave one that nobody uses."""
    changed = Scenario.from_data(CASE).with_changes(
        {"gates": {"door": {"title": "Door", "status": "refused"}}, "partners.ash.gate": "door"}
    )
    assert changed.partners["ash"].gate == "door"


def test_a_changed_scenario_remembers_the_one_that_was_loaded() -> None:
    loaded = Scenario.from_data(CASE)
    assert loaded.with_change("limits.budget", 1).with_change("limits.budget", 2).origin is loaded


def test_what_refers_to_something_that_a_change_takes_away_is_reported() -> None:
    case = scenario(
        {"ash": {**partner(70), "gate": "grant"}},
        {"x": programme()},
        gates={"grant": {"title": "Grant", "status": "unknown"}},
    )
    with pytest.raises(InputError, match='no gate is called "grant"'):
        Scenario.from_data(case).with_change("gates", {})


def test_what_does_not_change_is_the_very_same() -> None:
    before = Scenario.from_data(CASE)
    after = before.with_change("partners.ash.capacity", 5)
    assert after.partners["elm"] is before.partners["elm"]
    assert after.partners["ash"] is not before.partners["ash"]


def test_all_that_is_wrong_with_a_change_is_reported_at_once() -> None:
    with pytest.raises(InputError) as caught:
        Scenario.from_data(CASE).with_changes({"limits.budget": -1, "partners.ash.capacity": -1})
    assert len(caught.value.problems) == 2
