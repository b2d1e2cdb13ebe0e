"""View 0: what was decided, what is due, how it turned out; and recording a decision."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget

from partnerselect import decisions, register, tables
from partnerselect.errors import PartnerselectError
from partnerselect.files import workspace_of
from partnerselect.model import read_day
from partnerselect.tui.charts.grid import flat, table_lines
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import cells, fitted, right, wrapped
from partnerselect.tui.dialogs import (
    Choice,
    ChooseScreen,
    Conversation,
    Entry as Line,
    FormScreen,
    TypeScreen,
)
from partnerselect.tui.screens.view import View
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView
from partnerselect.words import day_words

if TYPE_CHECKING:
    from partnerselect.model import Scenario
    from partnerselect.tables import Table
    from partnerselect.tui.shell import Shell

REGISTER = "register"
HEADING = "bold $primary"
SET_IN = 25
"""Cells before the words of an entry: its number and day."""
NOTHING_YET = """\
Nothing is recorded yet. The first decision is recorded in view 1, Recommendation."""
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

Record a decision in view 1 ({decide}): as recommended, on a plan, or otherwise for a programme, \
and on a What if too. Everything else is recorded on the command line: partnerselect freeze, \
declare, decision, outcome and review."""

    def body(self) -> tuple[Widget, ...]:
        """Return the one list."""
        return (SheetView(id="register", title="Register of decisions", chooses=False),)

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
    if not register.is_there(None, workspace_of(path, None).folders[0]):
        return []
    entries = register.open_register(_place(path)).entries
    rows = tables.due_rows(decisions.due(entries), entries)
    timeline, running, *turned_out = tables.history_tables(
        entries, entries, decisions.readings(entries), register.today()
    )
    return [timeline, running, tables.due_table(rows, None, entries), *turned_out]


def _sheet(found: list[Table], width: int) -> Sheet:
    if not found:
        return Sheet((Item("", tuple(wrapped(NOTHING_YET, width))),))
    timeline, *others = found
    laid_out = [(timeline, tuple(_timeline(timeline, width)))]
    laid_out += [(one, table_lines(one, width)) for one in others]
    return Sheet(
        tuple(
            Item(
                one.id,
                (*lines, *wrapped(one.note, width), Content("")),
                above=(Content(one.heading).stylize(HEADING),),
            )
            for one, lines in laid_out
        )
    )


def _timeline(table: Table, width: int) -> Iterator[Content]:
    """Lay out entries one below the other, under their review points."""
    latest = ""
    for number, juncture, date, _, told in (map(flat, row) for row in table.texts()):
        if juncture != latest:
            yield Content(f"Review point {juncture}").stylize("bold")
        latest = juncture
        first, *others = wrapped(told, width - SET_IN) or [Content("")]
        yield cells(right(number, 4), fitted(date, SET_IN - 8), first)
        yield from (line.pad_left(SET_IN) for line in others)


async def record_decision(shell: Shell) -> Conversation:
    """Ask what is decided, by whom and when, show what will be written, and record it."""
    view_model, tried = shell.view_model, shell.session.what_if
    changed = list(map(str, tried.differences)) if tried is not None and tried.is_changed else []
    is_known = tried is not None and tried.view_model is view_model
    if view_model is None or not (view_model.has_answer and (is_known or not changed)):
        shell.notify("There is no recommendation to decide on yet.", timeout=4)
        return
    scenario, wishes = view_model.scenario, dict[str, register.Wish]()
    way = yield _what(scenario, wishes, changed)
    while way is not None and any(way):
        plan, programme = way
        who = plan or (yield _who(scenario, programme))
        reason = who and (yield REASON())
        if reason and plan:
            wishes |= register.plan_wishes(scenario, plan, [reason])
        elif reason:
            wishes |= register.wishes_of(scenario, [f"{programme}={who}"], [reason])
        way = yield _what(scenario, wishes, changed)
    said = None if way is None else (yield _body_and_day(scenario))
    if said is None:
        return
    place = _place(shell.path)
    shell.notify("What will be recorded is worked out.", timeout=2)
    try:
        decision = await asyncio.to_thread(_decision, view_model, changed, wishes, said)
        content, before = await asyncio.to_thread(_content, decision, shell.path)
        way = yield ChooseScreen(
            "Record this decision?",
            [Choice("Record it", answer=True), Choice("Not now", answer=False)],
            told=[*before, *_told(content, place)],
        )
        if way:
            name, made = await asyncio.to_thread(_record, place, decision, content)
            view_model.findings.pop(REGISTER, None)
            shell.notify(f"Recorded as entry {made} in {name}: see Register.", timeout=5)
    except PartnerselectError as error:
        shell.notify(f"Nothing was recorded: {error}", severity="error", timeout=8)


