from .formats import (
    PAPER_FORMATS as PAPER_FORMATS,
    Material as Material,
    Part as Part,
    maker_of as maker_of,
    rendered as rendered,
    suffix_of as suffix_of,
    usual_suffix as usual_suffix,
)
from .paper.content import (
    Block as Block,
    Bullets as Bullets,
    Cover as Cover,
    Figure as Figure,
    Heading as Heading,
    PaperContent as PaperContent,
    Paragraph as Paragraph,
    TickBoxes as TickBoxes,
)
from .record import LAWS as LAWS, record_of as record_of
from .render.pages import html as html, markdown as markdown
from .render.plain import csv_text as csv_text, table_text as table_text
from .render.terminal import blocks as blocks, fits as fits, grid as grid
from .workbook.sheets import Sheet as Sheet, write_workbook as write_workbook
