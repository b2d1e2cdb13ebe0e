"""With and without a gate, a payer and a partner, in cases small enough to do in the head."""

from __future__ import annotations

from partnerselect.allocation.alternatives import Alternative
from partnerselect.analysis import analyse, judge, with_and_without
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

GATE = {"offer": {"title": "Offer", "status": "refused"}}


def otherwise(case: Data, subject: str) -> Alternative:
    """Return what would be done with one thing otherwise."""
    return next(
        one for one in with_and_without(analyse(Scenario.from_data(case))) if one.subject == subject
    )


def test_an_open_gate_brings_in_who_waits_behind_it_at_its_price() -> None:
    partners = {
        "best": partner(90, gate="offer", cost={"per-day": 50}),
        "next": partner(60, cost={"per-day": 20}),
    }
    case = scenario(
        partners, {"a": programme(), "b": programme({"work": 1}, baseline=95)}, gates=GATE
    )
    assert otherwise(case, "offer") == Alternative(
        "gate", "offer", "open", "optimal", 92.5, 500, {"a": (("next",), ("best",))}
    )


def test_without_a_payer_the_trust_pays() -> None:
    """10 · 100 = 1,000 are within the budget; 900 are not, and nothing else is on offer."""
    case = scenario(
        {"one": partner(80, cost={"per-day": 100}, funding={"payer": "nation", "covers": "100%"})},
        {"a": programme(baseline=30)},
        limits={"budget": 1000},
    )
    assert otherwise(case, "nation") == Alternative(
        "payer", "nation", "without", "optimal", 80, 1000, {}
    )
    assert otherwise(case | {"limits": {"budget": 900}}, "nation") == Alternative(
        "payer", "nation", "without", "optimal", 30, 0, {"a": (("one",), ())}
    )


def test_without_the_only_partner_of_what_must_run_there_is_no_answer() -> None:
    case = scenario({"one": partner(80)}, {"a": programme(mandatory=True)})
    assert otherwise(case, "one") == Alternative(
        "partner", "one", "without", "infeasible", None, None, {}
    )


def test_a_partner_left_out_is_left_out_of_what_was_committed_to_it_too() -> None:
    case = scenario(
        {"one": partner(50), "other": partner(80)},
        {"a": programme()},
        committed={"a": {"work": "one"}},
    )
    assert otherwise(case, "one").changed == {"a": (("one",), ("other",))}


def test_a_commitment_is_worth_what_another_partner_would_bring_instead() -> None:
    """Freed, the need goes to the better one at 300 more.

    What the programme's other need is committed to stands.
    """
    partners = {"one": partner(50, "x", "y"), "other": partner(80, "x", "y", cost={"per-day": 100})}
    case = scenario(
        partners, {"a": programme({"x": 3, "y": 3})}, committed={"a": {"x": "one", "y": "one"}}
    )
    assert otherwise(case, "a.x") == Alternative(
        "commitment", "a.x", "without", "optimal", 65, 300, {"a": (("one",), ("one", "other"))}
    )


def test_the_ends_of_a_local_scale_stay_when_who_sets_one_is_left_out() -> None:
    """5 lies halfway between 0 and 10 and is worth 50, whoever is left; alone it would be 100."""
    local = {
        "title": "Worth",
        "criteria": {"worth": {"title": "Worth", "weight": 1, "scale": {"local": "more"}}},
    }
    case = scenario(
        {"best": partner(10), "middle": partner(5), "least": partner(0)},
        {"a": programme()},
        criteria=local,
    )
    assert otherwise(case, "best").value == 50


def test_some_kinds_are_asked_alone_and_an_opened_gate_is_not_asked_again() -> None:
    partners = {
        "best": partner(90, gate="offer"),
        "next": partner(60, cost={"per-day": 20}, funding={"payer": "nation", "covers": "100%"}),
    }
    undecided = {"offer": {"title": "Offer", "status": "unknown"}}
    analysis = analyse(Scenario.from_data(scenario(partners, {"a": programme()}, gates=undecided)))
    (opened,) = analysis.if_opened
    asked = with_and_without(analysis)
    assert [one.kind for one in asked] == ["gate", "payer", "partner"]
    assert asked[0] is opened
    assert with_and_without(analysis, ("payer",)) == asked[1:2]


def test_who_would_be_chosen_instead_stands_in_the_order_of_all_teams_most_days_first() -> None:
    """By id the one with 2 days would stand first; the plan judged beside it names them alike."""
    case = scenario(
        {
            "all": partner(90, offers=["large", "small"], gate="offer"),
            "ash": partner(60, offers=["small"]),
            "yew": partner(60, offers=["large"]),
        },
        {"a": programme({"large": 8, "small": 2}, partners={"min": 1, "max": 2})},
        gates={"offer": {"title": "Offer", "status": "confirmed"}},
        plans={"two": {"title": "Two", "choose": {"a": {"large": "yew", "small": "ash"}}}},
    )
    assert otherwise(case, "offer").changed == {"a": (("all",), ("yew", "ash"))}
    (plan,) = judge(analyse(Scenario.from_data(case))).plans
    assert [one.partners for one in plan.difference] == [("yew", "ash")]
