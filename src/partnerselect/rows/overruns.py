"""What the choice may come to where prices and days are ranges, and which limits it may pass."""

from __future__ import annotations

import math

from partnerselect.allocation import Overrun
from partnerselect.analysis import Analysis, uncertain_amounts
from partnerselect.errors import dotted
from partnerselect.model import BACKFILL_DAYS, BUDGET, FUND, INTERNAL_DAYS, Scenario
from partnerselect.rows.plain import Row, picked
from partnerselect.value import US
from partnerselect.words import measured, quantity, share, use_name, within_a_sentence

ENOUGH = ("p80", "reserve")
FINEST = 1.0
"""Pounds or days: a figure known as well as this is told as it is."""
FIGURES = ("phase", "limit", "likely", "p80", "over_share", "reserve")


def amounts_json(analysis: Analysis) -> Row:
    """Return money by payer and days by partner, each by phase and in all.

    Empty where no price and no days are a range; `why_no_amounts` says why nothing is told.
    """
    found = uncertain_amounts(analysis)
    if found is None:
        return {}
    money = [one for one in found.found if one.is_money]
    days = [one for one in found.found if not one.is_money]
    return {
        "money": [{"payer": one.subject or US, **_row(one)} for one in money],
        "days": [{"partner": one.subject or None, **_row(one)} for one in days],
        "why_no_amounts": found.why_none,
    }


def _row(one: Overrun) -> Row:
    return {**picked(one, *FIGURES), "path": dotted(one.loc) if one.loc else None}


def amount_rows(analysis: Analysis) -> list[Row]:
    """Return in words what may turn out otherwise than the choice counts with."""
    scenario, found = analysis.scenario, uncertain_amounts(analysis)
    return [
        {
            "title": use_name(scenario, one.kind, one.subject),
            "phase": scenario.phase_title(one.phase) if one.phase else "",
            "over_share": one.over_share,
            **{key: _measured(scenario, one, key) for key in ("limit", "likely", "p80", "reserve")},
        }
        for one in (found.found if found else ())
        if _is_open(one)
    ]


def _is_open(one: Overrun) -> bool:
    """Tell whether trials say more of it than the plan does: extra days may be bought by plan."""
    return one.varies or 0 < (one.over_share or 0) < 1


def _measured(scenario: Scenario, one: Overrun, key: str) -> str:
    """Word a figure; what would be enough is rounded up, in the table as in the sentence.

    What the trials tell only roughly is told no more finely than that, to the nearest.
    """
    value = getattr(one, key)
    if value is None:
        return ""
    if key in ENOUGH and value and (step := _step(one.error)) > FINEST:
        return f"about {measured(one.kind, scenario.currency, step * max(round(value / step), 1))}"
    if key in ENOUGH and one.loc is not None:
        return quantity(one.loc, scenario.currency, value)
    return measured(one.kind, scenario.currency, value)


def _step(error: float) -> float:
    """Return the least round step, 1 or 5 of a power of ten, that is no less than an error."""
    if error <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(error))
    return next(step for step in (power, 5 * power, 10 * power) if step >= error)


def amount_sentences(analysis: Analysis) -> list[str]:
    """Say which limits the choice passes in some trials, our budget first where most often.

    Where it passes none, what we pay at most in 80% of trials; else why nothing is known.
    """
    scenario, found = analysis.scenario, uncertain_amounts(analysis)
    if found is None or found.why_none:
        return [found.why_none] if found else []
    ours = [one for one in found.found if one.kind is BUDGET]
    ours.sort(key=lambda one: -(one.over_share or 0))
    others = [one for one in found.found if one.kind is not BUDGET]
    if over := [one for one in (*ours, *others) if one.over_share and _is_open(one)]:
        return [_sentence(scenario, one) for one in over]
    return [
        f"In 80% of trials we pay no more than {_measured(scenario, one, 'p80')}."
        for one in ours
        if one.varies and one.phase is None
    ]


def _sentence(scenario: Scenario, one: Overrun) -> str:
    when = f" in {scenario.phase_title(one.phase)}" if one.phase else ""
    told = f"In {share(one.over_share or 0)} of trials {_passing(scenario, one, when)}"
    if not one.reserve or one.loc is None:
        return f"{told}."
    more = _measured(scenario, one, "reserve")
    more = more if one.is_money else f"{more} {'day' if more == '1' else 'days'}"
    return f"{told}; {more} more would make that one in five."


def _passing(scenario: Scenario, one: Overrun, when: str) -> str:
    if one.is_money:
        if one.kind is FUND:
            return f"what {scenario.payer_title(one.subject)} pays{when} passes its fund"
        named = scenario.organisation
        who = f"{within_a_sentence(named.title)}'s" if named else "our"
        return f"{who} cost{when} passes {'its' if named else 'our'} budget"
    if one.kind is BACKFILL_DAYS:
        return f"more extra days{when} are needed than may be bought"
    if one.kind is INTERNAL_DAYS:
        return f"our team's days{when} are not enough"
    if one.subject not in scenario.partners:
        return f"{one.kind.title}{when} pass what is allowed"
    return f"{scenario.partners[one.subject].title} is needed{when} for more days than it has"
