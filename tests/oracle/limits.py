"""Every rule an allocation must keep, one small generator each.

What is yielded is a rule broken, with its place and by how much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from tests.oracle import scores
from tests.oracle.scores import Data
from tests.oracle.totals import IN_ALL, US, Allocation, Case, Phase, Totals, internal_days

SLACK = 1e-6
"""None where amounts are fractions (see `exact`)."""


@dataclass(frozen=True)
class Breach:
    """A limit, rule, gate, hurdle or exclusion that an allocation does not keep."""

    path: str
    """Where it is written."""
    words: str
    phase: Phase = None
    allowed: float | None = None
    used: float | None = None
    """No figures where none are limited."""

    def __str__(self) -> str:
        """Say it to whoever reads a failed test."""
        figures = "" if self.allowed is None else f": {self.used} of {self.allowed}"
        return f"{self.words}{f' in {self.phase}' if self.phase else ''}{figures}"


Breaches = Iterator[Breach]
Limit = float | str | dict[Phase, float | str] | None


def broken(case: Case, allocation: Allocation, sums: Totals) -> Breaches:
    """Yield every rule that the allocation breaks."""
    yield from _work(case, allocation, sums)
    for p in sums.run:
        yield from programme_rules_broken(
            case, p, {j: k for (q, j), k in allocation.items() if q == p}
        )
    for rule in (
        _programmes_run,
        _capacity,
        _engagement,
        _funds,
        _internal_days,
        _backfill,
        _methods,
        _counts,
        _share,
        _groups,
        _changes,
        _anywhere,
        _before,
        _running_together,
    ):
        yield from rule(case, sums)


def may_serve(case: Case, programme: str, need: str, partner: str) -> bool:
    """Tell whether a partner may deliver a need: offered, eligible, able to work in the method, no phase of it past; or committed."""
    return need in case.partners[partner]["offers"] and not any(
        obstacles(case, programme, need, partner)
    )


def obstacles(case: Case, programme: str, need: str, partner: str) -> Breaches:
    """Yield what stands against a partner who offers a need: gate, exclusions, hurdles, method, the past.

    A commitment stands above all but the method.
    """
    who = f"{programme}.{need}: {partner}"
    if partner not in {case.committed.get((programme, need)), case.leave.get((programme, need))}:
        if case.past & case.days[programme, need, partner].keys():
            yield Breach("as-at", f"{who} in a phase that is past")
        for path in scores.obstacles(case.scenario, programme, partner):
            yield Breach(path, f"{who} against {path}")
    known, asked = case.partners[partner].get("methods"), case.programmes[programme].get("method")
    if known and asked is not None and asked not in known:
        yield Breach(f"programmes.{programme}.method", f"{who} works otherwise")


def programme_rules_broken(case: Case, programme: str, chosen: Mapping[str, str]) -> Breaches:
    """Yield what one running programme breaks on its own; `chosen` is need → partner."""
    partners = set(chosen.values())
    between = case.programmes[programme].get("partners", {})
    yield from _between(
        between, len(partners), f"programmes.{programme}.partners", f"partners in {programme}"
    )
    yield from (
        Breach(f"committed.{p}.{j}", f"{p}.{j}: committed to {k}")
        for (p, j), k in case.committed.items()
        if p == programme and chosen.get(j) != k
    )
    for name, rule in case.scenario.get("rules", {}).items():
        if _rule_broken(rule, programme, partners):
            yield Breach(f"rules.{name}", f"{name}: broken in {programme}")


def _between(between: Data, count: int, path: str, words: str) -> Breaches:
    if count < between.get("min", 0):
        yield Breach(f"{path}.min", words, allowed=between["min"], used=count)
    if count > between.get("max", count):
        yield Breach(f"{path}.max", words, allowed=between["max"], used=count)


def is_forbidden(case: Case, programme: str, partner: str) -> bool:
    """Tell whether a rule forbids a partner to work on a programme."""
    return any(
        "forbid" in rule and partner in _listed(rule["forbid"], programme)
        for rule in case.scenario.get("rules", {}).values()
    )


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


def _work(case: Case, allocation: Allocation, sums: Totals) -> Breaches:
    for p in sums.run:
        yield from (
            Breach(f"programmes.{p}.needs.{j}", f"{p}.{j}: nobody delivers it")
            for j in case.programmes[p]["needs"]
            if (p, j) not in allocation
        )
    for (p, j), k in allocation.items():
        if j not in case.partners[k]["offers"]:
            yield Breach(f"partners.{k}.offers", f"{p}.{j}: {k} does not offer it")
        else:
            yield from obstacles(case, p, j, k)


def _programmes_run(case: Case, sums: Totals) -> Breaches:
    for p, programme in case.programmes.items():
        if programme.get("mandatory") and p not in sums.run:
            yield Breach(f"programmes.{p}.mandatory", f"{p}: must run")
    for (p, j), k in case.committed.items():
        if p not in sums.run:
            yield Breach(f"committed.{p}.{j}", f"{p}.{j}: committed to {k}, and must run")
    for p in case.scenario.get("fixed", []):
        if p not in sums.run:
            yield Breach(f"committed.{p}.level", f"{p}: committed to a level, and must run")


def _over(
    limit: Limit, used: Callable[[Phase], float], phases: list[Phase], path: str, words: str
) -> Breaches:
    """Compare a use by phase with a limit: none (or `unlimited`), a total over the horizon, or a cap for each phase.

    Beside caps by phase may stand a total, `in-all`.
    """
    if limit is None or isinstance(limit, str):
        return
    by_phase: dict[Phase, float | str] = limit if isinstance(limit, dict) else {None: limit}
    for phase, cap in by_phase.items():
        amount = used(phase) if phase in phases and by_phase is limit else sum(map(used, phases))
        if not isinstance(cap, str) and amount - cap > _slack(cap):
            whole = f"{path}.{IN_ALL}" if phase == IN_ALL else path
            yield Breach(whole, words, None if phase == IN_ALL else phase, cap, amount)


def _slack(cap: object) -> float:
    return 0 if isinstance(cap, Fraction) else SLACK


def _capacity(case: Case, sums: Totals) -> Breaches:
    for k in sums.engaged:
        yield from _over(
            case.partners[k].get("capacity"),
            lambda t, k=k: sums.days[k, t],  # type: ignore[misc]
            case.phases,
            f"partners.{k}.capacity",
            f"capacity of {k}",
        )


def _engagement(case: Case, sums: Totals) -> Breaches:
    for k in sums.engaged:
        least = case.partners[k].get("engagement", {}).get("min-days", 0)
        days = sum(sums.days[k, t] for t in case.phases)
        if least - days > _slack(least):
            path = f"partners.{k}.engagement.min-days"
            yield Breach(path, f"days of {k}", None, least, days)


def _funds(case: Case, sums: Totals) -> Breaches:
    ceilings = {(US, "limits.budget"): case.limits.get("budget")} | {
        (payer, f"limits.funds.{payer}"): fund
        for payer, fund in case.limits.get("funds", {}).items()
    }
    for (payer, path), ceiling in ceilings.items():
        yield from _over(
            ceiling,
            lambda t, payer=payer: sums.money[payer, t],  # type: ignore[misc]
            case.phases,
            path,
            f"money of {payer}",
        )


def _internal_days(case: Case, sums: Totals) -> Breaches:
    used = internal_days(case, sums.run, sums.changed)
    yield from _over(
        case.limits.get("internal-days"),
        lambda t: used[t] - sums.backfill[t],
        case.phases,
        "limits.internal-days",
        "internal days",
    )


def _backfill(case: Case, sums: Totals) -> Breaches:
    ceiling = case.limits.get("backfill", {}).get("max-days")
    yield from _over(
        ceiling,
        lambda t: sums.backfill[t],
        case.phases,
        "limits.backfill.max-days",
        "backfill days",
    )


def _methods(case: Case, sums: Totals) -> Breaches:
    limit = case.limits.get("methods")
    if limit is None:
        return
    used = fewest_methods(case, sums)
    if used > limit:
        yield Breach("limits.methods", "methodologies", allowed=limit, used=used)


def fewest_methods(case: Case, sums: Totals) -> int:
    """Try every set of methodologies: one must suit all programmes run and pairs at work."""
    asked = {p: case.programmes[p].get("method") for p in sums.run}
    known = {k: set(case.partners[k].get("methods", [])) for k in sums.engaged}
    every = {method for method in asked.values() if method} | set().union(*known.values())
    return next(
        size
        for size in range(len(every) + 1)
        for used in combinations(sorted(every), size)
        if _suits(set(used), asked, known, sums)
    )


def _suits(
    used: set[str], asked: Mapping[str, str | None], known: Mapping[str, set[str]], sums: Totals
) -> bool:
    """Tell whether methodologies are enough; whoever cannot work in a programme's own has no say in it."""
    if not {method for method in asked.values() if method} <= used:
        return False
    workable = {
        (p, k): known[k] & ({asked[p]} if asked[p] else known[k]) for p, k in sums.pairs if known[k]
    }
    return all(methods & used for methods in workable.values() if methods)


