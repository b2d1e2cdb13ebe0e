"""Which limit is named where several would each do."""

from __future__ import annotations

from partnerselect.allocation.wish_prices import LiftedLimits, price_wishes
from partnerselect.analysis import analyse_unpriced
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario


def test_of_limits_each_enough_alone_the_days_of_partners_are_named_before_the_budget() -> None:
    """Good has days for one programme; its equal is too dear. More of either lets good do `b`."""
    partners = {
        "dear": partner(80, cost={"per-day": 200}),
        "fair": partner(60, cost={"per-day": 100}),
        "good": partner(80, capacity=10),
    }
    case = scenario(
        partners, {"a": programme(importance=2), "b": programme()}, limits={"budget": 1000}
    )
    analysis = analyse_unpriced(Scenario.from_data(case))
    work, f = analysis.table.workload, analysis.allocator.formulation
    good = work.partners.index("good")
    assert analysis.allocation.chosen is not None
    assert analysis.allocation.chosen.tolist() == [good, work.partners.index("fair")]
    wish = [f.x_of("b", "good"), f.z_of("b")]
    lifted = LiftedLimits(analysis.allocator, analysis.allocation)
    assert lifted.in_the_way(wish) == (("partners", "good", "capacity"),)


def test_of_a_dozen_limits_that_a_wish_would_break_the_fewest_that_are_enough_are_named() -> None:
    """Project p could run with ash and beech, or with cedar and dale, who also cost too much.

    Without any limit all twelve are broken: seven others would take a partner with no days to
    spare, and q would take cedar and dale, whom only a third limit lets work on p.
    """
    others = range(1, 8)
    partners = {
        "ash": partner(90, "x", capacity=1),
        "beech": partner(90, "y", capacity=1),
        "cedar": partner(80, "x", "of-q", capacity=1, cost={"per-day": 1000}),
        "dale": partner(80, "y", "with-q", capacity=1),
        "elm": partner(50, "of-q", "with-q", *(f"of-r{n}" for n in others)),
        **{f"fir{n}": partner(80, f"of-r{n}", capacity=1) for n in others},
    }
    programmes = {
        "p": programme({"x": 5, "y": 5}),
        "q": programme({"of-q": 5, "with-q": 5}),
        **{f"r{n}": programme({f"of-r{n}": 2}) for n in others},
    }
    analysis = analyse_unpriced(
        Scenario.from_data(scenario(partners, programmes, limits={"budget": 100}))
    )
    price = price_wishes(analysis.allocator, analysis.allocation, [("p", None)])["p", None]
    assert price.limits == (("partners", "ash", "capacity"), ("partners", "beech", "capacity"))
