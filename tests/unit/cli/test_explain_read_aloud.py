"""What `explain` says of every programme and partner of the shipped scenarios can be read aloud."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.advice import PartnerReason
from partnerselect.analysis import Analysis, analyse, why_not
from partnerselect.model import Scenario
from partnerselect.rows import explain as rows, instead_words
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

SHIPPED = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))
QUICK = {"shsc-2021-second-juncture", "aid-agency"}
"""Few wishes to ask about, and most already decided; the others are asked in the long tests."""
JARGON = (
    "MCDA",
    "SMAA",
    "criteria analysis",
    "optimal",
    "objective",
    "constraint",
    "infeasible",
    "Δ",
    "Σ",
    "acceptability",
    "pp",
    "None",
    "nan",
)
FIRST = {"shsc-2021", "tender"}
shipped = pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if path.stem in FIRST else pytest.mark.long, id=path.stem)
        for path in SHIPPED
    ],
)


@cache
def analysed(path: Path) -> Analysis:
    """Return the analysis of a shipped scenario, with few draws; made once."""
    return analyse(files.load(path).scenario.with_changes({"analysis.samples": 200}))


def analysis_of(data: Data, samples: int = 0) -> Analysis:
    return analyse(Scenario.from_data(data).with_changes({"analysis.samples": samples}))


def titled(title: str, worth: float, *offers: str, **rest: object) -> Data:
    return partner(worth, *offers, **rest) | {"title": title}


def instead(analysis: Analysis, programme: str, partner: str) -> str:
    return instead_words(analysis.scenario, why_not(analysis, programme, partner))


def wished(compared: rows.Pair) -> PartnerReason:
    return why_not(compared.analysis, compared.programme, compared.why_not)


def summary(analysis: Analysis, why: str, why_not: str) -> list[str]:
    """Return what is said of two partners of the programme x."""
    compared = rows.partner_comparison(analysis, "x", why, why_not)
    assert compared is not None
    return rows.explanation_summary(compared, wished(compared))


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=() if path.stem in QUICK else pytest.mark.long, id=path.stem)
        for path in SHIPPED
    ],
)
def test_every_wish_is_answered_in_a_whole_sentence(path: Path) -> None:
    analysis = analysed(path)
    work = analysis.table.workload
    told = [instead(analysis, name, other) for name in work.programmes for other in work.partners]
    assert any(told)
    for words in told:
        assert "  " not in words
        assert ": would" not in words
        assert words == "" or (words[0].isupper() and words.endswith(".")), words


@shipped
def test_read_aloud_no_method_is_named(path: Path) -> None:
    analysis = analysed(path)
    for name in analysis.scenario.programmes:
        compared = rows.partner_comparison(analysis, name)
        assert compared is not None
        told = [
            *rows.explanation_summary(compared, wished(compared)),
            *rows.turning_points_words(compared),
        ]
        aloud = " ".join(told)
        assert not [word for word in JARGON if re.search(rf"\b{re.escape(word)}\b", aloud)]
        assert all(sentence.endswith(".") for sentence in told)


def test_what_was_decided_earlier_is_said_to_be_decided() -> None:
    data = scenario(
        {"ash": partner(70), "elm": partner(60)},
        {"x": programme()},
        committed={"x": {"work": "elm"}},
    )
    assert instead(analysis_of(data), "x", "ash") == "This was decided at an earlier review point."


def test_what_is_over_is_said_to_be_over() -> None:
    """The work of x is all in the first phase, and the second has begun."""
    begins = PHASES["second"]
    data = scenario(
        {"ash": partner(70)},
        {"x": programme(phases=["first"])},
        phases={name: PHASES[name] for name in ("first", "second")},
    )
    assert (
        instead(analysis_of({**data, "as-at": begins}), "x", "ash")
        == "It cannot be chosen here: nothing that it offers here is still open."
    )


def test_how_often_each_scores_highest_is_told() -> None:
    """Ash is better by 10 on the one criterion there is, in every draw.

    The budget is enough for both.
    """
    told = summary(
        analysis_of(
            scenario({"ash": titled("Ash", 70), "elm": titled("Elm", 60)}, {"x": programme()}), 50
        ),
        "ash",
        "elm",
    )
    assert any(
        sentence.endswith("Ash scored highest in 100% and Elm scored highest in 0% of them.")
        for sentence in told
    )


def test_a_recommendation_that_is_not_the_leader_is_not_taken_for_robust() -> None:
    """Ash would cost 10 · 100 = 1,000 of 900."""
    partners = {"ash": titled("Ash", 70, cost={"per-day": 100}), "elm": titled("Elm", 60)}
    told = summary(
        analysis_of(scenario(partners, {"x": programme()}, limits={"budget": 900}), 50),
        "ash",
        "elm",
    )
    assert any(
        sentence.endswith("Elm scored highest in 0% of them. The recommendation differs: Elm.")
        for sentence in told
    )


def test_two_that_only_look_alike_are_not_called_level() -> None:
    """Ash is worth 70.04 and Elm 70.00: both are printed as 70.0."""
    partners = {"ash": titled("Ash", 70.04), "elm": titled("Elm", 70)}
    found = analysis_of(scenario(partners, {"x": programme()}))
    assert summary(found, "ash", "elm")[0].endswith("the first is 0.04 points ahead.")
    assert summary(found, "elm", "ash")[0].endswith("the first is 0.04 points behind.")
    even = scenario({"ash": titled("Ash", 70), "elm": titled("Elm", 70)}, {"x": programme()})
    assert summary(analysis_of(even), "ash", "elm")[0].endswith("the first is level with it.")


def test_who_scores_highest_most_often_and_is_recommended_is_not_called_another() -> None:
    """Ash leads by 1 on the likely scores, Elm in most trials; Ash costs 1,000 of 900."""
    wide = {"low": 60, "likely": 69, "high": 100}
    partners = {
        "ash": titled("Ash", 70, cost={"per-day": 100}),
        "elm": {**titled("Elm", 69), "scores": {"worth": wide}},
    }
    told = summary(
        analysis_of(scenario(partners, {"x": programme()}, limits={"budget": 900}), 200),
        "ash",
        "elm",
    )
    assert any("scored highest in" in sentence for sentence in told)
    assert not any("The recommendation differs" in sentence for sentence in told)


def test_two_that_do_not_lead_get_no_word() -> None:
    partners = {"ash": titled("Ash", 70), "elm": titled("Elm", 60), "oak": titled("Oak", 50)}
    told = " ".join(summary(analysis_of(scenario(partners, {"x": programme()}), 50), "elm", "oak"))
    assert "scored highest in 0%" in told
    assert "robust" not in told
