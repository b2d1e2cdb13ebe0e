"""What a check finds, what it looks at, and whose advice it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from partnerselect.errors import Loc, Problem, dotted
from partnerselect.model import Paper, Scenario
from partnerselect.value import (
    Consistency,
    PerformanceTable,
    Scores,
    consistencies,
    only_barred_by_gate,
    performance_table,
    score,
)
from partnerselect.words import listed, sentence

Severity = Literal["warning", "note"]

GREEN_BOOK = "HM Treasury, The Green Book (2022)"
MCDA_GUIDE = (
    "HM Treasury and Government Analysis Function, An Introductory Guide to Multi-Criteria Decision"
    " Analysis (2024)"
)
MANUAL = "Department for Communities and Local Government, Multi-criteria analysis: a manual (2009)"
ISPOR = (
    "Marsh et al. (2016), ISPOR good practices for multi-criteria decision analysis, Report 2,"
    " Value in Health 19(2)"
)
RISK_MATRIX = "National Patient Safety Agency, A risk matrix for risk managers (2008)"
EQUALITY_ACT = "Equality Act 2010, section 149"
FORMAT = "The scenario format: what is written should have an effect"


SENTENCE = re.compile(r"(?<=[.!?;])\s+")
FRONT = {
    "cover.body": "the body that decides",
    "cover.date": "the date of the meeting",
    "cover.item": "the agenda item",
    "cover.author": "the author's role",
    "cover.director": "the accountable director's role",
    "recommendation.text": "what the board is recommended to do",
    "priorities": "the strategic priorities this bears on",
    "compliance": "the standards this bears on",
    "considered": "the areas considered, each with its implications",
}
BODY = {
    "text.background": "the background",
    "text.opportunities": "the opportunities",
    "text.challenges": "the challenges",
    "risks": "the risks of each option, and of doing nothing",
    "measures": "how success will be measured",
    "engagement": "who was asked, and when",
}
WHY = "why the plan might be accepted for what it gives up"
IMPLICATIONS = {
    "aims": "the strategic aims",
    "equality": "equality, diversity and inclusion: a reason or a reference",
    "culture": "culture and people",
    "system": "the wider system",
    "legal": "legal and regulatory compliance",
}
"""The implications that a paper speaks of, beside the financial ones, which are computed."""


@dataclass(frozen=True)
class Written:
    """A sentence and where it stands."""

    loc: Loc
    sentence: str


@dataclass(frozen=True)
class Unwritten:
    """A text that the paper needs and lacks: its place, and what is to be written."""

    loc: Loc
    what: str


def written(scenario: Scenario) -> Iterator[Written]:
    """Yield every sentence of the scenario's and the paper's own texts."""
    for loc, text in _texts(scenario):
        yield from (Written(loc, sentence) for sentence in SENTENCE.split(text.strip()) if sentence)


def _texts(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    yield ("about",), scenario.about
    paper = scenario.paper
    if paper is None:
        return
    if paper.recommendation:
        yield ("paper", "recommendation", "text"), paper.recommendation.text
    for name in ("background", "opportunities", "challenges"):
        yield ("paper", "text", name), getattr(paper.text, name)
    for kind in ("priorities", "compliance", "considered", "engagement", "implications"):
        for name, item in getattr(paper, kind).items():
            yield ("paper", kind, name, "text"), item.text
    for name, risk in paper.risks.items():
        yield ("paper", "risks", name, "mitigation"), risk.mitigation


def is_of_this_meeting(scenario: Scenario) -> bool:
    """Tell whether the cover is not that of an earlier meeting, as an inherited one would be."""
    date = scenario.paper.cover.date if scenario.paper else None
    return date is None or scenario.as_at is None or date >= scenario.as_at


def unwritten(scenario: Scenario) -> tuple[Unwritten, ...]:
    """Return what the paper shows as still to be written, in its order.

    Date and agenda item of an earlier meeting's cover are among them: no paper carries them.
    """
    paper = scenario.paper or Paper()
    if not is_of_this_meeting(scenario):
        cover = paper.cover.model_copy(update={"date": None, "item": None})
        paper = paper.model_copy(update={"cover": cover})
    wanted: list[tuple[Loc, str, object]] = [
        *_wanted(paper, FRONT),
        *(
            (
                ("considered", name, "text"),
                f"{area.title}: the implications, or why it was not considered",
                area.text,
            )
            for name, area in paper.considered.items()
        ),
        *_wanted(paper, BODY),
    ]
    for name, what in IMPLICATIONS.items():
        stated = paper.implications.get(name)
        text = stated and (stated.text.strip() or stated.reference)
        wanted.append((("implications", name, "text"), f"the implications for {what}", text))
    found = [(("paper", *loc), what, text) for loc, what, text in wanted]
    if paper.plan in scenario.plans:
        found.append((("plans", paper.plan, "why"), WHY, scenario.plans[paper.plan].why))
    return tuple(
        Unwritten(loc, what)
        for loc, what, text in found
        if not (text.strip() if isinstance(text, str) else text)
    )


def _wanted(paper: Paper, texts: dict[str, str]) -> Iterator[tuple[Loc, str, object]]:
    """Yield each place, what is to be written there, and what is."""
    for path, what in texts.items():
        block, _, key = path.partition(".")
        found = getattr(paper, block)
        yield tuple(path.split(".")), what, getattr(found, key, None) if key else found


@dataclass(frozen=True)
class Finding:
    """One thing that good practice asks for and the scenario lacks."""

    id: str
    severity: Severity
    words: str
    loc: Loc
    mend: str
    """What would satisfy the check."""
    source: str
    """Whose advice it is."""

    @property
    def path(self) -> str:
        """Where in the scenario."""
        return dotted(self.loc)

    @property
    def problem(self) -> Problem:
        """The same for who looks for it in the file."""
        return Problem(self.loc, f"{self.words} {self.mend}".strip())


def in_vain(problem: Problem) -> Finding:
    """Return as a finding what is allowed but probably not meant."""
    mend, words = "Correct it, or leave it out.", sentence(problem.message)
    return Finding("no-effect", "warning", words, problem.loc, mend, FORMAT)


Place = tuple[Loc, str]
"""A place in the scenario, and what is named there."""


@dataclass(frozen=True)
class Check:
    """Asks one thing, and says it once of all places that lack it."""

    id: str
    severity: Severity
    found: Callable[[Examination], Iterable[Place]]
    """The places that lack it."""
    words: str
    """What is said; `{}` stands for what is named there."""
    mend: str
    source: str
    between: Callable[[list[str]], str] = listed
    """What joins the names."""
    is_each: bool = False
    """Whether each place is said by itself."""

    def __call__(self, seen: Examination) -> Iterator[Finding]:
        """Yield what is found."""
        found = list(self.found(seen))
        for places in [[place] for place in found] if self.is_each else [found] * bool(found):
            named = self.between([name for _, name in places])
            words = self.words.format(named)
            yield Finding(
                self.id,
                self.severity,
                f"{words[:1].upper()}{words[1:]}",
                places[0][0],
                self.mend.format(named),
                self.source,
            )


def lacking(
    kind: str, is_lacking: Callable[[Any], bool], *keys: str
) -> Callable[[Examination], Iterator[Place]]:
    """Return what finds programmes, gates, risks of the paper and so on that lack something.

    `kind` is where they stand, `keys` what is lacking below each.
    """

    def found(seen: Examination) -> Iterator[Place]:
        holder: Any = seen.paper if kind.startswith("paper.") else seen.scenario.as_written
        for name, one in getattr(holder, kind.removeprefix("paper.")).items():
            if is_lacking(one):
                yield (*kind.split("."), name, *keys), one.title

    return found


def when(
    is_so: Callable[[Examination], bool], *loc: str
) -> Callable[[Examination], Iterator[Place]]:
    """Return what finds one place if something is so."""
    return lambda seen: iter([(loc, "")] if is_so(seen) else [])


Checks = tuple[Callable[["Examination"], Iterator[Finding]], ...]
"""Checks in the order in which a reader meets what they are about."""


@dataclass(frozen=True)
class Examination:
    """What can be said of a scenario before anything is chosen; the checks look at it."""

    scenario: Scenario
    table: PerformanceTable
    scores: Scores

    @cached_property
    def judgements(self) -> tuple[Consistency, ...]:
        """How well the judgements behind the weights fit together."""
        return consistencies(self.scenario)

    @cached_property
    def paper(self) -> Paper:
        """What was typed for the paper; all empty where nothing was."""
        return self.scenario.paper or Paper()

    @cached_property
    def texts(self) -> tuple[Written, ...]:
        """Every sentence somebody wrote, with its place."""
        return tuple(written(self.scenario))

    @cached_property
    def possible(self) -> NDArray[np.bool_]:
        """(P, K): who can be chosen, or could if its gate opened."""
        found = self.table.eligible.copy()
        for p, k in zip(*np.nonzero(~found), strict=True):
            found[p, k] = only_barred_by_gate(self.scenario, self.table, int(p), int(k))
        return found

    def first(self, said: re.Pattern[str]) -> Written | None:
        """Return the first sentence that says something."""
        return next((one for one in self.texts if said.search(one.sentence)), None)

    def partner(self, k: int) -> str:
        """Return a partner's title."""
        return self.scenario.partners[self.table.workload.partners[k]].title

    def programme(self, p: int) -> str:
        """Return a programme's title."""
        return self.scenario.programmes[self.table.workload.programmes[p]].title


def examine(scenario: Scenario) -> Examination:
    """Score the partners and choose nothing; raises InputError where weights give no numbers."""
    table = performance_table(scenario)
    return Examination(scenario, table, score(scenario, table))
