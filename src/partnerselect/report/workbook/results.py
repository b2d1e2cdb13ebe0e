"""The sheets of the answer: recommendation, ranking, allocation and costs, in formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum

from partnerselect.allocation import AMOUNTS, amounts_of
from partnerselect.analysis import Analysis
from partnerselect.model import PRICE_KINDS, PROGRAMME_PRICES, PaidFor
from partnerselect.report.workbook import inputs
from partnerselect.report.workbook.book import Book, of
from partnerselect.report.workbook.grid import HEADING, Filled, Grid, Live, Typed
from partnerselect.report.workbook.sheets import Sheet
from partnerselect.rows import alone_days, extra_rows, highest_share_words, part_rows
from partnerselect.tables import (
    DEFERRED,
    OF_NO_PROGRAMME,
    THE_WHOLE,
    Column,
    Row,
    behind_words,
    priced,
    sure,
)
from partnerselect.value import US

TIE = "0.000000001"
NOTHING = "(doing nothing)"
PAID_BY_DAY = {
    "days": ("days", [kind.key for kind in PRICE_KINDS if kind.paid_for is PaidFor.DAY]),
    "backfill": ("extra days of our own team", ["per_day"]),
}
KINDS = {
    **PAID_BY_DAY,
    **{kind.id: (kind.line, [kind.key]) for kind in PRICE_KINDS if kind.line},
    "change": ("a change of partners", []),
    "top-up": ("what a fund cannot meet", []),
}
"""What an amount is for, and which prices it has; none where it is no price of a partner's."""
WHOLE = "the whole period"
"""What stands for a phase where there are none."""
WE = "we ourselves"


def recommendation_sheet(book: Book, key_points: Sequence[tuple[str, str]]) -> Sheet:
    """Return what to do, programme by programme, below the key points of the paper."""
    note = (
        "What may be changed here and in the other sheets, and what follows, is said in the sheet"
        " Guide. What is recommended is not worked out again."
    )
    points = (f"{label}: {words}" for label, words in key_points)
    told = "\n".join(filter(None, [*points, behind_words(book.recommendation.rows), note]))
    return Sheet.of(book.recommendation, book.analysis.scenario.title, _recommended(book), told)


def _recommended(book: Book) -> Iterator[dict[str, Filled]]:
    yield from (_programme(book, row) for row in book.recommendation.rows)
    if book.analysis.allocation.account is not None:
        extras = extra_rows(book.analysis)
        known = {one.key: sum(row[one.key] for row in extras) for one in AMOUNTS}
        yield {"programme": OF_NO_PROGRAMME, **_amounts(book, None, known)}
        yield _whole(book, book.analysis)


def _programme(book: Book, row: Row) -> dict[str, Filled]:
    advice = {one.programme: one for one in book.analysis.recommendation.programmes}[row["id"]]
    chosen = row["run"] and " + ".join(row["partners"])
    leader = book.titles["partner"].get(advice.leader, "nobody")
    importance = book.analysis.scenario.programmes[row["id"]].importance
    return {
        **row,
        "recommended": DEFERRED if row["run"] is False else chosen,
        "sure": sure(row),
        "leader": Live(_leader(book.ranking, row["id"]), leader),
        "value": _delivered(book, row),
        "importance": Typed(importance, low=0),
        **_amounts(book, row["id"], row),
    }


def _leader(ranking: Grid, programme: str) -> str:
    """Return the formula of who is first on value now."""
    partners, ranks = (ranking.span(key, ranking.about(programme)) for key in ("partner", "rank"))
    return f'=IFERROR(INDEX({partners},MATCH(1,{ranks},0)),"nobody")'


def _delivered(book: Book, row: Row) -> Filled:
    """Return the value delivered: of the chosen partners' parts, or of doing nothing."""
    ranking, programme = book.ranking, row["id"]
    if row["run"] is None:
        return None
    parts: list[Row] = [{"share": 1, "partner": None}]
    if row["run"]:
        parts = [one for one in part_rows(book.analysis) if one["programme"] == programme]
    terms = [
        f"{one['share']!r}*{ranking.cell('value', at)}"
        for one in parts
        for at in ranking.about(programme, one["partner"])
    ]
    return Live(f"={'+'.join(terms)}", row["value"]) if terms else row["value"]


