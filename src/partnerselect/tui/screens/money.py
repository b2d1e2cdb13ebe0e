"""View 5: what does another £50k buy?"""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect import rows, tables
from partnerselect.tui.charts.grid import table_lines
from partnerselect.tui.charts.money import Names, frontier_chart, prices, steps
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import MUTED, Lines, Row, cells, wrapped
from partnerselect.tui.refinement import SPENDING, traced
from partnerselect.tui.screens.view import View
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView
from partnerselect.words import amount

if TYPE_CHECKING:
    from partnerselect.allocation import Frontier
    from partnerselect.analysis import Analysis
    from partnerselect.tables import Table

MORE = 50_000.0
"""Of our money: what the view asks about."""
LINES = {False: 9, True: 15}
"""Of the chart, where there is little room and where there is more."""
NOTHING_TO_PAY = "There is no recommendation, so there is nothing to pay for yet: see view 1."
BESIDE, PAYERS = 120, 58
"""The width from which on who pays stands beside the chart, and the cells it then has."""


class MoneyView(View):
    """The frontier, what each limit's next step would bring, and who pays when."""

    guide = """\
The line shows the best value for each amount of our money if every other limit stays as it is \
and the budget is left aside. It rises in steps because partners are engaged whole or not at \
all. ● is what is recommended; move up and down to walk along the line (◆).

Each row below is one step: what it costs us, what the whole is then worth from 0 to 100, how \
much more that is than the previous step, and who comes in (+) and goes out (−). Steps above the \
recommendation cost more than is asked for: the last ones say what more money would buy.

The next step of each limit says what a little more money, a few more days or one more partner \
would bring, and how far the limit could fall before anything is lost. The limits that would \
bring most stand first.

Who pays is what is recommended, by payer and phase. Where prices or days are ranges, what \
that may come to in the trials stands below: what is not passed in 80% of them, how often a limit \
is passed, and how much more would make that one in five.

This takes a few seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._told, self._steps = "", list[Row]()
        self._step: float | None = None
        self._shown_today = False

    def body(self) -> tuple[Widget, ...]:
        """Return the chart and the steps."""
        chart = Static(id="frontier", markup=False)
        chart.border_title = "Value for our money"
        return chart, SheetView(id="steps", title="Step by step")

    def question_about(self, view_model: ViewModel) -> str:
        """Ask in the scenario's own currency."""
        return (
            self.question
            if view_model.currency == "GBP"
            else f"What does another {amount(MORE, view_model.currency)} buy?"
        )

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the chart and the steps, as far as they are known."""
        found = self.ask(SPENDING, traced) if view_model.has_answer else None
        self._told, self._steps, self._step = (
            _told(view_model.analysis, found) if found else ("", [], None)
        )
        self.sheet("#steps").show(self._sheet)
        today = next((n for n, row in enumerate(self._steps) if row["today"]), None)
        if today is not None and not self._shown_today:
            self._shown_today = True
            self.sheet("#steps").mark(str(today))
        self._draw_chart()

    def wipe(self, name: str) -> None:
        """Show nothing of an earlier scenario while another is read."""
        super().wipe(name)
        self._told, self._steps, self._shown_today = "", [], False
        self._draw_chart()

    def _sheet(self, width: int) -> Sheet:
        view_model = self.view_model
        if view_model is None:
            return Sheet(())
        if not view_model.has_answer:
            return Sheet((Item("none", tuple(wrapped(NOTHING_TO_PAY, width, MUTED))),))
        names = Names(view_model.programmes, view_model.partners, view_model.currency)
        head, taken = steps(self._steps, names, width)
        told = self.ask("price sentences", _prices)
        sentences = [self.missing("price sentences", width).text] if told is None else told
        paid = Item("payers", self._paid(view_model, width), above=(Content(""),))
        return Sheet(
            (
                *(taken or self._without(width)),
                *(() if self._is_beside else (paid,)),
                *self._uncertain(view_model, width),
                *prices(sentences, width),
            ),
            head=head,
        )

    def _without(self, width: int) -> tuple[Item, ...]:
        """Say why there are no steps, or that they are being worked out."""
        if not self._told:
            return self.missing(SPENDING, width).items
        return (Item("none", tuple(wrapped(self._told, width, MUTED))),)

    @staticmethod
    def _paid(view_model: ViewModel, width: int) -> Lines:
        return table_lines(tables.finance_table(view_model.analysis), width)

    @staticmethod
    def _uncertain(view_model: ViewModel, width: int) -> tuple[Item, ...]:
        """Lay out what prices and days that are ranges may come to; nothing without any."""
        if not view_model.scenario.has_ranges:
            return ()
        told = tables.amounts_table(view_model.analysis)
        if not told.rows:
            return (Item("amounts", tuple(wrapped(told.note, width)), above=(Content(""),)),)
        lines = (*wrapped(told.note, width, "$tight"), *table_lines(told, width))
        return (Item("amounts", lines, above=(Content(""),)),)

    @property
    def _is_beside(self) -> bool:
        """Whether who pays stands beside the chart."""
        return self.size.width >= BESIDE and bool(self._steps)

    @on(SheetView.Marked)
    def _follow(self) -> None:
        self._draw_chart()

    def table(self, view_model: ViewModel) -> Table | None:
        """Return the efficient choices, once they are known."""
        return (
            tables.frontier_table(
                view_model.analysis, {"frontier": self._steps, "step": self._step, "reason": ""}
            )
            if self._steps
            else None
        )

    def _draw_chart(self) -> None:
        self.query_one("#frontier", Static).update(Content("\n").join(self._chart()))

    def _chart(self) -> Lines:
        view_model, key = self.view_model, self.sheet("#steps").key
        if view_model is None or not self._steps:
            return ()
        here = int(key) if key is not None and key.isdecimal() else None
        width = max(self.size.width - 4, 20)
        room = width - (PAYERS + 4 if self._is_beside else 0)
        told, height = tuple(wrapped(self._told, width, "bold")), LINES[self.is_roomy]
        chart = frontier_chart(self._steps, here, view_model.currency, room, height)
        if not self._is_beside:
            return (*told, *chart)
        paid = chain(self._paid(view_model, PAYERS), repeat(Content("")))
        return (*told, *(cells(line.truncate(room, pad=True), next(paid), gap=4) for line in chart))


def _told(analysis: Analysis, found: Frontier) -> tuple[str, list[Row], float | None]:
    told = f"{rows.more_money_sentence(analysis, found, MORE)} {rows.missing_sentence(found)}"
    return told.strip(), rows.frontier_rows(found), found.step


def _prices(analysis: Analysis) -> list[str]:
    from partnerselect.analysis import prices as priced

    return rows.price_sentences(analysis, priced(analysis))