def _what(
    scenario: Scenario, wishes: Mapping[str, register.Wish], changed: list[str]
) -> ChooseScreen:
    """Ask what is decided: as recommended, on a plan, or otherwise for a programme; ends by ""."""
    names, titles = scenario.programme_names, scenario.partner_names
    otherwise = [
        f"{names[one]}: {' + '.join(titles[who] for who in wish.partners) or 'deferred'}"
        for one, wish in wishes.items()
    ]
    done = "This, and the rest as well as can be" if wishes else "As recommended"
    plans = [Choice(one.title, (name, ""), "Plan") for name, one in scenario.all_plans.items()]
    others = [Choice(title, ("", name), "Not as recommended:") for name, title in names.items()]
    told = [*otherwise, *(f"≠ {one}" for one in changed)]
    return ChooseScreen("What is decided?", [Choice(done, ("", "")), *plans, *others], told=told)


def _who(scenario: Scenario, programme: str) -> ChooseScreen:
    """Ask who is to do a programme."""
    stated = scenario.programmes[programme]
    known = [
        Choice(title, name)
        for name, title in scenario.partner_names.items()
        if {*stated.needs} & {*scenario.partners[name].offers}
    ]
    return ChooseScreen(f"Who does {stated.title}?", [*known, Choice("Deferred", "deferred")])


REASON = partial(
    TypeScreen,
    "Why otherwise than recommended?",
    "",
    hint="Recorded with what it costs. Several partners for one programme: partnerselect decide.",
    objection=lambda text: "" if text.strip() else "A reason is needed.",
)


def _body_and_day(scenario: Scenario) -> FormScreen:
    """Ask who decides, and on which day."""
    body = scenario.paper.cover.body if scenario.paper else ""
    lines = [Line("body", "Who decides", body), Line("date", "Date", register.today())]
    hint = "The body, such as Board of Directors; the day as 2021-07-28."
    return FormScreen("Who decides, and when?", lines, hint=hint, objection=_objection)


def _objection(typed: dict[str, str]) -> str:
    if not typed["body"]:
        return "Somebody decides: write who."
    try:
        read_day(typed["date"])
    except ValueError:
        return "Write the day as 2021-07-28."
    return ""


def _decision(
    view_model: ViewModel,
    changed: list[str],
    wishes: Mapping[str, register.Wish],
    said: decisions.Content,
) -> register.Decision:
    """Return a decision; a what-if is analysed as the file that says the same."""
    from partnerselect.analysis import analyse, with_choices

    analysis = view_model.analysis
    if changed:
        analysis, said = analyse(analysis.scenario.as_file()), {**said, "changed": changed}
    analysis = analysis if analysis.choices else with_choices(analysis)
    return register.Decision(analysis, said, wishes)


def _content(decision: register.Decision, path: Path) -> tuple[dict[str, Any], list[str]]:
    """Return what will be recorded, and what to think of before it is."""
    content, entries = decision.content(), list[decisions.Entry]()
    if register.is_there(None, workspace_of(path, None).folders[0]):
        entries = register.open_register(_place(path)).entries
    return content, list(register.decided_before(entries, content))


def _told(content: dict[str, Any], place: str) -> list[str]:
    """Say exactly what will be written, and where."""
    names = tables.Names.of_content(content)
    return [
        *(
            f"{names.of('programmes', one['programme'])}: {tables.needs_words(one['needs'], names)}"
            + (f" ({one['reason']})" if one["reason"] else "")
            for one in content["choices"]
        ),
        "",
        *tables.said_words(content, names),
        "With it go the scenario as read, its scores, values and reasons.",
        f"{day_words(content['date'])}, into {place if '://' not in place else IN_A_DATABASE}",
    ]


def _record(place: str, decision: register.Decision, content: dict[str, Any]) -> tuple[str, int]:
    kept = register.open_register(place, begin=True)
    scenario, new = decision.analysis.scenario, ("decided", content)
    made = register.record_on(kept, scenario, decision.said, new)
    return kept.name, made[-1].number
