"""0 done · 1 a check failed · 2 your input · 3 no answer exists · 4 we failed, or time ran out.

Data on standard output only.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from click.testing import CliRunner, Result

from partnerselect import analysis
from partnerselect.cli import main
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data
from tests.processes import python

Written = Callable[..., str]
Run = Callable[..., "CompletedProcess[str]"]
GOOD = scenario({"ash": partner(70)}, {"x": programme()})
MISSPELT = "format: 1\ntitle: A case\nprogrames: {}\n"
IMPOSSIBLE = scenario(
    {"ash": partner(70, excluded="Conflict of interest")}, {"x": programme(mandatory=True)}
)
UNPROVABLE = scenario({"ash": partner(70, "work", "spare")}, {"x": programme()})


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def many(programmes: int, partners: int) -> Data:
    """Return a case too large for a thousandth of a second: every partner may do everything, and days are scarce."""
    offering = {
        f"k{k}": partner(10 + 7 * k % 80, capacity=20 + k, cost={"per-day": 100 + 13 * k % 70})
        for k in range(partners)
    }
    needing = {f"p{p}": programme(7 + p % 5, importance=1 + p % 7) for p in range(programmes)}
    return scenario(offering, needing, limits={"budget": 150 * programmes})


def test_an_answer_is_0_and_the_json_is_all_there_is_on_standard_output(
    written: Written, run: Run
) -> None:
    ran = run("rank", written(GOOD), "--format", "json")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["portfolio"]["value"] == 70


def test_the_shipped_scenario_prints_its_json_alone(run: Run) -> None:
    shipped = Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml"
    ran = run("rank", str(shipped), "--samples", "0", "--format", "json")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["status"]["state"] == "optimal"


def test_a_warning_is_1_unless_warnings_are_allowed(written: Written) -> None:
    path = written(UNPROVABLE)
    refused, allowed = invoke("check", path), invoke("check", path, "--allow-warnings")
    assert (refused.exit_code, allowed.exit_code) == (1, 0)
    assert 'No programme needs "spare"' in refused.stdout


def test_warnings_are_for_check_alone(written: Written) -> None:
    assert invoke("rank", written(UNPROVABLE)).exit_code == 0


def test_faulty_input_is_2_with_file_line_and_column(written: Written, run: Run) -> None:
    path = written(MISSPELT)
    for command in ("rank", "check"):
        ran = run(command, path)
        assert ran.returncode == 2
        assert "case.yaml:3:1 programes: unknown key" in ran.stderr
        assert 'did you mean "programmes"?' in ran.stderr
        assert ran.stdout == ""


@pytest.mark.parametrize("path", ["nowhere.yaml", "."])
def test_a_file_that_cannot_be_read_is_2_and_says_so(path: str, run: Run) -> None:
    ran = run("rank", path)
    assert ran.returncode == 2
    assert path in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--samples", "-1", "x.yaml"),
        ("--time-limit", "0", "x.yaml"),
        ("--format", "pdf", "x.yaml"),
        ("--frob", "x.yaml"),
    ],
)
def test_an_argument_that_means_nothing_is_2(arguments: tuple[str, ...]) -> None:
    assert invoke("rank", *arguments).exit_code == 2


def test_no_answer_is_3_with_the_conflict_in_words_and_still_the_ranking_as_json(
    written: Written, run: Run
) -> None:
    ran = run("rank", written(IMPOSSIBLE), "--format", "json")
    report = json.loads(ran.stdout)
    assert ran.returncode == 3
    assert report["status"]["state"] == "infeasible"
    assert (report["portfolio"], report["allocation"], report["fixed_costs"]) == (None, [], [])
    assert [row["partner"] for row in report["ranking"]] == ["ash"]
    assert report["conflict"][0]["path"] == "programmes.x.needs.work"
    assert "Conflict of interest" in report["conflict"][0]["words"]
    assert "Conflict of interest" in ran.stderr


def test_no_answer_still_prints_the_ranking_as_a_table(written: Written) -> None:
    result = invoke("rank", written(IMPOSSIBLE))
    assert result.exit_code == 3
    assert "No recommendation: no choice of partners meets every demand." in result.stdout
    assert "Conflict of interest" in " ".join(
        result.stdout.partition("No recommendation:")[2].split()
    )


def test_no_programme_worth_running_is_an_answer(written: Written) -> None:
    result = invoke(
        "rank",
        written(scenario({"ash": partner(70)}, {"x": programme(baseline=90)})),
        "--format",
        "json",
    )
    assert result.exit_code == 0
    assert json.loads(result.stdout)["portfolio"] == {
        "value": 90,
        "cost": 0,
        "own_cost": 0,
        "partners": 0,
    }


def test_time_that_runs_out_before_any_answer_is_4_and_the_ranking_is_complete(
    written: Written, run: Run
) -> None:
    ran = run(
        "rank",
        written(many(60, 20)),
        "--format",
        "json",
        "--time-limit",
        "0.000001",
        "--samples",
        "0",
    )
    report = json.loads(ran.stdout)
    assert ran.returncode == 4
    assert report["status"]["state"] == "no-answer-yet"
    assert (report["portfolio"], report["allocation"]) == (None, [])
    assert len(report["ranking"]) == 60 * 20
    assert "--time-limit" in ran.stderr


ABOUT_A_CHOICE = (("rank",), ("explain", "x"), ("robustness",), ("frontier",))
"""The commands that analyse a scenario, with what they need beside it."""


@pytest.mark.parametrize("command", ABOUT_A_CHOICE, ids=lambda command: str(command[0]))
def test_every_command_leaves_with_3_where_nothing_is_possible_and_says_why(
    command: tuple[str, ...], written: Written
) -> None:
    path = written(
        scenario(
            {"ash": partner(70, excluded="Conflict of interest"), "elm": partner(60, "spare")},
            {"x": programme(mandatory=True)},
        )
    )
    result = invoke(command[0], path, *command[1:])
    assert result.exit_code == 3
    assert "no choice of partners meets every demand" in result.stderr
    assert "Conflict of interest" in result.stderr
    assert "time ran out" not in result.output


@pytest.mark.parametrize("command", ABOUT_A_CHOICE, ids=lambda command: str(command[0]))
def test_every_command_leaves_with_4_where_time_runs_out_before_any_answer(
    command: tuple[str, ...], written: Written
) -> None:
    data = many(30, 10)
    data["programmes"]["x"] = programme()
    result = invoke(
        command[0], written(data), *command[1:], "--time-limit", "0.000001", "--samples", "0"
    )
    assert result.exit_code == 4
    assert (
        "time ran out before any answer (0.000001 seconds); allow more with --time-limit"
        in result.stderr
    )
    assert "meets every demand" not in result.output


def test_explain_keeps_apart_what_is_impossible_and_what_was_not_found_in_time(
    written: Written,
) -> None:
    impossible = written(
        scenario(
            {"ash": partner(70, excluded="Conflict"), "elm": partner(60, excluded="Conflict")},
            {"x": programme(mandatory=True)},
        )
    )
    assert (
        "Nothing is recommended: no choice of partners meets every demand."
        in invoke("explain", impossible, "x").stdout
    )
    late = invoke("explain", written(many(30, 10)), "p0", "--time-limit", "0.000001")
    assert "Nothing is recommended: time ran out before any answer." in late.stdout


def test_one_of_a_kind_is_told_in_the_singular(written: Written) -> None:
    assert "valid (1 programme, 1 partner, 1 criterion)" in invoke("check", written(GOOD)).stderr


def test_the_screens_need_a_terminal(written: Written, run: Run) -> None:
    ran = run("tui", written(GOOD))
    assert ran.returncode == 2
    assert ran.stderr == "tui needs a terminal; `partnerselect rank` prints the table.\n"
    assert ran.stdout == ""


def test_one_scenario_is_an_object_and_several_are_an_array(written: Written) -> None:
    one, other = written(GOOD, "one.yaml"), written(GOOD, "other.yaml")
    assert json.loads(invoke("rank", one, "--format", "json").stdout)["scenario"]["id"] == "one"
    assert [
        report["scenario"]["id"]
        for report in json.loads(invoke("rank", one, other, "--format", "json").stdout)
    ] == ["one", "other"]


def test_a_failing_scenario_does_not_stop_the_others_and_the_highest_code_wins(
    written: Written, run: Run
) -> None:
    bad, impossible, good = (
        written(MISSPELT, "bad.yaml"),
        written(IMPOSSIBLE, "impossible.yaml"),
        written(GOOD, "good.yaml"),
    )
    ran = run("rank", impossible, bad, good, "--format", "json")
    assert ran.returncode == 3
    assert [report["scenario"]["id"] for report in json.loads(ran.stdout)] == ["impossible", "good"]
    assert "bad.yaml:3:1" in ran.stderr
    assert run("rank", bad, good).returncode == 2


def test_a_breakdown_of_our_own_is_4_and_not_mistaken_for_a_failed_check(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(analysis, "performance_table", broken)
    result = invoke("rank", written(GOOD))
    assert result.exit_code == 4
    assert "ZeroDivisionError" in result.stderr


def test_one_programme_can_be_asked_for(written: Written) -> None:
    path = written(
        scenario({"ash": partner(70), "elm": partner(50)}, {"x": programme(), "y": programme()})
    )
    report = json.loads(invoke("rank", path, "--format", "json", "--programme", "y").stdout)
    assert {
        row["programme"] for key in ("programmes", "ranking", "allocation") for row in report[key]
    } == {"y"}
    assert report["portfolio"]["value"] == 70


def test_of_the_fixed_costs_one_programme_has_its_own_and_those_of_no_programme(
    written: Written,
) -> None:
    priced = partner(70, cost={"per-programme": 300, "once": 40})
    path = written(scenario({"ash": priced}, {"x": programme(), "y": programme()}))
    assert {
        row["programme"]
        for row in json.loads(invoke("rank", path, "--format", "json").stdout)["fixed_costs"]
    } == {"x", "y", None}
    assert {
        row["programme"]
        for row in json.loads(invoke("rank", path, "--format", "json", "--programme", "y").stdout)[
            "fixed_costs"
        ]
    } == {"y", None}


def test_an_unknown_programme_is_2_and_names_the_known(written: Written) -> None:
    result = invoke("rank", written(GOOD), "--programme", "y")
    assert result.exit_code == 2
    assert 'no programme is called "y"; known: x' in result.stderr


def test_a_sweep_of_what_does_not_exist_is_found_before_the_batch(written: Written) -> None:
    ran = invoke("check", written({**GOOD, "sweep": {"limits.bugdet": [1, 2]}}))
    assert ran.exit_code == 2
    assert 'sweep.limits.bugdet: unknown key; did you mean "budget"?' in ran.stderr


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("rank", "--samples", "1e3"), "'1e3' is not a valid whole number."),
        (("rank", "--samples", "-1"), "must be from 0 to 10,000,000 (found -1)."),
        (("rank", "--time-limit", "0"), "must be more than 0 (found 0.0)."),
        (("alternatives", "--within", "half"), "'half' is not a valid number."),
        (("compare",), "give two scenarios or more, or one and --rev or --plan"),
    ],
)
def test_what_is_mistyped_on_the_command_line_is_told_in_plain_words(
    asked: tuple[str, ...], words: str
) -> None:
    command, *rest = asked
    result = CliRunner().invoke(main, [command, "scenarios/tender.yaml", *rest])
    assert (result.exit_code, words in result.stderr) == (2, True), result.stderr


@pytest.mark.parametrize(
    ("imported", "arguments"),
    [
        ("partnerselect.cli", ["rank", "x.yaml"]),
        ("click", ["rank", "x.yaml"]),
        ("importlib.metadata", ["--version"]),
        ("partnerselect.cli.answers", ["rank", "x.yaml"]),
    ],
)
def test_ctrl_c_is_4_from_the_first_import_on(imported: str, arguments: list[str]) -> None:
    pyproject = Path(__file__).parents[3] / "pyproject.toml"
    scripts = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["scripts"]
    module, _, function = scripts["partnerselect"].partition(":")
    ran = python(
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(name, *_):\n"
        f"        if name == {imported!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted)\n"
        f"sys.argv = ['partnerselect', *{arguments!r}]\n"
        f"from {module} import {function}\n"
        f"sys.exit({function}())",
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (4, "", "Stopped.\n")
