"""What the drawings promise, whatever the data."""

from __future__ import annotations

from typing import Any
from unicodedata import category

import pytest
from hypothesis import example, given, strategies as st
from textual.content import Content

from partnerselect.advice.certainty import Certainty, Kind, kind_of
from partnerselect.errors import Place, Problem
from partnerselect.tui.charts.approval import Money, approval_sheet, detail, no_answer_sheet
from partnerselect.tui.charts.bars import (
    BLOCK,
    FULL,
    HALF,
    REST,
    bar,
    legend_lines,
    letter_of,
    stacked,
)
from partnerselect.tui.charts.checks import problems_sheet
from partnerselect.tui.charts.grid import Column
from partnerselect.tui.charts.headline import headline_lines, limits_sheet, limits_words
from partnerselect.tui.charts.ranking import ALONE, Work, named, ranking_sheet
from partnerselect.tui.charts.what_if import AnswerRows, answer_sheet
from partnerselect.tui.charts.words import cut_within, fitted, plain, right, width_of, wrapped

widths = st.integers(1, 120)
titles = st.text(min_size=1, max_size=80)
STEERING = {"Cc", "Cs", "Zl", "Zp"}


@given(share=st.floats(0, 1), width=widths)
def test_a_bar_is_as_long_as_its_share_to_half_a_cell(share: float, width: int) -> None:
    drawn = bar(share, width).plain
    assert len(drawn) == width
    length = drawn.count(FULL) + drawn.count(HALF) / 2
    assert abs(length - share * width) <= 0.5
    assert drawn == drawn.replace(REST, "") + REST * drawn.count(REST)


def test_what_is_used_at_all_is_seen_and_what_is_not_is_not() -> None:
    assert bar(0.0001, 10).plain == HALF + REST * 9
    assert bar(0, 10).plain == REST * 10
    assert bar(1, 10).plain == FULL * 10


@given(parts=st.lists(st.floats(0, 20), max_size=5), width=widths)
def test_a_stacked_bar_is_as_long_as_the_whole_and_names_every_part_it_shows(
    parts: list[float], width: int
) -> None:
    drawn = stacked(parts, width).plain
    assert len(drawn) == width
    assert len(drawn.rstrip(REST)) == round(sum(parts) / 100 * width)
    letters = [character for character in drawn if character not in {BLOCK, REST}]
    assert letters == sorted(letters)
    for n, part in enumerate(parts):
        if part / 100 * width >= 1:
            assert letter_of(n) in letters


@given(text=titles, width=st.integers(0, 60))
def test_a_line_fits_its_width_and_says_where_it_was_cut(text: str, width: int) -> None:
    line = fitted(text, width)
    assert line.cell_length == width
    whole = fitted(text, 200).rstrip()
    assert width == 0 or whole.cell_length <= width or "…" in line.plain
    assert right(text, width).cell_length == width


@given(
    words=st.lists(st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), max_size=15)),
    width=st.integers(12, 60),
)
def test_wrapping_loses_no_letter(words: list[str], width: int) -> None:
    lines = wrapped(" ".join(words), width, indent=2)
    assert "".join(line.plain for line in lines).replace(" ", "") == "".join(words)
    assert all(line.cell_length <= width for line in lines)


@pytest.mark.parametrize("width", range(2, 30))
@pytest.mark.parametrize(
    "text", ["Our team's days, foundations", "Lent, “aligned” offers & others", "Self-help (pilot)"]
)
def test_nothing_is_cut_inside_a_possessive_or_behind_an_opening(text: str, width: int) -> None:
    kept = fitted(text, width).plain.rstrip().removesuffix("…")
    assert kept == text or not kept.endswith((" ", ",", "&", "-", "(", "“", "'"))


def test_a_text_cut_to_fewer_lines_ends_in_an_ellipsis() -> None:
    lines = wrapped("one two three four five six seven", 12, most=2)
    assert [line.plain.rstrip() for line in lines] == ["one two", "three four…"]


