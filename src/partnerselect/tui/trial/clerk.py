"""Saving, leaving and taking up again: what is asked before a what-if is written, lost, or found from an earlier session."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from partnerselect.errors import PartnerselectError
from partnerselect.tui.screens.question import ChooseScreen, TypeScreen
from partnerselect.tui.trial.kept import Kept

if TYPE_CHECKING:
    from partnerselect.tui.app import PartnerselectApp
    from partnerselect.tui.trial.trial import Trial

SAVE, DISCARD, STAY, TAKE, WRITE = "save", "discard", "stay", "take", "write"


class Clerk:
    """Asks on behalf of the app."""

    def __init__(self, app: PartnerselectApp) -> None:
        self._app = app
        self._offered: set[Path] = set()

    # ── Taking up again ──

    async def offer(self, path: Path) -> None:
        """Offer changes kept from an earlier session, once for each file."""
        picture = self._app.saved_picture
        if path in self._offered or path != self._app.path or picture is None:
            return
        self._offered.add(path)
        abandoned = self._app.desk.autosave.abandoned(path)
        if abandoned and not self._app.desk.of(path):
            from partnerselect.tui.trial.trial import Trial

            kept = abandoned[0]
            trial = Trial.recovered(picture, kept.changes)
            told = [*(f"≠ {difference}" for difference in trial.differences), *trial.told]
            ways = {TAKE: "Take it up again", DISCARD: "Discard it"}
            asked = ChooseScreen("An unsaved what-if was left here last time", told, ways)
            await self._app.push_screen(asked, lambda way: self._taken(path, kept, way))

    async def _taken(self, path: Path, kept: Kept, way: str | None) -> None:
        if way == TAKE and path == self._app.path and self._app.saved_picture is not None:
            self._app.recover(kept.changes)
            self._app.desk.autosave.flush()
            kept.discard()
        elif way == DISCARD:
            kept.discard()
            self._offered.discard(path)
            await self.offer(path)

    # ── Saving ──

    async def save(self, *, then_leave: bool = False) -> None:
        """Ask for a title and save what is tried as a scenario of its own."""
        trial = self._app.trial
        if trial is None or not trial.is_changed:
            self._app.notify("Nothing is changed, so there is nothing to save.", timeout=4)
            return
        asked = TypeScreen(
            "Save as a scenario called",
            _title(trial),
            hint=_hint(trial, self._app.path),
            objection=lambda text: "" if text.strip() else "A title is needed.",
        )
        await self._app.push_screen(asked, lambda title: self._named(title, then_leave=then_leave))

    async def _named(self, title: str | None, *, then_leave: bool) -> None:
        from partnerselect.files.variants import file_name

        trial = self._app.trial
        if title is None or trial is None:
            return
        path = self._app.path.with_name(file_name(title, self._app.path))
        if not path.exists():
            await self._write(path, title, then_leave=then_leave)
            return
        ways = {WRITE: "Write over it", STAY: "Choose another title"}
        asked = ChooseScreen(f"{path.name} exists already", ["Its content would be lost."], ways)
        await self._app.push_screen(
            asked, lambda way: self._over(way, path, title, then_leave=then_leave)
        )

    async def _over(self, way: str | None, path: Path, title: str, *, then_leave: bool) -> None:
        if way == WRITE:
            await self._write(path, title, then_leave=then_leave)
        elif way == STAY:
            await self.save(then_leave=then_leave)

    async def _write(self, path: Path, title: str, *, then_leave: bool) -> None:
        trial = self._app.trial
        if trial is None:
            return
        try:
            write_variant(trial, title.strip(), self._app.path, path)
        except (OSError, PartnerselectError) as error:
            told = error.strerror if isinstance(error, OSError) else str(error)
            self._app.notify(
                f"{path.name} could not be written: {told}. Your changes are still here.",
                severity="error",
                timeout=10,
            )
            return
        self._app.desk.discard(self._app.path)
        if then_leave:
            self._app.exit()
            return
        self._app.notify(f"Saved as {path.name}, beside the original.", timeout=5)
        await self._app.add_scenario(path)

    # ── Leaving ──

    async def leave(self) -> None:
        """Leave; with unsaved changes only once it is said what becomes of them."""
        unsaved = self._app.desk.unsaved
        if not unsaved:
            self._app.exit()
            return
        others = [path for path in unsaved if path != self._app.path]
        tried = [trial for path in unsaved if (trial := self._app.desk.of(path))]
        told = [f"≠ {difference}" for trial in tried for difference in trial.differences]
        can_save = {} if others else {SAVE: "Save it as a scenario"}
        asked = ChooseScreen(
            "Your what-if is not saved",
            told,
            {STAY: "Stay", **can_save, DISCARD: "Discard it and leave"},
        )
        await self._app.push_screen(asked, self._left)

    async def _left(self, way: str | None) -> None:
        if way == SAVE:
            await self.save(then_leave=True)
        elif way == DISCARD:
            for path in self._app.desk.unsaved:
                self._app.desk.discard(path)
            self._app.exit()


def write_variant(trial: Trial, title: str, base: Path, path: Path) -> None:
    """Write what is tried as a file that extends its base, whole or not at all.

    Raises:
        OSError: it cannot be written.
        InputError: it would not be read again as it was meant; nothing is left behind then.
    """
    from partnerselect import files
    from partnerselect.files.variants import variant_text
    from partnerselect.what_if.changes import overlay

    before, after = trial.whatif.saved.origin.data, trial.whatif.scenario.data
    about = ["What if:", *(f"- {difference}" for difference in trial.differences)]
    existed = path.read_bytes() if path.exists() else None
    files.write_whole(
        path, variant_text(title, base, overlay(before, after), about, folder=path.parent)
    )
    try:
        files.load(path)
    except PartnerselectError:
        path.unlink() if existed is None else files.write_whole(path, existed)
        raise


def _title(trial: Trial) -> str:
    """Return a title to begin with: the only change, or how many there are."""
    told = trial.differences
    return (
        f"{told[0].about}: {told[0].after}"
        if len(told) == 1
        else f"{trial.base.title}: {len(told)} changes"
    )


def _hint(trial: Trial, base: Path) -> str:
    from partnerselect.value.local_scales import measured_anew
    from partnerselect.value.performance import performance_table

    hint = (
        f"A small file beside {base.name}, which stays as it is, with these changes:\n"
        + "\n".join(f"≠ {difference}" for difference in trial.differences[:8])
    )
    scenario = trial.whatif.scenario
    if anew := measured_anew(scenario, performance_table(scenario)):
        titles = [scenario.criteria.leaves[name].title for name in anew]
        hint += (
            f"\nA file of its own measures {' and '.join(titles)} anew, against the partners that are"
            " left; its values may differ a little."
        )
    return hint
