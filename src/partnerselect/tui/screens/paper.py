"""View 9: what goes to the board?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect import report
from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.exports import WAITING, WRITING, PaperFile, ask_for_file
from partnerselect.tui.jobs import Failure
from partnerselect.tui.keys import key, unlisted_key
from partnerselect.tui.screens.view import STOPPED, View
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import COPIED, SheetView

if TYPE_CHECKING:
    from collections.abc import Callable

    from partnerselect.analysis import Analysis

    Compose = Callable[[Analysis], Any]

PAPER = "paper"
MOST_FILES = 4
"""Files of which it is said what became of them, the latest."""


class PaperView(View):
    """The board paper, and its export."""

    guide = """\
The paper as it will be written: key points and what is recommended first, then the analysis, \
risks, assurance and implications; below it the appendices, which are a file of their own.

[to be written: …] marks what only you can say: write it in the file under paper, and the page \
follows.

It can be written without its appendices to a file whose name you give: .md for Markdown, .html \
for a page, .docx for Word, .xlsx for the workbook. A file that exists is replaced only if you \
confirm it. The last lines say of every file whether it is being written, written, or dropped \
because you stopped it."""
    BINDINGS = [
        key("export", "export", "Write to a file", "Print: Markdown, a page, Word or the workbook"),
        key("next-part", "leap(1)", "Next part"),
        unlisted_key("previous-part", "leap(-1)", "Previous part"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._files: list[PaperFile] = []

    def body(self) -> tuple[Widget, ...]:
        """Return the page."""
        return SheetView(id="paper", title="Paper", chooses=False), Static(id="files", markup=False)

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the paper, and below it what becomes of every file asked for."""
        material = self.ask(PAPER, self._composer) if view_model.is_priced else None
        sheet = self.sheet("#paper")
        sheet.show(
            lambda width: (
                self._laid_out(material, width) if material else self.missing(PAPER, width)
            )
        )
        self._write_files(view_model)

    @property
    def _unsaved(self) -> tuple[str, ...]:
        """What is tried and not saved, which the paper says."""
        tried = self.shell.session.unsaved.get(self.shell.path)
        return tuple(map(str, tried.differences)) if tried else ()

    @property
    def _composer(self) -> Compose:
        """What composes the paper, whether to be read, copied or written."""
        return partial(_material, unsaved=self._unsaved)

    # its type is imported in the worker
    def _laid_out(self, material: Any, width: int) -> Sheet:  # noqa: ANN401
        """Return the paper at this width, laid out off the screen's thread."""
        name = (PAPER, width)
        return self.ask(name, lambda _: _sheet(material, width)) or self.missing(name, width)

    def action_leap(self, direction: int) -> None:
        """Scroll to the next heading, or back to the one before."""
        from partnerselect.tui.charts.paper import SECTION

        view = self.sheet("#paper")
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
        if self.view_model is not None:
            from partnerselect.report import PAPER_FORMATS, usual_suffix

            await self.app.push_screen(
                ask_for_file(
                    "Write the paper to which file?",
                    f"{self.shell.path.stem}{'-what-if' * bool(self._unsaved)}{usual_suffix()}",
                    {suffix: form.name for suffix, form in PAPER_FORMATS.items()},
                    self._export,
                )
            )

    def _export(self, out: Path) -> None:
        self._files.append(PaperFile(out))
        if self.view_model is not None:
            self.draw(self.view_model)

    def _write_files(self, view_model: ViewModel) -> None:
        """Have the files written that were asked for, and say what became of each."""
        for n, file in enumerate(self._files):
            name = ("file", n)
            if file.state in {WAITING, WRITING}:
                self.ask(name, partial(_write, view_model, file, self._composer))
            found = view_model.findings.get(name)
            if isinstance(found, Failure) and found is not STOPPED:
                file.fail(found.reason)
        told = [file.words for file in self._files[-MOST_FILES:]]
        self.query_one("#files", Static).update(Content("\n").join(told))

    def action_stop(self) -> None:
        """Drop the files not yet being written; else as in every view."""
        for n, file in enumerate(self._files):
            file.drop()
            if file.state == WRITING:
                self._open_questions.discard(("file", n))
        super().action_stop()
        if self.view_model is not None:
            self.draw(self.view_model)

    def action_copy(self) -> None:
        """Copy the whole paper."""
        material = self.ask(PAPER, self._composer)
        if material is None:
            self.notify("The paper is still being prepared.", timeout=3)
        else:
            self.copy(_sheet(material, COPIED[0]).text)


# its type is imported in the worker
def _material(analysis: Analysis, *, unsaved: tuple[str, ...]) -> Any:  # noqa: ANN401
    """Compose the paper, off the screen's thread."""
    material = report.Material(analysis, unsaved)
    _ = material.full
    return material


def _write(view_model: ViewModel, file: PaperFile, compose: Compose, analysis: Analysis) -> bool:
    """Write the paper, composed already or not, off the screen's thread."""
    from partnerselect.analysis import priced

    composed = view_model.findings.get(PAPER)
    if composed is None or isinstance(composed, Failure):
        composed = compose(analysis if view_model.is_priced else priced(analysis))
    return file.write(composed)


def _sheet(material: Any, width: int) -> Sheet:  # noqa: ANN401 - as above
    from partnerselect.tui.charts.paper import paper_sheet

    return paper_sheet(material.full, width)
