"""The tables of a finished run, from its chunks in order, never more than one in memory."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from partnerselect.batches.folder import Folder
from partnerselect.batches.page import page, sheets
from partnerselect.batches.sources import Plan, hashed
from partnerselect.batches.statistics import Statistics
from partnerselect.batches.tables import CHANGES, RANKED, change_rows
from partnerselect.batches.work import unpacked
from partnerselect.cases import Grid
from partnerselect.report import html, markdown, write_workbook
from partnerselect.rows import rounded
from partnerselect.tables import (
    ALLOCATION,
    LEVEL,
    LEVELLED,
    OVER_BUDGET,
    PROGRAMMES,
    RANKING,
    SUMMARY,
    WEIGHTS_CHANGED,
    Column,
    FrameRow,
    Layout,
    frame,
    kind_of,
    layouts,
    literal,
)
from partnerselect.value import weights_changed

TAKEN = frozenset(
    column.key for own in (SUMMARY, PROGRAMMES, RANKING, ALLOCATION) for column in own
) | {"case"}
PAGES = ("recommendations.md", "recommendations.html", "recommendations.xlsx")
ROWS_AT_ONCE = 5_000
"""Rows of a table that are held, and written together."""


def write_tables(
    planned: Plan, folder: Folder, form: str
) -> tuple[dict[str, dict[str, Any]], dict[str, int]]:
    """Write every table of a finished run.

    Return by file how many rows it has and the hash of its content, and how many cases ended how.
    """
    varied = varied_columns(planned)
    counts, statistics = _main_tables(planned, folder, form, varied)
    caution = {WEIGHTS_CHANGED.key: weights_changed(*(of.scenario for of in planned.sources))}

    def cases() -> Iterator[FrameRow]:
        for row in _cases(planned, folder):
            yield {**row, "varied": _named(row["varied"])}

    changes = (
        {**case["varied"], **row, **_caution(case)}
        for case in cases()
        for row in change_rows(statistics, case)
    )
    small = {name: (columns, rows(statistics)) for name, (columns, rows) in RANKED.items()}
    small["changes"] = (Column("case"), *varied, *CHANGES), changes
    for name, (columns, rows) in small.items():
        with _table(folder, _marked(planned, Layout(name, columns)), "csv") as table:
            table.take({**caution, **rounded(row)} for row in rows)
        counts[f"{name}.csv"] = table.rows
    content = page(statistics)
    for name, render in zip(PAGES, (markdown, html), strict=False):
        with folder.part(name) as path:
            path.write_text(render(content), encoding="utf-8")
    with folder.part(PAGES[-1]) as path:
        write_workbook(path, sheets(statistics, varied, cases), mark=content.mark)
    files = {
        name: {"rows": counts.get(name), "sha256": hashed(folder.path / name)}
        for name in (*counts, *PAGES)
    }
    states = sum((of.states for of in statistics.scenarios.values()), Counter[str]())
    return files, dict(sorted(states.items()))


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


def _named(varied: FrameRow) -> FrameRow:
    return {_heading(path): value for path, value in varied.items()}


def _cases(planned: Plan, folder: Folder) -> Iterator[FrameRow]:
    for job in planned.jobs():
        yield from unpacked(folder.chunk(job.key).read_bytes())


def _main_tables(
    planned: Plan, folder: Folder, form: str, varied: tuple[Column, ...]
) -> tuple[dict[str, int], Statistics]:
    criteria = dict.fromkeys(
        leaf for source in planned.sources for leaf in source.scenario.criteria.leaves
    )
    statistics = Statistics(planned.sources)
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(_table(folder, _marked(planned, layout), form))
            for name, layout in layouts(varied, criteria).items()
        }
        for row in _cases(planned, folder):
            statistics.add(row)
            first = {"case": row["case"], **_named(row["varied"]), **_caution(row)}
            for name, table in tables.items():
                below = [row[name]] if name == "summary" else row[name]
                table.take({**first, **one} for one in below)
    return {f"{name}.{form}": table.rows for name, table in tables.items()}, statistics


def _marked(planned: Plan, layout: Layout) -> Layout:
    """Return a table that also says what only some cases have.

    How often the budget is passed, where prices or days are ranges; levels, where programmes have
    some; which weights were changed once fixed, where any are fixed.
    """
    of = [source.scenario for source in planned.sources]
    over = OVER_BUDGET if layout.name == "summary" and any(one.has_ranges for one in of) else ()
    fixed = (WEIGHTS_CHANGED,) if any(one.frozen for one in of) else ()
    with_levels = layout.name in LEVELLED and any(one.has_levels for one in of)
    levels = (LEVEL,) if with_levels else ()
    return replace(layout, columns=(*layout.columns, *levels, *over, *fixed))


def _caution(case: FrameRow) -> FrameRow:
    return {WEIGHTS_CHANGED.key: case["summary"].get(WEIGHTS_CHANGED.key)}


class _Table:
    """A table that is written some rows at a time."""

    def __init__(self, write: Callable[[list[FrameRow]], object]) -> None:
        self.rows, self._write, self._held = 0, write, list[FrameRow]()

    def take(self, rows: Iterable[FrameRow]) -> None:
        """Write more rows, when there are enough of them."""
        for row in rows:
            self._held.append(row)
            if len(self._held) >= ROWS_AT_ONCE:
                self.flush()

    def flush(self) -> None:
        """Write what is held."""
        if self._held:
            self._write(self._held)
        self.rows += len(self._held)
        self._held = []


@contextmanager
def _table(folder: Folder, layout: Layout, form: str) -> Iterator[_Table]:
    """Write a table; its file takes its name when all is well."""
    write = {"csv": _csv, "parquet": _parquet}[form]
    with folder.part(f"{layout.name}.{form}") as path, write(layout, path) as written:
        table = _Table(written)
        yield table
        table.flush()


@contextmanager
def _csv(layout: Layout, path: Path) -> Iterator[Callable[[list[FrameRow]], object]]:
    """Write rows as CSV, whose texts no spreadsheet takes for a formula."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(map(literal, layout.headings))
        yield lambda rows: lines.writerows(map(literal, layout.cells(row)) for row in rows)


@contextmanager
def _parquet(layout: Layout, path: Path) -> Iterator[Callable[[list[FrameRow]], object]]:
    """Write rows as Parquet, those that come together as a group."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.Schema.from_pandas(frame(layout, []), preserve_index=False)
    with parquet.ParquetWriter(path, schema) as file:
        yield lambda rows: file.write_table(
            pa.Table.from_pandas(frame(layout, rows), schema=schema, preserve_index=False)
        )
