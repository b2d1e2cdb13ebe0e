"""What is said of plans: each thing that gives way in a sentence, what is near, what is almost as good."""

from __future__ import annotations

import pytest

from partnerselect.allocation.plans import (
    Alternatives,
    Broken,
    FewPlan,
    NearPlan,
    PlanAgreement,
    PlanChoice,
    SometimesPartner,
)
from partnerselect.analysis import Analysis, alternatives, analyse, judge
from partnerselect.errors import Loc
from partnerselect.model import Scenario
from partnerselect.rows import few_scenario_rows, near_plan_rows, other_scenario_row
from partnerselect.rows.plan_words import (
    alternatives_sentence,
    better_at_words,
    broken_words,
    is_settled,
    joins_words,
)
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.unit.robustness.small import in_a_branch, partner as scored


def of_two() -> Scenario:
    """Return two programmes and two partners with a limit, a rule, a gate and a commitment."""
    return Scenario.from_data(
        scenario(
            {
                "ash": partner(70, capacity={"first": 5}, gate="invited") | {"title": "Ash"},
                "elm": partner(60, "work", "teach") | {"title": "Elm"},
            },
            {
                "x": programme({"work": 10, "teach": 4}, partners={"min": 2}) | {"title": "X"},
                "y": programme() | {"title": "Y"},
            },
            phases={"first": PHASES["first"]},
            gates={"invited": {"title": "We are invited", "status": "refused"}},
            rules={"one-of": {"apart": ["ash", "elm"]}},
            limits={"budget": 500, "partners": {"max": 2}},
            committed={"x": {"work": "elm"}},
        )
    )


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Broken(("limits", "budget"), None, 500, 1200, 700), "Our budget: £1,200, where £500 is allowed (£700 over)."),
        (Broken(("partners", "ash", "capacity"), "first", 5, 12.5, 7.5), "Days of Ash, first: 12.5, where 5 is allowed (7.5 over)."),
        (Broken(("limits", "share-per-partner"), None, 0.5, 0.9, 0.4), "Largest share of days per partner: 90%, where 50% is allowed (40 percentage points over)."),
        (Broken(("limits", "share-per-partner"), None, 0.5, 0.503, 0.003), "50.3%, where 50% is allowed (0.3 percentage points over)."),
        (Broken(("programmes", "x", "partners", "min"), None, 2, 1, 1), "at least 2 is asked for (1 short)."),
        (Broken(("rules", "one-of")), "At most one of Ash and Elm in any one programme: the plan does otherwise."),
        (Broken(("gates", "invited")), "A partner depends on a decision of others that is refused: “We are invited”."),
        (Broken(("partners", "elm", "excluded")), "Elm is excluded."),
        (Broken(("partners", "elm", "for", "y", "excluded")), "Elm is excluded for “Y”."),
        (Broken(("programmes", "y", "mandatory")), "“Y” must go ahead."),
        (Broken(("programmes", "y", "needs", "work")), "Nobody who may be chosen delivers work for “Y”."),
        (Broken(("committed", "x", "work")), "“X” already has work delivered by Elm."),
        (Broken(("as-at",)), "Some of its work falls into a phase that is over."),
    ],
)  # fmt: skip
def test_each_thing_that_gives_way_is_said_in_a_sentence(one: Broken, said: str) -> None:
    assert broken_words(of_two(), one).endswith(said)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            Broken(("gates", "invited"), partners=("ash", "elm")),
            "Ash and Elm depend on a decision of others that is refused: “We are invited”.",
        ),
        (
            Broken(("programmes", "x", "method"), partners=("elm",)),
            "Elm does not use the methodology of “X”.",
        ),
    ],
)
def test_who_it_is_that_something_stands_against_is_said(one: Broken, said: str) -> None:
    assert broken_words(of_two(), one) == said


def test_a_plan_says_which_partner_falls_below_what_is_required() -> None:
    data = scenario(
        {"ash": partner(70) | {"title": "Ash"}, "elm": partner(20) | {"title": "Elm"}},
        {name: programme() | {"title": name.upper()} for name in ("x", "y")},
        plans={"near": {"title": "Near", "choose": {"x": "elm", "y": "ash"}}},
    )
    worth = data["criteria"]["criteria"]["worth"] | {"at-least": 30}
    data["criteria"] = {"title": "Worth", "criteria": {"worth": worth}}
    analysis = analyse(Scenario.from_data(data))
    (plan,) = judge(analysis, over_trials=False).plans
    told = [broken_words(analysis.scenario, one) for one in plan.broken]
    assert told == ["Elm falls below what is required on Worth."]


def test_a_hurdle_is_named_by_its_criterion() -> None:
    found = of_two()
    path = next(iter(found.criteria.leaves))
    loc: Loc = ("criteria", *(key for name in path.split(".") for key in ("criteria", name)))
    told = broken_words(found, Broken((*loc, "at-least")))
    assert told == f"A partner falls below what is required on {found.criteria.leaves[path].title}."


def test_a_branch_is_named_by_its_title() -> None:
    made = in_a_branch({"one": scored(50, 50)}, 60)
    told = broken_words(made, Broken(("criteria", "criteria", "all", "at-least")))
    assert told == "A partner falls below what is required on All."


