"""The document before a word stands in it: page, styles, header, footer, properties."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor

from partnerselect.report.paper.content import PaperContent
from partnerselect.report.render.word.elements import TO_BE_WRITTEN, add_field, element
from partnerselect.report.render.word.tables import IN_TABLE, LANDSCAPE, PORTRAIT, STYLE
from partnerselect.words.literal import one_line

FONT = "Arial"
INK, SOFT = RGBColor(0x1D, 0x1F, 0x22), RGBColor(0x5A, 0x60, 0x68)
RULE, HEAD, TO_FILL_IN = "C9CCD1", "EEF1F4", "FFF3CD"
NUMBERED, SMALL = "Numbered paragraph", "Small print"
SIZES = {
    "Title": 22,
    "Heading 1": 16,
    "Heading 2": 13,
    "Heading 3": 11,
    "Caption": 9.5,
    "Header": 8.5,
    "Footer": 8.5,
}
BEFORE = {"Heading 1": 18, "Heading 2": 14, "Heading 3": 10, "Caption": 10}
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day: the same content makes the same file
LONGEST_TITLE = 90
"""Characters of the title in the footer and the properties, which hold one line."""


def empty_document(content: PaperContent) -> Document:
    """Return a document with everything but its body."""
    document = docx.Document()
    _say_what_it_is_written_for(document)
    _styles(document, content.language)
    _upright(document.sections[0])
    _margins(document.sections[0], content)
    properties = document.core_properties
    properties.title, properties.language = (
        one_line(content.cover.title)[:LONGEST_TITLE],
        content.language,
    )
    properties.author = properties.last_modified_by = properties.comments = properties.subject = ""
    properties.created = properties.modified = MADE
    return document


def _say_what_it_is_written_for(document: Document) -> None:
    """Name the Word of 2013 and later, which would else open the paper in a compatibility mode."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def add_section(document: Document, *, wide: bool) -> None:
    """Go on with a new page, upright or on its side, the number of the page at its right edge."""
    title, section = document.core_properties.title, document.add_section(WD_SECTION.NEW_PAGE)
    _upright(section)
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.footer.is_linked_to_previous = False
    _footer(section, title, LANDSCAPE if wide else PORTRAIT)


def _upright(section: Section) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(20)
    section.top_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(10)


def _margins(section: Section, content: PaperContent) -> None:
    """Write the header and the footer, which every page has."""
    section.header.paragraphs[0].text = one_line(content.mark)
    _footer(section, one_line(content.cover.title)[:LONGEST_TITLE], PORTRAIT)


def _footer(section: Section, title: str, width: Length) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{title}\tPage ")
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(" of ")
    add_field(paragraph, "NUMPAGES", "1")


def _styles(document: Document, language: str) -> None:
    styles: Any = document.styles
    for of in styles.element.iter(qn("w:lang")):
        of.set(qn("w:val"), language)
    _font(styles["Normal"], 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in SIZES.items():
        _font(styles[name], size, bold=name in {"Title", "Caption"} or name.startswith("Heading"))
        styles[name].paragraph_format.space_before = Pt(BEFORE.get(name, 0))
        styles[name].paragraph_format.space_after = Pt(4)
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Footer"].paragraph_format.tab_stops.clear_all()
    for border in list(styles["Title"].element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    _new_styles(styles)


def _new_styles(styles: Any) -> None:
    numbered = styles.add_style(NUMBERED, WD_STYLE_TYPE.PARAGRAPH)
    numbered.base_style = styles["Normal"]
    numbered.paragraph_format.left_indent, numbered.paragraph_format.first_line_indent = (
        Mm(12),
        Mm(-12),
    )
    numbered.paragraph_format.tab_stops.add_tab_stop(Mm(12))
    for name, size in ((IN_TABLE, 8.5), (SMALL, 8.5)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.space_after = Pt(0 if name == IN_TABLE else 6)
    styles[SMALL].font.color.rgb = SOFT
    missing = styles.add_style(TO_BE_WRITTEN, WD_STYLE_TYPE.CHARACTER)
    missing.font.italic = True
    missing.element.get_or_add_rPr().append(
        element("shd", val="clear", color="auto", fill=TO_FILL_IN)
    )
    _table_style(styles.add_style(STYLE, WD_STYLE_TYPE.TABLE).element)


def _table_style(style: Any) -> None:
    """Rule rows off lightly and shade the head."""
    rules = element(
        "tblBorders",
        *(
            element(side, val="single", sz="4", space="0", color=RULE)
            for side in ("top", "bottom", "insideH")
        ),
    )
    sides = element(
        "tblCellMar",
        *(
            element(side, w=width, type="dxa")
            for side, width in (("top", "40"), ("left", "80"), ("bottom", "40"), ("right", "80"))
        ),
    )
    shade = element("tcPr", element("shd", val="clear", color="auto", fill=HEAD))
    style.append(element("tblPr", rules, sides))
    style.append(element("tblStylePr", element("rPr", element("b")), shade, type="firstRow"))


def _font(style: Any, size: float, *, bold: bool = False) -> None:
    """Set a font by its name, for every script, in place of the theme's."""
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def saved(document: Document) -> bytes:
    """Return the file; its parts carry one fixed day: the same content gives the same bytes."""
    written, result = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(result, "w", ZIP_DEFLATED) as fixed:
        for part in parts.infolist():
            fixed.writestr(ZipInfo(part.filename), parts.read(part), ZIP_DEFLATED)
    return result.getvalue()
