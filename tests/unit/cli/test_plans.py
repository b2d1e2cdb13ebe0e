"""`judge` and `alternatives`, as a reader and a program meet them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from partnerselect.cli import main
from partnerselect.tables.flat_columns import FLAT
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

Written = Callable[..., str]
TABLES = {
    "judge": ("plans", "plan-choices", "broken", "differences"),
    "alternatives": ("alternatives", "alternative-choices", "agreement"),
}


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def proposed(**rest: Any) -> Data:
    """Return two programmes of ten days each; Ash is worth more and has ten days, the proposal gives both to Ash.

    The best is Ash for the more important one and Elm for the other: (2·80 + 60) / 3 = 73.3.
    """
    both = {"title": "Ash for both", "by": "The director", "choose": {"x": "ash", "y": "ash"}}
    return scenario(
        {
            "ash": partner(80, capacity=10, cost={"per-day": 10}) | {"title": "Ash"},
            "elm": partner(60, cost={"per-day": 10}) | {"title": "Elm"},
        },
        {
            "x": programme(importance=2) | {"title": "X"},
            "y": programme() | {"title": "Y"},
        },
        plans={"both": both, **rest},
    )


def judged(path: str, *more: str) -> Any:
    result = invoke("judge", path, "--format", "json", *more)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_plan_that_breaks_a_limit_is_judged_as_written_and_by_the_nearest(
    written: Written,
) -> None:
    """Both to Ash is worth 80 and takes 20 of 10 days; the least change is to give y to Elm."""
    told = judged(written(proposed()))
    [plan] = told["plans"]
    assert told["best"]["value"] == pytest.approx(220 / 3)
    assert (plan["possible"], plan["value"], plan["own_cost"]) == (False, 80, 200)
    [broken] = plan["broken"]
    assert broken["path"] == "partners.ash.capacity"
    assert (broken["allowed"], broken["used"], broken["over"]) == (10, 20, 10)
    assert broken["sentence"] == "Days of Ash: 20, where 10 is allowed (10 over)."
    assert plan["nearest"]["changed"] == [
        {"programme": "y", "component": "work", "from": "ash", "to": "elm"}
    ]
    assert plan["same_worth"] is None
    assert [row["programme"] for row in plan["difference"]] == ["y"]
    assert plan["regret"] is None


def test_a_plan_is_read_in_words(written: Written) -> None:
    printed = " ".join(invoke("judge", written(proposed())).stdout.split())
    assert (
        "Ash for both (proposed by The director): worth 80.0 points for £200 to us, 6.7 points more"
        " than the best choice, at the same cost. It is not possible as written: 1 limit or rule would have"
        " to give way. The nearest plan that is possible changes 1 choice (73.3 points for £200 to us):"
        " work for “Y” goes to Elm."
    ) in printed
    assert "No possible plan is worth as much." in printed


def test_the_nearest_plan_says_which_programme_is_deferred_and_which_runs_at_another_level(
    written: Written,
) -> None:
    data = proposed()
    del data["partners"]["elm"]
    printed = " ".join(invoke("judge", written(data)).stdout.split())
    assert "changes 1 choice (53.3 points for £100 to us): “Y” is deferred." in printed
    doses = {"small": {"title": "Small", "worth": "50%", "needs": {"work": 2}}}
    doses["whole"] = {"title": "Whole", "worth": "100%", "needs": {"work": 12}}
    data["programmes"] = {"x": {"title": "X", "mandatory": True, "levels": doses}}
    data["plans"] = {"all": {"title": "All of it", "choose": {"x": "ash"}}}
    printed = " ".join(invoke("judge", written(data)).stdout.split())
    assert "changes 1 choice (40.0 points for £20 to us): “X” runs at “Small”." in printed
    doses["whole"] |= {"needs": {"work": 12, "rest": 1}}
    data["partners"]["ash"]["offers"] = ["work", "rest"]
    printed = " ".join(invoke("judge", written(data)).stdout.split())
    assert "changes 2 choices" in printed
    assert "“X” runs at “Small”, without rest." in printed


def test_what_belongs_to_no_programme_makes_the_costs_of_a_plan_add_up(written: Written) -> None:
    data = proposed(elm={"title": "Elm for both", "choose": {"x": "elm", "y": "elm"}})
    data["partners"]["ash"]["cost"] |= {"once": 70}
    told = invoke("judge", written(data), "--plan", "elm", "--format", "markdown").stdout
    assert "| Paid once, extra days for our own team, and what funds cannot meet |" in told
    lines = [line.strip("| ").split(" | ") for line in told.splitlines() if line.startswith("| ")]
    at = next(n for n, line in enumerate(lines) if line[1:3] == ["In this plan", "Best choice"])
    costs = [line[-1].strip("* ").replace("£", "").replace("−", "-") for line in lines[at + 2 :]]
    *parts, whole = (int(cost) for cost in costs[:4])
    assert sum(parts) == whole
    assert parts[-1] == -70


def test_without_another_plan_nothing_is_said_of_what_plans_agree_on(written: Written) -> None:
    told = invoke("alternatives", written(proposed())).stdout
    assert "No other plan is within 1 point." in told
    assert "agree on" not in told


def test_without_a_recommendation_nothing_is_said_against_it(written: Written) -> None:
    data = proposed() | {"limits": {"budget": 5}}
    data["programmes"]["x"]["mandatory"] = True
    result = invoke("judge", written(data), "--format", "markdown")
    assert result.exit_code == 3
    assert "| X | Ash |  |  |  |" in result.stdout
    assert "No plan is possible" in result.stdout


def test_a_plan_that_is_possible_is_its_own_nearest(written: Written) -> None:
    apart = {"title": "Elm for both", "choose": {"x": "elm", "y": "elm"}}
    told = judged(written(proposed(apart=apart)), "--plan", "apart")
    [plan] = told["plans"]
    assert (plan["plan"], plan["possible"], plan["broken"]) == ("apart", True, [])
    assert (plan["nearest"]["changes"], plan["nearest"]["value"]) == (0, plan["value"])
    assert plan["same_money"]["value"] == pytest.approx(told["best"]["value"])


def test_rank_as_json_has_a_short_row_of_each_plan_and_only_where_there_are_plans(
    written: Written,
) -> None:
    path = written(proposed(best={"title": "Best", "choose": {"x": "ash", "y": "elm"}}))
    told = {one["plan"]: one for one in judged(path)["plans"]}
    rows = json.loads(invoke("rank", path, "--format", "json").stdout)["plans"]
    assert [row["plan"] for row in rows] == ["both", "best"]
    for row in rows:
        plan = told[row["plan"]]
        same = ("title", "possible", "value", "own_cost", "running")
        assert [row[key] for key in same] == [plan[key] for key in same]
        assert row["changes"] == plan["nearest"]["changes"]
    assert rows[0]["words"].startswith("Ash for both (proposed by The director): worth 80.0 points")
    assert rows[1]["words"].endswith("It is possible.")
    data = proposed()
    del data["plans"]
    without = json.loads(invoke("rank", written(data), "--format", "json").stdout)
    assert "plans" not in without


def test_rank_says_a_line_of_each_plan(written: Written) -> None:
    printed = " ".join(invoke("rank", written(proposed())).stdout.split())
    assert "Ash for both (proposed by The director): worth 80.0 points" in printed
    data = proposed()
    del data["plans"]
    assert "plans" not in invoke("rank", written(data)).stdout


def test_what_stands_today_is_a_plan(written: Written) -> None:
    data = proposed()
    data["programmes"]["x"]["today"] = "elm"
    told = judged(written(data), "--plan", "today")
    [plan] = told["plans"]
    assert plan["choose"] == [
        {"programme": "x", "component": "work", "partner": "elm", "written": True}
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--plan", "bohh"), 'no plan is called "bohh"; did you mean "both"?'),
        (("--plan", "nothing-like-it"), 'no plan is called "nothing-like-it"'),
    ],
)
def test_a_plan_that_is_not_there_is_an_error(
    arguments: tuple[str, ...], said: str, written: Written
) -> None:
    result = invoke("judge", written(proposed()), *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_without_plans_there_is_nothing_to_judge(written: Written) -> None:
    data = proposed()
    del data["plans"]
    result = invoke("judge", written(data))
    assert result.exit_code == 2
    assert "`plans`" in result.stderr


@pytest.mark.parametrize("within", ["nan", "inf", "-1"])
def test_a_margin_that_is_none_is_refused(within: str, written: Written) -> None:
    result = invoke("alternatives", written(proposed()), "--within", within)
    assert result.exit_code == 2
    assert "--within" in result.stderr


def test_every_plan_within_the_margin_is_listed(written: Written) -> None:
    """Ash for x and Elm for y is worth 73.3, the other way round 66.7, Elm for both 60."""
    path = written(proposed())
    told = json.loads(invoke("alternatives", path, "--within", "7", "--format", "json").stdout)
    assert (told["complete"], told["count"], told["within"]) == (True, 2, 7)
    assert [plan["value"] for plan in told["plans"]] == pytest.approx([220 / 3, 200 / 3])
    assert [plan["differs"] for plan in told["plans"]] == [0, 2]
    assert [row["runs"] for row in told["programmes"]] == ["always", "always"]
    printed = invoke("alternatives", path, "--within", "7").stdout
    assert "1 other plan within 7 points; all agree on 0 of 2 programmes." in printed
    alone = invoke("alternatives", path).stdout
    assert "No other plan is within 1 point." in alone


@pytest.mark.parametrize(
    ("command", "name"), [(command, name) for command in TABLES for name in TABLES[command]]
)
def test_every_table_has_its_columns(command: str, name: str, written: Written) -> None:
    data = proposed()
    asked = (command, written(data), "--table", name)
    rows = list(csv.reader(io.StringIO(invoke(*asked, "--format", "csv").stdout)))
    keys = [column.key for column in FLAT[name]]
    assert rows[0] == ["scenario", *keys, "illustrative"]
    assert len(rows) > 1
    assert invoke(*asked, "--format", "markdown").stdout.startswith("### ")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("judge", "plan-choices"),
        ("judge", "differences"),
        ("alternatives", "alternative-choices"),
    ],
)
def test_a_level_stands_beside_its_programme_in_every_table(
    command: str, name: str, written: Written
) -> None:
    data = proposed(part={"title": "Part", "choose": {"x": {"level": "small", "work": "elm"}}})
    doses = {"small": {"title": "Small", "worth": "50%", "needs": {"work": 2}}}
    doses["whole"] = {"title": "Whole", "worth": "100%", "needs": {"work": 6}}
    data["programmes"]["x"] = {"title": "X", "levels": doses}
    told = invoke(command, written(data), "--format", "csv", "--table", name).stdout
    rows = list(csv.DictReader(io.StringIO(told)))
    assert {(row["programme"], row["level"]) for row in rows} > {("x", "whole")}
    assert {row["programme"] for row in rows} <= {"x", "y"}


def test_a_plan_that_is_the_best_choice_is_said_to_leave_nothing_to_be_had(
    written: Written,
) -> None:
    best = {"title": "The best", "choose": {"x": "ash", "y": "elm"}}
    told = " ".join(invoke("judge", written(proposed(best=best)), "--plan", "best").stdout.split())
    assert "For no more of our money, no possible plan is worth more." in told
    assert "No possible plan that is worth as much costs us less." in told


def test_changes_of_one_programme_to_one_partner_are_told_together(written: Written) -> None:
    case = proposed()
    for stated in case["programmes"].values():
        stated["needs"] = {"work": 6, "teach": 4}
    for one in case["partners"].values():
        one["offers"] = ["work", "teach"]
    told = " ".join(invoke("judge", written(case)).stdout.split())
    assert (
        "changes 2 choices (73.3 points for £200 to us): work and teach for “Y” go to Elm." in told
    )


def compared(*words: str) -> Any:
    result = invoke("compare", *words, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    return found[0] if isinstance(found, list) else found


def test_a_plan_is_compared_with_the_best_choice_and_with_another_plan(written: Written) -> None:
    """Both to Ash is worth 80 for £200; the best 73.3; both to Elm 60. Ash has ten days only."""
    elm = {"title": "Elm for both", "choose": {"x": "elm", "y": "elm"}}
    path = written(proposed(elm=elm))
    against_best = compared(path, "--plan", "both")
    assert against_best["portfolio"]["value_gained"] == pytest.approx(80 - 220 / 3)
    changed = {row["programme"]: row["changed"] for row in against_best["programmes"]}
    assert changed == {"x": False, "y": True}
    [plan] = against_best["plans"]
    assert plan["before"] is None
    assert (plan["after"]["possible"], plan["after"]["broken"]) == (False, 1)
    of_two = compared(path, "--plan", "both", "--plan", "elm")
    assert of_two["portfolio"]["value_gained"] == pytest.approx(60 - 80)
    assert of_two["portfolio"]["after"]["own_cost"] == 200
    absent = [(row["before"] is None, row["after"] is None) for row in of_two["plans"]]
    assert absent == [(False, True), (True, False)]


def test_how_a_plan_stands_is_compared_between_two_scenarios(written: Written) -> None:
    """With twenty days of Ash its plan for both is possible, and the best itself."""
    more = proposed()
    more["partners"]["ash"]["capacity"] = 20
    both = written(proposed(), "before.yaml"), written(more, "after.yaml")
    [plan] = compared(*both)["plans"]
    assert [plan[side]["possible"] for side in ("before", "after")] == [False, True]
    assert [plan[side]["broken"] for side in ("before", "after")] == [1, 0]
    assert "Ash for both" in invoke("compare", *both).stdout
    rows = list(csv.DictReader(io.StringIO(invoke("compare", *both, "--format", "csv").stdout)))
    told = [(row["path"], row["from"], row["to"]) for row in rows]
    assert ("plans.both.broken", "1", "0") in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--plan", "bath"), 'no plan is called "bath"; did you mean "both"?'),
        (("--plan", "both", "--rev", "HEAD"), "not with --rev"),
        (("--plan", "both", "--plan", "both", "--plan", "both"), "once or twice"),
    ],
)
def test_plans_that_cannot_be_compared_are_named(
    words: tuple[str, ...], said: str, written: Written
) -> None:
    result = invoke("compare", written(proposed()), *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("command", ["rank", "robustness"])
def test_what_is_nearly_as_good_is_counted_exactly_and_not_over_the_trials(
    command: str, written: Written
) -> None:
    """Ash for the less important one instead is worth (60·2 + 80) / 3 = 66.7, and so on: none within a point."""
    path = written(proposed() | {"analysis": {"samples": 50}})
    assert "No other plan is within 1 point." in " ".join(invoke(command, path).stdout.split())
    near = proposed() | {"analysis": {"samples": 50}}
    near["partners"]["elm"]["scores"] = {"worth": 79}
    told = " ".join(invoke(command, written(near, "near.yaml")).stdout.split())
    assert "2 other plans within 1 point; all agree on 0 of 2 programmes." in told
