"""What is asked before a what-if is saved, lost or resumed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from partnerselect import files
from partnerselect.errors import PartnerselectError
from partnerselect.tui.dialogs import Choice, ChooseScreen, Conversation, TypeScreen, converse

if TYPE_CHECKING:
    from partnerselect.tui.session import WhatIfSession
    from partnerselect.tui.shell import Shell

SAVE, DISCARD, STAY, TAKE, WRITE = "save", "discard", "stay", "take", "write"


async def resume(shell: Shell, path: Path) -> Conversation:
    """Offer the changes to a file that are kept from earlier sessions, the newest first."""
    from partnerselect.tui.session import WhatIfSession

    session = shell.session
    for kept in session.autosave.abandoned(path):
        saved = session.front.saved
        if session.front.tried is not None or path != shell.path or saved is None:
            return
        what_if = WhatIfSession.recovered(saved, kept.changes)
        way = yield ChooseScreen(
            "You have an unsaved what-if",
            [Choice("Resume", TAKE), Choice("Discard", DISCARD)],
            told=[*(f"≠ {difference}" for difference in what_if.differences), *what_if.told],
        )
        if way is None:
            return
        if way == TAKE:
            session.resume(kept.changes)
            shell.tell_views()
        kept.discard()


async def save(shell: Shell, *, then_leave: bool = False) -> Conversation:
    """Ask for a title and save what is tried as a scenario of its own."""
    what_if = shell.session.what_if
    if what_if is None or not what_if.is_changed:
        shell.notify("Nothing is changed, so there is nothing to save.", timeout=4)
        return
    way = STAY
    while way == STAY:
        title = yield TypeScreen(
            "Save as a scenario called",
            title_of(what_if),
            hint=_hint(what_if, shell.path),
            objection=lambda text: "" if text.strip() else "A title is needed.",
            accepts="Save",
        )
        if title is None:
            return
        path, way = shell.path.with_name(files.file_name(title, shell.path)), WRITE
        if path.exists():
            way = yield ChooseScreen(
                f"{path.name} exists already",
                [Choice("Replace it", WRITE), Choice("Choose another title", STAY)],
                told=["Its content would be lost."],
            )
    if way == WRITE and _is_written(shell, title.strip(), path):
        if then_leave:
            shell.exit()
            return
        shell.notify(f"Saved as {path.name}, beside the original.", timeout=5)
        await shell.switch_to(shell.session.number_of(path))


async def leave(shell: Shell) -> Conversation:
    """Leave; with unsaved changes only once it is said what becomes of them."""
    unsaved = shell.session.unsaved
    way = DISCARD
    if unsaved:
        can_save = set(unsaved) == {shell.path}
        way = yield ChooseScreen(
            "Your what-if is not saved",
            [
                Choice("Stay", STAY),
                *([Choice("Save it as a scenario", SAVE)] if can_save else ()),
                Choice("Discard it and quit", DISCARD),
            ],
            told=[
                f"≠ {difference}"
                for what_if in unsaved.values()
                for difference in what_if.differences
            ],
        )
    if way == SAVE:
        await converse(shell, save(shell, then_leave=True))
    elif way == DISCARD:
        for path in unsaved:
            shell.session.discard(path)
        shell.exit()


def _is_written(shell: Shell, title: str, path: Path) -> bool:
    """Save what is tried; tell whether it is saved, and the reader why where it is not."""
    what_if = shell.session.what_if
    if what_if is None:
        return False
    try:
        write_variant(what_if, title, shell.path, path)
    except (OSError, PartnerselectError) as error:
        told = error.strerror if isinstance(error, OSError) else str(error)
        shell.notify(
            f"{path.name} could not be written: {told}. Your changes are still here.",
            severity="error",
            timeout=10,
        )
        return False
    shell.session.discard(shell.path)
    return True


def write_variant(what_if: WhatIfSession, title: str, base: Path, path: Path) -> None:
    """Write what is tried as a file that extends its base, whole or not at all.

    Raises:
        OSError: it cannot be written.
        InputError: it would not be read again as it was meant; nothing is left behind then.
    """
    from partnerselect.what_if import overlay

    before, after = what_if.edits.saved.origin.data, what_if.edits.scenario.data
    about = ["What if:", *(f"- {difference}" for difference in what_if.differences)]
    existed = path.read_bytes() if path.exists() else None
    files.write_whole(
        path, files.variant_text(title, base, overlay(before, after), about, folder=path.parent)
    )
    try:
        files.load(path)
    except PartnerselectError:
        path.unlink() if existed is None else files.write_whole(path, existed)
        raise


def title_of(what_if: WhatIfSession) -> str:
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