def _whole(book: Book, analysis: Analysis) -> dict[str, Filled]:
    grid, account = book.recommendation, analysis.allocation.account
    assert account is not None  # noqa: S101 - asked for only where there is one
    programmes, all_above = range(len(grid.rows)), range(len(grid.rows) + 1)
    values, importance = (grid.span(key, programmes) for key in ("value", "importance"))
    value = Live(f"=SUMPRODUCT({values},{importance})/SUM({importance})", account.value)
    sums = {
        key: Live(f"=SUM({grid.span(key, all_above)})", known)
        for key, known in amounts_of(analysis.scenario, account.lines).items()
    }
    return {"programme": THE_WHOLE, "value": value, **sums}


def _amounts(book: Book, programme: str | None, known: Row) -> dict[str, Filled]:
    """Return the amounts of a programme: sums of the sheet Allocation where it has them."""
    grid = book.allocation
    rows = grid.about(programme)
    summed = {column.key for column in grid.columns} if rows else set()
    return {
        one.key: Live(f"=SUM({grid.span(one.key, rows)})", known[one.key])
        if one.key in summed and known[one.key] is not None
        else known[one.key]
        for one in AMOUNTS
    }


def ranking_sheet(book: Book) -> Sheet:
    """Return the ranking: value, rank and what they are made of."""
    return Sheet.of(
        book.ranking,
        "Who is best for each programme?",
        _ranked(book),
        "Value, rank and cost follow what is changed. Filter as you like, but do not sort: a rank"
        " is worked out among the rows of its programme. Costs are those that criteria are worked"
        " out from: what is paid once, a change of partners and what a fund cannot meet are left"
        " out.",
    )


def _ranked(book: Book) -> Iterator[dict[str, Filled]]:
    table, days = book.analysis.table, alone_days(book.analysis)
    work = table.workload
    for i, row in enumerate(book.ranking.rows):
        programme, partner = row["programme"], row["partner"]
        both = book.named(row, partner=NOTHING) | {"value": Live(_value(book, i), row["value"])}
        if partner is None:
            yield both | {of(path): row["values"][path] for path in book.leaves}
            continue
        values = table.values[work.programmes.index(programme), work.partners.index(partner)]
        parts = zip(table.criteria, values.tolist(), strict=True)
        yield {
            **both,
            **{of(path): Live(_partial(book, i, path), known) for path, known in parts},
            "rank": Live(_rank(book.ranking, i), row["rank"]),
            "chosen": "chosen" if row["chosen"] else "",
            "sure": highest_share_words(row),
            "eligible": "yes" if row["eligible"] else "no",
            "days": days[programme, partner],
            "cost": Live(_cost(book, i), row["cost"]),
            "own_cost": Live(
                f"={book.ranking.cell('cost', i)}*(1-{inputs.price(book, partner, 'covers')})",
                row["own_cost"],
            ),
        }


def _value(book: Book, i: int) -> str:
    programme = book.ranking.rows[i]["programme"]
    return "=" + "+".join(
        f"{inputs.weight(book, programme, path)}*{book.ranking.cell(of(path), i)}"
        for path in book.leaves
    )


def _rank(grid: Grid, i: int) -> str:
    rows = grid.about(grid.rows[i]["programme"])
    eligible, values = (grid.span(key, rows) for key in ("eligible", "value"))
    ahead = f'SUMPRODUCT(({eligible}="yes")*({values}>{grid.cell("value", i)}+{TIE}))'
    return f'=IF({grid.cell("eligible", i)}="yes",1+{ahead},"")'


def _partial(book: Book, i: int, criterion: str) -> str:
    """Return the formula of the value on one criterion: of a score, or of what prices come to."""
    grid, row, computed = book.ranking, book.ranking.rows[i], book.leaves[criterion].from_
    if computed is None:
        marked = inputs.score(book, row["programme"], row["partner"], criterion)
        known = f"ISNUMBER({marked})"
    else:
        days = grid.cell("days", i)
        marked = grid.cell("own_cost" if computed.startswith("own-") else "cost", i)
        marked = f"({marked}/{days})" if computed.endswith("per-day") else marked
        known = f"{days}>0"
    if marked is None:
        return "=50"
    return f"={inputs.value(book, criterion, row['programme'], marked, known)}"


def _cost(book: Book, i: int) -> str:
    days, row = book.ranking.cell("days", i), book.ranking.rows[i]
    costs = []
    for kind in PROGRAMME_PRICES:
        price = inputs.price(book, row["partner"], kind.key, row["programme"])
        costs.append(f"{days}*{price}" if kind.paid_for is PaidFor.DAY else price)
    return f"=IF({days}>0,{'+'.join(costs)},0)"