def almost(
    count: int, *, complete: bool, always: tuple[str, ...] | None = ("ash",)
) -> Alternatives:
    """Return so many plans that agree on x and not on y."""
    plans = tuple(NearPlan(70.0 - n, 100.0, 2, 2, n, ()) for n in range(count))
    agreed = (
        PlanAgreement("x", "always" if always else None, always, ()),
        PlanAgreement("y", "sometimes", (), (SometimesPartner("elm", 1),)),
    )
    return Alternatives(1.0, complete, count, 70.0, plans, agreed, ())


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            almost(14, complete=True),
            "13 other plans within 1 point; all agree on 1 of 2 programmes.",
        ),
        (almost(1, complete=True), "No other plan is within 1 point."),
        (
            almost(1, complete=False),
            "No other plan is known to be within 1 point, and there may be more; all such plans agree on 1 of 2 programmes.",
        ),
        (almost(0, complete=True), "No plan was found, so there is none that is almost as good."),
        (
            almost(200, complete=False),
            "At least 199 other plans within 1 point, and there may be more; all such plans agree on 1 of 2 programmes.",
        ),
        (
            almost(200, complete=False, always=None),
            "At least 199 other plans within 1 point, and there may be more; what all of them agree on was not worked out.",
        ),
    ],
)
def test_how_many_are_almost_as_good_is_said_so_that_the_recommended_one_is_counted_once(
    found: Alternatives, said: str
) -> None:
    assert alternatives_sentence(of_two(), found) == said


def test_a_tie_is_called_a_tie() -> None:
    """Two bids alike in all that counts: nothing but their order parts them."""
    case = scenario(
        {"a": partner(50, cost={"per-day": 10}), "b": partner(50, cost={"per-day": 10})},
        {"p": programme()},
    )
    analysis = analyse(Scenario.from_data(case))
    told = alternatives_sentence(analysis.scenario, alternatives(analysis))
    assert told.endswith("1 other plan is worth exactly as much for the same money: a tie.")


def test_who_divides_the_work_otherwise_is_not_said_to_agree() -> None:
    """Both come whatever happens; either may take either need."""
    needs = {"teach": 5, "coach": 5}
    both = {name: partner(50, "teach", "coach") for name in ("a", "b")}
    case = scenario(both, {"p": programme(needs, partners={"min": 2})})
    analysis = analyse(Scenario.from_data(case))
    told = alternatives_sentence(analysis.scenario, alternatives(analysis))
    assert "all have the same partners everywhere, who share the work in other ways." in told


@pytest.mark.parametrize(
    ("one", "is_so"),
    [
        (PlanAgreement("x", "always", ("ash",), ()), True),
        (PlanAgreement("x", "never", (), ()), True),
        (PlanAgreement("x", "sometimes", (), ()), False),
        (PlanAgreement("x", "always", ("ash",), (SometimesPartner("elm", 2),)), False),
        (PlanAgreement("x", None, None, ()), False),
    ],
)
def test_plans_agree_on_a_programme_where_all_do_the_same(
    one: PlanAgreement, *, is_so: bool
) -> None:
    assert is_settled(one) is is_so


def test_a_plan_is_said_to_be_better_only_at_what_it_is_better_at() -> None:
    better = FewPlan(3, 3540.0, 1, -1, 0.25, 0.5, ("elm",), ("ash",))
    assert better_at_words(of_two(), better) == [
        "£3,540 cheaper to us",
        "1 partner fewer",
        "more robust: 0.3 points less lost on average",
    ]
    assert joins_words(of_two(), better) == "with Elm, without Ash"
    assert better_at_words(of_two(), FewPlan(3, -1.0, 0, 0, None, None, (), ())) == []


def two_who_share() -> Scenario:
    """Return a programme of two needs that two partners can share in either way, all alike."""
    return Scenario.from_data(
        scenario(
            {
                "ash": partner(70, "work", "teach") | {"title": "Ash"},
                "elm": partner(70, "work", "teach") | {"title": "Elm"},
            },
            {
                "x": programme({"work": 4, "teach": 10}, partners={"min": 2, "max": 2})
                | {"title": "X"}
            },
        )
    )


def test_plans_with_the_same_partners_say_who_does_what() -> None:
    analysis = analyse(two_who_share())
    found = alternatives(analysis, over_trials=False)
    assert found.count == 2
    told = near_plan_rows(analysis, found)
    assert [row["words"] for row in told] == [
        "As recommended",
        "X: Elm + Ash (Elm for teach; Ash for work)",
    ]
    (course,) = few_scenario_rows(analysis, found)
    cell = course["programmes"]["x"]
    assert (cell["differs"], cell["shared"]) == (True, "Elm for teach; Ash for work")


def test_partners_are_named_in_the_order_of_the_recommendation_everywhere() -> None:
    """Whoever has most days comes first: teaching takes ten of the fourteen."""
    analysis = analyse(two_who_share())
    (advice,) = analysis.recommendation.programmes
    first, second = (analysis.scenario.partners[name].title for name in advice.partners)
    assert {one.partner for one in _who(analysis) if one.component == "teach"} == {
        advice.partners[0]
    }
    assert other_scenario_row(analysis, analysis)["programmes"]["x"]["partners"] == [first, second]
    held = analyse(two_who_share().with_change("committed", {"x": {"teach": advice.partners[1]}}))
    row = other_scenario_row(analysis, held)["programmes"]["x"]
    assert (row["partners"], row["differs"]) == ([second, first], False)


def _who(analysis: Analysis) -> list[PlanChoice]:
    return [
        PlanChoice(line.programme or "", line.component, line.partner or "")
        for line in (analysis.allocation.account.day_costs if analysis.allocation.account else ())
    ]
