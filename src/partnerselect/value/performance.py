"""The performance table: programme × partner × criterion, who is eligible and why not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.errors import Problem
from partnerselect.latest import latest
from partnerselect.model import (
    Baseline,
    Criterion,
    RelativeScale,
    Scenario,
    criterion_loc,
    programme_of,
    scale_ends,
)
from partnerselect.value.eligibility import Pair, barred, without_reason
from partnerselect.value.minimum_requirements import (
    BranchMinimum,
    below_minimum,
    branch_minima,
    requirements_missed,
)
from partnerselect.value.money import Workload, workload
from partnerselect.value.value_function import (
    more_is_better,
    nominal,
    required_value,
    side_by_side,
    values_of,
)
from partnerselect.words import counted, figure, listed

ELSEWHERE = frozenset(
    {
        *("format", "title", "about", "as_at", "illustrative", "currency", "paper"),
        *("criteria", "stakeholders", "limits", "rules", "committed", "aim"),
        *("analysis", "plans", "sweep", "design"),
    }
)
"""The parts of a scenario of which the table holds nothing, or only what is asked beside them: of
the criteria what is measured, of the rules who is forbidden where."""
NAMED = 3
"""Programmes named one by one; of more, only the number."""
COUNTING = frozenset({"asks", "weight", "weights", "preference", "criteria"})
"""What a criterion says of how much it counts, or of other methods."""


@dataclass(frozen=True)
class PerformanceTable:
    """Nominal scores of every partner for every programme, and who may be chosen."""

    criteria: tuple[str, ...]
    """Dotted paths of the leaf criteria."""
    scores: FloatArray
    """(P, K, C): natural units, levels by their value, nan where unknown."""
    baseline_scores: FloatArray
    """(P, C): of doing nothing; nan where the baseline is a plain value."""
    values: FloatArray
    """(P, K, C): partial values in [0, 100]."""
    ends: FloatArray
    """(P, C, 2): worst and best of relative scales; nan elsewhere."""
    eligible: BoolArray
    """(P, K)."""
    reasons: dict[Pair, tuple[str, ...]]
    """Why a partner is not eligible, in plain sentences."""
    missed: dict[Pair, tuple[str, ...]]
    """The criteria, by path, of which a partner does not meet the minimum requirement."""
    unproven: frozenset[Pair]
    """Pairs barred only because a required score is unknown."""
    workload: Workload
    minima: tuple[BranchMinimum, ...]
    """What branches must be worth."""
    notices: tuple[Problem, ...]
    """What was clipped, or does not tell partners apart."""

    @property
    def unknown(self) -> BoolArray:
        """(P, K, C): scores nobody knows yet."""
        return np.isnan(self.scores)

    def least_value(self, leaf: Criterion, p: int, k: int, c: int) -> float:
        """Return the partial value from which a partner meets every requirement, all else as it is.

        Minus infinity where nothing is required of the criterion; infinity where the partner misses
        a requirement that this criterion has no part in.
        """
        least, bearing = [float(required_value(leaf, self.ends[p, c]))], {self.criteria[c]}
        for minimum in self.minima:
            if weight := minimum.weights[p, c]:
                lack = minimum.required - self.values[p, k] @ minimum.weights[p]
                least.append(float(self.values[p, k, c] + lack / weight))
                bearing.add(minimum.path)
        pair = (self.workload.programmes[p], self.workload.partners[k])
        return np.inf if {*self.missed.get(pair, ())} - bearing else max(least)


def performance_table(scenario: Scenario) -> PerformanceTable:
    """Put scores, computed criteria and eligibility together.

    Raises:
        InputError: a branch has a minimum, and the weights cannot be turned into numbers.
    """
    work = workload(scenario)
    leaves = scenario.criteria.leaves
    scores = side_by_side(
        [_column(scenario, work, name, criterion) for name, criterion in leaves.items()]
    )
    closed = barred(scenario, work)
    minima = branch_minima(scenario)
    ends = _local_ends(scenario, work, scores, minima)
    values = _values(leaves, scores, ends)
    missed = requirements_missed(scenario, work, scores, ends, values, minima)
    reasons = {
        pair: (*closed.get(pair, ()), *missed.sentences(pair, is_barred=pair in closed))
        for pair in closed.keys() | missed.words.keys()
    }
    eligible = without_reason(work, reasons)
    table = PerformanceTable(
        criteria=tuple(leaves),
        scores=scores,
        baseline_scores=_baseline_scores(scenario, work, leaves),
        values=values,
        ends=ends,
        eligible=eligible,
        reasons=reasons,
        missed=missed.paths,
        unproven=frozenset(
            pair for pair in missed.words if pair not in closed and missed.is_unproven(pair)
        ),
        workload=work,
        minima=minima,
        notices=(),
    )
    return replace(table, notices=_notices(scenario, table))


def _values(leaves: dict[str, Criterion], scores: FloatArray, ends: FloatArray) -> FloatArray:
    """Return partial values; scores (P, K, C), ends (P, C, 2)."""
    return side_by_side(
        [
            values_of(criterion, scores[:, :, c], ends[:, None, c])
            for c, criterion in enumerate(leaves.values())
        ]
    )


def have_the_same_table(one: Scenario, other: Scenario) -> bool:
    """Tell whether nothing that the performance table rests on differs.

    A key that is added counts as if the table rested on it, until it is named in `ELSEWHERE`.
    """
    return (
        one.origin is other.origin
        and one.forbidden == other.forbidden
        and one.fixed_levels == other.fixed_levels
        and all(
            getattr(one, part) == getattr(other, part)
            for part in Scenario.model_fields.keys() - ELSEWHERE
        )
        and list(map(_measured, one.criteria.leaves.items()))
        == list(map(_measured, other.criteria.leaves.items()))
        and _weighing(one) == _weighing(other)
    )


def _weighing(scenario: Scenario) -> object:
    """Return what the minima of branches rest on; nothing where there are none."""
    nodes = scenario.criteria.nodes.values()
    if not any(node.criteria and node.at_least is not None for node in nodes):
        return None
    return scenario.criteria, scenario.stakeholders, scenario.analysis.base


def _measured(leaf: tuple[str, Criterion]) -> tuple[object, ...]:
    """Return what a criterion says about performance, and not about how much it counts."""
    path, criterion = leaf
    return path, *(getattr(criterion, part) for part in Criterion.model_fields.keys() - COUNTING)


def _column(scenario: Scenario, work: Workload, name: str, criterion: Criterion) -> FloatArray:
    """Return one criterion's scores; shape (P, K)."""
    if criterion.from_ is not None:
        return _computed(work, criterion.from_)
    base = [
        nominal(partner.scores[name], criterion) if name in partner.scores else np.nan
        for partner in scenario.partners.values()
    ]
    column = np.repeat(np.array([base]), len(work.programmes), axis=0)
    row = {programme: p for p, programme in enumerate(work.programmes)}
    for k, partner in enumerate(scenario.partners.values()):
        for programme, special in partner.for_.items():
            if name in special.scores:
                column[row[programme], k] = nominal(special.scores[name], criterion)
    return column


