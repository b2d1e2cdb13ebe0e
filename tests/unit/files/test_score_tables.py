from __future__ import annotations

import datetime as dt
import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, strategies as st

from partnerselect import files
from partnerselect.files import sheets
from partnerselect.files.sheets import read_text, read_workbook
from tests.unit.files.cases import (
    CRITERIA,
    SCENARIO,
    VARIANT,
    Workspace,
    faults,
    labels_of,
    problems_of,
)

BASE = "scenarios/base.yaml"
HEADER = "partner,criterion,score\n"
ROWS = (
    "peer,value,7\npeer,sustainability.handover,4\nfirm,value,8\nfirm,sustainability.handover,3\n"
)
WITHOUT_SCORES = """\
format: 1
title: A small choice
criteria: ../criteria/set.yaml
scores: table.csv
partners:
  peer: {title: Peer trust, offers: [coaching]}
  firm: {title: A firm, offers: [coaching], cost: {per-day: 900}}
programmes:
  culture:
    title: Culture
    needs: {coaching: 10}
"""


def with_table(workspace: Workspace, table: str | bytes, scenario: str = WITHOUT_SCORES) -> Path:
    return workspace({BASE: scenario, "scenarios/table.csv": table})


def with_sheet(workspace: Workspace, rows: list[list[Any]]) -> Path:
    return workspace(
        {
            BASE: WITHOUT_SCORES.replace("table.csv", "table.xlsx"),
            "scenarios/table.xlsx": workbook(rows),
        }
    )


def workbook(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Scores"
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows_of(text: str) -> list[list[Any]]:
    return [line.split(",") for line in text.splitlines()]


def test_scores_in_a_table_are_the_scores_written_in_the_scenario(workspace: Workspace) -> None:
    written = files.load(workspace()).scenario
    assert files.load(with_table(workspace, HEADER + ROWS)).scenario.partners == written.partners
    assert (
        files.load(with_sheet(workspace, rows_of(HEADER + ROWS))).scenario.partners
        == written.partners
    )


def test_ranges_evidence_and_programmes_have_their_columns(workspace: Workspace) -> None:
    header = "programme,partner,criterion,score,low,likely,high,evidence,source,published,grade\n"
    rows = (
        ROWS.replace("peer,value,7\n", "").replace("\n", "\n,").removesuffix(",")
        + ',peer,value,,5,6,8,"a report, with a comma",ours,2021-07-28,B\nculture,firm,value,9'
    )
    scenario = files.load(with_table(workspace, header + "," + rows)).scenario
    score = scenario.partners["peer"].scores["value"]
    assert (score.low, score.likely, score.high) == (5, 6, 8)
    assert (score.evidence, score.published, score.grade) == (
        "a report, with a comma",
        dt.date(2021, 7, 28),
        "B",
    )
    assert scenario.partners["firm"].for_["culture"].scores["value"].score == 9


def test_the_table_is_a_source_to_watch(workspace: Workspace) -> None:
    assert "table.csv" in [
        source.name for source in files.load(with_table(workspace, HEADER + ROWS)).sources
    ]


def test_a_byte_order_mark_blank_rows_and_spaces_are_passed_over(workspace: Workspace) -> None:
    text = "\ufeff" + HEADER.replace(",", " , ") + "\n,,\n" + ROWS.replace(",", ", ")
    assert (
        files.load(with_table(workspace, text)).scenario.partners["firm"].scores["value"].score == 8
    )


def test_a_variant_overrides_single_scores_of_an_extended_table(workspace: Workspace) -> None:
    variant = VARIANT + "partners: {firm: {scores: {value: 1}}}\n"
    loaded = files.load(
        workspace(
            {
                "scenarios/variant.yaml": variant,
                BASE: WITHOUT_SCORES,
                "scenarios/table.csv": HEADER + ROWS,
            }
        )
    )
    assert loaded.scenario.partners["firm"].scores["value"].score == 1
    assert loaded.scenario.partners["peer"].scores["value"].score == 7


def test_a_table_of_a_variant_replaces_the_extended_one(workspace: Workspace) -> None:
    others = {
        "scenarios/variant.yaml": VARIANT + "scores: own.csv\n",
        BASE: WITHOUT_SCORES,
        "scenarios/table.csv": HEADER + ROWS,
    }
    loaded = files.load(workspace(others | {"scenarios/own.csv": HEADER + ROWS.replace("7", "2")}))
    assert loaded.scenario.partners["peer"].scores["value"].score == 2


@pytest.mark.parametrize(
    ("row", "label", "words"),
    [
        ("firn,value,7", "6", 'no partner is called "firn"; did you mean "firm"?'),
        ("firm,sustainability,7", "6", 'did you mean "sustainability.handover"?'),
        ("firm,value,7", "6", "a second row for this score; the first is at scenarios/table.csv:4"),
        (",value,7", "6", "no partner"),
        ("firm,,7", "6", "no criterion"),
        ("firm,value,", "6", "no score"),
        ("firm,value,1e999", "6", "too large"),
        ("firm,value,7,8", "6", "column without a heading"),
        ('firm,"value\nvalue",7', "6", 'no criterion is called "value\nvalue"'),
        ('\n"\nfirm",val,7', "7", 'no criterion is called "val"'),
        ('firm,"value" x,7', "6", "not valid CSV"),
    ],
)
def test_a_faulty_row_is_named_by_its_line(
    workspace: Workspace, row: str, label: str, words: str
) -> None:
    (problem,) = problems_of(with_table(workspace, HEADER + ROWS + row))
    assert labels_of([problem]) == [f"scenarios/table.csv:{label}"]
    assert words in problem.message


def test_a_score_outside_its_scale_is_shown_in_the_table(workspace: Workspace) -> None:
    (problem,) = problems_of(with_table(workspace, HEADER + ROWS.replace("8", "80")))
    assert str(problem).splitlines()[1:] == ["    4 | firm,value,80"]
    assert labels_of([problem]) == ["scenarios/table.csv:4"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (
            "partner,criterion,scores",
            ['unknown column "scores"; did you mean "score"?', 'no column "score"'],
        ),
        ("partner,partner,score", ["there twice", 'no column "criterion"']),
    ],
)
def test_a_faulty_header_is_named(workspace: Workspace, header: str, words: list[str]) -> None:
    problems = problems_of(with_table(workspace, header + "\n" + ROWS))
    assert set(labels_of(problems)) == {"scenarios/table.csv:1"}
    assert all(any(word in problem.message for problem in problems) for word in words)
    assert len(problems) == len(words)


