"""The tables of a batch hold every plain value that the rows hold, each with its type."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect.analysis import analyse, analyse_unpriced
from partnerselect.files import load
from partnerselect.model.scenario import Scenario
from partnerselect.rows import (
    allocation_rows,
    fixed_cost_rows,
    gauge_rows,
    programme_rows,
    ranking_rows,
)
from partnerselect.tables import Column
from partnerselect.tables.flat import flat_limits, rows_of
from partnerselect.tables.flat_columns import ALLOCATION, PROGRAMMES, RANKING, layouts
from partnerselect.tables.frames import frame, kind_of, literal
from partnerselect.tables.money import limits_table
from tests.unit.batch.plans import SCENARIO

SHIPPED = Path(__file__).parents[2] / "scenarios" / "shsc-2021.yaml"
SPREAD_OR_LEFT_OUT = {
    "contributions",
    "second_opinions",
    "weights",
    "brings_back",
    "brings_back_complete",
}
"""Of them `brings_back` is not asked of the many cases of a batch."""


def test_no_plain_value_of_a_row_is_left_out() -> None:
    analysis = analyse_unpriced(Scenario.from_data(SCENARIO))
    made = (
        (programme_rows, PROGRAMMES),
        (ranking_rows, RANKING),
        (allocation_rows, ALLOCATION),
        (fixed_cost_rows, ALLOCATION),
    )
    for rows, columns in made:
        keys = {key for row in rows(analysis) for key in row}
        assert keys - SPREAD_OR_LEFT_OUT <= {column.key for column in columns}


def test_a_limit_on_each_partner_is_told_of_the_partner_it_is_about() -> None:
    limits = {"programmes-per-partner": 2}
    analysis = analyse_unpriced(Scenario.from_data({**SCENARIO, "limits": limits}))
    told = {
        str(row["subject"]): str(row["title"])
        for row in flat_limits(analysis)
        if row["path"] == "limits.programmes-per-partner"
    }
    assert len(told) > 1
    assert told == {
        name: f"Programmes with {analysis.scenario.partners[name].title}" for name in told
    }


def test_a_limit_is_near_capacity_in_tables_and_papers_from_the_share_of_the_screens_on() -> None:
    analysis = analyse_unpriced(load(SHIPPED).scenario)
    gauges = gauge_rows(analysis)
    near = [row["title"] for row in gauges if row["tight"]]
    told = limits_table(analysis)
    assert [row[0] for row in told.rows] == near
    assert any(0.8 <= row["share"] < 0.95 for row in gauges)
    assert told.note.startswith(f"{len(gauges) - len(near)} limits that are less than 95% used")


def test_every_column_keeps_its_type_however_many_cells_are_empty() -> None:
    rows = rows_of(analyse_unpriced(Scenario.from_data(SCENARIO)))
    found = layouts([Column("limits.budget", kind="number")], ["worth", "trust"])
    for name in ("ranking", "programmes", "allocation"):
        full, empty = frame(found[name], rows[name]), frame(found[name], [])
        assert list(full.dtypes) == list(empty.dtypes)
        assert list(full.columns) == found[name].headings
        assert len(full) == len(rows[name]) > 0


def test_contributions_sum_to_the_value() -> None:
    for row in rows_of(analyse_unpriced(Scenario.from_data(SCENARIO)))["ranking"]:
        assert row["contribution.worth"] + row["contribution.trust"] == pytest.approx(
            row["value"], abs=1e-5
        )


def test_one_of_many_cases_makes_the_choice_of_a_scenario_alone_without_asking_what_gates_would_change() -> (
    None
):
    undecided = Scenario.from_data(
        SCENARIO | {"gates": {"offer": {"title": "The offer stands", "status": "unknown"}}}
    )
    alone, case = analyse(undecided), analyse_unpriced(undecided)
    assert alone.if_opened
    assert not case.if_opened
    assert case.allocation.account == alone.allocation.account


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_text_that_a_spreadsheet_would_obey_gets_an_apostrophe(text: str) -> None:
    assert literal(text) == f"'{text}".replace("\r", "\n")


@pytest.mark.parametrize("cell", [-1, -0.5, None, True, "elm", "a=b", ""])
def test_numbers_and_other_text_stay_as_they_are(cell: str | float | None) -> None:
    assert (literal(cell), type(literal(cell))) == (cell, type(cell))


def test_a_column_holds_numbers_only_if_all_its_values_are_numbers() -> None:
    assert kind_of([1, 2.5, None]) == "number"
    assert kind_of([1, "unlimited"]) == "text"
    assert kind_of([True, False]) == "text"
