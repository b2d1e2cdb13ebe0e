"""Demands in words: what the rules and limits ask that together leave no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnerselect.allocation import COMMITTED
from partnerselect.analysis import Analysis
from partnerselect.errors import dotted
from partnerselect.model import (
    LEVEL,
    Apart,
    AtLeastRun,
    Before,
    Forbid,
    OnlyOne,
    Require,
    Rule,
    Scenario,
    Together,
    kind_at,
    stated_limits,
    value_at,
)
from partnerselect.words import limit_name, listed, quantity, sentence

if TYPE_CHECKING:
    from partnerselect.allocation import Conflict


def demand_rows(analysis: Analysis) -> list[dict[str, Any]]:
    """Return the demands that contradict one another.

    Where each stands, what it asks, what would help, and both in one sentence.
    """
    return [
        {
            "path": dotted(demand.loc),
            "words": _demand(analysis.scenario, demand),
            "mend": _mend(analysis.scenario, demand),
            "sentence": demand_words(analysis, demand),
        }
        for demand in analysis.conflicts
    ]


def demand_words(analysis: Analysis, demand: Conflict) -> str:
    """Return a demand in words, by titles and in its currency, and what would help."""
    words, mend = _demand(analysis.scenario, demand), _mend(analysis.scenario, demand)
    return words + (mend and f"{'; ' if demand.least is None else ', where '}{mend}")


def _mend(scenario: Scenario, demand: Conflict) -> str:
    """Say what the least change of a demand alone would do, "" where that is not known."""
    if demand.least is None:
        return demand.remedy.value
    return demand.remedy.value.format(quantity(demand.loc, scenario.currency, demand.least))


def demand_sentences(analysis: Analysis, most: int | None = None) -> list[str]:
    """Return the demands that contradict one another, a whole sentence each."""
    return [sentence(demand_words(analysis, demand)) for demand in analysis.conflicts[:most]]


def _demand(scenario: Scenario, demand: Conflict) -> str:
    loc = demand.loc
    if kind_at(loc) is not None:
        figures = {at: cap for one in stated_limits(scenario) for at, _, cap in one.caps}
        stated = figures[loc] if loc in figures else float(value_at(scenario.data, loc))
        return f"{limit_name(scenario, loc)}: {quantity(loc, scenario.currency, stated)}"
    if loc[0] == "rules":
        return rule_words(scenario, scenario.rules[str(loc[1])])
    if loc[0] == COMMITTED:
        told = commitment_words(scenario, str(loc[1]), str(loc[2]))
        unable = _unable(scenario, demand)
        return f"{told}, who cannot deliver it.{unable}" if unable else told
    told = f"{quoted(scenario, str(loc[1]))} must run"
    if loc[-1] == "mandatory":
        return told
    need = scenario.component_title(str(loc[-1]))
    return f"{told}, and no partner can deliver {need}.{_unable(scenario, demand)}"


def commitment_words(scenario: Scenario, programme: str, need: str) -> str:
    """Return what is decided of a need, or of the level of a programme, to go on from."""
    stated, named = scenario.as_written, quoted(scenario, programme)
    decided = stated.committed[programme][need]
    if need == LEVEL and programme in scenario.fixed_levels:
        level = stated.programmes[programme].levels[decided].title
        return f"{named} is already decided at “{level}”"
    partner = scenario.partners[decided].title
    return f"{named} already has {scenario.component_title(need)} delivered by {partner}"


def _unable(scenario: Scenario, demand: Conflict) -> str:
    titled = ((scenario.partners[partner].title, why) for partner, why in demand.unable)
    return "".join(f" {title}: {' '.join(why)}" for title, why in titled)


def rule_words(scenario: Scenario, rule: Rule) -> str:
    """Return a rule by the titles of whom it is about."""
    match rule:
        case Apart():
            told = f"At most one of {_partners(scenario, rule.apart)} {_where(rule)}"
        case Together():
            told = f"{_partners(scenario, rule.together)}: all of them or none {_where(rule)}"
        case Before():
            first, second = (quoted(scenario, name) for name in rule.before)
            told = f"{second} runs only if {first} does"
        case OnlyOne():
            named = listed([quoted(scenario, name) for name in rule.only_one])
            told = f"At most one of {named} runs"
        case AtLeastRun():
            named = listed([quoted(scenario, name) for name in rule.at_least_run.of])
            told = f"At least {rule.at_least_run.run} of {named} must run"
        case Require():
            told = "; ".join(
                f"{quoted(scenario, programme)} must have {_partners(scenario, names)}"
                for programme, names in rule.require.items()
            )
        case Forbid():
            told = "; ".join(
                f"{quoted(scenario, programme)} must not have {_partners(scenario, names)}"
                for programme, names in rule.forbid.items()
            )
    return told


def _where(rule: Apart | Together) -> str:
    return "in the whole portfolio" if rule.anywhere else "in any one programme"


def _partners(scenario: Scenario, names: list[str]) -> str:
    return listed([scenario.partners[name].title for name in names])


def quoted(scenario: Scenario, programme: str) -> str:
    """Return the title of a programme in quotation marks."""
    return f"“{scenario.programme_title(programme)}”"
