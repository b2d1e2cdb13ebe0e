"""The paper in Word: what makes it a document and not a picture of one, read back from the file."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pytest

pytest.importorskip("docx")
pytest.importorskip("matplotlib")

import docx
from docx.oxml.ns import qn

from partnerselect.report.paper.content import Figure, Heading, PaperContent, Paragraph, depths
from partnerselect.report.render.word import word
from partnerselect.report.render.word.elements import LANDSCAPE, PORTRAIT
from partnerselect.report.render.word.tables import column_widths
from partnerselect.words.literal import visible
from tests.unit.report.offices import OFFICE, READER, pages
from tests.unit.report.papers import MARK, paper

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
HOSTILE = '</w:t><w:br/>&amp; "quoted" <b>bold</b> =SUM(A1) {PAGE} \u202egpj.\x1b[31m\ud800'
TWIP = 635
"""English Metric Units, the smallest length a table is given in."""


def without_drawings(content: PaperContent) -> PaperContent:
    """Return a paper that is quickly made."""
    return replace(
        content, blocks=tuple(block for block in content.blocks if not isinstance(block, Figure))
    )


def one_drawing(content: PaperContent) -> PaperContent:
    """Return a paper with the first of its drawings alone."""
    return replace(
        content, blocks=tuple(block for block in content.blocks if isinstance(block, Figure))[:1]
    )


@pytest.fixture(scope="module")
def written() -> bytes:
    return word(paper())


@pytest.fixture(scope="module")
def document(written: bytes) -> Any:
    return docx.Document(BytesIO(written))


def found(document: Any, tag: str) -> list[Any]:
    """Return every element of a name in the body."""
    return list(document.element.iter(qn(tag)))


def words(element: Any) -> str:
    """Return the text inside an element."""
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def test_the_same_content_gives_the_same_bytes_and_names_nobody() -> None:
    first, second = word(one_drawing(paper())), word(one_drawing(paper()))
    assert first == second
    properties = docx.Document(BytesIO(first)).core_properties
    assert (
        properties.author,
        properties.last_modified_by,
        properties.comments,
        properties.language,
    ) == ("", "", "", "en-GB")
    assert properties.title.startswith("Scaling up")
    assert {part.date_time[0] for part in zipfile.ZipFile(BytesIO(first)).infolist()} == {1980}


def test_headings_and_captions_are_real_and_tables_and_figures_are_counted_by_fields(
    document: Any,
) -> None:
    styled = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert styled[1][0] == "Title"
    assert [text for style, text in styled if style == "Heading 1"] == [
        "Key points",
        "Recommendation",
        "1 Analysis",
        "5 Appendices",
    ]
    assert ("Heading 2", "Background") in styled
    assert (
        "Numbered paragraph",
        "1.1\tFirst line of Yorkshire and Humber Improvement Academy.\nSecond line.",
    ) in styled
    assert sum(style == "List Bullet" for style, _ in styled) == 3
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    fields = [
        (field.get(qn("w:instr")).split()[1], field[0][-1].text)
        for caption in captions
        for field in caption._p.iter(qn("w:fldSimple"))
    ]
    numbered = [caption for caption in captions if "as a table." not in caption.text]
    assert [len(list(caption._p.iter(qn("w:fldSimple")))) for caption in numbered] == [1] * 7
    assert fields == [
        *(("Table", str(n)) for n in (1, 2, 3)),
        *(("Figure", str(n)) for n in (1, 2, 3, 4)),
    ]
    assert all(MARK in caption.text for caption in captions)


def test_headings_descend_step_by_step_whatever_levels_are_left_out() -> None:
    levels: tuple[Literal[1, 2, 3], ...] = (2, 3, 2, 1, 3, 2)
    assert depths([Paragraph(()), *(Heading(level, "") for level in levels)]) == [
        0,
        1,
        2,
        1,
        1,
        2,
        2,
    ]


def test_boxes_can_be_ticked_in_word(document: Any) -> None:
    assert [box.get(f"{W14}val") for box in document.element.iter(f"{W14}checked")] == [
        "0",
        "1",
        "0",
    ]
    assert [words(box) for box in found(document, "w:sdtContent")] == ["☐", "☑", "☐"]


def test_the_head_of_a_table_repeats_no_row_is_torn_and_columns_fill_the_page(
    document: Any,
) -> None:
    for table, width in zip(document.tables[1:3], (PORTRAIT, LANDSCAPE), strict=True):
        rows = table._tbl.tr_lst
        assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [
            False
        ] * (len(rows) - 1)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        assert sum(column.width for column in table.columns) == pytest.approx(
            width, abs=TWIP * len(table.columns)
        )
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    assert [cell.text for cell in document.tables[1].rows[1].cells] == [
        "Openness, trust and speaking up",
        "Yorkshire and Humber Improvement Academy",
        "80.6",
        "£10,000",
    ]


def test_a_wide_table_stands_on_pages_laid_on_their_side(document: Any) -> None:
    assert [section.page_width > section.page_height for section in document.sections][:3] == [
        False,
        True,
        False,
    ]


def test_the_number_of_a_page_stands_at_its_right_edge_upright_or_on_its_side(
    document: Any,
) -> None:
    for section in document.sections:
        (stop,) = section.footer.paragraphs[0].paragraph_format.tab_stops
        assert stop.position == pytest.approx(
            section.page_width - section.left_margin - section.right_margin, abs=TWIP
        )


def test_every_picture_leads_to_a_table_that_says_the_same(document: Any) -> None:
    links = [link.get(qn("w:anchor")) for link in found(document, "w:hyperlink")]
    places = [mark.get(qn("w:name")) for mark in found(document, "w:bookmarkStart")]
    assert links == places
    assert len(links) == 4
    drawn = [block for block in paper().blocks if isinstance(block, Figure) and block.table]
    told = [
        [[cell.text for cell in row.cells] for row in table.rows[1:]]
        for table in document.tables[-4:]
    ]
    assert told == [
        [["".join(span.text for span in cell) for cell in row] for row in figure.table.texts()]
        for figure in drawn
        if figure.table
    ]


def test_every_page_carries_the_mark_and_its_number(document: Any) -> None:
    assert all(section.header.paragraphs[0].text == MARK for section in document.sections)
    footer = document.sections[-1].footer._element
    assert [field.get(qn("w:instr")).strip() for field in footer.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]
    assert (
        docx.Document(BytesIO(word(without_drawings(paper(mark="")))))
        .sections[0]
        .header.paragraphs[0]
        .text
        == ""
    )


def test_every_picture_has_its_words_and_fits_the_page(document: Any) -> None:
    assert [properties.get("descr") for properties in found(document, "wp:docPr")] == [
        f"What a reader would see of {kind}"
        for kind in ("contributions", "frontier", "acceptability", "sensitivity")
    ]
    assert all(shape.width <= PORTRAIT for shape in document.inline_shapes)


def test_what_is_still_to_be_written_stands_out(document: Any) -> None:
    marked = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.style.name == "To be written"
    ]
    assert marked == ["[to be written: what is to be gained]"]


@pytest.mark.parametrize(
    "name", [HOSTILE, "مستشفى الملك فهد", "x" * 10_000], ids=["hostile", "arabic", "long"]
)
def test_every_word_is_literal(name: str) -> None:
    read = docx.Document(BytesIO(word(without_drawings(paper(name)))))
    assert sum(visible(name) in words(paragraph) for paragraph in found(read, "w:p")) > 60


def test_a_paragraph_that_begins_in_arabic_runs_from_right_to_left() -> None:
    read = docx.Document(BytesIO(word(without_drawings(paper("مستشفى")))))
    turned = [
        paragraph
        for paragraph in found(read, "w:p")
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
    ]
    assert len(turned) == 62
    assert all(words(paragraph) == "مستشفى" for paragraph in turned)


def test_columns_get_what_they_must_have_and_share_the_rest() -> None:
    assert column_widths([(10, 10), (10, 50)], 60) == [10, 50]
    assert column_widths([(10, 30), (10, 50)], 50) == [20, 30]
    assert sum(column_widths([(40, 40), (60, 60)], 50)) == 50


@pytest.mark.skipif(
    OFFICE is None or READER is None, reason="no LibreOffice or no poppler is installed here"
)
def test_an_office_program_makes_pages_of_it(written: bytes, tmp_path: Path) -> None:
    made = pages(written, tmp_path)
    assert 6 <= len(made) <= 12
    assert all(
        MARK in page and f"Page {n} of {len(made)}" in page for n, page in enumerate(made, 1)
    )
    for text in (
        "1 Analysis",
        "☑",
        "[to be written: what is to be gained]",
        "Table 2",
        "Programme 60",
        "£60,250",
    ):
        assert any(text in page for page in made)
    assert all("On condition" in page for page in made if "Diagnostic and design" in page), (
        "the head repeats on every page"
    )
