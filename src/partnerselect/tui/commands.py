"""What the command palette offers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape
from textual.types import IgnoreReturnCallbackType

from partnerselect.tui.charts.words import plain
from partnerselect.tui.dialogs import ClosesOnce
from partnerselect.tui.screens.catalogue import VIEWS
from partnerselect.tui.screens.view import View
from partnerselect.tui.shell import Shell

Command = tuple[str, IgnoreReturnCallbackType, str]
PROBLEMS = "Problems of the file"
ANYWHERE = (
    ("Help on this view", "guide", "How to read what is on the screen"),
    ("Dark, light or monochrome", "shade", "Change the colours"),
    (
        "Open another scenario",
        "open_file",
        "A recent file, one nearby, another, or a new one (^o)",
    ),
    ("Read the file again", "reload", "The screens also follow by themselves when it changes"),
    ("Quit", "quit", "Nothing is lost: the screens change no file of yours unasked"),
)
"""What can be done whatever is shown: a name, an action of the app, what it is for."""


class Palette(CommandPalette, ClosesOnce[None]):
    """Lists what can be done."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # Textual pages over a list that is being filled anew
            super()._action_command_list(action)


class Commands(Provider):
    """Everything that can be done, by name.

    Names of programmes and scenarios are shown literally.
    """

    async def discover(self) -> Hits:
        """Offer everything."""
        for name, does, told in self._commands():
            yield DiscoveryHit(Content(name), does, text=name, help=told)

    async def search(self, query: str) -> Hits:
        """Offer what matches."""
        matcher = self.matcher(query)
        for name, does, told in self._commands():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(escape(name)), does, text=name, help=told)

    def _commands(self) -> Iterator[Command]:
        shell = cast("Shell", self.app)
        session, screen = shell.session, self.screen
        for name, action, told in ANYWHERE:
            yield name, partial(shell.run_action, action), told
        if isinstance(screen, View):
            yield from self._here(screen)
        for view in VIEWS:
            yield (
                f"View {view.key}: {view.label}",
                partial(shell.open_view, view.key),
                view.question,
            )
        if session.front.failure is not None:
            yield PROBLEMS, partial(shell.run_action, "problems"), "File, line and what is expected"
        for n, file in enumerate(session.files):
            if n != session.current:
                yield (
                    f"Scenario: {plain(file.name)}",
                    partial(shell.switch_to, n),
                    "Look at it instead",
                )
        if isinstance(screen, View) and shell.view_model is not None:
            for programme, title in shell.view_model.programmes.items():
                opens = partial(shell.open_programme, programme)
                yield f"Programme: {plain(title)}", opens, "Its partners, and the reasons"
        if session.front.tried is not None:
            told = "A small file beside the original, which stays as it is"
            yield "Save the what-if as a scenario", partial(shell.run_action, "save_what_if"), told

    @staticmethod
    def _here(view: View) -> Iterator[Command]:
        """Yield what can be done with what is shown."""
        yield "Filter", view.action_filter, "Show only the rows that hold some words (/)"
        if view.orders:
            yield (
                "Sort",
                view.action_sort,
                f"By {', '.join(order.heading for order in view.orders)}, in turn (o)",
            )
        yield "Go to a programme or partner", view.action_jump, "By a few letters of its name (g)"
        yield (
            "Copy this table",
            view.action_copy,
            "As text, with the name of the decision above it (c)",
        )
        yield (
            "Export",
            view.action_export,
            "The table as CSV or Markdown, the screen as a picture (x)",
        )
