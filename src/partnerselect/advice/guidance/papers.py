"""Does the paper say what a decision must state?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerselect.advice.guidance.finding import (
    EQUALITY_ACT,
    GREEN_BOOK,
    ISPOR,
    MANUAL,
    RISK_MATRIX,
    Check,
    Checks,
    Examination,
    Place,
    is_of_this_meeting,
    lacking,
    unwritten,
    when,
)
from partnerselect.model import Measure, Priority
from partnerselect.words import day, listed

LITTLE_RISK = re.compile(
    r"\b(minimal|minimum|low|little|no|negligible)\s+(\w+\s+)?risks?\b", re.IGNORECASE
)
OBJECTIVES = re.compile(r"\b(priorit\w+|objectives|strategic aims)\b", re.IGNORECASE)
TELLING = 8
"""Letters from which a word of a priority's title is taken to mean it."""


def _of_another_meeting(seen: Examination) -> Iterator[Place]:
    if (date := seen.paper.cover.date) and not is_of_this_meeting(seen.scenario):
        yield ("paper", "cover", "date"), f"a meeting on {day(date)}"


def _reviewed_too_early(seen: Examination) -> Iterator[Place]:
    decided = seen.scenario.as_at
    for name, programme in seen.scenario.as_written.programmes.items():
        if decided and programme.review and programme.review <= decided:
            yield ("programmes", name, "review"), programme.title


def _vague_measures(seen: Examination) -> Iterator[Place]:
    for name, measure in seen.paper.measures.items():
        if lacking := _lacking(measure):
            yield (
                ("paper", "measures", name),
                f"{measure.title}: {listed([f'no {part}' for part in lacking])}",
            )


def _lacking(measure: Measure) -> list[str]:
    """Name what a measure does not say: from where to where, by when, and who answers for it."""
    parts = {
        "baseline": measure.baseline,
        "target": measure.target,
        "date (`by`)": measure.by,
        "owner": measure.owner.strip() or None,
    }
    return [part for part, value in parts.items() if value is None]


def _unrated_risks(seen: Examination) -> Iterator[Place]:
    """Look the harder where the text plays risks down."""
    if seen.scenario.paper is None:
        return
    risks = seen.paper.risks
    unrated = [name for name, risk in risks.items() if None in {risk.likelihood, risk.impact}]
    if risks and not unrated:
        return
    played_down = seen.first(LITTLE_RISK)
    before = f"“{played_down.sentence}”, but " if played_down else ""
    if unrated:
        titles = listed([risks[name].title for name in unrated])
        what = f"nothing says how likely and how severe: {titles}"
        yield ("paper", "risks", unrated[0]), f"{before}{what}"
    else:
        yield played_down.loc if played_down else ("paper",), f"{before}no risk is rated"


def _forgets_doing_nothing(seen: Examination) -> bool:
    options = [risk.option for risk in seen.paper.risks.values()]
    return bool(options) and "none" not in options


def _unmarked_priorities(seen: Examination, *, claimed: bool) -> Iterator[Place]:
    """Yield the priorities that the text claims, or all where it claims none.

    The place is that of the first that is not marked, claimed or not.
    """
    unmarked = {name: one for name, one in seen.paper.priorities.items() if one.affected is None}
    found = [one for one in unmarked.values() if _is_claimed(seen, one)]
    if bool(found) is claimed:
        for priority in found or unmarked.values():
            yield ("paper", "priorities", next(iter(unmarked))), priority.title


def _is_claimed(seen: Examination, priority: Priority) -> bool:
    telling = [word.lower() for word in re.findall(r"\w+", priority.title) if len(word) >= TELLING]
    elsewhere = [
        one.sentence.lower() for one in seen.texts if one.loc[:2] != ("paper", "priorities")
    ]
    return bool(priority.text.strip()) or any(
        OBJECTIVES.search(sentence) or any(word in sentence for word in telling)
        for sentence in elsewhere
    )


def _denies_barely(seen: Examination) -> bool:
    """Tell whether there is no more than a bare denial."""
    stated = seen.paper.implications.get("equality")
    return bool(stated and stated.text.strip() and not stated.reference.strip())