def allocation_sheets(book: Book) -> Iterator[Sheet]:
    """Yield every amount with the days and the price behind it, and the totals."""
    if not book.allocation.rows:
        return
    yield Sheet.of(
        book.allocation,
        "Who does what, when, and for how much?",
        (_amount(book, i, row) for i, row in enumerate(book.allocation.rows)),
        "Cost = quantity × price, the price of the sheet Prices; others pay their share of it."
        " Change days: costs follow, the choice and the ranking do not.",
    )
    totals = _totals(book)
    question, note = "Who pays how much, and when?", "Sums of the sheet Allocation."
    yield Sheet.of(totals, question, _costs(book, totals), note)


def _amount(book: Book, i: int, row: Row) -> dict[str, Filled]:
    words, prices = KINDS[row["kind"]]
    partner, quantity, cost = row["partner"], row["quantity"], row["cost"]
    cell = {key: book.allocation.cell(key, i) for key in ("quantity", "price", "cost", "theirs")}
    covers = inputs.price(book, partner, "covers") if partner else "0"
    charged = "+".join(inputs.price(book, partner, key, row["programme"]) for key in prices)
    return {
        **book.named(row, partner=inputs.OWN_TEAM if prices else "", phase=WHOLE),
        "kind": words,
        "quantity": Typed(quantity, low=0) if row["kind"] in PAID_BY_DAY else quantity,
        "price": Live(f"={charged}", cost / quantity) if prices else Typed(cost, low=0),
        "cost": Live(f"={cell['quantity']}*{cell['price']}", cost),
        "theirs": Typed(cost - row["own_cost"])
        if row["kind"] == "top-up"
        else Live(f"={cell['cost']}*{covers}", cost - row["own_cost"]),
        "own_cost": Live(f"={cell['cost']}-{cell['theirs']}", row["own_cost"]),
    }


def _totals(book: Book) -> Grid:
    """Return the sheet of costs: a row for each payer, ourselves first, a column for each phase."""
    others = (row["payer"] for row in book.allocation.rows if row["payer"] != US)
    columns = (
        Column("payer", "Who pays", width=36),
        *(
            Column(f"in {phase}", book.titles["phase"].get(phase, WHOLE), "money", width=18)
            for phase in book.analysis.table.workload.phases
        ),
        Column("all", "In all", "money", width=18, bar=True),
    )
    payers = [{"payer": payer} for payer in dict.fromkeys([US, *others])]
    return Grid("Costs", priced(columns, book.analysis.scenario.currency), payers)


def _costs(book: Book, totals: Grid) -> Iterator[dict[str, Filled]]:
    phases = {f"in {phase}": phase for phase in book.analysis.table.workload.phases}
    sums = dict.fromkeys([*phases, "all"], 0.0)
    for i, row in enumerate(totals.rows):
        paid = {key: _paid(book, row["payer"], phase) for key, phase in phases.items()}
        formulas = {key: _part(book.allocation, totals, i, key) for key in paid}
        formulas["all"] = f"=SUM({','.join(totals.cell(key, i) for key in paid)})"
        paid["all"] = fsum(paid.values())
        sums = {key: sums[key] + paid[key] for key in sums}
        live = {key: Live(formula, paid[key]) for key, formula in formulas.items()}
        yield {**book.named(row, payer=WE), **live}
    every = range(len(totals.rows))
    whole = {key: Live(f"=SUM({totals.span(key, every)})", total) for key, total in sums.items()}
    yield {"payer": "All payers", **whole}


def _part(grid: Grid, totals: Grid, i: int, column: str) -> str:
    """Return the formula of what one payer pays in one phase, named by heading and first cell."""
    ours = totals.rows[i]["payer"] == US
    phases, payers, ours_or_theirs = (
        grid.span(one, grid.about()) for one in ("phase", "payer", "own_cost" if ours else "theirs")
    )
    whose = "" if ours else f"({payers}={totals.cell('payer', i)})*"
    return f"=SUMPRODUCT(({phases}={totals.cell(column, HEADING)})*{whose}{ours_or_theirs})"


def _paid(book: Book, payer: str, phase: str | None) -> float:
    return fsum(
        row["own_cost"] if payer == US else row["cost"] - row["own_cost"]
        for row in book.allocation.rows
        if row["phase"] == phase and payer in {US, row["payer"]}
    )
