"""The sentences about a choice: facts from the solver, told so that a reader could check them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from partnerselect import files
from partnerselect.advice.reasons import price_questions
from partnerselect.allocation import Allocator
from partnerselect.allocation.outcome import UnansweredError
from partnerselect.allocation.wish_prices import LiftedLimits
from partnerselect.analysis import analyse
from partnerselect.model import Scenario
from partnerselect.rows import programme_rows, ranking_rows
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

TWO_PHASES = {name: PHASES[name] for name in ("first", "second")}


def told(data: Data) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """Return the rows with their reasons in words, by programme, and by programme and partner."""
    found = analyse(Scenario.from_data(data))
    programmes = [SimpleNamespace(**row) for row in programme_rows(found)]
    ranking = [SimpleNamespace(**row) for row in ranking_rows(found)]
    return {row.programme: row for row in programmes}, {
        (row.programme, row.partner): row for row in ranking
    }


def named(name: str, worth: float, *offers: str, **rest: object) -> Data:
    return partner(worth, *offers, **rest) | {"title": name}


def test_the_chosen_need_no_reason_and_every_other_partner_has_one() -> None:
    partners = {
        "ash": named("Ash", 70),
        "elm": named("Elm", 60),
        "oak": named("Oak", 90, excluded="Conflict of interest"),
    }
    programmes, ranking = told(scenario(partners, {"x": programme()}))
    assert programmes["x"].reason == ""
    assert {name: row.reason for (_, name), row in ranking.items()} == {
        "ash": "",
        "elm": "Scores 10.0 points less than Ash.",
        "oak": "Excluded: Conflict of interest.",
    }


def test_a_leader_that_the_budget_keeps_out_is_named_with_the_budget() -> None:
    """Ash would cost 10 · 100 = 1,000 of 900."""
    programmes, ranking = told(
        scenario(
            {"ash": named("Ash", 70, cost={"per-day": 100}), "elm": named("Elm", 60)},
            {"x": programme()},
            limits={"budget": 900},
        )
    )
    assert (
        programmes["x"].reason
        == "Ash scores higher (1st; this is 2nd), but it cannot be chosen here: our budget"
        " stands in the way."
    )
    assert (
        ranking["x", "ash"].reason
        == "Scores 10.0 points more than Elm; it cannot be chosen here: our budget stands"
        " in the way."
    )


def test_a_leader_used_elsewhere_is_priced_in_points_of_the_whole_and_in_money() -> None:
    """Ash has days for one programme, 40 better than elm in both; x weighs 3 of 4.

    Moved to y: 40 · 3/4 − 40 · 1/4 = 20 points lost.

    Its price is 300 wherever it works, so the cost stays.
    """
    partners = {
        "ash": named("Ash", 90, capacity=10, cost={"per-programme": 300}),
        "elm": named("Elm", 50),
    }
    programmes, _ = told(
        scenario(partners, {"x": programme(importance=3), "y": programme(importance=1)})
    )
    lost = (
        "choosing it would change the partners of “A programme” and lower the total by 20.0 points,"
        " at the same cost to us, because of the limit on days of Ash."
    )
    assert (programmes["x"].partners, programmes["y"].partners) == (["ash"], ["elm"])
    assert programmes["y"].reason == f"Ash scores higher (1st; this is 2nd), but {lost}"


def test_equals_are_called_equal_and_the_dearer_is_told_by_how_much() -> None:
    """Same value, 10 · 5 = 50 more."""
    _, ranking = told(
        scenario(
            {"ash": named("Ash", 70, cost={"per-day": 5}), "elm": named("Elm", 70)},
            {"x": programme()},
        )
    )
    assert (
        ranking["x", "ash"].reason
        == "Scores the same as Elm; choosing it would be worth as much to the whole and cost us £50"
        " more."
    )


def test_with_the_aim_least_cost_what_is_passed_over_is_said_to_be_worth_more() -> None:
    """Elm's 60 points in x suffice for 30 of all.

    Ash would bring 10 of 2 · 100 there, and y 60 of 2 · 100: 5 and 30 points more, 50 dearer each.
    """
    partners = {
        "ash": named("Ash", 70, cost={"per-day": 10}),
        "elm": named("Elm", 60, cost={"per-day": 5}),
    }
    data = scenario(
        partners,
        {"x": programme(mandatory=True), "y": programme()},
        aim={"least-cost": {"value-at-least": 30}},
    )
    programmes, ranking = told(data)
    assert (
        ranking["x", "ash"].reason
        == "Scores 10.0 points more than Elm; choosing it would raise the total by 5.0 points"
        " and cost us £50 more."
    )
    assert (
        programmes["y"].reason
        == "Running it would raise the total by 30.0 points and cost us £50 more."
    )


def test_with_the_aim_least_cost_whom_a_limit_keeps_out_would_not_else_be_worth_more() -> None:
    """Ash has 5 of the 10 days; with 10, Elm would still do it for 50 less."""
    partners = {
        "ash": named("Ash", 60, cost={"per-day": 10}, capacity=5),
        "elm": named("Elm", 50, cost={"per-day": 5}),
    }
    _, ranking = told(
        scenario(partners, {"x": programme()}, aim={"least-cost": {"value-at-least": 50}})
    )
    assert ranking["x", "ash"].reason == (
        "Scores 10.0 points more than Elm; it cannot be chosen here: the limit on days of Ash"
        " stands in the way, and without it others would still be chosen."
    )


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (
            {"partners": {"ash": partner(70, excluded="Out")}},
            "No eligible partner offers work.",
        ),
        (
            {"programmes": {"x": programme(baseline=80)}},
            "Doing nothing is worth more (80.0 points) than any partner (70.0 at most).",
        ),
        (
            {
                "programmes": {"x": programme(phases=["first"])},
                "phases": TWO_PHASES,
                "as-at": "2022-04-01",
            },
            "Its phase first is over, and takes no new work.",
        ),
        (
            {"partners": {"ash": partner(70, capacity=0)}},
            (
                "It cannot run within the limits. It would run if days of A partner rose from 0 to 10; nothing else would change."
            ),
        ),
        (
            {"limits": {"internal-days": 4}, "programmes": {"x": programme(internal_days=5)}},
            (
                "It cannot run within the limits. It would run if our team's days rose from 4 to 5; nothing else would change."
            ),
        ),
    ],
)
def test_a_deferral_says_what_stands_in_the_way(rest: Data, reason: str) -> None:
    programmes, ranking = told(scenario({"ash": partner(70)}, {"x": programme()}) | rest)
    assert not programmes["x"].run
    assert programmes["x"].reason == reason
    assert ranking["x", "ash"].reason in {
        "The programme is deferred.",
        "Excluded: Out.",
    }


def test_what_cannot_run_beside_a_mandatory_programme_says_so() -> None:
    """Ash has days for one, and x must have them."""
    programmes, _ = told(
        scenario(
            {"ash": partner(70, capacity=10)}, {"x": programme(mandatory=True), "y": programme()}
        )
    )
    assert (
        programmes["y"].reason
        == "It cannot run within the limits beside what must run. It would run if days of A partner rose from 10 to 20; nothing else would change."
    )


def test_what_is_deferred_for_something_better_says_what_running_it_would_lose() -> None:
    """1,000 buys one of two; x weighs 3 of 4 at 80 points: 60, y alone 20: 40 points lost."""
    programmes, _ = told(
        scenario(
            {"ash": partner(80, cost={"per-day": 100})},
            {"x": programme(importance=3), "y": programme(importance=1)},
            limits={"budget": 1000},
        )
    )
    assert (
        programmes["y"].reason
        == "Running it would defer “A programme” and lower the total by 40.0 points, at the same cost"
        " to us. It would run if our budget rose from £1,000 to £2,000; nothing else would change."
    )


def test_a_commitment_stands_above_requirements_and_says_which() -> None:
    partners = {"ash": named("Ash", 70), "elm": named("Elm", 20, excluded="Poor reference")}
    programmes, ranking = told(
        scenario(partners, {"x": programme()}, committed={"x": {"work": "elm"}})
    )
    assert programmes["x"].partners == ["elm"]
    assert (
        ranking["x", "elm"].reason
        == "Committed at an earlier review point, although: Excluded: Poor reference."
    )
    assert ranking["x", "elm"].rank is None
    assert (
        ranking["x", "ash"].reason
        == "Scores 50.0 points more than Elm; this was decided at an earlier review point."
    )
    assert (
        programmes["x"].reason
        == "Ash scores higher, but this was decided at an earlier review point."
    )


def test_without_an_answer_there_is_no_reason_to_give_but_who_is_not_eligible() -> None:
    partners = {"ash": named("Ash", 70, capacity=0), "elm": named("Elm", 60, excluded="Out")}
    programmes, ranking = told(scenario(partners, {"x": programme(mandatory=True)}))
    assert programmes["x"].reason == ""
    assert [row.reason for row in ranking.values()] == ["", "Excluded: Out."]


def test_a_deferred_programme_says_what_would_bring_it_back() -> None:
    """b costs 2,000 beside the 1,000 of a, which is worth more; the capacity is no obstacle."""
    case = scenario(
        {"one": partner(80, capacity=100, cost={"per-day": 100})},
        {"a": programme(importance=10), "b": programme(20, importance=1)},
        limits={"budget": 2500},
    )
    waits = told(case)[0]["b"]
    assert [(one["path"], one["limit"], one["needed"]) for one in waits.brings_back] == [
        ("limits.budget", 2500, 3000)
    ]
    assert waits.reason.endswith(
        "It would run if our budget rose from £2,500 to £3,000; nothing else would change."
    )


def test_nothing_is_said_to_bring_back_what_no_single_limit_would() -> None:
    case = scenario(
        {"one": partner(80, capacity=15, cost={"per-day": 100})},
        {"a": programme(importance=10), "b": programme(20, importance=1)},
        limits={"budget": 1500},
    )
    waits = told(case)[0]["b"]
    assert (waits.brings_back, waits.brings_back_complete) == ([], True)
    assert "It would run" not in waits.reason


def waiting() -> Data:
    """Return a case in which b waits for 500 more of the budget, or for one programme more a partner."""
    return scenario(
        {"one": partner(80, cost={"per-day": 100})},
        {"a": programme(importance=10), "b": programme(importance=1)},
        limits={"budget": 1500},
    )


def crowded_out() -> Data:
    """Return a case in which c waits for 500 more of the budget; there are no days for b then."""
    return scenario(
        {"one": partner(80, capacity=20, cost={"per-day": 100})},
        {
            "a": programme(mandatory=True),
            "b": programme(5, importance=1) | {"title": "B programme"},
            "c": programme(importance=9),
        },
        limits={"budget": 1500},
    )


def test_what_would_run_says_what_would_then_give_way() -> None:
    waits = told(crowded_out())[0]["c"]
    assert waits.reason.endswith(
        "It would run if our budget rose from £1,500 to £2,000; that would defer “B programme”."
    )
    data = crowded_out()
    data["limits"]["budget"] = 2000
    assert [one.run for one in told(data)[0].values()] == [True, False, True]


def test_what_would_give_way_is_not_said_where_it_was_not_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = analyse(Scenario.from_data(crowded_out())).recommendation.programmes[2].brings_back
    unknown = replace(found, ways=tuple(replace(one, changed=None) for one in found.ways))
    monkeypatch.setattr("partnerselect.advice.reasons.unlocking_limits", lambda *_: unknown)
    waits = told(crowded_out())[0]["c"]
    assert waits.reason.endswith("It would run if our budget rose from £1,500 to £2,000.")


def test_ways_back_cut_short_by_time_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def time_is_up(*_: object) -> None:
        raise UnansweredError

    assert (
        analyse(Scenario.from_data(waiting())).recommendation.programmes[1].brings_back.is_complete
    )
    monkeypatch.setattr(Allocator, "least_use", time_is_up)
    waits = programme_rows(analyse(Scenario.from_data(waiting())))[1]
    assert waits["reason"].endswith(
        "What would bring it back was not worked out in the time allowed."
    )
    assert (waits["brings_back"], waits["brings_back_complete"]) == ([], False)


def test_some_ways_back_may_be_known_and_others_not(monkeypatch: pytest.MonkeyPatch) -> None:
    found = analyse(Scenario.from_data(waiting())).recommendation.programmes[1].brings_back
    monkeypatch.setattr(
        "partnerselect.advice.reasons.unlocking_limits",
        lambda *_: replace(found, is_complete=False),
    )
    waits = told(waiting())[0]["b"]
    assert waits.reason.endswith(
        "rose from £1,500 to £2,000; nothing else would change. What else would bring it back was not worked out in the time allowed."
    )


OUTSIDE = Path(__file__).parent / "faults"


def outside(name: str) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    return told(files.load(OUTSIDE / f"{name}.yaml").scenario.data)


def test_the_partner_whose_days_are_in_the_way_is_named() -> None:
    programmes, _ = outside("one-partner-for-a-programme-more-money")
    assert programmes["case-data"].reason == (
        "BigCo Managed Services scores higher (1st; this is 3rd), but choosing it would defer “A"
        " helpdesk that answers”, change the partners of “Servers: move to the cloud”, lower the"
        " total by 13.9 points and cost us £13,500 less, because of the limit on days of North IT."
    )


def test_no_limit_is_named_for_a_programme_beside_others_that_would_bring_it_back() -> None:
    programmes, _ = outside("one-partner-for-a-programme")
    assert programmes["helpdesk-service"].reason == (
        "It cannot run within the limits beside what must run. It would run if our budget rose from"
        " £40,000 to £41,500, or money from lottery from £15,000 to £16,000; that would change the partners of 2 programmes."
    )
    programmes, _ = outside("days-for-the-less-important")
    assert programmes["p"].reason == (
        "It cannot run within the limits. It would run if our team's days rose from 4 to 10;"
        " nothing else would change."
    )


def test_one_limit_in_the_way_of_what_is_not_worth_running_is_named() -> None:
    programmes, _ = outside("not-worth-running")
    assert programmes["p"].reason == (
        "Doing nothing is worth more (60.0 points) than any partner (50.0 at most); besides, our"
        " budget stands in the way."
    )


def test_who_makes_room_is_always_said() -> None:
    programmes, _ = outside("two-alike-money-for-one")
    assert programmes["q"].reason == (
        "Running it would defer “P” and be worth no more to the whole, at the same cost to us. It"
        " would run if our budget rose from £1,000 to £2,000; nothing else would change."
    )


def test_a_fund_that_keeps_a_partner_out_is_named() -> None:
    """State covers 70% of 2,000, and has 1,000."""
    data = files.load(OUTSIDE / "fund.yaml").scenario.data
    programmes, _ = told(data)
    assert programmes["p"].partners == ["a"]
    data["partners"]["a"]["funding"]["covers"] = 0.7
    programmes, _ = told(data)
    assert programmes["p"].partners == ["b"]
    assert programmes["p"].reason == (
        "A scores higher (1st; this is 2nd), but it cannot be chosen here: the limit on money from"
        " state stands in the way."
    )


def test_limits_that_each_stand_in_the_way_are_not_said_to_do_so_only_together() -> None:
    """Ash has 5 of 10 days, and would cost 1,000 of 500."""
    _, ranking = told(
        scenario(
            {"ash": named("Ash", 70, capacity=5, cost={"per-day": 100}), "elm": named("Elm", 60)},
            {"x": programme()},
            limits={"budget": 500},
        )
    )
    assert ranking["x", "ash"].reason == (
        "Scores 10.0 points more than Elm; it cannot be chosen here: our budget and the"
        " limit on days of Ash stand in the way."
    )


def test_a_difference_is_that_of_the_values_as_they_are_shown() -> None:
    """70.16 is shown as 70.2 and 60.14 as 60.1."""
    _, ranking = told(
        scenario({"ash": named("Ash", 70.16), "elm": named("Elm", 60.14)}, {"x": programme()})
    )
    assert ranking["x", "elm"].reason == "Scores 10.1 points less than Ash."


def test_a_wish_beyond_those_asked_about_is_said_not_to_be_worked_out() -> None:
    """Of 70 partners better than elm, which alone the budget allows, 60 are asked about."""
    dear = {f"p{n:02}": named(f"P{n}", 90 - n / 10, cost={"per-day": 100}) for n in range(70)}
    _, ranking = told(
        scenario(dear | {"elm": named("Elm", 50)}, {"x": programme()}, limits={"budget": 900})
    )
    assert "our budget stands in the way" in ranking["x", "p59"].reason
    assert ranking["x", "p60"].reason == (
        "Scores 34.0 points more than Elm; what choosing it would cost was not worked out here"
        " (ask explain)."
    )


def test_with_the_aim_least_cost_the_best_alternative_is_the_cheapest() -> None:
    partners = {
        "ash": named("Ash", 90, cost={"per-day": 30}),
        "elm": named("Elm", 60, cost={"per-day": 5}),
        "oak": named("Oak", 70, cost={"per-day": 10}),
    }
    aim = {"least-cost": {"value-at-least": 50}}
    programmes, _ = told(scenario(partners, {"x": programme(mandatory=True)}, aim=aim))
    assert (programmes["x"].partners, programmes["x"].runner_up) == (["elm"], "oak")


def test_the_cost_of_a_partner_used_alone_includes_what_is_paid_once() -> None:
    """Half of 10 · 100 for the days, and half of 500 once."""
    prices = {"per-day": 100, "once": 500}
    ash = partner(70, cost=prices, funding={"payer": "nation", "covers": "50%"})
    _, ranking = told(scenario({"ash": ash, "elm": partner(60)}, {"x": programme()}))
    assert (ranking["x", "ash"].own_cost, ranking["x", "ash"].own_cost_alone) == (500, 750)


def test_the_cost_of_a_partner_used_alone_includes_a_change_of_partners() -> None:
    """Ash is there today; for Elm we pay 10 · 50 and 300 for the change."""
    partners = {"ash": partner(70, cost={"per-day": 50}), "elm": partner(60, cost={"per-day": 50})}
    given = scenario(partners, {"x": programme(today="ash", change={"cost": 300})})
    _, ranking = told(given)
    assert [ranking["x", name].own_cost_alone for name in ("ash", "elm")] == [500, 800]


@pytest.mark.parametrize(
    ("fund", "ours"),
    [
        (1500, 3500),
        ({"one": 1100, "two": 5000}, 3400),
        ({"one": 900, "two": 400}, 3700),
        (None, 2500),
    ],
)
def test_the_cost_of_a_partner_used_alone_includes_what_its_fund_cannot_meet(
    fund: object, ours: float
) -> None:
    """Half of 1,000, 1,000 for a programme and 2,000 once falls in the first phase, 1,000 later.

    The nation is asked for 2,000 and then 500; what its fund cannot meet we pay.
    """
    ash = partner(
        70,
        cost={"per-day": 100, "per-programme": 1000, "once": 2000},
        funding={"payer": "nation", "covers": "50%", "top-up": "us"},
    )
    given = scenario(
        {"ash": ash, "elm": partner(60)},
        {"x": programme({"work": 20})},
        phases={"one": "2030-01-01", "two": "2031-01-01"},
        limits={} if fund is None else {"funds": {"nation": fund}},
    )
    _, ranking = told(given)
    assert ranking["x", "ash"].own_cost_alone == ours


def test_a_price_stays_where_the_limits_in_its_way_are_not_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def time_is_up(*_: object) -> None:
        raise UnansweredError

    monkeypatch.setattr(LiftedLimits, "in_the_way", time_is_up)
    cost = {"per-day": 100}
    dear = {"ash": named("Ash", 90, capacity=10), "elm": named("Elm", 50)}
    programmes, _ = told(scenario(dear, {"x": programme(importance=3), "y": programme()}))
    assert programmes["y"].reason.endswith(
        "lower the total by 20.0 points, at the same cost to us."
    )
    _, ranking = told(
        scenario(
            {"ash": named("Ash", 70, cost=cost), "elm": named("Elm", 60)},
            {"x": programme()},
            limits={"budget": 900},
        )
    )
    assert ranking["x", "ash"].reason.endswith(
        "it cannot be chosen here; what stands in its way was not worked out in the time allowed."
    )


def test_of_very_many_limits_in_the_way_the_number_is_said() -> None:
    """Seven rules, each with a partner that is committed elsewhere, keep ash out; all must go."""
    names = [f"p{n}" for n in range(7)]
    partners = {name: partner(60, f"need-{name}") for name in names}
    rules = {f"no-{name}": {"apart": ["ash", name], "anywhere": True} for name in names}
    _, ranking = told(
        scenario(
            {"ash": named("Ash", 70), "elm": named("Elm", 60)} | partners,
            {"x": programme()} | {name: programme({f"need-{name}": 10}) for name in names},
            rules=rules,
            committed={name: {f"need-{name}": name} for name in names},
        )
    )
    assert ranking["x", "ash"].reason.endswith(
        "it cannot be chosen here: 7 limits stand in the way."
    )


@pytest.mark.parametrize("names", [("ash", "elm", "oak"), ("oak", "elm", "ash")])
def test_what_choosing_another_would_change_is_no_more_than_it_must(names: tuple[str, ...]) -> None:
    """Three who are alike, ash chosen for all: elm for `q` leaves `p` and `r` with ash."""
    partners = {name: partner(50, cost={"per-day": 10}) for name in names}
    found = analyse(Scenario.from_data(scenario(partners, {p: programme() for p in "rpq"})))
    asked = price_questions(found.allocator, found.allocation).wishes
    assert {wish: price.changed for wish, price in asked.items()} == {
        (p, name): {p: (("ash",), (name,))} for p in "pqr" for name in ("elm", "oak")
    }
