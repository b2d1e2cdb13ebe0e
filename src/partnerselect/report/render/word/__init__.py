"""The paper as a Word document: real styles, headings, captions, tick boxes, tables that repeat their heads, and the same bytes each time."""

from partnerselect.report.render.word.document import word

__all__ = ["word"]
