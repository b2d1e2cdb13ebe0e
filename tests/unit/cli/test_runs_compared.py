"""What differs between two folders of results, as people read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from partnerselect.cli import main
from tests.oracle.plain import partner, programme, scenario


def results(folder: Path, per_day: float, worth: float = 70) -> str:
    """Run one case of a partner at this price; return the folder of the results."""
    folder.mkdir()
    ash = partner(worth, cost={"per-day": per_day})
    path = folder / "case.json"
    path.write_text(json.dumps(scenario({"ash": ash}, {"x": programme()})), encoding="utf-8")
    out = str(folder / "out")
    run = CliRunner().invoke(main, ["batch", str(path), "--out", out, "--workers", "1"])
    assert run.exit_code == 0
    return out


def told(first: str, second: str) -> dict[tuple[str, str], list[str]]:
    """Return what was and what is by programme and what differs, as a table says it."""
    shown = CliRunner().invoke(main, ["compare", first, second, "--format", "markdown"]).stdout
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in shown.splitlines()
        if line.startswith("| case ")
    ]
    return {(row[1], row[2]): row[3:] for row in cells}


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (1.25, 1.24, ["12.50", "12.40"]),
        (125.02, 125.01, ["1250.2", "1250.1"]),
        (125, 130, ["1,250", "1,300"]),
    ],
)
def test_two_costs_that_differ_do_not_look_alike(
    tmp_path: Path, before: float, after: float, shown: list[str]
) -> None:
    """Ten days at each price."""
    first, second = results(tmp_path / "a", before), results(tmp_path / "b", after)
    assert told(first, second) == {("the whole", "cost to us"): shown, ("x", "cost to us"): shown}


def test_two_values_that_differ_do_not_look_alike(tmp_path: Path) -> None:
    first, second = results(tmp_path / "a", 1, 70.01), results(tmp_path / "b", 1, 70.02)
    assert told(first, second)["x", "value"] == ["70.01", "70.02"]