def test_a_score_given_in_both_places_names_both(workspace: Workspace) -> None:
    both = SCENARIO.replace("criteria: ", "scores: table.csv\ncriteria: ")
    problem = problems_of(with_table(workspace, HEADER + "peer,value,7\n", both))[0]
    assert labels_of([problem]) == ["scenarios/table.csv:2"]
    assert "scenarios/base.yaml:9:14" in problem.message


@pytest.mark.parametrize("table", ["", "\n\n", ",,\n"])
def test_an_empty_table_is_refused(workspace: Workspace, table: str) -> None:
    assert "empty" in problems_of(with_table(workspace, table))[0].message


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        # - a spreadsheet knows no zones
        (["firm", "value", dt.datetime(2021, 2, 1)], "C6", "found the date 2021-02-01"),  # noqa: DTZ001
        (["firm", "value", "=1+1"], "C6", "formula without a saved result"),
        (["firm", "value", "#N/A"], "C6", "formula that failed"),
        (["firm", "value", True], "C6", "found TRUE"),
        (["firn", "value", 7], "A6", 'did you mean "firm"?'),
        (["firm", "value", None], "A6", "no score"),
        (["firm", "value", 7, "x"], "D6", "column without a heading"),
    ],
)
def test_a_faulty_cell_is_named_by_its_sheet_and_cell(
    workspace: Workspace, row: list[Any], cell: str, words: str
) -> None:
    (problem,) = problems_of(with_sheet(workspace, [*rows_of(HEADER + ROWS), row]))
    assert labels_of([problem]) == [f"scenarios/table.xlsx!Scores:{cell}"]
    assert words in problem.message


@pytest.mark.parametrize("number_format", ["0%", "0.00%", "[Red]0%;-0%", '0" of "0%'])
@pytest.mark.parametrize(
    ("scale", "counts"),
    [
        ("{worst: 0, best: 100}", 84),
        ("{worst: 100, best: 0}", 84),
        ("{points: [[0, 0], [40, 60], [100, 100]]}", 84),
        ("{worst: 0, best: 1}", 0.84),
        ("{worst: 1, best: 0}", 0.84),
    ],
)
def test_a_percentage_in_a_cell_counts_as_the_cell_shows_it(
    workspace: Workspace, number_format: str, scale: str, counts: float
) -> None:
    path = percentages(workspace, scale, number_format)
    assert files.load(path).scenario.partners["firm"].scores["value"].score == counts


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ("{worst: 0, best: 10}", "shows 84%, but the scale of this criterion runs from 0 to 10"),
        ("{worst: 20, best: 90}", "runs from 20 to 90; write a number from 20 to 90"),
        ("{local: more}", "the scale of this criterion is not one from 0 to 100"),
        ("{levels: {low: 0, high: 100}}", "is not one from 0 to 100"),
    ],
)
def test_a_percentage_that_its_scale_cannot_count_is_refused_at_its_cell(
    workspace: Workspace, scale: str, words: str
) -> None:
    problems = problems_of(percentages(workspace, scale, "0%"))
    (problem,) = [one for one in problems if "percent" in one.message or "84%" in one.message]
    assert labels_of([problem]) == ["scenarios/table.xlsx!Sheet:C4"]
    assert words in problem.message


