"""The sheets of what people typed: weights, scores with their evidence, scales, prices.

What is not known counts 50 of 100; the formulas that say so are here.
"""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.model import (
    PRICE_KINDS,
    LevelsScale,
    LinearScale,
    LocalScale,
    PointsScale,
    RatioScale,
    RelativeScale,
)
from partnerselect.report.workbook.book import Book
from partnerselect.report.workbook.grid import Filled, Live, Typed
from partnerselect.report.workbook.sheets import Sheet
from partnerselect.tables import Row

ALL = "All programmes"
OWN_TEAM = "Our own team, each extra day"


def weight(book: Book, programme: str, criterion: str) -> str:
    """Return the cell with the whole weight of a criterion in a programme."""
    grid = book.weights
    rows = grid.about(programme, criterion) or grid.about(None, criterion)
    return grid.cell("whole", rows[0])


def score(book: Book, programme: str, partner: str, criterion: str) -> str | None:
    """Return the cell with a partner's score in a programme; None where it has none."""
    grid = book.scores
    rows = grid.about(partner, programme, criterion) or grid.about(partner, None, criterion)
    return grid.cell("counted", rows[0]) if rows else None


def price(book: Book, partner: str | None, kind: str, programme: str | None = None) -> str:
    """Return the cell with a price of a partner (None: our team), or the share others pay.

    With a programme the price there, where it is another.
    """
    rows = book.prices.about(partner, programme) or book.prices.about(partner)
    return book.prices.cell(kind, rows[0])


def value(book: Book, criterion: str, programme: str, marked: str, known: str) -> str:
    """Return the formula, without its sign, that turns a score into a value from 0 to 100.

    Args:
        book: the workbook.
        criterion: its path.
        programme: whose scale counts where it is local.
        marked: the cell with the score.
        known: what is true where the score is a number.
    """
    scale, grid = book.leaves[criterion].scale, book.scales
    rows = grid.about(criterion, programme if isinstance(scale, RelativeScale) else None)
    match scale:
        case LevelsScale():
            words = (
                f"INDEX({grid.span('value', rows)},MATCH({marked},{grid.span('point', rows)},0))"
            )
            unknown = f'OR({marked}="unknown",{marked}="")'
            return f"IF({known},{_within(marked)},IF({unknown},50,{words}))"
        case PointsScale():
            return f"IF({known},{_within(_between_points(book, marked, rows))},50)"
        case RatioScale():
            best = grid.cell("score", rows[0])
            mark = f"100*{marked}/{best}" if scale.rises else f"100*{best}/{marked}"
            is_known = grid.rows[rows[0]]["score"] is not None
            return f"IF({known},{_within(mark) if is_known else '100'},50)"
    worst, best = (grid.cell("score", row) for row in rows)
    straight = _within(f"({marked}-{worst})*100/({best}-{worst})")
    ends = {grid.rows[row]["score"] for row in rows}
    alike = isinstance(scale, LocalScale) and len(ends) == 1
    return f"IF({known},{'100' if alike else straight},50)"


def _within(number: str) -> str:
    return f"MAX(0,MIN(100,{number}))"


def _between_points(book: Book, marked: str, rows: range) -> str:
    """Return the formula of a line through points: flat beyond the outermost."""
    grid = book.scales
    scores, values = grid.span("score", rows), grid.span("value", rows)
    at = f"MATCH({marked},{scores},1)"
    rise, run = (f"(INDEX({of},{at}+1)-INDEX({of},{at}))" for of in (values, scores))
    line = f"INDEX({values},{at})+({marked}-INDEX({scores},{at}))*{rise}/{run}"
    low, high = (
        f"IF({marked}{sign}{grid.cell('score', row)},{grid.cell('value', row)},"
        for sign, row in (("<=", rows[0]), (">=", rows[-1]))
    )
    return f"{low}{high}{line}))"


