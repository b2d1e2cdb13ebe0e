"""What the command palette offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.markup import escape
from textual.types import IgnoreReturnCallbackType

from partnerselect import what_if
from partnerselect.tui import edits
from partnerselect.tui.charts.words import plain
from partnerselect.tui.dialogs import ClosesOnce, Conversation, converse
from partnerselect.tui.keys import bound
from partnerselect.tui.screens.view import View
from partnerselect.tui.shell import Shell

Command = tuple[str, IgnoreReturnCallbackType, str]
BY_DESCRIPTION = 0.1
"""How well a command matches of which only the description has the words; names go first."""
ANYWHERE = (
    ("Glossary", "glossary", "What a word means: robust, trial, baseline …"),
    ("Dark, light or monochrome", "shade", "Change the colours: the theme"),
    ("Read the file again", "reload", "The screens also follow by themselves when it changes"),
)
"""What has no key: a name, an action of the app, what it is for."""
NOTED, UNDOABLE = "Printed in the paper", "With the reason; nothing is written to your file"


class Palette(CommandPalette, ClosesOnce[None]):
    """Lists what can be done."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # Textual pages over a list that is being filled anew
            super()._action_command_list(action)


class Commands(Provider):
    """Everything that can be done, by name and by what it is for.

    Names of programmes and scenarios are shown literally.
    """

    async def discover(self) -> Hits:
        """Offer what can be done here, and where one can go."""
        for name, does, told in self._everywhere():
            yield DiscoveryHit(Content(name), does, text=name, help=told)

    async def search(self, query: str) -> Hits:
        """Offer what matches by its name, or holds every word in what it is for."""
        matcher, wanted = self.matcher(query), query.casefold().split()
        for name, does, told in chain(self._everywhere(), self._edits(), self._levers()):
            score = matcher.match(name)
            if score <= 0 and all(word in told.casefold() for word in wanted):
                score = BY_DESCRIPTION
            if score > 0:
                yield Hit(score, matcher.highlight(escape(name)), does, text=name, help=told)

    @property
    def _shell(self) -> Shell:
        return cast("Shell", self.app)

    def _everywhere(self) -> Iterator[Command]:
        run = self._shell.run_action
        for keys, (node, binding, _, tooltip) in bound(self.screen):
            if tooltip:
                name, does = binding.description, partial(run, binding.action, node)
                is_view = binding.action.startswith("view(")
                yield f"View {keys}: {name}" if is_view else name, does, f"{tooltip} ({keys})"
        for name, action, told in ANYWHERE:
            yield name, partial(run, action), told
        yield from self._elsewhere()

    def _elsewhere(self) -> Iterator[Command]:
        """Yield the other scenarios and the programmes."""
        shell, session = self._shell, self._shell.session
        for n, file in enumerate(session.files):
            if n != session.current:
                opens = partial(shell.switch_to, n)
                yield f"Scenario: {plain(file.name)}", opens, "Look at it instead"
        if isinstance(self.screen, View) and shell.view_model is not None:
            for programme, title in shell.view_model.programmes.items():
                opens = partial(shell.open_programme, programme)
                yield f"Programme: {plain(title)}", opens, "Its partners, and the reasons"

    def _edits(self) -> Iterator[Command]:
        """Yield what can be changed with its reason."""
        shell, tried = self._shell, self._shell.session.what_if
        if tried is None:
            return

        def opens(conversation: Callable[..., Conversation], *of: str) -> Callable[[], object]:
            return lambda: converse(shell, conversation(shell, *of))

        yield "Add a partner", opens(edits.add_partner), f"What it offers. {UNDOABLE}"
        yield "Add a programme", opens(edits.add_programme), f"What it needs. {UNDOABLE}"
        yield "Note on this what-if", opens(edits.note), f"{NOTED} of its scenario"
        for name, partner in tried.edits.scenario.partners.items():
            title, out = plain(partner.title), partner.excluded is not None
            does = f"{'Take in again' if out else 'Leave out'}: {title}"
            yield does, opens(edits.leave_out, name), UNDOABLE
            yield f"Note on {title}", opens(edits.note, f"partners.{name}"), NOTED
        for name, programme in tried.edits.scenario.programmes.items():
            title = plain(programme.title)
            yield f"Defer: {title}", opens(edits.defer, name), UNDOABLE
            yield f"Note on {title}", opens(edits.note, f"programmes.{name}"), NOTED

    def _levers(self) -> Iterator[Command]:
        """Yield the levers of What if, and its steps back and forth."""
        shell, tried = self._shell, self._shell.session.what_if
        if tried is None:
            return
        if tried.edits.past:
            undoes = partial(shell.try_out, tried.edits.undone())
            yield "Undo the last step of the what-if", undoes, "Take it back"
        programme = next(iter(tried.edits.scenario.programmes))
        for lever in what_if.levers(tried.edits.scenario, programme):
            if not lever.of:
                does = partial(shell.open_lever, lever.key)
                yield f"Change: {plain(lever.about)}", does, f"{lever.group}, in What if"
