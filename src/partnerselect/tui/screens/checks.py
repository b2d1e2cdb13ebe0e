"""View 8: what are we guessing?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from partnerselect.tui.charts.checks import PARTNER, checks_sheet
from partnerselect.tui.charts.sheet import Sheet, item_of, section_of
from partnerselect.tui.screens.view import View
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table


class ChecksView(View):
    """The checks, the evidence behind the scores, and two published checklists."""

    question = "What rests on assumption?"
    guide = """\
▲ warnings come first: correct them, or answer them in the paper, before this goes to a board. · \
notes are worth knowing. Below each stand how to resolve it (→), its place in the file, and its \
source.

Then, partner by partner: how many scores it was given, how many of them have evidence or a \
source, how many are ranges, and how many are not yet known. △ marks partners with evidence for \
less than half. Press enter on a partner to read its scores.

Last, two published checklists, item by item: ✓ met, ✗ not met, – does not apply, and why.

These are the same checks as those of the check command and of the paper."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Scores and evidence", show=False)
    ]

    def body(self) -> tuple[Widget, ...]:
        """Return the one list."""
        return (SheetView(id="checks"),)

    def draw(self, view_model: ViewModel) -> None:
        """Lay out what was found."""
        is_there = self.ask("checks", lambda _: view_model.checked())
        self.query_one("#checks", SheetView).show(
            lambda width: (
                self._sheet(view_model, width) if is_there else self.missing("checks", width)
            )
        )

    @staticmethod
    def _sheet(view_model: ViewModel, width: int) -> Sheet:
        return checks_sheet(
            view_model.checks,
            view_model.places_of_checks,
            view_model.gates_drawn,
            view_model.evidence_by_partner,
            view_model.practice,
            width,
        )

    def table(self, view_model: ViewModel) -> Table:
        """Return the findings."""
        from partnerselect.tables import checks_table

        return checks_table(view_model.analysis, view_model.places_of_checks)

    @on(SheetView.Opened)
    async def _open(self, event: SheetView.Opened) -> None:
        from partnerselect.tui.screens.evidence import EvidenceView

        partner = item_of(event.key)
        if self.view_model is not None and section_of(event.key) == PARTNER:
            programme = self.view_model.best_programme(partner)
            await self.app.push_screen(EvidenceView(self.view_model, programme, partner))
