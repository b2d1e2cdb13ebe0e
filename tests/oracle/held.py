"""What is wrong with plans as the package judges them, and with those it calls almost as good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import isclose

from tests.oracle.almost_as_good import (
    Agreement,
    AlmostAsGood,
    agreement,
    differing,
    key,
    least_distance,
    most_unlike,
)
from tests.oracle.limits import Breach
from tests.oracle.plans import (
    Judged,
    Nearest,
    Place,
    Table,
    breaches_of,
    changes,
    further,
    over,
    shares,
)
from tests.oracle.scores import Data
from tests.oracle.search import Answer, Found, aim_of
from tests.oracle.totals import Allocation, Case, totals

POINTS, CENT = 2e-5, 0.01
MOST_COMPARED = 30
"""Plans of which all few are tried."""
Words = Iterator[str]


def allocation_of(rows: Iterable[Data]) -> dict[tuple[str, str], str]:
    """Return who meets each need by rows of programme, component and partner."""
    return {
        (row["programme"], row["component"]): row["partner"]
        for row in rows
        if row["partner"] is not None
    }


def place_of(row: Data) -> Place:
    """Return the path and the phase of what gives way, from the path itself or from the keys that lead to it."""
    if "path" in row:
        return row["path"], row["phase"]
    keys = [key for number, key in enumerate(row["loc"]) if not number or key != "criteria"]
    return ".".join(keys[:-1] if row["phase"] and keys[-1] == row["phase"] else keys), row["phase"]


def faults(table: Table, plan: Data, told: Data) -> Words:
    """Yield how a plan as judged differs from what trying all allocations says of it."""
    expected = table.judged(plan)
    if told["possible"] != expected.possible:
        yield f"possible is {told['possible']}"
    if expected.completed is None:
        yield from _without_worth(expected, told)
    else:
        yield from _as_written(table, expected, expected.completed, told)
        yield from _answer("same money", table, expected.same_money, told["same_money"])
        yield from _answer("same worth", table, expected.same_worth, told["same_worth"])
    yield from _nearest(expected.nearest, told["nearest"])


def _without_worth(expected: Judged, told: Data) -> Words:
    if told["value"] is not None or told["same_money"] or told["same_worth"]:
        yield "has a worth, but some open need cannot be met"
    missing = expected.broken.keys() - {place_of(one) for one in told["broken"]}
    yield from (f"does not say that {path} gives way" for path, _ in missing)


def _as_written(table: Table, expected: Judged, answer: Answer, told: Data) -> Words:
    """Hold the completed plan, as it stands, against the rules, and its worth against the best completion."""
    chosen = allocation_of(told["choose"])
    if changes(expected.written, chosen):
        yield f"what is written is not held: {changes(expected.written, chosen)}"
    held = {(row["programme"], row["component"]) for row in told["choose"] if row["written"]}
    if held != {need for need, partner in expected.written.items() if partner is not None}:
        yield f"called written: {held}"
    sums = totals(table.case, chosen)
    yield from _figures("as written", sums.value, sums.own_cost, told)
    yield from _apart("cost", sums.cost, told["cost"], CENT)
    yield from _apart("programmes running", len(sums.run), told["running"], 0)
    yield from _apart("best completion", answer.totals.value, told["value"], POINTS)
    if answer.clear and chosen != answer.allocation:
        yield f"{chosen}, but {dict(answer.allocation)} is preferred"
    if not expected.possible and (more := further(table.case, expected.written, chosen)) != (
        fewest := further(table.case, expected.written, answer.allocation)
    ):
        yield f"{more} limits give way beyond what is written, and {fewest} would do"
    yield from _broken(breaches_of(table.case, chosen, sums), told["broken"])
    if table.best is not None:
        yield from _difference(table, chosen, told["difference"])


def _broken(expected: Mapping[Place, Breach], rows: Sequence[Data]) -> Words:
    found = {place_of(row): row for row in rows}
    if len(found) < len(rows):
        yield "names a limit twice"
    yield from (f"{place} is not named" for place in expected.keys() - found.keys())
    yield from (f"{place} holds" for place in found.keys() - expected.keys())
    for place in expected.keys() & found.keys():
        if not place[0].endswith(".at-least"):
            yield from _figures_of(expected[place], found[place])


def _figures_of(breach: Breach, row: Data) -> Words:
    """Compare the figures of a limit; a rule has none, and those of a hurdle are its own affair."""
    figures = {"allowed": breach.allowed, "used": breach.used, "over": over(breach)}
    for name, figure in figures.items():
        told = row[name]
        if figure is None or told is None:
            yield from [] if figure is told else [f"{breach.path}: {name} is {told}, not {figure}"]
        elif not isclose(figure, told, rel_tol=1e-6, abs_tol=POINTS):
            yield f"{breach.path}: {name} is {told}, not {figure}"


def _difference(table: Table, chosen: Allocation, rows: Sequence[Data]) -> Words:
    """Hold the differences by programme against the recommendation, where only one is possible."""
    assert table.best is not None
    if not table.best.clear:
        return
    mine, best = shares(table.case, chosen), shares(table.case, table.best.allocation)
    found = {row["programme"]: row for row in rows}
    for p in table.case.programmes:
        value = mine[p].value - best[p].value
        cost = mine[p].own_cost - best[p].own_cost
        row = found.get(p)
        if row is None:
            if mine[p].partners != best[p].partners or abs(value) > POINTS or abs(cost) > CENT:
                yield f"{p} differs and is not named"
            continue
        yield from _apart(f"points of {p}", value, row["value"], POINTS)
        yield from _apart(f"our money for {p}", cost, row["own_cost"], CENT)
        if {*row["partners"]} != mine[p].partners or {*row["best_partners"]} != best[p].partners:
            yield f"{p}: {row['partners']} and {row['best_partners']}"


def _nearest(expected: Nearest | None, told: Data | None) -> Words:
    if expected is None or told is None:
        yield from [f"nearest is {told}, not {expected}"] if expected or told else []
        return
    yield from _apart("changes", len(expected.changed), len(told["changed"]), 0)
    yield from _apart("nearest value", expected.answer.totals.value, told["value"], POINTS)
    if expected.answer.clear:
        yield from _apart("nearest cost", expected.answer.totals.own_cost, told["own_cost"], CENT)
        changed = {
            (row["programme"], row["component"]): (row["from_"], row["to"])
            for row in told["changed"]
        }
        if changed != expected.changed:
            yield f"changed {changed}, not {expected.changed}"


def _answer(what: str, table: Table, expected: Answer | None, told: Data | None) -> Words:
    if expected is None or told is None:
        certain = expected is None or expected.clear
        wrong = certain and (expected or told)
        yield from [f"{what}: {told}, not {expected}"] if wrong else []
        return
    chosen = allocation_of(told["choose"])
    sums = totals(table.case, chosen)
    yield from _figures(what, sums.value, sums.own_cost, told)
    yield from (
        f"{what} breaks {path}"
        for path, _ in breaches_of(table.case, chosen, sums)
        if not path.startswith("aim.")
    )
    if expected.clear:
        yield from _figures(what, expected.totals.value, expected.totals.own_cost, told)
        if chosen != expected.allocation:
            yield f"{what}: {chosen}, but {dict(expected.allocation)} is preferred"


def _figures(what: str, value: float, own_cost: float, told: Data) -> Words:
    yield from _apart(f"{what}: value", value, told["value"], POINTS)
    yield from _apart(f"{what}: our cost", own_cost, told["own_cost"], CENT)


def _apart(what: str, expected: float, told: float | None, slack: float) -> Words:
    if told is None or abs(expected - told) > slack:
        yield f"{what} is {told}, not {expected}"


def faults_among(case: Case, expected: AlmostAsGood, told: Data) -> Words:
    """Yield how the plans said to be almost as good differ from those that are."""
    plans = [allocation_of(row["choose"]) for row in told["plans"]]
    every = {key(plan) for plan in plans}
    yield from [] if told["complete"] else ["not complete"]
    yield from [] if told["count"] == len(plans) == len(every) else [f"{told['count']} plans"]
    missing, excess = expected.certain.keys() - every, every - expected.certain.keys()
    yield from (f"missing: {dict(one)}" for one in missing)
    yield from (f"not within the margin: {dict(one)}" for one in excess - expected.uncertain.keys())
    if missing or excess - expected.uncertain.keys() or not plans:
        return
    found = [expected.certain.get(key(plan)) or expected.uncertain[key(plan)] for plan in plans]
    yield from _rows(expected, found, told["plans"])
    yield from _order(case, expected, found)
    yield from _agreed(agreement(case, plans), told["programmes"])
    yield from _few(found, told["few"])


def _rows(expected: AlmostAsGood, found: Sequence[Found], rows: Sequence[Data]) -> Words:
    for (allocation, sums), row in zip(found, rows, strict=True):
        yield from _figures("plan", sums.value, sums.own_cost, row)
        yield from _apart("partners", len(sums.engaged), row["partners"], 0)
        if expected.best.clear:
            differs = differing(allocation, expected.best.allocation)
            yield from _apart("differing needs", differs, row["differs"], 0)


def _order(case: Case, expected: AlmostAsGood, found: Sequence[Found]) -> Words:
    if expected.best.clear and key(found[0][0]) != key(expected.best.allocation):
        yield f"the first is {dict(found[0][0])}, and the best {dict(expected.best.allocation)}"
    aim = aim_of(case)[0]
    amounts = [aim(sums) for _, sums in found]
    if any(later < earlier - POINTS for earlier, later in pairwise(amounts)):
        yield f"out of order: {amounts}"


def _agreed(expected: Mapping[str, Agreement], rows: Sequence[Data]) -> Words:
    told = {
        row["programme"]: Agreement(
            row["runs"],
            frozenset(row["always"]),
            {one["partner"]: one["plans"] for one in row["sometimes"]},
        )
        for row in rows
    }
    if told != expected:
        yield f"agree on {told}, not {expected}"


def _few(found: Sequence[Found], rows: Sequence[Data]) -> Words:
    numbers = [row["number"] for row in rows]
    if len({*numbers}) < len(numbers):
        yield "a plan twice among the few"
    if len(found) > MOST_COMPARED:
        return
    expected = most_unlike(found)
    yield from _apart("number of the few", len(expected), len(numbers), 0)
    if min(len(expected), len(numbers)) > 2:
        least = least_distance(found, expected)
        yield from _apart("distance of the few", least, least_distance(found, numbers), 0)
        value, most = (sum(found[n][1].value for n in some) for some in (numbers, expected))
        yield from _apart("value of the few", most, value, 1e-4)
