"""Plans: who would do a programme. At given prices each programme finds its cheapest plan alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.allocation.early.coupling import NONE, Coupling
from partnerselect.allocation.problem import BoolArray, FloatArray, IntArray

PAIR = 2
SHORTLIST = 12
"""Partners a programme among whom a pair is looked for first."""
BLOCK = 200_000
"""Sums of pairs worked out at a time: as many as the processor's memory keeps near."""


Costs = tuple[FloatArray, FloatArray]
"""(P, J, K) and (P, K): what every need of a programme costs with every partner, 0 beyond its needs; and every partner's work there."""


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
    use: FloatArray
    """(rows,): what every coupling row comes to."""


class Pool:
    """Every plan met so far, once each."""

    def __init__(self, of: Coupling) -> None:
        self._of = of
        self._programme: list[IntArray] = []
        self._partners: list[IntArray] = []
        self._seen: set[int] = set()
        self._mark = np.random.default_rng(0).integers(
            1, 1 << 62, size=of.needs.shape[1] + 1, dtype=np.int64
        )
        """Tells plans apart by one number each; should two have the same, one of them is never looked at."""

    def __len__(self) -> int:
        return len(self._seen)

    def add(self, priced: Priced) -> None:
        """Take in the plans that run and have as many partners as they may.

        With too many, the cheapest of two.
        """
        programme = np.flatnonzero(priced.runs)
        several = self._allowed(programme, priced.partners[programme])
        self.take(
            programme,
            np.where(several[:, None], priced.partners[programme], priced.pairs[programme]),
        )

    def take(self, programme: IntArray, partners: IntArray) -> None:
        """Take in plans: whose they are, (plans,), and who does each need, (plans, J).

        Those with too many or too few partners are left out.
        """
        marks = (np.column_stack([programme, partners]) + 1) @ self._mark
        fresh = [place for place, mark in enumerate(marks.tolist()) if mark not in self._seen]
        kept = np.array(fresh, dtype=np.intp)
        kept = kept[self._allowed(programme[kept], partners[kept])]
        self._seen.update(marks[kept].tolist())
        self._programme.append(programme[kept])
        self._partners.append(partners[kept])

    @property
    def plans(self) -> tuple[IntArray, IntArray]:
        """Whose each plan is, (plans,), and who does each need, (plans, J)."""
        return np.concatenate([np.empty(0, dtype=np.intp), *self._programme]), np.concatenate(
            [self._of.needs[:0], *self._partners]
        )

    def near(self, cost: FloatArray, most: int) -> IntArray:
        """Return the numbers of the plans that are least dear: about so many, and all that are as good as any; cost (columns,)."""
        programme, partners = self.plans
        if len(programme) <= most:
            return np.arange(len(programme))
        beyond = dearer(self._of, cost, programme, partners)
        return np.flatnonzero(beyond <= max(np.partition(beyond, most)[most], 0.0))

    def _allowed(self, programme: IntArray, partners: IntArray) -> BoolArray:
        ordered = np.sort(partners, axis=1)
        count = (ordered[:, :1] != NONE).sum(axis=1) + (
            (ordered[:, 1:] != ordered[:, :-1]) & (ordered[:, 1:] != NONE)
        ).sum(axis=1)
        return np.asarray(
            (self._of.least[programme] <= count) & (count <= self._of.most[programme])
        )


def dearer(of: Coupling, cost: FloatArray, programme: IntArray, partners: IntArray) -> FloatArray:
    """Return what each of some plans costs beyond the cheapest of its programme, or beyond not running it; (plans,)."""
    plan, column = columns_of(of, programme, partners)
    paid = np.bincount(plan, weights=cost[column], minlength=len(programme))
    least = np.full(len(of.z), np.inf)
    np.minimum.at(least, programme, paid)
    return np.asarray(paid - np.where(of.mandatory, least, np.minimum(least, 0.0))[programme])


def cheapest(of: Coupling, cost: FloatArray) -> Priced:
    """Let every programme choose its cheapest plan and every other column its cheaper bound.

    Cost (columns,).

    Exact where at most two partners may work on a programme. Where more may, who works is paid for
    need by need, which is never
    dearer: the bound holds.
    """
    needed, working = costs(of, cost)
    return _priced(of, cost, (needed, working), _cheapest_pairs(of, needed, working))


def cheap(of: Coupling, cost: FloatArray) -> Priced:
    """Do the same among a few promising partners a programme: many times faster with many partners, and no bound but nearly one."""
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
    """Return for every programme the partners that are cheapest if another one can help out at the third best price; (P, SHORTLIST)."""
    help_out = np.partition(needed, 2, axis=2)[:, :, 2:3]
    worth = np.minimum(needed, help_out).sum(axis=1) + working
    return np.asarray(np.argpartition(worth, SHORTLIST, axis=1)[:, :SHORTLIST])


