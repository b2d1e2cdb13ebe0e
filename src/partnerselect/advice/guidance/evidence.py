"""What stands behind the scores, and how the open ones are dealt with?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from partnerselect.advice.guidance.finding import FORMAT, ISPOR, MANUAL, Check, Finding, Seen
from partnerselect.errors import Loc
from partnerselect.model import without_effect
from partnerselect.model.score import Score
from partnerselect.words.wording import listed


@dataclass(frozen=True)
class _Given:
    """A typed score, whose it is and where it stands."""

    partner: str
    criterion: str
    loc: Loc
    score: Score


def _given(seen: Seen) -> Iterator[_Given]:
    for name, partner in seen.scenario.partners.items():
        yield from (
            _Given(name, criterion, ("partners", name, "scores", criterion), score)
            for criterion, score in partner.scores.items()
        )
        for programme, special in partner.for_.items():
            at: Loc = ("partners", name, "for", programme, "scores")
            yield from (
                _Given(name, criterion, (*at, criterion), score)
                for criterion, score in special.scores.items()
            )


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}{'' if message.endswith('?') else '.'}"


def evidence(seen: Seen) -> Iterator[Finding]:
    """Ask what every score rests on; louder where the partner comes first somewhere."""
    bare: dict[str, list[_Given]] = {}
    for given in _given(seen):
        if not given.score.is_unknown and not (
            given.score.evidence.strip() or given.score.source.strip()
        ):
            bare.setdefault(given.partner, []).append(given)
    first = {
        seen.table.workload.partners[k] for k in np.nonzero((seen.scores.ranks == 1).any(axis=0))[0]
    }
    for leads in (True, False):
        found = {name: scores for name, scores in bare.items() if (name in first) is leads}
        if found:
            told = listed(
                [
                    f"{seen.scenario.partners[name].title} ({_counted(len(scores), 'score')})"
                    for name, scores in found.items()
                ]
            )
            words = (
                f"Partners that come first on scores without evidence: {told}."
                if leads
                else f"Other scores without evidence: {told}."
            )
            at = next(iter(found.values()))[0].loc
            mend = "Write `evidence` or `source` beside each score, or make it a range."
            yield Finding(
                "evidence", "warning" if leads else "note", words, at, mend, f"{ISPOR}, item 3a"
            )


def unknown(seen: Seen) -> Iterator[Finding]:
    """Name the scores that nobody knows."""
    leaves = seen.scenario.criteria.leaves
    found = [given for given in _given(seen) if given.score.is_unknown]
    if found:
        told = listed(
            [
                f"{leaves[given.criterion].title} of {seen.scenario.partners[given.partner].title}"
                for given in found
            ]
        )
        words = f"Not yet known: {told}. In the trials each may be anything on its scale."
        yield Finding(
            "unknown",
            "note",
            words,
            found[0].loc,
            "Find out, or write a range.",
            f"{ISPOR}, item 7a",
        )


def single_figures(seen: Seen) -> Iterator[Finding]:
    """Ask for a range where every score is a single figure."""
    given = [one for one in _given(seen) if not one.score.is_unknown]
    if given and not any(one.score.is_range for one in given):
        words = "Every score is a single figure, as if all were certain."
        yield Finding(
            "ranges",
            "warning",
            words,
            given[0].loc,
            "Write `low` and `high` where a score is not certain.",
            f"{ISPOR}, item 7a",
        )


def dated(seen: Seen) -> Iterator[Finding]:
    """Ask for the day on which the decision is taken, so that later evidence is refused."""
    if seen.scenario.as_at is None:
        words = (
            "No date says as at when the choice is judged, so evidence that came later would not be"
            " noticed."
        )
        yield Finding("as-at", "note", words, (), "Write `as-at`.", f"{ISPOR}, item 3a")
        return
    undated = [
        given
        for given in _given(seen)
        if (given.score.evidence or given.score.source) and given.score.published is None
    ]
    if undated:
        one = len(undated) == 1
        words = (
            f"{_counted(len(undated), 'score')} with evidence {'does' if one else 'do'} not say"
            " when it was published."
        )
        yield Finding(
            "undated", "note", words, undated[0].loc, "Write `published`.", f"{ISPOR}, item 3a"
        )


def draws(seen: Seen) -> Iterator[Finding]:
    """Ask for the draws that say how sure the choice is."""
    if not seen.scenario.analysis.samples:
        words = "There are no trials, so how sure the choice is cannot be said."
        yield Finding(
            "draws",
            "warning",
            words,
            ("analysis", "samples"),
            "Give `samples` a number.",
            f"{ISPOR}, item 7b; {MANUAL}, step 8",
        )


def written_in_vain(seen: Seen) -> Iterator[Finding]:
    """Pass on what is allowed but probably not meant."""
    for problem in without_effect.warnings(seen.scenario):
        yield Finding(
            "no-effect",
            "warning",
            _sentence(problem.message),
            problem.loc,
            "Correct it, or leave it out.",
            FORMAT,
        )
    for problem in seen.table.notices:
        yield Finding(
            "scale", "note", _sentence(problem.message), problem.loc, "", f"{MANUAL}, step 4"
        )


EVIDENCE_CHECKS: tuple[Check, ...] = (
    evidence,
    unknown,
    single_figures,
    dated,
    draws,
    written_in_vain,
)