def _counts(case: Case, sums: Totals) -> Breaches:
    yield from _between(
        {key: most for key, most in case.limits.get("partners", {}).items() if key == "max"},
        len(sums.engaged),
        "limits.partners",
        "partners in the portfolio",
    )
    each = case.limits.get("programmes-per-partner")
    for k in sums.engaged:
        count = sum(partner == k for _, partner in sums.pairs)
        if each is not None and count > each:
            path = "limits.programmes-per-partner"
            yield Breach(path, f"{k}: too many programmes", None, each, count)


def _share(case: Case, sums: Totals) -> Breaches:
    if "share-per-partner" not in case.limits:
        return
    share = scores.fraction(case.limits["share-per-partner"])
    days = {k: sum(sums.days[k, t] for t in case.phases) for k in sums.engaged}
    whole = sum(days.values())
    for k, mine in days.items():
        if mine - share * whole > _slack(share):
            path = "limits.share-per-partner"
            yield Breach(path, f"share of {k}", None, share, mine / whole)


def _groups(case: Case, sums: Totals) -> Breaches:
    for name, group in case.limits.get("groups", {}).items():
        for what, used, whole in group_use(case, group["tag"], sums):
            path, words = f"limits.groups.{name}.{what}", f"{what} of group {name}"
            between = group.get(what, {})
            if whole is None:
                yield from _between(between, int(used), path, words)
            else:
                yield from _share_between(between, used, whole, path, words)


