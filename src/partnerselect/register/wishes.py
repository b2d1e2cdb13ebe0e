"""What is decided otherwise than recommended: as people say it, and as a scenario to try it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from partnerselect.errors import InputError, Problem, gathering, option_error
from partnerselect.model import LEVEL, Scenario, named, parts_of, programme_of

DEFERRED = "deferred"
MARK = "decided-"
"""How the rules are called by which a wish is tried out."""


@dataclass(frozen=True)
class Wish:
    """What is decided otherwise than recommended for a programme, and why."""

    partners: tuple[str, ...]
    """Nobody: it is deferred."""
    reason: str
    needs: Mapping[str, str] = field(default_factory=dict)
    """Who does what, where that is said; what is not said is chosen as well as can be."""

    def departs_from(self, recommended: Mapping[str, str]) -> bool:
        """Tell whether something else is recommended."""
        if self.needs:
            return any(recommended.get(need) != who for need, who in self.needs.items())
        return {*self.partners} != {*recommended.values()}


def wishes_of(scenario: Scenario, stated: list[str], reasons: list[str]) -> dict[str, Wish]:
    """Read `programme=partner`, `programme=partner+partner` and `programme=deferred`.

    A reason goes with each, or one with all; raises InputError.
    """
    if len(reasons) not in {1, len(stated)} and stated and reasons:
        told = f"is given {len(reasons)} times, and --set {len(stated)} times; give one or as many"
        raise option_error("--reason", told)
    each = reasons if len(reasons) == len(stated) else (reasons or [""]) * len(stated)
    found: dict[str, Wish] = {}
    problems: list[Problem] = []
    for one, reason in zip(stated, each, strict=True):
        with gathering(problems):
            programme, partners = _wished(scenario, one)
            if programme in found:
                told = "says again who does that programme; write it once, several partners with +"
                raise option_error(f"--set {one}", told)
            found[programme] = Wish(partners, reason)
    if problems:
        raise InputError(problems)
    return found


def _wished(scenario: Scenario, stated: str) -> tuple[str, tuple[str, ...]]:
    """Return the entry and the partners that one wish names; raises InputError."""
    called, _, wished = stated.partition("=")
    option = f"--set {stated}"
    if not all(one.strip() for one in (called, *wished.split("+"))):
        raise option_error(option, "write PROGRAMME=PARTNER, or PROGRAMME=deferred")
    programme = named("programme", scenario.named_programmes, called, option)
    programme = scenario.entries.get(programme, (programme,))[-1]
    who = [] if wished == DEFERRED else wished.split("+")
    partners = tuple(
        dict.fromkeys(named("partner", scenario.partners, name, option) for name in who)
    )
    for partner in partners:
        if not {*scenario.programmes[programme].needs} & {*scenario.partners[partner].offers}:
            raise option_error(option, f'"{partner}" offers nothing that "{programme}" needs')
    working = {*_own_needs(scenario, programme, partners).values()}
    if idle := [one for one in partners if one not in working]:
        told = f'each need of "{programme}" has one partner, so "{idle[0]}" would do nothing'
        raise option_error(option, told)
    return programme, partners


def _own_needs(scenario: Scenario, programme: str, partners: Iterable[str]) -> dict[str, str]:
    """Return by need whose own it is, so that as many partners as can be have one."""
    found: dict[str, str] = {}

    def has_taken(partner: str, tried: set[str]) -> bool:
        for need in scenario.programmes[programme].needs:
            if need in scenario.partners[partner].offers and need not in tried:
                tried.add(need)
                if need not in found or has_taken(found[need], tried):
                    found[need] = partner
                    return True
        return False

    for partner in partners:
        has_taken(partner, set())
    return found


def plan_wishes(scenario: Scenario, plan: str, reasons: list[str]) -> dict[str, Wish]:
    """Return a plan of the scenario as what is wished for; raises InputError."""
    plan = named("plan", scenario.all_plans, plan, f"--plan {plan}")
    needs: dict[str, dict[str, str | None]] = {}
    for (programme, need), partner in scenario.written(scenario.all_plans[plan]).items():
        needs.setdefault(programme, {})[need] = partner
    reason = " ".join(reasons)
    stated = {name: {n: who for n, who in one.items() if who} for name, one in needs.items()}
    return {
        name: Wish(tuple(dict.fromkeys(one.values())), reason, one) for name, one in stated.items()
    }


def with_wishes(scenario: Scenario, departs: Mapping[str, Wish]) -> Scenario:
    """Return the scenario in which each programme runs with the partners wished, or not at all."""
    programmes, rules = dict(scenario.data["programmes"]), dict(scenario.data.get("rules", {}))
    committed = dict(scenario.data.get("committed", {}))
    run = {programme_of(entry) for entry, wish in departs.items() if wish.partners}
    for entry, wish in departs.items():
        name, level = parts_of(entry)
        if name in run and not wish.partners:
            continue  # at another level
        at = {LEVEL: level} if level and wish.partners else {}
        if wish.needs or at:
            committed[name] = {**committed.get(name, {}), **at, **wish.needs}
        if wish.needs:
            continue
        if others := [one for one in scenario.partners if one not in wish.partners]:
            rules[f"{MARK}not-{name}"] = {"forbid": {name: others}}
        if wish.partners:
            rules[f"{MARK}{name}"] = {"require": {name: [*wish.partners]}}
            programmes[name] = {**programmes[name], "mandatory": True}
    return Scenario.from_data(
        {**scenario.data, "programmes": programmes, "rules": rules, "committed": committed},
        id=scenario.id,
    )


def offered(scenario: Scenario, programme: str, wish: Wish) -> dict[str, str]:
    """Return each need of a programme with a partner wished that offers it; all have something."""
    if wish.needs:
        return dict(wish.needs)
    own = _own_needs(scenario, programme, wish.partners)
    able = {
        need: [one for one in wish.partners if need in scenario.partners[one].offers]
        for need in scenario.programmes[programme].needs
    }
    return {need: own.get(need, who[0]) for need, who in able.items() if who}
