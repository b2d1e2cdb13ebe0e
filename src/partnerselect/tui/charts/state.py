"""The line at the top: what is going on, or what it all comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from partnerselect.tui.charts.words import MUTED, plain

if TYPE_CHECKING:
    from partnerselect.tui.picture import Picture
    from partnerselect.tui.trial.trial import Trial

UNUSABLE = Content.assemble(("✗ the file has changed and cannot be used: press e", "bold $error"))


def reading(file: str) -> Content:
    """Say that a file is being read."""
    return Content.assemble((f"reading {plain(file)} and working it out …", MUTED))


def shown(picture: Picture, trial: Trial | None) -> Content:
    """Say what it all comes to.

    Of a what-if first that it is not saved, and whether the view already shows it.
    """
    if trial is None or not trial.is_changed:
        return Content.assemble((picture.summary, MUTED))
    count = len(trial.differences)
    told = f"what-if, {count} {'change' if count == 1 else 'changes'}, not saved"
    if trial.picture is None:
        return Content.assemble((f"{told} · working it out …", "bold $tight"))
    return Content.assemble((told, "bold $tight"), (f" · {trial.picture.summary}", MUTED))
