"""The papers of shipped scenarios as HTML and Word: every composed cell is there, no other."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("docx")
pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")

import docx

from partnerselect import files
from partnerselect.analysis import Analysis, analyse
from partnerselect.model.scenario import Scenario
from partnerselect.report.paper.content import Figure, Heading, PaperContent
from partnerselect.report.render.pages import html
from partnerselect.report.render.word import word
from partnerselect.rows import approval_rows
from partnerselect.tables import Table, Text
from partnerselect.words.literal import visible
from partnerselect.words.wording import amount
from tests.unit.report.papers import full
from tests.unit.report.test_html import Read
from tests.unit.report.test_paper import spans

ROOT = Path(__file__).parents[3]
SHIPPED = ["aid-agency", pytest.param("shsc-2021", marks=pytest.mark.long)]


@pytest.fixture(scope="module", params=SHIPPED)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    if request.param == "shsc-2021":
        shared: Analysis = request.getfixturevalue("shipped_analysis")
        return shared
    data = deepcopy(files.load(ROOT / "scenarios" / f"{request.param}.yaml").scenario.data)
    return analyse(Scenario.from_data(data | {"analysis": {"samples": 200, "choice-samples": 50}}))


@pytest.fixture(scope="module")
def content(request: pytest.FixtureRequest, analysis: Analysis) -> PaperContent:
    shared: PaperContent | None = (
        request.getfixturevalue("shipped") if analysis.scenario.id == "shsc-2021" else None
    )
    return shared or full(analysis)


@pytest.fixture(scope="module")
def read(content: PaperContent) -> Read:
    return Read(html(content))


@pytest.fixture(scope="module")
def document(content: PaperContent) -> Any:
    return docx.Document(BytesIO(word(content)))


def shown(text: Text) -> str:
    return visible(
        "".join(f"[to be written: {span.text}]" if span.missing else span.text for span in text)
    )


def missing(content: PaperContent) -> int:
    """Return how much of a paper was declared to be still to be written."""
    return sum(span.missing for block in content.blocks for span in spans(block)) + sum(
        span.missing for _, text in content.cover.lines for span in text
    )


def test_html_says_what_rows_say_and_leaves_open_only_what_was_declared(
    analysis: Analysis, content: PaperContent, read: Read
) -> None:
    told = "".join(read.text.split())
    tables = [block for block in content.blocks if isinstance(block, Table)]
    assert all(
        "".join(shown(cell).split()) in told
        for table in tables
        for row in table.texts()
        for cell in row
    )
    assert all(
        amount(row["own_cost"], analysis.scenario.currency) in read.text
        for row in approval_rows(analysis)
    )
    levels = [int(tag[1]) for tag, _ in read.headings]
    assert all(after <= before + 1 for before, after in pairwise(levels)), (
        "no heading skips a level"
    )
    assert read.text.count("[to be written:") == missing(content)
    assert read.count("svg") == sum(isinstance(block, Figure) for block in content.blocks) > 3


def test_word_holds_every_table_cell_by_cell_and_every_heading(
    content: PaperContent, document: Any
) -> None:
    cells = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables[1:]
    ]
    tables = [block for block in content.blocks if isinstance(block, Table) and block.rows]
    tables += [
        block.table
        for block in content.blocks
        if isinstance(block, Figure) and block.table and block.table.rows
    ]
    assert cells == [
        [
            [column.heading for column in table.columns],
            *([shown(cell) for cell in row] for row in table.texts()),
        ]
        for table in tables
    ]
    headings = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert headings == [
        *(
            f"{block.number} {block.text}".strip()
            for block in content.blocks
            if isinstance(block, Heading)
        ),
        "The figures as tables",
    ]
    assert len(document.inline_shapes) == sum(isinstance(block, Figure) for block in content.blocks)