def _computed(work: Workload, kind: str) -> FloatArray:
    """Return a computed criterion: nan where the partner offers nothing the programme needs."""
    days, cost, own_cost = work.alone
    amount = own_cost if kind.startswith("own-") else cost
    if kind.endswith("per-day"):
        amount = np.divide(amount, days, out=np.full_like(amount, np.nan), where=days > 0)
    return np.where(days > 0, amount, np.nan)


def _local_ends(
    scenario: Scenario, work: Workload, scores: FloatArray, minima: tuple[BranchMinimum, ...]
) -> FloatArray:
    """Return the ends of relative scales as the scenario was loaded; shape (P, C, 2).

    Over partners that offer a need and are neither excluded nor below another requirement; gates,
    rules and limits ignored. Minima of branches that hold a relative scale are not asked here:
    they rest on these ends.
    """
    leaves = scenario.criteria.leaves
    ends = np.full((*scores.shape[::2], 2), np.nan)
    stated = [criterion.scale for criterion in leaves.values()]
    local = [c for c, scale in enumerate(stated) if isinstance(scale, RelativeScale)]
    if not local:
        return ends
    counted = _counted(scenario, work, scores)
    if asked := [minimum for minimum in minima if not minimum.is_relative]:
        values = _values(leaves, scores, ends)
        counted &= ~np.any([minimum.short(values) for minimum in asked], axis=0)
    for c in local:
        known = np.where(counted, scores[:, :, c], np.nan)
        some = ~np.isnan(known).all(axis=1)
        least, most = np.full(len(known), np.nan), np.full(len(known), np.nan)
        least[some], most[some] = np.nanmin(known[some], axis=1), np.nanmax(known[some], axis=1)
        rises = more_is_better(stated[c])
        ends[:, c] = np.stack([least, most] if rises else [most, least], axis=1)
    return _frozen(scenario, work, tuple(leaves), ends)


def _frozen(
    scenario: Scenario, work: Workload, criteria: tuple[str, ...], ends: FloatArray
) -> FloatArray:
    """Return the ends with those of the scenario as loaded in place of today's."""
    if scenario.origin is scenario:
        return ends
    loaded = _table_as_loaded(scenario.origin)
    p_of, c_of = (
        {p: i for i, p in enumerate(loaded.workload.programmes)},
        {c: i for i, c in enumerate(loaded.criteria)},
    )
    frozen = ends.copy()
    for p, programme in enumerate(work.programmes):
        for c, criterion in enumerate(criteria):
            if (
                programme in p_of
                and criterion in c_of
                and not np.isnan(loaded.ends[p_of[programme], c_of[criterion]]).any()
            ):
                frozen[p, c] = loaded.ends[p_of[programme], c_of[criterion]]
    return frozen


