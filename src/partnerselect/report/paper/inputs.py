"""What a paper asks of an analysis before it is written, and the pieces that it writes with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from partnerselect import words
from partnerselect.advice import JUDGED, Kind, unwritten
from partnerselect.allocation import (
    OTHERWISE,
    Alternative,
    Alternatives,
    Frontier,
    JudgedPlan,
    Judgement,
    Kind as AlternativeKind,
)
from partnerselect.analysis import (
    Analysis,
    agreement,
    alternatives,
    as_planned,
    judge,
    spending,
    turning_points,
    with_and_without,
    with_choices,
)
from partnerselect.model import Paper
from partnerselect.report.paper.content import Paragraph
from partnerselect.rows import (
    Row,
    alternative_rows,
    alternative_sentence,
    decision_rows,
    flip_row,
    frontier_points,
)
from partnerselect.tables import Span, Text
from partnerselect.value import Agreement
from partnerselect.words import amount

APPENDICES = {
    "options": "Options weighed",
    "criteria": "How they were judged",
    "programmes": "Programme by programme",
    "money": "Who does what, and what it costs",
    "sureness": "How sure it is, and what would change it",
    "evidence": "Inputs with their evidence",
    "summaries": "Assessment summaries of the partners not chosen",
    "practice": "Good practice",
}
"""The appendices in order; the paper refers to them by number."""

DECIDED_BY_OTHERS: tuple[AlternativeKind, ...] = ("gate", "payer")
"""What the paper itself asks to be otherwise; the appendices ask the rest."""


def appendix(name: str) -> str:
    """Return how the paper refers to an appendix."""
    return f"appendix {list(APPENDICES).index(name) + 1}"


@dataclass(frozen=True)
class PaperInputs:
    """An analysis and the answers to what the paper asks beyond it, each asked once."""

    analysis: Analysis
    """With the choice over the trials, where anything was drawn and chosen."""
    unsaved: tuple[str, ...] = ()
    """What was changed in the scenario and not saved."""

    @property
    def paper(self) -> Paper:
        """What was typed for it."""
        return self.analysis.scenario.paper or Paper()

    @property
    def answered(self) -> bool:
        """Whether there is a choice to recommend; nothing of money is asked where there is none."""
        return self.analysis.allocation.chosen is not None

    @cached_property
    def judged(self) -> Judgement | None:
        """How the plan stands that the paper is for, where it is for one."""
        return judge(self.analysis, [self.paper.plan]) if self.paper.plan else None

    @property
    def plan(self) -> JudgedPlan | None:
        """That plan."""
        return self.judged.plans[0] if self.judged else None

    @cached_property
    def planned(self) -> PaperInputs | None:
        """The same of the plan in the place of the choice, where it can be completed."""
        planned = as_planned(self.analysis, self.plan) if self.plan else None
        return PaperInputs(planned, self.unsaved) if planned else None

    @cached_property
    def frontier(self) -> Frontier | None:
        """What more or less money would buy."""
        return spending(self.analysis) if self.answered else None

    @cached_property
    def curve(self) -> list[Row]:
        """The efficient choices, the cheapest first."""
        return frontier_points(self.analysis, self.frontier) if self.frontier else []

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """What would be done with each decision of others turned, and each payer gone."""
        return with_and_without(self.analysis, DECIDED_BY_OTHERS) if self.answered else ()

    @cached_property
    def almost_as_good(self) -> Alternatives:
        """The plans within a point of the recommended one, where there is one."""
        return alternatives(self.analysis, over_trials=False)

    @cached_property
    def decisions(self) -> list[Row]:
        """A row a programme."""
        return decision_rows(self.analysis)

    @property
    def running(self) -> Iterator[Row]:
        """The decisions by which a programme runs."""
        return (row for row in self.decisions if row["partners"])

    @property
    def open(self) -> list[Row]:
        """Of these, the decisions not made earlier already."""
        return [row for row in self.running if row["certainty"].kind is not Kind.COMMITTED]

    @property
    def weighed(self) -> list[Row]:
        """Of these, the decisions that were weighed in trials."""
        return [row for row in self.running if row["certainty"].kind in JUDGED]

    @cached_property
    def awaited(self) -> list[str]:
        """The decisions of others that the choice depends on, by title."""
        return list(dict.fromkeys(gate for row in self.running for gate in row["gates"]))

    @cached_property
    def otherwise(self) -> list[Row]:
        """The alternatives as rows, each with its sentence (`words`)."""
        return self._worded(self.alternatives)

    @cached_property
    def without(self) -> list[Row]:
        """The same with each partner left out, and each commitment dropped."""
        asked = tuple(kind for kind in OTHERWISE if kind not in DECIDED_BY_OTHERS)
        return self._worded(with_and_without(self.analysis, asked) if self.answered else ())

    def _worded(self, found: tuple[Alternative, ...]) -> list[Row]:
        return [
            {**row, "words": alternative_sentence(self.analysis, row)}
            for row in alternative_rows(self.analysis, found)
        ]

    @cached_property
    def agreement(self) -> Agreement:
        """What the stakeholder groups say."""
        return agreement(self.analysis)

    @cached_property
    def flips(self) -> dict[str, list[Row]]:
        """What would turn the order, programme by programme, nearest first."""
        return {
            name: [flip_row(told) for told in turning_points(self.analysis, name)]
            for name in self.analysis.scenario.programmes
        }

    @cached_property
    def unwritten(self) -> dict[str, str]:
        """By path below `paper`: what is still to be written."""
        return {
            ".".join(str(key) for key in one.loc[1:]): one.what
            for one in unwritten(self.analysis.scenario)
        }

    def said(self, path: str, text: str) -> Text:
        """Return what was typed at a path below `paper`, or what is to be written there."""
        what = self.unwritten.get(path, "")
        return missing(what) if what else plain(text.strip())

    def money(self, value: float) -> str:
        """Return an amount in the scenario's currency."""
        return amount(value, self.analysis.scenario.currency)


def with_certainty(analysis: Analysis) -> Analysis:
    """Return the analysis with the choice over the trials, where there are trials and a choice.

    Else without: a paper has no need to say that nothing was counted.
    """
    if not analysis.robustness.samples or analysis.allocation.chosen is None:
        return replace(analysis, choices=None)
    return analysis if analysis.choices is not None else with_choices(analysis)


def plain(text: str) -> Text:
    """Return text as it stands."""
    return (Span(text),)


def missing(what: str) -> Text:
    """Return what is still to be written."""
    return (Span(what, missing=True),)


def labelled(label: str, text: Text | str) -> Text:
    """Return text behind a label that stands out."""
    return (Span(f"{label}: ", strong=True), *(plain(text) if isinstance(text, str) else text))


def day(date: dt.date | None) -> str:
    """Return a date as 28 July 2021; a dash where there is none."""
    return "—" if date is None else words.day(date)


@dataclass
class Numbering:
    """The numbers of the paragraphs of a section: 1.1, 1.2 and so on."""

    section: str
    last: int = 0

    def paragraph(self, text: Text | str, *sources: str) -> Paragraph:
        """Return the next paragraph."""
        self.last += 1
        spans = plain(text) if isinstance(text, str) else text
        return Paragraph(spans, f"{self.section}.{self.last}", sources)

    def paragraphs(self, texts: Iterable[str], *sources: str) -> Iterator[Paragraph]:
        """Yield a paragraph for each text that is not empty."""
        yield from (self.paragraph(text, *sources) for text in texts if text)
