"""View 9: what goes to the board?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from partnerselect.tui.analyst import Trouble
from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.picture import Picture
from partnerselect.tui.screens.anywhere import COPIED
from partnerselect.tui.screens.paper_file import PaperFileScreen
from partnerselect.tui.screens.view import View
from partnerselect.tui.widgets.masthead import Masthead
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis

PAPER = "paper"
Written = tuple[str, Path, int]


class PaperView(View):
    """The board paper, and its export."""

    question = "What goes to the board?"
    guide = """\
The whole paper, in the words in which it will be written: key points first, then the recommendation, the analysis, risks, assurance, \
implications and appendices. Arrow keys and page up and down move through it, n and p from heading to heading.

[to be written: …] marks what only you can say: write it in the file under paper, and the page follows.

x writes the paper to a file whose name you give: .md for Markdown, .html for a page, .docx for Word, .xlsx for the workbook. A file that \
is there already is replaced only if you say so. Nothing else is written."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "export", "Write to a file"),
        Binding("n", "leap(1)", "Next heading"),
        Binding("p", "leap(-1)", "Last heading", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._writing: Written | None = None
        self._written = 0
        self._named: Path | None = None
        """Where to write the paper once it is worked out."""

    def body(self) -> tuple[Widget, ...]:
        """Return the page."""
        return (SheetView(id="paper", chooses=False),)

    def draw(self, picture: Picture) -> None:
        """Lay out the paper, and tell what became of a file being written."""
        material = self.ask(PAPER, _material) if picture.is_priced else None
        sheet = self.query_one("#paper", SheetView)
        sheet.show(
            lambda width: (
                self._laid_out(material, width) if material else self.missing(PAPER, width)
            )
        )
        self._write_what_was_named()
        self._tell_written(picture)

    # its type is imported in the worker
    def _laid_out(self, material: Any, width: int) -> Sheet:  # noqa: ANN401
        """Return the paper at this width, laid out off the screen's thread."""
        name = (PAPER, width)
        return self.ask(name, lambda _: _sheet(material, width)) or self.missing(name, width)

    def _tell_written(self, picture: Picture) -> None:
        name = self._writing
        if name is None or name not in picture.findings:
            return
        self._writing = None
        found = picture.findings[name]
        failed = isinstance(found, Trouble)
        told = found.failure if failed else f"Written: {name[1]}"
        self.notify(
            told,
            severity="error" if failed else "information",
            timeout=8 if failed else 4,
            markup=False,
        )

    def action_leap(self, direction: int) -> None:
        """Scroll to the next heading, or back to the one before."""
        from partnerselect.tui.charts.paper import SECTION

        view = self.query_one("#paper", SheetView)
        at, headings = 0, [0]
        for item in view.sheet.items:
            headings += [at] if item.key.startswith(SECTION) else []
            at += len(item.lines)
        here = view.scroll_offset.y
        ahead = [y for y in headings if (y > here if direction > 0 else y < here)]
        if ahead:
            view.scroll_to(y=min(ahead) if direction > 0 else max(ahead), animate=False)

    async def action_export(self) -> None:
        """Ask for a name, and write the paper there."""
        if self.picture is not None:
            await self.app.push_screen(
                PaperFileScreen(Path.cwd(), f"{self.shell.path.stem}.md"), self._export
            )

    def _export(self, out: Path | None) -> None:
        self._named = out
        if not self._write_what_was_named():
            self.notify(
                "The paper is still being worked out; it is written as soon as it is.",
                timeout=4,
                markup=False,
            )

    def _write_what_was_named(self) -> bool:
        """Have the paper written where that was asked for.

        Tell whether nothing is left to be written.
        """
        out, material = (
            self._named,
            self.ask(PAPER, _material)
            if self._named and self.picture and self.picture.is_priced
            else None,
        )
        if out is None or material is None:
            return out is None
        self._named = None
        self._written += 1
        self._writing = ("written", out, self._written)
        self.ask(self._writing, lambda _: _write(material, out))
        return True

    def action_copy(self) -> None:
        """Copy the whole paper."""
        material = self.ask(PAPER, _material)
        if material is None:
            self.notify("The paper is still being worked out.", timeout=3, markup=False)
        else:
            self.app.copy_to_clipboard(
                f"{self.query_one(Masthead).text}\n\n{_sheet(material, COPIED).text}\n"
            )
            self.notify("Copied. Paste it wherever you write.", timeout=3, markup=False)


def _material(analysis: Analysis) -> Any:  # noqa: ANN401 - its type is imported in the worker
    """Compose the paper, off the screen's thread."""
    from partnerselect.report.paper.editions import Material

    material = Material(analysis)
    _ = material.content
    return material


def _sheet(material: Any, width: int) -> Sheet:  # noqa: ANN401 - as above
    from partnerselect.tui.charts.paper import paper_sheet

    return paper_sheet(material.content, width)


def _write(material: Any, out: Path) -> bool:  # noqa: ANN401 - as above
    from partnerselect.errors import FailureError
    from partnerselect.files.writing import write_whole
    from partnerselect.report.paper.editions import edition_of, maker_of

    content = maker_of(edition_of(out.name))(material)
    try:
        write_whole(out, content)
    except OSError as error:
        raise FailureError(
            f"{out} could not be written ({error.strerror}); nothing is left behind there"
        ) from error
    return True
