"""View 2: why this partner and not that one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import SelectionList, Static

from partnerselect import rows, tables
from partnerselect.tui.charts.comparing import Against, SideBySide, comparing_sheet
from partnerselect.tui.charts.ranking import NOT_ELIGIBLE
from partnerselect.tui.charts.sheet import item_of, section_of
from partnerselect.tui.charts.words import Row, plain
from partnerselect.tui.dialogs import Dialog
from partnerselect.tui.keys import key, unlisted_key
from partnerselect.tui.screens.one_programme import OneProgrammeView
from partnerselect.tui.screens.programme import EvidenceView
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import Layout, SheetView

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.tables import Table


FEWEST, MOST = 2, 4
"""Partners side by side."""


class CompareView(OneProgrammeView):
    """Two to four partners of one programme side by side."""

    guide = """\
The recommended partner and the main alternative, side by side; two to four others can be picked.

What their value is made of: one bar each, from 0 to 100. The pieces are the criteria, each with \
its letter and colour; the percentage beside a criterion is its weight. Cost if used alone: what a \
partner would cost us if it did all it offers for this programme, one-off fees included.

Where the difference comes from: criterion by criterion, the largest difference first. The thick \
line is what a partner gains, the thin one what can be gained. +6.9 means that the first partner \
gains 6.9 points more, −6.9 that it gains less. The evidence, its source and date stand beside \
or below; {open} shows them in full. △ marks a score assumed without evidence: ask who knows.

