"""The allocation as a mixed-integer linear programme: who delivers what, and what that entails.

The formulation of docs/method.md, one function per family of constraints; a variable or a row exists only where the
scenario needs it. The limits themselves stand in `constraints.py`.
"""

from __future__ import annotations

import numpy as np

from partnerselect.allocation import constraints
from partnerselect.allocation.problem import Formulation, allowed
from partnerselect.model.scenario import Scenario
from partnerselect.money import TRUST
from partnerselect.optimiser import FloatArray
from partnerselect.performance import PerformanceTable
from partnerselect.scoring import Scores

ASSIGNMENT = "assignment"
"""The family of rows that say what choosing means; no limit, never relaxed."""


def formulate(scenario: Scenario, table: PerformanceTable, scores: Scores) -> Formulation:
    """Write the allocation of a scenario as a programme."""
    formulation = Formulation(scenario, table.workload, table, scores)
    _columns(formulation)
    _one_partner_a_need(formulation)
    _working_partners(formulation)
    for family in constraints.FAMILIES:
        family(formulation)
    return formulation


def _columns(f: Formulation) -> None:
    work, program = f.work, f.program
    mandatory = [programme.mandatory for programme in f.scenario.programmes.values()]
    decided = {work.programme_of[n] for n in f.committed}
    may = allowed(f.scenario, work, f.table)
    f.z = [program.column(f"z{p}", lower=float(mandatory[p] or p in decided)) for p in range(len(work.programmes))]
    for n, k in zip(*may.nonzero(), strict=True):
        f.y[int(n), int(k)] = program.column(f"y{n}_{k}", lower=float(f.committed.get(int(n)) == k))
    for p, k in dict.fromkeys((int(work.programme_of[n]), k) for n, k in f.y):
        f.x[p, k] = program.column(f"x{p}_{k}")
    for k in dict.fromkeys(k for _, k in f.x):
        f.u[k] = program.column(f"u{k}")


def _one_partner_a_need(f: Formulation) -> None:
    """Σ_k y[p,j,k] = z[p]."""
    choices: dict[int, list[tuple[int, float]]] = {n: [] for n in range(len(f.work.needs))}
    for (n, _), column in f.y.items():
        choices[n].append((column, 1.0))
    for n, terms in choices.items():
        f.program.row(ASSIGNMENT, f"need{n}", [*terms, (f.z[f.work.programme_of[n]], -1.0)], lower=0.0, upper=0.0)


def _working_partners(f: Formulation) -> None:
    """Y ≤ x ≤ Σ y, x ≤ u ≤ Σ x, x ≤ z: no partner without work counts for anything."""
    work: dict[tuple[int, int], list[tuple[int, float]]] = {pair: [] for pair in f.x}
    for (n, k), column in f.y.items():
        pair = (int(f.work.programme_of[n]), k)
        work[pair].append((column, -1.0))
        f.program.row(ASSIGNMENT, f"works{n}_{k}", [(column, 1.0), (f.x[pair], -1.0)], upper=0.0)
    engaged: dict[int, list[tuple[int, float]]] = {k: [] for k in f.u}
    for (p, k), column in f.x.items():
        f.program.row(ASSIGNMENT, f"idle{p}_{k}", [(column, 1.0), *work[p, k]], upper=0.0)
        f.program.row(ASSIGNMENT, f"runs{p}_{k}", [(column, 1.0), (f.z[p], -1.0)], upper=0.0)
        f.program.row(ASSIGNMENT, f"engages{p}_{k}", [(column, 1.0), (f.u[k], -1.0)], upper=0.0)
        engaged[k].append((column, -1.0))
    for k, terms in engaged.items():
        f.program.row(ASSIGNMENT, f"engaged{k}", [(f.u[k], 1.0), *terms], upper=0.0)


def value_terms(f: Formulation) -> tuple[FloatArray, float]:
    """Return the portfolio value as coefficients over the columns and a constant.

    Σ importance · (Σ share · V · y − baseline · z) + Σ importance · baseline, in points of 0 to 100.
    """
    return value_columns(f, f.scores.overall, f.scores.baseline), float(f.importance @ f.scores.baseline)


def value_columns(f: Formulation, overall: FloatArray, baseline: FloatArray) -> FloatArray:
    """Return what each column adds to the portfolio value, for values (…, P, K) and baselines (…, P); shape (…, columns)."""
    coefficients = np.zeros((*baseline.shape[:-1], f.program.size))
    if f.y:
        n, k = np.array(list(f.y), dtype=np.intp).T
        p = f.work.programme_of[n]
        coefficients[..., list(f.y.values())] = f.importance[p] * f.work.share[n] * overall[..., p, k]
    coefficients[..., f.z] = -f.importance * baseline
    return coefficients


def trust_cost_terms(f: Formulation) -> FloatArray:
    """Return the cost to the trust as coefficients over the columns."""
    coefficients = np.zeros(f.program.size)
    for column, cost in constraints.money_terms(f, TRUST):
        coefficients[column] += cost
    return coefficients


def partner_terms(f: Formulation) -> FloatArray:
    """Return the number of partners engaged as coefficients over the columns."""
    return _indicator(f, list(f.u.values()))


def engagement_terms(f: Formulation) -> FloatArray:
    """Return the number of (programme, partner) engagements as coefficients over the columns."""
    return _indicator(f, list(f.x.values()))


def _indicator(f: Formulation, columns: list[int]) -> FloatArray:
    coefficients = np.zeros(f.program.size)
    coefficients[columns] = 1.0
    return coefficients
