"""What the choice costs whom, and how far it uses each limit."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from partnerselect.advice import Chosen
from partnerselect.allocation import CostLine, DayCost, LimitUsage, amounts_of, backfill_days
from partnerselect.analysis import Analysis
from partnerselect.errors import dotted
from partnerselect.model import INTERNAL_DAYS, PRICE_KINDS, PaidFor
from partnerselect.rows.plain import Row, titled
from partnerselect.rows.report import usage
from partnerselect.value import US
from partnerselect.words import (
    NEAR_CAPACITY,
    counted,
    listed,
    measured,
    share,
    tenths,
    use_name,
)

FIXED = {
    **{kind.id: kind.words for kind in PRICE_KINDS},
    "backfill": "extra days for our own team",
    "change": "for the change of partners",
    "top-up": "what the fund of {payer} cannot meet",
}
Work = tuple[str, str, str]
"""Programme, component, partner."""


def extra_rows(analysis: Analysis) -> list[Row]:
    """Return what belongs to no programme: extra days, prices paid once, and funds topped up."""
    account = analysis.allocation.account
    if account is None:
        return []
    scenario, kinds = analysis.scenario, defaultdict[str, list[CostLine]](list)
    topped_up = defaultdict[str, list[CostLine]](list)
    for line in account.fixed_costs:
        kinds[line.kind].append(line)
        if line.kind == "top-up":
            topped_up[scenario.payer_title(line.payer)].append(line)
    days, partners = counted(sum(bought_days(analysis).values()), "day"), scenario.partners
    titled = [
        (kinds["backfill"], f"Extra days for our own team · {days}"),
        *(
            ([one], f"{partners[one.partner or ''].title}, {kind.words}")
            for kind in PRICE_KINDS
            if kind.paid_for is PaidFor.PARTNER
            for one in kinds[kind.id]
        ),
        *((lines, f"What the fund of {payer} cannot meet") for payer, lines in topped_up.items()),
    ]
    return [{"title": title, **amounts_of(scenario, lines)} for lines, title in titled if lines]


def bought_days(analysis: Chosen) -> dict[str | None, float]:
    """Return how many days our own team is short of and buys, by phase (None without phases)."""
    work, chosen = analysis.table.workload, analysis.allocation.chosen
    days = (
        np.zeros(len(work.phases))
        if chosen is None
        else backfill_days(analysis.scenario, work, chosen)
    )
    return dict(zip(work.phases, days.tolist(), strict=True))


def gauge_rows(analysis: Chosen) -> list[Row]:
    """Return every limit in words, the tightest first.

    `share` is what is used of it or, of a minimum, how much of what there is must be; `tight` says
    whether it is at or near capacity.
    """
    rows = [_gauge(analysis, one) for one in usage(analysis)]
    return sorted(rows, key=lambda row: -round(row["share"], 9))


def _gauge(analysis: Chosen, one: LimitUsage) -> Row:
    scenario = analysis.scenario
    used, limit = (measured(one.kind, scenario.currency, part) for part in (one.used, one.limit))
    enough, have = (one.limit, one.used) if one.kind.is_minimum else (one.used, one.limit)
    part = enough / have if have > 0 else 1.0
    days = bought_days(analysis).items() if one.kind is INTERNAL_DAYS else ()
    bought = sum(days for phase, days in days if one.phase in {None, phase})
    return {
        "path": dotted(one.loc),
        "subject": one.subject,
        "title": use_name(scenario, one.kind, one.subject),
        "name": use_name(scenario, one.kind, one.subject, short=True),
        "phase": one.phase and scenario.phase_title(one.phase),
        "amount": (f"{used}, at least {limit}" if one.kind.is_minimum else f"{used} of {limit}")
        + (f", and {tenths(bought)} bought" if bought > 0 else ""),
        "share": part,
        "tight": part >= NEAR_CAPACITY,
    }


def working_rows(analysis: Analysis) -> list[Row]:
    """Return what every partner engaged does where, for how many days, and what it costs whom."""
    scenario, account = analysis.scenario, analysis.allocation.account
    engaged: dict[str, dict[str, list[str]]] = {}
    for (programme, component, partner), lines in _work(analysis).items():
        days = counted(sum(line.days for line in lines), "day")
        told = f"{scenario.component_title(component)} {days}"
        engaged.setdefault(partner, {}).setdefault(programme, []).append(told)
    rows = []
    paid = account.lines if account else ()
    for name, work in engaged.items():
        stated, gates = scenario.partners[name], scenario.partners[name].gates
        funding = stated.funding
        by_title = {scenario.programmes[p].title: parts for p, parts in work.items()}
        rows.append(
            {
                "id": name,
                "partner": stated.title,
                "work": [f"{title}: {listed(parts)}" for title, parts in by_title.items()],
                "gates": [
                    f"{scenario.gates[gate].title} ({scenario.gates[gate].status})"
                    for gate in gates
                ],
                "funding": f"{scenario.payer_title(funding.payer)} pays {share(funding.covers)}"
                if funding
                else "",
                **amounts_of(scenario, [line for line in paid if line.partner == name]),
            }
        )
    return sorted(rows, key=lambda row: (row["partner"], row["id"]))


def _work(analysis: Analysis) -> dict[Work, list[DayCost]]:
    """Return the days of every programme, component and partner, a line a phase."""
    found: dict[Work, list[DayCost]] = {}
    account = analysis.allocation.account
    for line in account.day_costs if account else ():
        work = str(line.programme), line.component, str(line.partner)
        found.setdefault(work, []).append(line)
    return found


def work_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every programme, component and partner, its phases put together."""
    scenario = analysis.scenario
    return [
        {
            "programme": scenario.programmes[programme].title,
            "component": scenario.component_title(component),
            "partner": scenario.partners[partner].title,
            "phases": [scenario.phase_title(line.phase) for line in lines if line.phase],
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
            **titled(scenario, vars(line)),
            "what": FIXED[line.kind].format(payer=scenario.payer_title(line.payer)),
            **amounts_of(scenario, [line]),
        }
        for line in (account.fixed_costs if account else ())
    ]
