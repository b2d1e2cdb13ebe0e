"""From a scenario to its analysis, and the questions that may follow."""

from __future__ import annotations

import pytest

from partnerselect import analysis as asked
from partnerselect.allocation import TrialRegrets
from partnerselect.analysis import (
    Analysis,
    alternatives,
    analyse,
    analyse_unpriced,
    analyse_with_choices,
    comparison,
    priced,
    spending,
    with_choices,
)
from partnerselect.model import Scenario
from partnerselect.optimiser import Watch
from tests.oracle.plain import partner, programme, scenario

CASE = scenario({"ash": partner(70), "elm": partner(60)}, {"x": programme(), "y": programme()})


def test_every_reader_of_an_analysis_shares_the_answer_to_a_question() -> None:
    analysis = analyse_unpriced(Scenario.from_data(CASE))
    assert comparison(analysis, "x") is comparison(analysis, "x")
    assert comparison(analysis, "x") is not comparison(analysis, "y")
    assert comparison(priced(analysis), "x") is comparison(analysis, "x")


def test_an_answer_that_was_stopped_is_not_kept_and_the_whole_follows_when_it_is_asked_again() -> (
    None
):
    """As on the screens, where what is more urgent stops what nobody has asked for yet."""
    analysis, watch = analyse_unpriced(Scenario.from_data(CASE)), Watch()
    analysis.allocator.begin(watch)
    watch.stop()
    assert not alternatives(analysis).complete
    analysis.allocator.begin(Watch())
    assert alternatives(analysis).complete


def test_what_is_lost_over_some_trials_alone_is_not_kept_either() -> None:
    drawn = {**CASE, "analysis": {"samples": 20, "seed": 1}}
    analysis, watch = analyse_unpriced(Scenario.from_data(drawn)), Watch()
    regrets = TrialRegrets(analysis.table, analysis.allocator, analysis.allocation)
    assert analysis.allocation.chosen is not None
    analysis.allocator.begin(watch)
    watch.stop()
    assert regrets([analysis.allocation.chosen]) is None
    analysis.allocator.begin(Watch())
    found = regrets([analysis.allocation.chosen])
    assert found is not None
    assert found.shape == (20, 1)


def test_a_choice_first_and_its_reasons_after_is_the_analysis() -> None:
    """The first view is drawn before anything further is asked of the solver."""
    first = analyse_unpriced(Scenario.from_data(CASE))
    assert first.prices.wishes == {}
    assert priced(first).allocation is first.allocation


def test_prices_and_the_choice_over_the_trials_asked_together_are_those_asked_in_turn() -> None:
    drawn = Scenario.from_data(
        {**CASE, "limits": {"partners": {"max": 1}}, "analysis": {"samples": 200, "seed": 1}}
    )
    together, in_turn = analyse_with_choices(drawn), with_choices(analyse(drawn))
    assert together.choices is not None
    assert together.choices.draws == 200
    assert together.choices == in_turn.choices
    assert together.prices == in_turn.prices
    assert together.recommendation == in_turn.recommendation


def test_what_money_would_buy_is_asked_meanwhile_of_a_choice_that_there_is_and_kept() -> None:
    possible = Scenario.from_data(CASE)
    told = analyse_with_choices(possible, also=(spending,))
    assert told.answers["spending",] is spending(told)
    assert spending(told) == spending(analyse(possible))
    barred = {f"partners.{name}.excluded": "Left out" for name in possible.partners}
    nobody = possible.with_changes({**barred, "programmes.x.mandatory": True})
    assert ("spending",) not in analyse_with_choices(nobody, also=(spending,)).answers


def test_trials_are_not_gone_on_with_once_the_analysis_breaks_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: Analysis) -> Analysis:
        raise KeyboardInterrupt

    watches: list[Watch] = []
    monkeypatch.setattr(asked, "priced", broken)
    monkeypatch.setattr(asked, "choices", lambda _, watch: watches.append(watch))
    with pytest.raises(KeyboardInterrupt):
        analyse_with_choices(Scenario.from_data(CASE))
    assert [watch.is_stopped for watch in watches] == [True]
