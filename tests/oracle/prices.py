"""The price of a limit and of a wish, by comparing all allocations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.changes import Loc, at, changed, with_eligibility_kept, without
from tests.oracle.feasible import feasible
from tests.oracle.limits import broken
from tests.oracle.scores import Data
from tests.oracle.search import Found
from tests.oracle.totals import US, Allocation, Case, Phase, Totals, internal_days, totals

TELLS = 1e-5
"""Points: a value that rises or falls by more is another value."""
FAMILIES: dict[str, tuple[Loc, ...]] = {
    "budget": (("limits", "budget"),),
    "funds": (("limits", "funds"),),
    "internal days": (("limits", "internal-days"), ("limits", "backfill")),
    "counts": (
        ("limits", "partners"),
        ("limits", "programmes-per-partner"),
        ("limits", "share-per-partner"),
    ),
    "methods": (("limits", "methods"),),
    "rules": (),
}


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
    """Return the least level of a limit, beyond today's, at which everything best runs a programme, and the value there; None where there is none."""
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
    open_case = Case(without(scenario, loc))
    found = [
        (allocation, totals(open_case, allocation))
        for allocation, _ in feasible(without(scenario, loc), aim=True)
    ]
    if loc[1] == "internal-days" and "backfill" in scenario["limits"]:
        return _with_backfill(scenario, loc, found)
    case = Case(scenario)
    return [
        (_use(case, loc, allocation, totals(case, allocation)), sums) for allocation, sums in found
    ]


def _with_backfill(scenario: Data, loc: Loc, found: list[Found]) -> list[tuple[float, Totals]]:
    """Search the level by halving: fewer days of the team's own are more days bought, which the budget and `max-days` must bear."""
    levels = []
    for allocation, sums in found:
        high = sum(internal_days(Case(scenario), sums.run).values())
        low = 0.0
        if _keeps(scenario, loc, allocation, low):
            high = low
        while high - low > 1e-7:  # days
            middle = (low + high) / 2
            low, high = (
                (low, middle) if _keeps(scenario, loc, allocation, middle) else (middle, high)
            )
        levels.append((high, sums))
    return levels


def _keeps(scenario: Data, loc: Loc, allocation: Allocation, level: float) -> bool:
    case = Case(changed(scenario, loc, level))
    return not any(broken(case, allocation, totals(case, allocation)))


def _use(case: Case, loc: Loc, allocation: Allocation, sums: Totals) -> float:
    """Return how much of a limit an allocation uses; the place tells which limit."""
    phases: list[Phase] = (
        [str(loc[-1])] if loc[-1] in case.scenario.get("phases", {}) else case.phases
    )
    by_phase: dict[str, Callable[[Phase], float]] = {
        "capacity": lambda t: sums.days[str(loc[1]), t],
        "budget": lambda t: sums.money[US, t],
        "funds": lambda t: sums.money[str(loc[2]), t],
        "internal-days": lambda t: internal_days(case, sums.run)[t],
        "backfill": lambda t: sums.backfill[t],
    }
    kind = "" if loc[0] == "programmes" else str(loc[2] if loc[0] == "partners" else loc[1])
    if kind in by_phase:
        return sum(by_phase[kind](t) for t in phases)
    if loc[0] == "programmes":
        return sum(p == loc[1] for p, _ in sums.pairs)
    counts: dict[str, Callable[[], float]] = {
        "partners": lambda: len(sums.engaged),
        "programmes-per-partner": lambda: max(
            (sum(k == one for _, k in sums.pairs) for one in sums.engaged), default=0
        ),
        "methods": lambda: _methods(case, allocation, sums),
    }
    return counts[kind]()


def _methods(case: Case, allocation: Allocation, sums: Totals) -> int:
    most = len(
        {method for partner in case.partners.values() for method in partner.get("methods", [])}
        | {p.get("method") for p in case.programmes.values()}
    )
    return next(
        n
        for n in range(most + 1)
        if not any(broken(Case(changed(case.scenario, ("limits", "methods"), n)), allocation, sums))
    )


@dataclass(frozen=True)
class Wish:
    """What it costs to have a partner work on a programme: value lost and the trust's money, and the first family that stands in the way."""

    value_lost: float
    own_cost: float
    because: str


def wish(scenario: Data, programme: str, partner: str) -> Wish | None:
    """Return the price of a wish against the best allocation; None where no allocation meets it."""
    every = list(feasible(scenario))
    granted = [found for found in every if (programme, partner) in found[1].pairs]
    if not granted:
        return None
    value, cost = _best(every)
    value_then, cost_then = _best(granted)
    lost = max(0.0, value - value_then)
    return Wish(
        lost, cost_then - cost, _because(scenario, programme, partner) if lost > TELLS else ""
    )


def _best(found: list[Found]) -> tuple[float, float]:
    value = max(sums.value for _, sums in found)
    return value, min(sums.own_cost for _, sums in found if sums.value > value - TELLS)


def _because(scenario: Data, programme: str, partner: str) -> str:
    """Return the first family of limits without which the pair is in an optimum."""
    for family in ("capacity", *FAMILIES):
        lifted = _lifted(scenario, family)
        every = list(feasible(lifted))
        value = max(sums.value for _, sums in every)
        if any(
            sums.value > value - TELLS and (programme, partner) in sums.pairs for _, sums in every
        ):
            return family
    return "a combination of limits"


def _lifted(scenario: Data, family: str) -> Data:
    if family == "capacity":
        return {
            **scenario,
            "partners": {
                k: {key: value for key, value in one.items() if key != "capacity"}
                for k, one in scenario["partners"].items()
            },
        }
    if family == "rules":  # `forbid` says who is eligible, and stays
        return {
            **scenario,
            "rules": {
                name: rule for name, rule in scenario.get("rules", {}).items() if "forbid" in rule
            },
        }
    if family == "counts":
        scenario = _any_number_of_partners(scenario)
    for loc in FAMILIES[family]:
        scenario = without(scenario, loc) if at(scenario, loc) is not None else scenario
    return scenario


def _any_number_of_partners(scenario: Data) -> Data:
    """Lift every programme's least and greatest number of partners.

    Who is eligible stays as it is.
    """
    kept = with_eligibility_kept(scenario)
    return {
        **kept,
        "programmes": {
            p: {key: value for key, value in one.items() if key != "partners"}
            for p, one in kept["programmes"].items()
        },
    }
