"""A plan in hand: another partner for a programme, judged at once, to be kept or tried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from partnerselect.allocation import NOBODY, Broken, JudgedPlan, Judgement, PlanChoice, teams_of
from partnerselect.analysis import Analysis, judge, judge_as_written
from partnerselect.arrays import IntArray
from partnerselect.errors import dotted
from partnerselect.model import DEFERRED, LEVEL, Scenario, parts_of, programme_of, value_at
from partnerselect.rows import against_words, broken_words, named_partners, plan_title
from partnerselect.value import Workload
from partnerselect.what_if.changes import Changes
from partnerselect.what_if.choice_levers import WAITS, running_changes
from partnerselect.what_if.lever import undotted

Row = dict[str, Any]
Who = Mapping[tuple[str, str], str | None]
"""(programme, need) to its partner; None where the programme is deferred."""
IN_HAND = "in-hand"
"""The id under which a plan is judged that the scenario does not state."""


@dataclass(frozen=True)
class Draft:
    """Who delivers what, as somebody would have it."""

    base: str
    """What it began from, as `As recommended`; empty where the rest is chosen as well as can be."""
    written: tuple[tuple[tuple[str, str], str | None], ...]
    """Who delivers each need (as in `Who`); what is open is left out."""
    wished: tuple[tuple[str, str], ...] = ()
    """The programmes for which another was chosen, and in words who."""

    @property
    def title(self) -> str:
        """What it is called."""
        wished = "; ".join(words for _, words in self.wished)
        if not self.base:
            return f"{wished}; the rest chosen again"
        return f"{self.base}, but {wished}" if wished else self.base

    @property
    def stated(self) -> dict[str, Any]:
        """As it stands under `plans`."""
        return {"title": self.title, "choose": {**self._deferred, **self._served}}

    @property
    def _deferred(self) -> dict[str, str]:
        waits = (programme_of(entry) for (entry, _), partner in self.written if partner is None)
        return dict.fromkeys(waits, DEFERRED)

    @property
    def _served(self) -> dict[str, dict[str, str]]:
        """Who serves each need of the programmes that run, with the level at which they do."""
        found: dict[str, dict[str, str]] = {}
        for (entry, need), partner in self.written:
            if partner is not None:
                programme, level = parts_of(entry)
                at = {LEVEL: level} if level else {}
                found.setdefault(programme, at)[need] = partner
        return found

    def team(self, work: Workload, programme: str) -> tuple[str, ...]:
        """Return who works on a programme, the partner with most days first."""
        who = ((*need, partner) for need, partner in self.written if partner is not None)
        return teams_of(work, who)[programme]

    @property
    def with_the_rest_open(self) -> Draft:
        """Hold only what was wished for; the rest is chosen as well as can be."""
        wished = dict(self.wished)
        kept = tuple(one for one in self.written if one[0][0] in wished)
        return replace(self, base="", written=kept)


def draft_of_choice(title: str, work: Workload, chosen: IntArray) -> Draft:
    """Take up a choice, (N,) as numbers of partners, as a plan that leaves nothing open."""
    who = (None if k == NOBODY else work.partners[k] for k in chosen.tolist())
    return Draft(title, tuple(zip(work.needs, who, strict=True)))


def draft_of_plan(title: str, work: Workload, choose: Iterable[PlanChoice]) -> Draft:
    """Take up who delivers what; whatever has no partner is deferred."""
    who = {(one.programme, one.component): one.partner for one in choose}
    return Draft(title, tuple((need, who.get(need)) for need in work.needs))


def draft_of_stated(scenario: Scenario, plan: str) -> Draft:
    """Take up a plan that the scenario states."""
    stated = scenario.all_plans[plan]
    return Draft(plan_title(scenario, plan), tuple(scenario.written(stated).items()))


def completed_draft(draft: Draft, work: Workload, choose: Iterable[PlanChoice]) -> Draft:
    """Return the draft with its open parts as they were completed."""
    return replace(draft, written=draft_of_plan(draft.base, work, choose).written)


# ── Another partner for a programme ──


def other_choices(scenario: Scenario, draft: Draft, programme: str) -> dict[str, Draft]:
    """Return every other choice for a programme: whoever offers part of it, by id, or deferred.

    What a partner does not offer stays with whoever has it.
    """
    stated = scenario.programmes[programme]
    now = {need: who for need, who in draft.written if need[0] == programme}
    kept = {need: who for need, who in now.items() if who is not None}
    options: dict[str, Who] = {
        name: {**kept, **dict.fromkeys(needs, name)}
        for name, partner in scenario.partners.items()
        if (needs := [(programme, need) for need in stated.needs if need in partner.offers])
    }
    if not stated.mandatory:
        options[DEFERRED] = dict.fromkeys((programme, need) for need in stated.needs)
    return {
        key: _wished(scenario, draft, programme, who) for key, who in options.items() if who != now
    }


def _wished(scenario: Scenario, draft: Draft, programme: str, who: Who) -> Draft:
    partners = dict.fromkeys(name for name in who.values() if name is not None)
    named = named_partners(scenario.partner_names, partners)
    words = f"{scenario.programme_names[programme]}: {named}"
    own = {*scenario.entries[programme_of(programme)]}
    others = tuple(one for one in draft.written if one[0][0] not in own)
    before = tuple(one for one in draft.wished if one[0] not in own)
    return replace(draft, written=(*others, *who.items()), wished=(*before, (programme, words)))


def in_hand(analysis: Analysis, drafts: Mapping[str, Draft]) -> Analysis:
    """Return the analysis of a scenario that states these plans too; nothing is chosen anew.

    Raises InputError where a plan does not fit the scenario.
    """
    stated = {f"plans.{key}": draft.stated for key, draft in drafts.items()}
    return replace(analysis, scenario=analysis.scenario.with_changes(stated))


def judged_draft(
    analysis: Analysis, draft: Draft, *, over_trials: bool = True
) -> tuple[Analysis, Judgement]:
    """Judge a plan in hand, which the scenario that is returned with it states."""
    stated = in_hand(analysis, {IN_HAND: draft})
    return stated, judge(stated, [IN_HAND], over_trials=over_trials)


def draft_rows(analysis: Analysis, drafts: Mapping[str, Draft]) -> list[Row]:
    """Return what each of several plans comes to and breaks, in figures and in words.

    What is possible comes first, then whatever is worth most.
    """
    scenario = in_hand(analysis, drafts).scenario
    found = judge_as_written(analysis, {key: scenario.plans[key] for key in drafts})
    rows = [
        {
            "key": plan.plan,
            **_called(scenario, drafts[plan.plan], plan.plan),
            "value": plan.value,
            "own_cost": plan.own_cost,
            "possible": plan.possible,
            "words": against_words(scenario, found, plan) or "nobody may be chosen for part of it",
            "broken": [broken_words(scenario, one) for one in plan.broken],
            "others": _others(scenario, plan, drafts[plan.plan]),
        }
        for plan in found.plans
    ]
    return sorted(rows, key=lambda row: (not row["possible"], -(row["value"] or 0.0)))


def _called(scenario: Scenario, draft: Draft, key: str) -> Row:
    """Name a choice by its partner in full and in short, with whoever does the rest of it."""
    if key == DEFERRED:
        return dict.fromkeys(("title", "name"), "Defer it")
    programme, _ = draft.wished[-1]
    beside = {who for need, who in draft.written if need[0] == programme} - {key, None}
    names = scenario.partner_names
    others = [names[one] for one in scenario.partners if one in beside]
    return {
        "title": " + ".join([scenario.partner_titles[key], *others]),
        "name": " + ".join([names[key], *others]),
    }


def _others(scenario: Scenario, plan: JudgedPlan, draft: Draft) -> list[str]:
    """Say who does what else differently than recommended."""
    wished = dict(draft.wished)
    return [
        f"{scenario.programme_names[one.programme]}:"
        f" {named_partners(scenario.partner_names, one.partners)}"
        for one in plan.difference
        if one.programme not in wished and {*one.partners} != {*one.best_partners}
    ]


# ── Into a what-if ──


def starting_changes(
    scenario: Scenario, draft: Draft, broken: Iterable[Broken] = ()
) -> dict[str, Any]:
    """Return what holds a plan in a what-if; each limit that it breaks is set to what it uses."""
    held = {name: dict(needs) for name, needs in scenario.as_written.committed.items()}
    changes: dict[str, Any] = {}
    for programme, said in draft.stated["choose"].items():
        if said == DEFERRED:
            held.pop(programme, None)
            changes |= running_changes(programme, scenario.partners, WAITS)
        else:
            held.setdefault(programme, {}).update(said)
    for one in broken:
        changes |= _lifted(scenario, one)
    return {**changes, "committed": held or None}


def _lifted(scenario: Scenario, one: Broken) -> Changes:
    path = dotted(one.loc)
    if one.used is not None:
        by_phase = isinstance(value_at(scenario.data, one.loc), dict) and one.phase
        return {f"{path}.{one.phase}" if by_phase else path: undotted(round(one.used, 4))}
    match one.loc:
        case ("gates", _):
            return {f"{path}.status": "confirmed"}
        case ("rules", _) | (_, _, "mandatory") | ("partners", *_, "excluded"):
            return {path: None}
    return {}
