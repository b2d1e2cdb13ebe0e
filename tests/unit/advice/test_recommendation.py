"""The advice as a whole: who, instead of whom, at what price; worked by hand."""

from __future__ import annotations

import pytest

from partnerselect.advice import reasons
from partnerselect.advice.recommendation import ProgrammeAdvice, Recommendation
from partnerselect.analysis import analyse
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

TWO_NEEDS = {"coach": 30, "plan": 10}


def advice(data: Data) -> Recommendation:
    return analyse(Scenario.from_data(data)).recommendation


def of_x(data: Data) -> ProgrammeAdvice:
    return next(row for row in advice(data).programmes if row.programme == "x")


def test_the_partner_with_most_days_is_named_first() -> None:
    """Zoe has 30 of 40 days, ash 10, although ash comes first by name and by value."""
    found = of_x(
        scenario(
            {"ash": partner(90, "plan"), "zoe": partner(50, "coach")}, {"x": programme(TWO_NEEDS)}
        )
    )
    assert found.partners == ("zoe", "ash")
    assert found.leader == "ash"


def test_the_value_of_a_programme_is_shared_by_days() -> None:
    """30/40 · 50 + 10/40 · 90 = 60."""
    found = of_x(
        scenario(
            {"ash": partner(90, "plan"), "zoe": partner(50, "coach")}, {"x": programme(TWO_NEEDS)}
        )
    )
    assert found.value == pytest.approx(60)


def test_the_runner_up_is_the_best_not_chosen_for_the_need_with_most_days() -> None:
    """Plan's second best, elm at 85, is better than coach's, fir at 40; but coach has most days."""
    partners = {
        "ash": partner(90, "plan"),
        "elm": partner(85, "plan"),
        "zoe": partner(50, "coach"),
        "fir": partner(40, "coach"),
    }
    assert of_x(scenario(partners, {"x": programme(TWO_NEEDS)})).runner_up == "fir"


def test_the_runner_up_is_not_somebody_who_is_chosen_for_another_need() -> None:
    """Ash would be second for coach, but already plans; oak is not eligible: nobody is left."""
    partners = {
        "ash": partner(70, "plan", "coach", capacity=10),
        "zoe": partner(90, "coach"),
        "oak": partner(95, "coach", excluded="Out"),
    }
    found = of_x(scenario(partners, {"x": programme(TWO_NEEDS)}))
    assert found.partners == ("zoe", "ash")
    assert found.runner_up is None


