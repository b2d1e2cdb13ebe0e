"""What people name things is printed as it stands: never markup, a formula, a column or a command to the terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partnerselect.cli import main
from partnerselect.cli.output import FORMATS, Output
from partnerselect.tables import Column, Table
from partnerselect.tables.flat_columns import FLAT
from partnerselect.words.literal import visible
from tests.oracle.plain import partner, programme, scenario

Written = Callable[..., str]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
SHIPPED = str(Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml")
HOSTILE = [
    "[b]bold[/b] [red]",
    "[/]",
    ":smile: $x$",
    "=1+cmd|' /C calc'!A0",
    "<script>alert(1)</script> &lt;",
    "שלום مرحبا",
    "日本語",
    "100%",
    "-1",
    "NaN",
]


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def named(title: str) -> str:
    """Return a case in which everything that has a title has this one."""
    data = scenario(
        {"ash": partner(70), "elm": partner(60, excluded=title)}, {"x": programme()}, title=title
    )
    data["partners"]["ash"]["title"] = data["partners"]["elm"]["title"] = data["programmes"]["x"][
        "title"
    ] = title
    return json.dumps(data)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_table_prints_names_as_they_stand(title: str, written: Written) -> None:
    result = invoke("rank", written(named(title)))
    assert result.exit_code == 0
    assert title in result.stdout


@pytest.mark.parametrize("title", HOSTILE)
def test_markdown_escapes_every_mark_it_would_read(title: str, written: Written) -> None:
    result = invoke("rank", written(named(title)), "--format", "markdown")
    unescaped = re.sub(r"\\(.)", r"\1", result.stdout)
    assert f"Excluded: {title}." in unescaped
    rows = [line for line in result.stdout.splitlines() if not line.startswith("| **All together")]
    assert not re.search(r"(?<!\\)[\[\]<>&~`*_]", "\n".join(rows))


def test_every_row_of_markdown_has_as_many_cells_as_its_head(written: Written) -> None:
    result = invoke("rank", written(named("a | b\nc || d\r\ne")), "--format", "markdown")
    tables = re.findall(r"(?:^\|.*\n)+", result.stdout, re.MULTILINE)
    assert len(tables) == 2
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1


@pytest.mark.parametrize("title", [*HOSTILE, 'a,b;"c"', "two\nlines"])
def test_csv_reads_back_to_what_was_written(title: str, written: Written) -> None:
    result = invoke("rank", written(named(title)), "--format", "csv", "--table", "ranking")
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert [row["partner"] for row in rows] == ["ash", "elm"]
    assert rows[1]["reason"] == f"Excluded: {title}."


def test_csv_names_everybody_by_title_and_prices_nobody_who_is_not_eligible(
    written: Written,
) -> None:
    data = scenario(
        {
            "ash": partner(70, cost={"per-day": 5}),
            "elm": partner(60, excluded="Conflict", cost={"per-day": 5}),
        },
        {"x": programme()},
    )
    data["partners"]["ash"]["title"], data["programmes"]["x"]["title"] = "Ash & Co", "The X"
    result = invoke("rank", written(data), "--format", "csv", "--table", "ranking")
    ash, elm = csv.DictReader(io.StringIO(result.stdout, newline=""))
    assert (ash["programme_title"], ash["partner_title"]) == ("The X", "Ash & Co")
    assert [ash["own_cost"], elm["own_cost"]] == ["50.0", ""]
    assert not [cell for key, cell in elm.items() if "cost" in key and cell]


def test_several_scenarios_are_one_csv_with_one_head(written: Written) -> None:
    """Their criteria differ: each has its own column, empty in the rows of the other."""
    other = scenario(
        {"ash": partner(30)},
        {"x": programme()},
        criteria={
            "title": "c",
            "criteria": {"price": {"title": "p", "weight": 1, "scale": {"worst": 0, "best": 100}}},
        },
    )
    other["partners"]["ash"]["scores"] = {"price": 30}
    first = written(scenario({"ash": partner(70)}, {"x": programme()}), "first.yaml")
    result = invoke(
        "rank", first, written(other, "second.yaml"), "--format", "csv", "--table", "ranking"
    )
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert [
        (row["scenario"], row["contribution.worth"], row["contribution.price"]) for row in rows
    ] == [("first", "70.0", ""), ("second", "", "30.0")]


def test_csv_is_the_recommendation_with_its_total_unless_another_table_is_asked_for(
    written: Written,
) -> None:
    data = scenario(
        {"ash": partner(70, cost={"per-day": 5, "once": 7})}, {"x": programme(), "y": programme()}
    )
    rows = list(
        csv.DictReader(io.StringIO(invoke("rank", written(data), "--format", "csv").stdout))
    )
    assert [(row["row"], row["programme"]) for row in rows] == [
        ("programme", "x"),
        ("programme", "y"),
        ("extra", ""),
        ("total", ""),
    ]
    costs = [float(row["own_cost"]) for row in rows]
    assert costs == [50, 50, 7, 107]


@pytest.mark.parametrize("name", ["recommendation", "ranking", "allocation", "limits"])
def test_a_table_is_chosen_by_name_in_every_form_but_json(name: str, written: Written) -> None:
    data = scenario({"ash": partner(70)}, {"x": programme()}, limits={"budget": 5})
    asked = ("rank", written(data), "--table", name)
    head = invoke(*asked, "--format", "csv").stdout.splitlines()[0].split(",")
    assert head == [
        "scenario",
        *(column.key for column in FLAT[name]),
        *head[1 + len(FLAT[name]) :],
    ]
    assert all("." in key for key in head[1 + len(FLAT[name]) : -1])
    assert invoke(*asked, "--format", "markdown").stdout.startswith("### ")
    refused = invoke(*asked, "--format", "json")
    assert refused.exit_code == 2
    assert "JSON has all" in refused.stderr


def test_a_table_without_rows_still_has_its_head(written: Written) -> None:
    path = written(scenario({"ash": partner(70)}, {"x": programme()}))
    printed = invoke("rank", path, "--table", "limits", "--format", "csv").stdout
    assert printed.splitlines() == [
        ",".join(["scenario", *(column.key for column in FLAT["limits"]), "illustrative"])
    ]


def test_csv_for_excel_begins_with_the_mark_of_its_encoding_and_reads_back(
    written: Written,
) -> None:
    path = written(named("Zoë £5"))
    marked, plain = (
        invoke("rank", path, "--format", "csv", *more).stdout for more in (("--excel",), ())
    )
    assert marked == f"\ufeff{plain}"
    assert invoke("rank", path, "--format", "json", "--excel").exit_code == 2


def test_json_lines_are_one_object_a_scenario_whether_there_is_one_or_several(
    written: Written,
) -> None:
    first = written(scenario({"ash": partner(70)}, {"x": programme()}), "first.yaml")
    second = written(scenario({"elm": partner(60)}, {"x": programme()}), "second.yaml")
    for paths in ((first,), (first, second)):
        lines = invoke("rank", *paths, "--format", "jsonl").stdout.splitlines()
        assert [json.loads(line)["scenario"]["id"] for line in lines] == [
            Path(path).stem for path in paths
        ]


def test_a_carriage_return_does_not_break_a_row_of_csv(written: Written) -> None:
    result = invoke("rank", written(named("a\rb")), "--format", "csv", "--table", "ranking")
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert [row["reason"] for row in rows] == ["", "Excluded: a\nb."]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1"])
def test_no_text_in_csv_is_a_formula_and_no_number_is_text(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Output("csv").print([Table("", "", (Column("a"), Column("b", kind="number")), ((text, -1.5),))])
    ((cell, number),) = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))[1:]
    assert cell == f"'{text}"
    assert number == "-1.5"


@pytest.mark.parametrize("title", [*HOSTILE, "two\nlines", "\u001b[31m", "live\u202eevil"])
def test_json_gives_back_every_character(title: str, written: Written) -> None:
    report = json.loads(invoke("rank", written(named(title)), "--format", "json").stdout)
    assert report["scenario"]["title"] == title
    assert report["ranking"][1]["reason"] == f"Excluded: {title}."


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_no_name_can_steer_a_terminal(form: str, written: Written) -> None:
    result = invoke("rank", written(named("\u001b[2J\u0007\u009b31m\u202ekcab")), "--format", form)
    assert not set(result.stdout) & set("\u001b\u0007\u009b\u202e")
    assert "␛" in result.stdout


def test_nor_can_a_name_in_a_message(written: Written) -> None:
    result = invoke("rank", written(named("x").replace('"format": 1', '"format": "\\u001b[31m"')))
    assert result.exit_code == 2
    assert "\u001b" not in result.stderr


def test_what_is_visible_stays_as_it_is() -> None:
    assert visible("Zoë £5 – שלום\n\tend") == "Zoë £5 – שלום\n\tend"


@pytest.mark.parametrize("form", FORMATS)
def test_ten_thousand_characters_are_all_printed(form: str, written: Written) -> None:
    long = " ".join(f"word{i}" for i in range(1300))
    result = invoke("rank", written(named(long)), "--format", form)
    assert result.exit_code == 0
    assert set(long.split()) <= set(re.findall(r"word\d+", result.stdout))


def test_a_narrow_terminal_gets_narrow_lines_and_every_partner(run: Run) -> None:
    ran = run("rank", SHIPPED, "--samples", "0", COLUMNS="60")
    assert ran.returncode == 0
    assert max(len(line) for line in ran.stdout.splitlines()) <= 60
    assert "Portfolio value" in " ".join(ran.stdout.split())


@pytest.mark.parametrize("columns", ["0", "-5", "", "wide"])
def test_a_width_that_is_none_hides_nothing(columns: str, run: Run) -> None:
    ran = run("rank", SHIPPED, "--samples", "0", COLUMNS=columns)
    assert ran.stdout == run("rank", SHIPPED, "--samples", "0").stdout != ""


@pytest.mark.parametrize(
    "environment", [{}, {"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}]
)
def test_a_pipe_and_no_color_get_no_colour(environment: dict[str, str], run: Run) -> None:
    ran = run("rank", SHIPPED, "--samples", "0", **environment)
    assert "[3" not in "".join(re.findall(r"\x1b\[[0-9;]*m", ran.stdout))
    assert environment or "\x1b" not in ran.stdout


@pytest.mark.parametrize("form", FORMATS)
def test_a_closed_pipe_ends_quietly(form: str) -> None:
    assert _code_where_nobody_reads("rank", SHIPPED, "--samples", "0", "--format", form) == 0


def test_a_closed_pipe_leaves_the_exit_code_as_it_is(written: Written) -> None:
    data = scenario({"ash": partner(70, capacity=1)}, {"x": programme(mandatory=True)})
    path = written({**data, "illustrative": False})
    for command, code in (("rank", 3), ("check", 1)):
        assert invoke(command, path).exit_code == code
        assert _code_where_nobody_reads(command, path) == code


def _code_where_nobody_reads(*arguments: str) -> int:
    """Run a command whose output is closed at once; it says nothing of that."""
    command = [sys.executable, "-m", "partnerselect", *arguments]
    environment = os.environ | {"PYTHONPATH": str(Path(SHIPPED).parents[1] / "src")}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read()
        code = process.wait()
    assert "Traceback" not in told
    assert "BrokenPipe" not in told
    return code


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize(
    "command",
    [("rank", "--second-opinions"), ("explain", "x"), ("robustness",), ("frontier",)],
    ids=lambda command: str(command[0]),
)
def test_made_up_figures_are_marked_over_every_table(
    command: tuple[str, ...], form: str, written: Written
) -> None:
    data = scenario(
        {"ash": partner(70), "elm": partner(60)},
        {"x": programme(), "y": programme()},
        limits={"budget": 1000},
    )
    marked = invoke(command[0], written(data), *command[1:], "--format", form).stdout
    plain = invoke(
        command[0], written({**data, "illustrative": False}), *command[1:], "--format", form
    ).stdout
    assert "ILLUSTRATIVE" not in plain
    tables = (
        len(re.findall(r"^###", marked, re.MULTILINE))
        if form == "markdown"
        else len(re.findall("─{5,}", marked))
    )
    assert tables
    assert " ".join(marked.split()).count("ILLUSTRATIVE FIGURES") >= tables


def test_a_note_of_several_lines_is_a_list_in_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    Output("markdown").print([Table("", "", (Column("a"),), ((1,),), "one\n*two*")])
    assert capsys.readouterr().out.endswith("\n\n- one\n- \\*two\\*\n\n")
    Output("markdown").print([Table("", "", (Column("a"),), ((1,),), "one")])
    assert capsys.readouterr().out.endswith("\n\none\n\n")


def test_the_command_line_prints_what_the_golden_answers_hold(run: Run) -> None:
    golden = json.loads(
        (Path(__file__).parents[2] / "golden" / "answers" / "aid-agency.json").read_text(
            encoding="utf-8"
        )
    )
    printed = json.loads(
        run(
            "rank",
            str(Path(SHIPPED).parent / "aid-agency.yaml"),
            "--samples",
            "0",
            "--format",
            "json",
        ).stdout
    )
    for part in (
        "scenario",
        "portfolio",
        "conflict",
        "weights",
        "allocation",
        "fixed_costs",
        "limits",
    ):
        assert printed[part] == golden[part]
