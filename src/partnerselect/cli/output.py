"""What a command prints: tables for a terminal, CSV, Markdown, or JSON."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import click

from partnerselect import report as reports, rows as numbers, tables as layouts
from partnerselect.cli.streams import put
from partnerselect.model import Scenario
from partnerselect.rows import Row
from partnerselect.tables import Column, Table
from partnerselect.value import weights_since_frozen
from partnerselect.words import json_text, visible

FORMATS = ("table", "json", "jsonl", "csv", "markdown")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
UNSEEN_WIDTH = 160
"""Columns where the output is no terminal and `COLUMNS` says nothing."""
BYTE_ORDER_MARK = "\ufeff"
Command = Callable[..., Any]


@dataclass(frozen=True)
class Part:
    """One of the tables of an answer: its rows for programs, and how it is read."""

    rows: Callable[[], Sequence[Row]]
    tables: Callable[[], Iterable[Table]]


@dataclass
class Output:
    """Prints in the form asked for: tables at once, JSON and CSV when all scenarios are there."""

    form: str
    is_many: bool = False
    """Whether several scenarios are asked for: then their JSON is an array."""
    table: str | None = None
    """The one table asked for."""
    excel: bool = False
    """Whether CSV begins with the mark by which a spreadsheet knows its encoding."""
    _reports: list[Any] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)
    _columns: dict[str, Column] = field(default_factory=dict)

    def add(
        self,
        scenario: Scenario,
        report: Callable[[], Any],
        tables: Callable[[], Iterable[Table]],
        parts: Mapping[str, Part],
    ) -> None:
        """Add the answer of a scenario, of which only what is printed is made.

        Args:
            scenario: what it is of.
            report: makes it as JSON.
            tables: makes what a person reads where no table is asked for.
            parts: the tables that may be asked for; CSV has the first where none is.
        """
        if self.form in {"json", "jsonl"}:
            self._reports.append(report())
        elif self.form == "csv":
            name = self.table or next(iter(parts))
            rows = parts[name].rows()
            first = {"scenario": scenario.id}
            last: Row = {"illustrative": scenario.illustrative}
            if changed := weights_since_frozen(scenario):
                last[layouts.WEIGHTS_CHANGED.key] = changed
            self._rows += [{**first, **row, **last} for row in rows]
            self._columns |= {
                column.key: column for column in layouts.flat_layout(name, rows).columns
            }
        else:
            self.print(parts[self.table].tables() if self.table else tables())

    def show(
        self,
        report: Any,  # noqa: ANN401 - plain data
        tables: Iterable[Table],
        parts: Mapping[str, Part],
    ) -> None:
        """Print what belongs to no scenario: JSON, the table asked for, or all of them.

        Args:
            report: what it is as JSON.
            tables: what a person reads where no table is asked for.
            parts: the tables that may be asked for; CSV has the first where none is.
        """
        name = self.table or next(iter(parts))
        if self.form in {"json", "jsonl"}:
            self.print_json([report])
        elif self.form == "csv":
            layout = layouts.Layout(name, layouts.FLAT_RECORDED[name])
            cells = tuple(tuple(layout.cells(row)) for row in parts[name].rows())
            self.print([Table("", "", layout.columns, cells)])
        else:
            self.print(parts[name].tables() if self.table else tables)

    def end(self) -> None:
        """Print what has been kept."""
        if self._reports:
            self.print_json(self._reports)
        if self._columns:
            is_changed = any(layouts.WEIGHTS_CHANGED.key in row for row in self._rows)
            marks = (Column("illustrative"), *([layouts.WEIGHTS_CHANGED] * is_changed))
            columns = (Column("scenario"), *self._columns.values(), *marks)
            keys = [column.key for column in columns]
            cells = tuple(
                tuple(row.get(key) for key in keys) for row in numbers.rounded(self._rows)
            )
            self.print([Table("", "", columns, cells)])

    def print_json(self, reports: list[Any], *, as_array: bool = False) -> None:
        """Print reports as JSON: one by itself, several as an array, or each on a line."""
        if self.form == "jsonl":
            for one in reports:
                _put_json(json_text(one, indent=None))
        else:
            _put_json(json_text(reports if self.is_many or as_array else reports[0]))

    def print(self, tables: Iterable[Table]) -> None:
        """Print tables one after the other."""
        for table in tables:
            if self.form == "table":
                _print_table(table)
            elif self.form == "csv":
                put((BYTE_ORDER_MARK if self.excel else "") + reports.csv_text(table), nl=False)
            else:
                put(reports.table_text(table), nl=False)


def output_options(*tables: str) -> Callable[[Command], Command]:
    """Add `--format`, `--excel` and, where tables may be chosen among, `--table`."""

    def with_options(function: Command) -> Command:
        @wraps(function)
        def called(
            form: str,
            table: str | None = None,
            *,
            excel: bool,
            **others: Any,  # noqa: ANN401 - whatever the command asks for
        ) -> None:
            if table and form.startswith("json"):
                raise click.UsageError("--table chooses what CSV and Markdown hold; JSON has all.")
            if excel and form != "csv":
                raise click.UsageError("--excel is for --format csv.")
            is_many = len(others.get("scenarios", ())) > 1
            output = Output(form, is_many, table, excel)
            function(output=output, **others)
            output.end()

        command: Command = called
        for option in reversed(_options(tables)):
            command = option(command)
        return command

    return with_options


def _options(tables: tuple[str, ...]) -> list[Callable[[Command], Command]]:
    found: list[Callable[[Command], Command]] = [
        click.option(
            "--format",
            "form",
            type=click.Choice(FORMATS),
            default="table",
            show_default=True,
            help="Output format.",
        ),
        click.option(
            "--excel", is_flag=True, help="Begin CSV with the mark by which Excel reads UTF-8."
        ),
    ]
    if tables:
        table = click.option(
            "--table", type=click.Choice(tables), help=f"Only this; CSV: {tables[0]} if not said."
        )
        found.insert(1, table)
    return found


def _put_json(text: str) -> None:
    """Print JSON, readable and stable; whole in an encoding of few letters too."""
    encoding = sys.stdout.encoding or "utf-8"
    if not encoding.lower().startswith("utf"):
        text = NOT_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
    put(text)


def _print_table(table: Table) -> None:
    """Print a table as wide as the terminal, or as it needs where the output is none.

    Row by row where that is too narrow for columns; sentences one below the other.
    """
    from rich.console import Console

    from partnerselect.report import blocks, fits, grid

    if [column.key for column in table.columns] == ["words"]:
        lines = [table.heading, "", *(str(row[0]) for row in table.rows), *table.note.split("\n")]
        put(visible("\n".join(lines).rstrip("\n")) + "\n")
        return
    stated = os.environ.get("COLUMNS", "")
    is_known = sys.stdout.isatty() or (stated.isascii() and stated.isdigit())
    console = Console(
        highlight=False, markup=False, emoji=False, width=None if is_known else UNSEEN_WIDTH
    )
    if console.width < 1:  # as some runners state it
        console.width = shutil.get_terminal_size((UNSEEN_WIDTH, 1)).columns
    with console.capture() as printed:
        console.print(grid(table) if fits(table, console.width) else blocks(table))
    put(printed.get(), nl=False, color=True)  # rich has decided
