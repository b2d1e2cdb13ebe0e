"""Tables written row by row, as CSV or Parquet: nothing is held but what is being written."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

from partnerselect.batch.folder import Folder
from partnerselect.errors import input_error
from partnerselect.tables.frames import Layout, Row, cell, frame, literal

NUMBERS = frozenset({float, int, bool, type(None)})
"""What needs no second look: most cells."""
ROWS_AT_ONCE = 5_000
"""Rows of a Parquet file that are compressed together."""


class Table(Protocol):
    """A table that takes one row after the other."""

    rows: int

    def add(self, row: Row) -> None:
        """Write one more row."""


class CsvTable:
    """A table as CSV, whose texts no spreadsheet takes for a formula."""

    # anything csv can write to
    def __init__(self, keys: Iterable[str], stream: Any) -> None:  # noqa: ANN401
        self._keys, self.rows = tuple(keys), 0
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow([literal(key) for key in self._keys])

    def add(self, row: Row) -> None:
        """Write one more row."""
        held = map(row.get, self._keys)
        self._writer.writerow(
            [value if value.__class__ in NUMBERS else literal(cell(value)) for value in held]
        )
        self.rows += 1


class ParquetTable:
    """A table as Parquet, in groups of rows."""

    def __init__(self, layout: Layout, path: Path) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        self._layout, self._waiting, self.rows = layout, [], 0  # type: ignore[var-annotated]
        self._schema = pa.Schema.from_pandas(frame(layout, []), preserve_index=False)
        self._writer = parquet.ParquetWriter(path, self._schema)

    def add(self, row: Row) -> None:
        """Keep a row until there are enough to write."""
        self._waiting.append(row)
        self.rows += 1
        if len(self._waiting) >= ROWS_AT_ONCE:
            self._write()

    def close(self) -> None:
        """Write what is left."""
        if self._waiting:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        import pyarrow as pa

        self._writer.write_table(
            pa.Table.from_pandas(
                frame(self._layout, self._waiting), schema=self._schema, preserve_index=False
            )
        )
        self._waiting.clear()


@contextmanager
def csv_table(folder: Folder, name: str, keys: Iterable[str]) -> Iterator[Table]:
    """Write a CSV file; it takes its name when all is well."""
    with (
        folder.part(f"{name}.csv") as path,
        path.open("w", encoding="utf-8", newline="") as stream,
    ):
        yield CsvTable(keys, stream)


def csv_layout(folder: Folder, layout: Layout) -> AbstractContextManager[Table]:
    """Write a layout's rows as CSV."""
    return csv_table(folder, layout.name, layout.headings)


@contextmanager
def parquet_table(folder: Folder, layout: Layout) -> Iterator[Table]:
    """Write a Parquet file; it takes its name when all is well."""
    with folder.part(f"{layout.name}.parquet") as path:
        table = ParquetTable(layout, path)
        yield table
        table.close()


def require(form: str) -> None:
    """See that tables can be written in a format; raise InputError where a library is missing."""
    if form != "parquet":
        return
    try:
        import pyarrow as pa  # noqa: F401 - only whether it is there
    except ImportError:
        raise input_error(
            "--data parquet needs pyarrow; install it with: pip install 'partnerselect[parquet]'"
        ) from None


def hashed(path: Path) -> str:
    """Return the hash of a file's content, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
