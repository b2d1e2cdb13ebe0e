"""View 8: what are we guessing?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from partnerselect import files, rows, tables
from partnerselect.tui.charts.checks import FACT, LACK, PARTNER, Checked, checks_sheet
from partnerselect.tui.charts.sheet import item_of, section_of
from partnerselect.tui.editor import edit
from partnerselect.tui.keys import key
from partnerselect.tui.refinement import FINDING, worth_finding_out
from partnerselect.tui.screens.programme import EvidenceView
from partnerselect.tui.screens.view import View
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table


class ChecksView(View):
    """The checks, the evidence behind the scores, and two published checklists."""

    guide = """\
▲ warnings come first: correct them, or answer them in the paper, before this goes to a board. · \
notes are worth knowing. Each says what is lacking, then what to do (→), then the place in the \
file and the source. Press {open} to open your own editor there.

Worth finding out: facts not yet known for sure that could change who scores highest, across \
programmes, those first that it costs most not to know. Press {open} to go to the place.

Then, partner by partner: how many scores it was given, how many of them have evidence or a \
source, how many are ranges, and how many are not yet known. △ marks partners with evidence for \
less than half. Press {open} on a partner to read its scores.

Last, two published checklists, item by item: ✓ met, ✗ not met, – does not apply, and why.

These are the findings of the check command; the paper leaves out what the files alone show."""
    BINDINGS = [key("open", "open", "Open")]

    def body(self) -> tuple[Widget, ...]:
        """Return the one list."""
        return (SheetView(id="checks", title="Tasks, facts and evidence"),)

    def draw(self, view_model: ViewModel) -> None:
        """Lay out what was found."""
        found = self.ask("checks", lambda _: _checked(view_model))
        self.sheet("#checks").show(
            partial(self.missing, "checks")
            if found is None
            else partial(checks_sheet, found, self.ask(FINDING, worth_finding_out))
        )

    def table(self, view_model: ViewModel) -> Table | None:
        """Return the findings, once they are known."""
        found = self.ask("checks", lambda _: _checked(view_model))
        if not found:
            return None
        return tables.checks_table(view_model.scenario, found.findings, found.places)

    @on(SheetView.Opened)
    def _edit(self, event: SheetView.Opened) -> None:
        """Open the reader's editor where a finding is to be corrected."""
        found = self.found("checks")
        if found is not None and section_of(event.key) == "finding":
            edit(self.app, found.places[int(item_of(event.key))])

    @on(SheetView.Opened)
    async def _open(self, event: SheetView.Opened) -> None:
        partner = item_of(event.key)
        facts = self.found(FINDING) or []
        fact = next((row for row in facts if row["key"] == item_of(event.key)), None)
        if fact is not None and section_of(event.key) == FACT:
            await self.shell.open_programme(fact["programmes"][0], fact["id"])
        elif self.found("checks") and section_of(event.key) == LACK and partner.isdecimal():
            edit(self.app, self.found("checks").places[int(partner)])
        elif self.view_model is not None and section_of(event.key) == PARTNER:
            programme = self.view_model.best_programme(partner)
            await self.app.push_screen(EvidenceView(self.view_model, programme, partner))


def _as_written_there(row: rows.Row, place: str) -> rows.Row:
    """Return a finding with its advice in the words of a sheet, where it stands in a workbook."""
    if not files.is_book(Path(place.partition("!")[0])):
        return row
    return {**row, "mend": files.advice_in_sheets(row["mend"])}


def _checked(view_model: ViewModel) -> Checked:
    """Return what was found, where each stands, assumed decisions, evidence and checklists."""
    found = rows.check_rows(view_model.analysis, view_model.slips)
    gates = view_model.scenario.gates
    draws = view_model.report["draws"]
    places = [row["place"] or view_model.place(row["loc"], row["words"]) for row in found]
    return Checked(
        [_as_written_there(row, place) for row, place in zip(found, places, strict=True)],
        places,
        [{**row, "title": gates[row["gate"]].title} for row in (draws["gates"] if draws else ())],
        rows.evidence_rows(view_model.analysis),
        rows.practice_rows(view_model.analysis),
    )