@given(text=titles)
def test_nothing_in_a_name_steers_the_terminal(text: str) -> None:
    for line in (fitted(text, 30), *wrapped(text, 30)):
        assert not STEERING & {category(character) for character in line.plain}
        assert not any("\u202a" <= character <= "\u202e" for character in line.plain)
        assert not any("\u2066" <= character <= "\u2069" for character in line.plain)


def test_escapes_and_turned_around_text_are_seen_as_such() -> None:
    assert plain("a\x1b[31m\n\u202eb\x9bc") == "a␛[31m \ufffdb\ufffdc"


@pytest.mark.parametrize(
    "name",
    [
        "کتاب\u200cخانه",  # noqa: RUF001 - Persian
        "👨\u200d👩\u200d👧",
        "क्\u200dष",
        "漢字",
    ],
)
def test_what_scripts_join_stays_joined(name: str) -> None:
    assert plain(name) == name
    assert fitted(name, 12).plain.rstrip() == name
    assert "\ufffd" not in fitted(name, 3).plain


@pytest.mark.parametrize("title", ["漢字かな交じり文", "Öl", "A"])
@pytest.mark.parametrize("width", [76, 116, 156])
def test_a_name_of_wide_or_few_letters_stands_whole_and_so_does_its_heading(
    title: str, width: int
) -> None:
    rows = [programme(programme=title, partners=[title])]
    sheet = approval_sheet(rows, [], Money("GBP", 76.0, {"own_cost": 1000.0}, 1), width, full=False)
    (line,) = sheet.items[0].lines
    assert line.plain.count(title) == len(("programme", "partner"))
    assert "Programme" in sheet.head[0].plain
    assert "Partner" in sheet.head[0].plain
    assert max(shown.cell_length for shown in (line, *sheet.head, *sheet.foot)) <= width


def test_the_caret_stands_under_the_fault_behind_wide_letters() -> None:
    text = "title: 漢字漢字 # bugdet"
    place = Place("a.yaml:3:14", ((3, text),), (text.index("bugdet"), len("bugdet")))
    _, source, caret, _ = (
        problems_sheet([Problem(("x",), "?", place=place)], 60).items[0].lines[-4:]
    )
    before = source.plain[: source.plain.index("bugdet")]
    assert caret.plain.index("^") == Content(before).cell_length
    assert caret.plain.count("^") == len("bugdet")


def certain(share: float) -> Certainty:
    """Return how sure a choice is that comes again in this share of trials."""
    return Certainty(kind_of(share), runs=True, share=share, trials=1000)


def programme(**other: Any) -> dict[str, Any]:
    row = {
        "id": "a",
        "programme": "Water",
        "partners": ["Union"],
        "run": True,
        "value": 76.0,
        "baseline": 0.0,
        "own_cost": 1000.0,
    }
    return {
        **row,
        "condition": "",
        "gates": [],
        "payers": [],
        "reason": "",
        "reach": "",
        "certainty": Certainty(Kind.NO_TRIALS, runs=True),
        "leads": None,
        "assurance": "",
        **other,
        "name": other.get("name", other.get("programme", row["programme"])),
        "names": other.get("names", other.get("partners", row["partners"])),
    }


MONEY = Money("GBP", 70.0, {"own_cost": 12500.0}, 1)


@pytest.mark.parametrize("width", [76, 116, 196])
def test_how_sure_is_a_column_only_where_it_is_known(width: int) -> None:
    unknown = approval_sheet([programme()], [], MONEY, width, full=False).text
    assert "How sure" not in unknown
    known = approval_sheet(
        [
            programme(certainty=certain(0.93)),
            programme(id="b", certainty=certain(0.512)),
        ],
        [],
        MONEY,
        width,
        full=False,
    ).text
    assert "How sure" in known
    assert "● robust 93%" in known
    assert ("○ too close to call 51%" if width > 140 else "○ too close 51%") in known


