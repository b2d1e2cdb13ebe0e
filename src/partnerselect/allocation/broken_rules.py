"""Which rules the partners of each programme break: no figures, only who works with whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from partnerselect.model.rules import Apart, Before, Require, Rule, Together

Teams = Mapping[str, set[str]]
"""Running programme to its partners."""


def broken_rules(rules: Mapping[str, Rule], teams: Teams) -> Iterator[str]:
    """Yield the names of rules that are broken; `forbid` is a matter of who may serve."""
    return (name for name, rule in rules.items() if _is_broken(rule, teams))


def _is_broken(rule: Rule, teams: Teams) -> bool:
    match rule:
        case Apart():
            return any(len(group & set(rule.apart)) > 1 for group in _groups(rule, teams))
        case Together():
            named = set(rule.together)
            return any(0 < len(group & named) < len(named) for group in _groups(rule, teams))
        case Require():
            stated = rule.require.items()
            return any(not set(names) <= teams[p] for p, names in stated if p in teams)
        case Before():
            return rule.before[1] in teams and rule.before[0] not in teams
        case _:
            return False


def _groups(rule: Apart | Together, teams: Teams) -> list[set[str]]:
    """Return those among whom a rule holds: all of the portfolio, or those of each programme."""
    return [set().union(*teams.values())] if rule.anywhere else list(teams.values())
