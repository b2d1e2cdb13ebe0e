"""What the charts of comparison, sensitivity and disagreement promise, whatever the data and at any width."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from partnerselect.robustness.linear import crossings
from partnerselect.tui.charts.bars import (
    AHEAD,
    BEHIND,
    CELL,
    SHADES,
    TODAY,
    TURN,
    cell_at,
    heat,
    interval,
    part_bar,
    ranked,
    scale,
    shade,
    tornado_bar,
    tornado_ends,
    tornado_line,
)
from partnerselect.tui.charts.comparing import Against, SideBySide, comparing_sheet
from partnerselect.tui.charts.lines import (
    CROSSING,
    FIRST_CHANGES,
    LEFT,
    LETTERS,
    label_rows,
    lines_chart,
)
from partnerselect.tui.charts.people import Voices, how_to_ask, people_sheet
from partnerselect.tui.charts.ranking import evidence_sheet
from partnerselect.tui.charts.robustness import Again, Opened, Study, robustness_sheet
from partnerselect.tui.charts.sheet import (
    Item,
    Section,
    Sheet,
    item_of,
    page,
    section_of,
    sentences,
)

Row = dict[str, Any]
widths = st.integers(40, 220)
shares = st.floats(0, 1)
points = st.floats(0, 100)
titles = st.text(min_size=1, max_size=60)
WIDE_NAME = "漢字の長い名前を持つ協力団体とその地域事務所"


def all_lines(sheet: Sheet) -> list[Any]:
    return [
        *sheet.head,
        *sheet.foot,
        *(line for item in sheet.items for line in (*item.above, *item.lines)),
    ]


# ── Heat ──


@given(part=shares)
def test_a_darker_glyph_is_a_larger_share_and_every_cell_is_as_wide(part: float) -> None:
    cell = heat(part)
    assert cell.cell_length == CELL
    assert shade(part) in cell.plain
    assert SHADES.index(shade(part)) >= SHADES.index(shade(part / 2))
    assert (shade(part) == SHADES[0]) == (part == 0)


@given(of=st.integers(1, 99), data=st.data())
def test_the_first_place_is_the_darkest_of_all(of: int, data: st.DataObject) -> None:
    rank = data.draw(st.integers(1, of))
    cell = ranked(rank, of)
    assert cell.cell_length == CELL
    assert cell.plain[2:].strip() == str(rank)
    assert (cell.plain[1] == SHADES[-1]) >= (rank == 1)


# ── How far a weight can move ──


@given(
    ends=st.lists(shares, min_size=3, max_size=3),
    width=st.integers(10, 120),
    turns=st.tuples(st.booleans(), st.booleans()),
)
def test_the_ends_and_today_stand_in_their_cells(
    ends: list[float], width: int, turns: tuple[bool, bool]
) -> None:
    low, today, high = sorted(ends)
    drawn = interval(low, today, high, width, turns=turns).plain
    assert len(drawn) == width
    assert drawn.index(TODAY) == cell_at(today, width) == round(today * (width - 1))
    for end, turned in ((low, turns[0]), (high, turns[1])):
        if cell_at(end, width) != cell_at(today, width):
            assert (drawn[cell_at(end, width)] == TURN) >= turned
    assert set(drawn[: cell_at(low, width)] + drawn[cell_at(high, width) + 1 :]) <= {"─"}


@given(width=st.integers(16, 120))
def test_the_figures_over_the_scale_stand_where_they_belong(width: int) -> None:
    drawn = scale(width).plain
    assert len(drawn) == width
    assert drawn.startswith("0%")
    assert drawn.endswith("100%")
    assert abs(drawn.index("50%") + 1 - (width - 1) / 2) <= 1


# ── Lines ──


@st.composite
def line_row(draw: st.DrawFn) -> Row:
    ends = draw(st.lists(st.tuples(points, points), min_size=1, max_size=8))
    most, share = draw(st.floats(0.05, 1)), draw(shares)
    lines = [
        {"partner": f"p{n}", "title": draw(titles), "at_none": low, "at_all": high}
        for n, (low, high) in enumerate(ends)
    ]
    at_none, at_all = (np.array(side) for side in zip(*ends, strict=True))
    met = crossings(at_none, at_all, range(len(ends)))
    told = [
        {
            "whole": most * found.share,
            "value": found.value,
            "before": f"p{found.before}",
            "beyond": f"p{found.beyond}",
            "first": found.first,
        }
        for found in met
    ]
    return {
        "criterion": "c",
        "title": "C",
        "whole": most * share,
        "whole_most": most,
        "lines": lines,
        "crossings": told,
    }


@given(row=line_row(), width=widths, height=st.integers(1, 20))
def test_every_line_is_labelled_at_both_ends_and_no_label_covers_another(
    row: Row, width: int, height: int
) -> None:
    drawn = lines_chart(row, width, height)
    assert all(line.cell_length <= width for line in drawn)
    label = min(max(width // 3, 14), 44)
    plot = width - LEFT - label
    chart = [line.plain for line in drawn if not line.plain.startswith(FIRST_CHANGES)]
    left = [line[:LEFT] for line in chart]
    right = [line[LEFT + plot :] for line in chart]
    for n, line in enumerate(row["lines"]):
        (before,) = (text for text in left if text[4:5] == LETTERS[n] and text[3] == " ")
        (after,) = (text for text in right if text[1:2] == LETTERS[n] and text[2:3] == " ")
        assert before.split()[0] == f"{line['at_none']:.0f}"
        assert after[2:6].strip() == f"{line['at_all']:.0f}"


@given(row=line_row(), width=widths, height=st.integers(8, 20))
def test_crossings_are_marked_exactly_where_they_are(row: Row, width: int, height: int) -> None:
    drawn = lines_chart(row, width, height)
    plot = width - LEFT - min(max(width // 3, 14), 44)
    values = [line[end] for line in row["lines"] for end in ("at_none", "at_all")]
    low = 10 * (min(values) // 10)
    high = -10 * (-max(values) // 10)
    high = high if high > low else low + 10
    for found in row["crossings"]:
        column = round(found["whole"] / row["whole_most"] * (2 * plot - 1)) // 2
        depth = round((high - found["value"]) / (high - low) * (4 * height - 1)) // 4
        mark = drawn[depth].plain[LEFT + column]
        assert mark == FIRST_CHANGES if found["first"] else mark in {CROSSING, FIRST_CHANGES}


@given(depths=st.lists(st.floats(0, 30), max_size=8), height=st.integers(8, 31))
def test_labels_keep_their_order_and_stay_inside(depths: list[float], height: int) -> None:
    inside = [min(depth, height - 1e-6) for depth in depths]
    rows = label_rows(inside, height)
    assert len(set(rows)) == len(rows)
    assert all(0 <= row < height for row in rows)
    for one, row in zip(inside, rows, strict=True):
        for other, below in zip(inside, rows, strict=True):
            assert one >= other or row < below


def test_a_label_with_room_stands_where_its_line_ends() -> None:
    assert label_rows([0.5, 7.2, 3.9], 8) == [0, 7, 3]


# ── Tornado ──


def swing(low: float, high: float, today: float) -> Row:
    sides = {
        side: {"at": f"{margin:.0f} points", "margin": margin, "rival": "b"}
        for side, margin in (("low", low), ("high", high))
    }
    return {
        "kind": "score",
        "criterion": "c",
        "partner": "a",
        "title": "C",
        "today": today,
        "turned_by": "b" if min(low, high) < 0 else None,
        **sides,
    }


@given(
    ends=st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=6),
    today=st.floats(0, 50),
    width=st.integers(10, 100),
)
def test_bars_are_as_long_as_the_lead_moves_and_turn_where_it_is_gone(
    ends: list[tuple[float, float]], today: float, width: int
) -> None:
    rows = [swing(low, high, today) for low, high in ends]
    low, high = tornado_ends(rows)
    for row in rows:
        drawn = tornado_bar(row, (low, high), width).plain
        assert len(drawn) == width
        margins = sorted(row[side]["margin"] for side in ("low", "high"))
        length = (margins[1] - margins[0]) / (high - low or 1) * (width - 1)
        covered = len([c for c in drawn if c in {AHEAD, BEHIND}])
        assert (
            length - 1 <= covered + 1 <= length + 3
        )  # each end to half a cell, and today's mark may cover one
        level = cell_at((0 - low) / (high - low or 1), width)
        assert BEHIND not in drawn[level:]
        assert AHEAD not in drawn[:level]


@given(width=widths, title=titles)
def test_a_tornado_line_fits_and_tells_both_ends_in_figures(width: int, title: str) -> None:
    row = swing(-3.2, 4.5, 2.0) | {"title": title}
    drawn = tornado_line(row, tornado_ends([row]), width, max(width // 4, 10))
    assert drawn.cell_length <= max(width, 68)
    assert "−3.2" in drawn.plain
    assert "+4.5" in drawn.plain


# ── Bars of points ──


@given(got=shares, of=st.floats(0.1, 60), most=st.floats(60, 100), width=st.integers(5, 60))
def test_a_bar_of_points_is_as_long_as_the_points_on_every_criterion(
    got: float, of: float, most: float, width: int
) -> None:
    drawn = part_bar(got * of, of, most, width, "$bar").plain
    assert len(drawn) == width
    filled, whole = drawn.count("━"), drawn.count("━") + drawn.count("─")
    assert abs(whole - max(of / most * width, 1)) <= 1
    assert abs(filled - got * of / most * width) <= 1
    assert filled <= whole


# ── Whole pages ──


def simulate(title: str, partners: int) -> Study:
    names = [f"p{n}" for n in range(partners)]
    standings = [
        {
            "partner": name,
            "ranks": [1 / partners] * partners,
            "first_rank_share": 1 / partners,
            "first_rank_share_with_gates": 0.5 if n % 2 else None,
            "unavailable": 0.2,
        }
        for n, name in enumerate(names)
    ]
    interval_row = {
        "criterion": "c",
        "leader": "p0",
        "title": title,
        "whole": 0.4,
        "whole_low": 0.1,
        "whole_high": 0.9,
        "below": "p0",
        "above": names[-1],
    }
    lines = [
        {"partner": name, "title": title, "at_none": 10.0 * n, "at_all": 100.0 - 9 * n}
        for n, name in enumerate(names)
    ]
    line = {
        "criterion": "c",
        "title": title,
        "whole": 0.4,
        "whole_most": 1.0,
        "lines": lines,
        "crossings": [],
    }
    return Study(
        standings=standings,
        standing_words={"p0": f"{title} its gate is shut"},
        drawn=title,
        intervals=[interval_row],
        lines={"c": line},
        headlines=[title],
        turns=[title, title],
        margins=[
            swing(-1, 2, 1) | {"title": title, "turned_by": "p0", "partner": "p0", "whose": title}
        ],
        margin_words=title,
        questions=[title],
        titles=dict.fromkeys(names, title),
        chosen=frozenset(names[:1]),
        nearest_weight="c",
    )


@given(
    width=widths,
    title=st.one_of(titles, st.just(WIDE_NAME)),
    partners=st.integers(1, 8),
    opened=st.sampled_from(["c", None]),
)
def test_no_line_about_robustness_is_wider_than_the_screen(
    width: int, title: str, partners: int, opened: str | None
) -> None:
    pair = {"partner": title, "share": 0.4, "recommended": True}
    again = Again([title], "sensitive 72%", [pair] * partners, [{"share": 0.2, "words": title}])
    sheet = robustness_sheet(simulate(title, partners), again, width, Opened(opened))
    assert max(line.cell_length for line in all_lines(sheet)) <= max(width, 68)
    assert len({item.key for item in sheet.items}) == len(sheet.items)


def side_by_side(title: str, partners: int) -> SideBySide:
    names = [f"p{n}" for n in range(partners)]
    side = {
        "score": title,
        "contribution": 20.0,
        "evidence": title,
        "source": "",
        "published": None,
        "grade": "",
        "computed": False,
    }
    ranked_rows = [
        {
            "partner": name,
            "title": title,
            "sure": "robust 93%",
            "value": 42.0,
            "contributions": {"c": 42.0},
            "own_cost_alone": 1000.0,
            "chosen": n == 0,
            "eligible": n != 1,
            "reason": f"Barred: {title}",
        }
        for n, name in enumerate(names)
    ]
    return SideBySide(
        partners=ranked_rows,
        criteria=[
            {
                "criterion": "c",
                "title": title,
                "weight": 0.5,
                "number": 0,
                "sides": [side, *[{**side, "contribution": 18.5}] * (partners - 1)],
            }
        ],
        told=[title],
        against=[Against(name, title, [title], None, [title]) for name in names[1:]],
        legend=[(title, 0.5)],
        currency="GBP",
    )


@given(
    width=st.integers(60, 220),
    title=st.one_of(titles, st.just(WIDE_NAME)),
    partners=st.integers(2, 4),
)
def test_no_line_of_a_comparison_is_wider_than_the_screen(
    width: int, title: str, partners: int
) -> None:
    sheet = comparing_sheet(side_by_side(title, partners), width)
    assert max(line.cell_length for line in all_lines(sheet)) <= width
    assert len({item.key for item in sheet.items}) == len(sheet.items)


@pytest.mark.parametrize("width", [56, 76, 116, 196])
def test_a_range_is_read_whole_where_it_is_compared_and_where_it_stands_alone(width: int) -> None:
    shown = side_by_side("Reach", 2)
    row = shown.criteria[0]
    side = {**row["sides"][0], "score": "£38,000 to £46,000, counted as £40,000"}
    shown = replace(shown, criteria=[{**row, "sides": [side, side]}])
    alone = {**row, **side, "value": 50.0}
    text = comparing_sheet(shown, width).text + evidence_sheet([alone], width).text
    for word in ("£38,000", "£46,000,", "counted", "£40,000"):
        assert text.count(word) == 3


def test_a_gap_is_that_of_the_points_beside_it() -> None:
    """17.24 and 10.46 are shown as 17.2 and 10.5: 6.7 apart, not 6.8."""
    shown = side_by_side("Reach", 2)
    sides = [{**shown.criteria[0]["sides"][0], "contribution": one} for one in (17.24, 10.46)]
    text = comparing_sheet(
        replace(shown, criteria=[{**shown.criteria[0], "sides": sides}]), 120
    ).text
    assert "+6.7" in text


def test_a_gap_has_a_sign_and_the_first_partner_none() -> None:
    text = comparing_sheet(side_by_side("Reach", 3), 120).text
    assert text.count("+1.5") == 2
    assert "+0.0" not in text


def voices(title: str, groups: int) -> Voices:
    ids = [f"g{n}" for n in range(groups)]
    agreed = {
        "programme": "a",
        "title": title,
        "words": title,
        "agreement": title,
        "w_reason": "",
        "common_ground": "p",
        "satisfied": ids,
        "voices": 1.0,
    }
    agreed["leaders"] = {name: ["p"] for name in ids}
    ranking = [
        {"partner": "p", "title": title, "rank": 1, "chosen": True, "ranks": dict.fromkeys(ids, 1)}
    ]
    difference = {
        "criterion": "c",
        "title": title,
        "least_whole": 0.1,
        "most_whole": 0.6,
        "gap": 0.5,
    }
    weights = {name: {"c": 0.1 + 0.5 * n / groups} for n, name in enumerate(ids)}
    return Voices(
        [(name, title, 1 / groups) for name in ids],
        ranking,
        agreed,
        [agreed],
        [difference],
        weights,
        {"p": title},
    )


@given(width=widths, title=st.one_of(titles, st.just(WIDE_NAME)), groups=st.integers(1, 3))
def test_no_line_about_people_is_wider_than_the_screen(width: int, title: str, groups: int) -> None:
    assert (
        max(line.cell_length for line in all_lines(people_sheet(voices(title, groups), width)))
        <= width
    )


@pytest.mark.parametrize("width", [60, 76, 196])
def test_bars_of_weights_are_as_long_as_the_weights(width: int) -> None:
    lines = people_sheet(voices("Care", 2), width).text.splitlines()
    drawn = "".join(
        lines[next(n for n, line in enumerate(lines) if "50 percentage points apart" in line) :][:3]
    )
    bars = [
        len([c for c in bar if c in "━╸"])
        for bar in drawn.replace("%", "\n").splitlines()
        if "━" in bar or "╸" in bar
    ]
    assert bars[1] / bars[0] == pytest.approx(3.5, abs=0.5)


def test_the_example_of_groups_names_the_scenarios_own_criteria() -> None:
    text = how_to_ask(["reach", "trust"], 120).text
    assert "points: {reach: 60, trust: 50}" in text
    assert "order: [trust, reach]" in text


def test_a_part_without_anything_to_say_is_left_out() -> None:
    sheet = page(
        [Section("a", "First", ()), Section("b", "Second", sentences(["one", "two"], 40))], 40
    )
    assert "First" not in sheet.text
    assert [(section_of(item.key), item_of(item.key)) for item in sheet.items] == [
        ("b", "0"),
        ("b", "1"),
    ]
    assert isinstance(sheet.items[0], Item)


@pytest.mark.parametrize(("groups", "width", "left_out"), [(3, 76, 0), (12, 76, 5), (12, 196, 0)])
def test_groups_without_room_are_counted_not_cut(groups: int, width: int, left_out: int) -> None:
    told = " ".join(people_sheet(voices("Care", groups), width).text.split())
    assert (f"no room for the last {left_out} of {groups} groups" in told) == bool(left_out)


def test_without_decisions_of_others_no_column_says_what_they_would_change() -> None:
    heading = "1st, decisions vary"
    for share, is_told in ((1 / 2, False), (0.4, True)):
        found = simulate("Firm", 2)
        rows = [{**row, "first_rank_share_with_gates": share} for row in found.standings]
        sheet = robustness_sheet(replace(found, standings=rows), None, 76, Opened(None))
        assert any(heading in line.plain for line in all_lines(sheet)) is is_told
