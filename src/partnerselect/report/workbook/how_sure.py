"""The sheets that say how sure the answer is: sensitivity, turning points, the shares of the draws, open questions, checks."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.analysis import Analysis, turning_points
from partnerselect.report.workbook.cells import Filled, Marked
from partnerselect.report.workbook.inputs import PERCENT
from partnerselect.report.workbook.sheets import Sheet, SheetColumn
from partnerselect.robustness.sentences import criterion_title
from partnerselect.rows.checks import check_rows, practice_rows
from partnerselect.rows.robustness import (
    flip_row,
    how_it_was_drawn,
    interval_rows,
    question_rows,
    standing_rows,
)

FLIPS = {
    "weight": "one weight",
    "weights": "all weights together",
    "score": "a score",
    "price": "a price",
    "gate": "a gate",
}


def sensitivity_sheet(analysis: Analysis) -> Sheet:
    """Return how far each weight may move before another partner leads."""
    columns = (
        SheetColumn("Programme", width=38),
        SheetColumn("First on value", width=34),
        SheetColumn("Criterion", width=34),
        *(
            SheetColumn(title, "number", 12, PERCENT)
            for title in ("Weight today", "Stays first from", "to")
        ),
        SheetColumn("Below that leads", width=34),
        SheetColumn("Above that leads", width=34),
    )
    note = (
        "Weights are shares of the whole; siblings move in proportion. It speaks of the first place"
        " on value, not of the choice. It does not follow changes."
    )
    return Sheet(
        "Sensitivity", "How far may each weight move?", columns, _interval_cells(analysis), note
    )


def _interval_cells(analysis: Analysis) -> Iterator[tuple[Filled, ...]]:
    scenario, titles = analysis.scenario, _titles(analysis)
    for name, programme in scenario.programmes.items():
        for row in interval_rows(analysis, name):
            weights = (row["whole"], row["whole_low"], row["whole_high"])
            others = (titles.get(row[side], "nobody") for side in ("below", "above"))
            yield (
                programme.title,
                titles[row["leader"]],
                criterion_title(scenario, row["criterion"]),
                *weights,
                *others,
            )


def turning_points_sheet(analysis: Analysis) -> Sheet:
    """Return every single change that would bring a rival level with the leader."""
    columns = (
        SheetColumn("Programme", width=38),
        SheetColumn("First on value", width=34),
        SheetColumn("Rival", width=34),
        SheetColumn("What would change", width=20),
        SheetColumn("Today", "number", 12, "#,##0.00"),
        SheetColumn("Level at", "number", 12, "#,##0.00"),
        SheetColumn("In words", width=90),
    )
    note = (
        "The nearest first. Each is one change alone, all else as it is; beyond the point the order"
        " is turned. It does not follow changes."
    )
    return Sheet(
        "Turning points", "What would turn the order?", columns, _flip_cells(analysis), note
    )


def _flip_cells(analysis: Analysis) -> Iterator[tuple[Filled, ...]]:
    titles = _titles(analysis)
    for name, programme in analysis.scenario.programmes.items():
        for row in (flip_row(told) for told in turning_points(analysis, name)):
            shown = PERCENT if row["kind"] == "weight" else ""
            ends = (Marked(row[key], shown) if shown else row[key] for key in ("today", "flip"))
            yield (
                programme.title,
                titles[row["leader"]],
                titles[row["rival"]],
                FLIPS[row["kind"]],
                *ends,
                row["words"],
            )


def shares_sheet(analysis: Analysis) -> Sheet:
    """Return in which share of the draws each partner comes first."""
    columns = (
        SheetColumn("Programme", width=38),
        SheetColumn("Partner", width=38),
        SheetColumn("First in draws", "number", 12, PERCENT, bar=True),
        SheetColumn("Give or take", "number", 12, PERCENT),
        SheetColumn("Whatever the weights", "number", 12, PERCENT, bar=True),
        SheetColumn("With gates drawn too", "number", 12, PERCENT, bar=True),
        SheetColumn("Not available", "number", 12, PERCENT),
    )
    note = (
        f"{how_it_was_drawn(analysis)}. “Give or take” is one standard error. It does not follow"
        " changes."
    )
    return Sheet(
        "Shares", "How often does each partner come first?", columns, _share_cells(analysis), note
    )


SHARES = (
    "first_rank_share",
    "first_rank_error",
    "first_rank_share_any_weights",
    "first_rank_share_with_gates",
    "unavailable",
)


def _share_cells(analysis: Analysis) -> Iterator[tuple[Filled, ...]]:
    titles = _titles(analysis)
    for name, programme in analysis.scenario.programmes.items():
        for row in standing_rows(analysis, name):
            yield programme.title, titles[row["partner"]], *(row[key] for key in SHARES)


def questions_sheet(analysis: Analysis) -> Sheet:
    """Return the open scores that are worth finding out."""
    columns = (
        SheetColumn("Would change the leader in", "number", 16, PERCENT, bar=True),
        SheetColumn("In words", width=110),
    )
    rows = ((row["change_share"], row["words"]) for row in question_rows(analysis))
    return Sheet(
        "Open questions",
        "What is worth finding out before deciding?",
        columns,
        rows,
        "It does not follow changes.",
    )


def checks_sheet(analysis: Analysis) -> Sheet:
    """Return what good practice asks for and the scenario lacks, then two published checklists."""
    columns = (
        SheetColumn("Finding", width=12),
        SheetColumn("What", width=60),
        SheetColumn("What would satisfy it", width=50),
        SheetColumn("Whose advice", width=40),
        SheetColumn("Where in the scenario", width=30),
    )
    return Sheet(
        "Checks",
        "What does good practice ask for?",
        columns,
        _check_cells(analysis),
        "Warnings first, then notes, then the items of two checklists.",
    )


def _check_cells(analysis: Analysis) -> Iterator[tuple[Filled, ...]]:
    for row in check_rows(analysis):
        yield row["severity"], row["words"], row["mend"], row["source"], row["path"]
    for row in practice_rows(analysis):
        yield row["state"], f"{row['item']} {row['title']}".strip(), row["why"], row["source"], ""


def _titles(analysis: Analysis) -> dict[str | None, str]:
    return {name: partner.title for name, partner in analysis.scenario.partners.items()}