def _still_to_write(seen: Examination) -> Iterator[Place]:
    for one in unwritten(seen.scenario):
        yield ("paper",) if seen.scenario.paper is None else one.loc, one.what


PAPER_CHECKS: Checks = (
    Check(
        "cover",
        "warning",
        _of_another_meeting,
        "The cover is of {}, before the date of this decision.",
        "Write `date` and `item` of this paper's own meeting, and where it was considered before.",
        f"{GREEN_BOOK}, monitoring and evaluation",
    ),
    Check(
        "sponsor",
        "warning",
        lacking("programmes", lambda one: not one.sponsor.strip()),
        "No sponsor is named for {}.",
        "Write the `sponsor`, a role.",
        f"{GREEN_BOOK}, senior responsible owner",
    ),
    Check(
        "review",
        "warning",
        lacking("programmes", lambda one: one.review is None),
        "No review date is given for {}.",
        "Write `review`, the next review point.",
        f"{GREEN_BOOK}, monitoring and evaluation",
    ),
    Check(
        "review",
        "warning",
        _reviewed_too_early,
        "The review is not after the date of the decision for {}.",
        "Move it to the next review point.",
        f"{GREEN_BOOK}, monitoring and evaluation",
    ),
    Check(
        "measures",
        "warning",
        when(lambda seen: seen.scenario.paper is not None and not seen.paper.measures, "paper"),
        "Nothing says how success will be measured.",
        "Write `measures`, each with baseline, target, date and owner.",
        f"{GREEN_BOOK}, SMART objectives",
    ),
    Check(
        "measures",
        "warning",
        _vague_measures,
        "{}.",
        "Add what is missing, and when the rest will be known.",
        f"{GREEN_BOOK}, SMART objectives",
        is_each=True,
    ),
    Check(
        "risks",
        "warning",
        _unrated_risks,
        "{}.",
        "Rate each `likelihood` and `impact` from 1 to 5.",
        RISK_MATRIX,
    ),
    Check(
        "risks",
        "note",
        when(_forgets_doing_nothing, "paper", "risks"),
        "No risk of doing nothing is stated.",
        "Write one with `option: none`.",
        f"{GREEN_BOOK}, business as usual",
    ),
    Check(
        "risks",
        "note",
        lacking("paper.risks", lambda risk: not risk.mitigation.strip()),
        "No mitigation is given for: {}.",
        "Write a `mitigation`.",
        RISK_MATRIX,
    ),
    Check(
        "priorities",
        "warning",
        lambda seen: _unmarked_priorities(seen, claimed=True),
        "The text claims priorities that are not marked: {}.",
        "Write `affected: yes` or `no`.",
        f"{MANUAL}, step 1",
    ),
    Check(
        "priorities",
        "note",
        lambda seen: _unmarked_priorities(seen, claimed=False),
        "Not marked yes or no: {}.",
        "Write `affected: yes` or `no`.",
        f"{MANUAL}, step 1",
    ),
    Check(
        "considered",
        "warning",
        lacking("paper.considered", lambda area: not area.text.strip(), "text"),
        "No implications, or reason why there are none, are given for {}.",
        "Write a sentence for each.",
        f"{ISPOR}, item 8a",
    ),
    Check(
        "equality",
        "note",
        when(_denies_barely, "paper", "implications", "equality"),
        "The statement on equality refers to no assessment.",
        "Write a `reference`: where the assessment stands, or who makes it by when.",
        EQUALITY_ACT,
    ),
    Check(
        "stakeholders",
        "note",
        when(lambda seen: not seen.scenario.stakeholders),
        "Only the authors gave weights, so disagreement cannot be shown.",
        "Write `stakeholders` with the weights of each group.",
        f"{ISPOR}, item 5b; {MANUAL}, step 1",
    ),
    Check(
        "engagement",
        "note",
        lacking("paper.engagement", lambda event: event.date is None),
        "No date is given for: {}.",
        "Add `date`.",
        f"{MANUAL}, step 1",
    ),
    Check(
        "unwritten",
        "note",
        _still_to_write,
        "The board paper still lacks: {}.",
        "Write it under `paper`.",
        f"{ISPOR}, item 8a",
        "; ".join,
    ),
)
