"""View 7: what if we chose another course?"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect import files, rows, tables, what_if
from partnerselect.tui.charts.scenario_comparison import Matrix, told
from partnerselect.tui.charts.sheet import Sheet
from partnerselect.tui.charts.words import Row
from partnerselect.tui.jobs import ScenarioFile
from partnerselect.tui.keys import key
from partnerselect.tui.screens.plan import PlanView
from partnerselect.tui.screens.view import View
from partnerselect.tui.session import mark
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import MatrixView, SheetView

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.tables import Table

DETAIL = {False: 5, True: 6}
"""Lines for what is under the cursor."""


LEADS_TO = {
    "first": "Why this partner",
    "file": "Open this scenario",
    "plan": "Judge the whole",
    "otherwise": "Try in What if",
}
"""What the cells of a column lead to, by what the column is."""


class PlansView(View):
    """Programmes down, scenarios across.

    The first column is what is on the screen, the last ones turn one gate, payer or partner at a
    time.
    """

    guide = """\
One row for each programme, one column for each plan: first the scenario on the screen, then the \
other scenarios that were opened with it, then the plans that the scenario states and a few that \
are almost as good as the recommended one, then what would be chosen if one decision of others \
went the other way, one payer paid nothing, or one partner were left out.

≠ marks a choice that differs from the first column; what is the same is pale. □ deferred: the \
programme does not run. – : that scenario has no such programme. Below stand the value of the \
whole (and its difference from the first column), the cost to us, and how many programmes go \
ahead; where a plan is not possible as written, how many limits and rules it breaks (✗). ~ before \
a value: it is measured with other weights or scales and must not be compared with the first.

Move with the arrow keys, left and right too; the lines at the bottom say in full what is under \
the cursor. ◂ and ▸ count columns out of sight. Press {open} to open the scenario of the column; \
in the first column, to see why this partner; in a plan, to see it judged as a whole; in a column \
that changes one thing, to go on from there in What if.

