"""From an analysis to the paper, section by section: tables, and what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from partnerselect.analysis import Analysis
from partnerselect.report.paper.content import Block, PaperContent
from partnerselect.report.paper.gathering import PaperInputs, gather
from partnerselect.report.paper.sections.appendices import appendices
from partnerselect.report.paper.sections.assurance import assurance
from partnerselect.report.paper.sections.cover import cover, footer
from partnerselect.report.paper.sections.criteria import criteria
from partnerselect.report.paper.sections.implications import implications
from partnerselect.report.paper.sections.narrative import narrative
from partnerselect.report.paper.sections.recommendation import recommendation
from partnerselect.report.paper.sections.risks import risks
from partnerselect.report.paper.sections.summary import summary
from partnerselect.report.paper.sections.writing import Numbering
from partnerselect.value import mark_of

ANALYSIS, RISKS, ASSURANCE, IMPLICATIONS = 1, 2, 3, 4
Section = Callable[[PaperInputs, Numbering], Iterator[Block]]
SECTIONS: tuple[tuple[int, tuple[Section, ...]], ...] = (
    (ANALYSIS, (narrative, criteria, recommendation)),
    (RISKS, (risks,)),
    (ASSURANCE, (assurance,)),
    (IMPLICATIONS, (implications,)),
)


def compose(analysis: Analysis) -> PaperContent:
    """Compose the paper of a scenario in any state: without an answer, trials or a typed word."""
    return composed(gather(analysis))


def composed(found: PaperInputs) -> PaperContent:
    """Compose the paper from what has been asked."""
    mark = mark_of(found.analysis.scenario)
    return PaperContent(cover(found.analysis), mark, tuple(_blocks(found)), footer(found.analysis))


def _blocks(found: PaperInputs) -> Iterator[Block]:
    yield from summary(found)
    for number, parts in SECTIONS:
        numbering = Numbering(number)
        for part in parts:
            yield from part(found, numbering)
    yield from appendices(found)
