"""What each partner would cost us if it were used for one programme and nothing else."""

from __future__ import annotations

import numpy as np

from partnerselect.allocation.cost_account import beyond
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.model import PaidFor, Scenario
from partnerselect.value import Workload


def own_costs_alone(scenario: Scenario, work: Workload) -> FloatArray:
    """Return what we would pay for each partner if it did all it offers to a programme, alone.

    With what is paid once, what its payer's fund cannot meet and we pay, and the change of partners
    where it does not work there today; days bought for our own team are left out. Shape (P, K), in
    the scenario's currency; 0 where it offers nothing.
    """
    once = work.rates[PaidFor.PARTNER] * work.own_share
    costs = work.alone[2] + once + _topped_up_alone(scenario, work)
    for p, (name, programme) in enumerate(scenario.programmes.items()):
        if programme.change is not None and (now := scenario.incumbents.get(name)):
            costs[p] += programme.change.cost * np.array([k not in now for k in work.partners])
    return np.where(work.covers > 0, costs, 0.0)


def _topped_up_alone(scenario: Scenario, work: Workload) -> FloatArray:
    """Return what we pay in place of its payer's fund for each partner alone; shape (P, K)."""
    rest = np.zeros((len(work.programmes), len(work.partners)))
    for payer, fund in scenario.limits.funds.items():
        ours = np.flatnonzero(work.topped_up & (np.array(work.payers) == payer))
        if ours.size:
            asked = _costs_alone_by_phase(work, ours) * (1 - work.own_share[ours, None])
            rest[:, ours] = beyond(fund, work.phases, asked).sum(axis=-1)
    return rest


def _costs_alone_by_phase(work: Workload, partners: IntArray) -> FloatArray:
    """Return what some partners (K',) cost, each alone for a programme, by phase; (P, K', T)."""
    costs = np.zeros((len(work.programmes), len(partners), len(work.phases)))
    rates = {kind: rate[:, partners] for kind, rate in work.rates.items()}
    starts = np.full(costs.shape[:2], len(work.phases))
    offered, days = work.offered[:, partners], work.days[:, partners]
    for n, p in enumerate(work.programme_of.tolist()):
        by_phase = (days[n] * rates[PaidFor.DAY][p])[:, None] * work.spread[n]
        costs[p] += np.where(offered[n, :, None], by_phase, 0.0)
        starts[p] = np.where(offered[n], np.minimum(starts[p], work.need_starts[n]), starts[p])
    p, k = np.nonzero(starts < len(work.phases))
    costs[p, k, work.first_phase[p]] += rates[PaidFor.PROGRAMME][p, k]
    costs[p, k, starts[p, k]] += rates[PaidFor.PARTNER][p, k]
    return costs
