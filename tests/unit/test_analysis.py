"""From a scenario to its analysis, and the questions that may follow."""

from __future__ import annotations

from partnerselect.analysis import analyse_unpriced, comparison, priced
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario

CASE = scenario({"ash": partner(70), "elm": partner(60)}, {"x": programme(), "y": programme()})


def test_every_reader_of_an_analysis_shares_the_answer_to_a_question() -> None:
    analysis = analyse_unpriced(Scenario.from_data(CASE))
    assert comparison(analysis, "x") is comparison(analysis, "x")
    assert comparison(analysis, "x") is not comparison(analysis, "y")
    assert comparison(priced(analysis), "x") is comparison(analysis, "x")


def test_a_choice_first_and_its_reasons_after_is_the_analysis() -> None:
    """The first view is drawn before anything further is asked of the solver."""
    first = analyse_unpriced(Scenario.from_data(CASE))
    assert first.prices.wishes == {}
    assert priced(first).allocation is first.allocation
