"""What Python gets is what the command line prints, and a mistake is told as there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import partnerselect as ps
from partnerselect.cli import main
from partnerselect.tables import JUDGED_ROWS, NEAR_ROWS
from tests.unit.batch.plans import SCENARIO, write

SCENARIOS = Path(__file__).parents[2] / "scenarios"
AID = SCENARIOS / "aid-agency.yaml"
TRIALS = {"samples": 200, "seed": 1}
SAFETY_ONLY = {"title": "Safety", "choose": {"safety": {"coaching": "elm", "audit": "yew"}}}


def holds(frame: pd.DataFrame, printed: str) -> None:
    """Hold each cell of a frame against the CSV that a command prints of one scenario."""
    rows = list(csv.reader(io.StringIO(printed)))
    assert rows[0] == ["scenario", *frame.columns, "illustrative"]
    assert len(rows) - 1 == len(frame)
    for row, found in zip(rows[1:], frame.itertuples(index=False), strict=True):
        for cell, value in zip(row[1:-1], found, strict=True):
            if isinstance(value, float):
                assert float(cell) == pytest.approx(value, abs=1e-6)
            else:
                assert cell == ("" if value is pd.NA else str(value))


@pytest.fixture(scope="module")
def analysis() -> ps.Analysis:
    return ps.analyse(AID, **TRIALS)


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("rank", "recommendation"),
        ("rank", "ranking"),
        ("rank", "allocation"),
        ("rank", "limits"),
        ("robustness", "standings"),
        ("robustness", "intervals"),
        ("robustness", "questions"),
        ("frontier", "frontier"),
    ],
)
def test_a_frame_holds_what_the_command_prints(
    command: str, name: str, analysis: ps.Analysis
) -> None:
    frame: pd.DataFrame = getattr(analysis, name)()
    asked = [command, str(AID), "--table", name, "--format", "csv", "--samples", "200"]
    printed = CliRunner().invoke(main, [*asked, "--seed", "1"]).stdout
    holds(frame, printed)


@pytest.mark.parametrize(
    ("method", "command", "name"),
    [
        *(("plans", "judge", name) for name in JUDGED_ROWS),
        *(("alternatives", "alternatives", name) for name in NEAR_ROWS),
    ],
)
def test_plans_hold_what_their_commands_print(
    method: str, command: str, name: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "plan.json", sweep={}, plans={"safe": SAFETY_ONLY})
    frame: pd.DataFrame = getattr(ps.analyse(path), method)(table=name)
    asked = [command, str(path), "--table", name, "--format", "csv"]
    holds(frame, CliRunner().invoke(main, asked).stdout)


def test_a_plan_or_a_table_of_no_such_name_is_told(analysis: ps.Analysis) -> None:
    with pytest.raises(ps.InputError, match="no plan is called"):
        analysis.plans("nobody's")
    with pytest.raises(ps.InputError, match="no table is called"):
        analysis.alternatives(table="plans")


def test_json_is_what_rank_prints(analysis: ps.Analysis) -> None:
    told = json.loads(json.dumps(analysis.json()))
    assert told["portfolio"]["value"] == analysis.value
    assert told["portfolio"]["own_cost"] == analysis.own_cost
    assert told["status"]["state"] == analysis.state


def test_a_change_makes_another_scenario_and_leaves_the_first() -> None:
    scenario = ps.load(AID)
    other = scenario.change("limits.budget", 20000)
    assert (scenario.data["limits"]["budget"], other.data["limits"]["budget"]) == (48000, 20000)
    cost = ps.analyse(other, samples=0).own_cost
    assert cost is not None
    assert cost <= 20000


@pytest.mark.parametrize(
    ("path", "value", "stated"),
    [
        ("limits.budget", np.int64(20000), 20000),
        ("limits.budget", np.float32(20000), 20000.0),
        ("limits.budget", Decimal(20000), 20000.0),
        ("sweep", {"limits.budget": np.array([10, 20])}, {"limits.budget": [10, 20]}),
        ("programmes.safe-water.mandatory", np.bool_(True), True),
    ],
)
def test_a_number_of_another_library_becomes_one_of_a_file(
    path: str, value: object, stated: object
) -> None:
    data = ps.load(AID).change(path, value).data
    for key in path.split("."):
        data = data[key]
    assert data == stated
    assert json.loads(json.dumps(data)) == stated
    assert type(data) is type(stated)


def test_a_path_that_is_not_there_is_refused_with_what_is() -> None:
    with pytest.raises(ps.InputError, match='did you mean "budget"'):
        ps.load(AID).change("limits.bugdet", 1)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("nope",), "no programme is called"),
        (("safe-water", "village-union", "nobody"), "no partner is called"),
        (("safe-water", "village-union", "village-union"), "cannot be compared with itself"),
    ],
)
def test_a_name_that_is_not_there_is_refused_as_on_the_command_line(
    analysis: ps.Analysis, asked: tuple[str, ...], told: str
) -> None:
    with pytest.raises(ps.InputError, match=told):
        analysis.explain(*asked)
    named = zip(("--why", "--why-not"), asked[1:], strict=bool(asked[1:]))
    result = CliRunner().invoke(main, ["explain", str(AID), asked[0], *chain(*named)])
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize("wrong", [None, 5, True, b"x", ["safe-water"], {}])
def test_a_name_or_a_path_that_is_no_text_is_refused_with_what_is_known(
    wrong: Any, analysis: ps.Analysis
) -> None:
    refused: list[Callable[[], object]] = [
        lambda: analysis.explain(wrong),
        lambda: analysis.plans(table=wrong),
        lambda: analysis.alternatives(table=wrong),
    ]
    if wrong is not None:  # the one chosen
        refused.append(lambda: analysis.explain("safe-water", wrong))
    for ask in refused:
        with pytest.raises(ps.InputError, match=r"must be text \(found .*\); known: "):
            ask()
    with pytest.raises(ps.InputError, match=r"path: must be text, such as limits.budget \(found"):
        analysis.scenario.change(wrong, 5)


def test_an_empty_cell_is_missing_and_no_empty_text(analysis: ps.Analysis) -> None:
    ranking = analysis.ranking()
    assert ranking.loc[ranking["chosen"], "reason"].isna().all()


def test_no_answer_is_a_state_and_no_figures() -> None:
    none = ps.analyse(ps.load(AID).change("limits.budget", 1), samples=0)
    assert (none.state, none.value, none.own_cost) == ("infeasible", None, None)
    assert none.recommendation()["run"].isna().all()


def test_a_batch_in_python_writes_what_the_command_writes(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.json")
    asked = ["batch", str(path), "--out", str(tmp_path / "a"), "--workers", "1"]
    CliRunner().invoke(main, asked)
    results = ps.batch(path, out=tmp_path / "b", workers=1)
    again = ps.batch(ps.load(path), out=tmp_path / "c", workers=1)
    for name in ("summary", "recommendations", "drivers"):
        expected = (tmp_path / "a" / f"{name}.csv").read_bytes()
        assert (results.folder / f"{name}.csv").read_bytes() == expected
        assert (again.folder / f"{name}.csv").read_bytes() == expected
    summary = results.table("summary")
    assert len(summary) == 60
    assert {str(dtype) for dtype in summary.dtypes} <= {"string", "Int64", "Float64", "boolean"}
    with pytest.raises(ps.InputError, match='no table is called "nope"'):
        results.table("nope")
    with pytest.raises(ps.InputError, match=r"60 cases are asked for.*most_cases=60"):
        ps.batch(path, out=tmp_path / "d", most_cases=59)
    with pytest.raises(ps.InputError, match="resume=True"):
        ps.batch(path, out=tmp_path / "b", workers=1)


def test_what_a_notebook_shows_is_literal(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.json", title="<script>", sweep={})
    shown = ps.analyse(path)._repr_html_()
    assert "&lt;script&gt;" in shown
    assert "=Elm &lt;b&gt;" in shown
    assert "<b>" not in shown
    assert "<script>" not in shown
    assert SCENARIO["illustrative"]
    assert "ILLUSTRATIVE FIGURES" in shown


def test_what_the_files_probably_do_not_mean_is_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.json", sweep={}, limits={"budget": 300, "funds": {"x": 1}})
    with pytest.warns(UserWarning, match=r"limits\.funds\.x: limits nothing"):
        ps.load(path)


def test_the_public_names_are_those_that_are_listed() -> None:
    listed = {
        "Analysis",
        "Batch",
        "FailureError",
        "InputError",
        "Scenario",
        "analyse",
        "batch",
        "load",
    }
    assert set(dir(ps)) == listed
    page = (SCENARIOS.parent / "docs" / "python.md").read_text(encoding="utf-8")
    assert all(f"ps.{name}" in page for name in ("load", "analyse", "batch", "InputError"))
    methods = {name for name in dir(ps.Analysis) if not name.startswith("_")}
    assert all(f"{name}(" in page or f".{name}" in page for name in methods)


@pytest.mark.parametrize("wrong", [0, -1, float("nan"), float("inf"), "5", True])
def test_a_number_that_is_not_allowed_is_refused_and_never_an_empty_table(
    wrong: Any, analysis: ps.Analysis, tmp_path: Path
) -> None:
    refused: list[Callable[[], object]] = [
        lambda: analysis.frontier(step=wrong),
        lambda: analysis.alternatives(most=wrong),
        lambda: ps.batch(AID, out=tmp_path / "out", workers=wrong),
    ]
    if wrong != 0:  # the best alone
        refused.append(lambda: analysis.alternatives(within=wrong))
    for ask in refused:
        with pytest.raises(ps.InputError, match=r"must be .* \(found "):
            ask()
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_read_or_written_is_raised_as_the_page_says(
    analysis: ps.Analysis, tmp_path: Path
) -> None:
    with pytest.raises(ps.FailureError, match="could not be written"):
        analysis.paper(tmp_path / "no" / "paper.md")
    with pytest.raises(ps.InputError, match="name one or more"):
        ps.batch(out=tmp_path / "out")
    for path in ("a\0b.yaml", "a\ud800b.yaml"):
        with pytest.raises(ps.InputError, match="is no path of a file"):
            ps.load(path)
