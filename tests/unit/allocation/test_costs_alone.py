"""What each partner would cost alone, against the account of that choice."""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.allocation import Allocator, account, own_costs_alone
from partnerselect.model import Scenario
from partnerselect.value import performance_table, score
from tests.oracle.wider_cases import any_of


def test_a_partner_alone_costs_us_what_the_account_of_that_choice_says() -> None:
    """All but days bought for our own team; cases with funds topped up and changes among them."""
    kinds: set[str] = set()
    for seed in range(100):
        scenario = Scenario.from_data(any_of(seed))
        table = performance_table(scenario)
        allocator = Allocator(scenario, table, score(scenario, table))
        work, costs = allocator.work, own_costs_alone(scenario, allocator.work)
        for p, k in np.ndindex(costs.shape):
            offered = (work.programme_of == p) & work.offered[:, k]
            whole = account(scenario, work, allocator.scores, np.where(offered, k, -1))
            lines = [line for line in whole.fixed_costs if line.kind != "backfill"]
            kinds |= {line.kind for line in lines}
            ours = sum(line.own_cost for line in (*whole.day_costs, *lines))
            assert costs[p, k] == pytest.approx(ours, abs=1e-6), (seed, p, k)
    assert kinds >= {"change", "top-up", "once"}
