"""The paper as a Word document: real styles and captions, and the same bytes each time."""

from partnerselect.report.render.word.document import word

__all__ = ["word"]
