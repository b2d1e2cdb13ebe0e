"""Conflicts small enough to see through at a glance, and what would mend them."""

from __future__ import annotations

from partnerselect.analysis import analyse
from partnerselect.model import Scenario
from partnerselect.rows.demands import demand_rows
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data


def conflict(case: Data) -> dict[str, str]:
    """Return the demands that contradict one another, each with its mend."""
    analysis = analyse(Scenario.from_data(case))
    return {one["path"]: one["mend"] for one in demand_rows(analysis)}


def test_a_budget_too_small_for_what_must_run_names_both_and_the_sum_needed() -> None:
    """10 days at 100 are 1,000; the capacity of 50 and the fund have nothing to do with it."""
    partners = {"good": partner(80, cost={"per-day": 100}, capacity=50)}
    case = scenario(
        partners, {"a": programme(mandatory=True)}, limits={"budget": 600, "funds": {"nation": 5}}
    )
    assert conflict(case) == {
        "limits.budget": "£1,000 would be enough",
        "programmes.a.mandatory": "leaving this out would be enough",
    }


def test_what_two_limits_each_forbid_is_mended_by_neither_alone() -> None:
    """The trust's budget rules out the dear partner, the capacity the cheap one: either limit raised mends."""
    partners = {"dear": partner(80, cost={"per-day": 100}), "cheap": partner(50, capacity=6)}
    case = scenario(partners, {"a": programme(mandatory=True)}, limits={"budget": 600})
    assert conflict(case) == {
        "limits.budget": "£1,000 would be enough",
        "partners.cheap.capacity": "10 would be enough",
        "programmes.a.mandatory": "leaving this out would be enough",
    }


def test_a_limit_beside_another_that_is_too_small_as_well_mends_nothing_alone() -> None:
    """Two programmes must run on one partner of 10 days and on a budget of 1,000: both are too small by half, each enough for a conflict."""
    partners = {"good": partner(80, cost={"per-day": 100}, capacity=10)}
    case = scenario(
        partners,
        {"a": programme(mandatory=True), "b": programme(mandatory=True)},
        limits={"budget": 1000},
    )
    told = conflict(case)
    assert told.keys() == {
        "partners.good.capacity",
        "programmes.a.mandatory",
        "programmes.b.mandatory",
    }
    assert told["partners.good.capacity"] == "changing this alone does not help"
    assert told["programmes.a.mandatory"] == "leaving this out would be enough"


def test_without_a_commitment_another_partner_may_serve() -> None:
    """Slow has no days left for what was committed to it.

    Freed of the commitment, quick would do the work.
    """
    partners = {"slow": partner(80, capacity=5), "quick": partner(60)}
    case = scenario(partners, {"a": programme(mandatory=True)}, committed={"a": {"work": "slow"}})
    assert conflict(case) == {
        "partners.slow.capacity": "10 would be enough",
        "committed.a.work": "leaving this out would be enough",
    }


def test_a_programme_that_must_run_is_not_mended_by_its_commitment_where_it_must_run_all_the_same() -> (
    None
):
    """The team's 4 days do not run `a`, whoever serves it."""
    case = scenario(
        {"one": partner(80), "other": partner(60)},
        {"a": programme(mandatory=True, internal_days=10)},
        limits={"internal-days": 4},
        committed={"a": {"work": "one"}},
    )
    assert conflict(case) == {
        "limits.internal-days": "10 would be enough",
        "programmes.a.mandatory": "changing this alone does not help",
    }


def test_a_commitment_that_cannot_be_kept_says_who_and_why() -> None:
    case = scenario(
        {"one": partner(80, methods=["lean"]), "other": partner(60)},
        {"a": programme(method="qms")},
        committed={"a": {"work": "one"}},
    )
    (told,) = demand_rows(analyse(Scenario.from_data(case)))
    assert told["path"] == "committed.a.work"
    assert "who cannot deliver it" in told["words"]
    assert "qms" in told["words"]


def test_a_minimum_of_partners_is_mended_by_fewer() -> None:
    case = scenario(
        {"one": partner(80, "x", "y")},
        {"a": programme({"x": 1, "y": 1}, mandatory=True, partners={"min": 2})},
    )
    assert conflict(case)["programmes.a.partners.min"] == "1 would be enough"


def test_one_partner_for_everything_is_mended_by_company_that_offers_a_part() -> None:
    """Whole would do it all but has too few days; without the limit, part would take x off it."""
    partners = {"whole": partner(80, "x", "y", capacity=10), "part": partner(60, "x")}
    case = scenario(
        partners, {"a": programme({"x": 6, "y": 6}, mandatory=True, partners={"max": 1})}
    )
    assert conflict(case) == {
        "partners.whole.capacity": "12 would be enough",
        "programmes.a.partners.max": "2 would be enough",
        "programmes.a.mandatory": "leaving this out would be enough",
    }


def test_what_contradicts_itself_once_a_commitment_is_dropped_is_named_without_what_only_the_commitment_needed() -> (
    None
):
    """Only the commitment lets the excluded partner in.

    Without it nobody reaches the value, whatever the number of partners.
    """
    partners = {"out": {**partner(90), "excluded": "as agreed"}, "weak": partner(10)}
    case = scenario(
        partners,
        {"a": programme(), "b": programme()},
        committed={"a": {"work": "out"}},
        limits={"partners": {"max": 1}},
        aim={"least-cost": {"value-at-least": 60}},
    )
    assert conflict(case).keys() == {"aim.least-cost.value-at-least"}


def test_what_would_do_is_never_rounded_down() -> None:
    """Ten days at 100.0333 cost 1,000.333."""
    case = scenario(
        {"good": partner(80, cost={"per-day": 100.0333})},
        {"a": programme(mandatory=True)},
        limits={"budget": 500},
    )
    assert conflict(case)["limits.budget"] == "£1,001 would be enough"


def test_the_value_to_reach_is_helped_by_the_highest_that_can_be_reached() -> None:
    """Only one of two programmes can be paid for: half of 80, and a third of a point unseen."""
    case = scenario(
        {"good": partner(80.01, cost={"per-day": 100})},
        {"a": programme(), "b": programme()},
        limits={"budget": 1000},
        aim={"least-cost": {"value-at-least": 60}},
    )
    assert conflict(case) == {
        "limits.budget": "£2,000 would be enough",
        "aim.least-cost.value-at-least": "40 would be enough",
    }


def test_a_share_of_days_and_a_number_of_programmes_are_helped_by_the_least_that_is_enough() -> (
    None
):
    """Good has to do 30 of 40 days in two programmes, for oak offers only the rest."""
    partners = {"good": partner(80, "x"), "oak": partner(60, "y")}
    programmes = {
        "a": programme({"x": 20}, mandatory=True),
        "b": programme({"x": 10, "y": 10}, mandatory=True),
    }
    share = scenario(partners, programmes, limits={"share-per-partner": "60%"})
    assert conflict(share)["limits.share-per-partner"] == "75% would be enough"
    each = scenario(partners, programmes, limits={"programmes-per-partner": 1})
    assert conflict(each)["limits.programmes-per-partner"] == "2 would be enough"
