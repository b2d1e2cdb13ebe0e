"""What the allocation chooses among: values and days as the oracle works them out from the plain scenario."""

from __future__ import annotations

import pytest
from hypothesis import given

from partnerselect.model import Scenario
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score
from tests.oracle import cases
from tests.oracle.scores import Data
from tests.oracle.totals import Case


@given(scenario=cases.scenarios())
def test_values_agree_with_the_oracle(scenario: Data) -> None:
    """V of every partner who offers something, and the value of doing nothing."""
    model, case = Scenario.from_data(scenario), Case(scenario)
    table = performance_table(model)
    scores, work = score(model, table), table.workload
    found = {
        (p, k): scores.overall[row, column]
        for row, p in enumerate(work.programmes)
        for column, k in enumerate(work.partners)
        if (p, k) in case.value
    }
    assert found == pytest.approx(case.value, abs=1e-9)
    assert dict(zip(work.programmes, scores.baseline, strict=True)) == pytest.approx(
        case.baseline, abs=1e-9
    )


@given(scenario=cases.scenarios())
def test_days_by_phase_agree_with_the_oracle(scenario: Data) -> None:
    """Every (programme, need, partner who offers it); phases without days left out."""
    case, work = Case(scenario), performance_table(Scenario.from_data(scenario)).workload
    found = {
        (p, j, k): {
            t: days
            for t, days in zip(work.phases, work.days[row, column] * work.spread[row], strict=True)
            if days
        }
        for row, (p, j) in enumerate(work.needs)
        for column, k in enumerate(work.partners)
        if work.offered[row, column]
    }
    assert found.keys() == case.days.keys()
    for offer, days in found.items():
        assert days == pytest.approx(case.days[offer], abs=1e-9)
