"""Two published checklists, item by item: met, not met or not applicable, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from partnerselect.advice.guidance.finding import ISPOR, MANUAL, Finding, Seen
from partnerselect.words.wording import listed

State = Literal["met", "not met", "not applicable"]


@dataclass(frozen=True)
class Practice:
    """One item of a checklist."""

    source: str
    item: str
    title: str
    state: State
    why: str


@dataclass(frozen=True)
class _Item:
    """An item: the checks against it, and else what the scenario shows for it (empty: nothing)."""

    number: str
    title: str
    against: tuple[str, ...]
    shown: Callable[[Seen], str]


def practice(seen: Seen, found: tuple[Finding, ...]) -> tuple[Practice, ...]:
    """Go through both checklists with what the checks found."""
    items = [(ISPOR, item) for item in ISPOR_ITEMS] + [(MANUAL, item) for item in MANUAL_STEPS]
    return tuple(_gone_through(seen, found, source, item) for source, item in items)


def _gone_through(seen: Seen, found: tuple[Finding, ...], source: str, item: _Item) -> Practice:
    against = next(
        (
            finding
            for finding in found
            if finding.id in item.against and finding.severity == "warning"
        ),
        None,
    )
    shown = item.shown(seen)
    if against or not shown:
        return Practice(
            source, item.number, item.title, "not met", against.words if against else NOT_SHOWN
        )
    return Practice(source, item.number, item.title, "met", shown)


NOT_SHOWN = "Nothing in the scenario shows it."


def _problem(seen: Seen) -> str:
    about = bool(seen.paper.text.background.strip() or seen.scenario.about.strip())
    return (
        f"{len(seen.scenario.programmes)} programmes, {len(seen.scenario.partners)} partners and"
        " the limits are stated."
        if about
        else ""
    )


def _heard(seen: Seen) -> str:
    groups = [event.title for event in seen.paper.engagement.values()] + list(
        seen.paper.cover.considered_before
    )
    return f"Put before others: {listed(groups)}." if groups else ""


def _asked(seen: Seen) -> str:
    groups = [group.title for group in seen.scenario.stakeholders.values()]
    return f"Groups gave weights of their own: {listed(groups)}." if groups else ""


def _identified(seen: Seen) -> str:
    about = seen.scenario.criteria.about.strip()
    return f"The criteria set says: {about}" if about else ""


def _defined(seen: Seen) -> str:
    return (
        "Every criterion says what it asks."
        if all(leaf.asks.strip() for leaf in seen.scenario.criteria.leaves.values())
        else ""
    )


def _sources(seen: Seen) -> str:
    scores = [
        score for partner in seen.scenario.partners.values() for score in partner.scores.values()
    ]
    return (
        "Scores name what they rest on."
        if any(score.source or score.evidence for score in scores)
        else ""
    )


def _nobody(seen: Seen) -> str:  # noqa: ARG001 - every item is asked the same way
    return ""


def _always(words: str) -> Callable[[Seen], str]:
    return lambda _: words


def _drawn(seen: Seen) -> str:
    samples = seen.scenario.analysis.samples
    return (
        f"{samples:,} trials of weights, scores and decisions of others; ranges of each weight;"
        " what would change"
        " the order."
        if samples
        else ""
    )


ISPOR_ITEMS = (
    _Item("1a", "The decision problem is described", ("two-options",), _problem),
    _Item("1b", "The problem was put before others, and is reported", (), _heard),
    _Item("2a", "How the criteria were found is reported and justified", (), _identified),
    _Item("2b", "The criteria are defined", ("definition",), _defined),
    _Item(
        "2c",
        "The criteria were put before others, and are reported",
        ("correlated", "price-twice", "discriminates"),
        _asked,
    ),
    _Item(
        "3a",
        "What performance was measured from is reported and justified",
        ("evidence",),
        _sources,
    ),
    _Item("3b", "The performance table was checked by others, and is reported", (), _nobody),
    _Item(
        "4a",
        "How scores become values is reported and justified",
        (),
        _always("Every scale states what is worth 0 and what is worth 100."),
    ),
    _Item("4b", "The scores were checked by others, and are reported", (), _nobody),
    _Item(
        "5a",
        "How the weights were given is reported and justified",
        ("swing-weights", "contradiction"),
        _always("Each is shown with its range."),
    ),
    _Item("5b", "The weights were compared with those of others", (), _asked),
    _Item(
        "6a",
        "How values are put together is reported and justified",
        (),
        _always("A weighted sum, described in the method."),
    ),
    _Item(
        "6b",
        "The result is reported",
        (),
        _always("Values, ranks and the choice are reported programme by programme."),
    ),
    _Item(
        "7a",
        "What is uncertain is reported",
        ("ranges",),
        _always("Ranges, scores not yet known and decisions of others are listed."),
    ),
    _Item("7b", "Uncertainty is analysed, and how is justified", ("draws",), _drawn),
    _Item(
        "8a",
        "Method and findings are reported",
        ("considered",),
        _always("This paper, with its appendices."),
    ),
    _Item(
        "8b",
        "The findings are examined",
        ("draws",),
        _always("Runner-up, margin, what would change the order and what is deferred are stated."),
    ),
)
"""The 17 items of the checklist, in our words."""


def _baselines(seen: Seen) -> str:
    return (
        f"{len(seen.scenario.partners)} partners, and doing nothing, in every programme."
        if seen.scenario.partners
        else ""
    )


MANUAL_STEPS = (
    _Item("1", "Establish what is decided, by whom, for whom", ("sponsor", "priorities"), _problem),
    _Item("2", "Identify the options", ("two-options", "do-nothing"), _baselines),
    _Item("3", "Identify the criteria", ("correlated", "price-twice", "discriminates"), _defined),
    _Item("4", "Score the options", ("evidence",), _sources),
    _Item(
        "5",
        "Weigh the criteria by swing",
        ("swing-weights", "contradiction"),
        _always("Weights are stated with the range of each scale."),
    ),
    _Item("6", "Combine weights and scores", (), _always("A weighted sum in every programme.")),
    _Item(
        "7",
        "Examine the results",
        (),
        _always("Programme by programme, with the partners that another never falls behind."),
    ),
    _Item("8", "Try how far the answer depends on weights and scores", ("draws",), _drawn),
)
"""The eight steps of the manual, in our words."""
