"""The workbook says what `rows` say, and what an analysis would when a number is changed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from partnerselect.analysis import Analysis, analyse
from partnerselect.model.scenario import Scenario
from partnerselect.report import Sheet, write_workbook
from partnerselect.rows import check_rows, extra_rows, programme_rows, ranking_rows
from partnerselect.tables import Column
from tests.unit.report.books import (
    EVERYTHING,
    LONG,
    OFFICE,
    book_of,
    change,
    everything,
    shipped,
    table,
    worked_out,
    written,
)

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
SHEETS = [
    "Recommendation",
    "Guide",
    "Ranking",
    "Allocation",
    "Costs",
    "Weights",
    "Scores",
    "Scales",
    "Prices",
    "Sensitivity",
    "Turning points",
]
CLOSE = 1e-6

CHANGES: dict[str, Any] = {
    "criteria.value.weight": 15,
    "criteria.lasting.weights": {
        "method": "direct",
        "points": {"handover": 10, "record": 60, "levels": 30},
    },
    "programmes.wards.weights.points.price": 80,
    "programmes.wards.weights.branches.lasting.points.record": 3,
    "programmes.care.importance": 5,
    "partners.elm.scores.lasting.handover": 0.5,
    "partners.elm.scores.lasting.levels": "fair",
    "partners.oak.scores.value": 9,
    "partners.yew.scores.value": 6,
    "partners.oak.scores.lasting.record": 6.5,
    "partners.elm.for.safety.scores.value": 2.5,
    "partners.elm.cost.per-day": 40,
    "partners.elm.for.safety.cost.per-day": 55,
    "partners.elm.funding.covers": 0.9,
    "partners.yew.cost.once": 60,
    "partners.yew.cost.per-programme": 11,
    "limits.backfill.per-day": 10,
}
"""One of every kind that the guide of the workbook allows."""


@pytest.fixture(scope="module")
def analyses() -> dict[str, Analysis]:
    return {
        "shipped": analyse(shipped()),
        "no phases": analyse(shipped("aid-agency")),
        "everything": everything(),
        "marks": everything(**{"criteria.lasting.record.scale": {"ratio": "highest"}}),
        "topped up": everything(
            **{"limits.funds": {"nation": 100}, "partners.elm.funding.top-up": "us"}
        ),
    }


@pytest.fixture(scope="module")
def changed(analyses: dict[str, Analysis]) -> Workbook:
    """Type into the workbook what `CHANGES` says of the scenario."""
    book = book_of(analyses["everything"])

    def weight(whose: str, title: str, points: float) -> None:
        change(
            book,
            "Weights",
            "Points",
            lambda row: row["For"] == whose and row["Criterion"].strip() == title,
            points,
        )

    def score(
        partner: str, criterion: str, counted: Any, programme: str = "All programmes"
    ) -> None:
        meant = (partner, criterion, programme)
        change(
            book,
            "Scores",
            "Counts as",
            lambda row: (row["Partner"], row["Criterion"], row["Programme"]) == meant,
            counted,
        )

    def price(partner: str, kind: str, amount: float, programme: str = "All programmes") -> None:
        meant = (partner, programme)
        change(
            book, "Prices", kind, lambda row: (row["Partner"], row["Programme"]) == meant, amount
        )

    weight("All programmes", "=SUM(A1)", 15)
    for title, points in (("Handover", 10), ("Record", 60), ("Levels", 30)):
        weight("All programmes", title, points)
    weight("مرحبا بالعالم", "Price", 80)
    weight("مرحبا بالعالم", "Record", 3)
    change(book, "Recommendation", "Importance", lambda row: row["Programme"] == "@care", 5)
    score("=Elm <b>", "Handover", 0.5)
    score("=Elm <b>", "Levels", "fair")
    score("-Oak | Sons", "=SUM(A1)", 9)
    score("+Yew", "=SUM(A1)", 6)
    score("-Oak | Sons", "Record", 6.5)
    score("=Elm <b>", "=SUM(A1)", 2.5, LONG)
    price("=Elm <b>", "Price per day", 40)
    price("=Elm <b>", "Price per day", 55, LONG)
    price("=Elm <b>", "Share they pay", 0.9)
    price("+Yew", "Price paid once", 60)
    price("+Yew", "Price per programme", 11)
    price("Our own team, each extra day", "Price per day", 10)
    return book


@pytest.fixture(scope="module")
def calculated(
    analyses: dict[str, Analysis], changed: Workbook, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Workbook]:
    """Work out every workbook anew, with a real spreadsheet program."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed: nothing works the formulas out again")
    books = {name: book_of(analysis) for name, analysis in analyses.items()}
    return worked_out({**books, "changed": changed}, tmp_path_factory.mktemp("books"))


def ranked(analysis: Analysis) -> dict[tuple[str, str], Any]:
    """Return rank, value and costs alone, as `rows` have them, by titles."""
    scenario = analysis.scenario
    return {
        (scenario.programmes[row["programme"]].title, scenario.partners[row["partner"]].title): (
            row["rank"],
            row["value"],
            row["cost"],
            row["own_cost"],
        )
        for row in ranking_rows(analysis)
    }


