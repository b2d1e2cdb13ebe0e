"""What is wrong with a conflict and its mends, by trying all allocations of the scenario with some demands left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from tests.oracle.changes import Loc, at, changed, group_limits, with_eligibility_kept, without
from tests.oracle.feasible import is_possible
from tests.oracle.levels import at_each_level
from tests.oracle.limits import may_serve
from tests.oracle.scores import Data
from tests.oracle.totals import Case


def demands(scenario: Data) -> Iterator[Loc]:
    """Yield the place of every demand that could be dropped: rules, limits by phase, capacities, minima, commitments, what must run, the aim."""
    yield from (
        ("rules", name) for name, rule in scenario.get("rules", {}).items() if "forbid" not in rule
    )
    for path in (("limits", key) for key in scenario.get("limits", {})):
        yield from _limit(scenario, path)
    for k, partner in scenario["partners"].items():
        if "capacity" in partner:
            yield from _by_phase(scenario, ("partners", k, "capacity"))
        if "engagement" in partner:
            yield "partners", k, "engagement", "min-days"
    for p, programme in scenario["programmes"].items():
        yield from (("programmes", p, "partners", end) for end in programme.get("partners", {}))
        yield from [("programmes", p, "mandatory")] if programme.get("mandatory") else []
    yield from (
        ("committed", p, j) for p, needs in scenario.get("committed", {}).items() for j in needs
    )
    if scenario.get("aim", "most-value") != "most-value":
        yield ("aim", "least-cost", "value-at-least")


def limits(scenario: Data) -> list[Loc]:
    """Return the place of every limit: amounts, counts and shares, by phase, capacities, minima."""
    return [
        loc
        for loc in demands(scenario)
        if loc[0] in {"limits", "partners"} or loc[-1] in {"min", "max"}
    ]


def _limit(scenario: Data, path: tuple[str, str]) -> Iterator[Loc]:
    if path[1] == "funds":
        for payer in scenario["limits"]["funds"]:
            yield from _by_phase(scenario, (*path, payer))
    elif path[1] == "backfill":
        yield from [(*path, "max-days")] if "max-days" in scenario["limits"]["backfill"] else []
    elif path[1] == "partners":
        yield (*path, "max")
    elif path[1] == "groups":
        yield from group_limits(scenario)
    else:
        yield from _by_phase(scenario, path)


def _by_phase(scenario: Data, path: Loc) -> Iterator[Loc]:
    stated = at(scenario, path)
    yield from (
        ([*path, t] for t, cap in stated.items() if cap != "unlimited")
        if isinstance(stated, dict)
        else [path]
    )


def only(scenario: Data, kept: Sequence[Loc]) -> Data:
    """Return the scenario with these demands and no other.

    What a rule forbids is no demand: nobody forbidden is eligible. Whoever was committed keeps the
    leave to serve, so that fewer demands never allow less.
    """
    scenario = {**scenario, "leave": deepcopy(scenario.get("committed", {}))}
    for loc in demands(scenario):
        if tuple(loc) not in {tuple(one) for one in kept}:
            scenario = dropped(scenario, loc)
    return scenario


def dropped(scenario: Data, loc: Loc) -> Data:
    """Return the scenario without one demand."""
    if loc[0] == "aim":
        return {**scenario, "aim": "most-value"}
    return without(scenario, loc)


def faults(scenario: Data, conflict: Sequence[Loc]) -> Iterator[str]:
    """Yield what is wrong with a conflict: it is none, or something could be dropped."""
    if is_possible(only(scenario, conflict)):
        yield f"no conflict: {conflict}"
    for loc in conflict:
        if not is_possible(only(scenario, [other for other in conflict if other != loc])):
            yield f"{loc} could be dropped from {conflict}"


def is_uncovered(scenario: Data, programme: str, need: str) -> bool:
    """Tell whether a programme must run and nobody may deliver one of its needs.

    What is committed, only its partner may.
    """
    return all(
        need in flat["programmes"][programme]["needs"] and _is_uncovered(flat, programme, need)
        for flat in at_each_level(with_eligibility_kept(scenario))
    )


def _is_uncovered(scenario: Data, programme: str, need: str) -> bool:
    case = Case(scenario)
    must = case.programmes[programme].get("mandatory") or programme in scenario.get("committed", {})
    able = [
        k
        for k in case.partners
        if case.committed.get((programme, need), k) == k
        and not _is_forbidden(scenario, programme, k)
    ]
    return bool(must) and not any(may_serve(case, programme, need, k) for k in able)


def _is_forbidden(scenario: Data, programme: str, partner: str) -> bool:
    barred = [
        rule["forbid"].get(programme, [])
        for rule in scenario.get("rules", {}).values()
        if "forbid" in rule
    ]
    return any(
        partner == one or partner in one
        for one in barred
        if isinstance(one, list) or partner == one
    )


def mends(scenario: Data, loc: Loc, level: float | None) -> bool:
    """Tell whether another level of one limit, or its absence (None), makes an answer possible."""
    return is_possible(dropped(scenario, loc) if level is None else changed(scenario, loc, level))
