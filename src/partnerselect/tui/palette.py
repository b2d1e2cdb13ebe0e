"""The shell with its palette of commands, which is imported when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerselect.tui.shell import Shell

if TYPE_CHECKING:
    from textual.command import Provider


def _commands() -> type[Provider]:
    from partnerselect.tui.commands import Commands

    return Commands


class ShellWithPalette(Shell):
    """The app, with the palette in which its commands are looked for."""

    COMMANDS = {_commands}

    # an action may be awaited
    async def action_command_palette(self) -> None:  # type: ignore[override]
        """Open the palette; nothing else happens until it stands."""
        from partnerselect.tui.commands import Palette

        if not isinstance(self.screen, Palette):
            await self.push_screen(Palette(id="--command-palette"))
