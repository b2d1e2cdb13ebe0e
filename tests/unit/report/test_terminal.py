"""A table keeps its words whole at any width of the terminal, and says the same in columns and row by row."""

from __future__ import annotations

import pytest
from rich.console import Console

from partnerselect.report.render.terminal import blocks, fits, grid
from partnerselect.tables import Column, Table

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
