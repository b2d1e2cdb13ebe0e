"""Groups of partners, partners of today, plans and what is almost as good: small enough to be done by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partnerselect.analysis import Analysis, alternatives, analyse_unpriced, choices, judge
from partnerselect.model import Scenario
from partnerselect.rows import alternatives_sentence
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

DEAR = {"per-day": 100}
PAIR = {"x": programme(), "y": programme()}
"""Two programmes of 10 days each, alike."""


def analysed(data: Data) -> Analysis:
    return analyse_unpriced(Scenario.from_data(data))


def chosen(analysis: Analysis) -> list[str]:
    work, found = analysis.table.workload, analysis.allocation.chosen
    assert found is not None
    return [work.partners[k] if k >= 0 else "" for k in found]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"days": {"max": "50%"}}, ["ash", "elm"]),
        ({"days": {"max": "49%"}}, ["elm", "elm"]),
        ({"partners": {"max": 0}}, ["elm", "elm"]),
        ({"programmes": {"max": 1}}, ["ash", "elm"]),
        ({"days": {"min": "40%", "max": "60%"}}, ["ash", "elm"]),
        ({"money": {"max": "60%"}}, ["elm", "elm"]),
    ],
)
def test_a_group_has_no_more_than_its_share(limit: Data, expected: list[str]) -> None:
    """Ash is better, and costs £1,000 a programme where elm costs £500: one of each gives it 67% of the money."""
    partners = {
        "ash": partner(80, cost=DEAR, tags=["large"]),
        "elm": partner(60, cost={"per-day": 50}),
    }
    limits = {"groups": {"few-large": {"tag": "large", **limit}}}
    assert sorted(chosen(analysed(scenario(partners, PAIR, limits=limits)))) == expected


def test_a_group_that_must_be_there_is_and_an_answer_without_it_is_none() -> None:
    partners = {"ash": partner(80), "elm": partner(60, tags=["peer"])}
    limits = {"groups": {"a-peer": {"tag": "peer", "partners": {"min": 1}}}}
    assert sorted(chosen(analysed(scenario(partners, PAIR, limits=limits)))) == ["ash", "elm"]
    closed = partners | {"elm": partner(60, tags=["peer"], excluded="Left out")}
    found = analysed(scenario(closed, PAIR, limits=limits))
    assert found.allocation.state == "infeasible"
    assert [one.loc for one in found.conflicts] == [
        ("limits", "groups", "a-peer", "partners", "min")
    ]


@pytest.mark.parametrize(("budget", "expected"), [(400, ["ash"]), (399, ["elm"])])
def test_a_change_is_paid_where_nobody_of_today_works_on(
    budget: float, expected: list[str]
) -> None:
    """Elm does it now; ash is better and takes £400 of our own money to change to."""
    only = {"x": programme(today="elm", change={"cost": 400})}
    partners = {"ash": partner(80), "elm": partner(60)}
    found = analysed(scenario(partners, only, limits={"budget": budget}))
    assert chosen(found) == expected
    account = found.allocation.account
    assert account is not None
    lines = [(line.kind, line.programme, line.own_cost) for line in account.fixed_costs]
    assert lines == ([("change", "x", 400.0)] if expected == ["ash"] else [])


def test_no_more_programmes_change_than_may() -> None:
    """Of two that elm does now the more important one changes."""
    two = {"x": programme(today="elm", importance=1), "y": programme(today="elm", importance=2)}
    found = analysed(scenario({"ash": partner(80), "elm": partner(60)}, two, limits={"changes": 1}))
    assert chosen(found) == ["elm", "ash"]


def test_a_plan_is_told_what_it_breaks_what_is_nearest_and_what_it_loses() -> None:
    """Ash may work 10 days; the plan wants it on both programmes, 20 days."""
    data = scenario(
        {"ash": partner(80, capacity=10, cost=DEAR), "elm": partner(60, cost={"per-day": 50})},
        PAIR,
    )
    plans = {"both": {"title": "Ash for both", "choose": {"x": "ash", "y": "ash"}}}
    (found,) = judge(analysed({**data, "plans": plans})).plans
    assert (found.possible, found.value, found.own_cost) == (False, 80, 2000)
    (broken,) = found.broken
    assert broken.loc == ("partners", "ash", "capacity")
    assert (broken.allowed, broken.used, broken.over) == (10, 20, 10)
    assert found.nearest is not None
    assert (found.nearest.changes, found.nearest.value, found.nearest.own_cost) == (1, 70, 1500)
    assert found.same_money is not None
    assert found.same_money.value == 70
    assert found.same_worth is None


def test_a_plan_judged_for_a_line_is_the_same_but_for_what_could_be_had_instead() -> None:
    data = scenario(
        {"ash": partner(80, cost=DEAR), "elm": partner(60, cost={"per-day": 50})},
        PAIR,
        plans={"mine": {"title": "Mine", "choose": {"x": "elm", "y": "elm"}}},
    )
    (whole,) = judge(analysed(data)).plans
    (short,) = judge(analysed(data), instead=False).plans
    assert whole.same_money is not None
    assert whole.same_worth is not None
    assert short == replace(whole, same_money=None, same_worth=None)


@pytest.mark.parametrize(("budget", "rest"), [(1000, "ash"), (999, "elm")])
def test_where_a_plan_breaks_a_fund_all_that_we_top_up_is_ours(budget: int, rest: str) -> None:
    """Oak alone may deliver x, which must run, for £1,000 of the nation's, who has 500; y is open.

    Ash's £1,000 would be the nation's too, but nothing is left, so all of it is ours; elm is free.
    """
    nation = {"payer": "nation", "covers": "100%"}
    partners = {
        "ash": partner(80, cost=DEAR, funding={**nation, "top-up": "us"}),
        "elm": partner(60),
        "oak": partner(70, "teaching", cost=DEAR, funding=nation),
    }
    programmes = {"x": programme({"teaching": 10}, mandatory=True), "y": programme()}
    limits = {"funds": {"nation": 500}, "budget": budget}
    plans = {"open": {"title": "All open"}}
    data = scenario(partners, programmes, limits=limits, plans=plans)
    (found,) = judge(analysed(data)).plans
    assert [(one.loc, one.used) for one in found.broken] == [(("limits", "funds", "nation"), 1000)]
    assert found.own_cost == (1000 if rest == "ash" else 0)


def test_a_plan_that_is_possible_is_its_own_nearest() -> None:
    data = scenario({"ash": partner(80), "elm": partner(60)}, PAIR)
    plans = {"elm": {"title": "Elm", "choose": {"x": "elm"}, "rest": "deferred"}}
    (found,) = judge(analysed({**data, "plans": plans})).plans
    assert (found.possible, found.broken, found.value, found.running) == (True, (), 30, 1)
    assert found.nearest is not None
    assert (found.nearest.changes, found.nearest.value) == (0, 30)


def test_everything_within_the_margin_is_listed_with_what_all_agree_on() -> None:
    """Ash is worth 80 in each of two programmes, elm 78 in the first, 60 in the second; nothing else comes near."""
    partners = {
        "ash": partner(80),
        "elm": partner(60, for_={"x": {"scores": {"worth": 78}}}),
    }
    found = alternatives(analysed(scenario(partners, PAIR)), within=1)
    assert (found.complete, found.count, found.best) == (True, 2, 80)
    assert [(one.value, one.differs) for one in found.plans] == [(80, 0), (79, 1)]
    first, second = found.programmes
    assert (first.always, {one.partner: one.plans for one in first.sometimes}) == (
        (),
        {"ash": 1, "elm": 1},
    )
    assert (second.runs, second.always, second.sometimes) == ("always", ("ash",), ())
    cut = alternatives(analysed(scenario(partners, PAIR)), within=1, most=1)
    assert (cut.complete, cut.count) == (False, 1)
    assert [(one.runs, one.always) for one in cut.programmes] == [
        ("always", ()),
        ("always", ("ash",)),
    ]


@pytest.mark.parametrize(
    "more", [{"aim": {"least-cost": {"value-at-least": 0}}}, {}], ids=["least-cost", "most-value"]
)
def test_what_must_run_goes_ahead_in_every_plan_of_a_list_cut_short(more: Data) -> None:
    """Left out, each would cost nothing and be worth as much: only that they must run forbids it."""
    alike = {f"p{n}": partner(80, cost=DEAR) for n in range(4)}
    must = {name: programme(mandatory=True, baseline=80) for name in "abcde"}
    cut = alternatives(analysed(scenario(alike, must, **more)), within=1, most=3)
    assert (cut.complete, cut.count, cut.why) == (False, 3, None)
    assert [(one.runs, one.always) for one in cut.programmes] == [("always", ())] * 5


def test_once_stopped_nothing_is_called_complete_and_nothing_proven() -> None:
    analysis = analysed(
        scenario({"ash": partner(80), "elm": partner(79)}, PAIR)
        | {"plans": {"elm": {"title": "Elm", "choose": {"x": "elm"}}}}
    )
    analysis.allocator.watch.stop()
    found = alternatives(analysis, within=5)
    assert (found.complete, found.count) == (False, 1)
    assert {one.always for one in found.programmes} == {None}
    (plan,) = judge(analysis).plans
    assert plan.why == "stopped"
    assert plan.value is None or plan.possible


def test_the_regret_of_a_plan_is_counted_over_the_trials_as_that_of_the_recommendation() -> None:
    """Ash lies anywhere from 50 to 100, elm at 70: ash is recommended, and elm better in two trials of five."""
    ash = partner(0) | {"scores": {"worth": {"low": 50, "high": 100}}}
    data = scenario({"ash": ash, "elm": partner(70)}, {"x": programme()})
    plans = {name: {"title": name, "choose": {"x": name}} for name in ("ash", "elm")}
    analysis = analysed({**data, "plans": plans, "analysis": {"samples": 2000}})
    ours, theirs = (plan.regret for plan in judge(analysis).plans)
    expected = choices(analysis).regret
    assert ours is not None
    assert theirs is not None
    assert expected is not None
    assert (ours.mean, ours.worst) == pytest.approx((expected.mean, expected.greatest))
    assert (ours.of, ours.as_good_share) == ("plan", 1.0)
    assert theirs.as_good_share == pytest.approx(0.4, abs=0.05)
    assert theirs.worst == pytest.approx(30, abs=1)


DOSES = {
    "pilot": {"title": "Pilot", "worth": "40%", "needs": {"work": 4}},
    "whole": {"title": "Whole", "worth": "100%", "needs": {"work": 10, "rest": 2}},
}


@pytest.mark.parametrize(
    ("choose", "expected"),
    [
        # Ash may work 5 days: at the pilot, or for the rest alone.
        ("ash", {("work", "ash", "elm")}),
        ({"work": "ash"}, {("level", "whole", "pilot")}),
        ({"work": "ash", "rest": "elm"}, {("work", "ash", "elm")}),
        ({"level": "pilot", "work": "elm"}, set()),
        ("deferred", set()),
        ({"level": "whole"}, {("level", "whole", "pilot")}),
    ],
)
def test_the_nearest_plan_keeps_a_partner_at_another_level(
    choose: str | Data, expected: set[tuple[str, str, str]]
) -> None:
    """A need that the same partner meets at another level is no change; the level is one."""
    partners = {
        "ash": partner(90, "work", "rest", capacity=5),
        "elm": partner(50, "work", "rest"),
    }
    data = scenario(partners, {"x": {"title": "X", "levels": DOSES}})
    if choose in ({"work": "ash"}, {"level": "whole"}):
        data["partners"]["elm"]["excluded"] = "Left out"
    told = judge(analysed(data | {"plans": {"said": {"title": "Said", "choose": {"x": choose}}}}))
    near = told.plans[0].nearest
    assert near is not None
    assert {(one.component, one.from_, one.to) for one in near.changed} == expected
    assert told.plans[0].possible == (not expected)


def test_what_runs_at_a_level_though_a_plan_defers_it_counts_by_need() -> None:
    must = {"x": {"title": "X", "levels": DOSES}, "y": programme()}
    rules = {"some": {"at-least-run": {"of": ["x", "y"], "run": 1}}}
    plan = {"title": "None", "choose": {}, "rest": "deferred"}
    partners = {"ash": partner(90, "work", "rest")}
    data = scenario(partners, must, rules=rules, plans={"none": plan})
    near = judge(analysed(data)).plans[0].nearest
    assert near is not None
    assert [(one.programme, one.component, one.from_, one.to) for one in near.changed] == [
        ("y", "work", None, "ash")
    ]


def test_a_plan_that_says_a_level_alone_runs_at_it() -> None:
    """Doing nothing would be worth more, and less where no level may run."""
    partners = {"ash": partner(50, "work", "rest", cost=DEAR)}
    data = scenario(partners, {"x": {"title": "X", "levels": DOSES, "baseline": 80}})
    data["plans"] = {"pilot": {"title": "Pilot", "choose": {"x": {"level": "pilot"}}}}
    told = judge(analysed(data)).plans[0]
    assert (told.possible, told.running) == (True, 1)
    assert told.value == pytest.approx(68)
    told = judge(analysed(data | {"limits": {"budget": 100}})).plans[0]
    assert not told.possible
    assert told.value == pytest.approx(68)
    assert told.nearest is not None
    assert [(one.component, one.from_, one.to) for one in told.nearest.changed] == [
        ("level", "pilot", None)
    ]


def test_the_same_partners_at_another_level_are_one_need_apart() -> None:
    """A part is worth nearly as much as the whole, and elm nearly as much as ash for one of its two needs."""
    doses = {
        "part": {"title": "Part", "worth": "99%", "needs": {"work": 4, "rest": 4}},
        "whole": {"title": "Whole", "worth": "100%", "needs": {"work": 8, "rest": 8}},
    }
    partners = {"ash": partner(80, "work", "rest"), "elm": partner(79, "rest")}
    data = scenario(partners, {"x": {"title": "X", "levels": doses}, "y": programme()})
    found = alternatives(analysed(data), within=1)
    best = {(one.programme, one.component): one.partner for one in found.plans[0].choose}
    assert best == dict.fromkeys([("x.whole", "work"), ("x.whole", "rest"), ("y", "work")], "ash")
    told = {
        frozenset(
            (one.programme, one.partner) for one in plan.choose if one.programme != "y"
        ): plan.differs
        for plan in found.plans
    }
    assert told == {
        frozenset({("x.whole", "ash")}): 0,
        frozenset({("x.whole", "ash"), ("x.whole", "elm")}): 1,
        frozenset({("x.part", "ash")}): 1,
        frozenset({("x.part", "ash"), ("x.part", "elm")}): 2,
    }


@pytest.mark.parametrize("most", [1, 200])
@pytest.mark.parametrize(("worth", "expected"), [("99%", None), ("98%", "x.whole")])
def test_plans_agree_on_a_programme_only_where_they_agree_on_its_level(
    worth: str, expected: str | None, most: int
) -> None:
    """A hundredth of 80 is within a point, a fiftieth is not; proven where the list is cut short."""
    doses = {
        "part": {"title": "Part", "worth": worth, "needs": {"work": 4}},
        "whole": {"title": "Whole", "worth": "100%", "needs": {"work": 8}},
    }
    data = scenario({"ash": partner(80)}, {"x": {"title": "X", "levels": doses}})
    analysis = analysed(data)
    found = alternatives(analysis, within=1, most=most)
    (told,) = found.programmes
    assert (told.runs, told.always, told.sometimes, told.level) == (
        "always",
        ("ash",),
        (),
        expected,
    )
    agreed = alternatives_sentence(analysis.scenario, found)
    none_agreed = "agree on 0 of 1 programme" in agreed
    assert none_agreed == (expected is None)
