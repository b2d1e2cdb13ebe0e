"""A plan in words, the choices for its programmes, and the plans almost as good as the best."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from partnerselect import rows, tables, what_if
from partnerselect.tui import edits
from partnerselect.tui.charts.plan import near_sheet, other_choices_sheet, plan_sheet
from partnerselect.tui.charts.sheet import item_of
from partnerselect.tui.charts.words import plain
from partnerselect.tui.dialogs import Choice, ChooseScreen, Conversation, converse
from partnerselect.tui.keys import key, unlisted_key
from partnerselect.tui.refinement import NEAR, almost_as_good
from partnerselect.tui.screens.view import WORKING, View
from partnerselect.tui.view_model import Selection, ViewModel
from partnerselect.tui.widgets.sheet_view import SheetView

if TYPE_CHECKING:
    from partnerselect.allocation import JudgedPlan, Judgement
    from partnerselect.analysis import Analysis
    from partnerselect.tables import Table
    from partnerselect.tui.shell import Shell
    from partnerselect.what_if import Draft


def recommended_draft(view_model: ViewModel) -> Draft | None:
    """Return the recommendation as a plan to begin from; None where there is none."""
    analysis = view_model.analysis
    chosen = analysis.allocation.chosen
    if chosen is None:
        return None
    return what_if.draft_of_choice("As recommended", analysis.table.workload, chosen)


async def choose_another(shell: Shell, programme: str, partner: str | None = None) -> None:
    """Look at who else could do a programme, all else as recommended."""
    view_model = shell.view_model
    draft = None if view_model is None else recommended_draft(view_model)
    if view_model is None or draft is None:
        shell.notify("There is no recommendation to choose otherwise from.", timeout=4)
        return
    await shell.push_screen(OtherChoicesView(view_model, draft, programme, partner))


class _PlansView(View):
    """What stands over a view that it was opened out of."""

    def __init__(self, view_model: ViewModel) -> None:
        super().__init__()
        self.view_model = view_model

    def body(self) -> tuple[Widget, ...]:
        """Return what it is about, and the list."""
        return Static(id="subject", markup=False), SheetView(id="page", title="The whole")

    def tell(self, subject: str, words: str) -> None:
        """Say what it is about, and in words what there is to know of it."""
        told = Content.assemble((plain(subject), "bold"), f"\n{plain(words)}" if words else "")
        self.query_one("#subject", Static).update(told)


class PlanView(_PlansView):
    """A plan as judged."""

    question = "What would this plan mean?"
    guide = """\
The plan is judged as it is written: what it is worth, what it costs us and, where it is not \
possible, every limit or rule that would have to give way, and nothing else.

One line for each programme: who does it in this plan, and how many points and how much of our \
money that is against the recommendation. ≠ marks what is not as recommended.

Below stand the possible plan that changes least of it, what the same money or the same worth \
could be had for, and how it fares over the trials.

