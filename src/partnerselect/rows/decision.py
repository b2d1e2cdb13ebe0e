"""What the paper says of each decision: why this partner, who does what, who pays what when."""

from __future__ import annotations

from collections import defaultdict

from partnerselect.advice.reasons import WhyNot
from partnerselect.allocation.amounts import amounts_of
from partnerselect.analysis import Analysis
from partnerselect.rows.board import approval_rows
from partnerselect.rows.explain import NOTHING, Pair
from partnerselect.rows.reason_words import why_not_words
from partnerselect.rows.report import Row, allocation_rows
from partnerselect.value.money import US
from partnerselect.words.wording import amount, listed, points, share

FIXED = {
    "once": "paid once",
    "per-programme": "for the programme",
    "backfill": "extra days for our own team",
}
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
        return "level with it"
    return f"{points(abs(gap))} {'behind' if gap > 0 else 'ahead'} on value"


def working_rows(analysis: Analysis) -> list[Row]:
    """Return what every partner engaged does where, for how many days, and what it costs whom."""
    scenario = analysis.scenario
    engaged = dict.fromkeys(row["partner"] for row in allocation_rows(analysis))
    return [
        _working(analysis, str(name))
        for name in sorted(engaged, key=lambda name: scenario.partners[name].title)
    ]


def _working(analysis: Analysis, name: str) -> Row:
    scenario, partner = analysis.scenario, analysis.scenario.partners[name]
    days = [row for row in allocation_rows(analysis) if row["partner"] == name]
    account = analysis.allocation.account
    lines = account.lines if account else ()
    by_programme: dict[str, dict[str, float]] = {}
    for row in days:
        parts = by_programme.setdefault(scenario.programmes[row["programme"]].title, {})
        parts[row["component"]] = parts.get(row["component"], 0.0) + row["days"]
    funding, gates = (
        partner.funding,
        [
            gate
            for gate in (partner.gate, partner.funding.gate if partner.funding else None)
            if gate
        ],
    )
    return {
        "partner": partner.title,
        "about": partner.about,
        "work": [
            f"{title}:"
            f" {listed([f'{component} {_days(number)}' for component, number in parts.items()])}"
            for title, parts in by_programme.items()
        ],
        "days": sum(row["days"] for row in days),
        "gates": [
            f"{scenario.gates[gate].title} ({scenario.gates[gate].status})"
            for gate in dict.fromkeys(gates)
        ],
        "funding": f"{funding.payer} pays {share(funding.covers)}" if funding else "",
        **amounts_of(scenario, (line for line in lines if line.partner == name)),
    }


def _days(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0") + (" day" if number == 1 else " days")


def work_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every programme, component and partner, its phases put together."""
    found: dict[tuple[str, str, str], Row] = {}
    for line in allocation_rows(analysis):
        key = (line["programme"], line["component"], line["partner"])
        row = found.setdefault(
            key,
            {
                "programme": analysis.scenario.programmes[line["programme"]].title,
                "component": line["component"],
                "partner": analysis.scenario.partners[line["partner"]].title,
                "phases": [],
                "days": 0.0,
                "cost": 0.0,
                "own_cost": 0.0,
            },
        )
        row["phases"] += [line["phase"]] if line["phase"] else []
        for part in ("days", "cost", "own_cost"):
            row[part] += line[part]
    return list(found.values())


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