def test_a_percent_sign_that_only_decorates_a_number_changes_nothing(workspace: Workspace) -> None:
    for written in ('0"%"', "0\\%"):
        path = percentages(workspace, "{worst: 0, best: 100}", written)
        assert files.load(path).scenario.partners["firm"].scores["value"].score == 0.84


def percentages(workspace: Workspace, scale: str, number_format: str) -> Path:
    """Write a workbook in which the firm's value is 0.84, in a number format."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows_of(HEADER + ROWS):
        book.active.append(["0" if one == "7" else one for one in row])
    cell = book.active["C4"]
    cell.value, cell.number_format = 0.84, number_format
    stream = io.BytesIO()
    book.save(stream)
    return workspace(
        {
            BASE: WITHOUT_SCORES.replace("table.csv", "table.xlsx"),
            "scenarios/table.xlsx": stream.getvalue(),
            "criteria/set.yaml": CRITERIA.replace("{worst: 0, best: 10}", scale, 1),
        }
    )


def test_one_cell_that_failed_hides_no_other_fault(workspace: Workspace) -> None:
    rows: list[list[Any]] = [
        ["partner", "criterion", "score", "low", "high", "published"],
        ["peer", "value", "#N/A"],
        ["peer", "sustainability.handover", 40],
        ["firm", "value", None, 7, 3],
        ["firm", "sustainability.handover", 3, None, None, "last year"],
        ["firm", "worth", 3],
    ]
    problems = problems_of(with_sheet(workspace, rows))
    sheet = "scenarios/table.xlsx!Scores"
    assert labels_of(problems) == [f"{sheet}:{at}" for at in ("B6", "C2", "C3", "D4", "F5")]


def test_a_fault_in_what_stands_beside_a_score_does_not_lose_the_score(
    workspace: Workspace,
) -> None:
    rows: list[list[Any]] = [
        [*row, "#N/A" if at else "evidence"] for at, row in enumerate(rows_of(HEADER + ROWS))
    ]
    problems = problems_of(with_sheet(workspace, rows))
    (problem,) = problems
    assert problem.message == (
        "evidence: a formula that failed (found #N/A); correct it in a spreadsheet, or write the"
        " value (and 3 more in this column)"
    )


def test_an_unknown_column_hides_no_fault_of_the_rows(workspace: Workspace) -> None:
    table = "partner,criterion,score,remarks\n" + ROWS.replace("8\n", "80,x\n")
    problems = problems_of(with_table(workspace, table))
    assert labels_of(problems) == ["scenarios/table.csv:1", "scenarios/table.csv:4"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([(30_001, 1)], "more than 30,000 rows"),
        ([(1_048_576, 1)], "more than 30,000 rows"),
        ([(6, 301)], "more than 300 columns"),
        ([(at, 16_384) for at in range(6, 1_006)], "more than 300 columns"),
    ],
    ids=["rows", "last row", "columns", "last column of a thousand rows"],
)
def test_a_workbook_that_is_too_large_is_refused_while_it_is_read(
    workspace: Workspace, cells: list[tuple[int, int]], words: str
) -> None:
    book = openpyxl.Workbook(write_only=False)
    assert book.active is not None
    for row in rows_of(HEADER + ROWS):
        book.active.append(row)
    for row_number, column in cells:
        book.active.cell(row_number, column, "x")
    stream = io.BytesIO()
    book.save(stream)
    names = {BASE: WITHOUT_SCORES.replace("table.csv", "table.xlsx")}
    path = workspace({**names, "scenarios/table.xlsx": stream.getvalue()})
    tracemalloc.start()
    (problem,) = problems_of(path)
    assert words in problem.message
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()


def test_blank_cells_count_too(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_CELLS", 20)
    table = HEADER + ROWS + ",,\n" * 20
    assert "more than 20 cells" in problems_of(with_table(workspace, table))[0].message


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (HEADER + ROWS + "\n" * 30_000, "more than 30,000 rows"),
        (HEADER + ROWS + "firm,value" + "," * 300, "more than 300 columns"),
    ],
    ids=["rows", "columns"],
)
def test_a_table_that_is_too_large_is_refused(workspace: Workspace, table: str, words: str) -> None:
    (problem,) = problems_of(with_table(workspace, table))
    assert words in problem.message


def test_of_many_faults_a_thousand_are_reported_and_the_rest_counted(workspace: Workspace) -> None:
    rows = "".join(f"firm-{at},value,7\n" for at in range(20_000))
    problems = problems_of(with_table(workspace, HEADER + ROWS + rows))
    told = [problem for problem in problems if "no partner is called" in problem.message]
    assert len(told) == 1_000
    assert problems[-1].message == "and 19,000 more problems"


def test_a_date_cell_is_a_date_of_publication(workspace: Workspace) -> None:
    rows = [
        ["partner", "criterion", "score", "published"],
        *([*row, dt.date(2020, 1, 2)] for row in rows_of(ROWS)),
    ]
    assert files.load(with_sheet(workspace, rows)).scenario.partners["peer"].scores[
        "value"
    ].published == dt.date(2020, 1, 2)


def test_saved_results_of_formulas_are_scores(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["score"], ["=3+4"]]))) as old,
        zipfile.ZipFile(tmp_path / "saved.xlsx", "w") as new,
    ):
        for name in old.namelist():
            new.writestr(
                name,
                old.read(name)
                .replace(b"<v></v>", b"<v>7</v>")
                .replace(b"<v />", b"<v>7</v>")
                .replace(b"<v/>", b"<v>7</v>"),
            )
    (grid,) = read_workbook(tmp_path / "saved.xlsx", (), lambda _: True)
    assert [cell.value for row in grid.rows for cell in row] == ["score", 7]


@pytest.mark.parametrize("content", [b"", b"partner,criterion,score", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_workbook_is_refused(workspace: Workspace, content: bytes) -> None:
    path = workspace(
        {BASE: WITHOUT_SCORES.replace("table.csv", "table.xlsx"), "scenarios/table.xlsx": content}
    )
    assert "not a workbook" in problems_of(path)[0].message


OLDER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


LOOSE = b"http://schemas.openxmlformats.org/"


def strict(content: bytes) -> bytes:
    """Return a workbook as a program writes it that is told to keep to the strict standard."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            for kind in (b"spreadsheetml/", b"officeDocument/"):
                for last in (b"main", b"relationships"):
                    loose = LOOSE + kind + b"2006/" + last
                    part = part.replace(loose, b"http://purl.oclc.org/ooxml/" + kind + last)
            new.writestr(entry, part)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("table.xlsx", OLDER, "has a password, or is of an older program; save it as .xlsx"),
        ("table.csv", OLDER, "is a workbook or another program's file, not text; save it as .xlsx"),
        ("table.csv", workbook([["partner"]]), "is a workbook or another program's file, not text"),
        ("table.xlsx", strict(workbook([["partner"]])), "not as Strict Open XML"),
    ],
    ids=("older", "older as text", "workbook as text", "strict"),
)
def test_a_file_of_another_form_is_told_as_what_to_save_it(
    workspace: Workspace, recwarn: pytest.WarningsRecorder, name: str, content: bytes, words: str
) -> None:
    scenario = WITHOUT_SCORES.replace("table.csv", name)
    path = workspace({BASE: scenario, f"scenarios/{name}": content})
    (told,) = problems_of(path)
    assert words in told.message
    assert labels_of([told]) == [f"scenarios/{name}"]
    assert not recwarn.list


