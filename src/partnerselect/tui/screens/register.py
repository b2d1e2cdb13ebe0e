"""View 0: what was decided, what is due, how it turned out; and recording a decision."""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget

from partnerselect import decisions, register, tables
from partnerselect.errors import PartnerselectError
from partnerselect.files import workspace_of
from partnerselect.tui.charts.grid import table_lines
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.dialogs import Choice, ChooseScreen, Conversation, TypeScreen
from partnerselect.tui.screens.view import View
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table
    from partnerselect.tui.shell import Shell

REGISTER = "register"
HEADING = "bold $primary"
NOTHING_YET = """\
Nothing is recorded yet. Press d in view 1, Recommendation, to record the first decision."""
IN_A_DATABASE = f"the database that {register.VARIABLE} names"


class RegisterView(View):
    """The timeline, what runs as decided, what is due, and how partnerships turned out."""

    guide = """\
The register keeps what was decided, review point by review point. Nothing in it is changed; a \
correction supersedes, and what is superseded can still be read.

First the timeline: each entry with its number, its review point (the entry that opened it) and \
its day. Then who does what as decided, whether the partner has accepted, and the entries that \
say so. Then what is due: reviews, readings of measures, answers of partners. Last, how each \
measure read against its target.

Press d in view 1 to record a decision as recommended. Everything else is recorded on the command \
line: partnerselect freeze, declare, decide, decision, outcome and review."""

    def body(self) -> tuple[Widget, ...]:
        """Return the one list."""
        return (SheetView(id="register", chooses=False),)

    def turn_to(self, selection: Selection) -> None:
        """Read the register anew each time it is opened: others record too."""
        if self.view_model is not None and self.view_model.findings.pop(REGISTER, None) is not None:
            self.draw(self.view_model)
        super().turn_to(selection)

    def draw(self, view_model: ViewModel) -> None:  # noqa: ARG002 - the register is beside the file
        """Lay out what is recorded."""
        path = self.shell.path
        found = self.ask(REGISTER, lambda _: _read(path))
        self.sheet("#register").show(
            partial(self.missing, REGISTER) if found is None else partial(_sheet, found)
        )

    def table(self, view_model: ViewModel) -> Table | None:  # noqa: ARG002 - as above
        """Return the timeline, once it is read."""
        path = self.shell.path
        found = self.ask(REGISTER, lambda _: _read(path))
        return found[0] if found else None


def _place(path: Path) -> str:
    return register.location(None, workspace_of(path, None).folders[0])


def _read(path: Path) -> list[Table]:
    """Return what is recorded; nothing where no register has been begun."""
    if not register.is_there(workspace_of(path, None).folders[0]):
        return []
    entries = register.open_register(_place(path)).entries
    rows = tables.due_rows(decisions.due(entries), entries)
    timeline, running, *turned_out = tables.history_tables(
        entries, entries, decisions.readings(entries)
    )
    return [timeline, running, tables.due_table(rows, None), *turned_out]


def _sheet(found: list[Table], width: int) -> Sheet:
    blank = Content("")
    if not found:
        return Sheet((Item("", (Content(NOTHING_YET),)),))
    return Sheet(
        tuple(
            Item(
                one.id,
                (*table_lines(one, width), *([Content(one.note)] if one.note else []), blank),
                above=(Content(one.heading).stylize(HEADING),),
            )
            for one in found
        )
    )


async def record_decision(shell: Shell) -> Conversation:
    """Ask who decides and when, show what will be written, and record it."""
    view_model = shell.view_model
    if shell.session.what_if is not None and shell.session.what_if.is_changed:
        shell.notify("Save the what-if first: a decision rests on what the file says.", timeout=4)
        return
    if view_model is None or not view_model.has_answer or not view_model.is_priced:
        shell.notify("There is no recommendation to decide on yet.", timeout=4)
        return
    paper = view_model.scenario.paper
    body = yield TypeScreen(
        "Who decides?",
        paper.cover.body if paper else "",
        hint="The body, such as Board of Directors. What is decided otherwise than recommended is\n"
        "recorded by partnerselect decide --set.",
        objection=lambda text: "" if text.strip() else "Somebody decides: write who.",
    )
    day = body and (
        yield TypeScreen(
            "On which day?", register.today(), hint="As 2021-07-28.", objection=_no_day
        )
    )
    if not day:
        return
    place, said = _place(shell.path), {"body": body.strip(), "date": day.strip()}
    decision = register.Decision(view_model.analysis, said)
    content = await asyncio.to_thread(decision.content)
    way = yield ChooseScreen(
        "Record this decision?",
        [Choice("Record it", answer=True), Choice("Not now", answer=False)],
        told=list(_told(content, place)),
    )
    if way:
        try:
            name, made = await asyncio.to_thread(_record, place, decision, content)
        except PartnerselectError as error:
            shell.notify(f"Nothing was recorded: {error}", severity="error", timeout=8)
            return
        view_model.findings.pop(REGISTER, None)
        shell.notify(f"Recorded as entry {made} in {name}: press 0.", timeout=5)


def _no_day(text: str) -> str:
    try:
        dt.date.fromisoformat(text.strip())
    except ValueError:
        return "Write the day as 2021-07-28."
    return ""


def _told(content: dict[str, Any], place: str) -> list[str]:
    """Say exactly what will be written, and where."""
    names = tables.Names.of_content(content)
    return [
        *(
            f"{names.of('programmes', one['programme'])}: {tables.needs_words(one['needs'], names)}"
            for one in content["choices"]
        ),
        "",
        *tables.said_words(content, names),
        "With it go the scenario as read, its scores, values and reasons.",
        f"{content['date']}, into {place if '://' not in place else IN_A_DATABASE}",
    ]


def _record(place: str, decision: register.Decision, content: dict[str, Any]) -> tuple[str, int]:
    kept = register.open_register(place, begin=True)
    scenario = decision.analysis.scenario
    new: list[tuple[decisions.Kind, decisions.Content]] = []
    if not register.is_open(kept.entries, scenario):
        new.append(register.opening_of(scenario, decision.said))
    return kept.name, kept.record(*new, ("decided", content))[-1].number
