"""The choice over the draws as readers meet it: in JSON, in words, and in what is to be approved."""

from __future__ import annotations

import pytest

from partnerselect import rows
from partnerselect.advice.certainty import kind_of
from partnerselect.analysis import Analysis, analyse_unpriced, with_choices
from partnerselect.model import Scenario
from partnerselect.rows.choices import (
    choices_json,
    how_choices_were_drawn,
    pair_rows,
    portfolio_rows,
    regret_words,
    usual_words,
)
from partnerselect.rows.robustness import robustness_json
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

WILD = partner(0) | {"title": "Wild", "scores": {"worth": {"low": 0, "high": 100}}}


def drawn(steady: float = 40, **rest: object) -> Analysis:
    """Return a case in which `wild` is recommended for `a` and may be worth anything.

    `z` has nobody worth more than doing nothing.
    """
    case: Data = scenario(
        {"steady": partner(steady) | {"title": "Steady"}, "wild": WILD},
        {"a": programme(), "z": programme(baseline=100)},
        **rest,
    )
    return with_choices(
        analyse_unpriced(
            Scenario.from_data(
                {**case, "analysis": {"samples": 2000, "choice-samples": 400, "seed": 3}}
            )
        )
    )


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    """Draw once."""
    return drawn()


def test_the_keys_of_the_contract_are_filled_once_the_choice_was_drawn(analysis: Analysis) -> None:
    report = rows.ranking_json(analysis)
    assert analysis.choices is not None
    first, waits = report["programmes"]
    assert first["choice_share"] == pytest.approx(analysis.choices.programmes["a"].share, abs=1e-6)
    assert first["choice_verdict"] == kind_of(analysis.choices.programmes["a"].share)
    assert (waits["choice_share"], waits["choice_verdict"], waits["run_share"]) == (
        1.0,
        "robust",
        0.0,
    )
    assert (report["choices"]["asked"], report["choices"]["draws"]) == (400, 400)


def test_they_are_null_where_nobody_asked() -> None:
    report = rows.ranking_json(analyse_unpriced(drawn().scenario))
    assert report["choices"] is None
    assert {
        row[key]
        for row in report["programmes"]
        for key in ("choice_share", "choice_verdict", "run_share")
    } == {None}


def test_robustness_holds_pairs_whole_choices_and_regret(analysis: Analysis) -> None:
    found = robustness_json(analysis)["choices"]
    assert {(row["programme"], row["partner"], row["recommended"]) for row in found["pairs"]} == {
        ("a", "steady", False),
        ("a", "wild", True),
    }
    assert sum(row["share"] for row in found["portfolios"]) == pytest.approx(1)
    assert found["regret"]["mean"] <= found["regret"]["high"] <= found["regret"]["greatest"]
    assert found["steadiest"]["recommended"]


def test_what_is_to_be_approved_has_the_word_of_the_whole_choice(analysis: Analysis) -> None:
    first, waits = rows.approval_rows(analysis)
    assert first["certainty"].kind == kind_of(first["share"])
    assert first["share"] == rows.programme_rows(analysis)[0]["choice_share"]
    assert "chosen again in" in first["assurance"]
    assert "of 400 trials" in first["assurance"]
    assert "Scored highest in" in first["assurance"]
    assert (
        waits["assurance"]
        == "Robust: deferred again in 100% of 400 trials that vary the weights and scores."
    )


def test_who_would_be_chosen_instead_is_named(analysis: Analysis) -> None:
    share = next(row["share"] for row in pair_rows(analysis) if row["partner"] == "Steady")
    assert usual_words(analysis, "a") == f"Steady in {round(100 * share)}%"
    assert usual_words(analysis, "z") == ""
    assert {row["words"] for row in portfolio_rows(analysis)} == {
        "As recommended",
        "A programme: Steady",
    }


def test_a_steadier_choice_is_told_of_where_there_is_one(analysis: Analysis) -> None:
    assert regret_words(analysis)[-1] == "No other plan found has a smaller loss at worst."
    assert regret_words(drawn(49.9))[-1].startswith("No other")
    skewed = {**WILD, "scores": {"worth": {"low": 0, "likely": 90, "high": 100}}}
    case = scenario(
        {"steady": partner(70) | {"title": "Steady"}, "wild": skewed}, {"a": programme()}
    )
    told = regret_words(
        with_choices(
            analyse_unpriced(Scenario.from_data({**case, "analysis": {"samples": 2000, "seed": 3}}))
        )
    )
    assert told[-1].startswith("Of the plans found, one would never fall short by more than")
    assert told[-1].endswith("A programme: Steady.")


def test_why_there_are_no_shares_is_said() -> None:
    least = drawn(aim={"least-cost": {"value-at-least": 20}})
    assert how_choices_were_drawn(least).startswith(
        "How often the same would be chosen again was not worked out. With the aim of least cost"
    )
    assert choices_json(least) is not None
    assert regret_words(least) == []


def test_what_is_lost_in_one_trial_of_twenty_is_told_only_where_anything_is() -> None:
    """Wild is worth 60 to 100, and below 62 in the fewest trials; over 80 in half of them."""
    for least, often in ((62, False), (80, True)):
        wild = {**WILD, "scores": {"worth": {"low": 60, "high": 100}}}
        case = scenario(
            {"steady": partner(least) | {"title": "Steady"}, "wild": wild}, {"a": programme()}
        )
        analysis = Scenario.from_data({**case, "analysis": {"samples": 400, "seed": 3}})
        told = regret_words(with_choices(analyse_unpriced(analysis)))[0]
        assert ("in one trial of twenty" in told) is often, told
        assert "more than 0.0" not in told
