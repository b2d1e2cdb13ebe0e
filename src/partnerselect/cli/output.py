"""One table, four ways: for a terminal, as JSON, CSV or Markdown."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from partnerselect.cli.streams import put
from partnerselect.report.render.delimited import csv_text
from partnerselect.report.render.markdown import table_text
from partnerselect.tables import Column, Table
from partnerselect.words.literal import json_text

Command = TypeVar("Command", bound=Callable[..., Any])
FORMATS = ("table", "json", "csv", "markdown")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
UNSEEN_WIDTH = 160
"""Columns where the output is no terminal and `COLUMNS` says nothing."""


def format_option(command: Command) -> Command:
    """Add `--format`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print.",
    )(command)


def print_json(value: Any) -> None:  # noqa: ANN401 - any plain data
    """Print plain data as JSON, readable and stable; whole in an encoding of few letters too."""
    text, encoding = json_text(value), sys.stdout.encoding or "utf-8"
    put(text if encoding.lower().startswith("utf") else NOT_ASCII.sub(_escaped, text))


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def print_csv(table: Table) -> None:
    """Print a table as CSV; text that a spreadsheet would take for a formula gets an apostrophe in front."""
    put(csv_text(table), nl=False)


def one_table(flat: Sequence[Mapping[str, Any]]) -> Table:
    """Return the rows of all scenarios under one head, empty where one has no such column."""
    columns = tuple(dict.fromkeys(column for row in flat for column in row))
    cells = tuple(tuple(row.get(column) for column in columns) for row in flat)
    return Table("", "", tuple(map(Column, columns)), cells)


def print_markdown(table: Table) -> None:
    """Print a table as Markdown, the text in its cells taken literally, a note of several lines as a list."""
    put(table_text(table), nl=False)


def print_table(table: Table) -> None:
    """Print a table for a terminal: as wide as it is, or as wide as it needs where the output is not one; row by row where it is too narrow for columns."""
    from rich.console import Console

    from partnerselect.report.render.terminal import blocks, fits, grid

    console = Console(
        highlight=False,
        markup=False,
        emoji=False,
        width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else UNSEEN_WIDTH,
    )
    with console.capture() as printed:
        console.print(grid(table) if fits(table, console.width) else blocks(table))
    put(printed.get(), nl=False, color=True)  # rich has decided


PRINTERS: dict[str, Callable[[Table], None]] = {
    "table": print_table,
    "csv": print_csv,
    "markdown": print_markdown,
}


def print_tables(tables: Sequence[Table], form: str) -> None:
    """Print tables one after the other."""
    for table in tables:
        PRINTERS[form](table)
