"""The front pages: key points, the recommendation with its boxes, and the three tables."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.report.paper.content import Block, Heading, Paragraph, TickBox, TickBoxes
from partnerselect.report.paper.gathering import PaperInputs
from partnerselect.report.paper.sections.key_points import key_points
from partnerselect.report.paper.sections.writing import missing, plain, table, typed
from partnerselect.tables import Text

ASKS = {
    "consider-for-action": "Consider for action",
    "approval": "Approval",
    "assurance": "Assurance",
    "information": "Information",
}
UNSET = "☐\N{NO-BREAK SPACE}Yes ☐\N{NO-BREAK SPACE}No"


def summary(found: PaperInputs) -> Iterator[Block]:
    """Write the front pages."""
    yield Heading(2, "Key points")
    yield from (
        Paragraph(plain(sentence), sources=("table: recommendation",))
        for sentence in key_points(found)
    )
    yield Heading(2, "Recommendation")
    stated = found.paper.recommendation
    yield TickBoxes(
        tuple(TickBox(title, bool(stated and stated.ask == ask)) for ask, title in ASKS.items()),
        ("paper.recommendation.ask",),
    )
    yield Paragraph(
        typed(stated.text if stated else "", found.unwritten.get("recommendation.text", "")),
        sources=("paper.recommendation.text",),
    )
    yield from _priorities(found)
    yield from _compliance(found)
    yield from _considered(found)


def _answer(answer: str | None) -> Text:
    return plain(
        {
            "yes": "☑\N{NO-BREAK SPACE}Yes ☐\N{NO-BREAK SPACE}No",
            "no": "☐\N{NO-BREAK SPACE}Yes ☑\N{NO-BREAK SPACE}No",
        }.get(answer or "", UNSET)
    )


def _priorities(found: PaperInputs) -> Iterator[Block]:
    stated = found.paper.priorities
    yield Heading(3, "Strategic priorities")
    if not stated:
        yield Paragraph(missing(found.unwritten["priorities"]), sources=("paper.priorities",))
        return
    rows = [(one.title, _answer(one.affected), one.text) for one in stated.values()]
    yield table(
        "priorities",
        "Which strategic priorities does this bear on?",
        "Priority | Affected | How",
        rows,
        "paper.priorities",
    )


def _compliance(found: PaperInputs) -> Iterator[Block]:
    stated = found.paper.compliance
    yield Heading(3, "Compliance")
    if not stated:
        yield Paragraph(missing(found.unwritten["compliance"]), sources=("paper.compliance",))
        return
    rows = [
        (
            one.title,
            _answer(one.applies),
            "; ".join(part for part in (", ".join(one.domains), one.text) if part),
        )
        for one in stated.values()
    ]
    yield table(
        "compliance",
        "Which standards does this bear on?",
        "Standard | Applies | Which part",
        rows,
        "paper.compliance",
    )


def _considered(found: PaperInputs) -> Iterator[Block]:
    stated = found.paper.considered
    yield Heading(3, "Areas considered")
    if not stated:
        yield Paragraph(missing(found.unwritten["considered"]), sources=("paper.considered",))
        return
    rows = [
        (
            one.title,
            _answer(one.considered),
            typed(one.text, found.unwritten.get(f"considered.{name}.text", "")),
        )
        for name, one in stated.items()
    ]
    yield table(
        "considered",
        "Which areas were considered, and what follows?",
        "Area | Considered | Implications, or why not",
        rows,
        "paper.considered",
    )
