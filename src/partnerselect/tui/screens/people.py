"""View 6: who disagrees?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from partnerselect.tui import queries
from partnerselect.tui.charts.bars import letter_of
from partnerselect.tui.charts.people import how_to_ask, people_sheet
from partnerselect.tui.charts.sheet import item_of, section_of
from partnerselect.tui.screens.one_programme import OneProgrammeView
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table


class PeopleView(OneProgrammeView):
    """Each group's ranking of one programme, where weights differ, and every programme in brief."""

    question = "Who disagrees?"
    guide = """\
One programme at a time: ← and → go to the next, tab to the next section.

How each group ranks the partners: each group's column shows how it would rank them by its own \
weights alone; Ours is the ranking of the recommendation. The percentage beside a group is its \
share of the votes.

In words: whom each group puts first, how far all agree on the order, and ◇ the partner that \
most groups could accept: first for a group, or within a few points of its first.

Where their weights differ most: the criteria on which two groups are furthest apart. Discussion \
helps most there.

In every programme: who is first for whom. Enter goes to that programme."""
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "open", "Go to the programme")]

    def draw_programme(self, view_model: ViewModel, programme: str) -> None:
        """Lay out what the worker has found, or what to write to be shown something."""
        page = self.query_one("#page", SheetView)
        if not view_model.analysis.scenario.stakeholders:
            criteria = tuple(view_model.analysis.scenario.criteria.criteria)
            page.show(lambda width: how_to_ask(criteria, width))
            return
        name = ("people", programme)
        found = self.ask(name, partial(queries.voices, programme=programme))
        if found is None:
            page.show(lambda width: self.missing(name, width))
            return
        shown = replace(found, ranking=self.ordered(found.ranking))
        page.show(lambda width: self.marked(people_sheet(shown, width)))

    @property
    def orders_now(self) -> tuple[Order, ...]:
        """By name, or as one of the groups ranks them."""
        groups = self.view_model.analysis.scenario.stakeholders if self.view_model else {}
        by_group = (
            Order(letter_of(n), lambda row, group=group: row["ranks"][group])  # type: ignore[misc]
            for n, group in enumerate(groups)
        )
        return (Order("Partner", lambda row: row["title"]), *by_group)

    def table(self, view_model: ViewModel) -> Table | None:
        """Return the place each group gives each partner; None where nobody was asked."""
        from partnerselect.analysis import agreement
        from partnerselect.tables import group_ranks_table

        told = agreement(view_model.analysis)
        return (
            group_ranks_table(view_model.analysis, told, self.programme(view_model))
            if told.groups
            else None
        )

    @on(SheetView.Opened, "#page")
    def _open(self, event: SheetView.Opened) -> None:
        if section_of(event.key) == "everywhere":
            self.look_at(item_of(event.key))
