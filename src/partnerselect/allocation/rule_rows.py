"""Rules as rows of the programme."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.allocation.problem import Bounds, Formulation, Term, up_to
from partnerselect.model import Apart, AtLeastRun, Before, OnlyOne, Require, Rule, Together

RuleRow = tuple[list[Term], Bounds]


def rule_rows(f: Formulation, rule: Rule) -> Iterator[RuleRow]:
    """Yield the rows of a rule; `forbid` is a matter of who is eligible."""
    match rule:
        case Apart():
            yield from _apart(f, rule)
        case Together():
            yield from _together(f, rule)
        case Require():
            yield from _require(f, rule)
        case Before():
            first, second = (f.z_of(name) for name in rule.before)
            yield [*((z, 1.0) for z in second), *((z, -1.0) for z in first)], up_to(0.0)
        case OnlyOne() | AtLeastRun():
            named, *bounds = rule.counted
            running = (z for name in dict.fromkeys(named) for z in f.z_of(name))
            yield [(z, 1.0) for z in running], (bounds[0], bounds[1])


def _apart(f: Formulation, rule: Apart) -> Iterator[RuleRow]:
    named = [f.work.partners.index(name) for name in dict.fromkeys(rule.apart)]
    for scope in _scopes(f, named, anywhere=rule.anywhere):
        present = [(column, 1.0) for column in scope.values()]
        if len(present) > 1:
            yield present, up_to(1.0)


def _together(f: Formulation, rule: Together) -> Iterator[RuleRow]:
    named = [f.work.partners.index(name) for name in dict.fromkeys(rule.together)]
    for scope in _scopes(f, named, anywhere=rule.anywhere):
        for first, other in ((named[0], other) for other in named[1:]):
            terms = [(scope[k], sign) for k, sign in ((first, 1.0), (other, -1.0)) if k in scope]
            if terms:
                yield terms, (0.0, 0.0)


def _require(f: Formulation, rule: Require) -> Iterator[RuleRow]:
    entries = f.scenario.entries
    for p, names in (
        (f.work.programmes.index(entry), names)
        for programme, names in rule.require.items()
        for entry in entries[programme]
    ):
        for k in (f.work.partners.index(name) for name in dict.fromkeys(names)):
            working = [(int(f.x_table[p, k]), 1.0)] if f.x_table[p, k] >= 0 else []
            yield [*working, (f.z[p], -1.0)], (0.0, 0.0)


def _scopes(f: Formulation, named: list[int], *, anywhere: bool) -> list[dict[int, int]]:
    """Return of the partners named those that could be there, with their columns.

    Once for the portfolio, or once for every programme.
    """
    tables = [f.u_table] if anywhere else list(f.x_table)
    return [{k: int(table[k]) for k in named if table[k] >= 0} for table in tables]