def _share_between(between: Data, used: float, whole: float, path: str, words: str) -> Breaches:
    """Compare a part of a whole with shares; a share of nothing holds."""
    for end, sign in (("min", -1), ("max", 1)):
        if end in between:
            share = scores.fraction(between[end])
            if sign * (used - share * whole) > _slack(share):
                yield Breach(f"{path}.{end}", words, None, share, used / whole)


def group_use(case: Case, tag: str, sums: Totals) -> Iterator[tuple[str, float, float | None]]:
    """Yield what the partners of a tag use: their part and the whole, or a count."""
    members = {k for k, partner in case.partners.items() if tag in partner.get("tags", [])}
    yield "days", sum(n for (k, _), n in sums.days.items() if k in members), sum(sums.days.values())
    part = sum(amount for k, _, amount in sums.charged if k in members)
    yield "money", part, sum(amount for *_, amount in sums.charged)
    yield "partners", len(sums.engaged & members), None
    yield "programmes", len({p for p, k in sums.pairs if k in members}), None


def _changes(case: Case, sums: Totals) -> Breaches:
    most = case.limits.get("changes")
    if most is not None and len(sums.changed) > most:
        words = "programmes without a partner of today"
        yield Breach("limits.changes", words, None, most, len(sums.changed))


def _anywhere(case: Case, sums: Totals) -> Breaches:
    for name, rule in case.scenario.get("rules", {}).items():
        if rule.get("anywhere") and _broken_among(rule, sums.engaged):
            yield Breach(f"rules.{name}", f"{name}: broken in the portfolio")


def _before(case: Case, sums: Totals) -> Breaches:
    for name, rule in case.scenario.get("rules", {}).items():
        for first, second in zip(rule.get("before", []), rule.get("before", [])[1:], strict=False):
            if second in sums.run and first not in sums.run:
                yield Breach(f"rules.{name}", f"{name}: {second} without {first}")


def _running_together(case: Case, sums: Totals) -> Breaches:
    for name, rule in case.scenario.get("rules", {}).items():
        if len(sums.run & {*rule.get("only-one", [])}) > 1:
            yield Breach(f"rules.{name}", f"{name}: more than one of them")
        some = rule.get("at-least-run", {"of": [], "run": 0})
        if len(sums.run & {*some["of"]}) < some["run"]:
            yield Breach(f"rules.{name}", f"{name}: too few of them")