def ranked_in(book: Workbook) -> dict[tuple[str, str], Any]:
    keys = ("Rank", "Value", "Cost, alone", "Cost to us, alone")
    return {
        (row["Programme"], row["Partner"]): tuple(row[key] for key in keys)
        for row in table(book, "Ranking")
        if row["Partner"] != "(doing nothing)"
    }


def same(found: dict[tuple[str, str], Any], expected: dict[tuple[str, str], Any]) -> None:
    assert list(found) == list(expected) or found.keys() == expected.keys()
    for pair, (rank, *figures) in expected.items():
        assert (found[pair][0] or None, found[pair][1:]) == (
            rank,
            pytest.approx(figures, abs=CLOSE),
        ), pair


def says_what_rows_say(book: Workbook, analysis: Analysis) -> None:
    """See that ranking, recommendation and costs are those of an analysis."""
    same(ranked_in(book), ranked(analysis))
    account = analysis.allocation.account
    assert account is not None
    told, programmes = table(book, "Recommendation"), programme_rows(analysis)
    for row, expected in zip(told, programmes, strict=False):
        assert (row["Value"], row["Cost"], row["Cost to us"]) == pytest.approx(
            (expected["value"], expected["cost"], expected["own_cost"]), abs=CLOSE
        )
        assert row["First on value now"] == analysis.scenario.partners[expected["leader"]].title
    of_none, whole = told[len(programmes) :]
    assert of_none["Cost"] == pytest.approx(
        sum(row["cost"] for row in extra_rows(analysis)), abs=CLOSE
    )
    assert (whole["Value"], whole["Cost"], whole["Cost to us"]) == pytest.approx(
        (account.value, account.cost, account.own_cost), abs=CLOSE
    )
    phases = {line.phase for line in account.lines}
    for row in table(book, "Costs"):
        for phase in (key for key in row if key not in {"Who pays", "In all"}):
            of = analysis.scenario
            named = {one: of.phase_title(one) if one else "the whole period" for one in phases}
            lines = [line for line in account.lines if named[line.phase] == phase]
            payer = row["Who pays"]
            ours, paid = (
                sum(line.own_cost for line in lines),
                sum(
                    line.cost - line.own_cost
                    for line in lines
                    if of.payer_title(line.payer) == payer
                ),
            )
            expected_sum = (
                sum(line.cost for line in lines)
                if payer == "All payers"
                else ours
                if payer == "we ourselves"
                else paid
            )
            assert row[phase] == pytest.approx(expected_sum, abs=CLOSE)


@pytest.mark.parametrize("name", ["shipped", "no phases", "everything", "topped up"])
def test_whoever_cannot_calculate_reads_what_rows_say(
    analyses: dict[str, Analysis], name: str
) -> None:
    says_what_rows_say(book_of(analyses[name], cached=True), analyses[name])


@pytest.mark.parametrize("name", ["shipped", "no phases", "everything", "topped up"])
def test_a_spreadsheet_works_out_what_rows_say(
    analyses: dict[str, Analysis], calculated: dict[str, Workbook], name: str
) -> None:
    says_what_rows_say(calculated[name], analyses[name])


@pytest.mark.parametrize("name", ["shipped", "everything", "marks"])
def test_every_formula_comes_to_the_value_written_beside_it(
    analyses: dict[str, Analysis], calculated: dict[str, Workbook], name: str
) -> None:
    formulas, cached = book_of(analyses[name]), book_of(analyses[name], cached=True)
    live = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]
    assert len(live) > 100
    for sheet, where in live:
        shown, found = cached[sheet][where].value or 0, calculated[name][sheet][where].value or 0
        assert found == (shown if isinstance(shown, str) else pytest.approx(shown, abs=CLOSE)), (
            sheet,
            where,
        )


def test_after_any_change_values_ranks_and_costs_are_those_of_the_scenario_so_changed(
    analyses: dict[str, Analysis], calculated: dict[str, Workbook]
) -> None:
    before, after = analyses["everything"], everything(**CHANGES)
    assert before.allocation.chosen is not None
    assert before.allocation.chosen.tolist() == (
        after.allocation.chosen.tolist() if after.allocation.chosen is not None else None
    )
    assert ranked(before) != ranked(after)
    assert any(
        one[0] != other[0]
        for one, other in zip(
            ranked(before).values(), (ranked(after)[pair] for pair in ranked(before)), strict=True
        )
    )
    says_what_rows_say(calculated["changed"], after)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no file that is always full here")
def test_a_workbook_for_which_there_is_no_room_says_only_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    sheet = Sheet("Rows", "What?", (Column("row"),), [{"row": "text"}] * 9, "")
    with pytest.raises(OSError, match="No space left"):
        write_workbook(Path("/dev/full"), [sheet], mark="")
    gc.collect()
    assert said == []


def test_text_is_never_taken_for_a_formula_and_is_kept_whole(
    analyses: dict[str, Analysis], calculated: dict[str, Workbook]
) -> None:
    for book in (book_of(analyses["everything"]), calculated["everything"]):
        texts = {
            cell.value
            for sheet in book
            for line in sheet.iter_rows()
            for cell in line
            if cell.data_type != "f" and isinstance(cell.value, str)
        }
        assert {"=1+1", "=Elm <b>", "-Oak | Sons", "+Yew", "@care", "مرحبا بالعالم", LONG} <= texts


