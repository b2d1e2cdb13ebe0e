"""View 1: what am I approving?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect import tables
from partnerselect.errors import dotted
from partnerselect.tui.charts.approval import (
    Money,
    approval_sheet,
    detail,
    limits_sheet,
    no_answer_sheet,
)
from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.refinement import is_awaited
from partnerselect.tui.screens.view import View
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table

DETAIL = {False: 4, True: 5}
"""Lines for the programme under the cursor, where there is little room and where there is more."""
AROUND = {False: 11, True: 16}
"""Lines that masthead, detail, footer, margins and the tightest limits take."""


class RecommendationView(View):
    """One row a programme, the one under the cursor in full, and every limit."""

    guide = """\
Each line is one programme and the partner or partners recommended for it. To approve this page \
is to approve these lines.

Value runs from 0 (worst on every criterion) to 100 (best). Cost to us is what our own \
organisation pays; what others pay is not in it. Costs that belong to no single programme stand \
above the total.

How sure: weights and scores are never known exactly, so they are varied within what is known in \
many trials, and the best choice within all limits is found for each. The share says in how many \
trials the same partners are chosen: robust from 90%, sensitive from 60%, else too close to \
call. Where partners are already committed, or there is no alternative, nothing was weighed. ! \
marks a partner that does not score highest; the reason is below the table. Counting takes a \
while, and the column says so until it is done.

Condition: a small letter stands for a decision that others have yet to take, spelt out below \
the table. "… pays" names who else pays. If a decision goes against us, review the line.

○ deferred: the programme does not run for now. Move to it to read why.

Limits: each bar shows how much of a limit is used. ▲ marks limits that are at least 95% used: \
they decide what else could be done.

Press enter on a programme to see why this partner and not another."""
    orders = (
        Order("Cost to us", lambda row: row["own_cost"], falls=True),
        Order("Value", lambda row: row["value"], falls=True),
        Order("How sure", lambda row: row["share"]),
        Order("Programme", lambda row: row["programme"]),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Why this partner"),
        Binding("tab", "app.focus_next", "Limits", show=False),
    ]

    def body(self) -> tuple[Widget, ...]:
        """Return the table, the programme in full and the gauges."""
        return (
            SheetView(id="programmes"),
            Static(id="detail", markup=False),
            SheetView(id="limits", chooses=False),
        )

    def points_at(self) -> Selection:
        """Return the programme under the cursor and its partners."""
        key = self.sheet("#programmes").key
        row = (
            next(
                (row for row in self.view_model.report["programmes"] if row["programme"] == key),
                None,
            )
            if self.view_model
            else None
        )
        return Selection(row["programme"], tuple(row["partners"])) if row else Selection()

    def turn_to(self, selection: Selection) -> None:
        """Set the cursor on the programme."""
        super().turn_to(selection)
        if selection.programme:
            self.sheet("#programmes").mark(selection.programme)

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the programmes and the limits."""
        self.set_class(not view_model.has_answer, "-no-answer")
        room = self.size.height - (AROUND[self.is_roomy] if view_model.has_answer else 3)
        self.query_one("#programmes").styles.max_height = max(room, 4)
        self.sheet("#programmes").show(self._programmes)
        self.sheet("#limits").show(lambda width: limits_sheet(view_model.gauges, width))
        self._draw_detail()

    def _programmes(self, width: int) -> Sheet:
        view_model = self.view_model
        if view_model is None:
            return Sheet(())
        report = view_model.report
        if not view_model.has_answer:
            places = [
                view_model.place(demand.loc, demand.words) or dotted(demand.loc)
                for demand in view_model.analysis.conflicts
            ]
            demands = list(zip(report["conflict"], places, strict=True))
            return no_answer_sheet(view_model.approvals, demands, report["status"]["state"], width)
        money = Money(
            view_model.currency,
            report["portfolio"]["value"],
            report["portfolio"],
            report["portfolio"]["partners"],
        )
        return self.marked(
            approval_sheet(
                self.ordered(view_model.approvals),
                view_model.extras,
                money,
                width,
                full=self.is_roomy,
                is_counting=is_awaited(view_model),
            )
        )

    def table(self, view_model: ViewModel) -> Table:
        """Return the recommendation."""
        return tables.recommendation_table(view_model.analysis)

    def wipe(self, name: str) -> None:
        """Show nothing of an earlier scenario while another is read."""
        super().wipe(name)
        self._draw_detail()

    def _draw_detail(self) -> None:
        place = self.query_one("#detail", Static)
        key = self.sheet("#programmes").key
        row = (
            next((row for row in self.view_model.approvals if row["id"] == key), None)
            if self.view_model
            else None
        )
        if row is None or self.view_model is None or not self.view_model.has_answer:
            place.update("")
            return
        lines = detail(row, max(self.size.width - 4, 20), names=1, most=DETAIL[self.is_roomy])
        place.update(Content("\n").join(lines))

    @on(SheetView.Marked)
    def _follow(self) -> None:
        self._draw_detail()

    @on(SheetView.Opened, "#programmes")
    async def _open(self, event: SheetView.Opened) -> None:
        from partnerselect.tui.screens.programme import ProgrammeView

        if self.view_model is not None:
            await self.app.push_screen(ProgrammeView(self.view_model, event.key))
