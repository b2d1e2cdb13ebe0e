"""What the views of one programme at a time share."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from partnerselect.tui.charts.sheet import section_of
from partnerselect.tui.charts.words import fitted
from partnerselect.tui.keys import key, unlisted_key
from partnerselect.tui.screens.view import View
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import Layout, SheetView

MARGINS = 8
"""Cells that the frame takes beside its title."""


class OneProgrammeView(View):
    """A page about one programme; left and right turn to the next one."""

    BINDINGS = [
        key("right", "turn(1)", "Next programme"),
        unlisted_key("left", "turn(-1)", "Previous programme"),
        unlisted_key("next-programme", "turn(1)", "Next programme"),
        unlisted_key("previous-programme", "turn(-1)", "Previous programme"),
        key("next-part", "part(1)", "Next part"),
        unlisted_key("previous-part", "part(-1)", "Previous part"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._programme: str | None = None

    def body(self) -> tuple[Widget, ...]:
        """Return the page, under the programme's name."""
        return (SheetView(id="page"),)

    def programme(self, view_model: ViewModel) -> str:
        """Return the programme looked at: the one turned to, else the first."""
        return (
            self._programme
            if self._programme in view_model.programmes
            else view_model.first_programme
        )

    def draw(self, view_model: ViewModel) -> None:
        """Name the programme and lay out its page."""
        if not view_model.programmes:
            return
        programme, names = self.programme(view_model), list(view_model.programmes)
        told = f"  ◂ {names.index(programme) + 1} of {len(names)} ▸"
        room = max(self.size.width - len(told) - MARGINS, 20)
        title = fitted(view_model.programmes[programme], room).rstrip()
        self.sheet("#page").border_title = title + Content(told).stylize("$muted")
        self.sheet("#page").show(self.page(view_model, programme))

    def page(self, view_model: ViewModel, programme: str) -> Layout:
        """Return what lays out the page of a programme."""
        raise NotImplementedError

    # ── Which programme ──

    def points_at(self) -> Selection:
        """Return the programme looked at."""
        return (
            Selection(self.programme(self.view_model))
            if self.view_model and self.view_model.programmes
            else self.selection
        )

    def turn_to(self, selection: Selection) -> None:
        """Look at the programme that another view pointed at."""
        before = self._programme
        if selection.programme is not None:
            self._programme = selection.programme
        super().turn_to(selection)
        if self.view_model is not None and self._programme not in {None, before}:
            self.look_at(self.programme(self.view_model))

    def look_at(self, programme: str) -> None:
        """Look at another programme, from the top of its page."""
        self._programme = programme
        self.shell.jobs.turn()
        if self.view_model is not None:
            self.draw(self.view_model)
            self._to_the_top()

    def action_turn(self, by: int) -> None:
        """Go to another programme, after the last to the first."""
        if self.view_model is not None and self.view_model.programmes:
            names = list(self.view_model.programmes)
            self.look_at(names[(names.index(self.programme(self.view_model)) + by) % len(names)])

    def _to_the_top(self) -> None:
        page = self.sheet("#page")
        if page.sheet.items:
            page.lead(page.sheet.items[0].key)

    # ── Parts of the page ──

    def action_part(self, by: int) -> None:
        """Go to the beginning of another part, after the last to the first."""
        page = self.sheet("#page")
        starts = {section_of(item.key): item.key for item in reversed(page.sheet.items)}
        parts = list(dict.fromkeys(section_of(item.key) for item in page.sheet.items))
        if page.key is not None and parts:
            page.lead(starts[parts[(parts.index(section_of(page.key)) + by) % len(parts)]])
