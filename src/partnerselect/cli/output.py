"""What a command prints: tables for a terminal, CSV, Markdown, or JSON."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import click

from partnerselect.cli.streams import put
from partnerselect.model import Scenario
from partnerselect.report import csv_text, table_text
from partnerselect.rows import Row, rounded
from partnerselect.tables import Column, Table
from partnerselect.words import json_text, visible

FORMATS = ("table", "json", "csv", "markdown")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
UNSEEN_WIDTH = 160
"""Columns where the output is no terminal and `COLUMNS` says nothing."""
Command = Callable[..., Any]


@dataclass
class Output:
    """Prints in the form asked for: tables at once, JSON and CSV when all scenarios are there."""

    form: str
    is_many: bool = False
    """Whether several scenarios are asked for: then their JSON is an array."""
    _reports: list[Any] = field(default_factory=list)
    _rows: list[Row] = field(default_factory=list)

    def add(
        self,
        scenario: Scenario,
        *,
        report: Callable[[], Any],
        rows: Callable[[], Iterable[Mapping[str, Any]]],
        tables: Callable[[], Iterable[Table]],
    ) -> None:
        """Add the answer of a scenario, of which only what is printed is made."""
        if self.form == "json":
            self._reports.append(report())
        elif self.form == "csv":
            first, last = {"scenario": scenario.id}, {"illustrative": scenario.illustrative}
            self._rows += [{**first, **row, **last} for row in rows()]
        else:
            self.print(tables())

    def end(self) -> None:
        """Print what has been kept."""
        if self._reports:
            print_json(self._reports if self.is_many else self._reports[0])
        if self._rows:
            self.print([_one_table(self._rows)])

    def print(self, tables: Iterable[Table]) -> None:
        """Print tables one after the other."""
        for table in tables:
            if self.form == "table":
                _print_table(table)
            else:
                put(csv_text(table) if self.form == "csv" else table_text(table), nl=False)


def format_option(function: Command) -> Command:
    """Add `--format`, and give the command an output in that form."""

    @wraps(function)
    def called(form: str, **others: Any) -> None:  # noqa: ANN401 - whatever the command asks for
        output = Output(form, is_many=len(others.get("scenarios", ())) > 1)
        function(output=output, **others)
        output.end()

    choice = click.Choice(FORMATS)
    return click.option(
        "--format", "form", type=choice, default="table", show_default=True, help="Output format."
    )(called)


def print_json(value: Any) -> None:  # noqa: ANN401 - any plain data
    """Print plain data as JSON, readable and stable; whole in an encoding of few letters too."""
    text, encoding = json_text(value), sys.stdout.encoding or "utf-8"
    if not encoding.lower().startswith("utf"):
        text = NOT_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
    put(text)


def _one_table(rows: Sequence[Row]) -> Table:
    """Return the rows of all scenarios under one head, empty where one has no such column."""
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    cells = tuple(tuple(row.get(column) for column in columns) for row in rounded(list(rows)))
    return Table("", "", tuple(map(Column, columns)), cells)


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
    is_known = sys.stdout.isatty() or "COLUMNS" in os.environ
    console = Console(
        highlight=False, markup=False, emoji=False, width=None if is_known else UNSEEN_WIDTH
    )
    with console.capture() as printed:
        console.print(grid(table) if fits(table, console.width) else blocks(table))
    put(printed.get(), nl=False, color=True)  # rich has decided
