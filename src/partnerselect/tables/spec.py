"""A table as data: columns that say what they hold, and rows of the things themselves.

What draws one (`report.render`) words its cells; nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from partnerselect.model import Scenario
from partnerselect.value import weights_since_frozen
from partnerselect.words import FIGURES, Kind, Plain, reading


@dataclass(frozen=True)
class Span:
    """A run of text; one that is missing says what is still to be written."""

    text: str
    strong: bool = False
    missing: bool = False
    """Shown as *[to be written: text]* and listed by the checks."""

    @property
    def words(self) -> str:
        """What is read."""
        return f"[to be written: {self.text}]" if self.missing else self.text


Text = tuple[Span, ...]
MARK = "ILLUSTRATIVE FIGURES"
Cell = Plain | Text
Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A heading and what stands under it."""

    key: str
    """Its name in rows, and in files that programs read."""
    title: str | None = None
    """Its heading; the key where there is none, nothing where it is empty."""
    kind: Kind = "text"
    short: str = ""
    """Its heading where there is little room."""
    unit: str = ""
    """The currency of money."""
    width: int = 14
    """Characters, in a workbook."""
    bar: bool = False
    """Whether a workbook draws a bar in its cells."""
    about: str = ""
    """What it holds, in which unit, and when it is empty: for those who read it by a program."""

    @property
    def heading(self) -> str:
        """What stands over it."""
        return self.key if self.title is None else self.title

    @property
    def is_figure(self) -> bool:
        """Whether it is set to the right."""
        return self.kind in FIGURES

    def reading(self, cell: Cell) -> str:
        """Word one of its cells, without emphasis."""
        if isinstance(cell, tuple):
            return "".join(span.words for span in cell)
        return reading(cell, self.kind, self.unit)

    def text(self, cell: Cell) -> Text:
        """Word one of its cells."""
        return cell if isinstance(cell, tuple) else (Span(self.reading(cell)),)


def data_column(key: str, about: str, kind: Kind = "text") -> Column:
    """Return a column that only programs read: it is called by its key, and says what it holds."""
    return Column(key, kind=kind, about=about)


@dataclass(frozen=True)
class Table:
    """Rows under headings, with a cell for each column."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    """What a reader should know; a sentence a line."""
    illustrative: bool = False
    """Whether its figures are made up, which every form says."""
    sources: tuple[str, ...] = ()
    """Paths in the YAML (`limits.budget`) or computed tables (`table: frontier`)."""
    caution: str = ""
    """Which weights were changed once fixed, which every form says too."""
    totals: int = 0
    """How many of its last rows are totals, which stand out."""

    @property
    def heading(self) -> str:
        """Its title, marked where its figures are made up or weights changed."""
        marks = (self.title, MARK if self.illustrative else "", self.caution)
        return " · ".join(one for one in marks if one)

    def texts(self) -> tuple[tuple[Text, ...], ...]:
        """Word every cell, row by row."""
        first = len(self.rows) - self.totals
        return tuple(
            tuple(
                _strong(text) if n >= first else text
                for text in map(Column.text, self.columns, row)
            )
            for n, row in enumerate(self.rows)
        )


def without_empty(whole: Table) -> Table:
    """Return a table without the columns in which nothing stands; as it is where it has no rows."""
    if not whole.rows:
        return whole
    kept = [
        n
        for n, column in enumerate(whole.columns)
        if any(column.reading(row[n]) for row in whole.rows)
    ]
    return replace(
        whole,
        columns=tuple(whole.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in whole.rows),
    )


def _strong(text: Text) -> Text:
    return tuple(Span(span.text, strong=True, missing=span.missing) for span in text)


PROGRAMME = Column("programme", "Programme", width=38)
PARTNER = Column("partner", "Partner", width=38)
VALUE = Column("value", "Value", "number")
OWN_COST = Column("own_cost", "Cost to us", "money")
PROGRAMME_ID = data_column("programme", "The programme's id.")
PARTNER_ID = data_column("partner", "The partner's id.")
IN_WORDS = Column("words", "In words", width=90)


class Marked(Protocol):
    """What a table is about: a scenario, whose figures may be made up."""

    @property
    def illustrative(self) -> bool: ...  # noqa: D102 - as of a scenario


def table(  # noqa: PLR0913 - what a table is made of
    of: Marked,
    id: str,  # noqa: A002 - as the table has it
    title: str,
    columns: Iterable[Column],
    rows: Iterable[Row],
    *,
    note: str = "",
    sources: tuple[str, ...] = (),
    totals: int = 0,
) -> Table:
    """Return a table of rows that hold a cell for each column by its key.

    What a row does not hold is an empty cell. Amounts are in the currency of what it is about.
    """
    columns = priced(columns, getattr(of, "currency", ""))
    cells = tuple(tuple(row.get(column.key) for column in columns) for row in rows)
    caution = weights_since_frozen(of) if isinstance(of, Scenario) else ""
    return Table(id, title, columns, cells, note, of.illustrative, sources, caution, totals)


def sentences(
    of: Marked,
    id: str,  # noqa: A002 - as the table has it
    title: str,
    told: Iterable[str],
    none: str = "",
) -> Table:
    """Return sentences as a table of one column; `none` says that there are none."""
    rows = [{"words": one} for one in told]
    return table(of, id, title, (IN_WORDS,), rows, note="" if rows else none)


def priced(columns: Iterable[Column], currency: str) -> tuple[Column, ...]:
    """Return columns with the currency of their amounts."""
    return tuple(
        replace(column, unit=column.unit or currency) if column.kind == "money" else column
        for column in columns
    )
