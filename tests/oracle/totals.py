"""What an allocation comes to: value, days, money by payer and phase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tests.oracle import scores
from tests.oracle.ranges import likeliest
from tests.oracle.scores import Data

Phase = str | None
Allocation = Mapping[tuple[str, str], str]
"""(programme, need) → partner. A programme that does not run has no entry."""
ByPhase = defaultdict[tuple[str, Phase], float]
"""(partner or payer, phase) → days or pounds."""
US = "us"
IN_ALL = "in-all"
"""Among caps by phase, the one over all of them."""


class Case:
    """A scenario with what every allocation of it needs, worked out once."""

    def __init__(self, scenario: Data) -> None:
        """Keep a plain scenario, its ranges of prices and days as one amount each."""
        self.scenario = scenario = likeliest(scenario)
        self.partners: Data = scenario["partners"]
        self.programmes: Data = scenario["programmes"]
        self.limits: Data = scenario.get("limits", {})
        self.committed = {
            (p, j): k
            for p, needs in scenario.get("committed", {}).items()
            for j, k in needs.items()
        }
        self.leave = {
            (p, j): k for p, needs in scenario.get("leave", {}).items() for j, k in needs.items()
        }
        """Who may serve as if committed, but need not: a commitment that was left out."""
        self.incumbents: dict[str, set[str]] = {
            p: set(today.values()) if isinstance(today, dict) else {today}
            for p, programme in self.programmes.items()
            for today in [programme.get("today", "nobody")]
            if today != "nobody"
        }
        """Who works on a programme today, where anybody does."""

    @cached_property
    def phases(self) -> list[Phase]:
        """All phases by date; one without a name where the scenario states none."""
        dates = self.scenario.get("phases", {})
        return sorted(dates, key=lambda phase: str(dates[phase])) or [None]

    @cached_property
    def past(self) -> set[Phase]:
        """Phases whose successor starts on or before `as-at`."""
        dates, today = self.scenario.get("phases", {}), self.scenario.get("as-at")
        return {
            phase
            for phase, after in zip(self.phases, self.phases[1:], strict=False)
            if today is not None and str(dates[after]) <= str(today)
        }

    @cached_property
    def value(self) -> dict[tuple[str, str], float]:
        """V of every programme and partner that offers something to it."""
        pairs = [
            (p, k)
            for p in self.programmes
            for k in self.partners
            if scores.offered(self.scenario, p, k)
        ]
        return {(p, k): scores.value(self.scenario, p, k) for p, k in pairs}

    @cached_property
    def baseline(self) -> dict[str, float]:
        """Value of doing nothing, by programme."""
        return {p: scores.baseline(self.scenario, p) for p in self.programmes}

    @cached_property
    def importance(self) -> dict[str, float]:
        """Worth of each programme; they sum to 1."""
        stated = {p: programme.get("importance", 1) for p, programme in self.programmes.items()}
        return {p: worth / sum(stated.values()) for p, worth in stated.items()}

    @cached_property
    def shares(self) -> dict[tuple[str, str], float]:
        """Each need's share of its programme, by the programme's own days."""
        days = {
            (p, j): scores.needed_days(self.scenario, p, j)
            for p, programme in self.programmes.items()
            for j in programme["needs"]
        }
        return {
            (p, j): days[p, j] / sum(days[p, other] for other in self.programmes[p]["needs"])
            for p, j in days
        }

    @cached_property
    def covered(self) -> dict[str, float]:
        """Share of each partner's prices borne by its payer."""
        return {k: scores.covered(self.scenario, k) for k in self.partners}

    @cached_property
    def days(self) -> dict[tuple[str, str, str], dict[Phase, float]]:
        """Days by phase of every (programme, need, partner who offers it)."""
        offers = [
            (p, j, k)
            for p in self.programmes
            for k in self.partners
            for j in scores.offered(self.scenario, p, k)
        ]
        return {
            (p, j, k): self._by_phase(p, j, scores.days_of(self.scenario, p, j, k))
            for p, j, k in offers
        }

    def phases_of(self, programme: str) -> list[Phase]:
        """Return a programme's own phases by date."""
        own = self.programmes[programme].get("phases", self.phases)
        return [phase for phase in self.phases if phase in own]

    def _by_phase(self, programme: str, need: str, total: float) -> dict[Phase, float]:
        stated, own = self.programmes[programme]["needs"][need], self.phases_of(programme)
        proportions = stated if isinstance(stated, dict) else dict.fromkeys(own, 1)
        return {
            phase: total * part / sum(proportions.values())
            for phase, part in proportions.items()
            if part
        }