def test_a_workbook_under_the_name_of_a_text_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "choice.ods").write_bytes(workbook([["partner"]]))
    (told,) = problems_of(tmp_path / "choice.ods")
    assert "save it as .xlsx" in told.message


def test_a_workbook_that_unpacks_without_end_is_refused(workspace: Workspace) -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w") as entry,
    ):
        for _ in range(210):
            entry.write(bytes(1_000_000))
    path = workspace(
        {
            BASE: WITHOUT_SCORES.replace("table.csv", "table.xlsx"),
            "scenarios/table.xlsx": stream.getvalue(),
        }
    )
    assert "unpacks to more than 100 MB" in problems_of(path)[0].message


def test_other_kinds_of_file_are_refused(workspace: Workspace) -> None:
    path = workspace(
        {BASE: WITHOUT_SCORES.replace("table.csv", "table.ods"), "scenarios/table.ods": b"x"}
    )
    assert ".csv or an .xlsx" in problems_of(path)[0].message


@given(st.text(st.sampled_from('partner,cio;sv\n"\r 17.\0x'), max_size=60))
def test_any_table_is_a_table_or_an_input_error_with_places(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("table") / "table.csv"
    path.write_bytes((HEADER + text).encode())
    assert all(problem.place for problem in faults(lambda: read_text(path, ())))
