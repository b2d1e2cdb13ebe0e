"""A few jobs that stand for all: their prices are nearly those of all, and found far sooner."""

from __future__ import annotations

import numpy as np

from partnerselect.arrays import IntArray
from partnerselect.optimiser.decomposition.coupled import NONE, Coupled
from partnerselect.optimiser.program import Arrays


def sample(of: Coupled, jobs: IntArray) -> Coupled:
    """Return these jobs alone, each counting so often that it makes up for those left out."""
    tasks = of.tasks[jobs]
    y, x, z = of.y[tasks[tasks != NONE]], of.x[jobs], of.z[jobs]
    kept = np.sort(np.concatenate([y[y != NONE], x[x != NONE], z, of.other]))
    number = np.full(of.whole.size + 1, NONE, dtype=np.intp)
    number[kept] = np.arange(len(kept))
    weight = np.full(of.whole.size, len(of.z) / len(jobs))
    weight[of.other] = 1.0
    ours = of.entries.chosen(number[of.entries.column] != NONE)
    entries = type(ours)(ours.row, number[ours.column], ours.coefficient * weight[ours.column])
    nothing = np.empty(0, dtype=np.intp)
    bounds = of.whole.lower[kept], of.whole.upper[kept], of.whole.integer[kept]
    whole = Arrays(
        *bounds, np.empty(0), np.empty(0), np.zeros(1, dtype=np.intp), nothing, np.empty(0)
    )
    renumbered = np.full(tasks.shape, NONE, dtype=np.intp)
    renumbered[tasks != NONE] = np.arange(len(y))
    counts = of.least[jobs], of.most[jobs]
    objective = (of.objective * weight)[kept]
    return Coupled(
        whole,
        objective,
        of.constant,
        None,
        number[y],
        number[x],
        number[z],
        renumbered,
        *counts,
        entries,
        of.lower,
        of.upper,
    )
