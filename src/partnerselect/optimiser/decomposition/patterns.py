"""Patterns: who would do a job. At given prices each job finds its cheapest pattern alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.optimiser.decomposition.coupled import NONE, Coupled

PAIR = 2
SHORTLIST = 12
"""Agents a job among whom a pair is looked for first."""
BLOCK = 200_000
"""Sums of pairs worked out at a time: as many as the processor's memory keeps near."""


Costs = tuple[FloatArray, FloatArray]
"""(P, J, K) and (P, K): what a job's tasks cost with every agent, and every agent's work there."""


@dataclass(frozen=True)
class Priced:
    """The cheapest of all there is at given prices, job by job and column by column."""

    bound: float
    """No choice costs less at these prices."""
    agents: IntArray
    """(P, J): of every task in the cheapest pattern; -1 beyond the job's tasks."""
    pairs: IntArray
    """(P, J): the same with two agents at most."""
    runs: BoolArray
    """(P,): whether running the job pays, or it must."""
    use: FloatArray
    """(rows,): what every coupling row comes to."""


class Pool:
    """Every pattern met so far, once each."""

    def __init__(self, of: Coupled) -> None:
        self._of = of
        self._job: list[IntArray] = []
        self._agents: list[IntArray] = []
        self._seen: set[int] = set()
        self._mark = np.random.default_rng(0).integers(
            1, 1 << 62, size=of.tasks.shape[1] + 1, dtype=np.int64
        )
        """Tells patterns apart by a number each; of two with the same, one is never looked at."""

    def __len__(self) -> int:
        return len(self._seen)

    def add(self, priced: Priced) -> None:
        """Take in the patterns that run and have as many agents as they may.

        With too many, the cheapest of two.
        """
        job = np.flatnonzero(priced.runs)
        several = self._allowed(job, priced.agents[job])
        self._take_in(
            job,
            np.where(several[:, None], priced.agents[job], priced.pairs[job]),
        )

    def _take_in(self, job: IntArray, agents: IntArray) -> None:
        """Take in patterns: whose they are, (patterns,), and who does each task, (patterns, J).

        Those with too many or too few agents are left out.
        """
        marks = (np.column_stack([job, agents]) + 1) @ self._mark
        fresh = [place for place, mark in enumerate(marks.tolist()) if mark not in self._seen]
        kept = np.array(fresh, dtype=np.intp)
        kept = kept[self._allowed(job[kept], agents[kept])]
        self._seen.update(marks[kept].tolist())
        self._job.append(job[kept])
        self._agents.append(agents[kept])

    @property
    def patterns(self) -> tuple[IntArray, IntArray]:
        """Whose each pattern is, (patterns,), and who does each task, (patterns, J)."""
        return np.concatenate([np.empty(0, dtype=np.intp), *self._job]), np.concatenate(
            [self._of.tasks[:0], *self._agents]
        )

    def near(self, cost: FloatArray, most: int) -> IntArray:
        """Return about so many patterns that are least dear, and all as good; cost (columns,)."""
        job, agents = self.patterns
        if len(job) <= most:
            return np.arange(len(job))
        beyond = dearer(self._of, cost, job, agents)
        return np.flatnonzero(beyond <= max(np.partition(beyond, most)[most], 0.0))

    def _allowed(self, job: IntArray, agents: IntArray) -> BoolArray:
        ordered = np.sort(agents, axis=1)
        count = (ordered[:, :1] != NONE).sum(axis=1) + (
            (ordered[:, 1:] != ordered[:, :-1]) & (ordered[:, 1:] != NONE)
        ).sum(axis=1)
        return np.asarray((self._of.least[job] <= count) & (count <= self._of.most[job]))


def dearer(of: Coupled, cost: FloatArray, job: IntArray, agents: IntArray) -> FloatArray:
    """Return what each pattern costs beyond the cheapest of its job, or no run; (patterns,)."""
    pattern, column = columns_of(of, job, agents)
    paid = np.bincount(pattern, weights=cost[column], minlength=len(job))
    least = np.full(len(of.z), np.inf)
    np.minimum.at(least, job, paid)
    return np.asarray(paid - np.where(of.mandatory, least, np.minimum(least, 0.0))[job])


def cheapest(of: Coupled, cost: FloatArray) -> Priced:
    """Let every job choose its cheapest pattern and every other column its cheaper bound.

    Cost (columns,).

    Exact where at most two agents may work on a job. Where more may, who works is paid for
    task by task, which is never
    dearer: the bound holds.
    """
    needed, working = costs(of, cost)
    return _priced(of, cost, (needed, working), _cheapest_pairs(of, needed, working))


def cheap(of: Coupled, cost: FloatArray) -> Priced:
    """Do the same among a few promising agents a job: far faster, and nearly a bound."""
    needed, working = costs(of, cost)
    if of.x.shape[1] <= SHORTLIST:
        return _priced(of, cost, (needed, working), _cheapest_pairs(of, needed, working))
    listed = _shortlist(needed, working)
    fewer = (
        np.take_along_axis(needed, listed[:, None, :], axis=2),
        np.take_along_axis(working, listed, axis=1),
    )
    total, pairs = _cheapest_pairs(of, *fewer)
    return _priced(
        of,
        cost,
        (needed, working),
        (
            total,
            np.where(pairs == NONE, NONE, np.take_along_axis(listed, np.maximum(pairs, 0), axis=1)),
        ),
    )