@dataclass(frozen=True)
class Totals:
    """The sums of one allocation; money is by (payer, phase), the trust being one of the payers."""

    value: float
    run: frozenset[str]
    levels: dict[str, str]
    """At which level each programme runs that has some."""
    changed: frozenset[str]
    """Programmes that run without any of their partners of today."""
    pairs: frozenset[tuple[str, str]]
    days: ByPhase
    charged: tuple[tuple[str, Phase, float], ...]
    """What each partner asks, by (partner, phase, amount), whoever pays."""
    money: ByPhase
    topped_up: ByPhase
    """What we pay of a payer's share, by (payer, phase), as its fund does not reach."""
    backfill: defaultdict[Phase, float]

    @property
    def cost(self) -> float:
        """What everybody pays."""
        return sum(self.money.values())

    @property
    def own_cost(self) -> float:
        """What the trust pays."""
        return sum(amount for (payer, _), amount in self.money.items() if payer == US)

    @property
    def engaged(self) -> frozenset[str]:
        """Partners with work."""
        return frozenset(partner for _, partner in self.pairs)


def totals(case: Case, allocation: Allocation) -> Totals:
    """Add up one allocation."""
    run, pairs = (
        frozenset(p for p, _ in allocation),
        frozenset((p, k) for (p, _), k in allocation.items()),
    )
    days: ByPhase = defaultdict(int)
    for (p, j), k in allocation.items():
        for phase, number in case.days[p, j, k].items():
            days[k, phase] += number
    changed = frozenset(
        p
        for p in run & case.incumbents.keys()
        if not any((p, k) in pairs for k in case.incumbents[p])
    )
    backfill = _backfill(case, run, changed)
    charged = tuple(_priced(case, allocation, pairs, days))
    money, topped_up = _money(case, charged, backfill)
    for p in changed:
        money[US, case.phases_of(p)[0]] += _change(case, p, "cost")
    return Totals(
        portfolio_value(case, allocation),
        run,
        {p: case.programmes[p]["level"] for p in sorted(run) if "level" in case.programmes[p]},
        changed,
        pairs,
        days,
        charged,
        money,
        topped_up,
        backfill,
    )


def _change(case: Case, programme: str, what: str) -> float:
    amount: float = case.programmes[programme].get("change", {}).get(what, 0)
    return amount


def programme_costs(case: Case, programme: str, chosen: Mapping[str, str]) -> tuple[float, float]:
    """Return a programme's cost and our part of it: days, per-programme and change, without once and backfill."""
    if not chosen:
        return 0, 0
    cost: float = 0
    own: float = 0
    for k in set(chosen.values()):
        days = sum(
            sum(case.days[programme, j, k].values()) for j, one in chosen.items() if one == k
        )
        per_day, each = (
            scores.price(case.scenario, programme, k, kind) for kind in ("per-day", "per-programme")
        )
        price = days * per_day + each
        cost, own = cost + price, own + price * (1 - case.covered[k])
    today = case.incumbents.get(programme, set())
    change = _change(case, programme, "cost") if today and not today & set(chosen.values()) else 0
    return cost + change, own + change


def portfolio_value(case: Case, allocation: Allocation) -> float:
    """Return the delivered value where a programme runs, its baseline where not, weighed by importance."""
    run = {p for p, _ in allocation}
    delivered = sum(
        case.importance[p] * _worth(case, p) * case.shares[p, j] * case.value[p, k]
        for (p, j), k in allocation.items()
    )
    return delivered + sum(
        case.importance[p] * case.baseline[p] * (1 - _worth(case, p) if p in run else 1)
        for p in case.programmes
    )


def programme_value(case: Case, programme: str, chosen: Mapping[str, str]) -> float:
    """Return the value of one programme: so much of the way from its baseline as its level is worth."""
    if not chosen:
        return case.baseline[programme]
    whole = sum(case.shares[programme, j] * case.value[programme, k] for j, k in chosen.items())
    worth = _worth(case, programme)
    return worth * whole + (1 - worth) * case.baseline[programme]


def _worth(case: Case, programme: str) -> float:
    worth: float = case.programmes[programme].get("worth", 1)
    return worth


