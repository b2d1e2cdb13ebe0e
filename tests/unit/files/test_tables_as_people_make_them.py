"""Thirty tables of scores as offices keep them: read rightly, or refused at the cell with what to do."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from partnerselect import files
from tests.unit.files.cases import Workspace, labels_of, problems_of

CRITERIA = """\
title: What matters
criteria:
  quality: {title: Quality of service, weight: 3, scale: {worst: 0, best: 10, unit: points}}
  reach: {title: Reach, weight: 2, scale: {worst: 0, best: 100, unit: "%"}}
  trust: {title: Trust, weight: 1, scale: {worst: 0, best: 1}}
  fit: {title: Fit with us, weight: 1, scale: {levels: {poor: 0, fair: 50, well-matched: 100}}}
"""
SCENARIO = """\
format: 1
title: A choice
illustrative: true
criteria: ../criteria/set.yaml
scores: {SCORES}
partners:
  north: {title: North Trust, offers: [coaching], cost: {per-day: 0}}
  south: {title: South & Sons Ltd, offers: [coaching], cost: {per-day: 0}}
programmes:
  culture: {title: Culture change, needs: {coaching: 10}}
  flow: {title: Patient flow, needs: {coaching: 5}}
"""
PLAIN: list[list[Any]] = [
    ["partner", "quality", "reach", "trust", "fit"],
    ["north", 7, 40, 0.5, "fair"],
    ["south", 8, 60, 0.25, "poor"],
]
RIGHT = {
    "north": {"quality": 7, "reach": 40, "trust": 0.5, "fit": "fair"},
    "south": {"quality": 8, "reach": 60, "trust": 0.25, "fit": "poor"},
}
Edit = Callable[[Worksheet], object]
Rows = list[list[Any]]


class Table(NamedTuple):
    content: bytes | str
    name: str = "table.csv"
    options: str = ""

    def written(self, workspace: Workspace) -> Any:
        scores = f"{{file: {self.name}, {self.options}}}" if self.options else self.name
        scenario = SCENARIO.replace("{SCORES}", scores)
        return workspace(
            {
                "scenarios/base.yaml": scenario,
                "criteria/set.yaml": CRITERIA,
                f"scenarios/{self.name}": self.content,
            }
        )


def sheet(rows: Rows, *edits: Edit, options: str = "", title: str = "Scores") -> Table:
    """Write rows as the only sheet of a workbook, then do to it what people do."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for edit in edits:
        edit(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return Table(stream.getvalue(), "table.xlsx", options)


def percent(*cells: str) -> Edit:
    def edit(page: Worksheet) -> None:
        for cell in cells:
            page[cell].number_format = "0%"

    return edit


def hide(*, rows: Iterable[int] = (), columns: Iterable[str] = ()) -> Edit:
    def edit(page: Worksheet) -> None:
        for row in rows:
            page.row_dimensions[row].hidden = True
        for column in columns:
            page.column_dimensions[column].hidden = True

    return edit


def hide_sheet(page: Worksheet) -> None:
    page.sheet_state = "hidden"


def another_sheet(title: str, rows: Rows) -> Edit:
    def edit(page: Worksheet) -> None:
        other = page.parent.create_sheet(title, 0)  # type: ignore[union-attr]
        for row in rows:
            other.append(row)

    return edit


def with_cells(**cells: Any) -> Rows:
    """Return the plain rows with some cells otherwise, such as B2=9."""
    rows = [list(row) for row in PLAIN]
    for cell, value in cells.items():
        rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")] = value
    return rows


def text(rows: Rows, separator: str = ",") -> str:
    return "".join(separator.join(str(cell) for cell in row) + "\n" for row in rows)


LIST: list[list[Any]] = [["Partner", "Criterion", "Score"]] + [
    [partner, criterion, score]
    for partner, scores in RIGHT.items()
    for criterion, score in scores.items()
]
TITLES: list[list[Any]] = [
    ["Partner", "Quality of service (points)", "REACH [%]", "Trust", "Fit-with us"],
    ["North Trust", 7, 40, 0.5, "Fair"],
    ["south & sons ltd", 8, 60, 0.25, "POOR"],
]

READ: dict[str, Table] = {
    "a matrix": sheet(PLAIN),
    "one row a score": sheet(LIST),
    "titles for ids, units in brackets, any case": sheet(TITLES),
    "a merged title above": sheet(
        [["Scores of the panel, 3 March"], [], *PLAIN], lambda page: page.merge_cells("A1:E1")
    ),
    "blank rows and columns": sheet(
        [[], *([None, *row[:2], None, *row[2:]] for row in (PLAIN[0], PLAIN[1])), [], [None, *PLAIN[2][:2], None, *PLAIN[2][2:]]]
    ),
    "no heading above the partners": sheet(with_cells(A1=None)),
    "headings merged over two rows": sheet(
        [
            ["partner", "The service", None, "trust", "fit"],
            [None, "quality", "reach", None, None],
            *PLAIN[1:],
        ],
        lambda page: [page.merge_cells(area) for area in ("A1:A2", "B1:C1", "D1:D2", "E1:E2")],
    ),
    "own columns": sheet(
        [["#", *PLAIN[0], "# notes"], *([at, *row, "asked twice"] for at, row in enumerate(PLAIN[1:]))]
    ),
    "columns left out by name": sheet(
        [[*row, "well" if at else "Remarks (panel)"] for at, row in enumerate(PLAIN)],
        options='ignore: ["remarks (panel)"]',
    ),
    "a sheet by name": sheet(
        PLAIN, another_sheet("Summary", [["nothing", "here"]]), title="Panel 2", options="sheet: panel 2"
    ),
    "the sheet called Scores among others": sheet(PLAIN, another_sheet("Draft", with_cells(B2=1))),
    "the only sheet that can be it": sheet(
        PLAIN, another_sheet("Contacts", [["name", "telephone"], ["A", 1]]), title="Marks"
    ),
    "cells that show percent": sheet(
        with_cells(C2=0.4, C3=0.6, D2=0.5, D3=0.25), percent("C2", "C3", "D2", "D3")
    ),
    "percent as text": sheet(with_cells(C2="40%", C3="60 %", D2="50 %", D3="25%")),
    "numbers as text": sheet(with_cells(B2="7", C2=" 40 ", D3="0.25")),
    "hidden columns and rows": sheet(
        [[*PLAIN[0], "old quality"], [*PLAIN[1], 1], ["east", 1, 1, 1, "poor", 1], [*PLAIN[2], 2]],
        hide(rows=[3], columns=["F"]),
    ),
    "notes marked as such": sheet([*PLAIN, [], ["# the panel met twice", "7", None]]),
    "commas": Table(text(PLAIN)),
    "semicolons and decimal commas": Table(text(PLAIN, ";").replace("0.", "0,")),
    "tabs": Table(text(PLAIN, "\t")),
    "a byte order mark and a title": Table("\ufeffPanel scores; March\n\n" + text(PLAIN, ";")),
    "Windows-1252 if said": Table(
        text([[*PLAIN[0], "# Café"], *PLAIN[1:]]).encode("windows-1252"), options="encoding: windows-1252"
    ),
    "decimal commas in a column beyond doubt": sheet(with_cells(D2="0,5", D3="0,25")),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_a_table_is_read_as_its_author_means_it(workspace: Workspace, kind: str) -> None:
    loaded = files.load(READ[kind].written(workspace))
    partners = loaded.scenario.partners
    found = {
        name: {path: one.score for path, one in partner.scores.items()}
        for name, partner in partners.items()
    }
    assert found == RIGHT


MORE: dict[str, tuple[Table, dict[str, Any]]] = {
    "ranges": (
        sheet(with_cells(B2="4–9", B3="4..9", C2="30 / 40 / 60", C3="4 - 9", E2="poor..fair")),
        {
            "north.quality": (4, None, 9),
            "south.quality": (4, None, 9),
            "north.reach": (30, 40, 60),
            "south.reach": (4, None, 9),
            "north.fit": ("poor", None, "fair"),
        },
    ),
    "unknown": (sheet(with_cells(B2="?", B3="Unknown")), {"north.quality": "unknown", "south.quality": "unknown"}),
    "overrides in a second block": (
        sheet([*PLAIN, [], ["For single programmes"], ["programme", "partner", "quality"], ["Patient flow", "North Trust", 9]]),
        {"north.flow.quality": 9, "north.quality": 7},
    ),
    "overrides in a column": (
        sheet([["programme", *PLAIN[0]], *([None, *row] for row in PLAIN[1:]), ["flow", "north", 9, None, None, None]]),
        {"north.flow.quality": 9, "north.quality": 7},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", MORE)
def test_what_a_single_figure_cannot_say_is_read_too(workspace: Workspace, kind: str) -> None:
    table, expected = MORE[kind]
    partners = files.load(table.written(workspace)).scenario.partners
    for path, wanted in expected.items():
        name, *programme, criterion = path.split(".")
        scores = partners[name].for_[programme[0]].scores if programme else partners[name].scores
        one = scores[criterion]
        assert (one.score if one.score is not None else (one.low, one.likely, one.high)) == wanted


XLSX, CSV = "scenarios/table.xlsx!Scores", "scenarios/table.csv"
REFUSED: dict[str, tuple[Table, list[tuple[str, str]]]] = {
    "a row of totals": (
        sheet([*PLAIN, ["Total", 15, 100, 0.75, None]]),
        [(f"{XLSX}:A4", "a row of totals")],
    ),
    "a column of averages": (
        sheet([[*row, "Average" if not at else 5] for at, row in enumerate(PLAIN)]),
        [(f"{XLSX}:F1", "a column of totals")],
    ),
    "a merged score": (
        sheet(with_cells(B3=None), lambda page: page.merge_cells("B2:B3")),
        [(f"{XLSX}:B2", "merged with the cells up to B3")],
    ),
    "a formula never worked out": (sheet(with_cells(B2="=3+4")), [(f"{XLSX}:B2", "without a saved result")]),
    "a formula that failed": (sheet(with_cells(B2="#N/A")), [(f"{XLSX}:B2", "found #N/A")]),
    "notes in a column": (
        sheet([[*row, "good" if at else "Notes"] for at, row in enumerate(PLAIN)]),
        [(f"{XLSX}:F1", 'unknown column "Notes"; start its heading with #')],
    ),
    "a note below": (
        sheet([*PLAIN, ["Source: the panel"]]),
        [(f"{XLSX}:A4", 'no partner is called "Source: the panel"')],
    ),
    "a blank cell": (sheet(with_cells(C3=None)), [(f"{XLSX}:C3", "is missing: every criterion needs a score")]),
    "a date where 4/6/9 was typed": (sheet(with_cells(B2=dt.date(2009, 6, 4))), [(f"{XLSX}:B2", "found the date 2009-06-04")]),
    "a fraction or a range": (sheet(with_cells(B2="7/10")), [(f"{XLSX}:B2", "may be a fraction or a range; write 7–10")]),
    "percent on a scale of points": (
        sheet(with_cells(B2=0.7), percent("B2")),
        [(f"{XLSX}:B2", "shows 70%, but the scale of this criterion runs from 0 to 10")],
    ),
    "a share among percentages": (
        sheet(with_cells(C2=0.4, C3=0.6), percent("C2")),
        [(f"{XLSX}:C3", "0.6 may be 0.6 or 60%, for other scores of this criterion are percentages")],
    ),
    "a share among percentages, in a list": (
        sheet([*LIST[:2], ["north", "reach", "40%"], ["south", "reach", 1]]),
        [(f"{XLSX}:C4", "1 may be 1 or 100%")],
    ),
    "a day written as text": (sheet(with_cells(C2="04/09/24")), [(f"{XLSX}:C2", '"04/09/24" looks like a date')]),
    "a day with its year written as text": (sheet(with_cells(C2="4/9/2024")), [(f"{XLSX}:C2", "such as 4 / 6 / 9")]),
    "digits of another script": (
        sheet(with_cells(C2="\u0664\u0660")),
        [(f"{XLSX}:C2", "character 1 is an arabic-indic digit four (U+0664): type 4, and write 40")],
    ),
    "the sheet named is hidden": (
        sheet(PLAIN, hide_sheet, another_sheet("Panel", PLAIN), options="sheet: Scores"),
        [(XLSX, "the sheet is hidden, so is left out; show it")],
    ),
    "the only sheet with scores is hidden": (
        sheet([], another_sheet("Panel", PLAIN), hide_sheet),
        [("scenarios/table.xlsx!Panel", "the sheet is hidden, so is left out; show it")],
    ),
    "the only sheet with scores is hidden, and none is called so": (
        sheet([], another_sheet("Panel", PLAIN), hide_sheet, title="Cover"),
        [("scenarios/table.xlsx!Panel", "the sheet is hidden, so is left out; show it")],
    ),
    "two sheets called alike": (
        sheet(PLAIN, another_sheet("scores ", PLAIN)),
        [("scenarios/table.xlsx", 'the sheets "scores ", "Scores" are called alike; call one otherwise')],
    ),
    "thousands or decimals": (sheet(with_cells(C2="1.250")), [(f"{XLSX}:C2", "may be 1250 or 1.250")]),
    "decimal commas beside decimal points": (
        sheet(with_cells(B2="7,5", B3="8.5")),
        [(f"{XLSX}:B2", "has a decimal comma, but 8.5")],
    ),
    "words where a number stands": (sheet(with_cells(B2="good")), [(f"{XLSX}:B2", "must be a number or `unknown`")]),
    "a partner twice": (sheet([*PLAIN, PLAIN[1]]), [(f"{XLSX}:B4", f"a second score for this score; the first is at {XLSX}:B2")]),
    "two sheets that could be it": (
        sheet(PLAIN, another_sheet("Round 1", PLAIN), title="Round 2"),
        [("scenarios/table.xlsx", 'the sheets "Round 1", "Round 2" may all hold the scores')],
    ),
    "a sheet that is not there": (
        sheet(PLAIN, options="sheet: Panel"),
        [("scenarios/table.xlsx", 'no sheet is called "Panel"; there are "Scores"')],
    ),
    "Windows-1252 unsaid": (
        Table(text([[*PLAIN[0], "# Café"], *PLAIN[1:]]).encode("windows-1252")),
        [(f"{CSV}:1:38", "encoding: windows-1252")],
    ),
    "UTF-16": (Table(text(PLAIN).encode("utf-16")), [(f"{CSV}:1:1", "the text is UTF-16; save the file as UTF-8")]),
    "headings alone": (sheet(PLAIN[:1]), [(f"{XLSX}:A1", "there are headings, but no rows below them")]),
    "criteria down, partners across": (
        sheet([list(row) for row in zip(*PLAIN, strict=True)]),
        [(f"{XLSX}:A1", "the columns are partners; turn the table round")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_meant_is_refused_at_its_cell(workspace: Workspace, kind: str) -> None:
    table, expected = REFUSED[kind]
    problems = problems_of(table.written(workspace))
    found = list(zip(labels_of(problems), (one.message for one in problems), strict=True))
    for label, words in expected:
        assert any(at == label and words in message for at, message in found), found


def test_the_same_fault_in_a_column_is_told_once_with_how_many(workspace: Workspace) -> None:
    table = sheet(with_cells(B2="=1", B3="=2"))
    assert [str(one) for one in problems_of(table.written(workspace))] == [
        f"{XLSX}:B2: a formula without a saved result; open and save the workbook in a spreadsheet, or write the value (and 1 more in this column)"
    ]


def test_what_is_hidden_is_named(workspace: Workspace) -> None:
    loaded = files.load(READ["hidden columns and rows"].written(workspace))
    assert [(one.place.label, one.message) for one in loaded.warnings if one.place] == [
        (XLSX, "hidden, so is left out: row 3; show what is part of the table"),
        (XLSX, "hidden, so is left out: column F; show what is part of the table"),
    ]


def test_a_hidden_sheet_of_scores_is_named_where_another_is_read(workspace: Workspace) -> None:
    table = sheet(with_cells(B2=1), hide_sheet, another_sheet("Agreed", PLAIN))
    loaded = files.load(table.written(workspace))
    assert loaded.scenario.partners["north"].scores["quality"].score == 7
    assert [(one.place.label, one.message) for one in loaded.warnings if one.place] == [
        (XLSX, "the sheet is hidden, so is left out; show it if it is part of the table")
    ]


def shown_as(number_format: str, *cells: str) -> Edit:
    def edit(page: Worksheet) -> None:
        for cell in cells:
            page[cell].number_format = number_format

    return edit


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("#,##0.00 [$€-407]", "€"),
        ('"$"#,##0', "$"),
        ("[$USD] #,##0", "USD"),
        ('"£"#,##0.00', ""),
        ("[$£-809]#,##0", ""),
        ("[$-409]#,##0", ""),
        ('#,##0 "kr"', ""),
        ('"$"#,##0_);("$"#,##0)', ""),  # what every spreadsheet calls the money of its country
    ],
)
def test_money_of_another_currency_is_told_once_a_column(
    workspace: Workspace, number_format: str, shown: str
) -> None:
    table = sheet(PLAIN, shown_as(number_format, "C2", "C3"))
    loaded = files.load(table.written(workspace))
    assert loaded.scenario.partners["north"].scores["reach"].score == 40
    expected = f"shows {shown}, but the scenario counts in GBP; convert the figure, or correct the currency (and 1 more in this column)"
    told = [(one.place.label, one.message) for one in loaded.warnings if one.place]
    assert told == ([(f"{XLSX}:C2", expected)] if shown else [])


def test_money_that_is_the_unit_of_a_criterion_or_ones_own_is_meant(workspace: Workspace) -> None:
    euros = shown_as("#,##0 [$€-407]", "B2", "F2")
    rows = [[*row, "# asked" if not at else 5] for at, row in enumerate(PLAIN)]
    path = sheet(rows, euros).written(workspace)
    criteria = path.parent.parent / "criteria" / "set.yaml"
    criteria.write_text(CRITERIA.replace("unit: points", "unit: €"), encoding="utf-8")
    assert not files.load(path).warnings