@latest(2)
def _table_as_loaded(origin: Scenario) -> PerformanceTable:
    return performance_table(origin)


def _counted(scenario: Scenario, work: Workload, scores: FloatArray) -> BoolArray:
    """Return which pairs define the ends of relative scales, minima of branches aside; (P, K)."""
    excluded = np.array(
        [
            [
                bool(
                    partner.excluded
                    or (programme in partner.for_ and partner.for_[programme].excluded)
                )
                for partner in scenario.partners.values()
            ]
            for programme in work.programmes
        ],
    )
    counted = (work.covers > 0) & ~excluded
    nowhere = np.full((len(scores), 2), np.nan)
    for c, criterion in enumerate(scenario.criteria.leaves.values()):
        if not isinstance(criterion.scale, RelativeScale):
            counted &= ~below_minimum(criterion, scores[:, :, c], nowhere)
    return np.asarray(counted)


def _baseline_scores(
    scenario: Scenario, work: Workload, leaves: dict[str, Criterion]
) -> FloatArray:
    """Return the scores of doing nothing; shape (P, C).

    Doing nothing costs nothing, so computed criteria score 0.
    """
    scores = np.full((len(work.programmes), len(leaves)), np.nan)
    for p, programme in enumerate(scenario.programmes.values()):
        if isinstance(programme.baseline, Baseline):
            given = programme.baseline.scores
            scores[p] = [
                nominal(given[name], criterion) if name in given else 0.0
                for name, criterion in leaves.items()
            ]
    return scores


def _notices(scenario: Scenario, table: PerformanceTable) -> tuple[Problem, ...]:
    found, scores = [], table.scores
    for c, (name, criterion) in enumerate(scenario.criteria.leaves.items()):
        fixed = scale_ends(criterion.scale)
        if criterion.from_ and fixed and criterion.scale and criterion.scale.beyond != "clip":
            outside = (scores[:, :, c] < fixed[0] - 1e-9) | (scores[:, :, c] > fixed[1] + 1e-9)
            if outside.any():
                found.append(
                    Problem(
                        (*criterion_loc(name), "scale"),
                        f"{counted(int(outside.sum()), 'computed score')} outside"
                        f" {figure(fixed[0])} to {figure(fixed[1])}, taken as the nearest end",
                    )
                )
        if isinstance(criterion.scale, RelativeScale) and (alike := _alike(scenario, table, c)):
            where = listed(alike) if len(alike) <= NAMED else counted(len(alike), "programme")
            found.append(
                Problem(
                    (*criterion_loc(name), "scale"),
                    f"all partners that could be chosen for {where} score the same, so each counts"
                    " 100 there: the criterion does not separate them",
                )
            )
    return tuple(found)


def _alike(scenario: Scenario, table: PerformanceTable, c: int) -> list[str]:
    """Name the programmes of which all that could be chosen, two at least, score the same."""
    work, found = table.workload, dict[str, None]()
    for p, name in enumerate(work.programmes):
        known = table.scores[p, table.eligible[p] & (work.covers[p] > 0), c]
        worst, best = table.ends[p, c]
        if len(known) > 1 and worst == best and (known == best).all():
            found[scenario.programme_title(programme_of(name))] = None
    return list(found)


def only_barred_by_gate(scenario: Scenario, table: PerformanceTable, p: int, k: int) -> bool:
    """Tell whether a partner would be eligible if its own gate opened."""
    gate = scenario.partners[table.workload.partners[k]].gate
    why = table.reasons.get((table.workload.programmes[p], table.workload.partners[k]), ())
    return gate is not None and not scenario.gates[gate].is_open and len(why) == 1


def measured_anew(scenario: Scenario, table: PerformanceTable) -> tuple[str, ...]:
    """Return the criteria whose local scales would end elsewhere in a file of its own.

    A changed scenario keeps the ends of the one it was made from, so that values can be compared.
    """
    leaves = scenario.criteria.leaves
    is_local = any(isinstance(criterion.scale, RelativeScale) for criterion in leaves.values())
    if scenario.origin is scenario or not is_local:
        return ()
    _, alone = as_file(scenario)
    same = np.isclose(table.ends, alone.ends, equal_nan=True)
    return tuple(name for c, name in enumerate(leaves) if not same[:, c].all())


@latest(1)
def as_file(scenario: Scenario) -> tuple[Scenario, PerformanceTable]:
    """Return a changed scenario as a file that says the same would be read, and its table."""
    alone = scenario.as_file()
    return alone, performance_table(alone)
