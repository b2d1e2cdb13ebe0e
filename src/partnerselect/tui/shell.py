"""What views, dialogs and commands may ask of the app; they know it by this and by nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content

from partnerselect.tui.jobs import JobRunner
from partnerselect.tui.keys import KeysInTurn
from partnerselect.tui.session import Session
from partnerselect.tui.widgets.masthead import Tab

if TYPE_CHECKING:
    from partnerselect.tui.view_model import ViewModel
    from partnerselect.what_if import WhatIf


class Shell(KeysInTurn):
    """The app, to those whom it shows."""

    session: Session
    """The open files, what is known of each, and what is tried on each."""
    jobs: JobRunner
    """Works out what takes time."""
    state: Content
    """What is going on, or what it all comes to."""
    tabs: Sequence[Tab]
    """The views that can be opened."""

    @property
    def view_model(self) -> ViewModel | None:
        """What the views show."""
        return self.session.view_model

    @property
    def path(self) -> Path:
        """The file in front."""
        return self.session.files.path

    def try_out(self, edits: WhatIf) -> None:
        """Take up a changed scenario, and have it worked out."""
        raise NotImplementedError

    async def begin_what_if(self, changes: Mapping[str, Any]) -> None:
        """Make these changes as one step, and look at what they come to."""
        raise NotImplementedError

    def tell_views(self) -> None:
        """Have every view on the screen show what is known now."""
        raise NotImplementedError

    async def switch_to(self, number: int) -> None:
        """Look at another scenario."""
        raise NotImplementedError

    async def open_view(self, key: str) -> None:
        """Open a view from wherever one is."""
        raise NotImplementedError

    async def open_programme(self, programme: str, *partners: str) -> None:
        """Look into a programme from wherever one is, and there at a partner."""
        raise NotImplementedError
