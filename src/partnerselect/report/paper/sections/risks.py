"""Section 2: risks of each option and of doing nothing, and what would reopen the decision."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.model import Risk
from partnerselect.report.paper.content import Block, Bullets, Heading
from partnerselect.report.paper.gathering import PaperInputs
from partnerselect.report.paper.sections.key_points import otherwise
from partnerselect.report.paper.sections.writing import Numbering, missing, plain, table
from partnerselect.rows import risk_rows

NEAREST = 2
"""Turning points told of a programme; the appendix has more."""


def risks(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write the rated risks and the turning points."""
    yield Heading(1, "Risks", "2")
    stated: dict[str, Risk] = found.paper.risks
    if not stated:
        yield number.paragraph(missing(found.unwritten["risks"]), "paper.risks")
    else:
        rows = [
            (row["option"], row["title"], row["rating"], row["mitigation"] or "—")
            for row in risk_rows(found.analysis)
        ]
        note = (
            "Likelihood and impact from 1 to 5; the score is their product, as on the risk matrix"
            " of the National Patient Safety Agency (2008)."
        )
        yield table(
            "risks",
            "Risks of the options and of doing nothing, the gravest first",
            "Of | Risk | Likelihood × impact | What is done about it",
            rows,
            "paper.risks",
            note=note,
        )
    yield from _back_to_the_board(found, number)


def _back_to_the_board(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    if not found.answered:
        return
    yield Heading(2, "What would bring this back to the board")
    conditions = [row["words"] for row in otherwise(found, ("gate", "payer"))]
    if conditions:
        yield number.paragraph(
            "If a condition turns out otherwise, the best that could then be done is:",
            "table: with and without",
        )
        yield Bullets(tuple(plain(words) for words in conditions), ("table: with and without",))
    turning = [
        (row["programme"], found.flips[row["id"]][:NEAREST])
        for row in found.running
        if row["leads"] and found.flips[row["id"]]
    ]
    if turning:
        yield number.paragraph(
            "Where the partner recommended is first on value, one of these would turn that; the"
            " appendix has more:",
            "table: flip points",
        )
        yield Bullets(
            tuple(
                plain(f"{title}: {' '.join(flip['words'] for flip in flips)}")
                for title, flips in turning
            ),
            ("table: flip points",),
        )