Press {open} on a programme to choose another partner for it too. {change} lets the rest be chosen \
again around what you chose, and holds it again. {keep} keeps the plan under a title; it then \
stands in view 7 beside the others, and {save} saves it as a small file that extends the original. \
{try} goes on from the plan in What if."""
    BINDINGS = [
        key("open", "open", "Choose another"),
        unlisted_key("choose", "open", "Choose another"),
        key("change", "rest", "Choose the rest again"),
        key("keep", "keep", "Keep it"),
        key("try", "try", "What if"),
    ]

    def __init__(self, view_model: ViewModel, draft: Draft) -> None:
        """Judge a plan."""
        super().__init__(view_model)
        self.draft = self._held = draft

    def points_at(self) -> Selection:
        """Return the programme under the cursor."""
        key = item_of(self.sheet("#page").key or "")
        return Selection(key if self.view_model and key in self.view_model.programmes else None)

    def _judged(self) -> tuple[Analysis, Judgement, JudgedPlan] | None:
        """Return the plan as judged: at first without the trials, which take longest."""
        found: tuple[Analysis, Judgement] | None = self.ask(
            ("plan", self.draft),
            partial(what_if.judged_draft, draft=self.draft, over_trials=False),
        )
        if found is not None and self.view_model and self.view_model.report["draws"]:
            over_trials = partial(what_if.judged_draft, draft=self.draft, over_trials=True)
            found = self.ask(("plan over trials", self.draft), over_trials) or found
        return None if found is None else (*found, found[1].plans[0])

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the plan."""
        found = self._judged()
        if found is None:
            self.tell(self.draft.title, "")
            self.sheet("#page").show(partial(self.missing, ("plan", self.draft)))
            return
        analysis, judgement, plan = found
        scenario = analysis.scenario
        words = rows.standing_words(scenario, judgement, plan)
        self.tell(self.draft.title, f"{words[:1].upper()}{words[1:]}")
        nearest = [] if plan.possible else [rows.nearest_sentence(scenario, plan)]
        broken = [rows.broken_words(scenario, one) for one in plan.broken]
        told = {
            "What would have to give way": broken,
            "What could be had instead": [*nearest, *rows.instead_sentences(scenario, plan)],
            "Over the trials": self._over_trials(plan),
        }
        programmes = rows.plan_programme_rows(analysis, judgement, plan)
        self.sheet("#page").show(partial(plan_sheet, programmes, told, view_model.currency))

    def _over_trials(self, plan: JudgedPlan) -> list[str]:
        if plan.regret is not None:
            return [rows.regret_sentence(plan.regret)]
        return [WORKING] if ("plan over trials", self.draft) in self._open_questions else []

    def table(self, view_model: ViewModel) -> Table | None:  # noqa: ARG002 - of the plan, not of all
        """Return what the plan comes to by programme."""
        found = self._judged()
        return None if found is None else next(tables.one_plan_tables(*found))

    # ── What is done with it ──

    @on(SheetView.Opened)
    async def _choose(self) -> None:
        """Choose another partner for the programme under the cursor too."""
        programme, found = self.points_at().programme, self._judged()
        if programme is None or found is None or self.view_model is None:
            return
        draft = what_if.completed_draft(self.draft, found[0].table.workload, found[2].choose)
        await self.app.push_screen(OtherChoicesView(self.view_model, draft, programme))

    def action_rest(self) -> None:
        """Let the rest be chosen anew, or hold it again."""
        if not self._held.wished:
            self.notify("Nothing was chosen by hand, so there is no rest.", timeout=4)
        elif self.view_model is not None:
            is_held = self.draft is self._held
            self.draft = self._held.with_the_rest_open if is_held else self._held
            self.draw(self.view_model)

    async def action_keep(self) -> None:
        """Keep it under a title."""
        await converse(self.app, edits.keep_plan(self.shell, self.draft))

    async def action_try(self) -> None:
        """Go on from it in What if."""
        found = self._judged()
        if found is not None:
            await converse(self.app, self._start(found[0], found[2]))

    async def _start(self, analysis: Analysis, plan: JudgedPlan) -> Conversation:
        """Ask from which plan to start, where the one in hand is not possible."""
        scenario, draft, broken = analysis.scenario, self.draft, plan.broken
        if not plan.possible and plan.nearest is not None:
            nearest = yield ChooseScreen(
                "This plan is not possible as written",
                [
                    Choice("Start from the nearest plan that is possible", answer=True),
                    Choice("Start as written, each limit it breaks set to what it uses", False),
                ],
            )
            if nearest is None:
                return
            if nearest:
                work = analysis.table.workload
                draft = what_if.draft_of_plan(draft.base, work, plan.nearest.choose)
                broken = ()
        await self.shell.begin_what_if(what_if.starting_changes(scenario, draft, broken))


