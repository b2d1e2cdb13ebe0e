"""The workbook of one analysis: a sheet for each question, with formulas where numbers change."""

from __future__ import annotations

import io
from collections.abc import Iterator

from partnerselect.analysis import Analysis
from partnerselect.report.workbook import answer, how_sure
from partnerselect.report.workbook.inputs import (
    Inputs,
    prices_sheet,
    scales_sheet,
    scores_sheet,
    weights_sheet,
)
from partnerselect.report.workbook.money import Allocation, allocation_sheet, costs_sheet
from partnerselect.report.workbook.ranking import Ranking, ranking_sheet
from partnerselect.report.workbook.sheets import Sheet, write_workbook
from partnerselect.words.wording import ILLUSTRATIVE


def workbook(analysis: Analysis) -> bytes:
    """Return the workbook as the content of a file; the same bytes for the same analysis."""
    content = io.BytesIO()
    write_workbook(
        content, _sheets(analysis), mark=ILLUSTRATIVE if analysis.scenario.illustrative else ""
    )
    return content.getvalue()


def _sheets(analysis: Analysis) -> Iterator[Sheet]:
    inputs = Inputs(analysis)
    told = answer.Answer(Ranking(inputs), Allocation(inputs))
    yield answer.recommendation_sheet(told)
    yield answer.guide_sheet(told)
    yield ranking_sheet(told.ranking)
    if told.allocation.rows:
        yield allocation_sheet(told.allocation)
        yield costs_sheet(told.allocation)
    yield weights_sheet(inputs)
    yield scores_sheet(inputs)
    yield scales_sheet(inputs)
    yield prices_sheet(inputs)
    yield how_sure.sensitivity_sheet(analysis)
    yield how_sure.turning_points_sheet(analysis)
    if analysis.robustness.samples:
        yield how_sure.shares_sheet(analysis)
        yield how_sure.questions_sheet(analysis)
    yield how_sure.checks_sheet(analysis)
