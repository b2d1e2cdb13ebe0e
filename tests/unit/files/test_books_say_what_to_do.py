"""Of a workbook with one slip in it the cause is said once, in the words of sheets, and no more."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from partnerselect import files
from partnerselect.files.book_words import advice_in_sheets
from partnerselect.files.book_writing import blank_workbook, workbook_bytes
from tests.unit.files.cases import labels_of, problems_of

SMALL: dict[str, Any] = {
    "format": 1,
    "title": "A small choice",
    "illustrative": True,
    "criteria": {
        "title": "What matters",
        "criteria": {
            "benefit": {"title": "Benefit", "weight": 60, "scale": {"worst": 0, "best": 10}},
            "stays": {"title": "What stays", "weight": 40, "scale": {"worst": 0, "best": 10}},
        },
    },
    "partners": {
        "academy": {"title": "The academy", "offers": ["coaching"], "cost": {"per-day": 600}, "scores": {"benefit": 8, "stays": 7}},
        "network": {"title": "The network", "offers": ["coaching"], "cost": {"per-day": 200}, "scores": {"benefit": 5, "stays": 6}},
        "analysts": {"title": "The analysts", "offers": ["coaching"], "cost": {"per-day": 400}, "scores": {"benefit": 6, "stays": 4}},
    },
    "programmes": {
        "wards": {"title": "Wards", "needs": {"coaching": 20}},
        "measures": {"title": "Measures", "needs": {"coaching": 15}},
    },
    "limits": {"budget": 20000},
}  # fmt: skip
SHIPPED = Path(__file__).parents[3] / "scenarios" / "shsc-2021.yaml"
Edit = Callable[[Workbook], object]


def at(book: Workbook, sheet: str, heading: str, row: int) -> Any:
    """Return the cell of a row below a heading."""
    (column,) = [n for n, cell in enumerate(book[sheet][1], 1) if cell.value == heading]
    return book[sheet].cell(row, column)


def put(sheet: str, heading: str, row: int, value: Any) -> Edit:
    """Return what writes a value into a cell."""
    return lambda book: setattr(at(book, sheet, heading, row), "value", value)


def put_key(old: str, new: str) -> Edit:
    """Return what writes another key on the first sheet."""

    def edit(book: Workbook) -> None:
        (cell,) = [row[0] for row in book["Scenario"].iter_rows() if row[0].value == old]
        cell.value = new

    return edit


def call(old: str, new: str) -> Edit:
    """Return what gives a sheet another title."""
    return lambda book: setattr(book[old], "title", new)


def test_a_limit_may_be_named_in_words(tmp_path: Path) -> None:
    path = saved(lambda book: book["Limits"].append(["Partners max", 2]), tmp_path)
    assert files.load(path).scenario.data["limits"]["partners"]["max"] == 2


def test_days_that_count_as_free_beside_other_prices_are_told(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        put("Partners", "per day", 3, None)(book)
        put("Partners", "once", 3, 500)(book)

    (told,) = files.load(saved(edit, tmp_path)).warnings
    assert told.message.startswith("no price per day, so the days count as free")
    assert told.place
    assert "Partners!" in told.place.label or "Partners:" in told.place.label


def test_the_blank_workbook_says_nothing_of_how_the_criteria_were_found() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(partners=3, programmes=2)))
    assert "criteria.about" not in [row[0].value for row in book["Scenario"].iter_rows()]


def saved(edit: Edit, folder: Path, data: dict[str, Any] = SMALL) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(data)))
    edit(book)
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def two_baselines(book: Workbook) -> None:
    put("Programmes", "baseline", 2, 20)(book)
    book["Baselines"].append([book["Programmes"]["A2"].value, 3])


def hide(title: str) -> Edit:
    def edit(book: openpyxl.Workbook) -> None:
        book[title].sheet_state = "hidden"

    return edit


def rule(*cells: str) -> Edit:
    return lambda book: book["Rules"].append([None, *cells])


def alone(row: int, value: object, heading: str = "per day") -> Edit:
    """Write what holds for the academy on the wards alone."""
    said = (("partner", "academy"), ("programme", "wards"), (heading, value))
    return lambda book: [put("Scores", key, row, cell)(book) for key, cell in said]


def evidence(book: Workbook, said: str) -> Workbook:
    """Write what one score rests on."""
    book["Evidence"].append(["academy", "benefit", None, said])
    return book


def titled(sheet: str, text: str, column: int = 1, across: int = 0, row: int = 3) -> Edit:
    """Write a title into a row of its own, over some more cells if any."""

    def edit(book: Workbook) -> None:
        page = book[sheet]
        page.insert_rows(row)
        page.cell(row, column).value = text
        if across:
            page.merge_cells(None, row, column, row, column + across)

    return edit


ACROSS = "a title across the columns is no row of the table; put it above the headings, or start it with # to leave it out"
ALONE = "nothing else stands in this row; if it is a title, put it above the headings or start it with #; if not, fill in its row"
EMPTY = "the cell is empty; what belongs there: "
SLIPS: dict[str, tuple[Edit, str, str]] = {
    "a key of the scenario": (put_key("title", "ttile"), "Scenario:A3", 'unknown key "ttile"; did you mean "title"?'),
    "no headings": (lambda book: book["Scenario"].delete_rows(1), "Scenario:A1", "there are no headings here; write key and value in a row of their own above this one"),
    "a key of the criteria": (put_key("criteria.title", "criteria.ttle"), "Scenario:A5", 'unknown key "ttle"; did you mean "title"?'),
    "a limit on the first sheet": (put_key("illustrative", "budget"), "Scenario:A4", '"budget" belongs on the sheet Limits'),
    "no title": (put_key("title", "# title"), "Scenario", 'no title is written yet; write it beside the key "title" of Scenario'),
    "a sheet": (call("Partners", "Partner"), "Partner", 'unknown sheet "Partner"; did you mean "Partners"? (call it otherwise to leave it out)'),
    "a sheet that may be missing": (call("Limits", "Limit"), "Limit", 'unknown sheet "Limit"; did you mean "Limits"?'),
    "the sheet of criteria": (call("Criteria", "Critera"), "Critera", 'did you mean "Criteria"?'),
    "the sheet of scores": (call("Scores", "Score"), "Score", 'did you mean "Scores"?'),
    "a heading": (put("Partners", "offers", 1, "offrs"), "Partners:offers:1", 'unknown column "offrs"; did you mean "offers"?'),
    "a heading of two words": (put("Partners", "per day", 1, "price per day"), "Partners:per day:1", 'did you mean "per day"?'),
    "a heading like no other": (put("Partners", "per day", 1, "day rate"), "Partners:per day:1", "start its heading with # to leave it out (the columns here: id, title, short, offers,"),
    "the heading of whose days": (put("Needs", "programme", 1, "programe"), "Needs:A1", 'unknown column "programe"; did you mean "programme"?'),
    "the heading of a criterion": (put("Scores", "benefit", 1, "benefitt"), "Scores:benefit:1", 'unknown column "benefitt"; did you mean "benefit"?'),
    "a name": (put("Scores", "partner", 2, "acadmy"), "Scores:A2", 'no partner is called "acadmy"; did you mean "academy"?'),
    "a component": (put("Needs", "coaching", 1, "coachin"), "Needs:B1", 'no partner offers this; did you mean "coaching"? (and 1 more in this column)'),
    "no offers": (put("Partners", "offers", 2, None), "Partners:offers:2", f"{EMPTY}Components it can deliver, with commas between"),
    "no offers of several": (lambda book: [put("Partners", "offers", row, None)(book) for row in (2, 3, 4)], "Partners:offers:2", "(and 2 more in this column)"),
    "no weight": (put("Criteria", "weight", 2, None), "Criteria:D2", f"{EMPTY}Going from worst to best, against its siblings"),
    "no scale": (lambda book: [put("Criteria", end, 2, None)(book) for end in ("scale", "worst", "best")], "Criteria:A2", "has no scale; fill in worst and best, levels or points"),
    "no needs": (put("Needs", "coaching", 2, None), "Programmes:A2", "no days of it are written on the sheet Needs"),
    "no score": (put("Scores", "benefit", 2, None), "Scores:benefit:2", "no score; write a number, a level, or ? where it is not known"),
    "no column of scores": (lambda book: book["Scores"].delete_cols(at(book, "Scores", "benefit", 1).column), "Scores", 'there is no column for the criterion "benefit"'),
    "no row of scores": (lambda book: book["Scores"].delete_rows(2), "Partners:A2", "has no row on the sheet Scores"),
    "no sheet of scores": (lambda book: book.remove(book["Scores"]), "", "there is no sheet Scores; give every partner a row there"),
    "no share": (put("Partners", "payer", 2, "nhs"), "Partners:covers:2", f"{EMPTY}The share that the payer meets"),
    "a row that is hidden": (lambda book: setattr(book["Partners"].row_dimensions[3], "hidden", True), "Partners", "hidden, so is left out: row 3; show what is part of the table"),
    "no price in words": (put("Partners", "per day", 2, "n/a"), "Partners:per day:2", 'expected an amount (found "n/a"); write the range it may be in, such as 650–900, or nothing where nothing is paid'),
    "a limit without a figure": (put("Limits", "value", 2, None), "Limits:A2", "no figure; write one, or unlimited"),
    "a limit that is none alone": (lambda book: book["Limits"].append(["partners", 3]), "Limits:B3", 'is no limit by itself (found 3); write partners.max in the column "limit"'),
    "funds without a payer": (lambda book: book["Limits"].append(["funds", "50,000 GBP"]), "Limits:B3", 'is no limit by itself (found "50,000 GBP"); write funds.PAYER in the column "limit"'),
    "a unit beside a minimum": (put("Criteria", "at least", 2, "5 points"), "Criteria:at least:2", '(found "5 points"); write the number alone'),
    "a baseline as a figure and in scores": (two_baselines, "Baselines:B2", "which is for the whole; keep one of them"),
    "nobody misspelt": (put("Programmes", "today", 2, "Nobdy"), "Programmes:today:2", 'did you mean "nobody"?'),
    "a phase without a day": (lambda book: book["Phases"].append(["scoping"]), "Phases:A2", "no day; write when this phase starts"),
    "a sheet called otherwise": (call("Partners", "Suppliers"), "Suppliers", "there is no sheet Partners; call the one that holds them so"),
    "a share among points": (put("Criteria", "weight", 2, "60%"), "Criteria:D2", "shows 60%, but other cells of this column hold plain numbers; write all of them alike"),
    "a note at the side": (lambda book: setattr(book["Scenario"]["D3"], "value", "from the panel"), "Scenario:D3", "a value in a column without a heading; give it one, or one that starts with #"),
    "a note below": (lambda book: book["Scores"].append(["* scores from the panel"]), "Scores:A5", "a row that starts with # is left out"),
    "a sheet that is hidden": (hide("Scores"), "Scores", "the sheet is hidden, so is left out; show it if it is part of the table"),
    "partners that are hidden": (hide("Partners"), "Partners", "the sheet is hidden, so is left out"),
    "two sheets called alike": (lambda book: book.create_sheet("limits "), "limits ", 'the sheets "Limits", "limits " are called alike; call one otherwise'),
    "a rule with more than it takes": (rule("apart", "wards", "academy, network"), "Rules:B2", 'a rule "apart" takes no programmes; leave that empty'),
    "two committed to one component": (rule("committed", "wards", "academy; network", "coaching"), "Rules:B2", "give each a row of its own"),
    "not excluded, in words": (put("Partners", "excluded", 2, "No"), "Partners:excluded:2", 'leave it empty where it is not (found "No")'),
    "a second price": (lambda book: [alone(row, row)(book) for row in (5, 6)], "Scores:per day:6", "a second figure for this; the first is at"),
    "a price never worked out": (alone(5, "=3*4"), "Scores:per day:5", "a formula without a saved result"),
    "days that failed": (alone(5, "#REF!", "days"), "Scores:days:5", "a formula that failed (found #REF!)"),
    "a part named twice": (put("Needs", "coaching", 2, "first: 4; First: 6"), "Needs:coaching:2", '"first" is there twice; keep one of them'),
    "evidence twice for a score": (lambda book: [evidence(book, said) for said in ("A visit", "A letter")], "Evidence:D3", "stands there already, at "),
    "a merged score": (lambda book: book["Scores"].merge_cells(":".join(at(book, "Scores", "benefit", row).coordinate for row in (2, 3))), "Scores:benefit:2", "part them, and write in each what holds there"),
    "a title across partners": (titled("Partners", "National bodies", across=5), "Partners:A3", ACROSS),
    "a title across scores": (titled("Scores", "National bodies", across=2), "Scores:A3", ACROSS),
    "a title among the ids": (titled("Partners", "National bodies"), "Partners:A3", ALONE),
    "a title among the titles": (titled("Partners", "National bodies", column=2), "Partners:B3", ALONE),
    "a title among other cells": (titled("Partners", "National bodies", column=4), "Partners:D3", ALONE),
    "a title among criteria": (titled("Criteria", "What counts most", column=2), "Criteria:B3", ALONE),
    "a title among programmes": (titled("Programmes", "On the wards", column=2), "Programmes:B3", "no days of it are written on the sheet Needs; a title belongs above the headings"),
    "a title among needs": (titled("Needs", "On the wards"), "Needs:A3", "a title belongs above the headings"),
    "a title among limits": (titled("Limits", "What we can pay"), "Limits:A3", ALONE),
    "a title among rules": (titled("Rules", "What is agreed", column=2), "Rules:B3", ALONE),
    "a title among evidence": (titled("Evidence", "From visits", column=2), "Evidence:B3", ALONE),
    "a title on the first sheet": (titled("Scenario", "What it is"), "Scenario:A3", "a title belongs above the headings"),
    "not applicable": (put("Scores", "benefit", 2, "n/a"), "Scores:benefit:2", 'must be a number or ? (found "n/a"); write unknown, if it is not known'),
    "a percentage": (put("Scores", "benefit", 2, "80%"), "Scores:benefit:2", "write a number from 0 to 10, without the percent sign"),
    "off the scale": (put("Scores", "benefit", 2, 11), "Scores:benefit:2", 'let the scale say clip in the column "beyond" of Criteria'),
    "partners across": (lambda book: [put("Scores", old, 1, new)(book) for old, new in (("benefit", "The academy"), ("stays", "network"), ("partner", "criterium"))], "Scores:A1", "the columns are partners; turn the table round"),
    "criteria of no name": (lambda book: [put("Scores", old, 1, "What")(book) for old in ("benefit", "stays")], "Scores:benefit:1", 'unknown column "What"; start its heading with # to leave it out (the columns here: partner, programme, days, excluded, per day, per programme, benefit'),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_the_cause_is_said_once_and_in_the_words_of_sheets(slip: str, tmp_path: Path) -> None:
    edit, place, words = SLIPS[slip]
    problems = problems_of(saved(edit, tmp_path))
    sheet, *cell = place.split(":")
    if len(cell) > 1:
        book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(SMALL)))
        cell = [at(book, sheet, cell[0], int(cell[1])).coordinate]
    label = ":".join((f"{tmp_path / 'book.xlsx'}!{sheet}", *cell))
    expected = [label] if place else ["book.xlsx"]
    assert labels_of(problems)[:1] == expected, problems
    assert words in problems[0].message
    assert all("unknown column" in told.message for told in problems[1:]), problems
    assert not any("`" in one.message for one in problems)


BESIDE = (
    ("a sheet that may be missing", "off the scale"),
    ("a sheet that may be missing", "a sheet called otherwise"),
    ("two sheets called alike", "no offers"),
    ("the sheet of scores", "no weight"),
    ("a sheet called otherwise", "no title"),
    ("a sheet", "funds without a payer"),
    ("the sheet of criteria", "no offers"),
)


@pytest.mark.parametrize(("misnamed", "other"), BESIDE)
def test_what_is_wrong_on_other_sheets_is_told_beside_one_that_is_misnamed(
    misnamed: str, other: str, tmp_path: Path
) -> None:
    first, second = SLIPS[misnamed], SLIPS[other]
    messages = [
        one.message
        for one in problems_of(saved(lambda book: [first[0](book), second[0](book)], tmp_path))
    ]
    assert len(messages) == 2, messages
    assert all(any(words in one for one in messages) for words in (first[2], second[2]))


def test_two_sheets_called_otherwise_are_told_at_once(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        call("Partners", "Suppliers")(book)
        call("Programmes", "Work")(book)

    messages = [one.message for one in problems_of(saved(edit, tmp_path))]
    assert [one.partition(";")[0] for one in messages] == [
        "there is no sheet Partners",
        "there is no sheet Programmes",
    ]


@pytest.mark.parametrize(
    ("old", "new", "first"),
    [
        ("Criteria", "Criterium", 'unknown sheet "Criterium"; did you mean "Criteria"?'),
        ("Programmes", "Work", "there is no sheet Programmes; call the one that holds them so"),
        ("Partners", "Suppliers", "there is no sheet Partners; call the one that holds them so"),
    ],
)
def test_nothing_follows_from_a_sheet_that_is_called_otherwise(
    old: str, new: str, first: str, tmp_path: Path
) -> None:
    """Every sheet of the shipped scenario is there: evidence, baselines, groups, weights, plans."""
    data = files.load(SHIPPED).scenario.data
    (told,) = problems_of(saved(call(old, new), tmp_path, data))
    assert told.message.startswith(first)


@pytest.mark.parametrize("corner", ["partner", "criterion", "Criterium", None])
def test_nothing_follows_where_partners_are_across_and_their_sheet_is_called_otherwise(
    corner: str | None, tmp_path: Path
) -> None:
    def edit(book: Workbook) -> None:
        rows = list(book["Scores"].values)
        book["Scores"].delete_rows(1, len(rows))
        for row in zip(*rows, strict=True):
            book["Scores"].append(row)
        book["Scores"]["A1"] = corner
        call("Partners", "Suppliers")(book)

    data = files.load(SHIPPED).scenario.data
    messages = [one.message for one in problems_of(saved(edit, tmp_path, data))]
    assert [one.partition(";")[0] for one in messages] == [
        "the columns are partners",
        "there is no sheet Partners",
    ]


@pytest.mark.parametrize("old", ["Gates", "Phases", "Needs"])
def test_where_names_are_not_found_the_sheets_left_out_are_named_first(
    old: str, tmp_path: Path
) -> None:
    data = files.load(SHIPPED).scenario.data
    first, *rest = problems_of(saved(call(old, "Other"), tmp_path, data))
    assert (first.message, bool(rest)) == ('further sheets are left out: "Other"', True)


@pytest.mark.parametrize(("text", "row"), [("# National bodies", 3), ("National bodies", 1)])
def test_a_title_is_left_out_where_its_message_says_to_put_it(
    text: str, row: int, tmp_path: Path
) -> None:
    path = saved(titled("Partners", text, across=5, row=row), tmp_path)
    assert files.load(path).scenario.partners.keys() == SMALL["partners"].keys()


def test_a_hidden_sheet_that_may_be_missing_is_named(tmp_path: Path) -> None:
    loaded = files.load(saved(hide("Limits"), tmp_path))
    assert loaded.scenario.limits.budget is None
    told = [one for one in loaded.warnings if "hidden" in one.message]
    assert labels_of(told) == [f"{tmp_path / 'book.xlsx'}!Limits"]
    assert told[0].message.startswith("the sheet is hidden, so is left out")


@pytest.mark.parametrize(
    ("sheet", "row"), [("Partners", 3), ("Programmes", 3), ("Criteria", 3), ("Gates", 3)]
)
def test_a_hidden_row_that_other_sheets_name_is_reported_alone(
    sheet: str, row: int, tmp_path: Path
) -> None:
    """Scores, evidence, needs, rules, weights and plans of the shipped scenario name it."""

    def edit(book: Workbook) -> None:
        book[sheet].row_dimensions[row].hidden = True

    (told,) = problems_of(saved(edit, tmp_path, files.load(SHIPPED).scenario.data))
    assert labels_of([told]) == [f"{tmp_path / 'book.xlsx'}!{sheet}"]
    assert told.message.startswith(f"hidden, so is left out: row {row}")


def test_what_is_wrong_besides_a_hidden_row_is_reported_beside_it(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book["Partners"].row_dimensions[3].hidden = True
        put("Partners", "per day", 3, "dear")(book)
        put("Scores", "partner", 4, "nobody")(book)

    hidden, unknown = problems_of(saved(edit, tmp_path))
    assert hidden.message.startswith("hidden, so is left out: row 3")
    assert unknown.message.startswith('no partner is called "nobody"; known: academy, network')


@pytest.mark.parametrize("between", [", ", "; ", "\n"])
def test_whatever_stands_between_partners_all_of_them_are_ruled_on(
    between: str, tmp_path: Path
) -> None:
    loaded = files.load(saved(rule("forbid", "wards", f"academy{between}The network"), tmp_path))
    (forbidden,) = loaded.scenario.data["rules"].values()
    assert forbidden == {"forbid": {"wards": ["academy", "network"]}}


def test_money_of_another_currency_than_the_row_says_is_told(tmp_path: Path) -> None:
    def in_euros(book: Workbook) -> None:
        at(book, "Partners", "per day", 2).number_format = "[$€-2] #,##0"

    (told,) = [one for one in files.load(saved(in_euros, tmp_path)).warnings if "€" in one.message]
    assert told.message.startswith("shows €, but the scenario counts in GBP")
    assert labels_of([told])[0].startswith(f"{tmp_path / 'book.xlsx'}!Partners:")

    def both(book: Workbook) -> None:
        in_euros(book)
        book["Scenario"].append(["currency", "EUR"])

    assert not [one for one in files.load(saved(both, tmp_path)).warnings if "€" in one.message]


def test_a_range_may_be_written_as_it_is_said(tmp_path: Path) -> None:
    loaded = files.load(saved(put("Scores", "benefit", 2, "4 to 8"), tmp_path))
    score = loaded.scenario.partners["academy"].scores["benefit"]
    assert (score.low, score.high) == (4, 8)


@pytest.mark.parametrize(
    ("ends", "unit", "counted"), [((0, 1), None, 0.3), ((0, 50), "%", 30), ((0, 100), None, 30)]
)
def test_a_least_score_that_shows_a_percentage_counts_as_its_scale_does(
    tmp_path: Path, ends: tuple[int, int], unit: str | None, counted: float
) -> None:
    def edit(book: Workbook) -> None:
        for heading, value in zip(("worst", "best", "unit"), (*ends, unit), strict=True):
            put("Criteria", heading, 2, value)(book)
        put("Criteria", "at least", 2, 0.3)(book)
        at(book, "Criteria", "at least", 2).number_format = "0%"
        for row in (2, 3, 4):
            put("Scores", "benefit", row, ends[1])(book)

    loaded = files.load(saved(edit, tmp_path))
    assert loaded.scenario.data["criteria"]["criteria"]["benefit"]["at-least"] == counted


def test_a_percentage_on_a_scale_from_0_to_1_in_percent_is_refused(tmp_path: Path) -> None:
    """84% would be told as 0.84%."""

    def edit(book: Workbook) -> None:
        put("Criteria", "best", 2, 1)(book)
        put("Criteria", "unit", 2, "%")(book)
        put("Criteria", "at least", 2, "30%")(book)
        for row in (2, 3, 4):
            put("Scores", "benefit", row, "84%")(book)

    told = problems_of(saved(edit, tmp_path))
    assert [one.message.partition(" (and 2 more")[0] for one in told] == [
        (
            f"the cell shows {shown}%, but the scale of this criterion runs from 0 to 1%; let it"
            " run from 0 to 100, or leave out its unit"
        )
        for shown in (30, 84)
    ]


def test_a_workbook_need_not_say_which_version_of_the_format_it_is(tmp_path: Path) -> None:
    assert files.load(saved(put_key("format", "# format"), tmp_path)).scenario.format == 1


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        ("Write an `importance` for each.", 'Write a column "importance" of Programmes for each.'),
        ("Write the `sponsor`.", 'Write the column "sponsor" of Programmes.'),
        ("Write `as-at`.", 'Write row "as-at" of Scenario.'),
        ("Set `limits.internal-days`.", 'Set row "internal-days" of Limits.'),
        ("Write it under `paper`.", "Write it under paper, in a YAML file that extends this workbook."),
        ("Ask the `stakeholders`.", "Ask the sheet Groups."),
    ],
)  # fmt: skip
def test_advice_of_the_checks_names_columns_and_rows(advice: str, said: str) -> None:
    assert advice_in_sheets(advice) == said
