"""The allocation as a mixed-integer linear programme: who delivers what, and what that entails.

The formulation of docs/method.md, one function per family of constraints; a variable or a row exists only where the
scenario needs it. The limits themselves stand in `constraints.py`.
"""

from __future__ import annotations

import numpy as np

from partnerselect.allocation import constraints
from partnerselect.allocation.problem import Formulation, IntArray, allowed
from partnerselect.model.scenario import Scenario
from partnerselect.money import TRUST
from partnerselect.optimiser import Block, FloatArray
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
    n, k = may.nonzero()
    pairs = list(zip(n.tolist(), k.tolist(), strict=True))
    f.y = dict(zip(pairs, program.binaries([f"y{n}_{k}" for n, k in pairs], [float(f.committed.get(n) == k) for n, k in pairs]), strict=True))
    working = list(dict.fromkeys(zip(work.programme_of[n].tolist(), k.tolist(), strict=True)))
    f.x = dict(zip(working, program.binaries([f"x{p}_{k}" for p, k in working]), strict=True))
    engaged = list(dict.fromkeys(k for _, k in working))
    f.u = dict(zip(engaged, program.binaries([f"u{k}" for k in engaged]), strict=True))


def _one_partner_a_need(f: Formulation) -> None:
    """Σ_k y[p,j,k] = z[p]."""
    y, z = f.y_table, np.array(f.z, dtype=np.intp)[f.work.programme_of]
    named = np.concatenate([y >= 0, np.ones((len(y), 1), dtype=bool)], axis=1)
    columns = np.concatenate([y, z[:, None]], axis=1)[named]
    coefficients = np.concatenate([np.ones(y.shape), np.full((len(y), 1), -1.0)], axis=1)[named]
    names = tuple(f"need{n}" for n in range(len(y)))
    f.program.block(Block(ASSIGNMENT, names, _starts(named.sum(axis=1)), columns, coefficients, 0.0, 0.0))


def _working_partners(f: Formulation) -> None:
    """Y ≤ x ≤ Σ y, x ≤ u ≤ Σ x, x ≤ z: no partner without work counts for anything."""
    n, k = np.array(list(f.y), dtype=np.intp).reshape(-1, 2).T
    y, x = np.array(list(f.y.values()), dtype=np.intp), f.x_table
    pair = x[f.work.programme_of[n], k]
    _at_most_0(f, tuple(f"works{n}_{k}" for n, k in f.y), np.full(len(y), 2), (np.stack([y, pair], axis=1).ravel(), np.tile([1.0, -1.0], len(y))))
    _working_pairs(f, y, pair)
    order = np.argsort(k := np.array([k for _, k in f.x], dtype=np.intp), kind="stable")
    place = {k: i for i, k in enumerate(f.u)}
    by_partner = sorted(order.tolist(), key=lambda i: place[int(k[i])])
    columns = np.array(list(f.x.values()), dtype=np.intp)[by_partner]
    counts = np.array([int((k == engaged).sum()) for engaged in f.u], dtype=np.intp)
    heads = np.append(0, np.cumsum(counts)[:-1]) if len(counts) else counts
    ours, ones = np.insert(columns, heads, list(f.u.values())), np.insert(np.full(len(columns), -1.0), heads, 1.0)
    _at_most_0(f, tuple(f"engaged{k}" for k in f.u), counts + 1, (ours, ones))


def _working_pairs(f: Formulation, y: IntArray, pair: IntArray) -> None:
    """For every partner that could work on a programme: x ≤ Σ y, x ≤ z, x ≤ u, in turn."""
    x = np.array(list(f.x.values()), dtype=np.intp)
    p, k = np.array(list(f.x), dtype=np.intp).reshape(-1, 2).T
    z, u = np.array(f.z, dtype=np.intp)[p], np.array([f.u[int(partner)] for partner in k], dtype=np.intp)
    first = int(x[0]) if len(x) else 0
    order = np.argsort(pair, kind="stable")
    needs = np.bincount(pair - first, minlength=len(x)) if len(x) else np.array([], dtype=np.intp)
    lengths = np.stack([needs + 1, np.full(len(x), 2), np.full(len(x), 2)], axis=1).ravel()
    starts, total = _starts(lengths), int(lengths.sum())
    columns, coefficients = np.empty(total, dtype=np.intp), np.full(total, -1.0)
    heads = starts[:-1]
    coefficients[heads], columns[heads] = 1.0, np.repeat(x, 3)
    columns[heads[1::3] + 1], columns[heads[2::3] + 1] = z, u
    rest = np.ones(total, dtype=bool)
    rest[heads] = rest[heads[1::3] + 1] = rest[heads[2::3] + 1] = False
    columns[rest] = y[order]
    _at_most_0(f, tuple(f"{word}{p}_{k}" for p, k in f.x for word in ("idle", "runs", "engages")), lengths, (columns, coefficients))


def _at_most_0(f: Formulation, names: tuple[str, ...], lengths: IntArray, terms: tuple[IntArray, FloatArray]) -> None:
    f.program.block(Block(ASSIGNMENT, names, _starts(lengths), *terms, -np.inf, 0.0))


def _starts(lengths: IntArray) -> IntArray:
    return np.append(0, np.cumsum(lengths)).astype(np.intp)


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
    columns, costs = constraints.money_terms(f, TRUST)
    coefficients[columns] = costs
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