@pytest.mark.parametrize("priced", [reasons.QUESTIONS, 0])
def test_at_least_cost_the_runner_up_engaged_anyway_is_not_paid_once_again(
    priced: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ash works on y and would ask 60 for x; fir asks 80, yew 200, and oak 20 after 70 for coming.

    The same where it was not asked what the whole would cost with each.
    """
    monkeypatch.setattr(reasons, "QUESTIONS", priced)

    def asking(price: float, *offers: str, once: float = 0) -> Data:
        return partner(50, *offers, cost={"per-programme": price, "once": once})

    partners = {
        "ash": asking(60, "coach", "plan", once=50),
        "elm": asking(40, "coach"),
        "fir": asking(80, "coach"),
        "oak": asking(20, "coach", once=70),
        "yew": asking(200, "coach"),
    }
    programmes = {
        name: programme({need: 10}, mandatory=True)
        for name, need in (("x", "coach"), ("y", "plan"))
    }
    found = of_x(scenario(partners, programmes, aim={"least-cost": {"value-at-least": 0}}))
    assert (found.partners, found.runner_up) == (("elm",), "ash")


def test_at_least_cost_the_runner_up_is_who_costs_the_whole_least() -> None:
    """Ash asks 30 for both and fir 31; elm asks 12 for x alone, and then oak 20 for y."""
    partners = {
        "ash": partner(50, "coach", "plan", cost={"once": 30}),
        "elm": partner(50, "coach", cost={"once": 12}),
        "fir": partner(50, "coach", "plan", cost={"once": 31}),
        "oak": partner(50, "plan", cost={"once": 20}),
    }
    programmes = {
        name: programme({need: 10}, mandatory=True)
        for name, need in (("x", "coach"), ("y", "plan"))
    }
    found = of_x(scenario(partners, programmes, aim={"least-cost": {"value-at-least": 0}}))
    assert (found.partners, found.runner_up) == (("ash",), "fir")


def test_a_leader_may_be_passed_over_and_is_still_the_leader() -> None:
    found = of_x(
        scenario(
            {"ash": partner(90, cost={"per-day": 100}), "elm": partner(60)},
            {"x": programme()},
            limits={"budget": 0},
        )
    )
    assert (found.partners, found.leader) == (("elm",), "ash")


@pytest.mark.parametrize(
    "figures", [{"capacity": 0}, {"capacity": 9}, {"cost": {"per-day": 100}}], ids=str
)
@pytest.mark.parametrize("value", [90, 70])
def test_the_runner_up_could_be_chosen(value: int, figures: Data) -> None:
    """Ash has too few days or costs more than there is, whatever it scores; elm is next."""
    partners = {"oak": partner(80), "ash": partner(value, **figures), "elm": partner(60)}
    found = of_x(scenario(partners, {"x": programme()}, limits={"budget": 0}))
    assert (found.partners, found.runner_up) == (("oak",), "elm")


def test_a_leader_that_is_not_chosen_may_be_the_runner_up() -> None:
    """Ash scores most, and could be chosen, but then y could not go ahead."""
    partners = {"ash": partner(90, cost={"per-day": 10}), "elm": partner(80)}
    partners["yew"] = partner(90, "plan", cost={"per-day": 10})
    programmes = {"x": programme(), "y": programme({"plan": 10})}
    found = of_x(scenario(partners, programmes, limits={"budget": 100}))
    assert (found.partners, found.leader, found.runner_up) == (("elm",), "ash", "ash")


def test_what_is_committed_has_no_runner_up() -> None:
    """Fir could coach instead, had that not been decided; ash may still plan."""
    partners = {
        "zoe": partner(50, "coach", "plan"),
        "fir": partner(90, "coach"),
        "ash": partner(40, "plan"),
    }
    programmes = {"x": programme(TWO_NEEDS)}
    for decided, runner_up in (({"coach": "zoe", "plan": "zoe"}, None), ({"coach": "zoe"}, "ash")):
        found = of_x(scenario(partners, programmes, committed={"x": decided}))
        assert (found.partners, found.runner_up) == (("zoe",), runner_up)


def test_nobody_leads_where_nobody_is_eligible() -> None:
    found = of_x(scenario({"ash": partner(90, excluded="Out")}, {"x": programme()}))
    assert (found.run, found.leader, found.runner_up, found.partners) == (False, None, None, ())


def test_of_equal_leaders_the_smaller_id_is_named() -> None:
    assert (
        of_x(scenario({"elm": partner(70), "ash": partner(70)}, {"x": programme()})).leader == "ash"
    )


def test_a_programme_bears_its_days_and_its_fixed_price_but_not_what_is_paid_once() -> None:
    """10 · 100 + 50 = 1,050, of which the trust pays 40%: 420; 200 once belong to no programme."""
    ash = partner(
        70,
        cost={"per-day": 100, "per-programme": 50, "once": 200},
        funding={"payer": "nation", "covers": "60%"},
    )
    found = of_x(scenario({"ash": ash}, {"x": programme()}))
    assert (found.cost, found.own_cost) == pytest.approx((1050, 420))


def test_a_deferred_programme_is_worth_its_baseline_and_costs_nothing() -> None:
    found = of_x(
        scenario({"ash": partner(20, cost={"per-day": 100})}, {"x": programme(baseline=30)})
    )
    assert (found.run, found.value, found.cost, found.own_cost) == (False, 30, 0, 0)


def test_the_ranking_has_every_partner_of_every_programme_best_first_and_the_ineligible_last() -> (
    None
):
    """70 twice, 50, and 90 not eligible: ranks 1, 1, 3 and none; equals by id."""
    partners = {
        "oak": partner(90, excluded="Out"),
        "fir": partner(50),
        "elm": partner(70),
        "ash": partner(70),
    }
    found = advice(scenario(partners, {"y": programme(), "x": programme()})).ranking
    assert [(row.partner, row.rank) for row in found if row.programme == "x"] == [
        ("ash", 1),
        ("elm", 1),
        ("fir", 3),
        ("oak", None),
    ]
    assert [row.programme for row in found] == ["y"] * 4 + ["x"] * 4


def test_a_row_prices_all_the_partner_offers_whatever_it_is_chosen_for() -> None:
    """Ash offers both needs, 40 days: 4,000 + 50; it is chosen for 10 of them.

    Covers tells what share it could deliver.
    """
    partners = {
        "ash": partner(70, "plan", "coach", cost={"per-day": 100, "per-programme": 50}),
        "zoe": partner(90, "coach"),
    }
    rows = {
        row.partner: row for row in advice(scenario(partners, {"x": programme(TWO_NEEDS)})).ranking
    }
    assert (rows["ash"].cost, rows["ash"].covers, rows["zoe"].covers) == pytest.approx(
        (4050, 1, 0.75)
    )
    assert rows["ash"].chosen
    assert rows["zoe"].chosen


def test_contributions_add_up_to_the_value() -> None:
    (row,) = advice(scenario({"ash": partner(70)}, {"x": programme()})).ranking
    assert row.contributions == {"worth": pytest.approx(70)}
    assert row.value == pytest.approx(sum(row.contributions.values()))
