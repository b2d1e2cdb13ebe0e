"""Plans on the table as rows: as judged, and those that are almost as good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from partnerselect.allocation import (
    Alternatives,
    Broken,
    FewPlan,
    JudgedPlan,
    Judgement,
    NearPlan,
    PlanAgreement,
    PlanChoice,
    PossiblePlan,
)
from partnerselect.analysis import Analysis
from partnerselect.errors import dotted
from partnerselect.model import Scenario, parts_of, programme_of
from partnerselect.rows.plain import Row, picked, printed, rounded, scenario_row
from partnerselect.rows.plan_words import (
    better_at_words,
    broken_words,
    joins_words,
    judged_sentence,
    plan_title,
)
from partnerselect.rows.teams import Teams, difference_words, teams_shared_otherwise
from partnerselect.words import adding_up, difference, listed

FORMAT = 1
WHO = ("programme", "component", "partner")


def judgement_json(analysis: Analysis, found: Judgement) -> Row:
    """Return what `judge --format json` prints."""
    return printed(
        analysis.scenario,
        {
            "format": FORMAT,
            "scenario": scenario_row(analysis),
            "best": vars(found.best) if found.best else None,
            "plans": [_judged_row(analysis.scenario, plan) for plan in found.plans],
        },
    )


def plan_summary_rows(analysis: Analysis, found: Judgement) -> list[Row]:
    """Return a short row for each plan: whether it is possible, what it comes to, in words too."""
    rows: list[Row] = rounded(
        [
            {
                **picked(plan, "plan", "title", "possible", "value", "own_cost", "running"),
                "changes": plan.nearest.changes if plan.nearest else None,
                "words": judged_sentence(analysis, found, plan),
            }
            for plan in found.plans
        ]
    )
    return rows


def _judged_row(scenario: Scenario, plan: JudgedPlan) -> Row:
    return {
        **vars(plan),
        "choose": [vars(one) for one in plan.choose],
        "broken": [broken_row(scenario, one) for one in plan.broken],
        "nearest": _nearest_row(plan.nearest),
        "same_money": _instead_row(plan.same_money),
        "same_worth": _instead_row(plan.same_worth),
        "difference": [vars(one) for one in plan.difference],
        "regret": vars(plan.regret) if plan.regret else None,
    }


def broken_row(scenario: Scenario, one: Broken) -> Row:
    """Return what gives way for a plan: where, by how much, and in words."""
    return {
        "path": dotted(one.loc),
        **picked(one, "phase", "allowed", "used", "over"),
        "sentence": broken_words(scenario, one),
    }


def _nearest_row(one: PossiblePlan | None) -> Row | None:
    if one is None:
        return None
    changed = [
        {**picked(change, "programme", "component"), "from": change.from_, "to": change.to}
        for change in one.changed
    ]
    kept = picked(one, "value", "own_cost", "changes")
    return {**kept, "changed": changed, "choose": choice_rows(one.choose)}


def _instead_row(one: PossiblePlan | None) -> Row | None:
    if one is None:
        return None
    return {**picked(one, "value", "own_cost"), "choose": choice_rows(one.choose)}


def choice_rows(choose: Iterable[PlanChoice]) -> list[Row]:
    """Return who delivers what for which programme, by id."""
    return [picked(one, *WHO) for one in choose]


def alternatives_json(analysis: Analysis, found: Alternatives) -> Row:
    """Return what `alternatives --format json` prints."""
    return printed(
        analysis.scenario,
        {
            "format": FORMAT,
            "scenario": scenario_row(analysis),
            **picked(found, "within", "complete", "count", "best"),
            "plans": [_near_row(plan) for plan in found.plans],
            "programmes": [agreement_on_plans_row(one) for one in found.programmes],
            "few": [few_row(analysis.scenario, one) for one in found.few],
        },
    )


def _near_row(plan: NearPlan) -> Row:
    kept = picked(plan, "value", "own_cost", "partners", "running", "differs")
    return {**kept, "choose": choice_rows(plan.choose)}


def agreement_on_plans_row(one: PlanAgreement) -> Row:
    """Return what the plans agree on for one programme, and where it has levels on which."""
    return {
        **picked(one, "programme", "runs", "always"),
        "sometimes": [vars(partner) for partner in one.sometimes],
        **({} if one.levels is None else {"level": one.level and parts_of(one.level)[1]}),
    }


def few_row(scenario: Scenario, one: FewPlan) -> Row:
    """Return one of the few plans that differ most: what it is better at, who joins and leaves."""
    return {
        **picked(one, "number"),
        "better_at": better_at_words(scenario, one),
        **picked(one, "joins", "leaves"),
    }


def _teams(analysis: Analysis, choose: Iterable[PlanChoice]) -> Teams:
    return Teams(analysis, ((one.programme, one.component, one.partner) for one in choose))


def plan_programme_rows(analysis: Analysis, found: Judgement, plan: JudgedPlan) -> list[Row]:
    """Return who does each programme in a plan and as recommended, and the difference.

    Points and our money are against the recommendation; None where one of the two is not there.
    The points have one decimal and add up to `points_against`.
    """
    scenario, rows = analysis.scenario, list[Row]()
    teams, ours = _teams(analysis, plan.choose), Teams.recommended(analysis)
    alike = None if found.best is None or plan.value is None else 0.0
    for advice in analysis.recommendation.programmes:
        name = programme_of(advice.programme)
        apart = [one for one in plan.difference if programme_of(one.programme) == name]
        rows.append(
            {
                "id": advice.programme,
                "name": scenario.programme_names[name],
                "programme": scenario.programme_titles[name],
                "partners": teams.named(name, scenario.partner_titles),
                "names": teams.named(name, scenario.partner_names),
                "best": ours.named(name, scenario.partner_titles) if found.best else "",
                "best_names": ours.named(name, scenario.partner_names) if found.best else "",
                "value": sum(one.value for one in apart) if apart else alike,
                "own_cost": sum(one.own_cost for one in apart) if apart else alike,
            }
        )
    if found.best is None or plan.value is None:
        return rows
    shown = adding_up([row["value"] for row in rows], plan.value, found.best.value)
    return [{**row, "value": value} for row, value in zip(rows, shown, strict=True)]


def points_against(found: Judgement, plan: JudgedPlan) -> float | None:
    """Return what a plan is worth more than recommended; None where one of the two is not there."""
    if found.best is None or plan.value is None:
        return None
    return difference(plan.value, found.best.value)


def plan_scenario_rows(analysis: Analysis, found: Judgement) -> list[Row]:
    """Return what each plan chooses, in the shape of `other_scenario_row`."""
    rows = []
    for plan in found.plans:
        of = _Course("plan", plan_title(analysis.scenario, plan.plan), len(plan.broken))
        rows.append(
            {
                **_course(analysis, of, plan.value, plan.own_cost, plan.choose),
                "words": judged_sentence(analysis, found, plan),
                "plan": plan.plan,
            }
        )
    return rows


def few_scenario_rows(analysis: Analysis, found: Alternatives) -> list[Row]:
    """Return the few plans that differ most, in the shape of `other_scenario_row`."""
    scenario, rows = analysis.scenario, []
    words = near_plan_words(analysis, found, [one.number for one in found.few])
    for one in found.few:
        if one.number == 0:
            continue
        plan, better = found.plans[one.number], better_at_words(scenario, one)
        ahead = f"; it is {listed(better)}" if better else ""
        joins = joins_words(scenario, one)
        of = _Course("alternative", f"Almost as good, no. {one.number}")
        rows.append(
            {
                **_course(analysis, of, plan.value, plan.own_cost, plan.choose),
                "words": f"Almost as good, {joins}{ahead}. {words[one.number]}.",
                "choose": plan.choose,
            }
        )
    return rows


def near_plan_words(
    analysis: Analysis, found: Alternatives, numbers: Iterable[int]
) -> dict[int, str]:
    """Return what some of the plans that are almost as good do otherwise, by number.

    Of a team that shares its work in several ways, who does what.
    """
    names = analysis.scenario.partner_names, analysis.scenario.programme_names
    teams = [_teams(analysis, plan.choose) for plan in found.plans]
    shown = teams_shared_otherwise(teams)
    return {n: difference_words(teams[0], teams[n], *names, shown) for n in numbers if n}


def near_plan_rows(analysis: Analysis, found: Alternatives) -> list[Row]:
    """Return the plans that are almost as good, each with what it does otherwise, in words."""
    words = near_plan_words(analysis, found, range(len(found.plans)))
    return [
        {
            "number": n,
            **picked(plan, "value", "own_cost", "partners", "running"),
            "words": words.get(n, "As recommended"),
        }
        for n, plan in enumerate(found.plans)
    ]


@dataclass(frozen=True)
class _Course:
    """What a column beside the recommendation is called, and how many limits it breaks."""

    kind: str
    title: str
    broken: int = 0


def _course(
    analysis: Analysis,
    of: _Course,
    value: float | None,
    own_cost: float | None,
    choose: Sequence[PlanChoice],
) -> Row:
    """Return one course of action beside the recommendation."""
    scenario, account = analysis.scenario, analysis.allocation.account
    teams, ours = _teams(analysis, choose), Teams.recommended(analysis)
    return {
        **vars(of),
        "state": "optimal" if value is not None else "infeasible",
        "value": value,
        "gained": None if value is None or account is None else value - account.value,
        "own_cost": own_cost,
        "currency": scenario.currency,
        "caution": "",
        "programmes": {
            name: {
                "title": scenario.programme_titles[name],
                "partners": list(teams.titled(name)),
                "differs": teams.shared(name) != ours.shared(name),
                "shared": teams.shared_words(name, scenario.partner_names),
            }
            for name in scenario.entries
        },
    }