@pytest.mark.parametrize(
    ("width", "told"),
    [(60, "○ 3% !"), (76, "○ too close 3% !"), (196, "○ too close to call 3% · not top-scored")],
)
def test_a_choice_that_does_not_lead_stands_out_without_colour(width: int, told: str) -> None:
    rows = [
        programme(certainty=certain(0.03), leads=False),
        programme(id="b", certainty=certain(0.99), leads=True),
    ]
    behind, ahead = approval_sheet(rows, [], MONEY, width, full=False).text.splitlines()[1:3]
    assert told in behind
    assert "!" not in ahead
    assert "not top" not in ahead
    assert "99%" in ahead


def test_costs_of_no_programme_stand_above_the_total_in_the_same_column() -> None:
    extras = [
        {"title": "Extra days · 4 days", "cost": 40.0, "own_cost": 40.0},
        {"title": "Paid by others", "cost": 70.0, "own_cost": 0.0},
    ]
    lines = approval_sheet(
        [programme(own_cost=12460.0)], extras, MONEY, 76, full=False
    ).text.splitlines()
    assert lines[-2].startswith("Extra days · 4 days")
    assert (
        lines[-2].index("£40") + len("£40")
        == lines[-1].index("£12,500") + len("£12,500")
        == lines[1].index("£12,460") + len("£12,460")
    )
    assert not any("Paid by others" in line for line in lines)


def test_where_there_is_no_room_for_conditions_their_letters_are_not_explained() -> None:
    rows = [programme(gates=["The team agrees"])]
    assert "The team agrees" in approval_sheet(rows, [], MONEY, 116, full=False).text
    assert "The team agrees" not in approval_sheet(rows, [], MONEY, 76, full=False).text


def test_a_condition_is_cut_only_where_somebody_else_needs_the_room() -> None:
    payers = ["The national board", "the training fund"]
    rows = [programme(payers=payers), programme(id="b", partners=["Union" * 13])]
    whole = "The national board pays, the training fund pays"
    assert whole in approval_sheet(rows, [], MONEY, 196, full=False).text
    assert whole not in approval_sheet(rows, [], MONEY, 116, full=False).text
    assert "The national board…" in approval_sheet(rows, [], MONEY, 116, full=False).text


def test_a_programme_in_words_says_why_then_how_sure_then_on_what_condition() -> None:
    row = programme(
        assurance="First in 3% of 10 draws.", reason="Second on value.", condition="if it rains"
    )
    assert [line.plain for line in detail(row, 76, names=1, most=4)] == [
        "Water: Union",
        "Second on value. First in 3% of 10 draws.",
        "On condition: if it rains.",
    ]


def test_a_condition_is_a_letter_beside_the_programme_and_words_below() -> None:
    rows = [
        programme(gates=["The team agrees"], payers=["donor"]),
        programme(id="b", programme="Homes", gates=["Rain", "The team agrees"]),
    ]
    lines = approval_sheet(rows, [], MONEY, 116, full=False).text.splitlines()
    assert lines[1].endswith("a, donor pays")
    assert lines[2].endswith("b, a")
    assert lines[-2:] == ["a  The team agrees", "b  Rain"]


@given(
    width=st.integers(20, 200),
    full=st.booleans(),
    title=titles,
    partners=st.lists(titles, min_size=1, max_size=4),
    sure=st.booleans(),
)
def test_no_line_of_the_recommendation_is_wider_than_the_screen(
    width: int,
    full: bool,  # noqa: FBT001
    title: str,
    partners: list[str],
    sure: bool,  # noqa: FBT001
) -> None:
    rows = [
        programme(
            programme=title,
            partners=partners,
            gates=[title],
            payers=["donor"],
            certainty=certain(0.5) if sure else None,
        ),
        programme(id="b", programme=title, partners=[], run=False, reason=title),
    ]
    sheet = approval_sheet(rows, [], MONEY, width, full=full)
    lines = [*sheet.foot, *(line for item in sheet.items for line in (*item.above, *item.lines))]
    assert max(line.cell_length for line in lines) <= max(width, 32)
    assert len(detail(rows[0], width, names=2, most=4)) <= 4


