"""What the tables say is what the cases say, and nothing in them is obeyed by a spreadsheet, a browser or Markdown."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from partnerselect.analysis import analyse
from partnerselect.batches import complete, engine
from partnerselect.batches.statistics import UNKNOWN, Driver, grid_drivers, sample_drivers
from partnerselect.cases import Axis, Grid, Sample
from partnerselect.files import load
from partnerselect.rows import ranking_json
from tests.unit.batch.plans import SCENARIO, SWEEP, command, planned, quiet, results, rows, write

UNREAD = pytest.mark.filterwarnings("ignore:.*extension is not supported")
"""openpyxl reads data bars only as they were in 2007, and says so."""


def test_a_row_of_a_case_says_what_rank_says_of_the_scenario_so_changed(
    written: Path, reference: Path
) -> None:
    scenario = load(written).scenario
    for row in rows(reference, "summary")[::7]:
        values: dict[str, Any] = {
            path: json.loads(row[path]) if row[path][:1].isdigit() else row[path] for path in SWEEP
        }
        values["programmes.care.mandatory"] = row["programmes.care.mandatory"] == "True"
        report = ranking_json(analyse(scenario.with_changes(values)))
        assert row["state"] == report["status"]["state"]
        if report["portfolio"]:
            assert float(row["value"]) == report["portfolio"]["value"]
            assert float(row["own_cost"]) == report["portfolio"]["own_cost"]
        told = [below for below in rows(reference, "ranking") if below["case"] == row["case"]]
        assert [(below["partner"], below["rank"], float(below["value"])) for below in told] == [
            (one["partner"], "" if one["rank"] is None else str(one["rank"]), one["value"])
            for one in report["ranking"]
        ]


def test_day_costs_and_prices_paid_once_sum_to_the_cost_of_the_case(reference: Path) -> None:
    spent: Counter[str] = Counter()
    for row in rows(reference, "allocation"):
        spent[row["case"]] += round(float(row["cost"]))
    for row in rows(reference, "summary"):
        assert row["state"] != "optimal" or spent[row["case"]] == float(row["cost"])


def test_a_partner_counts_as_chosen_in_as_many_cases_as_choose_it(reference: Path) -> None:
    ranking, answered = (
        rows(reference, "ranking"),
        {row["case"] for row in rows(reference, "summary") if row["state"] == "optimal"},
    )
    for row in rows(reference, "recommendations"):
        own = [
            one
            for one in ranking
            if (one["programme"], one["partner"]) == (row["programme"], row["partner"])
            and one["case"] in answered
        ]
        assert int(row["chosen"]) == sum(one["chosen"] == "True" for one in own)
        values = [float(one["value"]) for one in own if one["eligible"] == "True"]
        assert [row["worst_value"], row["best_value"]] == (
            [str(min(values)), str(max(values))] if values else ["", ""]
        )
        assert int(row["cases"]) == len(answered)


def test_the_cases_that_change_are_those_without_the_usual_partners(reference: Path) -> None:
    usual = {row["programme"]: row for row in rows(reference, "choices") if row["place"] == "1"}
    changed = Counter(row["programme"] for row in rows(reference, "changes"))
    assert {name: int(row["cases"]) - int(row["chosen"]) for name, row in usual.items()} == {
        name: changed[name] for name in usual
    }


def grid(*sizes: int) -> Grid:
    axes = tuple(Axis(f"input-{i}", tuple(range(size))) for i, size in enumerate(sizes))
    return Grid("g", axes, tuple(axis.path for axis in axes))


def found(drivers: Any) -> dict[str, Driver]:
    return {driver.input: driver for driver in drivers}


def test_an_input_that_decides_alone_differs_in_every_pair_and_the_others_in_none() -> None:
    codes = np.repeat(np.array([0, 1, 2], dtype=np.int16), 4)
    drivers = found(grid_drivers([grid(3, 4)], codes))
    assert (drivers["input-0"].compared, drivers["input-0"].strength) == (3 * 4, 1.0)
    assert (drivers["input-1"].compared, drivers["input-1"].strength) == (6 * 3, 0.0)


def test_pairs_are_counted_as_by_hand() -> None:
    """Two rows of three: A A B and A B B.

    Along the rows 2 + 2 of 6 pairs differ, between the rows 1 of 3.
    """
    drivers = found(grid_drivers([grid(2, 3)], np.array([0, 0, 1, 0, 1, 1], dtype=np.int16)))
    assert drivers["input-1"].strength == pytest.approx(4 / 6)
    assert drivers["input-0"].strength == pytest.approx(1 / 3)


def test_an_input_varied_in_several_grids_is_one_driver_with_the_pairs_of_all(
    tmp_path: Path,
) -> None:
    """A weight that every group overrides is swept beside the groups: two grids, one budget."""
    points = {"staff": {"worth": 100, "trust": 50}, "board": {"worth": 50, "trust": 100}}
    groups = {
        name: {"title": name, "voice": 1, "weights": {"method": "swing", "points": points[name]}}
        for name in points
    }
    path = write(
        tmp_path / "plan.json",
        stakeholders=groups,
        sweep={
            "stakeholders": "each",
            "criteria.worth.weight": [20, 60, 90],
            "limits.budget": [100, 300],
        },
    )
    complete(planned(path), tmp_path / "out", engine(1), quiet, resume=False)
    drivers = rows(tmp_path / "out", "drivers")
    inputs = [row["input"] for row in drivers if row["programme"] == "care"]
    assert sorted(inputs) == ["criteria.worth.weight", "limits.budget", "stakeholders"]
    compared = {row["input"]: row["compared"] for row in drivers if row["programme"] == "care"}
    assert compared == {
        "limits.budget": str(3 + 2),
        "criteria.worth.weight": str(2 * 3),
        "stakeholders": str(2),
    }
    page = (tmp_path / "out" / "recommendations.md").read_text(encoding="utf-8")
    assert "of 2 |" in page.partition("Programmes it moves")[2]
    assert "of 4 |" not in page


def test_a_case_that_failed_is_in_no_pair() -> None:
    drivers = found(grid_drivers([grid(1, 3)], np.array([0, UNKNOWN, 1], dtype=np.int16)))
    assert (drivers["input-1"].compared, drivers["input-1"].strength) == (1, 1.0)


def test_in_a_sample_the_input_that_decides_tells_its_halves_apart() -> None:
    sample = Sample(
        "s", ("decides", "idles"), ((0.0, 1.0), (0.0, 1.0)), (False, False), count=200, seed=1
    )
    codes = np.where(sample.values[:, 0] < 0.5, 0, 1).astype(np.int16)
    drivers = found(sample_drivers(sample, codes))
    assert drivers["decides"].strength == 1.0
    assert drivers["idles"].strength < 0.2


def test_a_case_that_is_not_allowed_or_has_no_answer_is_a_row_with_its_reason(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path / "plan.json",
        sweep={
            "gates.offer.status": ["confirmed", "open"],
            "limits.budget": [0, 300],
            "programmes.safety.mandatory": [True],
        },
    )
    ended = command("batch", path, "--out", tmp_path / "out", "--workers", 1)
    assert ended.returncode == 1
    assert "2 cases: not allowed; see `reason` in summary.csv" in ended.stderr
    told = [(row["state"], row["reason"]) for row in rows(tmp_path / "out", "summary")]
    assert [state for state, _ in told] == ["infeasible", "optimal", "invalid", "invalid"]
    assert "Safety" in told[0][1]
    assert "gates.offer.status" in told[2][1]
    assert 'found "open"' in told[2][1]


def test_one_case_is_run_again_from_the_results_alone(
    written: Path, reference: Path, tmp_path: Path
) -> None:
    """The scenario's own file may be gone."""
    case = rows(reference, "summary")[17]["case"]
    written.unlink()
    again = command("batch", reference, "--case", case, "--out", tmp_path / "again", "--workers", 1)
    assert again.returncode == 0, again.stderr
    for table in ("summary", "programmes", "ranking", "allocation"):
        assert rows(tmp_path / "again", table) == [
            row for row in rows(reference, table) if row["case"] == case
        ]


