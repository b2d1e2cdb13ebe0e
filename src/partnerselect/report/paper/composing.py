"""From what was asked to documents: the paper, its appendices, or both in one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from partnerselect.report.paper.appendices import appendices
from partnerselect.report.paper.body import body
from partnerselect.report.paper.content import Block, PaperContent, Paragraph
from partnerselect.report.paper.front import cover, footer, front
from partnerselect.report.paper.inputs import APPENDICES, PaperInputs, labelled
from partnerselect.value import mark_of


def paper_of(found: PaperInputs) -> PaperContent:
    """Compose the paper that a board reads; it refers to the appendices by number."""
    titles = "; ".join(f"{n} {title}" for n, title in enumerate(APPENDICES.values(), 1))
    told = labelled("Appendices, in a document of their own", f"{titles}.")
    return _composed(found, [*front(found), *body(found), Paragraph(told, sources=("paper",))])


def appendices_of(found: PaperInputs) -> PaperContent:
    """Compose the appendices as a document of their own."""
    content = _composed(found, appendices(found))
    title = f"{content.cover.title}: appendices"
    return replace(content, cover=replace(content.cover, title=title))


def full_of(found: PaperInputs) -> PaperContent:
    """Compose the paper with its appendices in one document."""
    return _composed(found, [*front(found), *body(found), *appendices(found)])


def _composed(found: PaperInputs, blocks: Iterable[Block]) -> PaperContent:
    mark = mark_of(found.analysis.scenario)
    return PaperContent(cover(found), mark, tuple(blocks), footer(found.analysis))