def test_a_name_that_does_not_fit_gives_way_to_the_short_one_before_it_is_cut() -> None:
    title = "A programme of support with a name that no narrow column has room for"
    rows = [programme(programme=title, name="Support", partners=["Union"])]
    assert title in approval_sheet(rows, [], MONEY, 196, full=False).text
    narrow = approval_sheet(rows, [], MONEY, 76, full=False).text
    assert "Support" in narrow
    assert "…" not in narrow


def test_two_partners_that_begin_alike_are_never_shown_alike() -> None:
    names = ["National body for improvement, north", "National body for improvement, south"]
    rows = [programme(id=str(n), partners=[name]) for n, name in enumerate(names)]
    one, other = (
        item.lines[0].plain for item in approval_sheet(rows, [], MONEY, 60, full=False).items
    )
    assert one != other


def test_the_budget_is_among_the_limits_that_stand_first() -> None:
    gauges = [
        {"path": path, "title": path, "phase": None, "amount": "1", "share": part, "tight": tight}
        for path, part, tight in (("limits.methods", 1.0, True), ("limits.budget", 0.2, False))
    ]
    assert "limits.budget" in limits_sheet(gauges, 76).items[0].lines[0].plain
    assert limits_words(gauges) == "▲ 1 of 2 at or near capacity"


@given(width=st.integers(20, 200), full=st.booleans(), words=titles)
def test_no_line_of_what_is_asked_is_wider_than_the_screen(
    width: int,
    full: bool,  # noqa: FBT001
    words: str,
) -> None:
    told = [{"kind": kind, "words": words} for kind in ("approved", "condition", "whole", "money")]
    rows = [programme(certainty=certain(0.5)), programme(id="b", certainty=certain(0.95))]
    lines = headline_lines(told, rows, width, full=full)
    assert all(line.cell_length <= width for line in lines)
    whole, short = "● 1 robust  ○ 1 too close to call", "● 1 robust  ○ 1 too close"
    counts = whole if width >= len(whole) else short[:width]
    assert any(counts in line.plain for line in lines)


def test_where_there_is_little_room_those_deferred_are_still_counted() -> None:
    waits = [programme(id=name, run=False, certainty=None) for name in "cd"]
    (line,) = headline_lines([], [programme(certainty=certain(0.95)), *waits], 76, full=False)
    assert line.plain.rstrip() == "● 1 robust  □ 2 deferred"


def test_nearly_all_of_a_limit_does_not_read_as_over_it() -> None:
    gauge: dict[str, Any] = {"path": "limits.budget", "title": "Our budget", "phase": None}
    gauge |= {"tight": True, "share": 0.9984, "amount": "£19,968 of £20,000"}
    text = limits_sheet([gauge], 76).text
    assert "£19,968 of £20,000 >99%" in text
    assert "ove" not in text


def test_a_limit_of_nothing_that_is_fully_used_is_marked() -> None:
    gauges = [
        {
            "path": "limits.budget",
            "title": "Our budget",
            "phase": None,
            "amount": "£0 of £0",
            "share": 1.0,
            "tight": True,
        }
    ]
    assert limits_sheet(gauges, 76).text.startswith("▲ Our budget")


def test_no_limits_are_no_gauges() -> None:
    assert limits_sheet([], 76).items == ()


def test_time_running_out_is_told_in_plain_words() -> None:
    text = no_answer_sheet(
        [programme(run=None, value=None, partners=[])], [], "no-answer-yet", 76
    ).text
    assert "No choice was found in the time allowed" in text


def test_what_a_chosen_partner_is_approved_for_is_not_what_it_would_cost_alone() -> None:
    row = {
        "partner": "x",
        "rank": 1,
        "value": 90.0,
        "contributions": {"a": 90.0},
        "own_cost_alone": 9000.0,
        "eligible": True,
        "chosen": True,
        "reason": "",
    }
    sheet = ranking_sheet(
        [row | {"first_rank_share": None}],
        {"x": "Firm"},
        {"x": Work(["assurance"], 4600.0)},
        [("Value", 1.0)],
        "GBP",
        116,
    )
    heading, line, told = sheet.head[-1].plain, *(line.plain for line in sheet.items[0].lines)
    assert line.index("£9,000") + len("£9,000") == heading.index(ALONE) + len(ALONE)
    assert told.strip() == "Chosen for assurance: £4,600 to us."


