"""The sheets that hold words and figures only: the guide, how sure the answer is, the checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partnerselect.analysis import turning_points
from partnerselect.optimiser import solver_name
from partnerselect.report.workbook.book import Book
from partnerselect.report.workbook.grid import Filled, Marked, Typed
from partnerselect.report.workbook.sheets import Sheet
from partnerselect.robustness import criterion_title
from partnerselect.rows import (
    amount_rows,
    amount_sentences,
    check_rows,
    flip_row,
    how_it_was_drawn,
    interval_rows,
    practice_rows,
    question_rows,
    standing_rows,
)
from partnerselect.tables import FINDINGS, IN_WORDS, MAY_COME_TO, PARTNER, PROGRAMME, Column

Cells = Iterable[dict[str, Filled]]
LEADER = Column("leader", "First on value", width=34)
GUIDE = (Column("what", "What", width=34), Column("how", "How", width=100))
INTERVALS = (
    PROGRAMME,
    LEADER,
    Column("criterion", "Criterion", width=34),
    Column("whole", "Weight today", "share", width=12),
    Column("whole_low", "Stays first from", "share", width=12),
    Column("whole_high", "to", "share", width=12),
    Column("below", "Below that leads", width=34),
    Column("above", "Above that leads", width=34),
)
FLIPS = (
    PROGRAMME,
    LEADER,
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
FOLLOWS = {
    "Points in Weights": (
        "Shares and weights follow, then every value and rank in Ranking, and who is first on"
        " value now in Recommendation."
    ),
    "Scores in Scores": (
        "Values and ranks follow. A score is a number or a level of its scale; the word"
        ' "unknown" counts 50.'
    ),
    "Prices and shares in Prices": (
        "Costs follow in Ranking, Allocation, Costs and Recommendation; values and ranks too,"
        " where a criterion is computed from prices."
    ),
    "Days in Allocation": (
        "Costs follow, in Costs and Recommendation too. The days in Ranking are those of a"
        " partner that does all of it alone, and stay."
    ),
    "Importance in Recommendation": "The value of the whole follows.",
    "What does not follow": (
        "The choice: it is not made again. Who is recommended, who may be chosen, what is deferred,"
        " every verdict and share of trials, reasons, conditions and limits, and the sheets"
        " Sensitivity, Turning points, Shares, Open questions and Checks are those of the figures"
        " the workbook was made with. Where another partner is first on value now, put the new"
        " figures into the scenario and run the program again."
    ),
    "Ends of scales": (
        "A scale between the worst and the best partner of a programme keeps the ends it had"
        " when the scenario was loaded."
    ),
    "Ranks": (
        "Values closer than 0.000000001 share a rank. A partner that may not be chosen has none."
    ),
    "Sorting": (
        "Filter as you like. Do not sort Ranking, Allocation, Weights, Scores, Scales or"
        " Prices: formulas count on their order."
    ),
}


def guide_sheet(book: Book) -> Sheet:
    """Return what may be changed, what follows from it and what does not."""
    origin = book.analysis.scenario.origin
    rests_on = (
        f"{origin.id}, content {origin.sha256}; {solver_name()}; {how_it_was_drawn(book.analysis)}"
    )
    typed: dict[str, Filled] = {
        "what": Typed("A cell that looks like this"),
        "how": "may be changed. All others are formulas, or words and figures that came out of the"
        " analysis.",
    }
    told = {**FOLLOWS, "What it rests on": rests_on}
    said: Cells = ({"what": what, "how": how} for what, how in told.items())
    return Sheet("Guide", "What may be changed here, and what follows?", GUIDE, [typed, *said])


def sureness_sheets(book: Book) -> Iterator[Sheet]:
    """Yield how far weights may move, what would change a leader, and what the trials say."""
    yield Sheet(
        "Sensitivity",
        "How far may each weight move?",
        INTERVALS,
        _intervals(book),
        "Weights are shares of the whole; siblings move in proportion. It speaks of the first place"
        " on value, not of the choice. It does not follow changes.",
    )
    yield Sheet(
        "Turning points",
        "What would change the leader?",
        FLIPS,
        _flips(book),
        "The nearest first. Each is one change alone, all else as it is; beyond the point the order"
        " is turned. It does not follow changes.",
    )
    if not book.analysis.robustness.samples:
        return
    standings = (
        book.named({**row, "programme": name})
        for name in book.analysis.scenario.programmes
        for row in standing_rows(book.analysis, name)
    )
    yield Sheet(
        "Shares",
        "How often does each partner score highest?",
        SHARES,
        standings,
        f"{how_it_was_drawn(book.analysis)}. “Give or take” is one standard error. It does not"
        " follow changes.",
    )
    yield Sheet(
        "Open questions",
        "What is worth finding out before deciding?",
        QUESTIONS,
        question_rows(book.analysis),
        "It does not follow changes.",
    )


def amounts_sheets(book: Book) -> Iterator[Sheet]:
    """Yield what money and days may come to, where prices or days are ranges."""
    if book.analysis.scenario.has_ranges:
        yield Sheet(
            "Money and days",
            "What may it come to, prices and days being uncertain?",
            MAY_COME_TO,
            amount_rows(book.analysis),
            "\n".join([*amount_sentences(book.analysis), "It does not follow changes."]),
        )


def _intervals(book: Book) -> Cells:
    titles = book.titles["partner"]
    for name, programme in book.analysis.scenario.programmes.items():
        for row in interval_rows(book.analysis, name):
            yield {
                **row,
                "programme": programme.title,
                "leader": titles[row["leader"]],
                "criterion": criterion_title(book.analysis.scenario, row["criterion"]),
                **{side: titles.get(row[side], "nobody") for side in ("below", "above")},
            }


def _flips(book: Book) -> Cells:
    titles = book.titles["partner"]
    for name, programme in book.analysis.scenario.programmes.items():
        for row in map(flip_row, turning_points(book.analysis, name)):
            shown: dict[str, Filled] = {end: row[end] for end in ("today", "flip")}
            if row["kind"] == "weight":
                shown = {end: Marked(row[end], "share") for end in shown}
            yield {
                **row,
                **shown,
                "programme": programme.title,
                "leader": titles[row["leader"]],
                "rival": titles[row["rival"]],
                "kind": CHANGES[row["kind"]],
            }


def checks_sheet(book: Book) -> Sheet:
    """Return what good practice asks for and the scenario lacks, then two published checklists."""
    practice = (
        {
            **row,
            "severity": row["state"],
            "words": f"{row['item']} {row['title']}".strip(),
            "mend": row["why"],
        }
        for row in practice_rows(book.analysis)
    )
    rows = [*check_rows(book.analysis), *practice]
    note = "Warnings first, then notes, then the items of two checklists."
    return Sheet("Checks", "What does good practice ask for?", FINDINGS, rows, note)