def _priced(
    of: Coupling, cost: FloatArray, prices: Costs, found: tuple[FloatArray, IntArray]
) -> Priced:
    (needed, working), (total, pairs) = prices, found
    partners = pairs.copy()
    several = of.most > PAIR
    if several.any():
        total[several], partners[several] = _need_by_need(
            of.needs[several] != NONE, needed[several], working[several]
        )
    paid = total + cost[of.z]
    runs = np.isfinite(total) & ((paid < 0) | of.mandatory)
    runs |= of.mandatory
    others = np.where(cost[of.other] < 0, of.whole.upper[of.other], of.whole.lower[of.other])
    bound = float(paid[runs].sum() + cost[of.other] @ others)
    runs &= np.isfinite(total)
    columns = columns_of(of, np.flatnonzero(runs), partners[runs])[1]
    use = of.use(np.append(columns, of.other), np.append(np.ones(len(columns)), others))
    return Priced(bound, partners, pairs, runs, use)


def costs(of: Coupling, cost: FloatArray) -> Costs:
    """Return what every need and every partner's work cost; inf for what may not be."""
    known, (needs, works) = np.append(cost, [np.inf, 0.0]), of.places
    return known[needs], known[works]


def _cheapest_pairs(
    of: Coupling, needed: FloatArray, working: FloatArray
) -> tuple[FloatArray, IntArray]:
    """Return the least cost of every programme with one or two partners, and who does each need.

    (P,) and (P, J).
    """
    programmes, _, count = needed.shape
    total, pair = np.empty(programmes), np.empty((programmes, 2), dtype=np.intp)
    step = max(1, BLOCK // count**2)
    for first in range(0, programmes, step):
        block = slice(first, first + step)
        sums = pair_sums(needed[block], working[block], of.least[block], of.most[block])
        best = sums.reshape(len(sums), -1).argmin(axis=1)
        total[block] = sums.reshape(len(sums), -1)[np.arange(len(sums)), best]
        pair[block] = np.stack(np.divmod(best, count), axis=1)
    rows, needs = np.ogrid[:programmes, : needed.shape[1]]
    one, other = (needed[rows, needs, pair[:, [side]]] for side in (0, 1))
    partners = np.where(one <= other, pair[:, [0]], pair[:, [1]])
    return total, np.where(of.needs == NONE, NONE, partners)


def pair_sums(
    needed: FloatArray, working: FloatArray, least: IntArray, most: IntArray
) -> FloatArray:
    """Return what every pair of partners would cost, on the diagonal one alone.

    Shape (block, K, K).
    """
    sums = working[:, :, None] + working[:, None, :]
    alone = np.arange(working.shape[1])
    sums[:, alone, alone] = np.where(least[:, None] > 1, np.inf, working)
    if (most == 1).any():
        single = np.eye(len(alone), dtype=bool)
        sums[np.ix_(most == 1)] = np.where(single, sums[most == 1], np.inf)
    for need in range(needed.shape[1]):
        sums += np.minimum(needed[:, need, :, None], needed[:, need, None, :])
    return sums


def _need_by_need(
    present: BoolArray, needed: FloatArray, working: FloatArray
) -> tuple[FloatArray, IntArray]:
    """Return a cost that no plan with any number of partners lies below, and the cheapest partner of each need.

    A partner's price for working is spread over the needs it could deliver; a price below 0 counts with each of them.
    """
    able = np.maximum((np.isfinite(needed) & present[:, :, None]).sum(axis=1), 1)
    spread = np.where(working > 0, working / able, working)
    paid = needed + np.where(present[:, :, None], spread[:, None, :], 0.0)
    partners = paid.argmin(axis=2)
    return paid.min(axis=2).sum(axis=1), np.where(present, partners, NONE)


def columns_of(of: Coupling, programmes: IntArray, partners: IntArray) -> tuple[IntArray, IntArray]:
    """Return the columns that are 1 in each of some plans, as pairs of (plan, column).

    Partners (plans, J).
    """
    plan, place = np.nonzero(partners != NONE)
    chosen = partners[plan, place]
    y = of.y[of.needs[programmes[plan], place], chosen]
    works, engaged = np.divmod(np.unique(plan * of.x.shape[1] + chosen), of.x.shape[1])
    x = of.x[programmes[works], engaged]
    return np.concatenate([plan, works, np.arange(len(programmes))]), np.concatenate(
        [y, x, of.z[programmes]]
    )
