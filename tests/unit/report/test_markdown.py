"""The paper as Markdown: read back by a parser, every word is what was typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from partnerselect.report.paper.content import (
    Block,
    Bullets,
    Cover,
    Figure,
    Heading,
    PaperContent,
    Paragraph,
    TickBox,
    TickBoxes,
)
from partnerselect.report.render.pages import markdown
from partnerselect.tables import Column, Span, Table

MARK = "Illustrative figures."
HOSTILE = (
    "*stars* _and_ **more**",
    "# no heading",
    "1. no list",
    "- no bullet",
    "> no quotation",
    "a | b | c",
    "<script>alert(1)</script> & &amp; <!-- gone?",
    "`code` [link](http://example.org) ![image](x)",
    "~~struck~~ \\ back\\slash",
    "=HYPERLINK(1)",
    "+ plus",
    "--- rule",
    "Heading\n===",
    "שלום עולם",
    "x" * 10_000,
)


def paper(*blocks: Block, mark: str = MARK) -> PaperContent:
    return PaperContent(
        Cover("A title", "A board", (("Date", (Span("28 July"),)),)), mark, blocks, "Made from abc."
    )


def parsed(content: PaperContent) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown(content))


def texts(tokens: list[Token]) -> Iterator[str]:
    """Yield what a reader would see of every inline run, breaks as line feeds."""
    for token in tokens:
        if token.type == "inline":
            yield "".join(
                "\n" if child.type in {"softbreak", "hardbreak"} else child.content
                for child in token.children or []
            )


def kinds(tokens: list[Token]) -> set[str]:
    return {child.type for token in tokens for child in (token, *(token.children or []))}


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_comes_out_as_it_was_typed(text: str) -> None:
    cell = ((Span(text),),)
    blocks = (
        Paragraph((Span(text),)),
        Bullets(cell),
        Heading(1, text.replace("\n", " ")),
        TickBoxes((TickBox(text.replace("\n", " "), None),)),
    )
    read = list(texts(parsed(paper(*blocks, mark=""))))
    flat = text.replace("\n", " ")
    for expected in (text, flat, flat, f"☐ {flat}"):
        assert expected in read


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_name_breaks_a_table(text: str) -> None:
    table = Table(
        "t",
        text,
        (Column("A"), Column(text, kind="number")),
        (((Span(text),), (Span("1", strong=True),)), ((Span("two"),), (Span(text, strong=True),))),
    )
    tokens = parsed(paper(table, mark=""))
    rows = [token for token in tokens if token.type == "tr_open"]
    cells = [token for token in tokens if token.type in {"td_open", "th_open"}]
    assert (len(rows), len(cells)) == (2 + 3, 2 * (2 + 3))
    assert kinds(tokens).isdisjoint(
        {"html_inline", "html_block", "link_open", "image", "code_inline", "s_open"}
    )
    assert (
        list(texts(tokens)).count(text.replace("\n", " ")) == 3
    )  # a heading and two cells; the caption has more words


def test_names_cannot_steer_a_terminal() -> None:
    assert "\x1b" not in markdown(paper(Paragraph((Span("\x1b[31mred\u202e"),))))


def test_missing_text_is_visible() -> None:
    (read,) = [
        text
        for text in texts(parsed(paper(Paragraph((Span("why", missing=True),), number="1.1"))))
        if "1.1" in text
    ]
    assert read == "1.1 [to be written: why]"


def test_every_table_and_figure_carries_the_mark_and_its_caption() -> None:
    table = Table("t", "What it costs", (Column("A"),), (((Span("1"),),),))
    figure = Figure("f", "frontier", "What money buys", "A curve that rises.", (), table=table)
    read = "\n".join(texts(parsed(paper(table, figure))))
    assert read.count(MARK) == 3  # the front and both tables
    assert "Table 1. What it costs" in read
    assert "Figure 1: A curve that rises." in read


def test_boxes_are_ticked_or_empty() -> None:
    boxes = TickBoxes(
        (TickBox("Approval", True), TickBox("Assurance", False), TickBox("Information", None))
    )
    assert "☑ Approval · ☐ Assurance · ☐ Information" in list(texts(parsed(paper(boxes))))
