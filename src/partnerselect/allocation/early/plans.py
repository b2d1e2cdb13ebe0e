"""Plans: who would do a programme. At given prices each programme finds its cheapest plan alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from partnerselect.allocation.early.coupling import NONE, Coupling
from partnerselect.allocation.problem import BoolArray, FloatArray, IntArray

PAIR = 2
SHORTLIST = 24
"""Partners a programme among whom a pair is looked for first."""
BLOCK = 200_000
"""Sums of pairs worked out at a time: as many as the processor's memory keeps near."""


@dataclass(frozen=True)
class Priced:
    """The cheapest of all there is at given prices, programme by programme and column by column."""

    bound: float
    """No choice costs less at these prices."""
    partners: IntArray
    """(P, J): of every need in the cheapest plan; -1 beyond the programme's needs."""
    pairs: IntArray
    """(P, J): the same with two partners at most."""
    runs: BoolArray
    """(P,): whether running the programme pays, or it must."""
    values: FloatArray
    """(columns,)."""


@dataclass
class Pool:
    """Every plan met so far, once each."""

    of: Coupling
    programme: list[int] = field(default_factory=list)
    partners: list[IntArray] = field(default_factory=list)
    _seen: set[tuple[int, bytes]] = field(default_factory=set)

    def add(self, priced: Priced) -> None:
        """Take in the plans that run and have as many partners as they may; with too many, the cheapest of two."""
        for p in np.flatnonzero(priced.runs).tolist():
            plan = priced.partners[p] if self._is_allowed(p, priced.partners[p]) else priced.pairs[p]
            key = (p, plan.tobytes())
            if key not in self._seen and self._is_allowed(p, plan):
                self._seen.add(key)
                self.programme.append(p)
                self.partners.append(plan)

    def _is_allowed(self, p: int, plan: IntArray) -> bool:
        count = len(set(plan.tolist()) - {NONE})
        return bool(self.of.least[p] <= count <= self.of.most[p])


def cheapest(of: Coupling, cost: FloatArray) -> Priced:
    """Let every programme choose its cheapest plan and every other column its cheaper bound; cost (columns,).

    Exact where at most two partners may work on a programme. Where more may, who works is paid for need by need, which is never
    dearer: the bound holds.
    """
    needed, working = _needed(of, cost), np.where(of.x != NONE, cost[of.x], np.inf)
    return _priced(of, cost, (needed, working), _cheapest_pairs(of, needed, working))


def cheap(of: Coupling, cost: FloatArray) -> Priced:
    """Do the same among a few promising partners a programme: many times faster with many partners, and no bound but nearly one."""
    needed, working = _needed(of, cost), np.where(of.x != NONE, cost[of.x], np.inf)
    if of.x.shape[1] <= SHORTLIST:
        return _priced(of, cost, (needed, working), _cheapest_pairs(of, needed, working))
    listed = _shortlist(needed, working)
    fewer = np.take_along_axis(needed, listed[:, None, :], axis=2), np.take_along_axis(working, listed, axis=1)
    total, pairs = _cheapest_pairs(of, *fewer)
    return _priced(of, cost, (needed, working), (total, np.where(pairs == NONE, NONE, np.take_along_axis(listed, np.maximum(pairs, 0), axis=1))))


def _shortlist(needed: FloatArray, working: FloatArray) -> IntArray:
    """Return for every programme the partners that are cheapest if another one can help out at the third best price; (P, SHORTLIST)."""
    help_out = np.partition(needed, 2, axis=2)[:, :, 2:3]
    worth = np.minimum(needed, help_out).sum(axis=1) + working
    return np.asarray(np.argpartition(worth, SHORTLIST, axis=1)[:, :SHORTLIST])


