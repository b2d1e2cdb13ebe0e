"""A few programmes that stand for all: what their prices are is nearly what all of them would pay, and is found many times sooner."""

from __future__ import annotations

import numpy as np

from partnerselect.allocation.early.coupling import NONE, Coupling
from partnerselect.allocation.problem import IntArray
from partnerselect.optimiser import Arrays


def sample(of: Coupling, programmes: IntArray) -> Coupling:
    """Return the allocation with these programmes alone, each counting as often as it takes to make up for those left out."""
    needs = of.needs[programmes]
    y, x, z = of.y[needs[needs != NONE]], of.x[programmes], of.z[programmes]
    kept = np.sort(np.concatenate([y[y != NONE], x[x != NONE], z, of.other]))
    number = np.full(of.whole.size + 1, NONE, dtype=np.intp)
    number[kept] = np.arange(len(kept))
    weight = np.full(of.whole.size, len(of.z) / len(programmes))
    weight[of.other] = 1.0
    ours = of.entries.chosen(number[of.entries.column] != NONE)
    entries = type(ours)(ours.row, number[ours.column], ours.coefficient * weight[ours.column])
    nothing = np.empty(0, dtype=np.intp)
    bounds = of.whole.lower[kept], of.whole.upper[kept], of.whole.integer[kept]
    whole = Arrays(
        *bounds, np.empty(0), np.empty(0), np.zeros(1, dtype=np.intp), nothing, np.empty(0)
    )
    renumbered = np.full(needs.shape, NONE, dtype=np.intp)
    renumbered[needs != NONE] = np.arange(len(y))
    counts = of.least[programmes], of.most[programmes]
    objective = (of.objective * weight)[kept]
    return Coupling(
        whole,
        objective,
        number[y],
        number[x],
        number[z],
        renumbered,
        *counts,
        entries,
        of.lower,
        of.upper,
    )
