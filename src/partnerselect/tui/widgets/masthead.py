"""The frame of every view: the decision, the views and the question above it, the keys below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from partnerselect.tui.charts.words import MUTED, NARROW, WIDE, plain
from partnerselect.tui.keys import bound
from partnerselect.tui.view_model import ViewModel
from partnerselect.words import counted, day

if TYPE_CHECKING:
    from partnerselect.tui.session import WhatIfSession

ILLUSTRATIVE = "ILLUSTRATIVE"
CHANGED = "WEIGHTS CHANGED ONCE FIXED"
SO = " · "
"""Between the parts of the state, of which the first says most."""
AS_WIDE_AS_NEEDED = ("question", "mark")
"""Parts that take the cells that their words need; the others take what is left."""


class Masthead(Vertical):
    """Title, date and mark of the scenario; the views; question and state of this one."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Lay out the three lines."""
        with Horizontal(id="whose"):
            yield Static("partnerselect", id="title", markup=False)
            yield Static("", id="mark", markup=False)
        yield Tabs(id="tabs")
        with Horizontal(id="which"):
            yield Static(self._question, id="question", markup=False)
            yield Static("", id="state", markup=False)

    def show(self, view_model: ViewModel, question: str) -> None:
        """Name the scenario, and ask."""
        self._put("question", Content(question))
        self._put("title", Content(plain(view_model.title)))
        as_at = day(view_model.scenario.as_at) if view_model.scenario.as_at else ""
        is_made_up = view_model.scenario.illustrative
        told = (ILLUSTRATIVE * is_made_up, CHANGED * view_model.weights_changed)
        mark = (" · ".join(filter(None, told)), "bold $tight")
        self._put("mark", Content.assemble((as_at, "$muted"), "  " if as_at else "", mark))

    def show_tabs(self, tabs: Sequence[Tab], front: str) -> None:
        """Name the views, and which of them is in front."""
        self.query_one(Tabs).show(tabs, front)

    @property
    def text(self) -> str:
        """Say in plain text which decision this is, and whether its figures are made up."""
        parts = (self.query_one(f"#{part}", Static) for part in ("title", "mark", "question"))
        return "   ".join(text for text in (str(part.content) for part in parts) if text)

    def wipe(self, name: str) -> None:
        """Name a scenario of which nothing is known yet."""
        self._put("title", Content(plain(name)))
        self._put("mark", Content(""))

    def say(self, state: Content) -> None:
        """Say what is going on, or what it all comes to; in brief where there is little room."""
        self._put("state", state if self.app.size.width >= NARROW else state.split(SO)[0])

    def _put(self, part: str, told: Content) -> None:
        """Put words into a part, and lay out anew only where another part makes way for them."""
        place = self.query_one(f"#{part}", Static)
        if not isinstance(place.content, Content) or not place.content.is_same(told):
            place.update(told, layout=part in AS_WIDE_AS_NEEDED)


# ── The views side by side, each with its key; a click opens one ──

MARGIN = 2
"""Cells kept free on either side where there is room."""


@dataclass(frozen=True)
class Tab:
    """A view as a tab."""

    key: str
    name: str
    short: str
    """Its name where there is little room."""
    question: str
    """What it answers."""


def laid_out(tabs: Sequence[Tab], front: str, width: int) -> list[tuple[int, str]]:
    """Return where each tab begins and how it reads: the first way of writing them that fits.

    Where there is little room only the one in front has its name.
    """
    ways = (
        [f" {tab.key} {tab.name} " for tab in tabs],
        [f"{tab.key} {tab.name}" for tab in tabs],
        [f"{tab.key} {tab.short}" for tab in tabs],
        [f"{tab.key}{tab.short}" for tab in tabs],
        [f"{tab.key} {tab.name}" if tab.key == front else tab.key for tab in tabs],
        [tab.key for tab in tabs],
    )
    labels = next((way for way in ways if len(" ".join(way)) <= width), ways[-1])
    margin = MARGIN if len(" ".join(labels)) + 2 * MARGIN <= width else 0
    starts = accumulate((len(label) + 1 for label in labels), initial=margin)
    return list(zip(starts, labels, strict=False))


def drawn(tabs: Sequence[Tab], front: str, width: int) -> Content:
    """Draw the tabs; the one in front stands on a ground of its own."""
    placed, parts = laid_out(tabs, front, width), []
    for tab, (_, label) in zip(tabs, placed, strict=True):
        is_front = tab.key == front
        before, key, name = label.partition(tab.key)
        ground = "bold $background on $primary" if is_front else MUTED
        keyed = ground if is_front else "bold $primary"
        parts.append(Content.assemble((before, ground), (key, keyed), (name, ground)))
    return Content(" ").join(parts).pad_left(placed[0][0] if placed else 0)


