"""Section 1, first part: what people wrote, and the options."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.report.paper.content import Block, Heading
from partnerselect.report.paper.gathering import PaperInputs
from partnerselect.report.paper.sections.key_points import programmes_counted
from partnerselect.report.paper.sections.writing import Numbering, typed
from partnerselect.tables import options_table


def narrative(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write background, opportunities, challenges and the options."""
    yield Heading(1, "Analysis", "1")
    for name in ("background", "opportunities", "challenges"):
        yield Heading(2, name.capitalize())
        text = getattr(found.paper.text, name).strip() or found.analysis.scenario.about.strip() * (
            name == "background"
        )
        parts = [part for part in text.split("\n\n") if part.strip()] or [""]
        yield from (
            number.paragraph(
                typed(part, found.unwritten.get(f"text.{name}", "")), f"paper.text.{name}"
            )
            for part in parts
        )
    yield from _options(found, number)


def _options(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    yield Heading(2, "Options")
    yield number.paragraph(
        f"This paper weighs {programmes_counted(found)}, each programme on its own and then all"
        " together within the limits.",
        "partners",
        "programmes",
    )
    yield options_table(found.analysis)
