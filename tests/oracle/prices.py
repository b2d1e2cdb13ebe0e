"""The price of a limit and of a wish, by comparing all allocations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.oracle.changes import Loc, at, changed, group_limits, with_eligibility_kept, without
from tests.oracle.feasible import feasible
from tests.oracle.levels import at_levels
from tests.oracle.limits import broken, fewest_methods, group_use
from tests.oracle.scores import ENDS_OF, Data
from tests.oracle.search import Found
from tests.oracle.totals import US, Allocation, Case, Phase, Totals, internal_days, totals

TELLS = 1e-5
"""Points: a value that rises or falls by more is another value."""


@dataclass(frozen=True)
class Step:
    """The next level of a limit that raises the value, and the least that keeps it.

    The loss is None where nothing is possible below.
    """

    rises_at: float | None
    gain: float
    falls_below: float
    loss: float | None


def next_step(scenario: Data, loc: Loc, current: float) -> Step:
    """Compare the best value at every level of the limit with the current one."""
    levels = [(level, sums.value) for level, sums in _levels(scenario, loc)]
    richer = [level for level, value in levels if value > current + TELLS]
    rises_at = min(richer) if richer else None
    gain = (
        max(value for level, value in levels if level <= rises_at + 1e-6) - current
        if rises_at is not None
        else 0.0
    )
    keeps = min(level for level, value in levels if value >= current - TELLS)
    below = [value for level, value in levels if level < keeps - 1e-6]
    return Step(rises_at, gain, keeps, current - max(below) if below else None)


def comes_back_at(
    scenario: Data, loc: Loc, programme: str, today: float
) -> tuple[float, float] | None:
    """Return the level of a limit nearest to today's at which all that is best runs a programme.

    With the value there; None where there is none. A minimum is counted below 0: less of it is
    more room.
    """
    levels = [(level, sums.value, programme in sums.run) for level, sums in _levels(scenario, loc)]
    for tried in sorted({max(level, today) for level, _, runs in levels if runs}):
        within = [(value, runs) for level, value, runs in levels if level <= tried + 1e-6]
        running = max(value for value, runs in within if runs)
        waiting = max((value for value, runs in within if not runs), default=float("-inf"))
        if running >= waiting + TELLS:
            return tried, running
    return None


def _levels(scenario: Data, loc: Loc) -> list[tuple[float, Totals]]:
    """Return every allocation within all other limits, with the least level of this limit that lets it through."""
    found = list(feasible(without(scenario, loc), aim=True))
    if loc[1] == "internal-days" and "backfill" in scenario["limits"]:
        cases = [Case(at_levels(scenario, sums.levels)) for _, sums in found]
        days = [
            sum(internal_days(case, sums.run, sums.changed).values())
            for case, (_, sums) in zip(cases, found, strict=True)
        ]
        return _halved(scenario, loc, found, days)
    if loc[1] == "funds" and is_topped_up(scenario, str(loc[2])):
        money = [_use(Case(scenario), loc, sums) for _, sums in found]
        return _halved(scenario, loc, found, money)
    levels = []
    for allocation, sums in found:
        case = Case(at_levels(scenario, sums.levels))
        levels.append((_use(case, loc, totals(case, allocation)), sums))
    return levels


def is_topped_up(scenario: Data, payer: str) -> bool:
    """Tell whether we pay for any partner what a payer's fund cannot."""
    return any(
        partner.get("funding", {}).get("payer") == payer and partner["funding"].get("top-up") == US
        for partner in scenario["partners"].values()
    )


def _halved(
    scenario: Data, loc: Loc, found: list[Found], most: list[float]
) -> list[tuple[float, Totals]]:
    """Search by halving the level at which less of a limit is more that the budget, or `max-days`, must bear."""
    levels = []
    for (allocation, sums), enough in zip(found, most, strict=True):
        low, high = 0.0, enough
        here = at_levels(scenario, sums.levels)
        if _keeps(here, loc, allocation, low):
            high = low
        while high - low > 1e-7:  # days
            middle = (low + high) / 2
            low, high = (low, middle) if _keeps(here, loc, allocation, middle) else (middle, high)
        levels.append((high, sums))
    return levels


def _keeps(scenario: Data, loc: Loc, allocation: Allocation, level: float) -> bool:
    case = Case(changed(scenario, loc, level))
    return not any(broken(case, allocation, totals(case, allocation)))


