"""What everything that is asked over a view has in common."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """A screen over a view that closes once, however often one clicks."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result; what is closing already, or lies under something else, stays as it is."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
