"""What everything that is asked over a view has in common."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Input, OptionList


class ClosesOnce(ModalScreen[ScreenResultType]):
    """A screen over others that answers once and closes once, however often one clicks."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result; what no longer lies in front stays as it is."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def check_message_enabled(self, message: Message) -> bool:
        """Take no choice once it is closing: a second click may arrive before it is gone."""
        is_choice = isinstance(message, OptionList.OptionSelected | Input.Submitted)
        return super().check_message_enabled(message) and (self.is_active or not is_choice)


class Dialog(ClosesOnce[ScreenResultType]):
    """A question over a view."""
