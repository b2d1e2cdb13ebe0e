"""From a scenario to its analysis, and the questions that may follow."""

from __future__ import annotations

from partnerselect.analysis import analyse_unpriced, priced, weight_lines
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario

CASE = scenario({"ash": partner(70), "elm": partner(60)}, {"x": programme(), "y": programme()})


def test_every_reader_of_an_analysis_shares_the_answer_to_a_question() -> None:
    analysis = analyse_unpriced(Scenario.from_data(CASE))
    assert weight_lines(analysis, "x") is weight_lines(analysis, "x")
    assert weight_lines(analysis, "x") is not weight_lines(analysis, "y")
    assert weight_lines(priced(analysis), "x") is weight_lines(analysis, "x")


def test_a_choice_first_and_its_reasons_after_is_the_analysis() -> None:
    """The first view is drawn before anything further is asked of the solver."""
    first = analyse_unpriced(Scenario.from_data(CASE))
    assert first.prices.wishes == {}
    assert priced(first).allocation is first.allocation
