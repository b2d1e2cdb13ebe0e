"""From an analysis to the paper: one content, section by section, built from rows and from what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from partnerselect.analysis import Analysis
from partnerselect.report.paper.asking import Asked, asked
from partnerselect.report.paper.content import Block, PaperContent
from partnerselect.report.paper.sections.appendices import appendices
from partnerselect.report.paper.sections.assurance import assurance
from partnerselect.report.paper.sections.cover import cover, footer
from partnerselect.report.paper.sections.implications import implications
from partnerselect.report.paper.sections.judging import judging
from partnerselect.report.paper.sections.narrative import narrative
from partnerselect.report.paper.sections.recommending import recommending
from partnerselect.report.paper.sections.risks import risks
from partnerselect.report.paper.sections.summary import summary
from partnerselect.report.paper.sections.writing import Numbering
from partnerselect.words.wording import ILLUSTRATIVE

ANALYSIS, RISKS, ASSURANCE, IMPLICATIONS = 1, 2, 3, 4
Section = Callable[[Asked, Numbering], Iterator[Block]]
SECTIONS: tuple[tuple[int, tuple[Section, ...]], ...] = (
    (ANALYSIS, (narrative, judging, recommending)),
    (RISKS, (risks,)),
    (ASSURANCE, (assurance,)),
    (IMPLICATIONS, (implications,)),
)


def compose(analysis: Analysis) -> PaperContent:
    """Compose the paper of a scenario, whatever its state: without an answer, without draws, without a word typed for it."""
    return composed(asked(analysis))


def composed(found: Asked) -> PaperContent:
    """Compose the paper from what has been asked."""
    mark = ILLUSTRATIVE if found.analysis.scenario.illustrative else ""
    return PaperContent(cover(found.analysis), mark, tuple(_blocks(found)), footer(found.analysis))


def _blocks(found: Asked) -> Iterator[Block]:
    yield from summary(found)
    for number, parts in SECTIONS:
        numbering = Numbering(number)
        for part in parts:
            yield from part(found, numbering)
    yield from appendices(found)
