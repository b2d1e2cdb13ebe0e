"""One table, four ways: for a terminal, as JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from partnerselect.wording import visible

Command = TypeVar("Command", bound=Callable[..., Any])
FORMATS = ("table", "json", "csv", "markdown")
UNSEEN_WIDTH = 160
"""Columns where the output is no terminal and `COLUMNS` says nothing."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Table:
    """Rows under headings; a cell is text, a number, or None for nothing."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]
    note: str = ""


def put(text: str, *, nl: bool = True, color: bool | None = None) -> None:
    """Print on standard output; end quietly with 0 where nobody reads on (`| head`)."""
    try:
        click.echo(text, nl=nl, color=color)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains of what is left to print when it ends
        sys.exit(0)


def format_option(command: Command) -> Command:
    """Add `--format`."""
    return click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print.")(command)


def print_json(value: Any) -> None:  # noqa: ANN401 - any plain data
    """Print plain data as JSON, readable and stable."""
    put(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def print_csv(table: Table) -> None:
    """Print a table as CSV; text that a spreadsheet would take for a formula gets an apostrophe in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([[_literal(cell) for cell in row] for row in table.rows])
    put(buffer.getvalue(), nl=False)


def _literal(cell: str | float | None) -> str | float:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    text = f"'{cell}" if cell.startswith(FORMULA) else cell
    return text.replace("\r\n", "\n").replace("\r", "\n")  # csv leaves a lone carriage return unquoted, and readers break the row there


def one_table(flat: Sequence[Mapping[str, Any]]) -> Table:
    """Return the rows of all scenarios under one head, empty where one has no such column."""
    columns = tuple(dict.fromkeys(column for row in flat for column in row))
    return Table("", columns, tuple(tuple(row.get(column) for column in columns) for row in flat))


def print_markdown(table: Table) -> None:
    """Print a table as Markdown, the text in its cells taken literally, a note of several lines as a list."""
    put(f"### {_plain(table.title)}\n")
    put(f"| {' | '.join(_plain(column) for column in table.columns)} |")
    put(f"|{'|'.join(' ---: ' if _numeric(table, i) else ' --- ' for i in range(len(table.columns)))}|")
    for row in table.rows:
        put(f"| {' | '.join(_plain(_shown(cell)) for cell in row)} |")
    put(f"\n{_note(table.note)}\n" if table.note else "")


def _note(note: str) -> str:
    lines = [_plain(line) for line in note.split("\n") if line.strip()]
    return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)


def _plain(text: str) -> str:
    for mark in "\\`*_[]<>|#&~":
        text = text.replace(mark, f"\\{mark}")
    return visible(text).replace("\n", " ")


def _numeric(table: Table, column: int) -> bool:
    cells = [row[column] for row in table.rows if row[column] not in {None, ""}]
    return bool(cells) and all(isinstance(cell, int | float) or (isinstance(cell, str) and cell.lstrip("−£€$ ").replace(",", "").isdigit()) for cell in cells)


def _shown(cell: str | float | None) -> str:
    if cell is None:
        return ""
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)


def print_table(table: Table) -> None:
    """Print a table for a terminal: as wide as it is, or as wide as it needs where the output is not one."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else UNSEEN_WIDTH)
    grid = Grid(
        title=Text(visible(table.title)),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        caption=Text(visible(table.note)) if table.note else None,
        caption_justify="left",
    )
    for i, column in enumerate(table.columns):
        numeric = _numeric(table, i)
        grid.add_column(Text(column), justify="right" if numeric else "left", overflow="fold", no_wrap=numeric)
    for row in table.rows:
        grid.add_row(*(Text(visible(_shown(cell))) for cell in row))
    with console.capture() as printed:
        console.print(grid)
    put(printed.get(), nl=False, color=True)  # rich has decided


PRINTERS: dict[str, Callable[[Table], None]] = {"table": print_table, "csv": print_csv, "markdown": print_markdown}


def print_tables(tables: Sequence[Table], form: str) -> None:
    """Print tables one after the other."""
    for table in tables:
        PRINTERS[form](table)
