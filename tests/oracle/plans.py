"""Plans judged by trying all allocations: as written, what it breaks, the nearest, for the same money and worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from tests.oracle.feasible import feasible
from tests.oracle.limits import Breach, broken, is_forbidden, may_serve
from tests.oracle.scores import Data, offered
from tests.oracle.search import (
    EQUAL,
    LEAST_COST,
    MOST_VALUE,
    PRINTED,
    TELLABLE,
    Answer,
    Found,
    aim_of,
    first,
    value_to_reach,
)
from tests.oracle.totals import (
    Allocation,
    Case,
    Phase,
    Totals,
    programme_costs,
    programme_value,
    totals,
)

CENT = 0.01
VALUE_TO_REACH = "aim.least-cost.value-at-least"
Need = tuple[str, str]
Written = dict[Need, str | None]
"""What a plan says: the partner of a need, None where it is not to be met. What is open has no entry."""
Place = tuple[str, Phase]


@dataclass(frozen=True)
class Nearest:
    """The plan that is possible with the fewest changes, and each change: from whom, to whom."""

    answer: Answer
    changed: dict[Need, tuple[str | None, str | None]]


@dataclass(frozen=True)
class Judged:
    """What brute force says of one plan."""

    written: Written
    completed: Answer | None
    """As written; None where some open need cannot be met at all."""
    broken: dict[Place, Breach]
    nearest: Nearest | None
    same_money: Answer | None
    same_worth: Answer | None

    @property
    def possible(self) -> bool:
        """Whether nothing has to give way."""
        return self.completed is not None and not self.broken


@dataclass(frozen=True)
class Share:
    """A programme's part in an answer: points of the portfolio, our money, who works on it."""

    value: float
    own_cost: float
    partners: frozenset[str]


def plans_of(scenario: Data) -> dict[str, Data]:
    """Return the plans of a scenario, as things stand among them where any programme says how."""
    now = {
        p: "deferred" if programme["today"] == "nobody" else programme["today"]
        for p, programme in scenario["programmes"].items()
        if "today" in programme
    }
    today = {"today": {"title": "As today", "choose": now, "rest": "deferred"}} if now else {}
    return {**today, **scenario.get("plans", {})}


def written(scenario: Data, plan: Data) -> Written:
    """Return what a plan says of each need."""
    said: Written = {}
    for p, programme in scenario["programmes"].items():
        chosen = plan.get("choose", {}).get(p)
        if chosen == "deferred" or (chosen is None and plan.get("rest") == "deferred"):
            said |= {(p, j): None for j in programme["needs"]}
        elif isinstance(chosen, str):
            said |= {(p, j): chosen for j in offered(scenario, p, chosen)}
        else:
            said |= {(p, j): k for j, k in (chosen or {}).items()}
    return said


class Table:
    """All that is possible in a scenario, to hold its plans against."""

    def __init__(self, scenario: Data) -> None:
        """Take a plain scenario; nothing is copied or changed."""
        self.scenario = scenario
        self.case = Case(scenario)

    @cached_property
    def _possible(self) -> list[Found]:
        """Every allocation within all limits, whatever its value."""
        return list(feasible(self.scenario, aim=False))

    @cached_property
    def _aimed(self) -> list[Found]:
        least = value_to_reach(self.case)
        return [one for one in self._possible if least is None or one[1].value >= least - PRINTED]

    @cached_property
    def best(self) -> Answer | None:
        """The recommendation."""
        return first(self.case, self._aimed, aim_of(self.case))

    def judged(self, plan: Data) -> Judged:
        """Judge one plan."""
        said = written(self.scenario, plan)
        nearest = self.nearest(said)
        completed, breaches = (
            (nearest.answer, {})
            if nearest is not None and not nearest.changed
            else completion(self.case, said)
        )
        if completed is None:
            return Judged(said, None, breaches, nearest, None, None)
        money, worth = completed.totals.own_cost, completed.totals.value
        return Judged(
            said,
            completed,
            breaches,
            nearest,
            self._clear(
                lambda slack: lambda s: s.own_cost <= money + slack, (EQUAL, CENT), MOST_VALUE
            ),
            self._clear(
                lambda slack: lambda s: s.value >= worth - slack, (PRINTED, TELLABLE), LEAST_COST
            ),
        )

    def nearest(self, said: Written) -> Nearest | None:
        """Return the plan that is possible with the fewest changes, by the aim among those."""
        if not self._aimed:
            return None
        fewest = min(len(changes(said, allocation)) for allocation, _ in self._aimed)
        near = [one for one in self._aimed if len(changes(said, one[0])) == fewest]
        answer = first(self.case, near, aim_of(self.case))
        assert answer is not None
        return Nearest(answer, changes(said, answer.allocation))

    def _clear(
        self,
        within: Callable[[float], Callable[[Totals], bool]],
        slacks: tuple[float, float],
        measures: tuple[Callable[[Totals], float], ...],
    ) -> Answer | None:
        """Return the best of those within a bound; not clear if a little more slack gives another."""
        strict, loose = (
            first(self.case, [one for one in self._possible if within(slack)(one[1])], measures)
            for slack in slacks
        )
        if strict is None:
            return strict if loose is None else Answer(loose.allocation, loose.totals, clear=False)
        same = loose is not None and loose.allocation == strict.allocation
        return Answer(strict.allocation, strict.totals, clear=strict.clear and same)


