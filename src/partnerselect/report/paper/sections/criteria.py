"""Section 1, second part: how the options were judged, on which criteria and by whose weights."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.report.paper.content import Block, Heading
from partnerselect.report.paper.gathering import PaperInputs
from partnerselect.report.paper.sections.writing import Numbering
from partnerselect.rows import (
    gate_words,
    how_choices_were_drawn,
    how_it_was_drawn,
    programme_weight_rows,
    weight_rows,
    with_own_weights,
)
from partnerselect.tables import weights_table
from partnerselect.words import listed, share


def criteria(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write the criteria with ranges and weights, who gave them and how, and what was varied."""
    scenario = found.analysis.scenario
    yield Heading(2, "How they were judged")
    yield number.paragraph(
        "Each option is worth between 0 and 100 points in a programme: its score on each criterion,"
        " counted from the worst (0) to the best (100) of the range shown, times the criterion's"
        " share of all weight. A programme is worth what its partners bring, or its baseline where"
        " it does not run.",
        "criteria",
    )
    title = f"Criteria and weights: {scenario.criteria.title}"
    yield weights_table(found.analysis, title, weight_rows(found.analysis))
    own = with_own_weights(found.analysis)
    if own:
        told = [f"{scenario.programmes[name].title} ({_own(found, name)})" for name in own]
        yield number.paragraph(
            f"Weighed differently, by weights of its own: {listed(told)}.",
            *(f"programmes.{name}.weights" for name in own),
        )
    drawn = [
        how_it_was_drawn(found.analysis),
        how_choices_were_drawn(found.analysis),
        *gate_words(found.analysis),
    ]
    told = [f"{words.removesuffix('.')}." for words in drawn if words]
    yield number.paragraph(f"How sure: {' '.join(told)}", "analysis", "gates")


def _own(found: PaperInputs, programme: str) -> str:
    return ", ".join(
        f"{row['title']} {share(row['whole'])}"
        for row in programme_weight_rows(found.analysis, programme)
        if "." not in row["criterion"]
    )
