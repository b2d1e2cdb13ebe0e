"""One partner for one programme: each score and what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect.tui.charts.ranking import evidence_sheet
from partnerselect.tui.charts.words import plain
from partnerselect.tui.screens.view import View
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table


class EvidenceView(View):
    """The scores of a partner."""

    question = "What do we know about this partner?"
    guide = """\
One block for each criterion: the score as given, what it is worth from 0 to 100, the weight of \
the criterion, and what it adds to the partner's value.

Below it stand the evidence, its source and date, and its grade as the file gives it.

△ marks a score without evidence: ask who knows. A score that is not yet known counts as the \
middle of its scale until somebody finds out."""
    orders = (
        Order("Weight", lambda row: row["weight"], falls=True),
        Order("Adds", lambda row: row["contribution"], falls=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back")]

    def __init__(self, view_model: ViewModel, programme: str, partner: str) -> None:
        super().__init__()
        self.view_model, self.programme, self.partner = view_model, programme, partner

    def body(self) -> tuple[Widget, ...]:
        """Return the partner's name and the scores."""
        return Static(id="subject", markup=False), SheetView(id="scores", chooses=False)

    def points_at(self) -> Selection:
        """Return the programme and the partner."""
        return Selection(self.programme, (self.partner,))

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the scores; go back where the partner or programme is no longer in the file."""
        if self.partner not in view_model.partners or self.programme not in view_model.programmes:
            self.app.call_later(self.app.pop_screen)
            return
        selection = Content.assemble(
            (plain(view_model.partners[self.partner]), "bold"),
            (f"   for: {plain(view_model.programmes[self.programme])}", "$muted"),
        )
        self.query_one("#subject", Static).update(selection)
        rows = view_model.evidence(self.programme, self.partner)
        self.query_one("#scores", SheetView).show(
            lambda width: self.marked(evidence_sheet(self.ordered(rows), width))
        )

    def table(self, view_model: ViewModel) -> Table:
        """Return the scores."""
        from partnerselect.tables import evidence_table

        return evidence_table(view_model.analysis, self.programme, self.partner)