def changes(said: Written, allocation: Allocation) -> dict[Need, tuple[str | None, str | None]]:
    """Return the needs of the written part that somebody else meets, or nobody."""
    return {
        need: (partner, allocation.get(need))
        for need, partner in said.items()
        if allocation.get(need) != partner
    }


def completion(case: Case, said: Written) -> tuple[Answer | None, dict[Place, Breach]]:
    """Complete a plan as well as can be, and say what it breaks.

    What the written part breaks alone is lifted to what it uses. Where that is not enough, as few
    further limits and rules as can be give way.
    """
    every = [(allocation, totals(case, allocation)) for allocation in completions(case, said)]
    if not every:
        return None, _lifted(case, said) | _unmet(case, said)
    lifted = _lifted(case, said)
    giving_way = [_further(lifted, breaches_of(case, *one)) for one in every]
    least = min(giving_way)
    fewest = [one for one, more in zip(every, giving_way, strict=True) if more == least]
    answer = first(case, fewest, aim_of(case))
    assert answer is not None
    return answer, breaches_of(case, answer.allocation, answer.totals)


def further(case: Case, said: Written, allocation: Allocation) -> int:
    """Count the limits and rules that give way beyond what the written part breaks alone."""
    return _further(_lifted(case, said), breaches_of(case, allocation, totals(case, allocation)))


def _further(lifted: dict[Place, Breach], breaches: dict[Place, Breach]) -> int:
    return sum(not _is_within(breach, lifted.get(place)) for place, breach in breaches.items())


def breaches_of(case: Case, allocation: Allocation, sums: Totals) -> dict[Place, Breach]:
    """Return everything an allocation breaks, once for each place and phase: the worst of each."""
    worst: dict[Place, Breach] = {}
    for breach in [*broken(case, allocation, sums), *_too_little_value(case, sums)]:
        place = breach.path, breach.phase
        if place not in worst or (over(breach) or 0) > (over(worst[place]) or 0):
            worst[place] = breach
    return worst


def over(breach: Breach) -> float | None:
    """Return by how much a limit is broken, None where it has no figures."""
    if breach.allowed is None or breach.used is None:
        return None
    return abs(breach.used - breach.allowed)


def _too_little_value(case: Case, sums: Totals) -> Iterator[Breach]:
    least = value_to_reach(case)
    if least is not None and sums.value < least - PRINTED:
        yield Breach(VALUE_TO_REACH, "value", allowed=least, used=sums.value)


def _lifted(case: Case, said: Written) -> dict[Place, Breach]:
    """Return what the written part breaks alone.

    Money that a programme takes if none of today's partners works on it is left out while anything
    of it is open.
    """
    alone = {need: partner for need, partner in said.items() if partner is not None}
    open_still = {p for p, j in completed_needs(case, said) if (p, j) not in said}
    scenario = {
        **case.scenario,
        "programmes": {
            p: {**programme, "change": {}} if p in open_still else programme
            for p, programme in case.programmes.items()
        },
    }
    apart = Case(scenario)
    breaches = breaches_of(apart, alone, totals(apart, alone))
    return {
        place: breach
        for place, breach in breaches.items()
        if _is_of_the_part(case, said, breach.path)
    }


