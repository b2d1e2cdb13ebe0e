"""A paper with a block of every kind, in which one name can be anything."""

from __future__ import annotations

from partnerselect.analysis import Analysis
from partnerselect.report import Material
from partnerselect.report.paper.content import (
    Block,
    Bullets,
    Cover,
    Heading,
    PaperContent,
    Paragraph,
    TickBox,
    TickBoxes,
)
from partnerselect.tables import Column, Span, Table, Text
from tests.unit.report import figures

PARTNER = "Yorkshire and Humber Improvement Academy"
MARK = "Illustrative figures: made up, not findings."
ALLOCATION = (
    "Programme",
    "Partner",
    "Need",
    "Phase",
    "Days",
    "Cost to us",
    "Others pay",
    "Review",
    "On condition",
)


def full(analysis: Analysis) -> PaperContent:
    """Return the paper of an analysis with its appendices."""
    return Material(analysis).full


def paper(name: str = PARTNER, *, mark: str = MARK) -> PaperContent:
    """Return the paper; `name` is what its partner, title, typed words and drawings say."""
    lines = (
        ("Date", plain("28 July 2021")),
        ("Accountable director", (Span("the accountable director's role", missing=True),)),
        ("Author", plain(name)),
    )
    return PaperContent(
        Cover(f"Scaling up: {name}", "Board of directors · public", lines),
        mark,
        _blocks(name),
        "Scenario shsc-2021, content abc; 10,000 draws.",
    )


def plain(text: str) -> Text:
    """Return text without emphasis."""
    return (Span(text),)


def _blocks(name: str) -> tuple[Block, ...]:
    key_point = (
        Span("Openness, trust and speaking up: "),
        Span(name, strong=True),
        Span(" for £10,000; robust, 92%."),
    )
    return (
        Heading(1, "Key points"),
        Bullets(
            (key_point, plain(f"Runner-up: {name}"), plain("On condition that the gate opens.")),
            ("table: recommendation",),
        ),
        Heading(1, "Recommendation"),
        Paragraph(
            (Span("The Board is recommended to approve "), Span(name, strong=True), Span(".")),
            sources=("paper.recommendation.text",),
        ),
        TickBoxes(
            (
                TickBox("Consider for action", ticked=False),
                TickBox(f"Approval of {name}", ticked=True),
                TickBox("Assurance", ticked=None),
            )
        ),
        Heading(1, "Analysis", "1"),
        Heading(2, "Background"),
        Paragraph(plain(f"First line of {name}.\nSecond line."), "1.1", ("paper.text.background",)),
        Paragraph(
            (Span("what is to be gained", missing=True),), "1.2", ("paper.text.opportunities",)
        ),
        Heading(3, f"Working with {name}"),
        Paragraph(plain("Their offer. " * 30), "1.3"),
        _recommendation(name),
        _allocation(name),
        Heading(1, "Appendices", "5"),
        Table("checks", "What is still open", (Column("Check"), Column("Where")), ()),
        *(sample(one=name) for sample in figures.ALL),
    )


def _recommendation(name: str) -> Table:
    columns = (
        Column("Programme"),
        Column("Partner"),
        Column("Value", kind="number"),
        Column("Cost to us", kind="number"),
    )
    rows = (
        (
            plain("Openness, trust and speaking up"),
            (Span(name, strong=True),),
            plain("80.6"),
            plain("£10,000"),
        ),
    )
    return Table(
        "recommendation",
        f"What is recommended: {name}",
        columns,
        rows,
        "Values run from 0 to 100.",
        sources=("table: recommendation",),
    )


def _allocation(name: str) -> Table:
    columns = tuple(
        Column(
            title,
            kind="number" if title in {"Days", "Cost to us", "Others pay"} else "text",
        )
        for title in ALLOCATION
    )
    rows = tuple(
        tuple(
            map(
                plain,
                (
                    f"Programme {n}",
                    name,
                    "Diagnostic and design",
                    "April to September 2021",
                    "12.5",
                    f"£{n},250",
                    "£0",
                    "31 July 2022",
                    "none",
                ),
            )
        )
        for n in range(1, 61)
    )
    return Table("allocation", "Who does what, when and for how much", columns, rows)
