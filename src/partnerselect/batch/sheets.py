"""The sheets of the batch's workbook, one for each question that an executive asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from partnerselect.allocation.amounts import AMOUNTS
from partnerselect.batch.page import tables
from partnerselect.batch.recommendations import change_rows, table_rows
from partnerselect.batch.statistics import Statistics
from partnerselect.batch.titles import input_title, partner_titles
from partnerselect.report.workbook.sheets import Sheet
from partnerselect.tables import Column
from partnerselect.tables.frames import Row, cell
from partnerselect.words.states import ENDED as WORDS

CASE = Column("case", "Case", width=44)
PROGRAMME = Column("programme", "Programme", width=38)
PARTNERS = (
    PROGRAMME,
    Column("place", "Place", "whole", width=8),
    Column("partner", "Partner", width=38),
    Column("chosen_share", "Chosen in cases", "share", bar=True),
    Column("leads_share", "Leads on value in cases", "share", bar=True),
    Column("worst_value", "Worst value", "number", width=12),
    Column("best_value", "Best value", "number", width=12, bar=True),
    Column("least_own_cost", "Least cost to us", "money"),
    Column("most_own_cost", "Most cost to us", "money", bar=True),
    Column("currency", "Currency", width=10),
)
DRIVERS = (
    PROGRAMME,
    Column("scenario", "Scenario", width=24),
    Column("input", "Input", width=38),
    Column("strength", "Changes the answer in", "share", bar=True),
    Column("words", "In words", width=80),
)
CHANGES = (PROGRAMME, Column("usually", "Usually", width=38), Column("here", "Here", width=38))
ENDED = (
    Column("state", "How it ended", width=38),
    Column("value", "Value", "number", width=10, bar=True),
    *(Column(one.key, one.title, one.kind, width=12, bar=one.is_headline) for one in AMOUNTS),
    Column("partners", "Partners", "whole", width=10),
    Column("deferred", "Deferred", width=38),
    Column("reason", "Why there is no answer", width=60),
)


def sheets(
    statistics: Statistics, varied: tuple[Column, ...], cases: Callable[[], Iterator[Row]]
) -> Iterator[Sheet]:
    """Yield the sheets in order; rows are made while they are written.

    Args:
        statistics: what the cases say together.
        varied: the swept inputs.
        cases: begins anew, at each call, to go through all the cases.
    """
    for one in tables(statistics):
        keys = [column.key for column in one.columns]
        rows = (dict(zip(keys, row, strict=True)) for row in one.rows)
        yield _sheet(one.id, one.title, one.columns, rows, one.note)
    ranked = table_rows(statistics)
    inputs = tuple(
        Column(column.key, kind="exact" if column.is_figure else column.kind, width=16)
        for column in varied
    )
    first = (CASE, *inputs)
    changes = (
        {**case["varied"], **row} for case in cases() for row in change_rows(statistics, case)
    )
    ended = (
        {**case["varied"], **summary, "case": case["case"], "state": WORDS[summary["state"]]}
        for case in cases()
        for summary in (case["summary"],)
    )
    partners, drivers, changed = (
        (_titled(statistics, row) for row in rows)
        for rows in (ranked["recommendations"], ranked["drivers"], changes)
    )
    yield _sheet("Partners", "Who is chosen, and how often?", PARTNERS, partners)
    yield _sheet("Drivers", "What drives the choice, programme by programme?", DRIVERS, drivers)
    question = "In which cases does the answer change?"
    yield _sheet("Changes", question, (*first, *CHANGES), changed)
    yield _sheet("Cases", "How did every case end?", (*first, *ENDED), ended)


def _sheet(
    name: str, question: str, columns: tuple[Column, ...], rows: Iterable[Row], note: str = ""
) -> Sheet:
    cells = ({column.key: cell(row.get(column.key)) for column in columns} for row in rows)
    return Sheet(name, question, columns, cells, note)


def _titled(statistics: Statistics, row: Row) -> Row:
    """Return a row with titles where it has ids."""
    scenario, found = statistics.scenario_with(row["programme"]), dict(row)
    found["programme"] = statistics.programmes[row["programme"]].title
    for key in {"partner", "usually", "here"} & row.keys():
        found[key] = partner_titles(scenario, row[key])
    if "input" in row:
        of = statistics.scenarios[row["scenario"]].source.scenario
        found["input"] = input_title(of, row["input"])
    return found