def _is_of_the_part(case: Case, said: Written, path: str) -> bool:
    """Tell whether what a part of a plan breaks, no other part can put right."""
    deferred = {p for (p, _), partner in said.items() if partner is None}
    match path.split("."):
        case ["rules", name]:
            alone = _is_broken_for_good(case.scenario["rules"][name], deferred)
        case ["limits", "groups", _, what, end]:
            alone = end == "max" and what in {"partners", "programmes"}
        case ["limits", key, *_]:
            alone = key not in {"changes", "share-per-partner"}
        case ["programmes", p, *rest]:
            alone = rest in (["partners", "max"], ["method"]) or (
                rest == ["mandatory"] and p in deferred
            )
        case ["partners", _, "engagement", _]:
            alone = False
        case ["committed", p, j]:
            alone = (p, j) in said
        case [kind, *_]:
            alone = kind in {"partners", "gates", "criteria", "as-at"}
        case _:
            alone = False
    return alone


def _is_broken_for_good(rule: Data, deferred: set[str]) -> bool:
    """Tell whether more partners or programmes, but those deferred, leave a broken rule broken."""
    some = rule.get("at-least-run", {"of": [], "run": 0})
    return (
        not {"apart", "forbid", "only-one"}.isdisjoint(rule)
        or len({*some["of"]} - deferred) < some["run"]
    )


def _is_within(breach: Breach, lifted: Breach | None) -> bool:
    """Tell whether a limit is kept once it is lifted."""
    if lifted is None:
        return False
    return lifted.used is None or (breach.used or 0) <= lifted.used + PRINTED


def completed_needs(case: Case, said: Written) -> list[Need]:
    """Return the needs of the programmes that a plan names and does not defer."""
    named = {p for (p, _), partner in said.items() if partner is not None}
    return [(p, j) for p in named for j in case.programmes[p]["needs"]]


def completions(case: Case, said: Written) -> Iterator[Allocation]:
    """Yield every allocation that holds the written part, with whoever may serve for the rest.

    Limits and rules are left out of account, but nobody is taken whom a rule forbids.
    """
    for chosen in product(*[list(_ways(case, p, said)) for p in case.programmes]):
        yield {need: partner for way in chosen for need, partner in way.items()}


def _ways(case: Case, programme: str, said: Written) -> Iterator[Allocation]:
    """Yield every way to run one programme as a plan says, and not to run it where it may say so."""
    needs = [(programme, j) for j in case.programmes[programme]["needs"]]
    if all(said.get(need, "open") is None for need in needs):
        yield {}
        return
    if not any(need in said for need in needs):
        yield {}
    able = [
        [
            k
            for k in case.partners
            if may_serve(case, *need, k) and not is_forbidden(case, programme, k)
        ]
        if (partner := said.get(need)) is None
        else [partner]
        for need in needs
    ]
    yield from (dict(zip(needs, partners, strict=True)) for partners in product(*able))


def _unmet(case: Case, said: Written) -> dict[Place, Breach]:
    """Return the needs of the named programmes that are open and that nobody may meet."""
    return {
        (f"programmes.{p}.needs.{j}", None): Breach(f"programmes.{p}.needs.{j}", "nobody may")
        for p, j in completed_needs(case, said)
        if (p, j) not in said
        and not any(
            may_serve(case, p, j, k) and not is_forbidden(case, p, k) for k in case.partners
        )
    }


def shares(case: Case, allocation: Allocation) -> dict[str, Share]:
    """Return each programme's part in an allocation; their points add up to the portfolio value."""
    return {p: _share_of(case, p, allocation) for p in case.programmes}


def _share_of(case: Case, programme: str, allocation: Allocation) -> Share:
    mine = {j: k for (p, j), k in allocation.items() if p == programme}
    value = programme_value(case, programme, mine)
    _, own = programme_costs(case, programme, mine)
    return Share(case.importance[programme] * value, own, frozenset(mine.values()))
