"""Every rule an allocation must keep, one small generator each.

What is yielded is a rule broken, in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from tests.oracle import scores
from tests.oracle.scores import Data
from tests.oracle.totals import US, Allocation, Case, Phase, Totals, internal_days

SLACK = 1e-6
"""None where amounts are fractions (see `exact`)."""
Words = Iterator[str]
Limit = float | str | dict[Phase, float | str] | None


def broken(case: Case, allocation: Allocation, sums: Totals) -> Words:
    """Yield every rule that the allocation breaks."""
    yield from _work(case, allocation, sums)
    for p in sums.run:
        yield from programme_rules_broken(
            case, p, {j: k for (q, j), k in allocation.items() if q == p}
        )
    for rule in (
        _programmes_run,
        _capacity,
        _funds,
        _internal_days,
        _backfill,
        _methods,
        _counts,
        _share,
        _anywhere,
        _before,
    ):
        yield from rule(case, sums)


def may_serve(case: Case, programme: str, need: str, partner: str) -> bool:
    """Tell whether a partner may deliver a need: offered, eligible, able to work in the method, no phase of it past; or committed."""
    if need not in case.partners[partner]["offers"]:
        return False
    if partner in {case.committed.get((programme, need)), case.leave.get((programme, need))}:
        return _knows_the_method(case, programme, partner)
    fresh = not case.past & case.days[programme, need, partner].keys()
    return (
        fresh
        and scores.is_eligible(case.scenario, programme, partner)
        and _knows_the_method(case, programme, partner)
    )


def programme_rules_broken(case: Case, programme: str, chosen: Mapping[str, str]) -> Words:
    """Yield what one running programme breaks on its own; `chosen` is need → partner."""
    partners = set(chosen.values())
    between = case.programmes[programme].get("partners", {})
    if not between.get("min", 1) <= len(partners) <= between.get("max", len(partners)):
        yield f"{programme}: {len(partners)} partners"
    yield from (
        f"{programme}.{j}: committed to {k}"
        for (p, j), k in case.committed.items()
        if p == programme and chosen.get(j) != k
    )
    for name, rule in case.scenario.get("rules", {}).items():
        if _rule_broken(rule, programme, partners):
            yield f"{name}: broken in {programme}"


def _rule_broken(rule: Data, programme: str, partners: set[str]) -> bool:
    if "require" in rule:
        return not _listed(rule["require"], programme) <= partners
    if "forbid" in rule:
        return bool(_listed(rule["forbid"], programme) & partners)
    if rule.get("anywhere"):
        return False
    return _broken_among(rule, partners)


def _broken_among(rule: Data, partners: set[str] | frozenset[str]) -> bool:
    if "together" in rule:
        return 0 < len(partners & set(rule["together"])) < len(set(rule["together"]))
    return "apart" in rule and len(partners & set(rule["apart"])) > 1


def _listed(stated: Data, programme: str) -> set[str]:
    partners = stated.get(programme, [])
    return {partners} if isinstance(partners, str) else set(partners)


def _knows_the_method(case: Case, programme: str, partner: str) -> bool:
    known, asked = case.partners[partner].get("methods"), case.programmes[programme].get("method")
    return not known or asked is None or asked in known


def _work(case: Case, allocation: Allocation, sums: Totals) -> Words:
    for p in sums.run:
        yield from (
            f"{p}.{j}: nobody delivers it"
            for j in case.programmes[p]["needs"]
            if (p, j) not in allocation
        )
    yield from (
        f"{p}.{j}: {k} may not deliver it"
        for (p, j), k in allocation.items()
        if not may_serve(case, p, j, k)
    )


def _programmes_run(case: Case, sums: Totals) -> Words:
    must = {p for p, programme in case.programmes.items() if programme.get("mandatory")} | {
        p for p, _ in case.committed
    }
    yield from (f"{p}: must run" for p in must - sums.run)


def _over(limit: Limit, used: Callable[[Phase], float], phases: list[Phase], what: str) -> Words:
    """Compare a use by phase with a limit: none (or `unlimited`), a total over the horizon, or a cap for each phase."""
    if limit is None or isinstance(limit, str):
        return
    if not isinstance(limit, dict):
        yield from _above(limit, sum(used(t) for t in phases), what)
        return
    for t in phases:
        yield from _above(limit[t], used(t), f"{what} in {t}")


def _above(cap: float | str, amount: float, what: str) -> Words:
    if not isinstance(cap, str) and amount - cap > _slack(cap):
        yield f"{what}: {amount} of {cap}"


def _slack(cap: object) -> float:
    return 0 if isinstance(cap, Fraction) else SLACK


def _capacity(case: Case, sums: Totals) -> Words:
    for k in sums.engaged:
        yield from _over(
            case.partners[k].get("capacity"),
            lambda t, k=k: sums.days[k, t],  # type: ignore[misc]
            case.phases,
            f"capacity of {k}",
        )


def _funds(case: Case, sums: Totals) -> Words:
    ceilings = {US: case.limits.get("budget")} | case.limits.get("funds", {})
    for payer, ceiling in ceilings.items():
        yield from _over(
            ceiling,
            lambda t, payer=payer: sums.money[payer, t],  # type: ignore[misc]
            case.phases,
            f"money of {payer}",
        )


def _internal_days(case: Case, sums: Totals) -> Words:
    used = internal_days(case, sums.run)
    yield from _over(
        case.limits.get("internal-days"),
        lambda t: used[t] - sums.backfill[t],
        case.phases,
        "internal days",
    )


def _backfill(case: Case, sums: Totals) -> Words:
    ceiling = case.limits.get("backfill", {}).get("max-days")
    yield from _over(ceiling, lambda t: sums.backfill[t], case.phases, "backfill days")


def _methods(case: Case, sums: Totals) -> Words:
    """Try every set of methodologies within the limit: one must suit all programmes run and pairs at work."""
    limit = case.limits.get("methods")
    if limit is None:
        return
    asked = {p: case.programmes[p].get("method") for p in sums.run}
    known = {k: set(case.partners[k].get("methods", [])) for k in sums.engaged}
    every = {method for method in asked.values() if method} | set().union(*known.values())
    if not any(
        _suits(set(used), asked, known, sums)
        for size in range(limit + 1)
        for used in combinations(sorted(every), size)
    ):
        yield f"more than {limit} methodologies"


def _suits(
    used: set[str], asked: Mapping[str, str | None], known: Mapping[str, set[str]], sums: Totals
) -> bool:
    if not {method for method in asked.values() if method} <= used:
        return False
    workable = {
        (p, k): known[k] & ({asked[p]} if asked[p] else known[k]) for p, k in sums.pairs if known[k]
    }
    return all(methods & used for methods in workable.values())


def _counts(case: Case, sums: Totals) -> Words:
    most = case.limits.get("partners", {}).get("max")
    if most is not None and len(sums.engaged) > most:
        yield f"{len(sums.engaged)} partners in the portfolio"
    each = case.limits.get("programmes-per-partner")
    for k in sums.engaged:
        if each is not None and sum(partner == k for _, partner in sums.pairs) > each:
            yield f"{k}: too many programmes"


def _share(case: Case, sums: Totals) -> Words:
    if "share-per-partner" not in case.limits:
        return
    ceiling = scores.fraction(case.limits["share-per-partner"]) * sum(sums.days.values())
    for k in sums.engaged:
        yield from _over(ceiling, lambda t, k=k: sums.days[k, t], case.phases, f"share of {k}")  # type: ignore[misc]


def _anywhere(case: Case, sums: Totals) -> Words:
    for name, rule in case.scenario.get("rules", {}).items():
        if rule.get("anywhere") and _broken_among(rule, sums.engaged):
            yield f"{name}: broken in the portfolio"


def _before(case: Case, sums: Totals) -> Words:
    for name, rule in case.scenario.get("rules", {}).items():
        for first, second in zip(rule.get("before", []), rule.get("before", [])[1:], strict=False):
            if second in sums.run and first not in sums.run:
                yield f"{name}: {second} without {first}"
