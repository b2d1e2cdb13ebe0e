"""The views side by side, each with its key; a click opens one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.widget import Widget

MARGIN = 2
"""Cells kept free on either side where there is room."""


@dataclass(frozen=True)
class Tab:
    """A view as a tab."""

    key: str
    name: str
    short: str
    """Its name where there is little room."""


@dataclass(frozen=True)
class _Placed:
    """A tab, where it begins and how it reads."""

    tab: Tab
    start: int
    label: str


def laid_out(tabs: Sequence[Tab], width: int) -> list[_Placed]:
    """Place the tabs: the first way of writing them that fits.

    In the last resort the keys alone.
    """
    ways = (
        ([f" {tab.key} {tab.name} " for tab in tabs], 1),
        ([f"{tab.key} {tab.name}" for tab in tabs], 1),
        ([f"{tab.key} {tab.short}" for tab in tabs], 1),
        ([f"{tab.key}{tab.short}" for tab in tabs], 1),
        ([tab.key for tab in tabs], 1),
    )
    labels, gap = next(
        (way for way in ways if sum(map(len, way[0])) + way[1] * (len(tabs) - 1) <= width), ways[-1]
    )
    start, placed = (
        MARGIN if sum(map(len, labels)) + gap * (len(tabs) - 1) + 2 * MARGIN <= width else 0,
        [],
    )
    for tab, label in zip(tabs, labels, strict=True):
        placed.append(_Placed(tab, start, label))
        start += len(label) + gap
    return placed


def drawn(placed: Sequence[_Placed], front: str) -> Content:
    """Draw the tabs; the one in front stands on a ground of its own."""
    parts, end = [], 0
    for one in placed:
        before, key, name = one.label.partition(one.tab.key)
        style = "bold $background on $primary" if one.tab.key == front else "$muted"
        keyed = "bold $background on $primary" if one.tab.key == front else "bold $primary"
        parts += [
            Content(" " * (one.start - end)),
            Content.assemble((before, style), (key, keyed), (name, style)),
        ]
        end = one.start + len(one.label)
    return Content("").join(parts)


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
        return drawn(laid_out(self._tabs, self.size.width), self._front)

    async def on_click(self, event: events.Click) -> None:
        """Open the view clicked on."""
        for one in laid_out(self._tabs, self.size.width):
            if one.start <= event.x < one.start + len(one.label):
                await self.run_action(f"app.view('{one.tab.key}')")
