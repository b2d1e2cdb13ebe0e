"""Numbers into advice: a row for every programme and every partner, with its reason in plain words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.allocation import NOBODY, Allocation, Allocator, delivered_value, runs
from partnerselect.allocation.explain import COMBINATION, NOT_EXAMINED, QUESTIONS, Price, Prices, outscored
from partnerselect.allocation.problem import closed_phases
from partnerselect.model.scenario import Scenario
from partnerselect.performance import PerformanceTable
from partnerselect.scoring import Scores
from partnerselect.wording import amount, points

FAMILY_WORDS = {
    "capacity": "the days that partners have",
    "budget": "the budget",
    "funds": "what the other payers put in",
    "internal days": "the protected days of the internal team",
    "counts": "the limits on how many partners, programmes or days one partner may take",
    "methods": "keeping to the chosen number of methodologies",
    "rules": "the rules",
    COMBINATION: COMBINATION,
}
NOTHING_LOST = 5e-4
"""Points below which a loss would be shown as 0.0."""


@dataclass(frozen=True)
class PartnerAdvice:
    """One partner for one programme."""

    programme: str
    partner: str
    rank: int | None
    """Among the eligible on value, 1 the best; None where not eligible."""
    value: float
    contributions: dict[str, float]
    covers: float
    cost: float
    trust_cost: float
    eligible: bool
    chosen: bool
    reason: str
    """Why it was not chosen, in one sentence; empty for the chosen."""


@dataclass(frozen=True)
class ProgrammeAdvice:
    """What is recommended for one programme."""

    programme: str
    run: bool
    partners: tuple[str, ...]
    """The chosen, the one with most days first."""
    leader: str | None
    """First on value among the eligible; the smallest id where several are."""
    runner_up: str | None
    """The best eligible partner not chosen, for the need with most days."""
    value: float
    baseline: float
    cost: float
    trust_cost: float
    reason: str
    """Why it is deferred, or why the leader was not chosen; else empty."""


@dataclass(frozen=True)
class Recommendation:
    """Advice for every programme and every partner."""

    programmes: tuple[ProgrammeAdvice, ...]
    ranking: tuple[PartnerAdvice, ...]
    """Programme by programme, best first, the ineligible last."""


def recommend(allocator: Allocator, table: PerformanceTable, allocation: Allocation) -> Recommendation:
    """Turn the choice into advice."""
    writer = _Writer(allocator, table, allocation)
    return Recommendation(
        tuple(writer.programme(p) for p in range(len(table.workload.programmes))),
        tuple(writer.partner(p, k) for p in range(len(table.workload.programmes)) for k in writer.order(p)),
    )


class _Writer:
    """Everything the sentences are made from."""

    def __init__(self, allocator: Allocator, table: PerformanceTable, allocation: Allocation) -> None:
        self.scenario: Scenario = allocator.scenario
        self.scores: Scores = allocator.scores
        self.table, self.work, self.allocation = table, table.workload, allocation
        nobody = np.full(len(self.work.needs), NOBODY)
        self.chosen = nobody if allocation.chosen is None else allocation.chosen
        self.runs = runs(self.work, self.chosen)
        self.value = delivered_value(self.work, self.scores, self.chosen)
        self.prices = self._prices(allocator)

    def _prices(self, allocator: Allocator) -> dict[tuple[int, int | None], Price]:
        """Price every partner that is not outscored, and every programme deferred; nothing where optimality is not proven."""
        if self.allocation.state != "optimal":
            return {}
        prices, wishes = Prices(allocator, self.allocation), self._wishes(allocator)
        allocator.allow(self.scenario.analysis.time_limit)
        return {(p, k): prices.of_programme(p) if k is None else prices.of_pair(p, k) for p, k in wishes[:QUESTIONS]}

    def _wishes(self, allocator: Allocator) -> list[tuple[int, int | None]]:
        deferred: list[tuple[int, int | None]] = [(p, None) for p in np.flatnonzero(~self.runs)]
        pairs = [
            (int(p), int(k))
            for p, k in zip(*np.nonzero(self.table.eligible), strict=True)
            if self.runs[p] and k not in self._chosen_in(p) and not outscored(allocator, self.chosen, p, k)
        ]
        return deferred + sorted(pairs, key=lambda pair: (self.scores.ranks[pair], self.work.programmes[pair[0]], self.work.partners[pair[1]]))

    def _chosen_in(self, p: int) -> list[int]:
        """Return the partners chosen for a programme, the one with most days first."""
        days: dict[int, float] = {}
        for n in np.flatnonzero(self.work.programme_of == p):
            if self.chosen[n] != NOBODY:
                days[int(self.chosen[n])] = days.get(int(self.chosen[n]), 0.0) + float(self.work.own_days[n])
        return sorted(days, key=lambda k: (-days[k], self.work.partners[k]))

    def order(self, p: int) -> list[int]:
        """Return the partners of a programme by rank, the ineligible last, ties and the rest by id."""
        return sorted(
            range(len(self.work.partners)),
            key=lambda k: (not self.table.eligible[p, k], int(self.scores.ranks[p, k]), self.work.partners[k]),
        )

    def programme(self, p: int) -> ProgrammeAdvice:
        """Write the advice for a programme."""
        leader = self._leader(p)
        name = self.work.programmes[p]
        lines = [line for line in self._lines() if line.programme == name]
        return ProgrammeAdvice(
            programme=name,
            run=bool(self.runs[p]),
            partners=tuple(self.work.partners[k] for k in self._chosen_in(p)),
            leader=None if leader is None else self.work.partners[leader],
            runner_up=self._runner_up(p),
            value=float(self.value[p]),
            baseline=float(self.scores.baseline[p]),
            cost=sum(line.cost for line in lines),
            trust_cost=sum(line.trust_cost for line in lines),
            reason=self._second_choice(p, leader) if self.runs[p] else self._deferral(p),
        )

    def _lines(self) -> list[_Cost]:
        account = self.allocation.account
        if account is None:
            return []
        per_programme = [line for line in account.fixed_costs if line.kind == "per-programme"]
        return [_Cost(line.programme or "", line.cost, line.trust_cost) for line in (*account.day_costs, *per_programme)]

    def _leader(self, p: int) -> int | None:
        first = self.order(p)[0]
        return first if self.table.eligible[p, first] else None

    def _runner_up(self, p: int) -> str | None:
        """Return the best eligible partner not chosen for the need with most days (the smaller id of equals)."""
        needs = np.flatnonzero(self.work.programme_of == p)
        largest = min(needs, key=lambda n: (-self.work.own_days[n], self.work.needs[n]))
        chosen = self._chosen_in(p)
        others = [k for k in self.order(p) if self.table.eligible[p, k] and self.work.offered[largest, k] and k not in chosen]
        return self.work.partners[others[0]] if others and self.runs[p] else None

    def partner(self, p: int, k: int) -> PartnerAdvice:
        """Write the advice about a partner for a programme."""
        eligible = bool(self.table.eligible[p, k])
        _, cost, trust_cost = self.work.alone
        contributions = zip(self.table.criteria, self.scores.values[p, k] * self.scores.weights[p], strict=True)
        chosen = k in self._chosen_in(p)
        return PartnerAdvice(
            programme=self.work.programmes[p],
            partner=self.work.partners[k],
            rank=int(self.scores.ranks[p, k]) if eligible else None,
            value=float(self.scores.overall[p, k]),
            contributions={name: float(part) for name, part in contributions},
            covers=float(self.work.covers[p, k]),
            cost=float(cost[p, k]),
            trust_cost=float(trust_cost[p, k]),
            eligible=eligible,
            chosen=chosen,
            reason=self._committed_reason(p, k) if chosen else self._why_not(p, k),
        )

    def _committed_reason(self, p: int, k: int) -> str:
        """Say that a commitment stands above requirements that are not met."""
        if self.table.eligible[p, k]:
            return ""
        return f"Committed at an earlier juncture, although: {' '.join(self._ineligible(p, k))}"

    def _ineligible(self, p: int, k: int) -> tuple[str, ...]:
        return self.table.reasons[self.work.programmes[p], self.work.partners[k]]

    def _why_not(self, p: int, k: int) -> str:
        if not self.table.eligible[p, k]:
            return f"Not eligible. {' '.join(self._ineligible(p, k))}"
        if self.allocation.chosen is None:
            return ""
        if not self.runs[p]:
            return "The programme is deferred."
        compared = self._compared(p, k)
        price = self.prices.get((p, k))
        return f"{compared}." if price is None else f"{compared}{self._priced(price)}"

    def _compared(self, p: int, k: int) -> str:
        """Compare with the partner chosen for the largest need that k offers."""
        needs = [n for n in np.flatnonzero(self.work.programme_of == p) if self.work.offered[n, k]]
        rival = int(self.chosen[min(needs, key=lambda n: (-self.work.own_days[n], self.work.needs[n]))])
        difference = float(self.scores.overall[p, k] - self.scores.overall[p, rival])
        title = self._title(rival)
        if abs(difference) < NOTHING_LOST:
            return f"Scores the same as {title}"
        return f"Scores {points(abs(difference))} {'more' if difference > 0 else 'less'} than {title}"

    def _title(self, k: int) -> str:
        return self.scenario.partners[self.work.partners[k]].title

    def _priced(self, price: Price) -> str:
        if price.because == NOT_EXAMINED:
            return "; what choosing it would cost was not worked out in the time allowed."
        because = FAMILY_WORDS.get(price.because, "")
        if not price.possible:
            return f"; it cannot be chosen here: in the way {'are' if because.endswith('s') else 'is'} {because}."
        lost = "lose nothing of" if price.value_lost < NOTHING_LOST else f"lose {points(price.value_lost)} of"
        told = f"; choosing it would {lost} the portfolio's value{self._money(price.trust_cost)}"
        return f"{told}. What stands against it: {because}." if price.value_lost >= NOTHING_LOST else f"{told}."

    def _money(self, trust_cost: float) -> str:
        if abs(trust_cost) < 0.5:  # noqa: PLR2004 - amounts are shown in whole units
            return " at the same cost to us"
        return f" and cost us {amount(abs(trust_cost), self.scenario.currency)} {'more' if trust_cost > 0 else 'less'}"

    def _second_choice(self, p: int, leader: int | None) -> str:
        """Say why the leader on value was not chosen."""
        chosen = self._chosen_in(p)
        if leader is None or leader in chosen or self.scores.overall[p, leader] <= max(self.scores.overall[p, k] for k in chosen) + NOTHING_LOST:
            return ""
        price = self.prices.get((p, leader))
        why = "" if price is None else f", but{self._priced(price).removeprefix(';')}"
        return f"{self._title(leader)} leads on value{why}".removesuffix(".") + "."

    def _deferral(self, p: int) -> str:
        if self.allocation.chosen is None:
            return ""
        price, name = self.prices.get((p, None)), self.work.programmes[p]
        needs = [n for n in np.flatnonzero(self.work.programme_of == p)]
        over = [self.work.phases[t] for n in needs for t in np.flatnonzero((self.work.spread[n] > 0) & closed_phases(self.scenario, self.work))]
        if over:
            return f"Deferred: its phase {over[0]} is over, and takes no new work."
        uncovered = [self.work.needs[n][1] for n in needs if not (self.table.eligible[p] & self.work.offered[n]).any()]
        if uncovered:
            return f"Deferred: no eligible partner offers {', '.join(uncovered)}."
        if price is None or price.because == NOT_EXAMINED:
            return "Deferred."
        because = FAMILY_WORDS.get(price.because, "")
        if not price.possible:
            return f"Deferred: it cannot run beside what must run; in the way: {because}."
        if self._not_worth_running(p):
            return f"Deferred: doing nothing ({points(float(self.scores.baseline[p]))}) is worth as much as any partner for {self.scenario.programmes[name].title}."
        return f"Deferred: running it would lose {points(price.value_lost)} of the portfolio's value elsewhere{self._money(price.trust_cost)}. What stands against it: {because}."

    def _not_worth_running(self, p: int) -> bool:
        best = np.where(self.table.eligible[p], self.scores.overall[p], -np.inf).max()
        return bool(best <= self.scores.baseline[p])


@dataclass(frozen=True)
class _Cost:
    programme: str
    cost: float
    trust_cost: float