@UNREAD
def test_text_is_never_taken_for_a_formula_in_the_workbook(reference: Path) -> None:
    book = openpyxl.load_workbook(reference / "recommendations.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(cell.value == "=Elm <b>" for cell in cells)


@UNREAD
def test_every_sheet_keeps_its_headings_in_view_and_says_that_the_figures_are_illustrative(
    reference: Path,
) -> None:
    book = openpyxl.load_workbook(reference / "recommendations.xlsx")
    assert {"Recommended", "Partners", "Drivers", "Changes", "Cases"} <= set(book.sheetnames)
    for sheet in book:
        assert sheet.freeze_panes == "B4"
        assert "Illustrative" in str(sheet["A2"].value)
    bars = [
        rule.type for sheet in book for area in sheet.conditional_formatting for rule in area.rules
    ]
    assert set(bars) == {"dataBar"}


def test_text_is_never_taken_for_a_formula_in_csv(tmp_path: Path) -> None:
    path = write(
        tmp_path / "plan.json", title="=HYPERLINK(1)", sweep={"about": ["@SUM(1)", "-1", "plain"]}
    )
    complete(planned(path), tmp_path / "out", engine(1), quiet, resume=False)
    assert [row["about"] for row in rows(tmp_path / "out", "summary")] == [
        "'@SUM(1)",
        "'-1",
        "plain",
    ]
    assert {row["title"] for row in rows(tmp_path / "out", "summary")} == {"'=HYPERLINK(1)"}


def test_names_are_shown_literally_on_the_page(reference: Path) -> None:
    page = (reference / "recommendations.html").read_text(encoding="utf-8")
    assert "=Elm &lt;b&gt;" in page
    assert "<b>" not in page
    assert "://" not in page
    assert "=Elm \\<b\\>" in (reference / "recommendations.md").read_text(encoding="utf-8")
    assert "Oak \\| Sons" in (reference / "recommendations.md").read_text(encoding="utf-8")


def test_the_page_carries_the_illustrative_mark_only_where_figures_are_made_up(
    reference: Path, tmp_path: Path
) -> None:
    assert "Illustrative figures" in (reference / "recommendations.html").read_text(
        encoding="utf-8"
    )
    real = write(tmp_path / "plan.json", illustrative=False, sweep={"limits.budget": [100, 300]})
    complete(planned(real), tmp_path / "out", engine(1), quiet, resume=False)
    assert not any(
        b"Illustrative figures" in content for content in results(tmp_path / "out").values()
    )


def test_parquet_holds_what_csv_holds(written: Path, reference: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pd = pytest.importorskip("pandas")
    complete(planned(written), tmp_path / "out", engine(1), quiet, resume=False, form="parquet")
    for table in ("summary", "programmes", "ranking", "allocation"):
        found, expected = (
            pd.read_parquet(tmp_path / "out" / f"{table}.parquet"),
            rows(reference, table),
        )
        assert list(found.columns) == list(expected[0])
        assert len(found) == len(expected)
        assert [float(value) for value in found["limits.budget"]] == [
            float(row["limits.budget"]) for row in expected
        ]


def test_files_folders_and_patterns_are_run_and_those_of_one_name_are_told_apart(
    tmp_path: Path,
) -> None:
    for place in ("north", "south"):
        (tmp_path / place).mkdir()
        write(tmp_path / place / "plan.json", sweep={})
    (tmp_path / "south" / "set.yaml").write_text(json.dumps(SCENARIO["criteria"]), encoding="utf-8")
    for number, asked in enumerate(
        ([tmp_path / "north" / "plan.json", tmp_path / "south"], [tmp_path / "*" / "*.json"])
    ):
        out = tmp_path / f"out-{number}"
        assert command("batch", *asked, "--out", out, "--workers", 1).returncode == 0
        assert [row["case"] for row in rows(out, "summary")] == ["north.plan", "south.plan"]


def test_the_page_says_in_which_of_several_scenarios_the_answer_is_another(tmp_path: Path) -> None:
    for name, status in (("one", "confirmed"), ("two", "confirmed"), ("three", "refused")):
        write(
            tmp_path / f"{name}.json",
            title=f"Scenario {name}",
            gates={"offer": {"title": "The offer", "status": status}},
            sweep={},
        )
    command("batch", tmp_path, "--out", tmp_path / "out", "--workers", 1)
    page = (tmp_path / "out" / "recommendations.md").read_text(encoding="utf-8")
    there = page.partition("Where the answer differs")[2].partition("**Table")[0]
    assert "| Scenario one | 0 of 2 | — |" in there
    assert "| Scenario two | 0 of 2 | — |" in there
    assert "Care" in there.partition("Scenario three")[2]


def test_a_scenario_that_cannot_be_read_does_not_stop_the_others(
    written: Path, tmp_path: Path
) -> None:
    bad = write(tmp_path / "bad.json", limits={"bugdet": 1})
    ended = command(
        "batch", bad, write(written, sweep={}), "--out", tmp_path / "out", "--workers", 1
    )
    assert ended.returncode == 2
    assert 'did you mean "budget"' in ended.stderr
    assert [row["case"] for row in rows(tmp_path / "out", "summary")] == ["plan"]
    assert command("batch", tmp_path / "none.yaml", "--out", tmp_path / "other").returncode == 2


def test_of_a_folder_all_that_can_be_read_is_run_and_the_rest_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    write(folder / "v3.yaml", sweep={})
    write(folder / "v3.yml", sweep={})
    broken = {
        "typo": json.dumps({**SCENARIO, "limits": {"bugdet": 1}}).encode(),
        "half": b"format: 1\ntitle: [\n",
        "letters": b"title: \xff",
        "sweep": json.dumps({**SCENARIO, "sweep": {"limits.bugdet": [1]}}).encode(),
    }
    for name, content in broken.items():
        (folder / f"{name}.yaml").write_bytes(content)
    (folder / "loop.yaml").symlink_to("loop.yaml")
    ended = command("batch", folder, "--out", tmp_path / "out", "--workers", 1)
    assert ended.returncode == 2
    assert [row["case"] for row in rows(tmp_path / "out", "summary")] == ["v3.yaml", "v3.yml"]
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("Left out, for what is said above:")
    assert all(f"{name}.yaml" in last for name in (*broken, "loop"))


def test_two_earlier_results_with_scenarios_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for place in ("one", "two"):
        for name in ("a", "b"):
            write(tmp_path / f"{name}.json", sweep={})
        command(
            "batch",
            tmp_path / "a.json",
            tmp_path / "b.json",
            "--out",
            tmp_path / place,
            "--workers",
            1,
        )
    out = tmp_path / "out"
    ended = command("batch", tmp_path / "one", tmp_path / "two", "--out", out, "--workers", 1)
    assert ended.returncode == 0, ended.stderr
    cases = [row["case"] for row in rows(out, "summary")]
    assert cases == ["one.a", "one.b", "two.a", "two.b"]
    again = command("batch", tmp_path / "one", tmp_path / "one", "--out", tmp_path / "again")
    assert again.returncode == 2
    assert "is given twice" in again.stderr


def test_a_sweep_of_more_cases_than_anybody_means_is_refused_before_one_is_made(
    tmp_path: Path,
) -> None:
    scores = [f"partners.{name}.scores.worth" for name in SCENARIO["partners"]]
    weights = [f"criteria.{name}.weight" for name in ("worth", "trust")]
    paths = ("limits.budget", "partners.elm.capacity", *scores, *weights)
    many = {"from": 0.1, "to": 1, "steps": 1000}
    path = write(tmp_path / "plan.json", sweep=dict.fromkeys(paths, many))
    told = "1,000,000,000,000,000,000,000 cases are asked for; more than 100,000"
    for options in ((), ("--case", "nothing")):
        ended = command("batch", path, "--out", tmp_path / "out", *options)
        assert ended.returncode == 2
        assert told in ended.stderr
    assert not (tmp_path / "out").exists()
    few = write(tmp_path / "few.json", sweep={"limits.budget": [100, 200, 300]})
    refused = command("batch", few, "--out", tmp_path / "few", "--most-cases", 2)
    assert "or allow as many with --most-cases 3" in refused.stderr
    assert command("batch", few, "--out", tmp_path / "few", "--most-cases", 3).returncode == 0


def test_a_mistake_in_a_sweep_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.json", sweep={"limits.budgte": [1]})
    ended = command("batch", path, "--out", tmp_path / "out")
    assert ended.returncode == 2
    assert "plan.json:1:" in ended.stderr


def test_the_page_names_limits_inputs_and_cases_by_words_and_titles_never_by_path_or_id(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path / "plan.json",
        phases={"build": "2030-01-01"},
        limits={"budget": {"build": 300}, "partners": {"max": 2}, "share-per-partner": "60%"},
        sweep={
            "limits.budget.build": [0, 300],
            "partners.oak.cost.per-day": [20, 30],
            "programmes.safety.mandatory": [True],
        },
    )
    complete(planned(path), tmp_path / "out", engine(1), quiet, resume=False)
    page = (tmp_path / "out" / "recommendations.md").read_text(encoding="utf-8")
    assert "our budget in build" in page
    assert "cost per day of Oak" in page
    assert "no choice of partners meets every demand" in page
    assert not re.search(r"(limits|partners|programmes)\.[a-z]|plan~|infeasible", page)


def test_the_page_begins_with_what_holds_in_every_case_and_what_moves_the_answer_most(
    tmp_path: Path,
) -> None:
    def lead(name: str, **changed: Any) -> str:
        path = write(tmp_path / f"{name}.json", **changed)
        complete(planned(path), tmp_path / name, engine(1), quiet, resume=False)
        return (tmp_path / name / "recommendations.md").read_text(encoding="utf-8").split("\n\n")[2]

    assert "Whatever was varied, the same is recommended for every programme." in lead(
        "still", sweep={"criteria.worth.weight": [60, 61]}
    )
    firm = lead("firm", sweep={"limits.budget": [100, 300]})
    assert {
        row["programme"] for row in rows(tmp_path / "firm", "choices") if row["share"] == "1.0"
    } == {"care"}
    assert "the same is recommended for Care." in firm
    assert "What moves the answer most is our budget (50%)." in firm
    must = {"safety": {**SCENARIO["programmes"]["safety"], "mandatory": True}}
    strict = lead("strict", programmes=must, sweep={"limits.budget": [0, 300, 310]})
    assert "In every case with an answer (2 of 3), the same is recommended for" in strict
    page = (tmp_path / "strict" / "recommendations.md").read_text(encoding="utf-8")
    assert "our budget (67%)" in strict
    assert "different partners, or with an answer in only one of them" in page
    assert "Whatever was varied" not in strict
    loose = lead("loose", sweep={"gates.offer.status": ["confirmed", "refused"]})
    assert "No programme has the same partners in all" in loose
    assert "What moves the answer most is whether the offer stands (100%)." in loose


def test_a_tie_over_cases_is_named_with_who_runs_first_and_in_how_many_it_runs(
    tmp_path: Path,
) -> None:
    def safety(name: str, **changed: Any) -> str:
        path = write(tmp_path / f"{name}.json", **changed)
        complete(planned(path), tmp_path / name, engine(1), quiet, resume=False)
        page = (tmp_path / name / "recommendations.md").read_text(encoding="utf-8")
        return next(line for line in page.splitlines() if line.startswith("| Safety"))

    tied = safety("tied", sweep={"limits.budget": [100, 300]})
    assert "| Oak \\| Sons + Yew or deferred | 1 of 2 (50%) each | — |" in tied
    prices = {"limits.budget": [100, 400, 500], "partners.yew.cost.per-day": [5, 100]}
    thrice = safety("thrice", sweep=prices)
    assert "or 2 more | 2 of 6 (33%) each; it runs in 4 | — |" in thrice


def test_where_bids_are_varied_the_page_says_what_marks_are_held_against(tmp_path: Path) -> None:
    def has_note(name: str, sweep: dict[str, Any]) -> bool:
        path = write(tmp_path / f"{name}.json", sweep=sweep)
        complete(planned(path), tmp_path / name, engine(1), quiet, resume=False)
        page = (tmp_path / name / "recommendations.md").read_text(encoding="utf-8")
        return "those of the scenario as written" in page

    assert has_note("scores", {"partners.oak.scores.trust": [5, 9]})
    assert not has_note("money", {"limits.budget": [100, 300]})


def test_of_cases_with_ranges_the_summary_says_how_often_the_budget_is_passed(
    tmp_path: Path,
) -> None:
    """Oak at 10 to 30 a day for 20 days, evenly: 400 in the middle, more than 500 in a quarter of the trials."""
    only = {**SCENARIO["partners"]["oak"], "cost": {"per-day": {"low": 10, "high": 30}}}
    path = write(
        tmp_path / "plan.json",
        partners={"oak": only},
        gates={},
        limits={"budget": 400},
        analysis={"samples": 10_000},
        sweep={"limits.budget": [400, 500]},
    )
    command("batch", path, "--out", tmp_path / "out", "--workers", 1)
    told = rows(tmp_path / "out", "summary")
    shares = [float(row["over_budget_share"]) for row in told]
    assert shares == pytest.approx([0.5, 0.25], abs=0.02)
    assert [float(row["budget_reserve"]) for row in told] == pytest.approx([120, 20], abs=10)
