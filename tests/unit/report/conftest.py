"""The shipped scenario, worked out once for every form it is read in."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.analysis import Analysis, analyse
from partnerselect.report.paper.content import PaperContent
from tests.unit.report.papers import full

SHIPPED = Path(__file__).parents[3] / "scenarios/shsc-2021.yaml"


@pytest.fixture(scope="session")
def shipped_analysis() -> Analysis:
    """Return it with few draws: what the paper says of them is asked, not how well they converge."""
    return analyse(
        files.load(SHIPPED).scenario.with_changes(
            {"analysis.samples": 200, "analysis.choice-samples": 100}
        )
    )


@pytest.fixture(scope="session")
def shipped(shipped_analysis: Analysis) -> PaperContent:
    """Return its paper."""
    return full(shipped_analysis)
