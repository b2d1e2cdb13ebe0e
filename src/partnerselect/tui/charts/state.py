"""The line at the top: what is going on, or what it all comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from partnerselect.tui.charts.words import MUTED, plain

if TYPE_CHECKING:
    from partnerselect.tui.view_model import ViewModel
    from partnerselect.tui.what_if_session import WhatIfSession

UNUSABLE = Content.assemble(("✗ the file has changed and cannot be used: press e", "bold $error"))


def reading(file: str) -> Content:
    """Say that a file is being read."""
    return Content.assemble((f"reading {plain(file)} and calculating …", MUTED))


def shown(view_model: ViewModel, what_if: WhatIfSession | None) -> Content:
    """Say what it all comes to.

    Of a what-if first that it is not saved, and whether the view already shows it.
    """
    if what_if is None or not what_if.is_changed:
        return Content.assemble((view_model.summary, MUTED))
    count = len(what_if.differences)
    told = f"what-if, {count} {'change' if count == 1 else 'changes'}, not saved"
    if what_if.view_model is None:
        return Content.assemble((f"{told} · calculating …", "bold $tight"))
    return Content.assemble((told, "bold $tight"), (f" · {what_if.view_model.summary}", MUTED))
