"""The rows of who pays what, and when."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from partnerselect.analysis import Analysis
from partnerselect.value.money import US

Row = dict[str, Any]


def payer_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every payer, ourselves (`us`) first: the cost by phase, None where a cost falls in no phase, and in all."""
    account = analysis.allocation.account
    if account is None:
        return []
    paid: dict[str, dict[str | None, float]] = {US: defaultdict(float)}
    for line in account.lines:
        paid[US][line.phase] += float(line.own_cost)
        if line.payer != US:
            paid.setdefault(line.payer, defaultdict(float))[line.phase] += float(
                line.cost - line.own_cost
            )
    order = [*analysis.table.workload.phases, None]
    return [
        {
            "payer": payer,
            "phases": {phase: costs[phase] for phase in dict.fromkeys(order) if phase in costs},
            "cost": sum(costs.values()),
        }
        for payer, costs in paid.items()
    ]
