"""A scenario may be a workbook: what its sheets hold comes back as it was, from every kind of hand."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from partnerselect import files
from partnerselect.files.book_layout import BY_TITLE, LAYOUTS, SCENARIO_PARTS
from partnerselect.files.book_pages import held, pages
from partnerselect.files.book_writing import blank_workbook, kept_as_workbook, workbook_bytes
from partnerselect.files.layers import beyond
from partnerselect.model import Scenario, keys_at
from tests.oracle.cases import scenario_of
from tests.unit.files.book_cases import everything
from tests.unit.files.cases import labels_of, problems_of

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NO_SHEET = ("weights", "baseline", "branches", "paper", "sweep", "design")
"""What no sheet holds: the last or the first word of its path."""


def there_and_back(data: dict[str, Any], folder: Path) -> Scenario:
    """Write a scenario as a workbook, and what it cannot hold beside it; read both again."""
    kept = kept_as_workbook(data)
    (folder / "book.xlsx").write_bytes(kept.content)
    (folder / "beside.yaml").write_text(files.yaml_text({"extends": "book.xlsx", **kept.rest}))
    return files.load(folder / "beside.yaml").scenario


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_scenario_comes_back_from_its_workbook_as_it_was(
    path: Path, tmp_path: Path
) -> None:
    scenario = files.load(path).scenario
    assert there_and_back(scenario.data, tmp_path).sha256 == scenario.sha256
    levelled = {f"programmes.{p}.levels" for p, own in scenario.entries.items() if own != (p,)}
    assert {*kept_as_workbook(scenario.data).places} <= {"paper", "staff-groups", *levelled}


def holds_everything(seed: int) -> None:
    data = everything(seed)
    book = held(pages(data))
    assert list(map(str, book.problems)) == []
    assert beyond(data, book.data) == {}
    assert Scenario.from_data(book.data).sha256 == Scenario.from_data(data).sha256


@pytest.mark.parametrize("seed", range(25))
def test_the_sheets_hold_all_they_are_for(seed: int) -> None:
    holds_everything(seed)


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 500, 50))
def test_500_random_scenarios_come_back_from_their_workbooks_as_they_were(
    start: int, tmp_path: Path
) -> None:
    for seed in range(1_000 + start, 1_050 + start):
        text, book, again = (tmp_path / name for name in ("a.yaml", "book.xlsx", "b.yaml"))
        text.write_text(files.scenario_text(everything(seed)), encoding="utf-8")
        first = files.load(text).scenario
        kept = kept_as_workbook(first.data)
        assert kept.rest == {}, seed
        book.write_bytes(kept.content)
        if OFFICE and seed % 25 == 0:
            book = saved_by_office(book)
        again.write_text(files.scenario_text(files.load(book).scenario.data), encoding="utf-8")
        assert files.load(again).scenario.sha256 == first.sha256, seed


@pytest.mark.parametrize("seed", range(6))
def test_a_workbook_file_says_what_was_written_into_it(seed: int, tmp_path: Path) -> None:
    data = everything(seed)
    (tmp_path / "book.xlsx").write_bytes(workbook_bytes(data))
    loaded = files.load(tmp_path / "book.xlsx")
    assert loaded.scenario.sha256 == Scenario.from_data(data).sha256
    assert [str(one) for one in loaded.warnings if "left out" in one.message] == []


@pytest.mark.parametrize("seed", range(12))
def test_what_the_sheets_cannot_hold_stands_beside_the_workbook(seed: int) -> None:
    stated = Scenario.from_data(scenario_of(seed)).data
    data = {key: value for key, value in stated.items() if value != {}}
    book = held(pages(data))
    assert list(map(str, book.problems)) == []
    for place in kept_as_workbook(data).places:
        assert set(place.split(".")) & set(NO_SHEET), place


def saved_by_office(book: Path) -> Path:
    """Open and save a workbook by an office program; return what it saved."""
    folder = book.parent
    command = [str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "saved", book.name],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=110,
    )
    return folder / "saved" / book.name


@pytest.mark.skipif(OFFICE is None, reason="no office program (soffice) is installed")
def test_an_office_program_may_save_it_in_between(tmp_path: Path) -> None:
    data = everything(3)
    (tmp_path / "book.xlsx").write_bytes(workbook_bytes(data))
    loaded = files.load(saved_by_office(tmp_path / "book.xlsx"))
    assert loaded.scenario.sha256 == Scenario.from_data(data).sha256


def test_yaml_made_of_a_workbook_says_the_same(tmp_path: Path) -> None:
    for seed in range(5):
        data = everything(seed)
        path = tmp_path / "scenario.yaml"
        path.write_text(files.scenario_text(data), encoding="utf-8")
        assert files.load(path).scenario.sha256 == Scenario.from_data(data).sha256


def filled(tmp_path: Path, **sheets: list[list[Any]]) -> Path:
    """Fill in an empty workbook as a person does, below the headings of each sheet."""
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(partners=3, programmes=2)))
    for title, rows in {
        "Partners": PARTNERS,
        "Programmes": PROGRAMMES,
        "Needs": NEEDS,
        **sheets,
    }.items():
        page = book[title]
        head = {cell.value: cell.column for cell in page[1] if cell.value}
        for at, row in enumerate(rows[1:], 2):
            for name, value in zip(rows[0], row, strict=True):
                column = head.setdefault(name, len(head) + 1)
                page.cell(1, column).value = name
                page.cell(at, column).value = value
    lines = {str(row[0].value): row[1] for row in book["Scenario"].iter_rows()}
    lines["title"].value, lines["as-at"].value = "Filled in by hand", dt.date(2024, 5, 1)
    path = tmp_path / "filled.xlsx"
    book.save(path)
    return path


PARTNERS: list[list[Any]] = [
    ["title", "offers", "per day", "covers", "payer"],
    ["North Trust", "Coaching, Board development", 800, None, None],
    ["South & Sons Ltd", "coaching", "1 200", "50%", "nhse"],
]
PROGRAMMES: list[list[Any]] = [
    ["title", "mandatory", "review"],
    ["Culture change", "Yes", dt.date(2024, 9, 1)],
    ["Patient flow", None, None],
]
NEEDS: list[list[Any]] = [
    ["programme", "Coaching", "Board development"],
    ["Culture change", 10, 5],
    ["patient flow", 4, None],
]
SCORES: list[list[Any]] = [
    ["partner", "Value to patients and staff", "Shared values", "Handover to our own staff", "track-record"],
    ["North Trust", 7, "Aligned", "4–9", 3],
    ["South & Sons Ltd", "6,5", "shared", "?", 8],
]  # fmt: skip


def test_an_empty_workbook_filled_in_by_hand_is_a_scenario(tmp_path: Path) -> None:
    path = filled(tmp_path, Scores=SCORES)
    # the columns of the blank one go by ids; titles beside them would be there twice
    book = openpyxl.load_workbook(path)
    for cell in book["Scores"][1]:
        if cell.value in {
            "value",
            "shared-values",
            "sustainability.handover",
            "sustainability.track-record",
        }:
            cell.value = f"# {cell.value}"
    book.save(path)
    scenario = files.load(path).scenario
    assert scenario.title == "Filled in by hand"
    assert scenario.as_at == dt.date(2024, 5, 1)
    assert list(scenario.partners) == ["north-trust", "south-and-sons-ltd"]
    south = scenario.partners["south-and-sons-ltd"]
    assert (south.cost.per_day, south.funding and south.funding.covers) == (1200, 0.5)
    assert south.scores["value"].score == 6.5
    assert south.scores["sustainability.handover"].is_unknown
    assert scenario.partners["north-trust"].scores["sustainability.handover"].high == 9
    assert scenario.programmes["culture-change"].needs == {"coaching": 10, "board-development": 5}
    assert scenario.programmes["culture-change"].mandatory


def test_an_empty_price_is_told_of_at_its_cell(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(everything(4))))
    head = {cell.value: at for at, cell in enumerate(book["Partners"][1], 1)}
    for row in range(2, book["Partners"].max_row + 1):
        book["Partners"].cell(row, head["per day"]).value = 100
    for name in ("per day", "per programme", "once", "excluded"):
        book["Partners"].cell(3, head[name]).value = None
    book.save(tmp_path / "book.xlsx")
    told = [
        one for one in files.load(tmp_path / "book.xlsx").warnings if "no price:" in one.message
    ]
    cell = book["Partners"].cell(3, head["per day"]).coordinate
    assert [one.place and one.place.label for one in told] == [
        f"{tmp_path}/book.xlsx!Partners:{cell}"
    ]


def test_a_yaml_file_may_extend_a_workbook(tmp_path: Path) -> None:
    data = everything(1)
    (tmp_path / "book.xlsx").write_bytes(workbook_bytes(data))
    (tmp_path / "less.yaml").write_text("extends: book.xlsx\ntitle: Less\nlimits: {budget: 5}\n")
    loaded = files.load(tmp_path / "less.yaml")
    assert (loaded.scenario.title, loaded.scenario.limits.budget) == ("Less", 5)
    assert {path.name for path in loaded.sources} == {"less.yaml", "book.xlsx"}


@pytest.mark.parametrize(
    ("title", "heading", "row", "value", "words"),
    [
        ("Partners", "per day", 2, "dear", "expected an amount"),
        ("Partners", "gate", 2, "nobody", 'no gate is called "nobody"'),
        ("Partners", "offers", 3, None, "the cell is empty; what belongs there: Components it can"),
        ("Partners", "covers", 2, 2, "must be 100% or less"),
        ("Partners", "id", 4, "Total", "a row of totals"),
        ("Programmes", "mandatory", 2, "perhaps", "expected yes or no"),
        ("Programmes", "review", 2, "next year", "must be a date"),
        ("Gates", "status", 2, "open", "must be confirmed, expected, refused or"),
        ("Criteria", "parent", 3, "nowhere", 'no criterion is called "nowhere"'),
        ("Criteria", "levels", 4, "poor", "expected names with a figure each"),
        ("Limits", "limit", 2, "bugdet", 'unknown key; did you mean "budget"'),
        ("Partners", "once", 2, "=A1*2", "a formula without a saved result"),
        ("Needs", "programme", 2, "p9", 'no programme is called "p9"'),
        ("Scores", "quality", 2, 70, "lies outside the scale"),
        ("Scores", "fit", 3, None, "no score; write a number, a level, or ? where it is not known"),
        ("Groups", "quality", 2, "much", "expected a number"),
        ("Scenario", "key", 2, "sweep", "write it in a YAML file that extends this workbook"),
        ("Evidence", "partner", 2, "p9", 'no partner is called "p9"'),
    ],
)
def test_a_fault_is_named_at_the_cell_a_person_would_click(
    title: str, heading: str, row: int, value: Any, words: str, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(everything(4))))
    (column,) = [cell.column for cell in book[title][1] if cell.value == heading]
    cell = book[title].cell(row, column)
    cell.value = value
    if title == "Evidence":
        book[title].cell(row, column + 1).value = "quality"
    book.save(tmp_path / "book.xlsx")
    problems = problems_of(tmp_path / "book.xlsx")
    found = list(zip(labels_of(problems), [one.message for one in problems], strict=True))
    label = f"{tmp_path}/book.xlsx!{title}:{cell.coordinate}"
    assert any(at == label and words in message for at, message in found), found


def test_weights_in_percent_count_as_they_are_shown_and_may_not_mix(tmp_path: Path) -> None:
    for formats, words in ((("0%",) * 4, ""), (("0%", "General", "0%", "0%"), "plain numbers")):
        book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(everything(4))))
        page = book["Criteria"]
        (column,) = [cell.column for cell in page[1] if cell.value == "weight"]
        tops = [row for row in range(2, page.max_row + 1) if not page.cell(row, 3).value]
        for row in range(2, page.max_row + 1):
            page.cell(row, column).value = None
        for row, shown in zip(tops, formats, strict=True):
            page.cell(row, column).value = 0.25
            page.cell(row, column).number_format = shown
        for row in range(2, page.max_row + 1):
            if row not in tops:
                page.cell(row, column).value, page.cell(row, column).number_format = 0.5, "0%"
        book.save(tmp_path / "book.xlsx")
        if words:
            assert any(words in one.message for one in problems_of(tmp_path / "book.xlsx"))
        else:
            weights = files.load(tmp_path / "book.xlsx").scenario.criteria.nodes
            assert [node.weight for node in weights.values()] == [25, 25, 25, 25, 50, 50, 50]


def test_a_workbook_that_is_too_large_is_refused_while_it_is_read(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(everything(4))))
    book["Evidence"].cell(30_001, 1).value = "far below"
    book.save(tmp_path / "book.xlsx")
    (problem,) = problems_of(tmp_path / "book.xlsx")
    assert "more than 30,000 rows" in problem.message


def test_further_sheets_are_left_out_and_named_once(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(everything(2))))
    book.create_sheet("Pivot").append(["anything"])
    book.create_sheet("Telephone list")
    book["Scores"].title = "to be renamed"
    book["to be renamed"].title = "SCORES"
    book.save(tmp_path / "book.xlsx")
    loaded = files.load(tmp_path / "book.xlsx")
    told = [one.message for one in loaded.warnings if "left out" in one.message]
    assert told == ['further sheets are left out: "Pivot", "Telephone list"']


def test_a_workbook_without_a_sheet_of_a_scenario_says_what_is_expected(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "book.xlsx")
    (problem,) = problems_of(tmp_path / "book.xlsx")
    assert (
        "no sheet of a scenario is here; expected Scenario, Criteria, Partners" in problem.message
    )


def test_the_sheets_and_headings_are_those_that_people_keep() -> None:
    assert [layout.title for layout in LAYOUTS] == [
        *("Scenario", "Criteria", "Partners", "Scores", "Evidence", "Programmes", "Needs"),
        *("Limits", "Phases", "Gates", "Rules", "Groups", "Weights", "Baselines", "Plans"),
    ]
    wanted = {
        "criteria": "id title parent weight scale worst best levels unit at-least",
        "partners": "id title short offers methods capacity per-day per-programme once payer covers"
        " gate tags excluded",
        "evidence": "partner criterion programme text source published grade",
        "scenario": "key value",
    }
    for title, headings in wanted.items():
        assert set(headings.split()) <= BY_TITLE[title].by_key.keys()


def test_every_key_of_a_scenario_has_its_sheet_or_is_named_as_having_none() -> None:
    elsewhere = {
        "partners": {"scores", "for"},
        "programmes": {"needs", "weights", "levels"},
        "stakeholders": {"weights"},
        "plans": {"choose"},
    }
    for section in ("partners", "programmes", "gates", "stakeholders", "plans", "phases"):
        layout = next(one for one in LAYOUTS if one.section == section)
        columns = {column.path[0] for column in layout.columns if column.path}
        keys = keys_at(Scenario, (section, "x")).fields.keys()
        assert keys - columns == elsewhere.get(section, set()), section
    held = {*SCENARIO_PARTS, *(layout.section for layout in LAYOUTS), "committed"}
    nowhere = {"paper", "sweep", "design", "staff-groups"}
    assert keys_at(Scenario, ()).fields.keys() - held == nowhere


def test_every_column_is_documented_as_it_is_called() -> None:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    for layout in LAYOUTS:
        headings = ", ".join(f"`{column.heading}`" for column in layout.columns)
        more = f" {layout.more}" if layout.more else ""
        assert f"| **{layout.title}** | {headings} | {layout.about}{more} |" in page


def test_headings_are_locked_cells_are_free_and_lists_are_offered() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(everything(5))))
    page = book["Partners"]
    assert page.protection.sheet
    assert not page.protection.password
    assert page["A1"].protection.locked
    assert not page["B2"].protection.locked
    assert page["D1"].comment
    offered = {one.formula1 for one in book["Gates"].data_validations.dataValidation}
    assert '"confirmed,expected,refused,unknown"' in offered
    assert book.sheetnames[0] == "Read me"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    data = everything(6) | {"title": "=HYPERLINK(1)"}
    page = openpyxl.load_workbook(io.BytesIO(workbook_bytes(data)))["Scenario"]
    (cell,) = [row[1] for row in page.iter_rows() if row[0].value == "title"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_the_small_file_beside_a_workbook_is_plain_yaml() -> None:
    kept = kept_as_workbook({**everything(7), "sweep": {"limits.budget": [1, 2]}})
    assert kept.places == ("sweep",)
    assert yaml.safe_load(files.yaml_text(kept.rest)) == {"sweep": {"limits.budget": [1, 2]}}


def test_an_empty_workbook_takes_criteria_of_ones_own(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(partners=3, programmes=2)))
    scores, criteria = book["Scores"], book["Criteria"]
    headings = {cell.value: cell for cell in scores[1]}
    assert headings["partner"].protection.locked
    assert not headings["shared-values"].protection.locked
    headings["shared-values"].value = "reach"
    next(cell for (cell,) in criteria["A2:A20"] if cell.value == "shared-values").value = "reach"
    book.save(tmp_path / "own.xlsx")
    problems = [str(problem) for problem in problems_of(tmp_path / "own.xlsx")]
    assert problems
    assert not [problem for problem in problems if "unknown column" in problem]