def test_thirty_criteria_have_thirty_legends_within_the_width() -> None:
    legend = [(f"A criterion with quite a long title, number {n}", 1 / 30) for n in range(30)]
    lines = legend_lines(legend, 76)
    assert sum(line.plain.count("number") for line in lines) == 30
    assert all(line.cell_length <= 76 for line in lines)


def test_a_partner_that_may_not_be_chosen_has_no_bar() -> None:
    row = {
        "partner": "x",
        "rank": None,
        "value": 90.0,
        "contributions": {"a": 90.0},
        "own_cost_alone": 5.0,
        "eligible": False,
        "chosen": False,
    }
    row |= {"reason": "Its gate is closed.", "first_rank_share": None}
    text = ranking_sheet([row], {"x": "Firm"}, {}, [("Value", 1.0)], "GBP", 116).text
    assert "not eligible" in text
    assert "Its gate is closed." in text
    assert "90.0" not in text
    assert BLOCK not in text


@given(column=st.integers(0, 130), length=st.integers(1, 60), width=st.integers(40, 116))
@example(column=31, length=1, width=40)
def test_the_caret_stands_under_the_fault_however_long_the_line(
    column: int, length: int, width: int
) -> None:
    text = "x" * column + "F" * length + "y" * (140 - column)
    problem = Problem(("a",), "wrong", place=Place("f.yaml:3:1", ((3, text),), (column, length)))
    source, caret = (
        line.plain for line in problems_sheet([problem], width).items[0].lines if "│" in line.plain
    )
    assert max(len(source), len(caret)) <= width
    under = source[caret.index("^") : caret.rindex("^") + 1]
    assert set(under) <= {"F", "…"}
    assert under.startswith("F")


@given(text=titles, width=st.integers(4, 40))
def test_a_name_cut_within_still_shows_how_it_ends(text: str, width: int) -> None:
    cut = cut_within(text, width)
    assert len(cut) <= max(width, len(plain(text)))
    assert width_of(cut) <= width
    assert len(plain(text)) <= width or cut[-1:] == plain(text)[-1:]


def test_limits_of_partners_that_begin_alike_are_told_apart() -> None:
    long = ("Programmes with NHS Horizons", "Programmes with NHS England and Improvement")
    one, other = (cut_within(name, 22) for name in long)
    assert one != other
    assert (one[-8:], other[-8:]) == ("Horizons", "rovement")


def test_a_name_that_would_be_cut_gives_way_to_the_short_one() -> None:
    title = "The mathematics hub of the neighbouring county"
    row = {"title": title, "name": "Maths hub", "chosen": True}
    marked = named("Partner")
    plainly = Column("", lambda row: row["title"], short=lambda row: row["name"])
    for width, told in ((60, title), (30, "Maths hub")):
        assert marked.lines(row, width)[0].plain.strip() == f"● {told}"
        assert plainly.lines(row, width)[0].plain.strip() == told


def test_on_60_columns_every_count_of_what_is_asked_is_in_sight() -> None:
    shares = (0.95, 0.95, 0.7, 0.7, 0.5)
    rows = [programme(id=str(n), certainty=certain(share)) for n, share in enumerate(shares)]
    waits = programme(id="w", run=False, certainty=None)
    (line,) = headline_lines([], [*rows, waits], 56, full=False)
    assert line.plain.rstrip() == "● 2 robust  ◐ 2 sensitive  ○ 1 too close  □ 1 deferred"


def test_where_there_is_no_choice_nothing_is_called_deferred() -> None:
    row = {"id": "a", "programme": "A", "name": "A", "partners": [], "names": [], "run": False}
    row |= {"differs": False, "value": None, "before": None, "before_names": None}
    nothing = {"value": None, "own_cost": None}
    rows = AnswerRows(Content("no"), "", [row], nothing, nothing, None, True, [], [], "A")
    text = answer_sheet(rows, 60).text
    assert "✗" in text
    assert "deferred" not in text
