"""View 2: why this partner and not that one?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from partnerselect.tui import queries
from partnerselect.tui.charts.comparing import Against, comparing_sheet
from partnerselect.tui.charts.sheet import item_of, section_of
from partnerselect.tui.screens.one_programme import OneProgrammeView
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table


class CompareView(OneProgrammeView):
    """Two to four partners of one programme side by side."""

    question = "Why this partner and not that one?"
    guide = """\
The recommended partner and the main alternative, side by side. p picks others (two to four), w \
puts the next one first, ← and → go to another programme, tab to the next section.

What their value is made of: one bar each, from 0 to 100. The pieces are the criteria, each with \
its letter and colour; the percentage beside a criterion is its weight. If used alone: what a \
partner would cost us if it did all it offers for this programme, one-off fees included.

Where the difference comes from: criterion by criterion, the largest difference first. The thick \
line is what a partner gains, the thin one what can be gained. +6.9 means that the first partner \
gains 6.9 points more, −6.9 that it gains less. The evidence, its source and date stand beside \
or below; enter shows them in full. △ marks a score assumed without evidence: ask who knows.

And if it were …?: what speaks for each, what choosing the other would cost overall (£), and the \
nearest changes that would reverse their order (⇄)."""
    orders = (
        Order("Weight", lambda row: row["weight"], falls=True),
        Order("Criterion", lambda row: row["title"]),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Evidence"),
        Binding("p", "pick", "Pick partners"),
        Binding("w", "swap", "Swap"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._picked: dict[str, tuple[str, ...]] = {}
        """By programme, in the order compared."""

    def draw_programme(self, view_model: ViewModel, programme: str) -> None:
        """Lay out the partners; what takes time is filled in as it is found."""
        page = self.query_one("#page", SheetView)
        partners = self._partners(view_model, programme)
        name = ("compare", programme, partners)
        legend = view_model.legend(programme)
        found = self.ask(
            name,
            partial(queries.side_by_side, programme=programme, partners=partners, legend=legend),
        )
        if found is None:
            page.show(lambda width: self.missing(name, width))
            return
        shown = replace(
            found,
            criteria=self.ordered(found.criteria),
            against=[self._priced(view_model, programme, against) for against in found.against],
        )
        page.show(lambda width: self.marked(comparing_sheet(shown, width)))

    def _priced(self, view_model: ViewModel, programme: str, against: Against) -> Against:
        """Add what choosing a partner would cost the whole, once that is known."""
        name = ("price", programme, against.partner)
        self.ask(name, partial(queries.price, programme=programme, partner=against.partner))
        told = view_model.findings.get(name)
        return replace(
            against, price=told if told is None or isinstance(told, str) else told.reason
        )

    def _partners(self, view_model: ViewModel, programme: str) -> tuple[str, ...]:
        """Return whom to compare: those picked, else the partner recommended and the runner-up."""
        picked = tuple(
            name for name in self._picked.get(programme, ()) if name in view_model.partners
        )
        return (
            picked
            if len(picked) >= queries.FEWEST
            else queries.to_compare(view_model.analysis, programme)
        )

    def turn_to(self, selection: Selection) -> None:
        """Hold the one partner that another view pointed at against the one recommended."""
        view_model = self.shell.view_model
        if (
            view_model is not None
            and selection.programme in view_model.programmes
            and len(selection.partners) == 1
        ):
            first = queries.to_compare(view_model.analysis, str(selection.programme))[0]
            if selection.partners[0] != first:
                self._picked[str(selection.programme)] = (first, *selection.partners)
        super().turn_to(selection)

    def points_at(self) -> Selection:
        """Return the programme and the partners compared."""
        if self.view_model is None or not self.view_model.programmes:
            return self.selection
        programme = self.programme(self.view_model)
        return Selection(programme, self._partners(self.view_model, programme))

    def table(self, view_model: ViewModel) -> Table | None:
        """Return the partners held against each other; None where there are not two."""
        from partnerselect.rows import Pair
        from partnerselect.tables import gap_table, sides_table

        programme = self.programme(view_model)
        partners = self._partners(view_model, programme)
        if len(partners) > queries.FEWEST:
            return sides_table(view_model.analysis, programme, partners)
        return (
            gap_table(Pair(view_model.analysis, programme, *partners))
            if len(partners) == queries.FEWEST
            else None
        )

    def action_swap(self) -> None:
        """Let the next partner go first."""
        if self.view_model is not None:
            programme = self.programme(self.view_model)
            first, *others = self._partners(self.view_model, programme)
            self._picked[programme] = (*others, first)
            self.draw(self.view_model)

    async def action_pick(self) -> None:
        """Choose whom to compare."""
        from partnerselect.tui.screens.pick import PickScreen

        if self.view_model is not None:
            programme = self.programme(self.view_model)
            ranking = [
                row | {"title": self.view_model.partners[row["partner"]]}
                for row in self.view_model.ranking(programme)
            ]
            await self.app.push_screen(
                PickScreen(ranking, self._partners(self.view_model, programme)), self._pick
            )

    def _pick(self, partners: tuple[str, ...] | None) -> None:
        if partners and self.view_model is not None:
            self._picked[self.programme(self.view_model)] = partners
            self.look_at(self.programme(self.view_model))

    @on(SheetView.Opened, "#page")
    async def _open(self, event: SheetView.Opened) -> None:
        from partnerselect.tui.screens.evidence import EvidenceView

        partner = item_of(event.key).rpartition("/")[2]
        if self.view_model is not None and section_of(event.key) in {"made-of", "difference"}:
            await self.app.push_screen(
                EvidenceView(self.view_model, self.programme(self.view_model), partner)
            )
