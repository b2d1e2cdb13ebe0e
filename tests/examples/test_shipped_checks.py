"""What good practice has to say of the shipped scenarios: little, and nothing we would not say ourselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.analysis import checked, examine

ROOT = Path(__file__).parents[2]
STOOD_BY = {
    "evidence": "scores are illustrative, and some rest on nothing that is public",
    "measures": "what service users report has no baseline yet: the paper of 2021 states none",
}
"""The warnings that are just, and why they stay."""


@pytest.mark.parametrize(
    "path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda path: path.stem
)
def test_every_warning_of_a_shipped_scenario_is_one_we_stand_by(path: Path) -> None:
    found = checked(examine(files.load(path).scenario))
    assert {finding.id for finding in found if finding.severity == "warning"} <= STOOD_BY.keys()
