"""The answer to a what-if in layers (ranking, best choice seen, best choice), and as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from partnerselect.allocation import (
    NOBODY,
    Allocation,
    ExactCheck,
    Resolver,
    account,
    amounts_in_all,
    amounts_of_programme,
    delivered_value,
    portfolio_values,
    teams_chosen,
)
from partnerselect.analysis import Analysis
from partnerselect.arrays import IntArray
from partnerselect.comparison import are_measured_alike
from partnerselect.latest import latest
from partnerselect.model import LeastCost, Scenario, programme_of
from partnerselect.optimiser import Watch
from partnerselect.value import (
    PerformanceTable,
    Scores,
    have_the_same_table,
    performance_table,
    require_usable,
    score,
)
from partnerselect.words import amount, counted, listed, share

Layer = Literal["seen", "within", "best", "none", "no answer yet"]
"""How much is known of a choice: the best of those seen before, the best found so far, the best
there is; or that there is none."""
LAYERS: dict[str, Layer] = {
    "optimal": "best",
    "within-gap": "within",
    "infeasible": "none",
    "no-answer-yet": "no answer yet",
}
"""How much is known of a choice, by what the solver says of it."""
MOST_TRIED = 40
"""Choices seen before that are tried, the best first, before the search is left to the solver."""
MOST_KEPT = 400


@dataclass(frozen=True)
class Scored:
    """A scenario whose partners are ranked; nothing is chosen yet."""

    scenario: Scenario
    table: PerformanceTable
    scores: Scores


@dataclass(frozen=True)
class Choice:
    """A choice, and how much is known of it."""

    scored: Scored
    allocation: Allocation
    layer: Layer

    @property
    def scenario(self) -> Scenario:
        """The scenario it is made for."""
        return self.scored.scenario

    @property
    def table(self) -> PerformanceTable:
        """The partners it is made from."""
        return self.scored.table

    @property
    def is_worth_most(self) -> bool:
        """Whether value is what is aimed at, and not cost."""
        return not isinstance(self.scenario.aim, LeastCost)


@latest(2)
def choice_of(analysis: Analysis) -> Choice:
    """Return the choice of an analysis, as a what-if is compared with it."""
    known = Scored(analysis.scenario, analysis.table, analysis.scores)
    return Choice(known, analysis.allocation, LAYERS[analysis.allocation.state])


def scored(scenario: Scenario, before: Scored | None = None) -> Scored:
    """Rank the partners of every programme.

    Args:
        scenario: what to rank them for.
        before: another state of it, ranked already: what does not differ is not worked out again.

    Raises:
        InputError: the weights cannot be turned into numbers.
    """
    require_usable(scenario)
    table = (
        before.table
        if before is not None and have_the_same_table(before.scenario, scenario)
        else performance_table(scenario)
    )
    return Scored(scenario, table, score(scenario, table))


def best_choice(
    asked: Scored, resolver: Resolver | None = None, watch: Watch | None = None
) -> Choice:
    """Choose what is best; stopped by the watch, the best found so far.

    Args:
        asked: what to choose for.
        resolver: keeps the solver's model from one state of the scenario to the next.
        watch: shows how far the search is, and stops it.

    Raises:
        FailureError: the solver broke down.
    """
    found = (
        (resolver or Resolver()).allocator(asked.scenario, asked.table, asked.scores, watch).best()
    )
    return Choice(asked, found, LAYERS[found.state])


@dataclass
class SeenChoices:
    """Every choice met so far, to be tried again when the scenario changes."""

    _shape: tuple[object, ...] = ()
    _choices: dict[bytes, IntArray] = field(default_factory=dict)

    def remember(self, choice: Choice) -> None:
        """Keep a choice; forget those of other needs or partners, and the oldest."""
        chosen, shape = choice.allocation.chosen, self._shape_of(choice.table)
        if chosen is None:
            return
        if shape != self._shape:
            self._shape, self._choices = shape, {}
        self._choices[chosen.tobytes()] = chosen
        while len(self._choices) > MOST_KEPT:
            del self._choices[next(iter(self._choices))]

    def best_for(self, asked: Scored) -> Choice | None:
        """Return the best of them that keeps every demand as it now stands.

        None where none does.
        """
        if not self._choices or self._shape_of(asked.table) != self._shape:
            return None
        scenario, table, scores = asked.scenario, asked.table, asked.scores
        choices = np.array([*self._choices.values(), np.full(len(table.workload.needs), NOBODY)])
        values = portfolio_values(scenario, table.workload, scores, choices)
        order = _in_order(asked, choices, values)
        check = ExactCheck(scenario, table)
        found = next((n for n in order[:MOST_TRIED] if not check.faults(choices[n].tolist())), None)
        if found is None:
            return None
        summed = account(scenario, table.workload, scores, choices[found])
        return Choice(
            asked, Allocation("within-gap", choices[found], summed, None, None, None, 0.0), "seen"
        )

    @staticmethod
    def _shape_of(table: PerformanceTable) -> tuple[object, ...]:
        return table.workload.needs, table.workload.partners


def _in_order(asked: Scored, choices: IntArray, values: np.ndarray) -> list[int]:
    """Return the numbers of the choices, the best first."""
    aim = asked.scenario.aim
    if not isinstance(aim, LeastCost):
        return [int(n) for n in np.argsort(-values, kind="stable")]
    enough = [int(n) for n in np.flatnonzero(values >= aim.least_cost.value_at_least)]
    work = asked.table.workload
    return sorted(
        enough, key=lambda n: account(asked.scenario, work, asked.scores, choices[n]).own_cost
    )


Row = dict[str, Any]


def choice_rows(saved: Choice | None, now: Choice) -> list[Row]:
    """Return one row a programme: partners, value and cost, now and as saved."""
    before = {} if saved is None else {programme_of(row["id"]): row for row in _programmes(saved)}
    is_alike = saved is not None and are_measured_alike(saved.scored, now.scored)
    rows = []
    for row in _programmes(now):
        was = before.get(programme_of(row["id"]))
        known = was is not None and saved is not None and saved.allocation.chosen is not None
        rows.append(
            {
                **row,
                "before": was["partners"] if known and was else None,
                "before_names": was["names"] if known and was else None,
                "value_before": was["value"] if known and was and is_alike else None,
                "differs": bool(known and was and set(was["partners"]) != set(row["partners"])),
            }
        )
    return rows


@latest(3)
def _programmes(choice: Choice) -> tuple[Row, ...]:
    scenario, work = choice.scenario, choice.table.workload
    found, scores = choice.allocation.chosen, choice.scored.scores
    chosen = np.full(len(work.needs), NOBODY) if found is None else found
    values = None if found is None else delivered_value(work, scores, found)
    rows, levels = [], _levels(choice)
    teams = teams_chosen(work, chosen)
    titles = scenario.partner_titles
    for p, name in enumerate(work.programmes):
        programme = programme_of(name)
        if name != levels.get(programme, scenario.entries[programme][0]):
            continue
        full, short = (
            [*scenario.at_level([names[one] for one in teams[name]], name)]
            for names in (titles, scenario.partner_names)
        )
        rows.append(
            {
                "id": name,
                "programme": scenario.programme_title(programme),
                "name": scenario.programme_names[programme],
                "partners": full,
                "names": short,
                "run": bool(teams[name]),
                "value": None if values is None else float(values[p]),
                **amounts_of_programme(scenario, choice.allocation.account, name),
            }
        )
    return tuple(rows)


def change_words(saved: Choice, now: Choice) -> str:
    """Say who is no longer used or newly is, what is deferred or runs, and how much more we pay.

    Empty where there is no choice to tell of.
    """
    before, after = saved.allocation.account, now.allocation.account
    if before is None or after is None:
        return ""
    was, will = _chosen(saved), _chosen(now)
    used, uses = (set().union(*chosen.values()) for chosen in (was, will))
    partners, programmes = now.scenario.partner_names, now.scenario.programme_names
    both, levels = was.keys() & will.keys(), _levels(now)
    raised = [p for p, entry in _levels(saved).items() if levels.get(p, entry) != entry]
    moved = [p for p in will if p in both and was[p] and will[p] and was[p] != will[p]]
    changes = "changes" if len(moved) == 1 else "change"
    told = [
        *_listed(partners, [k for k in partners if k in used - uses], "no longer used"),
        *_listed(partners, [k for k in partners if k in uses - used], "newly used"),
        *_listed(programmes, [p for p in will if p in both and was[p] and not will[p]], "deferred"),
        *(f"{programmes[p]} goes ahead" for p in will if p in both and will[p] and not was[p]),
        *(f"{programmes[p]} runs at “{now.scenario.level_title(levels[p])}”" for p in raised),
        *([f"{counted(len(moved), 'programme')} {changes} partners"] if moved else []),
    ]
    if not told:
        told = ["The same partners for every programme"]
    dearer = float(after.own_cost - before.own_cost)
    if round(dearer):
        money = amount(abs(dearer), now.scenario.currency)
        told.append(f"{money} {'more' if dearer > 0 else 'less'} from us")
    return f"{'; '.join(told)}."


def _listed(names: Mapping[str, str], ids: Sequence[str], what: str) -> list[str]:
    verb = "is" if len(ids) == 1 else "are"
    return [f"{listed([names.get(one, one) for one in ids])} {verb} {what}"] if ids else []


def _chosen(choice: Choice) -> dict[str, set[str]]:
    """Return the partners of every programme; none: it is deferred."""
    work, found = choice.table.workload, choice.allocation.chosen
    chosen: dict[str, set[str]] = {name: set() for name in choice.scenario.entries}
    for (entry, _), k in zip(work.needs, () if found is None else found, strict=False):
        if k != NOBODY:
            chosen[programme_of(entry)].add(work.partners[k])
    return chosen


def _levels(choice: Choice) -> dict[str, str]:
    """Return the entry of every programme that runs, by programme."""
    work, found = choice.table.workload, choice.allocation.chosen
    needs = zip(work.needs, () if found is None else found, strict=False)
    return {programme_of(entry): entry for (entry, _), k in needs if k != NOBODY}


def status_words(
    choice: Choice, *, is_current: bool, is_thinking: bool, bound: float | None
) -> str:
    """Return how much is known of the choice shown."""
    if not is_current:
        return "◔ the ranking is new; choosing …"
    if choice.layer == "best":
        return "● best choice; reasons follow …" if is_thinking else "● best choice"
    if choice.layer == "seen":
        return f"◑ at least this good{_at_most(choice, bound)}; looking for better …"
    if choice.layer == "within":
        return f"◕ the best found so far{_at_most(choice, None)}"
    return (
        "✗ no choice meets everything"
        if choice.layer == "none"
        else "✗ no choice found in the time allowed"
    )


def _at_most(choice: Choice, bound: float | None) -> str:
    """Return how far from the best a choice may be, where that is known."""
    allocation = choice.allocation
    gap = allocation.gap
    if (
        gap is None
        and bound is not None
        and allocation.account is not None
        and choice.is_worth_most
    ):
        gap = abs(bound - allocation.account.value) / max(allocation.account.value, 1.0)
    return "" if gap is None else f", within {share(gap)} of the best"


def saved_value(saved: Choice, now: Choice) -> float | None:
    """Return what the choice as saved is worth by the measure of now.

    None where there is none, or needs or partners are not the same.
    """
    chosen, work = saved.allocation.chosen, now.table.workload
    before = saved.table.workload
    if chosen is None or (before.needs, before.partners) != (work.needs, work.partners):
        return None
    values = portfolio_values(now.scenario, work, now.scored.scores, chosen[None])
    return float(values[0])


def total_row(choice: Choice) -> Row:
    """Return what a choice comes to; every figure None where there is none."""
    found = choice.allocation.account
    running = len({line.programme for line in found.day_costs}) if found else None
    return {
        "value": found.value if found else None,
        **amounts_in_all(choice.scenario, found),
        "partners": found.partners if found else None,
        "running": running,
        "programmes": len(choice.scenario.entries),
        "currency": choice.scenario.currency,
    }


def ranking_rows(saved: Scored, now: Scored, programme: str) -> list[Row]:
    """Return the partners of a programme, best first, those that cannot be chosen last.

    Each has its rank and value now and as saved, the latter where values can be compared.
    """
    work, scores = now.table.workload, now.scores
    p = work.programmes.index(programme)
    ranks = [int(rank) or len(work.partners) + 1 for rank in scores.ranks[p]]
    order = sorted(
        range(len(work.partners)), key=lambda k: (ranks[k], -scores.overall[p, k], work.partners[k])
    )
    was = _standing(saved, programme, is_alike=are_measured_alike(saved, now))
    return [
        {
            "partner": work.partners[k],
            "title": now.scenario.partners[work.partners[k]].title,
            "name": now.scenario.partner_names[work.partners[k]],
            "rank": int(scores.ranks[p, k]) or None,
            "value": float(scores.overall[p, k]),
            "eligible": bool(now.table.eligible[p, k]),
            "reason": " ".join(now.table.reasons.get((programme, work.partners[k]), ())),
            "offers": bool(work.covers[p, k] > 0),
            **was.get(work.partners[k], {"rank_before": None, "value_before": None}),
        }
        for k in order
    ]


def _standing(saved: Scored, programme: str, *, is_alike: bool) -> dict[str, Row]:
    work, scores = saved.table.workload, saved.scores
    if programme not in work.programmes:
        return {}
    p = work.programmes.index(programme)
    return {
        name: {
            "rank_before": int(scores.ranks[p, k]) or None,
            "value_before": float(scores.overall[p, k]) if is_alike else None,
        }
        for k, name in enumerate(work.partners)
    }