class OtherChoicesView(_PlansView):
    """Who else could do a programme, and what each would mean for the whole."""

    question = "Who else could do it?"
    guide = """\
Everyone who offers something that the programme needs, and deferring it. Each is judged as a \
whole plan: its value, what it costs us, and every limit or rule that it breaks (✗) if all other \
programmes stay as they are. What is possible comes first.

↻ says what it would come to if the other programmes were chosen again around it, and who would \
then do what else.

Press {open} on a line to see the whole plan judged; there it can be kept, tried in What if, or \
changed further."""
    BINDINGS = [key("open", "open", "Judge the whole")]

    def __init__(
        self, view_model: ViewModel, draft: Draft, programme: str, partner: str | None = None
    ) -> None:
        """Look at the choices for a programme of a plan, at first at a partner."""
        super().__init__(view_model)
        self.draft, self.programme, self._at_first = draft, programme, partner

    def points_at(self) -> Selection:
        """Return the programme, and the partner under the cursor."""
        key = self.sheet("#page").key
        is_partner = self.view_model is not None and key in self.view_model.partners
        return Selection(self.programme, (key,) if key and is_partner else ())

    def _options(self, view_model: ViewModel) -> dict[str, Draft]:
        return what_if.other_choices(view_model.scenario, self.draft, self.programme)

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the choices; go back where the programme is no longer in the file."""
        if self.programme not in view_model.programmes:
            self.shell.leave(self)
            return
        self.tell(view_model.programmes[self.programme], f"Now: {self._now(view_model)}")
        options = self._options(view_model)
        name = ("choices", self.draft, self.programme)
        found = self.ask(name, partial(what_if.draft_rows, drafts=options))
        page = self.sheet("#page")
        if found is None:
            page.show(partial(self.missing, name))
            return
        anew = {
            row["key"]: options[row["key"]].with_the_rest_open
            for row in found
            if not row["possible"]
        }
        again = self.ask(("anew", *name), partial(what_if.draft_rows, drafts=anew)) if anew else []
        by_key = None if again is None else {row["key"]: row for row in again}
        page.show(partial(other_choices_sheet, found, by_key, view_model.currency))
        if self._at_first:
            page.mark(self._at_first)
            self._at_first = None

    def _now(self, view_model: ViewModel) -> str:
        team = self.draft.team(view_model.analysis.table.workload, self.programme)
        return " + ".join(view_model.partners[one] for one in team) or "deferred"

    @on(SheetView.Opened)
    async def _open(self, event: SheetView.Opened) -> None:
        view_model = self.view_model
        draft = self._options(view_model).get(event.key) if view_model is not None else None
        if view_model is not None and draft is not None:
            await self.app.push_screen(PlanView(view_model, draft))


class NearView(_PlansView):
    """The plans almost as good as the recommended one."""

    question = "What would be almost as good?"
    guide = """\
Every plan within one point of the recommended one, within all limits, the best first, with what \
it costs us and what it does otherwise. Where all of them agree, the choice is safe; where they \
differ, there is room to talk.

Press {open} on a plan to see it judged as a whole."""
    BINDINGS = [key("open", "open", "Judge the whole")]

    def draw(self, view_model: ViewModel) -> None:
        """Lay out the plans."""
        found = self.ask(NEAR, almost_as_good)
        if found is None:
            self.tell("Almost as good", "")
            self.sheet("#page").show(partial(self.missing, NEAR))
            return
        scenario = view_model.scenario
        self.tell(rows.alternatives_sentence(scenario, found), rows.agreed_words(scenario, found))
        listed = rows.near_plan_rows(view_model.analysis, found)
        self.sheet("#page").show(partial(near_sheet, listed, view_model.currency))

    @on(SheetView.Opened)
    async def _open(self, event: SheetView.Opened) -> None:
        found = self.found(NEAR)
        if found is None or self.view_model is None:
            return
        work, number = self.view_model.analysis.table.workload, int(event.key)
        title = f"Almost as good, no. {number}" if number else "As recommended"
        draft = what_if.draft_of_plan(title, work, found.plans[number].choose)
        await self.app.push_screen(PlanView(self.view_model, draft))