def input_sheets(book: Book) -> Iterator[Sheet]:
    """Yield what was typed: points, scores and prices may be changed, scales are only read."""
    yield Sheet.of(
        book.weights,
        "How much does each criterion count?",
        _weights(book),
        "Change points: shares and weights follow, and with them values and ranks. Points that came"
        " out of judgements are a hundred times the share.",
    )
    yield Sheet.of(
        book.scores,
        "What does each partner score, and on what evidence?",
        _scores(book),
        'Change what a score counts as: a number, a level, or the word "unknown", which counts 50.'
        " Of a range the likely value or the middle counts.",
    )
    scales = (
        {**book.named(row), "criterion": book.leaves[row["criterion"]].title}
        for row in book.scales.rows
    )
    yield Sheet.of(
        book.scales,
        "What is a score worth?",
        scales,
        "Formulas read the scales here. They are not meant to be changed: the weights speak of"
        " these ranges.",
    )
    yield Sheet.of(
        book.prices,
        "What do partners cost, and who else pays?",
        _prices(book),
        "Change prices and shares: costs follow, and values and ranks where a criterion is computed"
        " from prices. A payer whose decision is refused pays nothing.",
    )


def _weights(book: Book) -> Iterator[dict[str, Filled]]:
    for i, row in enumerate(book.weights.rows):
        yield {
            **row,
            "for": book.named(row, programme=ALL)["programme"],
            "criterion": f"{'    ' * row['criterion'].count('.')}{row['title']}",
            "points": None if row["points"] is None else Typed(row["points"], low=0),
            "share": Live(_share(book, row, i), row["share"]),
            "whole": Live(_whole(book, row, i), row["whole"]),
            **({"method": "as for all programmes", "by": ""} if row["follows"] else {}),
        }


def _share(book: Book, row: Row, i: int) -> str:
    grid = book.weights
    if row["follows"]:
        return f"={grid.cell('share', grid.about(None, row['criterion'])[0])}"
    if row["siblings"] == 1:
        return "=1"
    siblings = (
        grid.cell("points", j)
        for j, other in enumerate(grid.rows)
        if (other["programme"], other["above"]) == (row["programme"], row["above"])
    )
    total = f"SUM({','.join(siblings)})"
    return f"=IF({total}>0,{grid.cell('points', i)}/{total},1/{row['siblings']})"


def _whole(book: Book, row: Row, i: int) -> str:
    grid = book.weights
    above = grid.about(row["programme"], row["above"]) if row["above"] else ()
    return "=" + "*".join([grid.cell("share", i), *(grid.cell("whole", j) for j in above)])


def _scores(book: Book) -> Iterator[dict[str, Filled]]:
    for row in book.scores.rows:
        leaf = book.leaves[row["criterion"]]
        yield {
            **book.named(row, programme=ALL),
            "criterion": leaf.title,
            "counted": _typed_score(book, row),
            "unit": leaf.scale.unit if leaf.scale else "",
        }


def _typed_score(book: Book, row: Row) -> Typed:
    match book.leaves[row["criterion"]].scale:
        case LevelsScale():
            levels = book.scales.about(row["criterion"], None)
            return Typed(row["counted"], listed=book.scales.span("point", levels))
        case LinearScale(worst=worst, best=best, beyond=None):
            return Typed(row["counted"], min(worst, best), max(worst, best), or_unknown=True)
    return Typed(row["counted"], or_unknown=True)


def _prices(book: Book) -> Iterator[dict[str, Filled]]:
    for row in book.prices.rows:
        named = book.named(row, partner=OWN_TEAM, programme=ALL)
        if row["partner"] is None:
            not_ours = dict.fromkeys([*(kind.key for kind in PRICE_KINDS), "covers"])
            yield {**named, **not_ours, "per_day": Typed(row["per_day"], low=0)}
        else:
            may_change: dict[str, Filled] = {
                kind.key: Typed(row[kind.key], low=0) for kind in PRICE_KINDS
            }
            if row["programme"]:
                same = (kind.key for kind in PRICE_KINDS if not kind.may_differ)
                may_change |= dict.fromkeys((*same, "payer", "covers"))
            elif row["payer"]:
                may_change["covers"] = Typed(row["covers"], 0, 1)
            yield {**named, **may_change}
