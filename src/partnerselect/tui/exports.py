"""What is shown, as a file: the table as CSV or Markdown, the screen as a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerselect.tables import Table

FORMS = {
    ".csv": "table for a spreadsheet",
    ".md": "table in Markdown",
    ".svg": "picture of the screen",
}


@dataclass(frozen=True)
class Export:
    """What can be written."""

    table: Callable[[], Table] | None
    """None where a view has no table of its own."""
    picture: str
    """The screen as SVG, as it was before anybody was asked."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Endings of the files that it can be written to."""
        return tuple(suffix for suffix in FORMS if self.table is not None or suffix == ".svg")


def written(export: Export, path: Path) -> None:
    """Write the file, whole or not at all; raises OSError where it cannot be."""
    from partnerselect.files.writing import write_whole
    from partnerselect.report.render.delimited import csv_text
    from partnerselect.report.render.markdown import table_text

    suffix = path.suffix.lower()
    if suffix == ".svg" or export.table is None:
        write_whole(path, export.picture)
    else:
        write_whole(
            path, csv_text(export.table()) if suffix == ".csv" else table_text(export.table())
        )
