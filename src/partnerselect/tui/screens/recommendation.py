"""View 1: what am I approving?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect import rows, tables
from partnerselect.errors import dotted
from partnerselect.tui.charts.approval import Money, approval_sheet, detail, no_answer_sheet
from partnerselect.tui.charts.headline import (
    finding_sheet,
    headline_lines,
    limits_sheet,
    limits_words,
)
from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.charts.words import Lines, Row
from partnerselect.tui.keys import key, unlisted_key
from partnerselect.tui.refinement import FINDING, NEAR, OTHERWISE, SPENDING, is_awaited
from partnerselect.tui.screens.view import View
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView
from partnerselect.words import NEAR_CAPACITY, share

if TYPE_CHECKING:
    from partnerselect.tables import Table

DETAIL = {False: 1, True: 3}
"""Lines for the programme under the cursor, where there is little room and where there is more."""
UNCUT, TALL = 99, 60
"""Lines that cut nothing, and of a window in which the names of partners may take two."""
BORDER = 2
"""Lines of the box around the table of programmes."""
AROUND = {False: 7, True: 15}
"""Lines that masthead, detail, footer, margins and four limits take, two where there is little
room."""
FEWER = {False: 2, True: 0}
"""Limits of the four that are not among those lines, and come before a long reason too."""
LIMITS, MORE_LIMITS = 4, 2
"""Limits that are in sight whatever the table takes, and how many more go before a long reason."""
BESIDE = 100
"""The width from which on what is worth finding out stands beside the limits."""


class Headline(Static, can_focus=True):
    """What is asked; enter leads to the plans that are almost as good."""

    BINDINGS = [key("open", "screen.near", "Plans as good")]


class RecommendationView(View):
    """What is asked, one row a programme, every limit, and what is worth finding out."""

    guide = f"""\
On top stands what is asked: how many partners for how many programmes, what that costs us and \
others, on what condition, how sure it is, how many plans are almost as good, and what is \
deferred. The last sentence says how much of it less money would buy, and what doing nothing is \
worth.

Each line is one programme and the partner or partners recommended for it. To approve this page \
is to approve these lines.

Value runs from 0 (worst on every criterion) to 100 (best). Cost to us is what our own \
organisation pays; what others pay is not in it. Costs that belong to no single programme stand \
above the total.

How sure: weights and scores are never known exactly, so they are varied within what is known in \
many trials, and the best choice within all limits is found for each. The share says in how many \
trials the same partners are chosen: robust from 90%, sensitive from 60%, else too close to \
call (● robust, ◐ sensitive, ○ too close to call). ◇: where partners are already committed, or \
there is no alternative, nothing was weighed. ! marks a partner that does not score highest; the \
reason is below the table. Counting takes a while, and the column says so until it is done.

Condition: a small letter stands for a decision that others have yet to take, spelt out below \
the table. "… pays" names who else pays. If a decision goes against us, review the line.

□ deferred: the programme does not run for now. Move to it to read why.

Limits: our budget first. Each bar shows how much of a limit is used. ▲ marks limits that are at \
least {share(NEAR_CAPACITY)} used: they decide what else could be done.

