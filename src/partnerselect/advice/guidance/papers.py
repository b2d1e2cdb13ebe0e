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
    Finding,
    Seen,
)
from partnerselect.advice.guidance.texts import unwritten
from partnerselect.words.wording import listed

LITTLE_RISK = re.compile(
    r"\b(minimal|minimum|low|little|no|negligible)\s+(\w+\s+)?risks?\b", re.IGNORECASE
)
OBJECTIVES = re.compile(r"\b(priorit\w+|objectives|strategic aims)\b", re.IGNORECASE)
TELLING = 8
"""Letters from which a word of a priority's title is taken to mean it."""


def sponsors(seen: Seen) -> Iterator[Finding]:
    """Ask who answers for every programme."""
    silent = [
        name
        for name, programme in seen.scenario.programmes.items()
        if not programme.sponsor.strip()
    ]
    if silent:
        words = (
            "No sponsor is named for"
            f" {listed([seen.scenario.programmes[name].title for name in silent])}."
        )
        yield Finding(
            "sponsor",
            "warning",
            words,
            ("programmes", silent[0]),
            "Write the `sponsor`, a role.",
            f"{GREEN_BOOK}, senior responsible owner",
        )


def reviews(seen: Seen) -> Iterator[Finding]:
    """Ask when each choice is looked at again."""
    programmes = seen.scenario.programmes
    silent = [name for name, programme in programmes.items() if programme.review is None]
    source = f"{GREEN_BOOK}, monitoring and evaluation"
    if silent:
        words = (
            f"No review date is given for {listed([programmes[name].title for name in silent])}."
        )
        yield Finding(
            "review",
            "warning",
            words,
            ("programmes", silent[0]),
            "Write `review`, the next review point.",
            source,
        )
    decided = seen.scenario.as_at
    past = [
        name
        for name, programme in programmes.items()
        if decided and programme.review and programme.review <= decided
    ]
    if past:
        words = (
            "The review is not after the date of the decision for"
            f" {listed([programmes[name].title for name in past])}."
        )
        yield Finding(
            "review",
            "warning",
            words,
            ("programmes", past[0], "review"),
            "Move it to the next review point.",
            source,
        )


def measures(seen: Seen) -> Iterator[Finding]:
    """Ask of every measure from where to where, by when, and who answers for it."""
    if seen.scenario.paper is None:
        return
    source = f"{GREEN_BOOK}, SMART objectives"
    if not seen.paper.measures:
        words = "Nothing says how success will be measured."
        yield Finding(
            "measures",
            "warning",
            words,
            ("paper",),
            "Write `measures`, each with baseline, target, date and owner.",
            source,
        )
    for name, measure in seen.paper.measures.items():
        parts = {
            "baseline": measure.baseline,
            "target": measure.target,
            "date (`by`)": measure.by,
            "owner": measure.owner.strip() or None,
        }
        lacking = [part for part, value in parts.items() if value is None]
        if lacking:
            words = f"{measure.title}: {listed([f'no {part}' for part in lacking])}."
            yield Finding(
                "measures",
                "warning",
                words,
                ("paper", "measures", name),
                "Add what is missing, and when the rest will be known.",
                source,
            )


def rated_risks(seen: Seen) -> Iterator[Finding]:
    """Ask how likely and how severe every risk is, above all where the text plays them down."""
    if seen.scenario.paper is None:
        return
    stated = seen.paper.risks.items()
    unrated = {name: risk.title for name, risk in stated if None in {risk.likelihood, risk.impact}}
    if seen.paper.risks and not unrated:
        return
    played_down = next((one for one in seen.texts if LITTLE_RISK.search(one.sentence)), None)
    at = played_down.loc if played_down else ("paper",)
    what = "no risk is rated"
    if unrated:
        at = ("paper", "risks", next(iter(unrated)))
        what = f"nothing says how likely and how severe: {listed(list(unrated.values()))}"
    words = f"{f'“{played_down.sentence}”, but ' if played_down else ''}{what}."
    yield Finding(
        "risks",
        "warning",
        f"{words[:1].upper()}{words[1:]}",
        at,
        "Rate each `likelihood` and `impact` from 1 to 5.",
        RISK_MATRIX,
    )