def test_payers_called_alike_are_told_apart() -> None:
    alike = {"nation": {"title": "The fund"}, "city": {"title": "the FUND"}}
    analysis = everything(**{"payers": alike, "gates.grant.status": "confirmed"})
    prices = table(book_of(analysis, cached=True), "Prices")
    assert {row["Who else pays"] for row in prices} >= {"The fund (nation)", "the FUND (city)"}


def test_same_analysis_same_bytes(analyses: dict[str, Analysis]) -> None:
    assert written(analyses["everything"]) == written(everything())


def footer(sheet: Any) -> str:
    return str(sheet.oddFooter.left.text)


def test_every_sheet_is_marked_keeps_its_headings_and_prints_on_wide_pages(
    analyses: dict[str, Analysis],
) -> None:
    book = book_of(analyses["shipped"])
    assert book.sheetnames == [*SHEETS, "Shares", "Open questions", "Checks"]
    assert [row["Finding"] for row in table(book, "Checks")][:1] == [
        check_rows(analyses["shipped"])[0]["words"]
    ]
    for sheet in book:
        assert "Illustrative figures" in str(sheet["A2"].value)
        assert "Illustrative figures" in footer(sheet)
        assert sheet.freeze_panes == "B4"
        assert (
            sheet.page_setup.orientation,
            sheet.page_setup.fitToHeight,
            sheet.print_title_rows,
        ) == ("landscape", 0, "$3:$3")
    real = shipped().with_change("illustrative", value=False)
    assert not [
        sheet.title
        for sheet in book_of(analyse(real))
        if "Illustrative" in str(sheet["A2"].value) + footer(sheet)
    ]


def typed(book: Workbook) -> Iterator[tuple[str, str, Any]]:
    """Yield the cells that look as if they may be changed."""
    for sheet in book:
        for cell in (
            cell
            for line in sheet.iter_rows(min_row=4)
            for cell in line
            if cell.fill.fgColor.rgb == "FFDDEBF7"
        ):
            yield sheet.title, cell.coordinate, cell


def test_what_may_be_changed_is_marked_and_no_formula_is(analyses: dict[str, Analysis]) -> None:
    found = list(typed(book_of(analyses["everything"])))
    assert {sheet for sheet, _, _ in found} == {
        "Recommendation",
        "Guide",
        "Allocation",
        "Weights",
        "Scores",
        "Prices",
    }
    assert not [where for _, where, cell in found if cell.data_type == "f"]
    guide = " ".join(
        f"{row['What']} {row['How']}" for row in table(book_of(analyses["everything"]), "Guide")
    )
    assert "it is not made again" in guide


def test_a_partner_that_may_not_be_chosen_has_no_rank(analyses: dict[str, Analysis]) -> None:
    rows = table(book_of(analyses["everything"], cached=True), "Ranking")
    assert {row["Partner"] for row in rows if not row["Rank"]} == {
        "Ash",
        "+Yew",
        "=Elm <b>",
        "(doing nothing)",
    }
    assert all((row["May be chosen"] == "yes") == bool(row["Rank"]) for row in rows)


def test_without_an_answer_the_workbook_says_why_and_still_ranks() -> None:
    none = analyse(Scenario.from_data(EVERYTHING).with_change("limits.budget", 0))
    assert none.allocation.state == "infeasible"
    book = book_of(none, cached=True)
    assert "No recommendation: no choice of partners" in str(book["Recommendation"]["A2"].value)
    assert "Allocation" not in book.sheetnames
    same(ranked_in(book), ranked(none))


def test_weights_of_groups_stand_as_the_share_they_come_to() -> None:
    groups = {
        "staff": {
            "title": "Staff",
            "voice": 2,
            "weights": {"method": "direct", "points": {"worth": 30, "trust": 70}},
        },
        "users": {
            "title": "Users",
            "voice": 1,
            "weights": {"method": "direct", "points": {"worth": 90, "trust": 10}},
        },
    }
    criteria = {
        "title": "Two",
        "criteria": {
            name: {"title": name.title(), "scale": {"worst": 0, "best": 10}}
            for name in ("worth", "trust")
        },
    }
    partners = {
        name: {
            "title": name.title(),
            "offers": ["work"],
            "scores": {"worth": one, "trust": 9 - one},
        }
        for name, one in (("ash", 8), ("elm", 3))
    }
    data = {
        "format": 1,
        "title": "Groups",
        "criteria": criteria,
        "stakeholders": groups,
        "partners": partners,
    }
    asked = analyse(
        Scenario.from_data(
            {
                **data,
                "programmes": {"x": {"title": "X", "needs": {"work": 1}}},
                "analysis": {"samples": 0},
            }
        )
    )
    book = book_of(asked, cached=True)
    assert [row["Points"] for row in table(book, "Weights")] == pytest.approx([50, 50])
    same(ranked_in(book), ranked(asked))
    assert "Shares" not in book.sheetnames
