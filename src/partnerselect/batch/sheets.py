"""The sheets of the batch's workbook, one for each question that an executive asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from partnerselect.allocation.amounts import AMOUNTS
from partnerselect.batch.page import tables
from partnerselect.batch.recommendations import (
    change_rows,
    driver_rows,
    partner_rows,
    titled,
)
from partnerselect.batch.statistics import Tally
from partnerselect.batch.titles import input_title
from partnerselect.model.scenario import Scenario
from partnerselect.report.workbook.sheets import Sheet
from partnerselect.tables import Column, Table
from partnerselect.tables.frames import Cell, Row, cell


def sheets(
    tally: Tally, varied: tuple[Column, ...], cases: Callable[[], Iterator[Row]]
) -> Iterator[Sheet]:
    """Yield the sheets in order; rows are made while they are written.

    Args:
        tally: what the cases say together.
        varied: the swept inputs.
        cases: begins anew, at each call, to go through all the cases.
    """
    yield from _page_sheets(tally)
    yield _partners(tally)
    yield _drivers(tally)
    yield _changes(tally, varied, cases)
    yield _cases(varied, cases)


def _page_sheets(tally: Tally) -> Iterator[Sheet]:
    for one in tables(tally):
        yield Sheet(one.id, one.title, one.columns, _plain_cells(one), one.note)


def _plain_cells(table: Table) -> Iterator[tuple[Cell, ...]]:
    return (tuple(cell(None if value is None else value) for value in row) for row in table.rows)


def _scenarios(tally: Tally) -> dict[str, Scenario]:
    """Return, for every programme, the first scenario that has it."""
    found: dict[str, Scenario] = {}
    for of in tally.scenarios.values():
        for name in of.source.scenario.programmes:
            found.setdefault(name, of.source.scenario)
    return found


def _partners(tally: Tally) -> Sheet:
    columns = (
        Column("Programme", width=38),
        Column("Place", kind="whole", width=8),
        Column("Partner", width=38),
        Column("Chosen in cases", kind="share", width=14, bar=True),
        Column("Leads on value in cases", kind="share", width=14, bar=True),
        Column("Worst value", kind="number", width=12),
        Column("Best value", kind="number", width=12, bar=True),
        Column("Least cost to us", kind="money", width=14),
        Column("Most cost to us", kind="money", width=14, bar=True),
        Column("Currency", width=10),
    )
    return Sheet("Partners", "Who is chosen, and how often?", columns, _partner_cells(tally))


def _partner_cells(tally: Tally) -> Iterator[tuple[Cell, ...]]:
    scenarios = _scenarios(tally)
    for row in partner_rows(tally):
        scenario = scenarios.get(row["programme"])
        name = titled(scenario, row["partner"]) if scenario else row["partner"]
        costs = (row["least_own_cost"], row["most_own_cost"], row["currency"])
        shares = (row["chosen_share"], row["leads_share"])
        yield (
            tally.programmes[row["programme"]].title,
            row["place"],
            name,
            *shares,
            row["worst_value"],
            row["best_value"],
            *costs,
        )


def _drivers(tally: Tally) -> Sheet:
    columns = (
        Column("Programme", width=38),
        Column("Scenario", width=24),
        Column("Input", width=38),
        Column("Changes the answer in", kind="share", width=14, bar=True),
        Column("In words", width=80),
    )

    def rows() -> Iterator[tuple[Cell, ...]]:
        for row in driver_rows(tally):
            scenario = tally.scenarios[row["scenario"]].source.scenario
            title = tally.programmes[row["programme"]].title
            yield (
                title,
                row["scenario"],
                input_title(scenario, row["input"]),
                row["strength"],
                row["words"],
            )

    return Sheet("Drivers", "What drives the choice, programme by programme?", columns, rows())


def _changes(tally: Tally, varied: tuple[Column, ...], cases: Callable[[], Iterator[Row]]) -> Sheet:
    columns = (
        Column("Case", width=44),
        *_inputs(varied),
        *(Column(name, width=38) for name in ("Programme", "Usually", "Here")),
    )
    scenarios = _scenarios(tally)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for case in cases():
            for row in change_rows(tally, case):
                scenario = scenarios.get(row["programme"])
                both = [
                    titled(scenario, row[key]) if scenario else row[key]
                    for key in ("usually", "here")
                ]
                yield (
                    case["case"],
                    *_values(varied, case),
                    tally.programmes[row["programme"]].title,
                    *both,
                )

    return Sheet("Changes", "In which cases does the answer change?", columns, rows())


CASE_COLUMNS = (
    Column("state", "How it ended", width=14),
    Column("value", "Value", "number", width=10, bar=True),
    *(Column(one.key, one.title, one.kind, width=12, bar=one.is_headline) for one in AMOUNTS),
    Column("partners", "Partners", "whole", width=10),
    Column("deferred", "Deferred", width=38),
    Column("reason", "Why there is no answer", width=60),
)


def _cases(varied: tuple[Column, ...], cases: Callable[[], Iterator[Row]]) -> Sheet:
    rows = (
        (
            case["case"],
            *_values(varied, case),
            *(cell(case["summary"].get(column.key)) for column in CASE_COLUMNS),
        )
        for case in cases()
    )
    return Sheet(
        "Cases",
        "How did every case end?",
        (Column("Case", width=44), *_inputs(varied), *CASE_COLUMNS),
        rows,
    )


def _inputs(varied: tuple[Column, ...]) -> Iterator[Column]:
    return (
        Column(column.key, kind="exact" if column.is_figure else column.kind, width=16)
        for column in varied
    )


def _values(varied: tuple[Column, ...], case: Row) -> list[Cell]:
    return [cell(case["varied"].get(column.key)) for column in varied]
