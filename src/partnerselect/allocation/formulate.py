"""The allocation as a mixed-integer linear programme: who delivers what, and what that entails.

The formulation of docs/method.md, one function per family of constraints; a variable or a row
exists only where the scenario needs it. The limits themselves stand in `limits.py`.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from partnerselect.allocation.level_rows import write_levels
from partnerselect.allocation.limits import write_limits
from partnerselect.allocation.money_rows import money_terms, write_top_ups
from partnerselect.allocation.problem import (
    Family,
    Formulation,
    RowKind,
    allowed,
    internal_days_by_phase,
)
from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.model import LeastCost, Scenario
from partnerselect.optimiser import Block, Names
from partnerselect.value import US, PerformanceTable, Scores


def formulate(
    scenario: Scenario, table: PerformanceTable, scores: Scores, *, others: bool = False
) -> Formulation:
    """Write the allocation of a scenario as a programme.

    With `others`, columns are written for everybody who could deliver what is committed, so that a
    commitment can be lifted.
    """
    formulation = Formulation(scenario, table.workload, table, scores)
    may = allowed(scenario, table.workload, table, others=others)
    return written(formulation, may)


def written(formulation: Formulation, may: BoolArray) -> Formulation:
    """Write columns for everybody who may deliver a need, (N, K), and every row."""
    _columns(formulation, may)
    _one_partner_a_need(formulation)
    _working_partners(formulation)
    write_levels(formulation)
    write_top_ups(formulation)
    write_limits(formulation)
    return formulation


def _columns(f: Formulation, may: BoolArray) -> None:
    work, program = f.work, f.program
    mandatory = [programme.mandatory for programme in f.scenario.programmes.values()]
    decided = {work.programme_of[n] for n in f.held}
    one_of = [programme.dose is not None for programme in f.scenario.programmes.values()]
    f.z = [
        program.column(f"z{p}", lower=float((mandatory[p] and not one_of[p]) or p in decided))
        for p in range(len(work.programmes))
    ]
    n, k = may.nonzero()
    f.y_table = _numbered(
        may.shape, (n, k), program.binaries(Names(("y",), (n, k)), _decided(f, n, k))
    )
    p, k = np.divmod(_first_met(work.programme_of[n] * may.shape[1] + k), may.shape[1])
    f.x_table = _numbered((len(f.z), may.shape[1]), (p, k), program.binaries(Names(("x",), (p, k))))
    k = _first_met(k)
    f.u_table = _numbered(may.shape[1:], (k,), program.binaries(Names(("u",), (k,))))
    limits = f.scenario.limits
    if limits.backfill is not None and limits.internal_days is not None:
        by_phase = (
            internal_days_by_phase(f.scenario, work, of_changes=one) for one in (False, True)
        )
        most = float(sum(days.sum() for days in by_phase))
        f.h = [program.column(f"h{t}", upper=most, integer=False) for t in range(len(work.phases))]


def _decided(f: Formulation, n: IntArray, k: IntArray) -> FloatArray:
    """Return 1 for every pair decided at an earlier review point, 0 for all others."""
    partner = np.full(len(f.work.needs), -1)
    partner[list(f.held)] = list(f.held.values())
    return np.asarray(partner[n] == k, dtype=float)


def _first_met(numbers: IntArray) -> IntArray:
    """Return every number once, in the order in which they first come."""
    return np.asarray(numbers[np.sort(np.unique(numbers, return_index=True)[1])])


def _numbered(shape: tuple[int, ...], at: tuple[IntArray, ...], columns: IntArray) -> IntArray:
    table = np.full(shape, -1, dtype=np.intp)
    table[at] = columns
    return table


def _one_partner_a_need(f: Formulation) -> None:
    """Σ_k y[p,j,k] = z[p]."""
    y, z = f.y_table, np.array(f.z, dtype=np.intp)[f.work.programme_of]
    named = np.concatenate([y >= 0, np.ones((len(y), 1), dtype=bool)], axis=1)
    columns = np.concatenate([y, z[:, None]], axis=1)[named]
    coefficients = np.concatenate([np.ones(y.shape), np.full((len(y), 1), -1.0)], axis=1)[named]
    f.program.block(
        Block(
            Family.ASSIGNMENT,
            Names(("need",), (np.arange(len(y)),)),
            _starts(named.sum(axis=1)),
            columns,
            coefficients,
            0.0,
            0.0,
            RowKind.NEED,
        )
    )


def _working_partners(f: Formulation) -> None:
    """Y ≤ x ≤ Σ y, x ≤ u ≤ Σ x: no partner without work counts for anything."""
    n, k = f.y_pairs
    y, pair = f.y_table[n, k], f.x_table[f.work.programme_of[n], k]
    _at_most_0(
        f,
        RowKind.WORKS,
        Names(("works",), (n, k)),
        np.full(len(y), 2),
        (np.stack([y, pair], axis=1).ravel(), np.tile([1.0, -1.0], len(y))),
    )
    _working_pairs(f, y, pair)
    p, k = f.x_pairs
    place = np.empty(len(f.u_table), dtype=np.intp)
    place[f.engaged] = np.arange(len(f.engaged))
    columns = f.x_table[p, k][np.argsort(place[k], kind="stable")]
    counts = np.bincount(place[k], minlength=len(f.engaged))
    heads = _starts(counts)[:-1]
    ours, ones = (
        np.insert(columns, heads, f.u_table[f.engaged]),
        np.insert(np.full(len(columns), -1.0), heads, 1.0),
    )
    _at_most_0(f, RowKind.ENGAGED, Names(("engaged",), (f.engaged,)), counts + 1, (ours, ones))


def _working_pairs(f: Formulation, y: IntArray, pair: IntArray) -> None:
    """For every partner that could work on a programme: x ≤ Σ y, and x ≤ u.

    x ≤ z follows, and takes half the solver's time in small cases.
    """
    p, k = f.x_pairs
    x = f.x_table[p, k]
    needs = np.bincount(pair, minlength=f.program.size)[x]
    heads = _starts(needs)[:-1]
    columns = np.insert(y[np.argsort(pair, kind="stable")], heads, x)
    signs = np.insert(np.full(len(y), -1.0), heads, 1.0)
    _at_most_0(f, RowKind.IDLE, Names(("idle",), (p, k)), needs + 1, (columns, signs))
    columns = np.stack([x, f.u_table[k]], axis=1).ravel()
    signs = np.tile([1.0, -1.0], len(x))
    _at_most_0(
        f, RowKind.ENGAGES, Names(("engages",), (p, k)), np.full(len(x), 2), (columns, signs)
    )


def _at_most_0(
    f: Formulation,
    kind: RowKind,
    names: Names,
    lengths: IntArray,
    terms: tuple[IntArray, FloatArray],
) -> None:
    f.program.block(Block(Family.ASSIGNMENT, names, _starts(lengths), *terms, -np.inf, 0.0, kind))


def _starts(lengths: IntArray) -> IntArray:
    return np.append(0, np.cumsum(lengths)).astype(np.intp)


def value_terms(f: Formulation) -> tuple[FloatArray, float]:
    """Return the portfolio value as coefficients over the columns and a constant.

    Σ importance · (Σ share · V · y − baseline · z) + Σ importance · baseline, in points of 0 to
    100; of a level worth w, Σ importance · (w · Σ share · V · y + ((1 − w) · its baseline −
    baseline) · z).
    """
    waits = f.work.waits == np.arange(len(f.z))
    return value_columns(f, f.scores.overall, f.scores.baseline), float(
        (f.importance * waits) @ f.scores.baseline
    )


def value_columns(f: Formulation, overall: FloatArray, baseline: FloatArray) -> FloatArray:
    """Return what each column adds to the portfolio value.

    For values (…, P, K) and baselines (…, P); shape (…, columns).
    """
    coefficients = np.zeros((*baseline.shape[:-1], f.program.size))
    n, k = f.y_pairs
    p = f.work.programme_of[n]
    worth, waits = f.work.worth, f.work.waits
    reached = f.importance[p] * f.work.share[n] * overall[..., p, k]
    coefficients[..., f.y_table[n, k]] = reached * worth[p]
    coefficients[..., f.z] = f.importance * ((1.0 - worth) * baseline - baseline[..., waits])
    return coefficients


def own_cost_terms(f: Formulation) -> FloatArray:
    """Return our own cost as coefficients over the columns."""
    coefficients = np.zeros(f.program.size)
    columns, costs = money_terms(f, US)
    coefficients[columns] = costs
    return coefficients


def partner_terms(f: Formulation) -> FloatArray:
    """Return the number of partners engaged as coefficients over the columns."""
    return _indicator(f, f.u_table[f.engaged])


def engagement_terms(f: Formulation) -> FloatArray:
    """Return the number of (programme, partner) engagements as coefficients over the columns."""
    return _indicator(f, f.x_table[f.x_table >= 0])


def _indicator(f: Formulation, columns: IntArray) -> FloatArray:
    coefficients = np.zeros(f.program.size)
    coefficients[columns] = 1.0
    return coefficients


SAME_VALUE = 1e-6
SAME_COST, SAME_PART = 1e-4, 1e-6
"""By how much two costs may differ and count as equal: at most so much money, or this part."""
SAME_COUNT = 0.5
FAR = 1e3
"""Times what is allowed beyond which a coefficient only has to be too large."""
Stage = tuple[FloatArray, float]
"""Coefficients over the columns, and by how much two choices may differ and count as equal."""


class Objective:
    """The value turned round or, with the aim least-cost, our own cost, over the columns."""

    def __init__(self, formulation: Formulation) -> None:
        """Read the aim of the scenario that was formulated."""
        self._f = formulation
        self.value, self.unchanged = value_terms(formulation)
        aim = formulation.scenario.aim
        self.floor = aim.least_cost.value_at_least if isinstance(aim, LeastCost) else None
        """The portfolio value that must be reached, with the aim least-cost."""

    @cached_property
    def own_cost(self) -> FloatArray:
        """Our own cost as coefficients over the columns."""
        return own_cost_terms(self._f)

    @property
    def sign(self) -> float:
        """Turns what is minimised into what is reached: value, or cost."""
        return -1.0 if self.floor is None else 1.0

    @property
    def terms(self) -> FloatArray:
        """What is minimised; (columns,)."""
        return -self.value if self.floor is None else self.own_cost

    @property
    def constant(self) -> float:
        """The part of what is minimised that no choice changes."""
        return -self.unchanged if self.floor is None else 0.0

    def least(self, value: float | None) -> float:
        """Return the lower bound of the value's row that asks for a portfolio value."""
        return -np.inf if value is None else value - self.unchanged - SAME_VALUE

    @property
    def least_value(self) -> tuple[FloatArray, float] | None:
        """The row that holds the least portfolio value, and its lower bound; None without one."""
        return None if self.floor is None else (self.value, self.least(self.floor))

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Return what is minimised in turn: the aim, the other of value and cost, and counts."""
        first = ((-self.value, SAME_VALUE), (self.own_cost, SAME_COST))
        counts = ((partner_terms(self._f), SAME_COUNT), (engagement_terms(self._f), SAME_COUNT))
        return (*(first if self.floor is None else reversed(first)), *counts)

    def same_cost(self, reached: float) -> float:
        """Return by how much a cost may lie above this and count as equal; above 0."""
        least = self.own_cost[self.own_cost > 0].min(initial=np.inf) / 2
        return float(min(SAME_COST, SAME_PART * reached if reached > 0 else least))

    def limit(self, stage: int, reached: float) -> float:
        """Return the most that counts as no worse than what a stage has reached."""
        terms, tolerance = self.stages[stage]
        return reached + (self.same_cost(reached) if terms is self.own_cost else tolerance)

    def telling(self, stage: int, most: float) -> FloatArray:
        """Return a stage's coefficients for a row that allows no more than this.

        What alone counts for more by far is written as little more: the solver tells numbers that
        far apart not apart, and neither may be chosen.
        """
        terms = self.stages[stage][0]
        if terms.min(initial=0.0) < 0 or terms.max(initial=0.0) <= FAR * most:
            return terms
        enough = max(2 * most, float(terms[terms > 0].min()))
        return np.where(self._f.program.integer, np.minimum(terms, enough), terms)