def internal_days(
    case: Case, run: frozenset[str], changed: frozenset[str]
) -> defaultdict[Phase, float]:
    """Return the trust's own days by phase: each running programme's, spread evenly over its phases."""
    used: defaultdict[Phase, float] = defaultdict(int)
    for p in run:
        days = case.programmes[p].get("internal-days", 0)
        days += _change(case, p, "internal-days") if p in changed else 0
        for phase in case.phases_of(p):
            used[phase] += days / len(case.phases_of(p))
    return used


def _backfill(
    case: Case, run: frozenset[str], changed: frozenset[str]
) -> defaultdict[Phase, float]:
    """Return the days to be bought: the use above the team's days.

    A total is used up in order of date.
    """
    team = case.limits.get("internal-days")
    if team is None or "backfill" not in case.limits:
        return defaultdict(int)
    used = internal_days(case, run, changed)
    met = met_by_date(team, used, case.phases)
    return defaultdict(int, {phase: used[phase] - met[phase] for phase in case.phases})


def met_by_date(
    limit: float | str | dict[Phase, float | str], asked: Mapping[Phase, float], phases: list[Phase]
) -> dict[Phase, float]:
    """Return how much of what is asked by phase a limit meets, a total being used up in order of date."""
    by_phase: dict[Phase, float | str] = limit if isinstance(limit, dict) else {IN_ALL: limit}
    left, met = _cap(by_phase.get(IN_ALL)), dict[Phase, float]()
    for phase in phases:
        met[phase] = min(asked[phase], _cap(by_phase.get(phase)), left)
        left -= met[phase]
    return met


def _cap(limit: float | str | None) -> float:
    return float("inf") if limit is None or isinstance(limit, str) else limit


def _money(
    case: Case,
    charged: tuple[tuple[str, Phase, float], ...],
    backfill: defaultdict[Phase, float],
) -> tuple[ByPhase, ByPhase]:
    money: ByPhase = defaultdict(int)
    may_be_ours: ByPhase = defaultdict(int)
    for partner, phase, amount in charged:
        money[US, phase] += amount * (1 - case.covered[partner])
        if case.covered[partner]:
            funding = case.partners[partner]["funding"]
            asked = may_be_ours if funding.get("top-up") == US else money
            asked[funding["payer"], phase] += amount * case.covered[partner]
    topped_up = _topped_up(case, money, may_be_ours)
    for (payer, phase), amount in topped_up.items():
        money[payer, phase] += may_be_ours[payer, phase] - amount
        money[US, phase] += amount
    for phase, number in backfill.items():
        money[US, phase] += number * case.limits["backfill"].get("per-day", 0)
    return money, topped_up


def _topped_up(case: Case, money: ByPhase, may_be_ours: ByPhase) -> ByPhase:
    """Return what a fund leaves to us: it meets first what only it may pay, then the rest in order of date."""
    topped_up: ByPhase = defaultdict(int)
    for payer in {payer for payer, _ in may_be_ours}:
        fund = case.limits.get("funds", {}).get(payer)
        by_phase = fund if isinstance(fund, dict) else {IN_ALL: fund}
        left: dict[Phase, float | str] = {
            t: max(0, _cap(cap) - sum(money[payer, u] for u in case.phases if t in {u, IN_ALL}))
            for t, cap in by_phase.items()
        }
        asked = {t: may_be_ours[payer, t] for t in case.phases}
        met = met_by_date(left, asked, case.phases)
        topped_up |= {(payer, t): asked[t] - met[t] for t in case.phases}
    return topped_up


def _priced(
    case: Case, allocation: Allocation, pairs: frozenset[tuple[str, str]], days: ByPhase
) -> Iterator[tuple[str, Phase, float]]:
    """Yield what each partner asks, as (partner, phase, amount): days, programmes taken on, and once."""
    for (p, j), k in allocation.items():
        per_day = scores.price(case.scenario, p, k, "per-day")
        yield from ((k, phase, number * per_day) for phase, number in case.days[p, j, k].items())
    for p, k in pairs:
        yield k, case.phases_of(p)[0], scores.price(case.scenario, p, k, "per-programme")
    for k in {k for _, k in pairs}:
        first = next(phase for phase in case.phases if days[k, phase])
        yield k, first, case.partners[k].get("cost", {}).get("once", 0)
