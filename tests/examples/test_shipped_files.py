"""Every criteria set and scenario that we ship loads, without a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files

ROOT = Path(__file__).parents[2]
CRITERIA = sorted((ROOT / "criteria").glob("*.*"))
SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))


def test_something_is_shipped() -> None:
    assert CRITERIA
    assert SCENARIOS


@pytest.mark.parametrize("path", CRITERIA, ids=lambda path: path.stem)
def test_a_shipped_criteria_set_loads(path: Path) -> None:
    assert isinstance(files.load_either(path), files.LoadedCriteria)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_shipped_scenario_loads_without_a_warning(path: Path) -> None:
    loaded = files.load(path)
    assert loaded.scenario.id == path.stem
    assert loaded.warnings == ()


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_shipped_scenario_says_that_its_numbers_are_made_up(path: Path) -> None:
    assert files.load(path).scenario.illustrative