def _shortlist(needed: FloatArray, working: FloatArray) -> IntArray:
    """Return every job's cheapest agents, if another helps at the third price; (P, SHORTLIST)."""
    help_out = np.partition(needed, 2, axis=2)[:, :, 2:3]
    worth = np.minimum(needed, help_out).sum(axis=1) + working
    return np.asarray(np.argpartition(worth, SHORTLIST, axis=1)[:, :SHORTLIST])


def _priced(
    of: Coupled, cost: FloatArray, prices: Costs, found: tuple[FloatArray, IntArray]
) -> Priced:
    (needed, working), (total, pairs) = prices, found
    agents = pairs.copy()
    several = of.most > PAIR
    if several.any():
        total[several], agents[several] = _need_by_need(
            of.tasks[several] != NONE, needed[several], working[several]
        )
    paid = total + cost[of.z]
    runs = np.isfinite(total) & ((paid < 0) | of.mandatory)
    runs |= of.mandatory
    others = np.where(cost[of.other] < 0, of.whole.upper[of.other], of.whole.lower[of.other])
    bound = float(paid[runs].sum() + cost[of.other] @ others)
    runs &= np.isfinite(total)
    columns = columns_of(of, np.flatnonzero(runs), agents[runs])[1]
    use = of.use(np.append(columns, of.other), np.append(np.ones(len(columns)), others))
    return Priced(bound, agents, pairs, runs, use)


def costs(of: Coupled, cost: FloatArray) -> Costs:
    """Return what every task and every agent's work cost; inf for what may not be."""
    known, (tasks, works) = np.append(cost, [np.inf, 0.0]), of.places
    return known[tasks], known[works]


def _cheapest_pairs(
    of: Coupled, needed: FloatArray, working: FloatArray
) -> tuple[FloatArray, IntArray]:
    """Return the least cost of every job with one or two agents, and who does each task.

    (P,) and (P, J).
    """
    jobs, _, count = needed.shape
    total, pair = np.empty(jobs), np.empty((jobs, 2), dtype=np.intp)
    step = max(1, BLOCK // count**2)
    for first in range(0, jobs, step):
        block = slice(first, first + step)
        sums = _pair_sums(needed[block], working[block], of.least[block], of.most[block])
        best = sums.reshape(len(sums), -1).argmin(axis=1)
        total[block] = sums.reshape(len(sums), -1)[np.arange(len(sums)), best]
        pair[block] = np.stack(np.divmod(best, count), axis=1)
    rows, tasks = np.ogrid[:jobs, : needed.shape[1]]
    one, other = (needed[rows, tasks, pair[:, [side]]] for side in (0, 1))
    agents = np.where(one <= other, pair[:, [0]], pair[:, [1]])
    return total, np.where(of.tasks == NONE, NONE, agents)


def _pair_sums(
    needed: FloatArray, working: FloatArray, least: IntArray, most: IntArray
) -> FloatArray:
    """Return what every pair of agents would cost, on the diagonal one alone.

    Shape (block, K, K).
    """
    sums = working[:, :, None] + working[:, None, :]
    alone = np.arange(working.shape[1])
    sums[:, alone, alone] = np.where(least[:, None] > 1, np.inf, working)
    if (most == 1).any():
        single = np.eye(len(alone), dtype=bool)
        sums[np.ix_(most == 1)] = np.where(single, sums[most == 1], np.inf)
    for task in range(needed.shape[1]):
        sums += np.minimum(needed[:, task, :, None], needed[:, task, None, :])
    return sums


def _need_by_need(
    present: BoolArray, needed: FloatArray, working: FloatArray
) -> tuple[FloatArray, IntArray]:
    """Return a cost that no pattern lies below, and the cheapest agent of each task.

    An agent's price for working is spread over the tasks it could deliver; a price below 0 counts
    with each of them.
    """
    able = np.maximum((np.isfinite(needed) & present[:, :, None]).sum(axis=1), 1)
    spread = np.where(working > 0, working / able, working)
    paid = needed + np.where(present[:, :, None], spread[:, None, :], 0.0)
    agents = paid.argmin(axis=2)
    return paid.min(axis=2).sum(axis=1), np.where(present, agents, NONE)


def columns_of(of: Coupled, jobs: IntArray, agents: IntArray) -> tuple[IntArray, IntArray]:
    """Return the columns that are 1 in each of some patterns, as pairs of (pattern, column).

    Agents (patterns, J).
    """
    pattern, place = np.nonzero(agents != NONE)
    chosen = agents[pattern, place]
    y = of.y[of.tasks[jobs[pattern], place], chosen]
    works, engaged = np.divmod(np.unique(pattern * of.x.shape[1] + chosen), of.x.shape[1])
    x = of.x[jobs[works], engaged]
    return np.concatenate([pattern, works, np.arange(len(jobs))]), np.concatenate(
        [y, x, of.z[jobs]]
    )
