"""The workbook of one analysis: a sheet for each question, with formulas where numbers change."""

from __future__ import annotations

import io
from collections.abc import Iterator

from partnerselect.report.paper.front import key_points
from partnerselect.report.paper.inputs import PaperInputs
from partnerselect.report.workbook import findings, inputs, results
from partnerselect.report.workbook.book import Book
from partnerselect.report.workbook.sheets import Sheet, write_workbook
from partnerselect.tables import cell, one_plan_tables
from partnerselect.value import mark_of

BEST = (
    "What is called recommended in this and the other sheets is the best choice within all limits;"
    " the plan stands in the sheet Plan."
)


def workbook(asked: PaperInputs) -> bytes:
    """Return the workbook as the content of a file; the same bytes for the same analysis."""
    content = io.BytesIO()
    mark = mark_of(asked.analysis.scenario)
    write_workbook(content, _sheets(asked), mark=mark)
    return content.getvalue()


def _sheets(asked: PaperInputs) -> Iterator[Sheet]:
    book = Book(asked.analysis)
    yield from plan_sheets(asked)
    told = [("The best choice", BEST)] if asked.plan else key_points(asked)
    yield results.recommendation_sheet(book, told)
    yield findings.guide_sheet(book)
    yield results.ranking_sheet(book)
    yield from results.allocation_sheets(book)
    yield from inputs.input_sheets(book)
    yield from findings.sureness_sheets(book)
    yield from findings.amounts_sheets(book)
    yield findings.checks_sheet(book)


def plan_sheets(asked: PaperInputs) -> Iterator[Sheet]:
    """Yield the plan that the paper is for beside the best choice, and what it breaks."""
    if asked.plan is None or asked.judged is None:
        return
    told = [f"{label}: {words}" for label, words in key_points(asked)]
    tables = one_plan_tables(asked.analysis, asked.judged, asked.plan)
    for name, one in zip(("Plan", "Plan breaks"), tables, strict=False):
        keys = [column.key for column in one.columns]
        rows = (dict(zip(keys, map(cell, row), strict=True)) for row in one.rows)
        yield Sheet(name, one.title, one.columns, rows, "\n".join([*told, one.note]))
        told = []
