"""What the command palette offers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape
from textual.types import IgnoreReturnCallbackType

from partnerselect.tui.charts.words import plain
from partnerselect.tui.screens.catalogue import LISTED
from partnerselect.tui.screens.dialog import ClosesOnce
from partnerselect.tui.screens.view import View

if TYPE_CHECKING:
    from partnerselect.tui.app import PartnerselectApp

Command = tuple[str, IgnoreReturnCallbackType, str]


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
        app = cast("PartnerselectApp", self.app)
        yield "Help on this view", app.action_guide, "How to read what is on the screen"
        if isinstance(app.screen_below, View):
            yield from self._here(app.screen_below)
        for view in LISTED:
            yield f"View {view.key}: {view.name}", partial(app.action_view, view.key), view.question
        yield "Dark, light or monochrome", app.action_shade, "Change the colours"
        yield (
            "Read the file again",
            app.action_reload,
            "The screens also follow by themselves when the file changes",
        )
        if app.trouble is not None:
            yield (
                "What is wrong with the file",
                app.action_problems,
                "File, line and what is expected",
            )
        for n, name in enumerate(app.scenario_names):
            if n != app.current:
                yield (
                    f"Scenario: {plain(name)}",
                    partial(app.switch_to, n),
                    "Look at this scenario instead",
                )
        for programme, title in app.programmes.items():
            yield (
                f"Programme: {plain(title)}",
                partial(app.open_programme, programme),
                "Its partners, and why they were chosen or not",
            )
        if app.desk.of(app.path):
            yield (
                "Save the what-if as a scenario",
                app.action_save_what_if,
                "A small file beside the original, which stays as it is",
            )
        yield (
            "Leave",
            app.action_quit,
            "Nothing is lost: the screens change no file of yours unasked",
        )

    @staticmethod
    def _here(view: View) -> Iterator[Command]:
        """Yield what can be done with what is shown."""
        yield "Filter", view.action_filter, "Show only the rows that hold some words (/)"
        if view.orders_now:
            yield (
                "Sort",
                view.action_sort,
                f"By {', '.join(order.heading for order in view.orders_now)}, in turn (o)",
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
