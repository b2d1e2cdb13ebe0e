"""How far the lead moves, against the whole scenario worked out afresh at each end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from partnerselect.model.scenario import Scenario
from partnerselect.robustness.partner_comparison import Swing, band, tornado
from tests.unit.robustness.small import compared, partner, scenario

OPEN = {
    "bold": partner({"low": 70, "high": 95}, 30),
    "even": partner(60, {"low": 40, "high": 80}),
    "last": partner(10, "unknown"),
}


def moved(made: Scenario) -> dict[tuple[str, str | None], Swing]:
    return {(swing.subject, swing.partner): swing for swing in tornado(compared(made))}


def lead(made: Scenario, leader: str) -> float:
    one = compared(made)
    own = one.partners.index(leader)
    return float(one.overall[own] - np.delete(one.overall, own).max())


def test_a_score_moves_the_lead_as_far_as_the_scenario_with_that_score() -> None:
    made = scenario(OPEN, draws=0)
    found = moved(made)
    assert {key for key in found if key[1]} == {
        ("reach", "bold"),
        ("trust", "even"),
    }  # the last is behind, whatever it turns out to be
    for (criterion, name), swing in found.items():
        for end in (swing.low, swing.high) if name else ():
            assert end.margin == pytest.approx(
                lead(
                    made.with_changes({f"partners.{name}.scores.{criterion}": end.at}), swing.leader
                )
            )


def test_a_weight_moves_the_lead_as_far_as_the_scenario_with_that_weight() -> None:
    made = scenario(OPEN, draws=0)
    for (criterion, name), swing in moved(made).items():
        for end in (swing.low, swing.high) if name is None else ():
            weights = (
                {"reach": end.at, "trust": 1 - end.at}
                if criterion == "reach"
                else {"reach": 1 - end.at, "trust": end.at}
            )
            changed = made.with_changes(
                {f"criteria.criteria.{path}.weight": weight for path, weight in weights.items()}
            )
            assert end.margin == pytest.approx(lead(changed, swing.leader))


def test_weights_move_as_far_as_they_are_drawn_or_a_quarter() -> None:
    assert band(scenario(OPEN, weights={"within": 0.1})) == 0.1
    assert band(scenario(OPEN, weights="free")) == 0.25
    reach = moved(scenario(OPEN, weights={"within": 0.1}, draws=0))["reach", None]
    assert (reach.low.at, reach.high.at) == pytest.approx((0.54, 0.66))


def test_the_widest_is_on_top_and_one_alone_has_no_lead() -> None:
    widths = [swing.width for swing in moved(scenario(OPEN, draws=0)).values()]
    assert widths == sorted(widths, reverse=True)
    assert moved(scenario({"bold": partner(1, 2)}, draws=0)) == {}


@given(
    scores=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=5),
    share=st.floats(0, 1),
)
def test_no_weight_between_the_ends_is_worse_for_the_leader_than_the_worse_end(
    scores: list[tuple[int, int]], share: float
) -> None:
    made = scenario({f"p{n}": partner(*marks) for n, marks in enumerate(scores)}, draws=0)
    one = compared(made)
    for swing in tornado(compared(made)):
        node = next(node for node in one.nodes if node.path == swing.subject)
        between = node.values_at(
            (swing.low.at + share * (swing.high.at - swing.low.at)) / node.parent
        )
        own = one.partners.index(swing.leader)
        assert between[own] - np.delete(between, own).max() >= swing.least.margin - 1e-9
