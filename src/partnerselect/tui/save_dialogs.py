"""What is asked before a what-if is saved, lost or resumed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from partnerselect.errors import PartnerselectError
from partnerselect.tui.autosave import Kept
from partnerselect.tui.screens.question import ChooseScreen, TypeScreen

if TYPE_CHECKING:
    from partnerselect.tui.shell import Shell
    from partnerselect.tui.what_if_session import WhatIfSession

SAVE, DISCARD, STAY, TAKE, WRITE = "save", "discard", "stay", "take", "write"


class SaveDialogs:
    """Asks on behalf of the app."""

    def __init__(self, shell: Shell) -> None:
        self._shell, self._session = shell, shell.session
        self._offered: set[Path] = set()

    # ── Taking up again ──

    async def offer(self, path: Path) -> None:
        """Offer changes kept from an earlier session, once for each file."""
        saved, path_now = self._session.files.saved, self._session.files.path
        if path in self._offered or path != path_now or saved is None:
            return
        self._offered.add(path)
        abandoned = self._session.autosave.abandoned(path)
        if abandoned and self._session.tried is None:
            from partnerselect.tui.what_if_session import WhatIfSession

            kept = abandoned[0]
            what_if = WhatIfSession.recovered(saved, kept.changes)
            told = [*(f"≠ {difference}" for difference in what_if.differences), *what_if.told]
            ways = {TAKE: "Resume", DISCARD: "Discard"}
            asked = ChooseScreen("You have an unsaved what-if", told, ways)
            await self._shell.push_screen(asked, lambda way: self._taken(path, kept, way))

    async def _taken(self, path: Path, kept: Kept, way: str | None) -> None:
        if way == TAKE and path == self._shell.path:
            self._session.resume(kept.changes)
            kept.discard()
            self._shell.tell_views()
        elif way == DISCARD:
            kept.discard()
            self._offered.discard(path)
            await self.offer(path)

    # ── Saving ──

    async def save(self, *, then_leave: bool = False) -> None:
        """Ask for a title and save what is tried as a scenario of its own."""
        what_if = self._session.what_if
        if what_if is None or not what_if.is_changed:
            self._shell.notify("Nothing is changed, so there is nothing to save.", timeout=4)
            return
        asked = TypeScreen(
            "Save as a scenario called",
            _title(what_if),
            hint=_hint(what_if, self._shell.path),
            objection=lambda text: "" if text.strip() else "A title is needed.",
        )
        await self._shell.push_screen(
            asked, lambda title: self._named(title, then_leave=then_leave)
        )

    async def _named(self, title: str | None, *, then_leave: bool) -> None:
        from partnerselect.files import file_name

        what_if = self._session.what_if
        if title is None or what_if is None:
            return
        path = self._shell.path.with_name(file_name(title, self._shell.path))
        if not path.exists():
            await self._write(path, title, then_leave=then_leave)
            return
        ways = {WRITE: "Replace it", STAY: "Choose another title"}
        asked = ChooseScreen(f"{path.name} exists already", ["Its content would be lost."], ways)
        await self._shell.push_screen(
            asked, lambda way: self._over(way, path, title, then_leave=then_leave)
        )

    async def _over(self, way: str | None, path: Path, title: str, *, then_leave: bool) -> None:
        if way == WRITE:
            await self._write(path, title, then_leave=then_leave)
        elif way == STAY:
            await self.save(then_leave=then_leave)

    async def _write(self, path: Path, title: str, *, then_leave: bool) -> None:
        what_if = self._session.what_if
        if what_if is None:
            return
        try:
            write_variant(what_if, title.strip(), self._shell.path, path)
        except (OSError, PartnerselectError) as error:
            told = error.strerror if isinstance(error, OSError) else str(error)
            self._shell.notify(
                f"{path.name} could not be written: {told}. Your changes are still here.",
                severity="error",
                timeout=10,
            )
            return
        self._session.discard(self._shell.path)
        if then_leave:
            self._shell.exit()
            return
        self._shell.notify(f"Saved as {path.name}, beside the original.", timeout=5)
        await self._shell.switch_to(self._session.files.number_of(path))

    # ── Leaving ──

    async def leave(self) -> None:
        """Leave; with unsaved changes only once it is said what becomes of them."""
        unsaved = self._session.unsaved
        if not unsaved:
            self._shell.exit()
            return
        others = [path for path in unsaved if path != self._shell.path]
        told = [
            f"≠ {difference}" for what_if in unsaved.values() for difference in what_if.differences
        ]
        can_save = {} if others else {SAVE: "Save it as a scenario"}
        asked = ChooseScreen(
            "Your what-if is not saved",
            told,
            {STAY: "Stay", **can_save, DISCARD: "Discard it and quit"},
        )
        await self._shell.push_screen(asked, self._left)

    async def _left(self, way: str | None) -> None:
        if way == SAVE:
            await self.save(then_leave=True)
        elif way == DISCARD:
            for path in self._session.unsaved:
                self._session.discard(path)
            self._shell.exit()


def write_variant(what_if: WhatIfSession, title: str, base: Path, path: Path) -> None:
    """Write what is tried as a file that extends its base, whole or not at all.

    Raises:
        OSError: it cannot be written.
        InputError: it would not be read again as it was meant; nothing is left behind then.
    """
    from partnerselect import files
    from partnerselect.files import variant_text
    from partnerselect.what_if import overlay

    before, after = what_if.edits.saved.origin.data, what_if.edits.scenario.data
    about = ["What if:", *(f"- {difference}" for difference in what_if.differences)]
    existed = path.read_bytes() if path.exists() else None
    files.write_whole(
        path, variant_text(title, base, overlay(before, after), about, folder=path.parent)
    )
    try:
        files.load(path)
    except PartnerselectError:
        path.unlink() if existed is None else files.write_whole(path, existed)
        raise


def _title(what_if: WhatIfSession) -> str:
    """Return a title to begin with: the only change, or how many there are."""
    told = what_if.differences
    return (
        f"{told[0].about}: {told[0].after}"
        if len(told) == 1
        else f"{what_if.base.title}: {len(told)} changes"
    )


def _hint(what_if: WhatIfSession, base: Path) -> str:
    from partnerselect.value import measured_anew, performance_table

    hint = (
        f"A small file beside {base.name}, which stays as it is, with these changes:\n"
        + "\n".join(f"≠ {difference}" for difference in what_if.differences[:8])
    )
    scenario = what_if.edits.scenario
    if anew := measured_anew(scenario, performance_table(scenario)):
        titles = [scenario.criteria.leaves[name].title for name in anew]
        hint += (
            f"\nA file of its own measures {' and '.join(titles)} anew, against the partners"
            " that are left; its values may differ a little."
        )
    return hint