To see a scenario here, name it when you start: partnerselect tui FIRST.yaml SECOND.yaml …"""
    BINDINGS = [key("open", f"look('{column}')", told) for column, told in LEADS_TO.items()]

    def __init__(self) -> None:
        super().__init__()
        self._here = 0
        self._courses: list[Row] = []
        self._matrix = Matrix((), full=False)
        self._files: list[int] = []
        """Numbers of the files behind the columns after the first."""

    def body(self) -> tuple[Widget, ...]:
        """Return the matrix and what is under the cursor."""
        under = Static(id="under", markup=False)
        under.border_title = "Under the cursor"
        return MatrixView(id="matrix", title="Who does what in each plan"), under

    def points_at(self) -> Selection:
        """Return the programme under the cursor."""
        return Selection(self.query_one("#matrix", MatrixView).key)

    def draw(self, view_model: ViewModel) -> None:
        """Lay out what is known; columns fill as they are worked out."""
        session = self.shell.session
        others = [(n, file.file) for n, file in enumerate(session.files) if n != session.current]
        self._files = [number for number, _ in others]
        first = self.ask("course: now", _recommended) or _awaited(view_model.title)
        beside = [self._elsewhere(number, file) for number, file in others]
        plans = self._plans(view_model)
        self._courses = [first, *beside, *plans, *self._otherwise(view_model)]
        short = view_model.short_names
        self._matrix = Matrix(self._courses, full=self.is_roomy, short=short)
        self._here = min(self._here, len(self._courses) - 1)
        if self._courses[self._here]["state"] is not None:  # it may have been awaited until now
            self.refresh_bindings()
        self.query_one("#matrix", MatrixView).show(self._sheet)
        self._draw_under()

    def wipe(self, name: str) -> None:
        """Show nothing of an earlier scenario while another is read."""
        super().wipe(name)
        self._courses, self._here = [], 0
        self._matrix = Matrix((), full=False)
        self._draw_under()

    def _elsewhere(self, number: int, file: ScenarioFile) -> Row:
        name: Hashable = (
            "course",
            file.path,
            mark(file.path),
        )  # asked anew once the file has changed
        title = self.shell.session.files[number].name
        return self.ask(name, partial(_other_scenario, file=file)) or self._awaited(title, name)

    def _plans(self, view_model: ViewModel) -> list[Row]:
        """Return the plans as judged, then a few that are almost as good as the recommended one."""
        asked: list[tuple[str, str, Callable[[Analysis], list[Row]]]] = []
        if view_model.analysis.scenario.all_plans:
            asked.append(("courses: plans", "Plans", _judged))
        if view_model.has_answer:
            asked.append(("courses: almost as good", "Almost as good", _almost_as_good))
        columns = []
        for name, title, question in asked:
            found = self.ask(name, question)
            columns += [self._awaited(title, name)] if found is None else found
        return columns

    def _otherwise(self, view_model: ViewModel) -> list[Row]:
        found = self.ask("courses: otherwise", _with_and_without) if view_model.has_answer else []
        return [self._awaited("With and without", "courses: otherwise")] if found is None else found

    def _awaited(self, title: str, name: Hashable) -> Row:
        return _awaited(title, self.missing(name, 400).text, is_given_up=self.has_failed(name))

    def _sheet(self, width: int) -> Sheet:
        return self._matrix.sheet(self._here, width)

    @property
    def _detail_lines(self) -> int:
        """Lines for what is under the cursor: more of them the taller the window is."""
        return max(DETAIL[self.is_roomy], self.size.height // 5)

    def _draw_under(self) -> None:
        key = self.query_one("#matrix", MatrixView).key
        width = max(self.size.width - 4, 20)
        short = self.view_model.short_names if self.view_model else {}
        most = self._detail_lines
        lines = (
            told(self._courses, self._here, key, width, most, short=short) if self._courses else ()
        )
        under = self.query_one("#under", Static)
        under.styles.height = self._detail_lines + (2 if self.is_roomy else 0)
        under.update(Content("\n").join(lines), layout=False)

    def table(self, view_model: ViewModel) -> Table:
        """Return who is chosen in every course."""
        return tables.courses_table(view_model.analysis, self._courses)

    def _turn_to_column(self, number: int) -> None:
        before = self._column
        self._here = min(max(number, 0), max(len(self._courses) - 1, 0))
        self.query_one("#matrix", MatrixView).show(self._sheet)
        self._draw_under()
        if before != self._column:
            self.refresh_bindings()

    @on(MatrixView.Turned)
    def _turn(self, event: MatrixView.Turned) -> None:
        self._turn_to_column(self._here + event.by)

    @on(MatrixView.Touched)
    def _touch(self, event: MatrixView.Touched) -> None:
        if self._courses:
            room = self.query_one("#matrix", MatrixView).room
            touched = self._matrix.window(self._here, room).at(event.x)
            self._turn_to_column(self._here if touched is None else touched)

    @on(SheetView.Marked)
    def _follow(self) -> None:
        self._draw_under()

    @property
    def _column(self) -> str:
        """What the column looked at is, as of `LEADS_TO`."""
        if self._here <= len(self._files):
            return "file" if self._here else "first"
        is_plan = self._courses[self._here]["kind"] in {"plan", "alternative"}
        return "plan" if is_plan else "otherwise"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what the column leads to."""
        if action == "look":
            return parameters == (self._column,)
        return super().check_action(action, parameters)

    def action_look(self, _column: str) -> None:
        """Open the cell under the cursor."""
        self.action_open()

    @on(SheetView.Opened)
    async def _open(self, event: SheetView.Opened) -> None:
        match self._column:
            case "first":
                await self.shell.open_programme(event.key)
            case "file":
                await self.shell.switch_to(self._files[self._here - 1])
            case "plan":
                await self._judge(self._courses[self._here])
            case _:
                await self.shell.begin_what_if(self._courses[self._here].get("changes", {}))

    async def _judge(self, course: Row) -> None:
        """Look at the plan of a column as a whole."""
        if self.view_model is not None:
            analysis = self.view_model.analysis
            draft = (
                what_if.draft_of_stated(analysis.scenario, course["plan"])
                if course["kind"] == "plan"
                else what_if.draft_of_plan(
                    course["title"], analysis.table.workload, course["choose"]
                )
            )
            await self.app.push_screen(PlanView(self.view_model, draft))


def _recommended(analysis: Analysis) -> Row:
    """Return what the scenario on the screen chooses, as the first of all courses."""
    return rows.other_scenario_row(analysis, analysis)


def _other_scenario(analysis: Analysis, file: ScenarioFile) -> Row:
    """Read and work out another scenario, beside the one on the screen."""
    from partnerselect.analysis import analyse_unpriced
    from partnerselect.optimiser import Watch

    scenario = files.load(file.path, root=file.root).scenario
    changed = scenario.with_changes(dict(file.changes)) if file.changes else scenario
    return rows.other_scenario_row(
        analysis, analyse_unpriced(changed, Watch(within=analysis.allocator.watch))
    )


def _judged(analysis: Analysis) -> list[Row]:
    """Return what each plan of the scenario chooses."""
    from partnerselect.analysis import judge

    return rows.plan_scenario_rows(analysis, judge(analysis))


def _almost_as_good(analysis: Analysis) -> list[Row]:
    """Return a few choices that are almost as good as the recommended one."""
    from partnerselect.analysis import alternatives

    return rows.few_scenario_rows(analysis, alternatives(analysis))


def _with_and_without(analysis: Analysis) -> list[Row]:
    """Return what would be chosen with and without each gate, payer and partner."""
    from partnerselect.analysis import with_and_without

    return rows.alternative_scenario_rows(analysis, with_and_without(analysis))


def _awaited(title: str, words: str = "", *, is_given_up: bool = False) -> Row:
    """Return a course that is not there: still to be worked out, or why it cannot be."""
    return {
        "kind": "scenario",
        "title": title,
        "state": None,
        "is_given_up": is_given_up,
        "value": None,
        "gained": None,
        "own_cost": None,
        "currency": "",
        "caution": "",
        "words": words,
        "programmes": {},
    }
