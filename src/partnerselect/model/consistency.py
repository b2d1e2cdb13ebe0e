"""What must hold between the parts of a content, once each part is well formed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from partnerselect.errors import Loc, Problem
from partnerselect.model.content import Content
from partnerselect.model.estimate import ENDS
from partnerselect.model.levels import Need
from partnerselect.model.limits import IN_ALL, UNLIMITED, stated_limits
from partnerselect.model.messages import did_you_mean
from partnerselect.model.plan_checks import (
    group_problems,
    offers_something,
    plan_problems,
    served_by_need,
)
from partnerselect.model.programme import Programme
from partnerselect.model.rules import Before, Require
from partnerselect.model.score_checks import score_problems
from partnerselect.model.weight_checks import weight_problems

RESERVED_PAYERS = frozenset({"us", "trust", "none"})
RESERVED_PHASES = {IN_ALL: "the cap over all phases", **dict.fromkeys(ENDS, "an end of a range")}


def problems(content: Content) -> Iterator[Problem]:
    """Yield everything that contradicts itself, refers to nothing, or lies outside its scale."""
    for check in CHECKS:
        yield from check(content)


def _phases(content: Content) -> Iterator[Problem]:
    seen: dict[object, str] = {}
    for phase, start in content.phase_starts.items():
        if start in seen:
            yield Problem(
                ("phases", phase),
                f'starts on the same day as "{seen[start]}" ({start}); phases need different days',
            )
        seen[start] = phase
        if phase in RESERVED_PHASES:
            told = f"`{phase}` is a reserved word, {RESERVED_PHASES[phase]}; call it otherwise"
            yield Problem(("phases", phase), told, at_key=True)


def _limits_by_phase(content: Content) -> Iterator[Problem]:
    for stated in stated_limits(content):
        if isinstance(stated.limit, dict) and IN_ALL not in stated.limit:
            missing = [phase for phase in content.phases if phase not in stated.limit]
            if not content.phases:
                yield Problem(stated.loc, "is given by phase, but the scenario has no `phases`")
            elif missing:
                yield Problem(
                    stated.loc,
                    f"must name every phase; missing: {', '.join(missing)} (write `{UNLIMITED}`"
                    " where there is no limit)",
                )


def _payers(content: Content) -> Iterator[Problem]:
    for payer in content.limits.funds:
        if payer in RESERVED_PAYERS:
            yield Problem(
                ("limits", "funds", payer),
                f'"{payer}" is a reserved word; our own money is `limits.budget`',
                at_key=True,
            )
    for name, partner in content.partners.items():
        if partner.funding and partner.funding.payer in RESERVED_PAYERS:
            yield Problem(
                ("partners", name, "funding", "payer"),
                f'"{partner.funding.payer}" is a reserved word; leave `funding` out where we pay'
                " ourselves",
            )


def _named_payers(content: Content) -> Iterator[Problem]:
    """Look for payers and funds that a block of names leaves out."""
    if not content.payers:
        return
    funded = {
        ("partners", name, "funding", "payer"): partner.funding.payer
        for name, partner in content.partners.items()
        if partner.funding
    }
    funds = {("limits", "funds", payer): payer for payer in content.limits.funds}
    for loc, payer in (*funded.items(), *funds.items()):
        if payer not in content.payers and payer not in RESERVED_PAYERS:
            meant = did_you_mean(payer, sorted(content.payers))
            message = f'"{payer}" is not among the `payers`{meant}'
            yield Problem(loc, message, at_key=loc[0] == "limits")
    for payer in content.payers:
        if payer in RESERVED_PAYERS:
            told = f'"{payer}" is a reserved word; our own name is `organisation`'
            yield Problem(("payers", payer), told, at_key=True)


def _programmes(content: Content) -> Iterator[Problem]:
    offered = {component for partner in content.partners.values() for component in partner.offers}
    if not any(programme.importance for programme in content.programmes.values()):
        yield Problem(("programmes",), "at least one programme needs an importance above 0")
    for name, programme in content.programmes.items():
        loc: Loc = ("programmes", name)
        if len(set(programme.phases or [])) < len(programme.phases or []):
            yield Problem((*loc, "phases"), "names a phase twice")
        for below, dose in programme.doses.items():
            yield from _needs(content, loc, programme, (*below, "needs"), dose.needs, offered)
        yield from _levels(loc, programme)
        fewest = min(len(dose.needs) for dose in programme.doses.values())
        if programme.partners.min > fewest:
            yield Problem(
                (*loc, "partners", "min"),
                f"must not exceed the number of needs ({fewest}), one partner a need"
                f" (found {programme.partners.min})",
            )


def _levels(loc: Loc, programme: Programme) -> Iterator[Problem]:
    """Look for levels not worth more than the one before, or that need what the last does not."""
    for key, stated in (("needs", programme.needs), ("internal-days", programme.internal_days)):
        if programme.levels and stated:
            told = "stand in the `levels`, each with its own; write them there alone"
            yield Problem((*loc, key), told, at_key=True)
    before = 0.0
    for name, level in programme.levels.items():
        at: Loc = (*loc, "levels", name)
        if level.worth <= before:
            told = f"must be worth more than the level before it ({before:.0%})"
            yield Problem((*at, "worth"), f"{told}; write the smallest first")
        before = level.worth
        for need in level.needs.keys() - programme.components.keys():
            meant = did_you_mean(need, list(programme.components))
            told = f"the last level does not need this, and no other may{meant}"
            yield Problem((*at, "needs", need), told, at_key=True)


def _needs(
    content: Content,
    loc: Loc,
    programme: Programme,
    below: Loc,
    needs: dict[str, Need],
    offered: set[str],
) -> Iterator[Problem]:
    own = programme.phases if programme.phases is not None else list(content.phases)
    for need, days in needs.items():
        at = (*loc, *below, need)
        if need not in offered:
            yield Problem(
                at, f"no partner offers this{did_you_mean(need, sorted(offered))}", at_key=True
            )
        if isinstance(days, dict):
            for phase in days:
                if phase not in own:
                    yield Problem(
                        (*at, phase),
                        "the programme does not run in this phase (it runs in"
                        f" {', '.join(own) or 'none'})",
                        at_key=True,
                    )
        in_all = sum(days.values()) if isinstance(days, dict) else days
        if in_all <= 0:
            yield Problem(at, "must be more than 0 days in all")


def _partners(content: Content) -> Iterator[Problem]:
    for name, partner in content.partners.items():
        loc: Loc = ("partners", name)
        for key in ("offers", "methods", "tags"):
            listed = getattr(partner, key)
            for position, item in enumerate(listed):
                if item in listed[:position]:
                    yield Problem((*loc, key, position), f'"{item}" is listed twice')
        for programme, special in partner.for_.items():
            for need in special.days:
                known = programme in content.programmes
                needs = content.programmes[programme].components if known else {}
                if need not in needs or need not in partner.offers:
                    why = (
                        "the programme does not need this"
                        if need not in needs
                        else "the partner does not offer this"
                    )
                    yield Problem(
                        (*loc, "for", programme, "days", need),
                        why + did_you_mean(need, [n for n in needs if n in partner.offers]),
                        at_key=True,
                    )


def _rules(content: Content) -> Iterator[Problem]:
    for name, rule in content.rules.items():
        if (
            isinstance(rule, Before)
            and content.phases
            and all(p in content.programmes for p in rule.before)
        ):
            first, second = (_begins(content, programme) for programme in rule.before)
            if first and second and second < first:
                yield Problem(
                    ("rules", name, "before"),
                    f'"{rule.before[1]}" begins before "{rule.before[0]}" does; it cannot wait'
                    " for it",
                )
        if isinstance(rule, Require):
            for programme, partners in rule.require.items():
                for partner in partners:
                    yield from offers_something(
                        content, ("rules", name, "require", programme), programme, partner
                    )


def _begins(content: Content, programme: str) -> dt.date | None:
    """Return the first day of a programme; None where its phases are at fault themselves."""
    phases = content.programmes[programme].phases or list(content.phases)
    starts = content.phase_starts
    return min((starts[phase] for phase in phases if phase in starts), default=None)


def _committed(content: Content) -> Iterator[Problem]:
    for programme, decided in content.committed.items():
        yield from served_by_need(content, ("committed", programme), programme, decided)


def _groups(content: Content) -> Iterator[Problem]:
    asked = {
        "analysis.weights": content.analysis.weights == "stakeholders",
        "analysis.base": content.analysis.base == "stakeholders",
    }
    for path, wanted in asked.items():
        if wanted and not content.stakeholders:
            yield Problem(
                tuple(path.split(".")),
                "asks for the stakeholders' weights, but the scenario has no `stakeholders`",
            )
    if content.stakeholders and not any(group.voice for group in content.stakeholders.values()):
        yield Problem(("stakeholders",), "at least one group needs a voice above 0")


CHECKS: tuple[Callable[[Content], Iterator[Problem]], ...] = (
    weight_problems,
    score_problems,
    _phases,
    _limits_by_phase,
    _payers,
    _named_payers,
    _programmes,
    _partners,
    _rules,
    _committed,
    plan_problems,
    group_problems,
    _groups,
)
