"""One programme: its partners, and why the others were not chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect.tui.charts.ranking import Row, Work, ranking_sheet
from partnerselect.tui.charts.words import plain
from partnerselect.tui.screens.view import View
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table


class ProgrammeView(View):
    """The ranking of a programme."""

    question = "Why this partner, and not another?"
    guide = """\
All partners for one programme, the best value first. ● marks those recommended.

The coloured bar is made of the criteria, each with its letter: a longer piece means that the \
partner gains more there. The whole bar is its value, from 0 to 100. The percentage beside a \
criterion is its weight.

If used alone: what the partner would cost us if it did all it offers for this programme, \
one-off fees included. The cost being approved is under each ●.

Below every partner that was not chosen stands the reason. It need not be the lowest value: a \
partner may be the best here and still be worth more elsewhere, or cost more than the limits \
allow.

First in says in how many trials a partner scores highest when weights and scores vary within \
what is known.

Press enter on a partner to see each score and the evidence for it."""
    orders = (
        Order("If used alone", lambda row: row["own_cost_alone"] if row["covers"] else None),
        Order("Partner", lambda row: row["partner"]),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Scores and evidence"),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, view_model: ViewModel, programme: str, *partners: str) -> None:
        """Look into a programme, and there at the first of these partners."""
        super().__init__()
        self.view_model, self.programme = view_model, programme
        self._at_first = partners[:1]

    def body(self) -> tuple[Widget, ...]:
        """Return the programme's name and the ranking."""
        return Static(id="subject", markup=False), SheetView(id="ranking")

    def points_at(self) -> Selection:
        """Return the programme, and the partner under the cursor."""
        partner = self.query_one("#ranking", SheetView).key
        return Selection(self.programme, (partner,) if partner else ())

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the ranking; go back where the programme is no longer in the file."""
        if self.programme not in view_model.programmes:
            self.app.call_later(self.app.pop_screen)
            return
        row = next(row for row in view_model.approvals if row["id"] == self.programme)
        rows = [
            self._without_repeating(partner, row) for partner in view_model.ranking(self.programme)
        ]
        told = f"doing nothing: {row['baseline']:.1f} of 100"
        reason = f"\n{plain(row['reason'])}" if row["reason"] else ""
        self.query_one("#subject", Static).update(
            Content.assemble(
                (plain(view_model.programmes[self.programme]), "bold"),
                (f"   {told}", "$muted"),
                reason,
            )
        )
        chosen = [row["partner"] for row in rows if row["chosen"]]
        work = {
            name: Work(
                view_model.work(self.programme, name), view_model.approved(self.programme, name)
            )
            for name in chosen
        }
        legend = view_model.legend(self.programme)
        ranking = self.query_one("#ranking", SheetView)
        ranking.show(
            lambda width: self.marked(
                ranking_sheet(
                    self.ordered(rows),
                    view_model.partners,
                    work,
                    legend,
                    view_model.currency,
                    width,
                )
            )
        )
        for partner in self._at_first:
            ranking.mark(partner)
        self._at_first = ()

    def table(self, view_model: ViewModel) -> Table:
        """Return the ranking."""
        from partnerselect.tables import ranking_table

        return ranking_table(view_model.analysis, (), self.programme)

    @staticmethod
    def _without_repeating(partner: Row, programme: Row) -> Row:
        """Return a partner's row without the reason that stands on top already."""
        return (
            {**partner, "reason": ""}
            if programme["run"] is False and partner["eligible"]
            else partner
        )

    @on(SheetView.Opened)
    async def _open(self, event: SheetView.Opened) -> None:
        from partnerselect.tui.screens.evidence import EvidenceView

        if self.view_model is not None:
            await self.app.push_screen(EvidenceView(self.view_model, self.programme, event.key))
