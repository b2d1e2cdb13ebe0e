"""Plans on the table: each as judged, and those almost as good as the recommended one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from partnerselect.allocation import Alternatives, JudgedPlan, Judgement, PlanAgreement
from partnerselect.analysis import Analysis
from partnerselect.model import Scenario
from partnerselect.rows import (
    agreement_on_plans_row,
    alternatives_sentence,
    at_levels,
    better_at_words,
    broken_row,
    instead_sentences,
    joins_words,
    judged_sentence,
    near_plan_words,
    nearest_sentence,
    plan_programme_rows,
    plan_title,
    points_against,
    regret_sentence,
)
from partnerselect.tables.frames import FrameRow
from partnerselect.tables.spec import (
    OWN_COST,
    PARTNER_ID,
    PROGRAMME,
    PROGRAMME_ID,
    VALUE,
    Column,
    Row,
    Table,
    data_column,
    sentences,
    table,
)
from partnerselect.words import possible_words, sentence

BEST = "Best choice"
PLANS = (
    Column("title", "Plan", width=38),
    Column("possible", "Possible"),
    VALUE,
    OWN_COST,
    Column("running", "Programmes", "whole"),
    Column("changes", "Changes to be possible", "whole"),
    Column("mean", "Nearest possible plan falls short on average", "points"),
    Column("worst", "Nearest possible plan falls short at most", "points"),
    Column("as_good", "Nearest possible plan as good as the best choice in", "share"),
)
BROKEN = (
    Column("sentence", "What would have to give way", width=60),
    Column("path", "Where in the scenario", width=30),
)
BY_PROGRAMME = (
    PROGRAMME,
    Column("partners", "In this plan"),
    Column("best", BEST),
    Column("value", "Points", "number"),
    OWN_COST,
)
AGREED = (
    PROGRAMME,
    Column("runs", "Goes ahead"),
    Column("always", "In every plan"),
    Column("sometimes", "In some"),
)
FEW = (
    Column("number", "Plan", "whole"),
    VALUE,
    OWN_COST,
    Column("partners", "Partners", "whole"),
    Column("differs", "Needs met otherwise", "whole"),
    Column("better", "Better at"),
    Column("joins", "Who joins and leaves"),
    Column("otherwise", "What differs"),
)
NOT_PROVEN = "not worked out"
OF_NO_PROGRAMME = "Paid once, extra days for our own team, and what funds cannot meet"
SHOWN_AMOUNT = 0.5
"""Money below which a difference is not worth a row."""
PLAN_ID = data_column("plan", "The plan's id.")
WHO = (
    PROGRAMME_ID,
    data_column("component", "The component of support."),
    PARTNER_ID,
)
FLAT_PLANS = {
    "plans": (
        PLAN_ID,
        data_column("title", "Its title."),
        data_column("possible", "Whether nothing has to give way.", "flag"),
        data_column("value", "0 to 100; empty if it cannot be completed.", "number"),
        data_column("cost", "Money that all payers pay together.", "money"),
        data_column("own_cost", "Money that remains for us to pay.", "money"),
        data_column("running", "How many programmes go ahead.", "whole"),
        data_column("broken", "How many limits and rules would have to give way.", "whole"),
        data_column("changes", "Choices to change until it is possible.", "whole"),
        data_column("nearest_value", "What the nearest possible plan is worth.", "number"),
        data_column("nearest_own_cost", "What that costs us.", "money"),
        data_column("same_money_value", "The most to be had for the same money.", "number"),
        data_column("same_worth_own_cost", "The least that the same worth costs.", "money"),
        data_column("regret_of", "`plan` or `nearest`: whose regret is told."),
        data_column("regret_mean", "Points lost on average over the trials.", "number"),
        data_column("regret_worst", "Points lost at most.", "number"),
        data_column("as_good_share", "0 to 1: trials in which it is as good.", "share"),
    ),
    "plan-choices": (
        PLAN_ID,
        *WHO,
        data_column("written", "Whether the plan says so.", "flag"),
    ),
    "broken": (
        PLAN_ID,
        data_column("path", "The path of what gives way."),
        data_column("phase", "The phase; empty over the horizon."),
        data_column("allowed", "How much there may or must be; empty of a rule.", "number"),
        data_column("used", "How much there is.", "number"),
        data_column("over", "By how much it is broken.", "number"),
        data_column("sentence", "The same in words."),
    ),
    "differences": (
        PLAN_ID,
        PROGRAMME_ID,
        data_column("value", "Points of the portfolio against the recommendation.", "number"),
        data_column("own_cost", "Our money against the recommendation.", "money"),
        data_column("partners", "The ids of its partners, joined by ` + `."),
        data_column("best_partners", "Those of the recommendation."),
    ),
    "alternatives": (
        data_column("number", "From 0, the recommendation first.", "whole"),
        data_column("value", "0 to 100.", "number"),
        data_column("own_cost", "Money that remains for us to pay.", "money"),
        data_column("partners", "How many partners are engaged.", "whole"),
        data_column("running", "How many programmes go ahead.", "whole"),
        data_column("differs", "Needs not met as in the recommendation.", "whole"),
    ),
    "alternative-choices": (
        data_column("number", "From 0, the recommendation first.", "whole"),
        *WHO,
    ),
    "agreement": (
        PROGRAMME_ID,
        data_column("runs", "`always`, `sometimes`, `never`; empty if not proven."),
        data_column("always", "Who serves it in all plans, ids joined by ` + `."),
        data_column("sometimes", "Who does in some: `id: plans`, joined by ` + `."),
    ),
}
"""The tables of `judge` and `alternatives` that programs read."""


def plan_tables(analysis: Analysis, found: Judgement) -> Iterator[Table]:
    """Yield what is said of the plans: all beside the recommendation, then each by itself."""
    yield plans_table(analysis, found)
    for plan in found.plans:
        yield from one_plan_tables(analysis, found, plan)


def plans_table(analysis: Analysis, found: Judgement) -> Table:
    """Return the plans beside the recommendation, a line each."""
    best: list[Row] = []
    if found.best:
        best = [{"title": BEST, "possible": "yes", **vars(found.best)}]
    return table(
        analysis.scenario,
        "plans",
        f"{analysis.scenario.title}: plans",
        PLANS,
        [*best, *(_plan(analysis, plan) for plan in found.plans)],
        note="\n".join(judged_sentence(analysis, found, plan) for plan in found.plans),
        sources=("plans",),
    )


def _plan(analysis: Analysis, plan: JudgedPlan) -> Row:
    regret = plan.regret
    return {
        **vars(plan),
        "title": plan_title(analysis.scenario, plan.plan),
        "possible": "yes" if plan.possible else possible_words(len(plan.broken)),
        "changes": plan.nearest.changes if plan.nearest else None,
        "mean": regret.mean if regret else None,
        "worst": regret.worst if regret else None,
        "as_good": regret.as_good_share if regret else None,
    }


def one_plan_tables(analysis: Analysis, found: Judgement, plan: JudgedPlan) -> Iterator[Table]:
    """Yield what one plan comes to by programme, what it breaks, and what could be had instead."""
    scenario = analysis.scenario
    notes = instead_sentences(scenario, plan)
    if plan.regret:
        notes.append(regret_sentence(plan.regret))
    yield table(
        scenario,
        f"plan-{plan.plan}",
        plan_title(scenario, plan.plan),
        BY_PROGRAMME,
        _by_programme(analysis, found, plan),
        note="\n".join(notes),
        sources=(f"plans.{plan.plan}",),
        totals=int(plan.value is not None and found.best is not None),
    )
    if plan.broken:
        yield table(
            scenario,
            f"broken-{plan.plan}",
            f"{plan.title}: what would have to give way",
            BROKEN,
            (broken_row(scenario, one) for one in plan.broken),
            note=nearest_sentence(scenario, plan),
        )


def _by_programme(analysis: Analysis, found: Judgement, plan: JudgedPlan) -> Iterator[Row]:
    rows = plan_programme_rows(analysis, found, plan)
    yield from rows
    if plan.value is not None and plan.own_cost is not None and found.best is not None:
        apart = plan.own_cost - found.best.own_cost - sum(row["own_cost"] for row in rows)
        if abs(apart) >= SHOWN_AMOUNT:
            yield {"programme": OF_NO_PROGRAMME, "own_cost": apart}
        yield {
            "programme": "All together, against the best choice",
            "value": points_against(found, plan),
            "own_cost": plan.own_cost - found.best.own_cost,
        }


def alternatives_tables(analysis: Analysis, found: Alternatives) -> Iterator[Table]:
    """Yield how many plans are almost as good, what they agree on, and a few that differ most."""
    scenario = analysis.scenario
    said = [alternatives_sentence(scenario, found)]
    yield sentences(scenario, "almost-as-good", f"{scenario.title}: almost as good", said)
    if len(found.plans) <= 1:
        return
    yield table(
        scenario,
        "agreement",
        "What these plans agree on",
        AGREED,
        (_agreed(analysis.scenario, one) for one in found.programmes),
    )
    yield table(
        scenario,
        "few",
        "A few that differ most",
        FEW,
        _few(analysis, found),
        note="Numbered as in the list of all, of which 0 is the recommended one.",
    )


def _agreed(scenario: Scenario, one: PlanAgreement) -> Row:
    titles, runs = scenario.partner_titles, one.runs or NOT_PROVEN
    levels = [scenario.level_title(entry) for entry in one.levels or ()]
    is_open = len(levels) == 1 and one.runs == "always" and one.level is None
    at = "" if is_open else " or ".join(levels)
    names = [titles[name] for name in one.always or ()]
    return {
        "programme": scenario.programme_titles[one.programme],
        "runs": f"{runs}, at {at}" if at else runs,
        "always": NOT_PROVEN if one.always is None else " + ".join(names),
        "sometimes": "; ".join(f"{titles[who.partner]} in {who.plans}" for who in one.sometimes),
    }


def _few(analysis: Analysis, found: Alternatives) -> Iterator[Row]:
    words = near_plan_words(analysis, found, [one.number for one in found.few])
    for one in found.few:
        better = ", ".join(better_at_words(analysis.scenario, one))
        yield {
            **vars(found.plans[one.number]),
            "number": one.number,
            "better": sentence(better).rstrip(".") if better else "—",
            "joins": joins_words(analysis.scenario, one) if one.number else "as recommended",
            "otherwise": words.get(one.number, ""),
        }


def _plan_rows(_analysis: Analysis, found: Judgement) -> Iterator[FrameRow]:
    for plan in found.plans:
        nearest, regret = plan.nearest, plan.regret
        yield {
            **vars(plan),
            "broken": len(plan.broken),
            "changes": nearest.changes if nearest else None,
            "nearest_value": nearest.value if nearest else None,
            "nearest_own_cost": nearest.own_cost if nearest else None,
            "same_money_value": plan.same_money.value if plan.same_money else None,
            "same_worth_own_cost": plan.same_worth.own_cost if plan.same_worth else None,
            "regret_of": regret.of if regret else None,
            "regret_mean": regret.mean if regret else None,
            "regret_worst": regret.worst if regret else None,
            "as_good_share": regret.as_good_share if regret else None,
        }


def _choice_rows(_analysis: Analysis, found: Judgement) -> Iterator[FrameRow]:
    for plan in found.plans:
        for one in plan.choose:
            yield {"plan": plan.plan, **vars(one)}


def _broken_rows(analysis: Analysis, found: Judgement) -> Iterator[FrameRow]:
    for plan in found.plans:
        for one in plan.broken:
            yield {"plan": plan.plan, **broken_row(analysis.scenario, one)}


def _difference_rows(_analysis: Analysis, found: Judgement) -> Iterator[FrameRow]:
    for plan in found.plans:
        for one in plan.difference:
            joined = {key: " + ".join(getattr(one, key)) for key in ("partners", "best_partners")}
            yield {"plan": plan.plan, **vars(one), **joined}


def _near_rows(_analysis: Analysis, found: Alternatives) -> Iterator[FrameRow]:
    for number, plan in enumerate(found.plans):
        yield {"number": number, **vars(plan)}


def _near_choice_rows(_analysis: Analysis, found: Alternatives) -> Iterator[FrameRow]:
    for number, plan in enumerate(found.plans):
        for one in plan.choose:
            yield {"number": number, **vars(one)}


def _agreement_rows(_analysis: Analysis, found: Alternatives) -> Iterator[FrameRow]:
    for one in found.programmes:
        yield {
            **agreement_on_plans_row(one),
            "always": None if one.always is None else " + ".join(one.always),
            "sometimes": " + ".join(f"{who.partner}: {who.plans}" for who in one.sometimes),
        }


Asked = TypeVar("Asked")
FlatRows = Callable[[Analysis, Asked], list[FrameRow]]


def _with_levels(rows: Callable[[Analysis, Asked], Iterable[FrameRow]]) -> FlatRows[Asked]:
    """Return rows in which the level of a programme stands beside it."""

    def told(analysis: Analysis, found: Asked) -> list[FrameRow]:
        levelled: list[FrameRow] = at_levels(analysis.scenario, list(rows(analysis, found)))
        return levelled

    return told


JUDGED_ROWS = {
    "plans": _with_levels(_plan_rows),
    "plan-choices": _with_levels(_choice_rows),
    "broken": _with_levels(_broken_rows),
    "differences": _with_levels(_difference_rows),
}
"""What stands in the tables of `judge` that programs read."""
NEAR_ROWS = {
    "alternatives": _with_levels(_near_rows),
    "alternative-choices": _with_levels(_near_choice_rows),
    "agreement": _with_levels(_agreement_rows),
}
"""What stands in those of `alternatives`."""