def risks(seen: Seen) -> Iterator[Finding]:
    """Ask for a risk of doing nothing, and what is done about each."""
    stated = seen.paper.risks
    if stated and not any(risk.option == "none" for risk in stated.values()):
        yield Finding(
            "risks",
            "note",
            "No risk of doing nothing is stated.",
            ("paper", "risks"),
            "Write one with `option: none`.",
            f"{GREEN_BOOK}, business as usual",
        )
    bare = {name: risk.title for name, risk in stated.items() if not risk.mitigation.strip()}
    if bare:
        yield Finding(
            "risks",
            "note",
            f"No mitigation is given for: {listed(list(bare.values()))}.",
            ("paper", "risks", next(iter(bare))),
            "Write a `mitigation`.",
            RISK_MATRIX,
        )


def priorities(seen: Seen) -> Iterator[Finding]:
    """Compare the priorities ticked with those the text claims."""
    unset = {
        name: priority
        for name, priority in seen.paper.priorities.items()
        if priority.affected is None
    }
    if not unset:
        return
    claimed = [
        priority.title
        for priority in unset.values()
        if _claimed(seen, priority.title, priority.text)
    ]
    titles = listed(claimed or [priority.title for priority in unset.values()])
    words = (
        f"The text claims priorities that are not marked: {titles}."
        if claimed
        else f"Not marked yes or no: {titles}."
    )
    at = ("paper", "priorities", next(iter(unset)))
    yield Finding(
        "priorities",
        "warning" if claimed else "note",
        words,
        at,
        "Write `affected: yes` or `no`.",
        f"{MANUAL}, step 1",
    )


def _claimed(seen: Seen, title: str, text: str) -> bool:
    telling = [word.lower() for word in re.findall(r"\w+", title) if len(word) >= TELLING]
    elsewhere = [
        one.sentence.lower() for one in seen.texts if one.loc[:2] != ("paper", "priorities")
    ]
    return bool(text.strip()) or any(
        OBJECTIVES.search(sentence) or any(word in sentence for word in telling)
        for sentence in elsewhere
    )


def considered(seen: Seen) -> Iterator[Finding]:
    """Ask for a reason beside every yes and no."""
    bare = {name: area for name, area in seen.paper.considered.items() if not area.text.strip()}
    if bare:
        words = (
            "No implications, or reason why there are none, are given for"
            f" {listed([area.title for area in bare.values()])}."
        )
        at = ("paper", "considered", next(iter(bare)), "text")
        yield Finding(
            "considered", "warning", words, at, "Write a sentence for each.", f"{ISPOR}, item 8a"
        )


def equality(seen: Seen) -> Iterator[Finding]:
    """Ask for more than a bare denial."""
    stated = seen.paper.implications.get("equality")
    if stated and stated.text.strip() and not stated.reference.strip():
        words = "The statement on equality refers to no assessment."
        at = ("paper", "implications", "equality")
        yield Finding(
            "equality",
            "note",
            words,
            at,
            "Write a `reference`: where the assessment stands, or who makes it by when.",
            EQUALITY_ACT,
        )


def engagement(seen: Seen) -> Iterator[Finding]:
    """Ask who else was heard."""
    if not seen.scenario.stakeholders:
        words = "Only the authors gave weights, so disagreement cannot be shown."
        yield Finding(
            "stakeholders",
            "note",
            words,
            (),
            "Write `stakeholders` with the weights of each group.",
            f"{ISPOR}, item 5b; {MANUAL}, step 1",
        )
    undated = {name: event for name, event in seen.paper.engagement.items() if event.date is None}
    if undated:
        words = f"No date is given for: {listed([event.title for event in undated.values()])}."
        yield Finding(
            "engagement",
            "note",
            words,
            ("paper", "engagement", next(iter(undated))),
            "Add `date`.",
            f"{MANUAL}, step 1",
        )


def still_to_write(seen: Seen) -> Iterator[Finding]:
    """List what the paper shows as still to be written."""
    missing = unwritten(seen.scenario)
    if missing:
        at = ("paper",) if seen.scenario.paper is None else missing[0].loc
        words = f"The board paper still lacks: {'; '.join(one.what for one in missing)}."
        yield Finding(
            "unwritten", "note", words, at, "Write it under `paper`.", f"{ISPOR}, item 8a"
        )


PAPER_CHECKS: tuple[Check, ...] = (
    sponsors,
    reviews,
    measures,
    rated_risks,
    risks,
    priorities,
    considered,
    equality,
    engagement,
    still_to_write,
)