def _use(case: Case, loc: Loc, sums: Totals) -> float:
    """Return how much of a limit an allocation uses; the place tells which limit.

    Of a minimum, turned round, the most that it may be.
    """
    phases: list[Phase] = (
        [str(loc[-1])] if loc[-1] in case.scenario.get("phases", {}) else case.phases
    )
    by_phase: dict[str, Callable[[Phase], float]] = {
        "capacity": lambda t: sums.days[str(loc[1]), t],
        "budget": lambda t: sums.money[US, t],
        "funds": lambda t: sums.money[str(loc[2]), t],
        "internal-days": lambda t: internal_days(case, sums.run, sums.changed)[t],
        "backfill": lambda t: sums.backfill[t],
    }
    kind = "" if loc[0] == "programmes" else str(loc[2] if loc[0] == "partners" else loc[1])
    if kind == "groups":
        return _group_use(case, loc, sums)
    if kind in by_phase:
        return sum(by_phase[kind](t) for t in phases)
    if kind == "engagement":
        return -sum(sums.days[str(loc[1]), t] for t in phases) or float("-inf")
    if loc[-1] == "min":
        return -sum(p == loc[1] for p, _ in sums.pairs) or float("-inf")
    if loc[0] == "programmes":
        return sum(p == loc[1] for p, _ in sums.pairs)
    counts: dict[str, Callable[[], float]] = {
        "partners": lambda: len(sums.engaged),
        "programmes-per-partner": lambda: max(
            (sum(k == one for _, k in sums.pairs) for one in sums.engaged), default=0
        ),
        "methods": lambda: fewest_methods(case, sums),
        "changes": lambda: len(sums.changed),
        "share-per-partner": lambda: _largest_share(sums),
    }
    return counts[kind]()


def _largest_share(sums: Totals) -> float:
    days = {k: sum(days for (one, _), days in sums.days.items() if one == k) for k in sums.engaged}
    return max(days.values(), default=0.0) / (sum(days.values()) or 1.0)


def _group_use(case: Case, loc: Loc, sums: Totals) -> float:
    """Return the share or the count of a group, turned round of a minimum; a share of nothing is within any limit."""
    used, whole = next(
        (used, whole)
        for what, used, whole in group_use(case, at(case.scenario, loc[:3])["tag"], sums)
        if what == loc[3]
    )
    if loc[-1] == "min":
        return -(used if whole is None else used / whole if whole else 1)
    return used if whole is None else used / whole if whole else 0


@dataclass(frozen=True)
class Wish:
    """What it costs to have a partner work on a programme: value lost and our own money."""

    value_lost: float
    own_cost: float


class Lifted:
    """The best that is possible, with and without a wish, as limits are lifted."""

    def __init__(self, scenario: Data) -> None:
        """Take the limits that the scenario states, a limit by phase as one."""
        self._scenario = scenario
        self.limits = tuple(_limits(scenario))
        self._found: dict[frozenset[Loc], list[Found]] = {}

    def possible(self, limits: Iterable[Loc]) -> list[Found]:
        """Return every allocation within all other limits."""
        lifted = frozenset(limits)
        if lifted not in self._found:
            self._found[lifted] = list(feasible(_without_limits(self._scenario, lifted)))
        return self._found[lifted]

    def admits(self, wish: tuple[str, str], limits: Iterable[Loc]) -> bool:
        """Tell whether without these limits an allocation that is worth most has the pair."""
        every = self.possible(limits)
        value = max(sums.value for _, sums in every)
        return any(sums.value > value - TELLS and wish in sums.pairs for _, sums in every)

    def makes_possible(self, wish: tuple[str, str], limits: Iterable[Loc]) -> bool:
        """Tell whether without these limits any allocation has the pair."""
        return any(wish in sums.pairs for _, sums in self.possible(limits))


def wish(scenario: Data, programme: str, partner: str) -> Wish | None:
    """Return the price of a wish against the best allocation; None where no allocation meets it."""
    every = list(feasible(scenario))
    granted = [found for found in every if (programme, partner) in found[1].pairs]
    if not granted:
        return None
    value, cost = _best(every)
    value_then, cost_then = _best(granted)
    return Wish(max(0.0, value - value_then), cost_then - cost)


def _best(found: list[Found]) -> tuple[float, float]:
    value = max(sums.value for _, sums in found)
    return value, min(sums.own_cost for _, sums in found if sums.value > value - TELLS)


def _limits(scenario: Data) -> Iterator[Loc]:
    """Yield every limit and rule that may be lifted; `forbid` says who is eligible, and stays."""
    for key, stated in scenario.get("limits", {}).items():
        if key == "groups":
            yield from group_limits(scenario)
        elif key in {"funds", "partners", "backfill"}:
            yield from (("limits", key, inner) for inner in stated if inner != "per-day")
        else:
            yield "limits", key
    for k, partner in scenario["partners"].items():
        if "capacity" in partner:
            yield "partners", k, "capacity"
        if "engagement" in partner:
            yield "partners", k, "engagement", "min-days"
    for p, programme in scenario["programmes"].items():
        yield from (("programmes", p, "partners", end) for end in programme.get("partners", {}))
    yield from (
        ("rules", name) for name, rule in scenario.get("rules", {}).items() if "forbid" not in rule
    )


def _without_limits(scenario: Data, limits: frozenset[Loc]) -> Data:
    """Lift limits; who is eligible stays as it is, also where a programme takes one partner."""
    if any(loc[0] == "programmes" for loc in limits):
        scenario = {**with_eligibility_kept(scenario), ENDS_OF: scenario}
    for loc in limits:
        scenario = without(scenario, loc)
    return scenario
