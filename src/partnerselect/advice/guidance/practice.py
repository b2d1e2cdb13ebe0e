"""All checks, and with them two published checklists, item by item: met or not, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from partnerselect.advice.guidance.finding import ISPOR, MANUAL, Checks, Examination, Finding
from partnerselect.advice.guidance.options import COST_CHECKS, OPTION_CHECKS
from partnerselect.advice.guidance.papers import PAPER_CHECKS
from partnerselect.advice.guidance.scoring import EVIDENCE_CHECKS, MADE_UP, WEIGHT_CHECKS
from partnerselect.words import listed

State = Literal["met", "not met"]
CHECKS: Checks = (
    *OPTION_CHECKS,
    *WEIGHT_CHECKS,
    *EVIDENCE_CHECKS,
    *COST_CHECKS,
    *PAPER_CHECKS,
)
"""In the order in which a reader meets what they are about."""
NOT_SHOWN = "Nothing in the scenario shows it."


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
    shown: Callable[[Examination], str] | str


def findings(seen: Examination) -> tuple[Finding, ...]:
    """Run every check; warnings first, each kind in the order of the checks."""
    found = [finding for check in CHECKS for finding in check(seen)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "warning"))


def practice(seen: Examination, found: tuple[Finding, ...]) -> tuple[Practice, ...]:
    """Go through both checklists with what the checks found."""
    warned = [one for one in found if one.severity == "warning" or one.id == MADE_UP]
    items = [(ISPOR, item) for item in ISPOR_ITEMS] + [(MANUAL, item) for item in MANUAL_STEPS]
    return tuple(_gone_through(seen, warned, source, item) for source, item in items)


def _gone_through(seen: Examination, warned: list[Finding], source: str, item: _Item) -> Practice:
    against = next((one.words for one in warned if one.id in item.against), "")
    shown = item.shown if isinstance(item.shown, str) else item.shown(seen)
    is_met = bool(shown) and not against
    why = shown if is_met else against or NOT_SHOWN
    return Practice(source, item.number, item.title, "met" if is_met else "not met", why)


def _problem(seen: Examination) -> str:
    about = bool(seen.paper.text.background.strip() or seen.scenario.about.strip())
    return (
        f"{len(seen.scenario.entries)} programmes, {len(seen.scenario.partners)} partners and"
        " the limits are stated."
        if about
        else ""
    )


def _heard(seen: Examination) -> str:
    groups = [event.title for event in seen.paper.engagement.values()] + list(
        seen.paper.cover.considered_before
    )
    return f"Put before others: {listed(groups)}." if groups else ""


def _asked(seen: Examination) -> str:
    groups = [group.title for group in seen.scenario.stakeholders.values()]
    return f"Groups gave weights of their own: {listed(groups)}." if groups else ""


def _identified(seen: Examination) -> str:
    about = seen.scenario.criteria.about.strip()
    return f"The criteria set says: {about}" if about else ""


def _defined(seen: Examination) -> str:
    return (
        "Every criterion says what it asks."
        if all(leaf.asks.strip() for leaf in seen.scenario.criteria.leaves.values())
        else ""
    )


def _sources(seen: Examination) -> str:
    scores = [
        score for partner in seen.scenario.partners.values() for score in partner.scores.values()
    ]
    return (
        "Scores name what they rest on."
        if any(score.source or score.evidence for score in scores)
        else ""
    )


def _drawn(seen: Examination) -> str:
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
        ("evidence", MADE_UP),
        _sources,
    ),
    _Item("3b", "The performance table was checked by others, and is reported", (), ""),
    _Item(
        "4a",
        "How scores become values is reported and justified",
        (),
        "Every scale states what is worth 0 and what is worth 100.",
    ),
    _Item("4b", "The scores were checked by others, and are reported", (), ""),
    _Item(
        "5a",
        "How the weights were given is reported and justified",
        ("swing-weights", "contradiction"),
        "Each is shown with its range.",
    ),
    _Item("5b", "The weights were compared with those of others", (), _asked),
    _Item(
        "6a",
        "How values are put together is reported and justified",
        (),
        "A weighted sum, described in the method.",
    ),
    _Item(
        "6b",
        "The result is reported",
        (),
        "Values, ranks and the choice are reported programme by programme.",
    ),
    _Item(
        "7a",
        "What is uncertain is reported",
        ("ranges",),
        "Ranges, scores not yet known and decisions of others are listed.",
    ),
    _Item("7b", "Uncertainty is analysed, and how is justified", ("draws",), _drawn),
    _Item(
        "8a",
        "Method and findings are reported",
        ("considered",),
        "This paper, with its appendices.",
    ),
    _Item(
        "8b",
        "The findings are examined",
        ("draws",),
        "Runner-up, margin, what would change the order and what is deferred are stated.",
    ),
)
"""The 17 items of the checklist, in our words."""


def _baselines(seen: Examination) -> str:
    return (
        f"{len(seen.scenario.partners)} partners, and doing nothing, in every programme."
        if seen.scenario.partners
        else ""
    )


MANUAL_STEPS = (
    _Item("1", "Establish what is decided, by whom, for whom", ("sponsor", "priorities"), _problem),
    _Item("2", "Identify the options", ("two-options", "do-nothing"), _baselines),
    _Item("3", "Identify the criteria", ("correlated", "price-twice", "discriminates"), _defined),
    _Item("4", "Score the options", ("evidence", MADE_UP), _sources),
    _Item(
        "5",
        "Weigh the criteria by swing",
        ("swing-weights", "contradiction"),
        "Weights are stated with the range of each scale.",
    ),
    _Item("6", "Combine weights and scores", (), "A weighted sum in every programme."),
    _Item(
        "7",
        "Examine the results",
        (),
        "Programme by programme, with the partners that another never falls behind.",
    ),
    _Item("8", "Try how far the answer depends on weights and scores", ("draws",), _drawn),
)
"""The eight steps of the manual, in our words."""
