"""A table keeps its words whole at any width, and says the same in columns and row by row."""

from __future__ import annotations

from datetime import date

import pytest
from rich.console import Console

from partnerselect.report.render.terminal import blocks, fits, grid
from partnerselect.tables import Column, Table
from partnerselect.words.wording import Kind, reading

TABLE = Table(
    "answers",
    "What changed",
    (
        Column("programme", "Programme"),
        Column("before", "Before"),
        Column("after", "After"),
        Column("value", "Value before", "number"),
        Column("own_cost", "Cost to us after", "money", unit="GBP"),
        Column("changed", ""),
    ),
    (
        (
            "Learning together",
            "Northern Improvement Alliance",
            "Southern Partnership",
            71.25,
            12_500.0,
            "changed",
        ),
        ("Board development", "Southern Partnership", "", 60.0, 0.0, ""),
    ),
    "Worth 8.1 points more.",
)


def printed(part: object, width: int) -> str:
    console = Console(width=width, highlight=False, markup=False)
    with console.capture() as captured:
        console.print(part)
    return captured.get()


@pytest.mark.parametrize("width", [60, 72, 80, 120, 200])
def test_no_word_is_broken(width: int) -> None:
    shown = printed(grid(TABLE) if fits(TABLE, width) else blocks(TABLE), width)
    words = {
        word for row in TABLE.rows for cell in row if isinstance(cell, str) for word in cell.split()
    }
    assert words <= set(shown.split())


def test_a_wide_terminal_has_columns_and_a_narrow_one_has_not() -> None:
    assert fits(TABLE, 80)
    assert not fits(TABLE, 60)


def test_headings_over_figures_take_more_lines_before_words_have_less_room() -> None:
    assert "Value before" not in printed(grid(TABLE), 200)


def test_row_by_row_each_cell_has_the_name_of_its_heading_and_empty_ones_are_left_out() -> None:
    assert printed(blocks(TABLE), 70).split("\n\n")[1:] == [
        "\n".join(
            line.ljust(70 if i else 0)
            for i, line in enumerate(
                [
                    "Learning together",
                    "  Before: Northern Improvement Alliance",
                    "  After: Southern Partnership",
                    "  Value before 71.2 · Cost to us after £12,500",
                    "  changed",
                ]
            )
        ),
        "\n".join(
            line.ljust(70 if i else 0)
            for i, line in enumerate(
                [
                    "Board development",
                    "  Before: Southern Partnership",
                    "  Value before 60.0 · Cost to us after £0",
                ]
            )
        ),
        "Worth 8.1 points more.",
        "",
    ]


def test_a_title_longer_than_its_table_is_printed_whole_and_so_is_its_note() -> None:
    title = "What the next step of each limit would bring, by the least that would help"
    small = Table("s", title, (Column("a", "A"),), ((1,),), f"{title}, said once more")
    shown = printed(grid(small), 160)
    assert title in shown
    assert small.note in shown


def test_a_table_without_rows_says_so() -> None:
    assert "None." in printed(grid(Table("s", "Limits", (Column("a"),), ())), 80)
    told = printed(grid(Table("s", "Limits", (Column("a"),), (), "No limit is set.")), 80)
    assert ("None." in told, "No limit is set." in told) == (False, True)


def test_figures_are_worded_by_their_kind() -> None:
    kinds: dict[Kind, str] = {
        "number": "1,250.5",
        "whole": "1,250",
        "quantity": "1,250.5",
        "exact": "1,250.5",
        "money": "£1,250",
    }
    assert {kind: reading(1250.5, kind, "GBP") for kind in kinds} == kinds
    assert reading(-0.04, "number") == "0.0"
    assert reading(-1.25, "number") == "−1.2"
    assert reading(0.91, "share") == "91%"
    assert reading(date(2021, 7, 28), "date") == "28 July 2021"