def _priced(of: Coupling, cost: FloatArray, prices: tuple[FloatArray, FloatArray], found: tuple[FloatArray, IntArray]) -> Priced:
    (needed, working), (total, pairs) = prices, found
    partners = pairs.copy()
    several = of.most > PAIR
    if several.any():
        total[several], partners[several] = _need_by_need(of.needs[several] != NONE, needed[several], working[several])
    paid = total + cost[of.z]
    runs = np.isfinite(total) & ((paid < 0) | of.mandatory)
    runs |= of.mandatory
    values = np.zeros(of.whole.size)
    values[of.other] = np.where(cost[of.other] < 0, of.whole.upper[of.other], of.whole.lower[of.other])
    bound = float(paid[runs].sum() + cost[of.other] @ values[of.other])
    runs &= np.isfinite(total)
    values[columns_of(of, np.flatnonzero(runs), partners[runs])[1]] = 1.0
    return Priced(bound, partners, pairs, runs, values)


def _needed(of: Coupling, cost: FloatArray) -> FloatArray:
    """Return what every need of a programme costs with every partner, 0 beyond its needs; shape (P, J, K)."""
    delivered = np.where(of.y != NONE, cost[of.y], np.inf)
    return np.where((of.needs == NONE)[:, :, None], 0.0, delivered[of.needs])


def _cheapest_pairs(of: Coupling, needed: FloatArray, working: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return the least cost of every programme with one or two partners, and who does each need; (P,) and (P, J)."""
    programmes, _, count = needed.shape
    total, pair = np.empty(programmes), np.empty((programmes, 2), dtype=np.intp)
    step = max(1, BLOCK // count**2)
    for first in range(0, programmes, step):
        block = slice(first, first + step)
        sums = _pair_sums(needed[block], working[block], of.least[block], of.most[block])
        best = sums.reshape(len(sums), -1).argmin(axis=1)
        total[block] = sums.reshape(len(sums), -1)[np.arange(len(sums)), best]
        pair[block] = np.stack(np.divmod(best, count), axis=1)
    rows, needs = np.ogrid[:programmes, : needed.shape[1]]
    one, other = (needed[rows, needs, pair[:, [side]]] for side in (0, 1))
    partners = np.where(one <= other, pair[:, [0]], pair[:, [1]])
    return total, np.where(of.needs == NONE, NONE, partners)


def _pair_sums(needed: FloatArray, working: FloatArray, least: IntArray, most: IntArray) -> FloatArray:
    """Return what every pair of partners would cost, on the diagonal one alone; shape (block, K, K)."""
    sums = working[:, :, None] + working[:, None, :]
    alone = np.arange(working.shape[1])
    sums[:, alone, alone] = np.where(least[:, None] > 1, np.inf, working)
    if (most == 1).any():
        single = np.eye(len(alone), dtype=bool)
        sums[np.ix_(most == 1)] = np.where(single, sums[most == 1], np.inf)
    for need in range(needed.shape[1]):
        sums += np.minimum(needed[:, need, :, None], needed[:, need, None, :])
    return sums


def _need_by_need(present: BoolArray, needed: FloatArray, working: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return a cost that no plan with any number of partners lies below, and the cheapest partner of each need.

    A partner's price for working is spread over the needs it could deliver; a price below 0 counts with each of them.
    """
    able = np.maximum((np.isfinite(needed) & present[:, :, None]).sum(axis=1), 1)
    spread = np.where(working > 0, working / able, working)
    paid = needed + np.where(present[:, :, None], spread[:, None, :], 0.0)
    partners = paid.argmin(axis=2)
    return paid.min(axis=2).sum(axis=1), np.where(present, partners, NONE)


def columns_of(of: Coupling, programmes: IntArray, partners: IntArray) -> tuple[IntArray, IntArray]:
    """Return the columns that are 1 in each of some plans, as pairs of (plan, column); partners (plans, J)."""
    plan, place = np.nonzero(partners != NONE)
    chosen = partners[plan, place]
    y = of.y[of.needs[programmes[plan], place], chosen]
    works, engaged = np.divmod(np.unique(plan * of.x.shape[1] + chosen), of.x.shape[1])
    x = of.x[programmes[works], engaged]
    return np.concatenate([plan, works, np.arange(len(programmes))]), np.concatenate([y, x, of.z[programmes]])
