"""Plans, partners of today, what a change takes and groups of partners: what may be written, and what it says."""

from __future__ import annotations

from typing import Any

import pytest

from partnerselect.errors import InputError
from partnerselect.model import Scenario
from partnerselect.model.limits import FEWEST_GROUP_PARTNERS, MOST_GROUP_DAYS, stated_limits
from partnerselect.model.without_effect import no_effect_warnings
from tests.oracle.changes import changed
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

BASE = scenario(
    {
        "ash": partner(80, "plan", "coach", tags=["local"]),
        "oak": partner(50, "plan", tags=["local", "large-firm"]),
    },
    {
        "access": programme({"plan": 3, "coach": 1}, today="ash"),
        "board": programme({"plan": 2}, mandatory=True),
        "culture": programme({"plan": 2, "coach": 2}, today="nobody"),
    },
    limits={"groups": {"near": {"tag": "local", "days": {"min": "20%"}}}, "changes": 1},
)
OAK = {"title": "Oak where it can", "choose": {"access": "oak", "board": {"plan": "ash"}}}


def problems_of(data: Data) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        Scenario.from_data(data)
    return [(".".join(map(str, problem.loc)), problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("path", "value", "place", "words"),
    [
        ("programmes.access.today", "ahs", "programmes.access.today", 'no partner is called "ahs"; did you mean "ash"?'),
        ("programmes.access.today", "nobdy", "programmes.access.today", 'did you mean "nobody"?'),
        ("programmes.access.today", {}, "programmes.access.today", "must have at least 1 (found 0)"),
        ("programmes.access.today", {"pln": "ash"}, "programmes.access.today.pln", '"access" does not need this; did you mean "plan"?'),
        ("programmes.access.today", {"coach": "oak"}, "programmes.access.today.coach", '"oak" does not offer this'),
        ("programmes.access.today", {"coach": "nobody"}, "programmes.access.today.coach", 'no partner is called "nobody"'),
        ("programmes.access.change", {"costs": 1}, "programmes.access.change.costs", 'unknown key; did you mean "cost"?'),
        ("programmes.access.change", {"internal-days": -1}, "programmes.access.change.internal-days", "must be 0 or more"),
        ("limits.changes", -1, "limits.changes", "must be 0 or more"),
        ("limits.changes", 0.5, "limits.changes", "must be a whole number"),
        ("partners.ash.tags", ["local", "local"], "partners.ash.tags.1", '"local" is listed twice'),
        ("partners.ash.tags", "local", "partners.ash.tags", "must be a list"),
        ("partners.nobody", partner(1), "partners.nobody", '"nobody" is a reserved word'),
        ("partners.deferred", partner(1), "partners.deferred", '"deferred" is a reserved word'),
        ("limits.groups.near.tag", "locl", "limits.groups.near.tag", 'no partner has the tag "locl"; did you mean "local"?'),
        ("limits.groups.near", {"tag": "local"}, "limits.groups.near", "must limit days, money, partners or programmes"),
        ("limits.groups.near.money", {}, "limits.groups.near.money", "must have min, max or both"),
        ("limits.groups.near.money", {"min": "60%", "max": "40%"}, "limits.groups.near.money", "min must not exceed max (found 0.6 and 0.4)"),
        ("limits.groups.near.partners", {"min": 3, "max": 2}, "limits.groups.near.partners", "min must not exceed max (found 3 and 2)"),
        ("limits.groups.near.days", {"min": 20}, "limits.groups.near.days.min", "did you mean 20%?"),
        ("limits.groups.near.programme", {"max": 2}, "limits.groups.near.programme", 'unknown key; did you mean "programmes"?'),
        ("plans.today", OAK, "plans.today", '"today" is a reserved word'),
        ("plans.bare", {"choose": {}}, "plans.bare.title", "is missing"),
        ("plans.oak.rest", "defered", "plans.oak.rest", 'did you mean "deferred"?'),
        ("plans.oak.choose", {"acces": "oak"}, "plans.oak.choose.acces", 'did you mean "access"?'),
        ("plans.oak.choose", {"access": "okk"}, "plans.oak.choose.access", 'did you mean "oak"?'),
        ("plans.oak.choose", {"access": "defered"}, "plans.oak.choose.access", 'did you mean "deferred"?'),
        ("plans.oak.choose", {"access": {"plan": "okk"}}, "plans.oak.choose.access.plan", 'did you mean "oak"?'),
        ("plans.oak.choose", {"access": {"pln": "oak"}}, "plans.oak.choose.access.pln", 'did you mean "plan"?'),
        ("plans.oak.choose", {"access": {"coach": "oak"}}, "plans.oak.choose.access.coach", '"oak" does not offer this'),
        ("plans.oak.choose", {"board": "deferred"}, "plans.oak.choose.board", '"board" is mandatory and cannot be deferred'),
        ("plans.oak.choose", {"access": {"level": "pilot", "plan": "oak"}}, "plans.oak.choose.access.level", '"access" has no levels'),
        ("programmes.access.today", {"level": "pilot", "plan": "oak"}, "programmes.access.today.level", '"access" has no levels'),
        ("committed", {"access": {"level": "pilot", "plan": "oak"}}, "committed.access.level", '"access" has no levels'),
        ("plans.oak.chose", {}, "plans.oak.chose", 'unknown key; did you mean "choose"?'),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_at_its_place(
    path: str, value: Any, place: str, words: str
) -> None:
    with_plan = changed(BASE, ("plans", "oak"), OAK)
    keys = path.split(".")
    found = problems_of(changed(with_plan, keys, value))
    assert [at for at, _ in found] == [place]
    assert words in found[0][1]


@pytest.mark.parametrize("at", [(), ("levels", "whole")])
def test_no_component_may_be_called_level(at: tuple[str, ...]) -> None:
    """Who delivers it and the level of its programme would stand under one key."""
    needs: Data = {"needs": {"level": 2}}
    levels = {"levels": {"whole": {"title": "Whole", "worth": "100%", **needs}}}
    data = changed(BASE, ("programmes", "dose"), {"title": "Dose", **(levels if at else needs)})
    data["partners"]["ash"]["offers"] = ["plan", "coach", "level"]
    place = ".".join(("programmes", "dose", *at, "needs", "level"))
    ((found, words),) = problems_of(data)
    assert found == place
    assert '"level" is a reserved word' in words


def test_a_partner_offering_nothing_of_a_programme_is_refused_in_it() -> None:
    only_plan = changed(BASE, ("programmes", "access", "needs"), {"coach": 3})
    for keys in (("programmes", "access", "today"), ("plans", "x", "choose", "access")):
        data = changed(changed(only_plan, ("plans", "x", "title"), "X"), keys, "oak")
        assert problems_of(data) == [
            (".".join(keys), '"oak" offers nothing that "access" needs (coach); ash does')
        ]


def test_a_partner_at_fault_does_not_put_the_plans_that_name_it_at_fault() -> None:
    data = changed(changed(BASE, ("plans", "oak"), OAK), ("partners", "oak", "capacity"), -1)
    assert [at for at, _ in problems_of(data)] == ["partners.oak.capacity"]
    tagless = changed(changed(data, ("partners", "oak", "capacity"), 1), ("partners", "ash"), {})
    tagless["limits"]["groups"]["near"]["tag"] = "charity"
    assert "limits.groups.near.tag" not in [at for at, _ in problems_of(tagless)]


def test_a_group_of_which_nobody_is_asked_for_limits_nothing() -> None:
    asked = changed(BASE, ("limits", "groups", "near", "partners"), {"min": 0})
    del asked["limits"]["groups"]["near"]["days"]
    free = changed(asked, ("limits", "groups"), {})
    assert [one.loc for one in stated_limits(Scenario.from_data(asked))] == [
        one.loc for one in stated_limits(Scenario.from_data(free))
    ]
    assert problems_of(changed(BASE, ("programmes", "access", "partners"), {"min": 0})) != []


def test_a_plan_may_be_called_today_where_nothing_is_said_of_today() -> None:
    data = changed(BASE, ("plans", "today"), OAK)
    for name in ("access", "culture"):
        del data["programmes"][name]["today"]
    assert list(Scenario.from_data(data).all_plans) == ["today"]


def test_as_today_stands_first_and_everything_unnamed_in_it_is_deferred() -> None:
    found = Scenario.from_data(changed(BASE, ("plans", "oak"), OAK))
    today = found.all_plans["today"]
    assert list(found.all_plans) == ["today", "oak"]
    assert (today.title, today.rest) == ("As today", "deferred")
    assert found.written(today) == {
        ("access", "plan"): "ash",
        ("access", "coach"): "ash",
        ("board", "plan"): None,
        ("culture", "plan"): None,
        ("culture", "coach"): None,
    }
    assert found.incumbents == {"access": frozenset({"ash"})}


def test_a_partner_named_for_a_programme_takes_the_needs_it_offers_and_leaves_the_rest_open() -> (
    None
):
    found = Scenario.from_data(changed(BASE, ("plans", "oak"), OAK))
    assert found.written(found.all_plans["oak"]) == {
        ("access", "plan"): "oak",
        ("board", "plan"): "ash",
    }
    deferred = Scenario.from_data(changed(BASE, ("plans", "oak"), {**OAK, "rest": "deferred"}))
    assert deferred.written(deferred.all_plans["oak"]) == {
        ("access", "plan"): "oak",
        ("board", "plan"): "ash",
        ("culture", "plan"): None,
        ("culture", "coach"): None,
    }


def test_a_group_must_have_even_one_partner_where_it_says_so() -> None:
    """One partner a programme is what every scenario asks; one of a group is not."""
    group = {"tag": "local", "partners": {"min": 1}, "days": {"max": 0.5}}
    found = Scenario.from_data(changed(BASE, ("limits", "groups", "near"), group))
    assert [one.limit for one in FEWEST_GROUP_PARTNERS.stated_in(found)] == [1]
    assert [one.subject for one in MOST_GROUP_DAYS.stated_in(found)] == ["near"]


@pytest.mark.parametrize(
    ("path", "value", "place", "words"),
    [
        ("programmes.board.change", {"cost": 1}, "programmes.board.change", "has no effect"),
        ("programmes.culture.change", {"cost": 1}, "programmes.culture.change", "has no effect"),
        ("programmes.access.today", "nobody", "limits.changes", "has no effect"),
        ("partners.oak.tags", ["locl"], "partners.oak.tags.0", 'did you mean "local"?'),
        (
            "plans.empty",
            {"title": "Empty"},
            "plans.empty",
            "says nothing, so it is the best choice",
        ),
        (
            "plans",
            {"oak": OAK, "same": OAK | {"title": "Same"}},
            "plans.same",
            'says the same as "oak"',
        ),
    ],
)
def test_what_has_no_effect_is_told(path: str, value: Any, place: str, words: str) -> None:
    found = list(no_effect_warnings(Scenario.from_data(changed(BASE, path.split("."), value))))
    assert [".".join(map(str, one.loc)) for one in found] == [place]
    assert words in found[0].message


@pytest.mark.parametrize(
    ("ash", "oak", "method", "place"),
    [
        (["laen"], [], "lean", "partners.ash.methods.0"),
        (["lean"], ["laen"], "lean", "partners.oak.methods.0"),
        (["lean"], ["lean"], "laen", "programmes.board.method"),
        (["lean"], ["kaizen"], "lean", ""),
        (["model"], ["lean"], "six-sigma", ""),
    ],
)
def test_a_mistyped_method_is_told_once_and_where_it_is(
    ash: list[str], oak: list[str], method: str, place: str
) -> None:
    data = changed(BASE, ("partners", "ash", "methods"), ash)
    data = changed(
        changed(data, ("partners", "oak", "methods"), oak),
        ("programmes", "board", "method"),
        method,
    )
    found = list(no_effect_warnings(Scenario.from_data(data)))
    assert [".".join(map(str, one.loc)) for one in found] == [place] * bool(place)
    assert all("did you mean" in one.message for one in found)


def test_a_one_that_nobody_wrote_is_told_among_numbers_of_another_size() -> None:
    """Beside 1 and 2 it is what was meant; so is one that is written."""
    path = ["programmes", "access", "importance"]
    assert not list(no_effect_warnings(Scenario.from_data(changed(BASE, path, 5))))
    two = changed(changed(BASE, path, 40), ["programmes", "board", "importance"], 25)
    (told,) = no_effect_warnings(Scenario.from_data(two))
    assert told.loc == ("programmes", "culture", "importance")
    assert told.message.startswith("not written, so counts 1, where the others count 25 and more")
    third = changed(two, ["programmes", "culture", "importance"], 1)
    assert not list(no_effect_warnings(Scenario.from_data(third)))


def test_as_today_is_at_the_level_that_today_names_and_only_partners_are_of_today() -> None:
    doses = {
        "oak": {"title": "Like a partner", "worth": "40%", "needs": {"plan": 2}},
        "whole": {"title": "Whole", "worth": "100%", "needs": {"plan": 5, "coach": 2}},
    }
    at_level = {"title": "Dose", "levels": doses, "today": {"level": "oak", "plan": "ash"}}
    found = Scenario.from_data(changed(BASE, ("programmes", "dose"), at_level))
    said = found.written(found.all_plans["today"])
    assert {need: who for need, who in said.items() if need[0].startswith("dose.")} == {
        ("dose.oak", "plan"): "ash",
        ("dose.whole", "plan"): None,
        ("dose.whole", "coach"): None,
    }
    assert found.incumbents["dose.oak"] == found.incumbents["dose.whole"] == {"ash"}
    nobody = changed(BASE, ("programmes", "dose"), at_level | {"today": {"level": "oak"}})
    ((place, words),) = problems_of(nobody)
    assert place == "programmes.dose.today"
    assert "says at which level, and not who" in words
