"""The file of a document, its pages, and what the library has no words for (ECMA-376)."""

from __future__ import annotations

import datetime as dt
import unicodedata
from importlib import resources
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from partnerselect.report.paper.content import PaperContent
from partnerselect.tables import Text
from partnerselect.words import one_line, visible

nsmap.setdefault("w14", "http://schemas.microsoft.com/office/word/2010/wordml")
NUMBERED, SMALL, IN_TABLE = "Numbered paragraph", "Small print", "Table text"
TO_BE_WRITTEN = "To be written"
"""Styles of our own, declared in `styles.xml`."""
PORTRAIT, LANDSCAPE = Mm(174), Mm(261)
"""Between the margins of an A4 page."""
MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed day: the same content makes the same file
LONGEST_TITLE = 90
"""Characters of the title in the footer and the properties, which hold one line."""
TICKED, EMPTY, BOX_FONT = "☑", "☐", "MS Gothic"
BEHIND_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:jc",
    "w:textDirection",
    "w:rPr",
    "w:sectPr",
)
"""What the standard's order places after the direction of a paragraph."""
LONGEST_ALT = 2_000
"""Characters of an alternative text; readers stop long before."""


def empty_document(content: PaperContent) -> Document:
    """Return a document with everything but its body."""
    document = docx.Document()
    styles = resources.files(__package__).joinpath("styles.xml").read_bytes()
    document.part._styles_part._element = parse_xml(styles)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens it in a compatibility mode
    about = document.core_properties
    about.title, about.language = one_line(content.cover.title)[:LONGEST_TITLE], "en-GB"
    about.author = about.last_modified_by = about.comments = about.subject = ""
    about.created = about.modified = MADE
    document.sections[0].header.paragraphs[0].text = one_line(content.mark)
    _lay_out(document.sections[0], about.title, wide=False)
    return document


def add_section(document: Document, *, wide: bool) -> None:
    """Go on with a new page, upright or on its side, the number of the page at its right edge."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.footer.is_linked_to_previous = False
    _lay_out(section, document.core_properties.title, wide=wide)


def _lay_out(section: Section, title: str, *, wide: bool) -> None:
    sides = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = reversed(sides) if wide else sides
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    section.header_distance = section.footer_distance = Mm(8)
    foot, edge = section.footer.paragraphs[0], LANDSCAPE if wide else PORTRAIT
    foot.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{title}\tPage ")
    add_field(foot, "PAGE", "1")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES", "1")


def saved(document: Document) -> bytes:
    """Return the file; its parts carry one fixed day: the same content gives the same bytes."""
    written, result = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(result, "w", ZIP_DEFLATED) as fixed:
        for part in parts.infolist():
            fixed.writestr(ZipInfo(part.filename), parts.read(part), ZIP_DEFLATED)
    return result.getvalue()


def element(tag: str, *children: Any, **attributes: str) -> Any:
    """Return an element of the main namespace.

    Attributes of the same, `tag` and names may carry another prefix (`w14_val`).
    """
    made = OxmlElement(_prefixed(tag))
    for name, value in attributes.items():
        made.set(qn(_prefixed(name.replace("_", ":", 1))), value)
    made.extend(children)
    return made


def _prefixed(name: str) -> str:
    return name if ":" in name else f"w:{name}"


def add_text(paragraph: Paragraph, text: Text) -> None:
    """Add runs of text, each literal.

    A paragraph that begins in a script from right to left runs that way.
    """
    for span in text:
        run = paragraph.add_run(
            visible(span.words),
            TO_BE_WRITTEN if span.missing else None,
        )
        run.bold = True if span.strong else None
    turn(paragraph, "".join(span.text for span in text))


def turn(paragraph: Paragraph, text: str) -> None:
    """Let a paragraph run from right to left if its first letter does."""
    first = next(
        (
            found
            for letter in text
            if (found := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}
        ),
        "L",
    )
    if first != "L":
        paragraph._p.get_or_add_pPr().insert_element_before(element("bidi"), *BEHIND_BIDI)


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field that the office program keeps up to date, with what it shows until then."""
    run = element("r", element("t"))
    run[0].text = shown
    paragraph._p.append(element("fldSimple", run, instr=f" {instruction} "))


def add_mark(paragraph: Paragraph, mark: str) -> None:
    """Add the mark of the paper below a caption, where it has one."""
    if mark:
        run = paragraph.add_run(f"\n{visible(mark)}")
        run.bold, run.italic = False, True


def add_link(paragraph: Paragraph, shown: str, bookmark: str) -> None:
    """Add a link to a place in the document."""
    run = element("r", element("rPr", element("u", val="single")), element("t"))
    run[-1].text = shown
    paragraph._p.append(element("hyperlink", run, anchor=bookmark, history="1"))


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Mark a paragraph as a place that links lead to; its number is its own in the document."""
    paragraph._p.append(element("bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def add_tick_box(paragraph: Paragraph, label: str, *, ticked: bool) -> None:
    """Add a box that can be ticked in the office program, its label on one line with it."""
    states = [element("w14:checked", w14_val=str(int(ticked)))]
    states += [
        element(f"w14:{name}", w14_val=f"{ord(sign):04X}", w14_font=BOX_FONT)
        for name, sign in (("checkedState", TICKED), ("uncheckedState", EMPTY))
    ]
    fonts = element("rFonts", ascii=BOX_FONT, hAnsi=BOX_FONT, eastAsia=BOX_FONT, hint="eastAsia")
    run = element("r", element("rPr", fonts), element("t"))
    run[-1].text = TICKED if ticked else EMPTY
    properties = element(
        "sdtPr", element("alias", val=one_line(label)[:64]), element("w14:checkbox", *states)
    )
    paragraph._p.append(element("sdt", properties, element("sdtContent", run)))
    paragraph.add_run(f"\N{NO-BREAK SPACE}{visible(label)}")


def describe(drawing: Any, title: str, alt: str) -> None:
    """Give a picture its words for those who hear the document."""
    for properties in drawing.iter(qn("wp:docPr")):
        properties.set("title", one_line(title)[:LONGEST_ALT])
        properties.set("descr", visible(alt)[:LONGEST_ALT])
