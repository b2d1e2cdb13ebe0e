"""View 3: what would change the answer?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect import rows, tables, what_if as trying
from partnerselect.errors import InputError
from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.charts.what_if import (
    GROUP,
    AnswerRows,
    answer_sheet,
    differences_lines,
    lever_line,
    levers_sheet,
)
from partnerselect.tui.charts.words import Lines
from partnerselect.tui.dialogs import TypeScreen, converse
from partnerselect.tui.edits import keep_plan
from partnerselect.tui.keys import key, unlisted_key
from partnerselect.tui.screens.view import View
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import LeversView, SheetView

if TYPE_CHECKING:
    from partnerselect.tables import Table
    from partnerselect.tui.session import WhatIfSession
    from partnerselect.what_if import Lever, WhatIf

TOLD = {False: 3, True: 6}
"""Lines for what differs, where there is little room and where there is more."""
GAP, HALF = 2, 20
"""Cells of a margin, and of half of a small screen, which is all there is for levers."""


class WhatIfView(View):
    """Levers on the left, the answer on the right, what differs from the saved scenario below."""

    guide = """\
On the left is everything that can be changed, a little or a lot, or to a figure that you type \
(56000, 56k, or -30% for a change). {open} unfolds a group (▸, with how many lines it has).

On the right the answer follows at once, first in words: who is no longer used, what is deferred, \
how much more or less it costs us. ≠ marks what differs from the saved scenario. The top line says \
how much is known: first the new ranking, then the best of the plans seen so far ("at least this \
good"), then the best plan there is; Stop takes the best found so far.

Values that are measured with other weights or scales than the saved ones are not compared with \
them.

Ranking shows one programme in full: ▲ and ▼ say how many places a partner has moved, ✗ that it \
can no longer be chosen.

Nothing you change touches your file. The lines below say what is not saved. Save makes it a \
scenario of its own, a small file that extends the original. Keep as a plan has the plan on the \
right judged beside the others in view 7, also once the levers are back.

