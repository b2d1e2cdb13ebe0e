"""One programme: its partners, and why the others were not chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect import rows, tables
from partnerselect.tui import edits
from partnerselect.tui.charts.ranking import ALONE, Work, evidence_sheet, ranking_sheet
from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.charts.words import plain
from partnerselect.tui.dialogs import converse
from partnerselect.tui.keys import key
from partnerselect.tui.screens.plan import choose_another
from partnerselect.tui.screens.view import View
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table


class CloserView(View):
    """What is opened out of a view: about one programme, and a partner of it."""

    BINDINGS = [
        key("leave-out", "leave_out", "Take out or in", "This partner, with the reason"),
        key("note", "note", "Note", "On this partner; the paper prints it"),
        key("back", "back", "Back"),
    ]

    async def action_leave_out(self) -> None:
        """Leave the partner looked at out, with the reason, or take it in again."""
        looked_at = self.points_at()
        for partner in looked_at.partners[:1]:
            await converse(self.app, edits.leave_out(self.shell, partner, looked_at.programme))

    async def action_note(self) -> None:
        """Write a note on the partner looked at."""
        for partner in self.points_at().partners[:1]:
            await converse(self.app, edits.note(self.shell, f"partners.{partner}"))


class ProgrammeView(CloserView):
    """The ranking of a programme."""

    question = "Why this partner, and not another?"
    guide = """\
All partners for one programme, the best value first. ● marks those recommended.

The coloured bar is made of the criteria, each with its letter: a longer piece means that the \
partner gains more there. The whole bar is its value, from 0 to 100. The percentage beside a \
criterion is its weight.

Cost if used alone: what the partner would cost us if it did all it offers for this programme, \
one-off fees included. The cost being approved is under each ●.

Below every partner that was not chosen stands the reason. It need not be the lowest value: a \
partner may be the best here and still be worth more elsewhere, or cost more than the limits \
allow.

First in says in how many trials a partner scores highest when weights and scores vary within \
what is known.

Press {open} on a partner to see each score and the evidence for it; choose another to see what \
that would mean for the whole: its value, its cost, and what it breaks."""
    orders = (
        Order(ALONE, lambda row: row["own_cost_alone"] if row["covers"] else None),
        Order("Partner", lambda row: row["partner"]),
    )
    BINDINGS = [
        key("open", "open", "Scores and evidence"),
        key("choose", "another", "Choose another", "And see what that does to the whole"),
    ]

    def __init__(self, view_model: ViewModel, programme: str, *partners: str) -> None:
        """Look into a programme, and there at the first of these partners."""
        super().__init__()
        self.view_model, self.programme = view_model, programme
        self._at_first = partners[:1]

    def body(self) -> tuple[Widget, ...]:
        """Return the programme's name and the ranking."""
        return Static(id="subject", markup=False), SheetView(id="ranking", title="Partners")

    def points_at(self) -> Selection:
        """Return the programme, and the partner under the cursor."""
        partner = self.sheet("#ranking").key
        return Selection(self.programme, (partner,) if partner else ())

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the ranking; go back where the programme is no longer in the file."""
        if self.programme not in view_model.programmes:
            self.shell.leave(self)
            return
        row = next(row for row in view_model.approvals if row["id"] == self.programme)
        told = f"doing nothing: {row['baseline']:.1f} of 100"
        reason = f"\n{plain(row['reason'])}" if row["reason"] else ""
        self.query_one("#subject", Static).update(
            Content.assemble(
                (plain(view_model.programmes[self.programme]), "bold"),
                (f"   {told}", "$muted"),
                reason,
            )
        )
        ranking = self.sheet("#ranking")
        ranking.show(partial(self._sheet, view_model, is_deferred=row["run"] is False))
        for partner in self._at_first:
            ranking.mark(partner)
        self._at_first = ()

    def _sheet(self, view_model: ViewModel, width: int, *, is_deferred: bool) -> Sheet:
        # the reason for deferring stands on top already
        rows = [
            {**row, "reason": ""} if is_deferred and row["eligible"] else row
            for row in view_model.ranking(self.programme)
        ]
        chosen = [row["partner"] for row in rows if row["chosen"]]
        sheet = ranking_sheet(
            self.ordered(rows),
            view_model.partners,
            {partner: self._work(view_model, partner) for partner in chosen},
            view_model.legend(self.programme),
            view_model.currency,
            width,
        )
        return self.marked(sheet)

    def _work(self, view_model: ViewModel, partner: str) -> Work:
        """Return what a partner is to deliver, and what that costs us without one-off fees."""
        allocated, fixed = (
            [
                line
                for line in view_model.report[part]
                if (line["programme"], line["partner"]) == (self.programme, partner)
            ]
            for part in ("allocation", "fixed_costs")
        )
        titled = view_model.scenario.component_title
        needs = list(dict.fromkeys(titled(line["component"]) for line in allocated))
        return Work(needs, float(sum(line["own_cost"] for line in [*allocated, *fixed])))

    def table(self, view_model: ViewModel) -> Table:
        """Return the ranking."""
        return tables.ranking_table(view_model.analysis, (), self.programme)

    async def action_another(self) -> None:
        """Look at what another choice would mean for the whole."""
        await choose_another(self.shell, self.programme, self.sheet("#ranking").key)

    @on(SheetView.Opened)
    async def _open(self, event: SheetView.Opened) -> None:
        if self.view_model is not None:
            await self.app.push_screen(EvidenceView(self.view_model, self.programme, event.key))


class EvidenceView(CloserView):
    """The scores of a partner."""

    question = "What do we know about this partner?"
    guide = """\
One block for each criterion: the score as given, what it is worth from 0 to 100, the weight of \
the criterion, and what it adds to the partner's value.

Below it stand the evidence, its source and date, and its grade as the file gives it.

△ marks a score without evidence: ask who knows. A score that is not yet known counts as the \
middle of its scale until somebody finds out.

Enter changes a score together with its evidence and source; nothing is written to your file."""
    orders = (
        Order("Weight", lambda row: row["weight"], falls=True),
        Order("Adds", lambda row: row["contribution"], falls=True),
    )
    BINDINGS = [key("open", "open", "Change the score")]

    def __init__(self, view_model: ViewModel, programme: str, partner: str) -> None:
        super().__init__()
        self.view_model, self.programme, self.partner = view_model, programme, partner

    def body(self) -> tuple[Widget, ...]:
        """Return the partner's name and the scores."""
        return Static(id="subject", markup=False), SheetView(
            id="scores", title="Scores and evidence"
        )

    def points_at(self) -> Selection:
        """Return the programme and the partner."""
        return Selection(self.programme, (self.partner,))

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the scores; go back where the partner or programme is no longer in the file."""
        if self.partner not in view_model.partners or self.programme not in view_model.programmes:
            self.shell.leave(self)
            return
        selection = Content.assemble(
            (plain(view_model.partners[self.partner]), "bold"),
            (f"   for: {plain(view_model.programmes[self.programme])}", "$muted"),
        )
        self.query_one("#subject", Static).update(selection)
        scored = rows.score_rows(view_model.analysis, self.programme, self.partner)
        self.sheet("#scores").show(
            lambda width: self.marked(evidence_sheet(self.ordered(scored), width))
        )

    def table(self, view_model: ViewModel) -> Table:
        """Return the scores."""
        return tables.evidence_table(view_model.analysis, self.programme, self.partner)

    @on(SheetView.Opened)
    async def _open(self, event: SheetView.Opened) -> None:
        await converse(
            self.app, edits.change_score(self.shell, self.programme, self.partner, event.key)
        )
