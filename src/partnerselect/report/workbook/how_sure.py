"""The sheets that say how sure the answer is: weights, changes, shares, open questions, checks."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.analysis import Analysis, turning_points
from partnerselect.report.workbook.cells import Filled, Marked
from partnerselect.report.workbook.sheets import Sheet, laid_out
from partnerselect.robustness.flip_sentences import criterion_title
from partnerselect.rows.checks import check_rows, practice_rows
from partnerselect.rows.robustness import (
    flip_row,
    how_it_was_drawn,
    interval_rows,
    question_rows,
    standing_rows,
)
from partnerselect.tables.checks import FINDINGS
from partnerselect.tables.spec import IN_WORDS, PARTNER, PROGRAMME, Column

Cells = Iterator[dict[str, Filled]]
INTERVALS = (
    PROGRAMME,
    Column("leader", "First on value", width=34),
    Column("criterion", "Criterion", width=34),
    Column("whole", "Weight today", "share", width=12),
    Column("whole_low", "Stays first from", "share", width=12),
    Column("whole_high", "to", "share", width=12),
    Column("below", "Below that leads", width=34),
    Column("above", "Above that leads", width=34),
)
FLIPS = (
    PROGRAMME,
    Column("leader", "First on value", width=34),
    Column("rival", "Rival", width=34),
    Column("kind", "What would change", width=20),
    Column("today", "Today", "exact", width=12),
    Column("flip", "Level at", "exact", width=12),
    IN_WORDS,
)
SHARES = (
    PROGRAMME,
    PARTNER,
    Column("first_rank_share", "Scored highest in", "share", width=12, bar=True),
    Column("first_rank_error", "Give or take", "share", width=12),
    Column("first_rank_share_any_weights", "Whatever the weights", "share", width=12, bar=True),
    Column(
        "first_rank_share_with_gates",
        "If outside decisions may go either way",
        "share",
        width=14,
        bar=True,
    ),
    Column("unavailable", "Not available", "share", width=12),
)
QUESTIONS = (
    Column("change_share", "Would change the leader in", "share", width=16, bar=True),
    IN_WORDS,
)
CHANGES = {
    "weight": "one weight",
    "weights": "all weights together",
    "score": "a score",
    "price": "a price",
    "gate": "a decision of others",
}


def sensitivity_sheet(analysis: Analysis) -> Sheet:
    """Return how far each weight may move before another partner leads."""
    note = (
        "Weights are shares of the whole; siblings move in proportion. It speaks of the first place"
        " on value, not of the choice. It does not follow changes."
    )
    cells = laid_out(INTERVALS, _interval_cells(analysis))
    return Sheet("Sensitivity", "How far may each weight move?", INTERVALS, cells, note)


def _interval_cells(analysis: Analysis) -> Cells:
    scenario, titles = analysis.scenario, _titles(analysis)
    for name, programme in scenario.programmes.items():
        for row in interval_rows(analysis, name):
            yield {
                **row,
                "programme": programme.title,
                "leader": titles[row["leader"]],
                "criterion": criterion_title(scenario, row["criterion"]),
                **{side: titles.get(row[side], "nobody") for side in ("below", "above")},
            }


def turning_points_sheet(analysis: Analysis) -> Sheet:
    """Return every single change that would bring a rival level with the leader."""
    note = (
        "The nearest first. Each is one change alone, all else as it is; beyond the point the order"
        " is turned. It does not follow changes."
    )
    cells = laid_out(FLIPS, _flip_cells(analysis))
    return Sheet("Turning points", "What would change the leader?", FLIPS, cells, note)


def _flip_cells(analysis: Analysis) -> Cells:
    titles = _titles(analysis)
    for name, programme in analysis.scenario.programmes.items():
        for row in map(flip_row, turning_points(analysis, name)):
            is_share = row["kind"] == "weight"
            yield {
                "programme": programme.title,
                "leader": titles[row["leader"]],
                "rival": titles[row["rival"]],
                "kind": CHANGES[row["kind"]],
                **{
                    end: Marked(row[end], "share") if is_share else row[end]
                    for end in ("today", "flip")
                },
                "words": row["words"],
            }


def shares_sheet(analysis: Analysis) -> Sheet:
    """Return in which share of the trials each partner scores highest."""
    note = (
        f"{how_it_was_drawn(analysis)}. “Give or take” is one standard error. It does not follow"
        " changes."
    )
    cells = laid_out(SHARES, _share_cells(analysis))
    return Sheet("Shares", "How often does each partner score highest?", SHARES, cells, note)


def _share_cells(analysis: Analysis) -> Cells:
    titles = _titles(analysis)
    for name, programme in analysis.scenario.programmes.items():
        for row in standing_rows(analysis, name):
            yield {**row, "programme": programme.title, "partner": titles[row["partner"]]}


def questions_sheet(analysis: Analysis) -> Sheet:
    """Return the open scores that are worth finding out."""
    cells = laid_out(QUESTIONS, question_rows(analysis))
    question = "What is worth finding out before deciding?"
    return Sheet("Open questions", question, QUESTIONS, cells, "It does not follow changes.")


def checks_sheet(analysis: Analysis) -> Sheet:
    """Return what good practice asks for and the scenario lacks, then two published checklists."""
    note = "Warnings first, then notes, then the items of two checklists."
    cells = laid_out(FINDINGS, _check_cells(analysis))
    return Sheet("Checks", "What does good practice ask for?", FINDINGS, cells, note)


def _check_cells(analysis: Analysis) -> Cells:
    yield from check_rows(analysis)
    for row in practice_rows(analysis):
        title = f"{row['item']} {row['title']}".strip()
        yield {**row, "severity": row["state"], "words": title, "mend": row["why"]}


def _titles(analysis: Analysis) -> dict[str | None, str]:
    return {name: partner.title for name, partner in analysis.scenario.partners.items()}
