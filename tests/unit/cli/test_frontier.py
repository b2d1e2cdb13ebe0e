"""`frontier`: what the next pound buys, as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

from partnerselect.cli import main
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data
from tests.unit.cli.conftest import Written

LADDER = {
    "good": partner(80, cost={"per-day": 300}),
    "fair": {**partner(60, cost={"per-day": 100}), "title": "Fair Trust"},
    "poor": partner(10),
}
CASE = scenario(LADDER, {"a": programme()}, limits={"budget": 2000})
"""For 10 days: 3,000 buys 80, 1,000 buys 60, nothing 10."""


def called(path: str, *options: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["frontier", path, *options])


def answer(path: str, *options: str) -> Data:
    """Return what it prints as JSON."""
    result = called(path, "--format", "json", *options)
    assert result.exit_code == 0, result.output
    data: Data = json.loads(result.stdout)
    return data


def test_json_holds_the_choices_the_limits_and_what_would_be_done_instead(written: Written) -> None:
    found = answer(written(CASE))
    assert found["format"] == 2
    assert (found["step"], found["complete"]) == (None, True)
    assert [(point["own_cost"], point["value"], point["today"]) for point in found["frontier"]] == [
        (0, 10, False),
        (1000, 60, True),
        (3000, 80, False),
    ]
    assert found["frontier"][1]["enters"] == [
        {"programme": "a", "component": "work", "partner": "fair"}
    ]
    assert found["frontier"][1]["leaves"] == [
        {"programme": "a", "component": "work", "partner": "poor"}
    ]
    assert found["limits"] == [
        {
            "path": "limits.budget",
            "limit": 2000,
            "rises_at": 3000,
            "gain": 20,
            "falls_below": 1000,
            "loss": 50,
            "reason": "",
        }
    ]
    (left_out,) = found["with_and_without"]
    assert (
        left_out["kind"],
        left_out["subject"],
        left_out["value_change"],
        left_out["own_cost_change"],
    ) == ("partner", "fair", -50, -1000)
    assert left_out["programmes"] == [{"programme": "a", "now": ["fair"], "then": ["poor"]}]


def test_a_step_is_taken_and_told(written: Written) -> None:
    found = answer(written(CASE), "--step", "5000")
    assert found["step"] == 5000
    assert [(point["own_cost"], point["today"]) for point in found["frontier"]] == [
        (0, False),
        (1000, True),
        (3000, False),
    ]


@pytest.mark.parametrize("step", ["0", "-1", "nan", "inf"])
def test_a_step_that_leads_nowhere_is_refused(written: Written, step: str) -> None:
    result = called(written(CASE), "--step", step)
    assert result.exit_code == 2
    assert "--step" in result.stderr


def test_the_table_marks_what_is_recommended_and_says_the_rest_in_words(written: Written) -> None:
    result = called(written({**CASE, "illustrative": True}))
    assert result.exit_code == 0
    (today,) = [
        line
        for line in result.stdout.splitlines()
        if "recommended" in line and "Fair Trust for A programme" in line
    ]
    assert "£1,000" in today
    assert "ILLUSTRATIVE FIGURES" in result.stdout
    assert "Our budget (£2,000 today)" in result.stdout
    assert "Without Fair Trust" in result.stdout


def test_the_cheapest_choice_is_told_whole(written: Written) -> None:
    first, second, *_ = answer(written(CASE))["frontier"]
    assert (first["enters"], first["engagements"]) == (
        [],
        [{"programme": "a", "component": "work", "partner": "poor"}],
    )
    assert second["engagements"] == second["enters"]
    assert "A partner for A programme" in next(
        line for line in called(written(CASE)).stdout.splitlines() if "£0" in line
    )


def test_csv_is_the_frontier_as_data(written: Written) -> None:
    rows = list(csv.reader(io.StringIO(called(written(CASE), "--format", "csv").stdout)))
    assert rows == [
        ["scenario", "own_cost", "value", "today", "enters", "leaves", "illustrative"],
        ["case", "0.0", "10.0", "False", "", "", "True"],
        ["case", "1000.0", "60.0", "True", "a: fair", "a: poor", "True"],
        ["case", "3000.0", "80.0", "False", "a: good", "a: fair", "True"],
    ]


def test_several_scenarios_are_one_csv_with_one_head(written: Written) -> None:
    first, second = written(CASE, "one.json"), written(CASE, "two.json")
    result = CliRunner().invoke(main, ["frontier", first, second, "--format", "csv"])
    assert [row["scenario"] for row in csv.DictReader(io.StringIO(result.stdout))] == [
        "one"
    ] * 3 + ["two"] * 3


def test_without_an_answer_there_is_nothing_to_vary(written: Written) -> None:
    result = called(
        written(
            scenario(
                {"one": partner(80, cost={"per-day": 300})},
                {"a": programme(mandatory=True)},
                limits={"budget": 10},
            )
        )
    )
    assert result.exit_code == 3
    assert "no choice of partners meets every demand" in result.stderr
    assert result.stdout == ""


def test_several_scenarios_are_an_array(written: Written) -> None:
    first, second = written(CASE, "one.json"), written(CASE, "two.json")
    result = CliRunner().invoke(main, ["frontier", first, second, "--format", "json"])
    assert result.exit_code == 0
    assert [len(found["frontier"]) for found in json.loads(result.stdout)] == [3, 3]


def test_a_partner_that_changes_its_part_is_told_with_it(written: Written) -> None:
    """Fern digs for nothing.

    Digging 2 days by ash costs 200 and frees fern, who tends no longer: fern is on both sides.
    """
    partners = {
        "ash": {**partner(90, "dig", cost={"per-day": 100}), "title": "Ash"},
        "fern": {**partner(50, "dig", "tend", capacity=2), "title": "Fern"},
        "elm": {**partner(10, "tend"), "title": "Elm"},
    }
    case = scenario(
        partners,
        {"garden": {"title": "The garden", "needs": {"dig": 2, "tend": 1}, "mandatory": True}},
    )
    shown = called(written(case), "--format", "markdown").stdout
    assert (
        "| Ash for The garden; Fern for The garden (tend) | Fern for The garden (dig); Elm for The"
        " garden |" in shown
    )