Worth finding out: the facts that could change who scores highest in a programme, which is not \
always who is chosen there; those first that it costs most not to know. {{open}} goes to the \
place; on a programme it shows why this partner and not another; in the band on top the plans \
that are almost as good."""
    orders = (
        Order("Cost to us", lambda row: row["own_cost"], falls=True),
        Order("Value", lambda row: row["value"], falls=True),
        Order("How sure", lambda row: row["share"]),
        Order("Programme", lambda row: row["programme"]),
    )
    AUTO_FOCUS = "#programmes"
    _detail_lines = 1
    """Lines that what is under the cursor may take, the same wherever the cursor is."""
    BINDINGS = [
        key("open", "open", "Why this partner"),
        key("choose", "another", "Choose another", "And see what that does to the whole"),
        key("decide", "decide", "Record a decision", "What will be written is shown first"),
        unlisted_key("next-part", "app.focus_next", "Next part"),
        unlisted_key("previous-part", "app.focus_previous", "Previous part"),
    ]

    def body(self) -> tuple[Widget, ...]:
        """Return what is asked, the table, the programme in full, the gauges and the facts."""
        panes = (
            ("For approval", Headline(id="headline", markup=False)),
            ("Programmes", SheetView(id="programmes")),
            ("Limits", SheetView(id="limits", chooses=False)),
            ("Worth finding out", SheetView(id="finding")),
        )
        for title, pane in panes:
            pane.border_title = title
        headline, programmes, limits, finding = (pane for _, pane in panes)
        below = Horizontal(limits, finding, id="below")
        return headline, programmes, Static(id="detail", markup=False), below

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
        """Lay out what is asked, the programmes and the limits."""
        self.set_class(not view_model.has_answer, "-no-answer")
        self.set_class(self.size.width < BESIDE, "-narrow")
        asked = self._draw_headline(view_model) if view_model.has_answer else 0
        room = self.size.height - (AROUND[self.is_roomy] + asked if view_model.has_answer else 3)
        self._detail_lines = self._lines_for_detail(view_model, room)
        room -= self._detail_lines - DETAIL[self.is_roomy]
        self.query_one("#programmes").styles.max_height = max(room, 4)
        self.query_one("#detail").styles.height = self._detail_lines
        self.sheet("#programmes").show(self._programmes)
        limits = self.sheet("#limits")
        limits.border_title = f"Limits · {limits_words(view_model.gauges)}"
        limits.show(lambda width: limits_sheet(view_model.gauges, width))
        facts = self.found(FINDING)
        self.sheet("#finding").show(lambda width: finding_sheet(facts, width))
        self._draw_detail()

    def _lines_for_detail(self, view_model: ViewModel, room: int) -> int:
        """Return how many lines every reason would need, as far as table and limits leave them."""
        usual = DETAIL[self.is_roomy]
        if not view_model.has_answer:
            return usual
        needed = max((len(self._detail_of(row, UNCUT)) for row in view_model.approvals), default=0)
        tight = 1 + len([row for row in view_model.gauges if row["tight"]]) - LIMITS
        table = self._programmes(self._room).height + BORDER * self.is_roomy
        left = room - table - min(max(tight, 0), MORE_LIMITS) - FEWER[self.is_roomy]
        return usual + max(min(needed - usual, left), 0)

    def _detail_of(self, row: Row, most: int) -> Lines:
        names = int(self.is_roomy) + (self.size.height >= TALL)
        return detail(row, self._room, names=names, most=most)

    @property
    def _room(self) -> int:
        """Cells of a line of text between the margins, or in a box."""
        return max(self.size.width - (6 if self.is_roomy else 4), 20)

    def _draw_headline(self, view_model: ViewModel) -> int:
        """Say what is asked; return how many lines it takes."""
        told = rows.headline_rows(
            view_model.analysis,
            self.found(OTHERWISE) or (),
            self.found(SPENDING),
            self.found(NEAR),
        )
        lines = headline_lines(told, view_model.approvals, self._room, full=self.is_roomy)
        self.query_one("#headline", Static).update(Content("\n").join(lines))
        return len(lines)

    def _programmes(self, width: int) -> Sheet:
        view_model = self.view_model
        if view_model is None:
            return Sheet(())
        report = view_model.report
        if not view_model.has_answer:
            places = [
                view_model.place(demand.loc, "") or dotted(demand.loc)
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
        lines = self._detail_of(row, self._detail_lines)
        place.update(Content("\n").join(lines))

    async def action_near(self) -> None:
        """Look at the plans that are almost as good."""
        from partnerselect.tui.screens.plan import NearView

        if self.view_model is not None and self.view_model.has_answer:
            await self.app.push_screen(NearView(self.view_model))

    async def action_another(self) -> None:
        """Look at who else could do the programme under the cursor."""
        from partnerselect.tui.screens.plan import choose_another

        programme = self.points_at().programme
        if programme is not None:
            await choose_another(self.shell, programme)

    async def action_decide(self) -> None:
        """Record a decision as recommended, once what will be written has been seen."""
        from partnerselect.tui.dialogs import converse
        from partnerselect.tui.screens.register import record_decision

        await converse(self.app, record_decision(self.shell))

    @on(SheetView.Marked)
    def _follow(self) -> None:
        self._draw_detail()

    @on(SheetView.Opened, "#finding")
    async def _look_into(self, event: SheetView.Opened) -> None:
        """Go to where a fact matters most."""
        facts = self.found(FINDING) or []
        fact = next((row for row in facts if row["key"] == event.key), None)
        if fact is not None:
            await self.shell.open_programme(fact["programmes"][0], fact["id"])

    @on(SheetView.Opened, "#programmes")
    async def _open(self, event: SheetView.Opened) -> None:
        from partnerselect.tui.screens.programme import ProgrammeView

        if self.view_model is not None:
            await self.app.push_screen(ProgrammeView(self.view_model, event.key))