class Tabs(Widget):
    """One line."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        super().__init__(id=id)
        self._tabs: Sequence[Tab] = ()
        self._front = ""

    def show(self, tabs: Sequence[Tab], front: str) -> None:
        """Show these views, and which of them is in front."""
        if (self._tabs, self._front) != (tabs, front):
            self._tabs, self._front = tabs, front
            self.refresh()

    def render(self) -> Content:
        """Draw the line."""
        return drawn(self._tabs, self._front, self.size.width)

    async def on_click(self, event: events.Click) -> None:
        """Open the view clicked on."""
        if tab := self._under(event.x):
            await self.run_action(f"app.view('{tab.key}')")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say what the view answers that the mouse is on."""
        tab = self._under(event.x)
        self.tooltip = f"{tab.name}: {tab.question}" if tab else None

    def _under(self, x: int) -> Tab | None:
        placed = laid_out(self._tabs, self._front, self.size.width)
        at = (
            tab
            for tab, (start, label) in zip(self._tabs, placed, strict=True)
            if start <= x < start + len(label)
        )
        return next(at, None)


# ── What is going on, or what it all comes to ──

UNUSABLE = Content.assemble(("✗ the changed file cannot be used: see Problems", "bold $error"))


def reading(file: str) -> Content:
    """Say that a file is being read."""
    return Content.assemble((f"reading {plain(file)} and calculating …", MUTED))


def shown(view_model: ViewModel, what_if: WhatIfSession | None) -> Content:
    """Say what it all comes to.

    Of a what-if first that it is not saved, and whether the view already shows it.
    """
    if what_if is None or not what_if.is_changed:
        return Content.assemble((view_model.summary, MUTED))
    told = f"what-if, {counted(len(what_if.differences), 'change')}, not saved"
    if what_if.view_model is None:
        return Content.assemble((f"{told} · calculating …", "bold $tight"))
    return Content.assemble((told, "bold $tight"), (f" · {what_if.view_model.summary}", MUTED))


# ── The line of keys: where there is no room for all, those of the view give way ──

NEEDED = frozenset({"commands", "help", "quit", "save", "switch", "problems"})
"""What is never left out: how to get help, to save, to go elsewhere, and away."""
ROOMY, TIGHT = (" {} ", "{} ", ""), ("{}", " {}", " ")
"""How a key stands on the line, with margins and without: its letters, what it does, a gap."""


@dataclass(frozen=True)
class ShownKey:
    """A key as it stands on the line."""

    key: str
    told: str
    gap: str
    """Before the next one."""
    bound: ActiveBinding

    def __len__(self) -> int:
        """Return the cells that it takes."""
        return len(self.key) + len(self.told) + len(self.gap)


class KeyLine(Widget):
    """Shows as many keys as fit whole, those of what is in front first; a click presses one.

    One line drawn at once: a widget for every key, as of Textual's footer, takes as long as the
    rest of a view, again at every change of what can be done.
    """

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow what can be done."""
        self._pointed: ShownKey | None = None
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_unmount(self) -> None:
        """Follow no more."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _follow(self, screen: Screen[Any]) -> None:
        if screen is self.screen and screen.app.app_focus:
            self.refresh()

    def render(self) -> Content:
        """Draw the line."""
        shown = self._shown
        return Content(shown[0].gap if shown else "").join(map(self._drawn, shown))

    @property
    def _shown(self) -> list[ShownKey]:
        """What is shown, of the keys that are not needed the last left out first."""
        before, told, after = ROOMY if self.app.size.width >= WIDE else TIGHT
        shown = [
            ShownKey(
                before.format(keys.split()[0]), told.format(one.binding.description), after, one
            )
            for keys, one in bound(self.screen)
            if one.binding.show
        ]
        spare = [one for one in shown if one.bound.binding.id not in NEEDED]
        while spare and sum(map(len, shown)) > self.app.size.width + 1:
            shown.remove(spare.pop())
        return shown

    def _drawn(self, one: ShownKey) -> Content:
        """Draw a key, that under the mouse on a ground of its own."""
        told = Content.assemble(
            (one.key, "bold $footer-key-foreground"), (one.told, "$footer-description-foreground")
        )
        return told.stylize("on $block-hover-background") if one == self._pointed else told

    def _under(self, x: int) -> ShownKey | None:
        """Return the key in this cell."""
        shown = self._shown
        ends = accumulate(map(len, shown))
        return next((one for one, end in zip(shown, ends, strict=True) if x < end), None)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light up what the mouse is on, and explain it."""
        self._point_at(self._under(event.x))

    def on_leave(self) -> None:
        """Light up nothing."""
        self._point_at(None)

    def _point_at(self, one: ShownKey | None) -> None:
        if one != self._pointed:
            self._pointed = one
            self.tooltip = one.bound.tooltip if one else None
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key clicked on."""
        if one := self._under(event.x):
            self.app.simulate_key(one.bound.binding.key)
