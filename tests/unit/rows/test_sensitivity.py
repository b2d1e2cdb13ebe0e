"""Lines, crossings and swings as rows: the same turning points that the intervals tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.analysis import Analysis, analyse, why_not
from partnerselect.rows import explain, sensitivity
from partnerselect.rows.report import ranking_rows
from partnerselect.rows.robustness import interval_rows

SHIPPED = Path(__file__).parents[3] / "scenarios"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(
        files.load(SHIPPED / "shsc-2021.yaml").scenario.with_changes({"analysis.samples": 200})
    )


def test_the_first_place_changes_hands_where_the_intervals_end(analysis: Analysis) -> None:
    compared = 0
    for programme in analysis.scenario.programmes:
        lines = {row["criterion"]: row for row in sensitivity.line_rows(analysis, programme)}
        for interval in interval_rows(analysis, programme):
            turns = [
                (found["whole"], found["before"], found["beyond"])
                for found in lines[interval["criterion"]]["crossings"]
                if found["first"]
            ]
            for end, taker in (("whole_low", "below"), ("whole_high", "above")):
                if (
                    interval[taker]
                    and 1e-6 < interval[end] < lines[interval["criterion"]]["whole_most"] - 1e-6
                ):
                    pair = (
                        (interval[taker], interval["leader"])
                        if taker == "below"
                        else (interval["leader"], interval[taker])
                    )
                    assert any(
                        whole == pytest.approx(interval[end]) and (before, beyond) == pair
                        for whole, before, beyond in turns
                    )
                    compared += 1
    assert compared > 20


def test_lines_pass_through_todays_values(analysis: Analysis) -> None:
    for programme in analysis.scenario.programmes:
        today = {
            row["partner"]: row["value"]
            for row in ranking_rows(analysis)
            if row["programme"] == programme
        }
        for row in sensitivity.line_rows(analysis, programme):
            assert all(
                line["today"] == pytest.approx(today[line["partner"]]) for line in row["lines"]
            )
            assert [line["today"] for line in row["lines"]] == sorted(
                (line["today"] for line in row["lines"]), reverse=True
            )


def test_a_swing_says_where_its_ends_stand_and_who_would_lead(analysis: Analysis) -> None:
    found = {
        (row["title"], row["whose"]): row
        for row in sensitivity.margin_rows(analysis, "regulator-groups")
    }
    record = found["Track record", "Sheffield Microsystem Coaching Academy"]
    assert (record["low"]["at"], record["high"]["at"]) == ("4 points", "8 points")
    assert record["turned_by"] == "sheffield-mca"
    assert record["high"]["margin"] < 0 < record["low"]["margin"]
    assert found["Shared values", None]["high"]["at"] == "26%"
    assert sensitivity.margin_words(analysis, "regulator-groups").endswith(
        "each weight by 25% of itself, each open score from its low to its high end."
    )


def test_several_partners_side_by_side_tell_each_pair_what_explain_tells(
    analysis: Analysis,
) -> None:
    partners = ("nhsei-icbd", "east-london", "ihi")
    told = {
        row["criterion"]: row for row in explain.side_rows(analysis, "qms-foundation", partners)
    }
    for n, other in enumerate(partners[1:], 1):
        for row in explain.gap_rows(explain.Pair(analysis, "qms-foundation", "nhsei-icbd", other)):
            assert told[row["criterion"]]["differences"][n] == row["difference"]
            assert (told[row["criterion"]]["sides"][0], told[row["criterion"]]["sides"][n]) == (
                row["why"],
                row["why_not"],
            )
    spreads = [max(map(abs, row["differences"])) for row in told.values()]
    assert spreads == sorted(spreads, reverse=True)


def test_explain_reads_as_before_with_the_price_at_its_end(analysis: Analysis) -> None:
    compared = explain.partner_comparison(analysis, "qms-foundation")
    assert compared is not None
    wished = why_not(analysis, compared.programme, compared.why_not)
    assert explain.explanation_summary(compared, wished) == [
        *explain.immediate_summary(compared),
        explain.price(compared, wished),
    ]
