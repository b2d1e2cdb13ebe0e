"""What stands in the way of an answer, in the words of whoever asks for it."""

from __future__ import annotations

from typing import Any

from partnerselect.allocation.conflict import COMMITTED, Conflict, Remedy
from partnerselect.analysis import Analysis
from partnerselect.errors import dotted
from partnerselect.model.limits import kind_at, stated_limits
from partnerselect.model.nested import value_at
from partnerselect.model.rules import Apart, Before, Forbid, Require, Rule, Together
from partnerselect.model.scenario import Scenario
from partnerselect.words.limit_words import limit_name, quantity
from partnerselect.words.wording import listed


def demand_rows(analysis: Analysis) -> list[dict[str, Any]]:
    """Return the demands that contradict one another.

    Where each stands, as the file has it, what would help, and both in plain words.
    """
    return [
        {
            "path": dotted(demand.loc),
            "words": demand.words,
            "mend": demand.mend,
            "sentence": demand_words(analysis, demand),
        }
        for demand in analysis.conflicts
    ]


def demand_words(analysis: Analysis, demand: Conflict) -> str:
    """Return a demand in words, by titles and in its currency, and what would help."""
    if demand.remedy is Remedy.UNKNOWN:
        return demand.words
    scenario = analysis.scenario
    words = _demand(scenario, demand)
    if demand.least is None:
        return f"{words}; {demand.remedy.value}"
    enough = quantity(demand.loc, scenario.currency, demand.least)
    return f"{words}, and {demand.remedy.value.format(enough)}"


def demand_sentences(analysis: Analysis, most: int | None = None) -> list[str]:
    """Return the demands that contradict one another, a whole sentence each."""
    told = [demand_words(analysis, demand) for demand in analysis.conflicts[:most]]
    return [f"{one[:1].upper()}{one[1:]}{'' if one.endswith('.') else '.'}" for one in told]


def _demand(scenario: Scenario, demand: Conflict) -> str:
    loc = demand.loc
    if kind_at(loc) is not None:
        figures = {at: cap for one in stated_limits(scenario) for at, _, cap in one.caps}
        stated = figures[loc] if loc in figures else float(value_at(scenario.data, loc))
        return f"{limit_name(scenario, loc)}: {quantity(loc, scenario.currency, stated)}"
    if loc[0] == "rules":
        return rule_words(scenario, scenario.rules[str(loc[1])])
    if loc[0] == COMMITTED:
        partner = scenario.partners[value_at(scenario.data, loc)].title
        return f"{_programme(scenario, str(loc[1]))} already has {loc[2]} delivered by {partner}"
    return demand.words


def rule_words(scenario: Scenario, rule: Rule) -> str:
    """Return a rule by the titles of whom it is about."""
    match rule:
        case Apart():
            return f"At most one of {_partners(scenario, rule.apart)} {_where(rule)}"
        case Together():
            return f"{_partners(scenario, rule.together)}: all of them or none {_where(rule)}"
        case Before():
            first, second = (_programme(scenario, name) for name in rule.before)
            return f"{second} runs only if {first} does"
        case Require():
            return "; ".join(
                f"{_programme(scenario, programme)} must have {_partners(scenario, names)}"
                for programme, names in rule.require.items()
            )
        case Forbid():
            return "; ".join(
                f"{_programme(scenario, programme)} must not have {_partners(scenario, names)}"
                for programme, names in rule.forbid.items()
            )


def _where(rule: Apart | Together) -> str:
    return "in the whole portfolio" if rule.anywhere else "in any one programme"


def _partners(scenario: Scenario, names: list[str]) -> str:
    return listed([scenario.partners[name].title for name in names])


def _programme(scenario: Scenario, name: str) -> str:
    return f"“{scenario.programmes[name].title}”"
