"""What the paper says of each decision: why this partner, who does what, who pays what when."""

from __future__ import annotations

from collections import defaultdict

from partnerselect.advice.reasons import WhyNot
from partnerselect.allocation import DayCost
from partnerselect.allocation.amounts import amounts_of
from partnerselect.analysis import Analysis
from partnerselect.rows.board import approval_rows
from partnerselect.rows.explain import NOTHING, Pair
from partnerselect.rows.reason_words import why_not_words
from partnerselect.rows.report import Row
from partnerselect.value.money import US
from partnerselect.words.wording import amount, listed, points, share

FIXED = {
    "once": "paid once",
    "per-programme": "for the programme",
    "backfill": "extra days for our own team",
}
Work = tuple[str, str, str]
"""Programme, component, partner."""
REASONS = 3
"""Criteria named for a partner, and against it."""


def decision_rows(analysis: Analysis) -> list[Row]:
    """Return one approval row a programme with its margin, why, why not, sponsor and review."""
    return [{**row, **_decided(analysis, row)} for row in approval_rows(analysis)]


def _decided(analysis: Analysis, row: Row) -> Row:
    name = str(row["id"])
    stated = analysis.scenario.programmes[name]
    advice = next(one for one in analysis.recommendation.programmes if one.programme == name)
    found: Row = {
        "sponsor": stated.sponsor,
        "review": stated.review,
        "margin": None,
        "margin_words": "",
        "why": "",
        "why_not": "",
        "chosen": list(advice.partners),
    }
    if not advice.partners or not advice.runner_up:
        return found
    pair = Pair(analysis, name, advice.partners[0], advice.runner_up)
    other = pair.advice(pair.why_not).reason
    return {
        **found,
        "margin": pair.gap,
        "margin_words": _margin(pair.gap),
        "why": listed(pair.speaking_for(pair.why)[:REASONS]),
        "against": listed(pair.speaking_for(pair.why_not)[:REASONS]),
        "why_not": ""
        if other.kind is WhyNot.OUTSCORED
        else why_not_words(analysis.scenario, other),
    }


def _margin(gap: float) -> str:
    if abs(gap) < NOTHING:
        return "which scores as much"
    return f"which scores {points(abs(gap))} {'lower' if gap > 0 else 'higher'}"


def working_rows(analysis: Analysis) -> list[Row]:
    """Return what every partner engaged does where, for how many days, and what it costs whom."""
    partners = analysis.scenario.partners
    engaged = {partner for _, _, partner in _work(analysis)}
    return [
        _working(analysis, name) for name in sorted(engaged, key=lambda k: (partners[k].title, k))
    ]


def _working(analysis: Analysis, name: str) -> Row:
    scenario, partner = analysis.scenario, analysis.scenario.partners[name]
    account = analysis.allocation.account
    by_programme: dict[str, list[str]] = {}
    for (programme, component, k), lines in _work(analysis).items():
        if k == name:
            told = f"{component} {_days(sum(line.days for line in lines))}"
            by_programme.setdefault(scenario.programmes[programme].title, []).append(told)
    theirs = [line for line in (account.lines if account else ()) if line.partner == name]
    gates = [scenario.gates[gate] for gate in partner.gates]
    funding = partner.funding
    return {
        "partner": partner.title,
        "about": partner.about,
        "work": [f"{title}: {listed(parts)}" for title, parts in by_programme.items()],
        "days": sum(line.days for line in theirs if isinstance(line, DayCost)),
        "gates": [f"{gate.title} ({gate.status})" for gate in gates],
        "funding": f"{funding.payer} pays {share(funding.covers)}" if funding else "",
        **amounts_of(scenario, theirs),
    }


def _work(analysis: Analysis) -> dict[Work, list[DayCost]]:
    """Return the days of every programme, component and partner, a line a phase."""
    found: dict[Work, list[DayCost]] = {}
    account = analysis.allocation.account
    for line in account.day_costs if account else ():
        work = str(line.programme), line.component, str(line.partner)
        found.setdefault(work, []).append(line)
    return found


def _days(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0") + (" day" if number == 1 else " days")


def work_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every programme, component and partner, its phases put together."""
    scenario = analysis.scenario
    return [
        {
            "programme": scenario.programmes[programme].title,
            "component": component,
            "partner": scenario.partners[partner].title,
            "phases": [line.phase for line in lines if line.phase],
            "days": sum(line.days for line in lines),
            **amounts_of(scenario, lines),
        }
        for (programme, component, partner), lines in _work(analysis).items()
    ]


def payer_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every payer: the amount in each phase and in all; ours first.

    A phase of None holds what falls in no phase.
    """
    account = analysis.allocation.account
    if account is None:
        return []
    paid: dict[str, dict[str | None, float]] = {US: defaultdict(float)}
    for line in account.lines:
        paid[US][line.phase] += float(line.own_cost)
        others = float(line.cost - line.own_cost)
        if line.payer != US and others:
            paid.setdefault(line.payer, defaultdict(float))[line.phase] += others
    phases = [
        phase
        for phase in dict.fromkeys([*analysis.table.workload.phases, None])
        if any(phase in costs for costs in paid.values())
    ]
    return [
        {
            "payer": payer,
            "ours": payer == US,
            "by_phase": {phase: costs[phase] for phase in phases},
            "total": sum(costs.values()),
        }
        for payer, costs in sorted(paid.items(), key=lambda item: (item[0] != US, item[0]))
    ]


def fixed_rows(analysis: Analysis) -> list[Row]:
    """Return what is paid whatever the days: by programme, once, or for our own team."""
    scenario, account = analysis.scenario, analysis.allocation.account
    return [
        {
            "what": FIXED[line.kind],
            "programme": scenario.programmes[line.programme].title if line.programme else "",
            "partner": scenario.partners[line.partner].title if line.partner else "",
            "phase": line.phase or "",
            **amounts_of(scenario, [line]),
        }
        for line in (account.fixed_costs if account else ())
    ]


def money(analysis: Analysis, value: float) -> str:
    """Return an amount in the scenario's currency."""
    return amount(value, analysis.scenario.currency)
