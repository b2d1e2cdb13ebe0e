"""The paper as a board holds it: how many pages an office program makes of it, and what page 1 says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("docx")
pytest.importorskip("matplotlib")

from partnerselect import files
from partnerselect.analysis import analyse
from partnerselect.report import Material, PaperContent, markdown
from partnerselect.report.render.word import word
from partnerselect.tables import Table
from tests.unit.report.offices import OFFICE, page_count

SHIPPED = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))
AT_ONCE = {"aid-agency", "shsc-2021", "shsc-2021-second-juncture"}
"""Tried at every change; the others take as long and differ less."""
MOST_PAGES, MOST_WORDS = 6, 2_500


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(path, id=path.stem, marks=[pytest.mark.long] * (path.stem not in AT_ONCE))
        for path in SHIPPED
    ],
)
def paper(request: pytest.FixtureRequest) -> PaperContent:
    few = {"analysis.samples": 200, "analysis.choice-samples": 100}
    return Material(analyse(files.load(request.param).scenario.with_changes(few))).paper


def first_page(content: PaperContent) -> PaperContent:
    """Return the paper up to what is recommended, whose note may run over."""
    at = next(n for n, one in enumerate(content.blocks) if isinstance(one, Table))
    table = content.blocks[at]
    assert isinstance(table, Table)
    assert table.id == "recommendation"
    return replace(content, blocks=(*content.blocks[:at], replace(table, note="")), footer="")


def test_a_paper_has_no_more_words_than_a_board_reads(paper: PaperContent) -> None:
    words = [word for word in markdown(paper).split() if any(map(str.isalnum, word))]
    assert len(words) <= MOST_WORDS  # what draws a table in Markdown is no word


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: nothing makes pages")
def test_a_paper_has_six_pages_at_most_with_the_answer_on_the_first(
    paper: PaperContent, tmp_path: Path
) -> None:
    assert 1 < page_count(word(paper), tmp_path) <= MOST_PAGES
    assert page_count(word(first_page(paper)), tmp_path) == 1
