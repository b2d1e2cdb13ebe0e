"""What is shown, as a file: a table as CSV or Markdown, the screen as a picture, the paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from textual.content import Content

from partnerselect.errors import FailureError
from partnerselect.tui.charts.words import MUTED, plain

if TYPE_CHECKING:
    from textual.app import App

    from partnerselect.tables import Table

FORMS = {
    ".csv": "table for a spreadsheet",
    ".md": "table in Markdown",
    ".svg": "picture of the screen",
}


_FONT = re.compile(r"@font-face\s*{[^}]*}\s*")
_MAKER = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def screen_picture(app: App[Any]) -> str:
    """Return the screen as SVG that asks nothing of another host; Textual's names a font's."""
    return _MAKER.sub("", _FONT.sub("", app.export_screenshot()))


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
    from partnerselect.files import write_whole
    from partnerselect.report import csv_text, table_text

    suffix = path.suffix.lower()
    if suffix == ".svg" or export.table is None:
        write_whole(path, export.picture)
    else:
        write_whole(
            path, csv_text(export.table()) if suffix == ".csv" else table_text(export.table())
        )


WAITING, WRITING, WRITTEN, DROPPED = "waiting", "being written …", "written", "dropped"


class PaperFile:
    """A file that the paper goes to: written whole or dropped, never both, whichever came first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.state = WAITING
        self._turning = Lock()

    @property
    def words(self) -> Content:
        """What became of it."""
        glyph, style = {WRITTEN: ("✓", "$chosen"), DROPPED: ("–", "bold $tight")}.get(
            self.state, ("…", MUTED) if self.state in {WAITING, WRITING} else ("✗", "bold $error")
        )
        told = WRITING if self.state == WAITING else self.state
        if self.state == DROPPED:
            told = f"{DROPPED}: escape was pressed; nothing was written there"
        return Content.assemble((f"{glyph} ", style), plain(str(self._path)), (f": {told}", style))

    def write(self, material: Any) -> bool:  # noqa: ANN401 - its type is imported in the worker
        """Make the paper in the form that its name asks for, and write it unless it was dropped."""
        from partnerselect.files import write_whole
        from partnerselect.report import maker_of, suffix_of

        content = maker_of(suffix_of(self._path.name))(material)
        if not self._turn(WAITING, WRITING):
            return False
        try:
            write_whole(self._path, content)
        except OSError as error:
            told = f"{self._path} could not be written ({error.strerror}); nothing is left there"
            raise FailureError(told) from error
        return self._turn(WRITING, WRITTEN)

    def drop(self) -> bool:
        """Write it no more; tell whether there was still time."""
        return self._turn(WAITING, DROPPED)

    def fail(self, why: str) -> None:
        """Take note of why it was not written."""
        self.state = f"not written: {plain(why)}"

    def _turn(self, before: str, after: str) -> bool:
        with self._turning:
            is_turned = self.state == before
            self.state = after if is_turned else self.state
        return is_turned
