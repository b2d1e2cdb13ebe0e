"""Section 1, first part: what people wrote, and the options."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.report.paper.asking import Asked
from partnerselect.report.paper.content import Block, Heading
from partnerselect.report.paper.sections.key_points import programmes_counted
from partnerselect.report.paper.sections.writing import Numbering, counted, table, typed


def narrative(found: Asked, number: Numbering) -> Iterator[Block]:
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


def _options(found: Asked, number: Numbering) -> Iterator[Block]:
    scenario, ranking = found.analysis.scenario, found.analysis.recommendation.ranking
    yield Heading(2, "Options")
    yield number.paragraph(
        f"This paper weighs {programmes_counted(found)}, each programme on its own and then all"
        " together within the limits.",
        "partners",
        "programmes",
    )
    rows = [
        (
            "Doing nothing",
            "What each programme would be worth without a partner (its baseline).",
            f"all {len(scenario.programmes)}",
            "—",
        )
    ]
    for name, partner in scenario.partners.items():
        possible = sum(row.partner == name and row.eligible for row in ranking)
        chosen = sum(row.partner == name and row.chosen for row in ranking)
        rows.append(
            (
                partner.title,
                partner.about or "—",
                counted(possible, "programme"),
                counted(chosen, "programme") if chosen else "—",
            )
        )
    yield table(
        "options",
        "Options weighed",
        "Option | What it is | Could be chosen for | Recommended for",
        rows,
        "partners",
        "table: ranking",
    )
