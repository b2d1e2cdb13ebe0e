"""View 6: who disagrees?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from partnerselect import rows, tables
from partnerselect.tui.charts.bars import letter_of
from partnerselect.tui.charts.people import Voices, how_to_ask, people_sheet
from partnerselect.tui.charts.sheet import item_of, section_of
from partnerselect.tui.keys import key
from partnerselect.tui.screens.one_programme import OneProgrammeView
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import Layout, SheetView

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.tables import Table


class PeopleView(OneProgrammeView):
    """Each group's ranking of one programme, where weights differ, and every programme in brief."""

    guide = """\
How each group ranks the partners: each group's column shows how it would rank them by its own \
weights alone; Ours is the ranking of the recommendation. The percentage beside a group is its \
share of the votes.

In words: whom each group puts first, how far all agree on the order, and ◇ the partner that \
most groups could accept: first for a group, or within a few points of its first.

Where their weights differ most: the criteria on which two groups are furthest apart. Discussion \
helps most there.

In every programme: who is first for whom. {open} goes to that programme."""
    BINDINGS = [key("open", "open", "Go to the programme")]

    def page(self, view_model: ViewModel, programme: str) -> Layout:
        """Return what lays out what the worker has found, or says what to write."""
        if not view_model.analysis.scenario.stakeholders:
            criteria = tuple(view_model.analysis.scenario.criteria.criteria)
            return partial(how_to_ask, criteria)
        by_group = (
            Order(letter_of(n), lambda row, group=group: row["ranks"][group])  # type: ignore[misc]
            for n, group in enumerate(view_model.analysis.scenario.stakeholders)
        )
        self.orders = (Order("Partner", lambda row: row["title"]), *by_group)
        name = ("people", programme)
        found = self.ask(name, partial(_voices, programme=programme))
        if found is None:
            return partial(self.missing, name)
        shown = replace(found, ranking=self.ordered(found.ranking))
        return lambda width: self.marked(people_sheet(shown, width))

    def table(self, view_model: ViewModel) -> Table | None:
        """Return the place each group gives each partner; None where nobody was asked."""
        from partnerselect.analysis import agreement

        told = agreement(view_model.analysis)
        return (
            tables.group_ranks_table(view_model.analysis, told, self.programme(view_model))
            if told.groups
            else None
        )

    @on(SheetView.Opened, "#page")
    def _open(self, event: SheetView.Opened) -> None:
        if section_of(event.key) == "everywhere":
            self.look_at(item_of(event.key))


def _voices(analysis: Analysis, programme: str) -> Voices | None:
    """Return what the groups say of a programme; None where none are asked."""
    from partnerselect.analysis import agreement

    told = agreement(analysis)
    if not told.groups:
        return None
    scenario = analysis.scenario
    everywhere = [
        {**row, "title": scenario.programmes[row["programme"]].title}
        for row in rows.agreement_rows(analysis, told)
    ]
    return Voices(
        groups=[
            (view.group, scenario.stakeholders[view.group].title, view.voice)
            for view in told.groups
        ],
        ranking=rows.with_names(
            scenario,
            (row for row in rows.group_rows(analysis, told) if row["programme"] == programme),
        ),
        agreement=next(row for row in everywhere if row["programme"] == programme),
        everywhere=everywhere,
        differences=rows.difference_rows(analysis, told),
        weights={
            view.group: {
                row["criterion"]: row["whole"]
                for row in rows.group_weight_rows(analysis, view.group)
            }
            for view in told.groups
        },
        titles=scenario.partner_titles,
    )
