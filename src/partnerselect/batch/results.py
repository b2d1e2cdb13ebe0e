"""The tables of a finished run, from its chunks in order, never more than one in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partnerselect.batch.folder import Folder
from partnerselect.batch.page import page
from partnerselect.batch.planning import Plan
from partnerselect.batch.recommendations import COLUMNS, change_rows, table_rows
from partnerselect.batch.sheets import sheets
from partnerselect.batch.statistics import Statistics
from partnerselect.batch.work import headlines, unpacked
from partnerselect.batch.writers import Table, csv_layout, csv_table, hashed, parquet_table
from partnerselect.cases import Grid
from partnerselect.report.render.html import html
from partnerselect.report.render.paper_markdown import markdown
from partnerselect.report.workbook.sheets import write_workbook
from partnerselect.tables import Column
from partnerselect.tables.frames import (
    ALLOCATION,
    PROGRAMMES,
    RANKING,
    SUMMARY,
    Row,
    kind_of,
    layouts,
)
from partnerselect.words.wording import ILLUSTRATIVE

TAKEN = frozenset(
    column.key for own in (SUMMARY, PROGRAMMES, RANKING, ALLOCATION) for column in own
) | {"case"}


@dataclass(frozen=True)
class Written:
    """What was written: by file, how many rows it has and the hash of its content.

    And how many cases ended how.
    """

    files: dict[str, dict[str, Any]]
    states: dict[str, int]


def write_tables(planned: Plan, folder: Folder, form: str) -> Written:
    """Write every table of a finished run."""
    varied = varied_columns(planned)
    counts, statistics = _main_tables(planned, folder, form, varied)
    keys = ("case", *(column.key for column in varied), "programme", "usually", "here", "value")
    with csv_table(folder, "changes", keys) as table:
        for row in _cases(planned, folder):
            for change in change_rows(statistics, row):
                table.add({**_named(row["varied"]), **change})
    counts["changes.csv"] = table.rows
    counts |= _small_tables(folder, statistics)
    _pages(planned, folder, statistics, varied)
    written = [*counts, *PAGES]
    states = sum((of.states for of in statistics.scenarios.values()), Counter[str]())
    return Written(
        {
            name: {"rows": counts.get(name), "sha256": hashed(folder.path / name)}
            for name in written
        },
        dict(sorted(states.items())),
    )


PAGES = ("recommendations.md", "recommendations.html", "recommendations.xlsx")


def varied_columns(planned: Plan) -> tuple[Column, ...]:
    """Return a column for every swept input of any scenario, in order."""
    values: dict[str, list[Any]] = {}
    for block in (block for source in planned.sources for block in source.blocks):
        if isinstance(block, Grid):
            for axis in block.axes:
                values.setdefault(axis.path, []).extend(axis.values)
        else:
            for path in block.paths:
                values.setdefault(path, [])
    return tuple(Column(_heading(path), kind=kind_of(listed)) for path, listed in values.items())


def _heading(path: str) -> str:
    """Return the heading of a swept input: its path, or another where a table has that already."""
    return f"sweep.{path}" if path in TAKEN else path


def _named(varied: Row) -> Row:
    return {_heading(path): value for path, value in varied.items()}


def _cases(
    planned: Plan, folder: Folder, read: Callable[[bytes], Iterator[Row]] = headlines
) -> Iterator[Row]:
    for job in planned.jobs():
        yield from read(folder.chunk(job.key))


def _main_tables(
    planned: Plan, folder: Folder, form: str, varied: tuple[Column, ...]
) -> tuple[dict[str, int], Statistics]:
    criteria = dict.fromkeys(
        leaf for source in planned.sources for leaf in source.scenario.criteria.leaves
    )
    statistics = Statistics(planned.sources)
    write = {"csv": csv_layout, "parquet": parquet_table}[form]
    with ExitStack() as stack:
        tables: dict[str, Table] = {
            name: stack.enter_context(write(folder, layout))
            for name, layout in layouts(varied, criteria).items()
        }
        for row in _cases(planned, folder, unpacked):
            statistics.add(row)
            first = {"case": row["case"], **_named(row["varied"])}
            tables["summary"].add({**first, **row["summary"]})
            for name in ("programmes", "ranking", "allocation"):
                for below in row[name]:
                    tables[name].add({**first, **below})
    return {f"{name}.{form}": table.rows for name, table in tables.items()}, statistics


def _small_tables(folder: Folder, statistics: Statistics) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, rows in table_rows(statistics).items():
        with csv_table(folder, name, COLUMNS[name].split()) as table:
            for row in rows:
                table.add(row)
        counts[f"{name}.csv"] = table.rows
    return counts


def _pages(
    planned: Plan, folder: Folder, statistics: Statistics, varied: tuple[Column, ...]
) -> None:
    content = page(statistics)
    for name, text in (
        ("recommendations.md", markdown(content)),
        ("recommendations.html", html(content)),
    ):
        with folder.part(name) as path:
            path.write_text(text, encoding="utf-8")
    with folder.part("recommendations.xlsx") as path:
        _workbook(path, planned, folder, statistics, varied)


def _workbook(
    path: Path, planned: Plan, folder: Folder, statistics: Statistics, varied: tuple[Column, ...]
) -> None:
    def named() -> Iterator[Row]:
        for row in _cases(planned, folder):
            yield {**row, "varied": _named(row["varied"])}

    write_workbook(
        path,
        sheets(statistics, varied, named),
        mark=ILLUSTRATIVE if statistics.illustrative else "",
    )
