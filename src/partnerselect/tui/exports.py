"""What is shown, as a file: a table as CSV or Markdown, the screen as a picture, the paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from textual.content import Content

from partnerselect import files, report
from partnerselect.errors import FailureError
from partnerselect.tui.charts.words import MUTED, plain
from partnerselect.tui.dialogs import TypeScreen
from partnerselect.words import how_to_install

if TYPE_CHECKING:
    from textual.app import App

    from partnerselect.tables import Table

PICTURE, IMAGE = ".svg", ".png"
PICTURES = {PICTURE: "picture of the screen", IMAGE: "the same as an image"}
FORMS = {".csv": "table for a spreadsheet", ".md": "table in Markdown", **PICTURES}
NO_IMAGE = f"an SVG needs nothing more; for a PNG, {how_to_install('paper')}"
FONTS = ("DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSansMono-Oblique", "DejaVuSans")
"""Files of the fonts that Matplotlib brings: the last has the dots that lines are drawn with."""
_FONT = re.compile(r"@font-face\s*{[^}]*}\s*")
_MAKER = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def screen_picture(app: App[Any]) -> str:
    """Return the screen as SVG that asks nothing of another host; Textual's names a font's."""
    return _MAKER.sub("", _FONT.sub("", app.export_screenshot()))


def png(picture: str) -> bytes:
    """Return an SVG picture as an image, with no font but those that come with Matplotlib.

    Raises:
        OSError: what draws it is not installed.
    """
    try:
        import resvg_py
        from matplotlib import get_data_path
    except ImportError as error:
        raise OSError(NO_IMAGE) from error
    folder = Path(get_data_path()) / "fonts" / "ttf"
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=picture,
            skip_system_fonts=True,
            font_files=[str(folder / f"{name}.ttf") for name in FONTS],
            font_family="DejaVu Sans Mono",
            monospace_family="DejaVu Sans Mono",
        )
    )


def write_export(path: Path, table: Table | None, picture: str) -> None:
    """Write a table or a picture, whole or not at all; raises OSError where it cannot be."""
    suffix = path.suffix.lower()
    if suffix == IMAGE:
        files.write_whole(path, png(picture))
    elif table is None or suffix == PICTURE:
        files.write_whole(path, picture)
    else:
        files.write_whole(
            path, report.csv_text(table) if suffix == ".csv" else report.table_text(table)
        )


def ask_for_file(
    asked: str, name: str, forms: Mapping[str, str], write: Callable[[Path], object]
) -> TypeScreen:
    """Return a dialog that asks where to write, and has it written there.

    A file that is there is replaced only where that is asked once more.

    Args:
        asked: what is to be written.
        name: the file that is suggested.
        forms: what each ending of a name stands for.
        write: writes the file, or raises OSError.
    """
    agreed: set[Path] = set()

    def objection(text: str) -> str:
        path = Path(text.strip()).expanduser()
        if path.suffix.lower() not in forms:
            return f"Its ending must be one of {', '.join(forms)}."
        if not path.parent.is_dir():
            return f"There is no folder {path.parent}."
        if path.exists() and path not in agreed:
            agreed.add(path)
            return f"{path} exists already. Write it again to replace it; another name keeps it."
        try:
            write(path)
        except OSError as error:
            return f"It could not be written: {error.strerror or error}."
        return ""

    told = ", ".join(f"{suffix} {form}".strip() for suffix, form in forms.items())
    hint = f"Its ending says in which form: {told}. In {Path.cwd()} unless another folder is named."
    return TypeScreen(asked, name, hint=hint, objection=objection, accepts="Write")


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
            told = f"{DROPPED}: it was stopped; nothing was written there"
        return Content.assemble((f"{glyph} ", style), plain(str(self._path)), (f": {told}", style))

    def write(self, material: Any) -> bool:  # noqa: ANN401 - its type is imported in the worker
        """Make the paper in the form that its name asks for, and write it unless it was dropped."""
        content = report.maker_of(report.suffix_of(self._path.name))(material)
        if not self._turn(WAITING, WRITING):
            return False
        try:
            files.write_whole(self._path, content)
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