And if it were …?: what speaks for each, what choosing the other would cost overall (£), and the \
nearest changes that would reverse their order (⇄)."""
    orders = (
        Order("Weight", lambda row: row["weight"], falls=True),
        Order("Criterion", lambda row: row["title"]),
    )
    BINDINGS = [
        key("open", "open", "Evidence"),
        key("pick", "pick", "Pick partners", "Two to four to compare"),
        key("put-first", "swap", "Put the next first"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._picked: dict[str, tuple[str, ...]] = {}
        """By programme, in the order compared."""

    def page(self, view_model: ViewModel, programme: str) -> Layout:
        """Return what lays out the partners; what takes time is filled in as it is found."""
        partners = self._partners(view_model, programme)
        name = ("compare", programme, partners)
        legend = view_model.legend(programme)
        found = self.ask(
            name,
            partial(side_by_side, programme=programme, partners=partners, legend=legend),
        )
        if found is None:
            return partial(self.missing, name)
        shown = replace(
            found,
            criteria=self.ordered(found.criteria),
            against=[self._priced(view_model, programme, against) for against in found.against],
        )
        return lambda width: self.marked(comparing_sheet(shown, width))

    def _priced(self, view_model: ViewModel, programme: str, against: Against) -> Against:
        """Add what choosing a partner would cost the whole, once that is known."""
        name = ("price", programme, against.partner)
        self.ask(name, partial(_price, programme=programme, partner=against.partner))
        told = view_model.findings.get(name)
        return replace(
            against, price=told if told is None or isinstance(told, str) else told.reason
        )

    def _partners(self, view_model: ViewModel, programme: str) -> tuple[str, ...]:
        """Return whom to compare: those picked, else the partner recommended and the runner-up."""
        picked = tuple(
            name for name in self._picked.get(programme, ()) if name in view_model.partners
        )
        return picked if len(picked) >= FEWEST else _to_compare(view_model.analysis, programme)

    def turn_to(self, selection: Selection) -> None:
        """Hold the one partner that another view pointed at against the one recommended."""
        view_model = self.shell.view_model
        if (
            view_model is not None
            and selection.programme in view_model.programmes
            and len(selection.partners) == 1
        ):
            first = _to_compare(view_model.analysis, str(selection.programme))[0]
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
        programme = self.programme(view_model)
        partners = self._partners(view_model, programme)
        if len(partners) > FEWEST:
            return tables.sides_table(view_model.analysis, programme, partners)
        return (
            tables.gap_table(rows.Pair(view_model.analysis, programme, *partners))
            if len(partners) == FEWEST
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
        partner = item_of(event.key).rpartition("/")[2]
        if self.view_model is not None and section_of(event.key) in {"made-of", "difference"}:
            await self.app.push_screen(
                EvidenceView(self.view_model, self.programme(self.view_model), partner)
            )


class PickList(SelectionList[str]):
    """Space marks, enter is done."""

    BINDINGS = [
        key("change", "select", "Mark"),
        key("open", "screen.accept", "Compare"),
        unlisted_key("up", "cursor_up", "Up"),
        unlisted_key("down", "cursor_down", "Down"),
    ]


class PickScreen(Dialog["tuple[str, ...]"]):
    """Asks for two to four partners; they are compared in the order they were marked."""

    def __init__(self, ranking: Sequence[Row], picked: Sequence[str]) -> None:
        super().__init__()
        self._ranking, self._picked = ranking, picked

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(id="asked"):
            yield Static("Whom to compare?", id="marked", markup=False)
            yield PickList(*((self._named(row), row["partner"]) for row in self._ranking))
            yield self.buttons("Compare")

    @staticmethod
    def _named(row: Row) -> Content:
        value = f"{row['value']:4.1f}" if row["eligible"] else NOT_ELIGIBLE
        return Content.assemble(f"{plain(row['title'])}  ", (value, "$muted"))

    def on_mount(self) -> None:
        """Mark those who are compared now."""
        for partner in self._picked:
            self.query_one(PickList).select(partner)

    @on(SelectionList.SelectionToggled)
    def _keep_to_four(self, event: SelectionList.SelectionToggled[str]) -> None:
        if len(event.selection_list.selected) > MOST:
            event.selection_list.deselect(event.selection)

    @on(SelectionList.SelectedChanged)
    def _tell(self, event: SelectionList.SelectedChanged[str]) -> None:
        titles = {row["partner"]: plain(row["title"]) for row in self._ranking}
        marked = [titles[partner] for partner in event.selection_list.selected]
        told = f"Two to four, in this order: {', '.join(marked) or 'nobody yet'}."
        asked = Content.assemble(("Whom to compare?", "bold $primary"), f"\n{told}")
        self.query_one("#marked", Static).update(asked)

    def action_accept(self) -> None:
        """Compare those marked."""
        marked = self.query_one(PickList).selected
        if len(marked) >= FEWEST:
            self.answer(tuple(marked))


def _to_compare(analysis: Analysis, programme: str) -> tuple[str, ...]:
    """Return whom to compare where nobody has been picked: the one chosen and the runner-up.

    Fewer where there are not two.
    """
    found = (
        rows.partner_comparison(analysis, programme)
        if len(analysis.scenario.partners) > 1
        else None
    )
    return (found.why, found.why_not) if found else tuple(analysis.scenario.partners)


def side_by_side(
    analysis: Analysis, programme: str, partners: Sequence[str], legend: Sequence[tuple[str, float]]
) -> SideBySide:
    """Return the partners side by side.

    What choosing another would cost the whole is left open, for that takes choosing anew.
    """
    titles = analysis.scenario.partner_titles
    found = (row for row in rows.ranking_rows(analysis) if row["programme"] == programme)
    ranking = {row["partner"]: row for row in rows.with_names(analysis.scenario, found)}
    first, *others = partners
    pairs = [rows.Pair(analysis, programme, first, other) for other in others]
    return SideBySide(
        partners=[
            {
                **ranking[name],
                "title": titles[name],
                "sure": rows.highest_share_words(ranking[name]),
            }
            for name in partners
        ],
        criteria=rows.side_rows(analysis, programme, partners),
        told=rows.immediate_summary(pairs[0]) if pairs else [],
        against=[
            Against(
                pair.why_not,
                titles[pair.why_not],
                rows.speaking_for(pair),
                None,
                rows.turning_points_words(pair),
            )
            for pair in pairs
        ],
        legend=legend,
        currency=analysis.scenario.currency,
    )


def _price(analysis: Analysis, programme: str, partner: str) -> str:
    """Say what choosing a partner would cost the whole; empty where it is chosen or cannot be.

    Chooses anew.
    """
    from partnerselect.analysis import why_not

    return rows.instead_words(analysis.scenario, why_not(analysis, programme, partner))
