"""Every scenario we ship is recommended an allocation that keeps its limits and whose sums add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.analysis import analyse_unpriced
from partnerselect.rows import ranking_json
from tests.oracle.checker import faults

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_keeps_its_limits(path: Path) -> None:
    scenario = files.load(path).scenario.with_change("analysis.samples", 0)
    assert faults(scenario.data, ranking_json(analyse_unpriced(scenario))) == []
