"""What the library has no words for, straight in the file's XML (ECMA-376, WordprocessingML)."""

from __future__ import annotations

import unicodedata
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.text.paragraph import Paragraph

from partnerselect.tables import Text
from partnerselect.words.literal import one_line, visible

nsmap.setdefault("w14", "http://schemas.microsoft.com/office/word/2010/wordml")
TO_BE_WRITTEN = "To be written"
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
