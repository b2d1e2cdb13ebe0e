"""Why not the other one, why second best, why not now: facts from the solver, in plain sentences."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial

import numpy as np

from partnerselect.allocation import NOBODY, Allocation, Allocator, runs
from partnerselect.allocation.coming_back import WaysBack, returns
from partnerselect.allocation.explain import (
    COMBINATION,
    NOT_EXAMINED,
    QUESTIONS,
    Price,
    Prices,
    outscored,
)
from partnerselect.allocation.problem import IntArray, closed_phases
from partnerselect.robustness.results import Robustness
from partnerselect.value.performance import PerformanceTable
from partnerselect.words.limit_words import named_inside, quantity
from partnerselect.words.wording import amount, listed, ordinal, points, share

IN_THE_WAY = {
    "capacity": "the days that partners have",
    "budget": "the budget",
    "funds": "what the other payers put in",
    "internal days": "the protected days of our own team",
    "counts": "the limits on how many partners, programmes or days one partner may take",
    "methods": "keeping to as many methodologies as the limit allows",
    "rules": "the rules",
    COMBINATION: "several limits together",
}
NOTHING_LOST = 0.005
"""Points below which a difference is not worth a word."""
SAME_AMOUNT = 0.5
"""Amounts are told in whole units."""


WAYS_BACK = 2
"""Limits named as what would bring a programme back; JSON has them all."""
NO_TIME_FOR_WAYS_BACK = "What would bring it back was not worked out in the time allowed."


def _gained(price: Price, nothing: str) -> str:
    """Return how much more a wish would be worth, which only the aim least-cost passes over."""
    return f"{points(-price.value_lost)} more" if price.value_lost <= -NOTHING_LOST else nothing


class Reasons:
    """The sentences about one recommended choice."""

    def __init__(
        self,
        allocator: Allocator,
        table: PerformanceTable,
        allocation: Allocation,
        chosen: IntArray,
        robustness: Robustness,
    ) -> None:
        self._of, self._table, self._allocation, self._work = (
            allocator,
            table,
            allocation,
            table.workload,
        )
        self._overall, self._scenario, self._robustness = (
            allocator.scores.overall,
            allocator.scenario,
            robustness,
        )
        self._returns: dict[int, WaysBack] = {}
        self.chosen = chosen
        """(N,): the partner of every need, -1 where its programme does not run."""

    @cached_property
    def _prices(self) -> dict[tuple[int, int | None], Price]:
        """The price of every partner that is not outscored and of every programme deferred.

        Nothing where the choice is not proven the best.
        """
        if self._allocation.state != "optimal":
            return {}
        prices = Prices(self._of, self._allocation)
        self._of.allow(self._scenario.analysis.time_limit)
        return {
            (p, k): prices.of_programme(p) if k is None else prices.of_pair(p, k)
            for p, k in self._wishes()[:QUESTIONS]
        }

    def _wishes(self) -> list[tuple[int, int | None]]:
        running = runs(self._work, self.chosen)
        deferred: list[tuple[int, int | None]] = [(int(p), None) for p in np.flatnonzero(~running)]
        eligible = [
            (int(p), int(k))
            for p, k in zip(*np.nonzero(self._table.eligible), strict=True)
            if running[p]
        ]
        pairs = [
            (p, k)
            for p, k in eligible
            if k not in self.chosen_in(p)
            and not outscored(self._of, self.chosen, p, k)
            and not self._decided(p, k)
        ]
        return deferred + sorted(
            pairs,
            key=lambda pair: (
                self._of.scores.ranks[pair],
                self._work.programmes[pair[0]],
                self._work.partners[pair[1]],
            ),
        )

    def chosen_in(self, p: int) -> list[int]:
        """Return the partners chosen for a programme, the one with most days first."""
        return self._chosen[p]

    @cached_property
    def _chosen(self) -> list[list[int]]:
        return [self._most_days_first(p) for p in range(len(self._work.programmes))]

    def _most_days_first(self, p: int) -> list[int]:
        days: dict[int, float] = {}
        for n in self._needs(p):
            if self.chosen[n] != NOBODY:
                days[int(self.chosen[n])] = days.get(int(self.chosen[n]), 0.0) + float(
                    self._work.own_days[n]
                )
        return sorted(days, key=lambda k: (-days[k], self._work.partners[k]))

    def order(self, p: int) -> list[int]:
        """Return the partners of a programme by rank, the ineligible last, ties and the rest by id."""
        ranks, eligible = self._of.scores.ranks, self._table.eligible
        return sorted(
            range(len(self._work.partners)),
            key=lambda k: (not eligible[p, k], int(ranks[p, k]), self._work.partners[k]),
        )

    def leader(self, p: int) -> int | None:
        """Return the first on value among the eligible, the smallest id of equals."""
        first = self.order(p)[0]
        return first if self._table.eligible[p, first] else None

    def largest_need(self, p: int, k: int | None = None) -> int:
        """Return the need with most days, of those that k offers where k is given."""
        needs = [n for n in self._needs(p) if k is None or self._work.offered[n, k]]
        return min(needs, key=lambda n: (-self._work.own_days[n], self._work.needs[n]))

    def _needs(self, p: int) -> list[int]:
        return self._needs_of[p]

    @cached_property
    def _needs_of(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self._work.programmes]
        for n, p in enumerate(self._work.programme_of.tolist()):
            found[p].append(n)
        return found

    def _decided(self, p: int, k: int) -> bool:
        """Tell whether everything k offers here was decided at an earlier juncture."""
        return all(
            n in self._of.formulation.committed for n in self._needs(p) if self._work.offered[n, k]
        )

    def chosen_although(self, p: int, k: int) -> str:
        """Say that a commitment stands above requirements that are not met; else nothing."""
        if self._table.eligible[p, k]:
            return ""
        return f"Committed at an earlier juncture, although: {self._ineligible(p, k)}"

    def _ineligible(self, p: int, k: int) -> str:
        return " ".join(self._table.reasons[self._work.programmes[p], self._work.partners[k]])

    def why_not(self, p: int, k: int) -> str:
        """Say why a partner was not chosen."""
        if not self._table.eligible[p, k]:
            return f"Not eligible. {self._ineligible(p, k)}"
        if self._allocation.chosen is None:
            return ""
        if not self.chosen_in(p):
            return "The programme is deferred."
        if self._decided(p, k):
            return f"{self._compared(p, k)}; this was decided at an earlier juncture."
        price = self._prices.get((p, k))
        return (
            f"{self._compared(p, k)}."
            if price is None
            else f"{self._compared(p, k)}; {self._priced(price)}"
        )

    def _compared(self, p: int, k: int) -> str:
        """Compare with the partner chosen for the largest need that k offers."""
        rival = int(self.chosen[self.largest_need(p, k)])
        difference = float(self._overall[p, k] - self._overall[p, rival])
        if abs(difference) < NOTHING_LOST:
            return f"Scores the same as {self._title(rival)}"
        return (
            f"Scores {points(abs(difference))} {'more' if difference > 0 else 'less'} than"
            f" {self._title(rival)}"
        )

    def _title(self, k: int) -> str:
        return self._scenario.partners[self._work.partners[k]].title

    def _priced(self, price: Price) -> str:
        in_the_way = IN_THE_WAY.get(price.because, "")
        if price.because == NOT_EXAMINED:
            return "what choosing it would cost was not worked out in the time allowed."
        if not price.possible:
            return f"it cannot be chosen here: {in_the_way} would not allow it."
        if price.value_lost < NOTHING_LOST:
            return (
                f"choosing it would be worth {_gained(price, 'as much')} to the"
                f" whole{self._money(price.own_cost)}."
            )
        because = f", because of {in_the_way}" if in_the_way else ""
        return (
            f"choosing it would {self._push_out(price)}lose {points(price.value_lost)} of the whole"
            f" portfolio's value{self._money(price.own_cost)}{because}."
        )

    def _push_out(self, price: Price) -> str:
        """Name the programmes that would no longer run."""
        titles = [
            f"“{self._scenario.programmes[self._work.programmes[p]].title}”"
            for p in price.pushed_out
        ]
        return f"put off {listed(titles)}, " if titles else ""

    def _money(self, own_cost: float) -> str:
        if abs(own_cost) < SAME_AMOUNT:
            return ", at the same cost to us"
        return (
            f" and cost us {amount(abs(own_cost), self._scenario.currency)}"
            f" {'more' if own_cost > 0 else 'less'}"
        )

    def second_choice(self, p: int) -> str:
        """Say why the leader on value was not chosen; nothing where it was."""
        leader, chosen = self.leader(p), self.chosen_in(p)
        if (
            leader is None
            or leader in chosen
            or self._overall[p, leader] <= max(self._overall[p, k] for k in chosen) + NOTHING_LOST
        ):
            return ""
        standing = min(
            (int(self._of.scores.ranks[p, k]) for k in chosen if self._table.eligible[p, k]),
            default=0,
        )
        leads = (
            f"{ordinal(standing)} on value; {self._title(leader)} leads"
            if standing
            else f"{self._title(leader)} leads on value"
        )
        if self._decided(p, leader):
            return f"{leads}, but this was decided at an earlier juncture."
        price = self._prices.get((p, leader))
        return (
            f"{leads}{'' if price is None else f', but {self._priced(price)}'.removesuffix('.')}."
        )

    def wish(self, p: int, k: int) -> str:
        """Say what choosing a partner would cost, asked of the solver for this one.

        Empty where it is chosen, barred, or nothing is proven.
        """
        if (
            self._allocation.state != "optimal"
            or k in self.chosen_in(p)
            or not self._table.eligible[p, k]
        ):
            return ""
        if self._decided(p, k):
            return "This was decided at an earlier juncture."
        if (p, k) not in self._of.formulation.x:
            return (
                "It cannot be chosen here:"
                f" {self._cannot_run(p) or 'nothing it offers is still open.'}"
            )
        self._of.allow(self._scenario.analysis.time_limit)
        price = Prices(self._of, self._allocation).of_pair(p, k)
        beaten = price.possible and outscored(
            self._of, self.chosen, p, k
        )  # then no limit stands in its way
        words = self._priced(replace(price, because="") if beaten else price)
        return words[:1].upper() + words[1:]

    def first_in_draws(self, p: int) -> str:
        """Say that another than the leader is first more often once scores and weights are drawn.

        Nothing where it is not so.
        """
        leader, found = self.leader(p), self._robustness.programmes.get(self._work.programmes[p])
        if leader is None or found is None or found.first_most is None:
            return ""
        often, leading = found.of(found.first_most), found.of(self._work.partners[leader])
        if often is None or leading is None or often.first_share <= leading.first_share:
            return ""
        title = self._scenario.partners[often.partner].title
        return (
            f"{self._title(leader)} leads on the likely scores, but {title} comes first more often"
            f" when scores and weights vary: in {share(often.first_share)} of the draws, against"
            f" {share(leading.first_share)}."
        )

    def deferral(self, p: int) -> str:
        """Say why a programme is not run."""
        if self._allocation.chosen is None:
            return ""
        price = self._prices.get((p, None))
        told = self._cannot_run(p)
        if not told and price is not None and price.because != NOT_EXAMINED:
            told = self._better_not(p, price)
        return " ".join(
            words
            for words in (f"Deferred: {told}" if told else "Deferred.", self._way_back(p))
            if words
        )

    def brings_back(self, p: int) -> WaysBack:
        """Return the limits that, raised alone, would bring a deferred programme back, the smallest rise first."""
        if p not in self._returns:
            self._returns[p] = WaysBack() if self._cannot_run(p) else self._asked_back(p)
        return self._returns[p]

    def _asked_back(self, p: int) -> WaysBack:
        """Ask, where its price was told in time: what it costs comes first."""
        price = self._prices.get((p, None))
        if price is None or price.because == NOT_EXAMINED:
            return WaysBack(is_complete=False)
        return returns(self._of, self._allocation, p)

    def _way_back(self, p: int) -> str:
        """Say what would bring a programme back, the two smallest rises.

        Where time ran out, that there may be more.
        """
        found = self.brings_back(p)
        shown = [
            (one, partial(quantity, one.loc, self._scenario.currency))
            for one in found.ways[:WAYS_BACK]
        ]
        told = [
            f"{named_inside(self._scenario, one.loc)} {'' if n else 'rose '}from {said(one.limit)}"
            f" to {said(one.needed)}"
            for n, (one, said) in enumerate(shown)
        ]
        ways = f"It would run if {', or '.join(told)}." if told else ""
        if found.is_complete or self._allocation.state != "optimal":
            return ways
        return (
            f"{ways} Other ways back were not worked out in the time allowed."
            if ways
            else NO_TIME_FOR_WAYS_BACK
        )

    def _cannot_run(self, p: int) -> str:
        needs, work = self._needs(p), self._work
        over = [
            work.phases[t]
            for n in needs
            for t in np.flatnonzero((work.spread[n] > 0) & closed_phases(self._scenario, work))
        ]
        uncovered = [
            work.needs[n][1] for n in needs if not (self._table.eligible[p] & work.offered[n]).any()
        ]
        if over:
            return f"its phase {over[0]} is over, and takes no new work."
        return f"no eligible partner offers {', '.join(uncovered)}." if uncovered else ""

    def _better_not(self, p: int, price: Price) -> str:
        in_the_way = IN_THE_WAY.get(price.because, "")
        if not price.possible:
            others = any(
                self._of.formulation.program.lower[column] for column in self._of.formulation.z
            )
            return (
                f"it cannot run{' beside what must run' if others else ''}: {in_the_way} would not"
                " allow it."
            )
        best = np.where(self._table.eligible[p], self._overall[p], -np.inf).max()
        if best <= self._of.scores.baseline[p]:
            return "doing nothing is worth as much as any partner."
        if price.value_lost < NOTHING_LOST:
            return (
                f"running it would be worth {_gained(price, 'no more')} to the"
                f" whole{self._money(price.own_cost)}."
            )
        lost = (
            f"running it would {self._push_out(price)}lose {points(price.value_lost)} of the whole"
            " portfolio's value"
        )
        return f"{lost}{self._money(price.own_cost)}, because of {in_the_way}."
