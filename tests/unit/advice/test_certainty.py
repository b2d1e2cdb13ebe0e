"""Robust, sensitive and too close to call speak of the choice, and only where there is one."""

from __future__ import annotations

import pytest

from partnerselect.advice.certainty import Certainty, Kind, certainties, counted_words, kind_of
from partnerselect.analysis import Analysis, analyse_unpriced, with_choices
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

TRIALS = {"samples": 200, "choice-samples": 100, "seed": 3}


def analysed(partners: Data, job: Data, **rest: object) -> Analysis:
    case = scenario(partners, {"job": job}, analysis=TRIALS, **rest)
    return analyse_unpriced(Scenario.from_data(case))


def sure(partners: Data, job: Data, **rest: object) -> Kind:
    """Return the word for the only programme, trials and all."""
    return certainties(with_choices(analysed(partners, job, **rest)))["job"].kind


TWO = {"one": partner(80), "other": partner(60)}


@pytest.mark.parametrize(
    ("share", "kind"),
    [
        (1.0, Kind.ROBUST),
        (0.9, Kind.ROBUST),
        (0.8999, Kind.SENSITIVE),
        (0.6, Kind.SENSITIVE),
        (0.5999, Kind.TOO_CLOSE),
    ],
)
def test_the_words_change_at_ninety_and_sixty_per_cent(share: float, kind: Kind) -> None:
    assert kind_of(share) == kind


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.93, "robust 93%"),
        (0.899, "sensitive just under 90%"),
        (0.894, "sensitive 89%"),
        (0.696, "sensitive 70%"),
        (0.5999, "too close to call just under 60%"),
        (0.001, "too close to call under 1%"),
    ],
)
def test_word_and_share_never_contradict_each_other(share: float, words: str) -> None:
    assert Certainty(kind_of(share), runs=True, share=share, trials=1000).words == words


def test_a_choice_between_two_is_called_by_its_share() -> None:
    assert sure(TWO, programme()) == Kind.ROBUST


def test_a_commitment_is_not_called_robust() -> None:
    assert sure(TWO, programme(), committed={"job": {"work": "other"}}) == Kind.COMMITTED


def test_what_is_committed_in_part_is_weighed_for_the_rest() -> None:
    partners = {name: partner(worth, "a", "b") for name, worth in (("one", 80), ("other", 60))}
    job = programme({"a": 5, "b": 5})
    assert sure(partners, job, committed={"job": {"a": "one"}}) == Kind.ROBUST


@pytest.mark.parametrize(
    ("job", "rest"),
    [
        (programme(), {"partners": {"one": partner(80)}}),
        (programme(mandatory=True), {"partners": {"one": partner(80)}}),
        (programme(), {"rules": {"no": {"forbid": {"job": "other"}}}}),
        (programme(partners={"max": 1}), {"rules": {"so": {"require": {"job": "other"}}}}),
    ],
)
def test_where_nothing_else_could_be_chosen_there_is_no_alternative(job: Data, rest: Data) -> None:
    partners = rest.pop("partners", TWO)
    assert sure(partners, job, **rest) == Kind.NO_ALTERNATIVE


def test_a_programme_that_trials_defer_has_that_alternative() -> None:
    """Its only partner is worth 20 to 100, doing nothing 50."""
    wide = partner(0) | {"scores": {"worth": {"low": 20, "high": 100}}}
    assert sure({"one": wide}, programme(baseline=50)) in {Kind.SENSITIVE, Kind.TOO_CLOSE}


def test_a_programme_nobody_may_take_has_no_alternative_to_being_deferred() -> None:
    partners = {"one": partner(80, excluded="Not here"), "other": partner(60, "rest")}
    jobs = {"job": programme(), "next": programme({"rest": 5})}
    case = scenario(partners, jobs, analysis=TRIALS)
    found = certainties(with_choices(analyse_unpriced(Scenario.from_data(case))))
    assert (found["job"].kind, found["job"].runs) == (Kind.NO_ALTERNATIVE, False)


def test_until_it_is_counted_nothing_is_known() -> None:
    found = certainties(analysed(TWO, programme()))["job"]
    assert (found.kind, found.share, found.words) == (Kind.COUNTING, None, "counting…")


def test_without_trials_nothing_is_said_but_what_is_settled() -> None:
    none = {"samples": 0}
    case = scenario(TWO, {"job": programme()}, analysis=none)
    assert certainties(analyse_unpriced(Scenario.from_data(case)))["job"].words == ""
    case["committed"] = {"job": {"work": "one"}}
    settled = certainties(analyse_unpriced(Scenario.from_data(case)))["job"]
    assert settled.words == "already committed"


def test_without_an_answer_nothing_is_sure() -> None:
    costly = {"one": partner(80, cost={"per-day": 1})}
    assert certainties(analysed(costly, programme(mandatory=True), limits={"budget": 0})) == {}


def test_what_is_settled_is_counted_apart_from_what_is_robust() -> None:
    found = [
        Certainty(Kind.ROBUST, runs=True, share=1.0),
        Certainty(Kind.COMMITTED, runs=True, share=1.0),
        Certainty(Kind.COMMITTED, runs=True, share=1.0),
        Certainty(Kind.NO_ALTERNATIVE, runs=True, share=1.0),
    ]
    assert counted_words(found) == "1 robust, 2 already committed and 1 no alternative"


def test_a_deferral_is_called_one_for_it_is_not_counted_among_the_choices() -> None:
    """A reader who counts the robust ones of a table finds as many as the key points say."""
    found = Certainty(Kind.SENSITIVE, runs=False, share=0.742, trials=1000)
    assert found.words == "deferred again 74%"
    assert found.sentence.startswith("Sensitive: deferred again in 74% of 1,000")
