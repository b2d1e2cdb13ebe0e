"""What differs: only that, all of that, and never a sum of things that cannot be subtracted."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from partnerselect.analysis import analyse_unpriced
from partnerselect.batches import complete, engine
from partnerselect.comparison import Comparison, Incomparable, compare, input_changes
from partnerselect.model.scenario import Scenario
from tests.processes import environment
from tests.unit.batch.plans import SCENARIO, command, planned, quiet, write


def compared(**changes: Any) -> Comparison:
    before = Scenario.from_data(SCENARIO)
    after = before.with_changes(changes)
    return compare(analyse_unpriced(before), analyse_unpriced(after))


def test_a_scenario_does_not_differ_from_itself() -> None:
    found = compared(**{"limits.budget": 300})
    assert found.inputs == ()
    assert not any(change.has_other_partners for change in found.programmes)
    assert found.value_gained == 0


def test_a_changed_value_is_told_by_its_path() -> None:
    found = compared(**{"gates.offer.status": "refused", "criteria.worth.weight": 50})
    assert {(change.path, change.before, change.after) for change in found.inputs} == {
        ("gates.offer.status", "expected", "refused"),
        ("criteria.worth.weight", 60, 50),
    }


plain = st.recursive(
    st.integers(0, 2) | st.sampled_from("ab"),
    lambda below: st.dictionaries(st.sampled_from("xyz"), below, max_size=3),
    max_leaves=8,
)
mappings = st.dictionaries(st.sampled_from("xyz"), plain, max_size=3)


@given(mappings, mappings)
def test_the_differences_are_those_of_the_other_way_round_and_none_where_both_are_equal(
    before: Any, after: Any
) -> None:
    there = {
        (change.path, str(change.before), str(change.after))
        for change in input_changes(before, after)
    }
    back = {
        (change.path, str(change.after), str(change.before))
        for change in input_changes(after, before)
    }
    assert there == back
    assert bool(there) == (before != after)


def test_what_asks_for_cases_is_no_difference_between_two_scenarios() -> None:
    assert not list(
        input_changes(SCENARIO, {key: value for key, value in SCENARIO.items() if key != "sweep"})
    )


def test_who_takes_over_is_told_by_title() -> None:
    """Elm is free and first for care; with its offer refused, Oak is left."""
    found = compared(**{"gates.offer.status": "refused"})
    care = next(change for change in found.programmes if change.programme == "care")
    assert care.before
    assert care.after
    assert (care.before.partners, care.after.partners) == (("=Elm <b>",), ("Oak | Sons",))
    assert care.has_other_partners
    assert found.value_gained is not None
    assert found.value_gained < 0


def test_values_of_other_programmes_are_never_subtracted() -> None:
    found = compared(**{"programmes.safety": None})
    assert found.value_gained is None
    assert found.why_not is Incomparable.OTHER_PROGRAMMES
    assert next(change for change in found.programmes if change.programme == "safety").after is None


def test_values_measured_with_other_weights_are_never_subtracted() -> None:
    found = compared(**{"criteria.worth.weight": 5})
    assert found.value_gained is None
    assert found.why_not is Incomparable.OTHER_MEASURE
    assert compared(**{"limits.budget": 301}).why_not is None


def test_both_choices_are_valued_by_one_measure_where_the_measures_differ() -> None:
    """Each choice is the best by its own weights, and worth what its own answer says."""
    found = compared(**{"criteria.worth.weight": 5})
    assert found.measured_as_before is not None
    assert found.measured_as_after is not None
    before, after = found.measured_as_before
    assert before == found.before.value
    assert after <= before + 1e-6
    before, after = found.measured_as_after
    assert after == found.after.value
    assert before <= after + 1e-6
    assert found.programmes[0].before != found.programmes[0].after


def test_weights_that_say_the_same_in_other_figures_are_one_measure() -> None:
    same = {"criteria.worth.weight": 120, "criteria.trust.weight": 80}
    assert compared(**same).why_not is None


def test_without_an_answer_there_is_nothing_to_subtract() -> None:
    found = compared(**{"limits.budget": 0, "programmes.safety.mandatory": True})
    assert found.value_gained is None
    assert (found.after.state, found.after.deferred) == ("infeasible", ())


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "one.json"), write(
        tmp_path / "other.json", limits={"budget": 100}, title="=Less"
    )


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_two_scenarios_are_compared_for_people(two: tuple[Path, Path], form: str) -> None:
    told = command("compare", *two, "--format", form)
    assert told.returncode == 0, told.stderr
    assert "limits.budget" in told.stdout
    assert "Portfolio value" in told.stdout


def test_two_scenarios_are_compared_for_programs(two: tuple[Path, Path]) -> None:
    (found,) = json.loads(command("compare", *two, "--format", "json").stdout)
    assert {"path": "limits.budget", "before": 300, "after": 100} in found["inputs"]
    assert found["portfolio"]["value_gained"] == pytest.approx(
        found["portfolio"]["after"]["value"] - found["portfolio"]["before"]["value"]
    )
    flat = list(csv.DictReader(io.StringIO(command("compare", *two, "--format", "csv").stdout)))
    assert next(row for row in flat if row["path"] == "title")["to"] == "'=Less"
    assert next(row for row in flat if row["path"] == "limits.budget")["from"] == "300"


def test_a_single_scenario_is_not_enough(two: tuple[Path, Path]) -> None:
    told = command("compare", two[0])
    assert told.returncode == 2
    assert "--rev" in told.stderr


def git(folder: Path, *arguments: str) -> None:
    who = [
        "-c",
        "user.name=Nobody",
        "-c",
        "user.email=nobody@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    # the git on the PATH
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)  # noqa: S607


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two revisions of a scenario: in the first, the criteria it includes gave worth more weight."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "criteria").mkdir()
    path = write(tmp_path / "scenarios" / "plan.json", criteria="../criteria/set.json")
    criteria = json.loads(json.dumps(SCENARIO["criteria"]))
    git(tmp_path, "init", "--quiet")
    for weight in (90, 60):
        criteria["criteria"]["worth"]["weight"] = weight
        (tmp_path / "criteria" / "set.json").write_text(json.dumps(criteria), encoding="utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "--message", f"Weigh worth {weight}")
    return path


def test_a_file_is_compared_with_its_earlier_revision_and_what_it_included_then(
    repository: Path,
) -> None:
    write(repository, criteria="../criteria/set.json", limits={"budget": 100})
    (found,) = json.loads(
        command("compare", repository, "--rev", "HEAD~1", "--format", "json").stdout
    )
    assert {(change["path"], change["before"], change["after"]) for change in found["inputs"]} == {
        ("criteria.worth.weight", 90, 60),
        ("limits.budget", 300, 100),
    }


def test_two_revisions_are_compared_whatever_the_file_says_now(repository: Path) -> None:
    repository.write_text("no scenario at all", encoding="utf-8")
    (found,) = json.loads(
        command(
            "compare", repository, "--rev", "HEAD~1", "--rev", "HEAD", "--format", "json"
        ).stdout
    )
    assert [change["path"] for change in found["inputs"]] == ["criteria.worth.weight"]


def test_a_revision_or_repository_that_is_not_there_is_told_as_such(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = command("compare", repository, "--rev", "HEAD~9")
    assert told.returncode == 2
    assert 'git knows no revision "HEAD~9"' in told.stderr
    assert command("compare", repository, "--rev=--output=x").returncode == 2
    alone = write(tmp_path_factory.mktemp("alone") / "plan.json")
    asked = [sys.executable, "-m", "partnerselect", "compare", str(alone), "--rev", "HEAD"]
    ceiling = environment() | {"GIT_CEILING_DIRECTORIES": str(alone.parent.parent)}
    outside = subprocess.run(asked, capture_output=True, text=True, check=False, env=ceiling)
    assert outside.returncode == 2
    assert "in no git repository" in outside.stderr


def test_result_folders_are_compared_case_by_case(tmp_path: Path) -> None:
    for name, budget, extra in (("one", 300, 400), ("other", 299, 500)):
        path = write(
            tmp_path / "plan.json",
            sweep={"gates.offer.status": ["confirmed", "refused"], "limits.budget": [100, extra]},
            limits={"budget": budget},
        )
        complete(planned(path), tmp_path / name, engine(1), quiet, resume=False)
    (found,) = json.loads(
        command("compare", tmp_path / "one", tmp_path / "other", "--format", "json").stdout
    )
    assert [change["path"] for change in found["inputs"]] == ["plan.scenario.limits.budget"]
    assert (found["compared"], len(found["only_before"]), len(found["only_after"])) == (2, 2, 2)
    assert found["changes"] == []
    assert command("compare", tmp_path / "one", tmp_path / "other").returncode == 0
    assert command("compare", tmp_path / "one", path).returncode == 2


def test_what_differs_between_result_folders_is_told_in_words_and_whole_amounts(
    tmp_path: Path,
) -> None:
    for name, price in (("one", 5), ("other", 6)):
        path = write(tmp_path / "plan.json", sweep={"limits.budget": [300]})
        data = json.loads(path.read_text(encoding="utf-8"))
        data["partners"]["yew"]["cost"]["per-day"] = price
        path.write_text(json.dumps(data), encoding="utf-8")
        complete(planned(path), tmp_path / name, engine(1), quiet, resume=False)
    told = command("compare", tmp_path / "one", tmp_path / "other", "--format", "markdown").stdout
    assert "| the whole | cost to us | 125 | 130 |" in " ".join(told.split())
    assert "own_cost" not in told
