"""Which limit is named where several would each do."""

from __future__ import annotations

from partnerselect.allocation.wish_prices import LiftedLimits
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