The other views show the changed scenario too, until you reset it. If the program stops, your \
changes are offered again at the next start."""
    BINDINGS = [
        key("open", "type", "Edit", "Type a figure: 56000, 56k, or -30% for a change"),
        key("change", "turn", "Change", "A decision of others, a partner or a programme"),
        key("undo", "undo", "Undo", "Take the last step of the what-if back"),
        key("redo", "redo", "Redo"),
        key("reset", "put_back", "Reset", "This line, to what is saved"),
        key("reset-all", "reset", "Reset all", "Everything, to what is saved"),
        unlisted_key("answer-down", "scroll_answer(1)", "Answer down"),
        unlisted_key("answer-up", "scroll_answer(-1)", "Answer up"),
        unlisted_key("next-programme", "programme(1)", "Next programme"),
        unlisted_key("previous-programme", "programme(-1)", "Previous programme"),
        unlisted_key("keep", "keep", "Keep as a plan", "The plan on the right"),
    ]

    def body(self) -> tuple[Widget, ...]:
        """Return the levers, the answer, and what differs."""
        bench = Horizontal(
            LeversView(id="levers", title="What can be changed", least_width=HALF),
            SheetView(id="answer", title="What follows", chooses=False, least_width=HALF),
            id="bench",
        )
        return (
            bench,
            Static(id="lever", markup=False),
            Static(id="differences", markup=False),
        )

    def on_mount(self) -> None:
        """Move levers from the first key on."""
        self._trouble, self._offered = "", list[bool | None]()
        self._levers: dict[str, Lever] = {}
        self._saved: dict[str, str] = {}
        self._opened: set[str] = set()
        """The groups of levers that are not folded."""
        self._answered: tuple[WhatIfSession | None, str] = None, ""
        """What the answer was last laid out for, and whose ranking."""
        self.query_one(LeversView).focus()

    # ── What is shown ──

    @property
    def what_if(self) -> WhatIfSession | None:
        """What is tried on the file that is looked at."""
        return self.shell.session.what_if

    @property
    def programme(self) -> str:
        """The programme whose ranking and scores are shown."""
        known = list(self.what_if.edits.scenario.programmes) if self.what_if else []
        view_model = self.shell.view_model
        first = view_model.first_programme if view_model and known else ""
        wanted = self.selection.programme
        return next((one for one in (wanted, first, *known) if one in known), "")

    def points_at(self) -> Selection:
        """Return the programme whose ranking is shown."""
        return Selection(self.programme or None, self.selection.partners)

    # what is shown is the trial, of which the picture is the last and slowest part
    def draw(self, view_model: ViewModel) -> None:  # noqa: ARG002
        """Lay out levers and answer."""
        what_if = self.what_if
        if what_if is None:
            return
        self._draw_levers(what_if)
        self.draw_progress()

    def table(self, view_model: ViewModel) -> Table | None:  # noqa: ARG002 - as for what is drawn
        """Return who is chosen now beside who is chosen as saved."""
        what_if = self.what_if
        if what_if is None:
            return None
        told = [f"Changed: {difference}" for difference in what_if.differences]
        return tables.changed_table(
            what_if.base.analysis,
            f"{what_if.edits.scenario.title}: what if",
            trying.choice_rows(what_if.saved, what_if.chosen),
            told or ["Nothing is changed."],
        )

    def wipe(self, name: str) -> None:
        """Show nothing of an earlier scenario while another is read."""
        super().wipe(name)
        self._answered = None, ""
        for part in ("#lever", "#differences"):
            self.query_one(part, Static).update("", layout=False)

    def _draw_levers(self, what_if: WhatIfSession) -> None:
        programme = self.programme
        now = trying.levers(what_if.edits.scenario, programme)
        self._levers = {lever.key: lever for lever in now}
        self._saved = {
            lever.key: lever.shown for lever in trying.levers(what_if.edits.saved, programme)
        }
        title = what_if.edits.scenario.programme_names[programme]
        view = self.query_one("#levers", LeversView)
        groups = {lever.group for lever in now}
        self._opened = (self._opened & groups) or {lever.group for lever in now[:1]}

        def layout(width: int) -> Sheet:
            opened = groups if view.words else self._opened  # what is sought may be in any
            return levers_sheet(now, self._saved, title, opened, width)

        view.show(layout)
        self._draw_told(what_if)

    # ── Which levers are in sight ──

    def point_at(self, key: str) -> None:
        """Set the cursor on a lever, in whatever group it is."""
        if key in self._levers:
            self._unfold(self._levers[key].group, key)

    def _unfold(self, group: str, key: str = "") -> None:
        """Show the levers of a group, and set the cursor on one of them or the first."""
        if self.what_if is not None:
            self._opened.add(group)
            self._draw_levers(self.what_if)
            first = next(lever.key for lever in self._levers.values() if lever.group == group)
            self.query_one("#levers", LeversView).mark(key or first)

    @on(LeversView.Leapt)
    def _leap(self, event: LeversView.Leapt) -> None:
        """Go to the first lever of another group, and fold the others."""
        groups = list(dict.fromkeys(lever.group for lever in self._levers.values()))
        lever = self._levers.get(event.key)
        here = lever.group if lever else event.key.removeprefix(GROUP)
        if here in groups:
            self._opened.clear()
            self._unfold(groups[(groups.index(here) + event.by) % len(groups)])

    def _folded(self) -> str:
        """Return the folded group under the cursor; empty where there is none."""
        key = self.query_one("#levers", LeversView).key or ""
        return key.removeprefix(GROUP) if key.startswith(GROUP) else ""

    # ── The answer ──

    def draw_progress(self) -> None:
        """Lay out what is known of the answer now, unless it stands there already."""
        what_if = self.what_if
        before, programme = self._answered
        if what_if is None or (what_if is before and programme == self.programme):
            return
        self._answered = what_if, self.programme
        rows = self._rows(what_if)
        self.query_one("#answer", SheetView).show(lambda width: answer_sheet(rows, width))
        if what_if.is_current:
            self.call_after_refresh(self.shell.session.worker.go_on)
        if what_if.failure:
            self._draw_told(what_if)

    def _draw_told(self, what_if: WhatIfSession) -> None:
        """Lay out what differs, and the lever under the cursor."""
        told = [str(difference) for difference in what_if.differences]
        failure = self._trouble or what_if.failure or "; ".join(what_if.told)
        room = max(self.size.width - 2 * GAP, 20)
        lines = differences_lines(told, failure, room, TOLD[self.is_roomy])
        self._put("#differences", lines)
        self._draw_lever()

    def _rows(self, what_if: WhatIfSession) -> AnswerRows:
        from partnerselect.comparison import are_measured_alike

        saved, chosen = what_if.saved, what_if.chosen
        known = trying.status_words(
            chosen,
            is_current=what_if.is_current,
            is_thinking=what_if.is_thinking,
            bound=what_if.bound,
        )
        is_best = what_if.is_current and chosen.layer == "best"
        return AnswerRows(
            words=trying.change_words(saved, chosen) if what_if.is_changed else "",
            status=Content.assemble((known, "bold $chosen" if is_best else "bold $tight")),
            programmes=trying.choice_rows(saved, chosen),
            total=trying.total_row(chosen),
            saved=trying.total_row(saved),
            saved_value=trying.saved_value(saved, chosen),
            is_alike=are_measured_alike(saved.scored, chosen.scored),
            gauges=rows.gauge_rows(chosen),
            ranking=trying.ranking_rows(saved.scored, what_if.ranking, self.programme),
            subject=what_if.edits.scenario.programmes[self.programme].title,
        )

    @on(SheetView.Marked)
    def _follow(self) -> None:
        self._draw_lever()

    def _draw_lever(self) -> None:
        lever, width = self._lever, max(self.size.width - 2 * GAP, 20)
        saved = self._saved.get(lever.key, lever.shown) if lever else ""
        self._put("#lever", (lever_line(lever, saved, width) if lever else Content(""),))
        offered = [self.check_action(action, ()) for action in ("turn", "put_back", "reset")]
        if self._offered != offered:
            self._offered = offered
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the next value only where there is one, and what is saved where it is not shown."""
        lever = self._lever if self.is_mounted else None
        if action == "turn" and self.is_mounted:
            return bool(self._folded()) or isinstance(lever and lever.scale, trying.Options)
        if action == "put_back" and self.is_mounted:
            return lever is not None and self._saved.get(lever.key) != lever.shown
        if action == "reset":
            return self.what_if is not None and self.what_if.is_changed
        return super().check_action(action, parameters)

    def _put(self, part: str, lines: Lines) -> None:
        self.query_one(part, Static).update(Content("\n").join(lines), layout=False)

    @property
    def _lever(self) -> Lever | None:
        return self._levers.get(self.query_one("#levers", LeversView).key or "")

    # ── What is moved ──

    def _try(self, change: Callable[[WhatIf], WhatIf]) -> str:
        """Make a change; return why it cannot be made, and leave all as it is then."""
        what_if = self.what_if
        if what_if is None:
            return ""
        try:
            edits = change(what_if.edits)
        except InputError as error:
            self._trouble = trying.sentence(error)
            self._draw_told(what_if)
            return self._trouble
        self._trouble = ""
        if edits is not what_if.edits:
            self.shell.try_out(edits)
            self._draw_levers(self.what_if or what_if)
            self.draw_progress()
        return ""

    def _move(self, value: object) -> str:
        lever = self._lever
        if lever is None or value == lever.value:
            return ""
        return self._try(lambda edits: trying.moved(edits, lever, value))

    @on(LeversView.Nudged)
    def _nudge(self, event: LeversView.Nudged) -> None:
        lever = self._levers.get(event.key)
        if self._folded() and event.steps > 0:
            self._unfold(self._folded())
        elif lever is not None:
            self._move(lever.scale.moved(lever.value, event.steps, coarse=event.coarse))

    def action_turn(self) -> None:
        """Turn the gate, partner, programme or level under the cursor."""
        lever = self._lever
        if self._folded():
            self._unfold(self._folded())
        elif lever is not None and isinstance(lever.scale, trying.Options):
            self._move(lever.scale.turned(lever.value))

    async def action_type(self) -> None:
        """Type what the lever under the cursor is to be."""
        lever = self._lever
        if self._folded():
            self._unfold(self._folded())
        elif lever is not None:
            await self.app.push_screen(
                TypeScreen(lever.about, lever.shown, hint=lever.scale.hint, objection=self._typed)
            )

    def _typed(self, text: str) -> str:
        """Take what was typed; return what is wrong with it."""
        lever = self._lever
        if lever is None or text.strip() == lever.shown:
            return ""
        try:
            told = self._move(lever.scale.typed(text, lever.value))
        except trying.NotAllowedError as error:
            return str(error)
        self._trouble = ""
        return told

    def action_scroll_answer(self, by: int) -> None:
        """Scroll the answer by half of what is in sight of it."""
        answer = self.query_one("#answer", SheetView)
        answer.action_move(by * max(answer.size.height // 2, 1))

    def action_undo(self) -> None:
        """Go one step back; say so where there is none."""
        if self.what_if is not None and self.what_if.edits.past:
            self._try(lambda edits: edits.undone())
        else:
            self.shell.action_undo()

    def action_redo(self) -> None:
        """Go one step forward again."""
        self._try(lambda edits: edits.redone())

    def action_put_back(self) -> None:
        """Set the lever under the cursor as it is saved."""
        lever = self._lever
        if lever is not None:
            self._try(lambda edits: trying.put_back(edits, lever))

    def action_reset(self) -> None:
        """Set everything as it is saved."""
        self._try(lambda edits: edits.reset())

    async def action_keep(self) -> None:
        """Keep the choice shown as a plan, to be judged beside the saved scenario's."""
        what_if = self.what_if
        chosen = what_if.chosen.allocation.chosen if what_if else None
        if what_if is None or chosen is None or not what_if.is_current:
            self.notify("There is no choice to keep yet.", timeout=4)
            return
        work = what_if.chosen.table.workload
        draft = trying.draft_of_choice("As recommended", work, chosen)
        await converse(self.app, keep_plan(self.shell, draft, what_if.edits.all_but_plans))

    def action_programme(self, direction: int) -> None:
        """Show the ranking and the scores of another programme."""
        what_if = self.what_if
        if what_if is not None:
            names = list(what_if.edits.scenario.programmes)
            self.turn_to(Selection(names[(names.index(self.programme) + direction) % len(names)]))

    def action_stop(self) -> None:
        """Take the best found so far; else as in every view."""
        what_if = self.what_if
        if what_if is not None and what_if.is_thinking:
            self.shell.session.worker.settle()
        else:
            super().action_stop()
