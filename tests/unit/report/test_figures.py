"""Figures say what their rows say, to the eye and in the file's text, whatever the names."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("matplotlib")

from partnerselect.colours import PARTS
from partnerselect.report.figures import figure_png, figure_svg
from partnerselect.report.figures.curves import apart, leading
from partnerselect.report.figures.shares import per_cent
from partnerselect.report.figures.sheet import fitted, width_of
from partnerselect.report.paper.content import Figure
from partnerselect.words.literal import visible
from tests.unit.report import figures

Sample = Callable[..., Figure]
every_kind = pytest.mark.parametrize("sample", figures.ALL, ids=lambda sample: sample.__name__)


def parsed(svg: str) -> ET.Element:
    """Return a drawing as XML."""
    return ET.fromstring(svg)  # noqa: S314 - we have just written it


def texts(svg: str) -> list[str]:
    """Return every text of a drawing."""
    return [
        "".join(element.itertext()).strip()
        for element in parsed(svg).iter("{http://www.w3.org/2000/svg}text")
    ]


@every_kind
def test_the_same_rows_give_the_same_bytes(sample: Sample) -> None:
    assert figure_svg(sample()) == figure_svg(sample())
    assert figure_png(sample()) == figure_png(sample())


@every_kind
def test_a_drawing_is_named_for_those_who_hear_it_and_takes_the_ink_of_its_page(
    sample: Sample,
) -> None:
    root = parsed(figure_svg(sample()))
    assert (root.get("role"), root.get("aria-label")) == ("img", sample().alt)
    assert "currentColor" in figure_svg(sample())
    assert "metadata" not in figure_svg(sample())


def test_ids_of_two_drawings_on_a_page_never_meet() -> None:
    ids = [re.findall(r'\bid="([^"]+)"', figure_svg(sample())) for sample in figures.ALL]
    assert sum(map(len, ids)) == len(set().union(*ids)) > 0


def test_bars_carry_letters_numbers_and_totals_and_the_colours_of_the_screens() -> None:
    svg = figure_svg(figures.contributions())
    assert {"A 40.0", "B 20.5", "C 20.0", "80.5", "66.0", "31.5"} <= set(texts(svg))
    assert all(colour.lower() in svg for colour in PARTS[:3])
    assert any(text.startswith("✓ Yorkshire") for text in texts(svg))
    assert not any(text.startswith("✓ NHS Horizons") for text in texts(svg))


def test_the_frontier_says_what_the_recommended_choice_costs_and_buys() -> None:
    assert "Recommended: £73,640 buys 70.4" in " ".join(texts(figure_svg(figures.frontier())))


def test_labels_of_the_frontier_that_find_no_room_are_left_out() -> None:
    crowded = figures.frontier()
    rows = tuple(
        {
            **crowded.data[1],
            "own_cost": 20_000 + 10 * n,
            "value": 50 + 0.01 * n,
            "label": f"label {n}",
        }
        for n in range(60)
    )
    shown = [
        text
        for text in texts(figure_svg(replace(crowded, data=(*crowded.data, *rows))))
        if text.startswith("label")
    ]
    assert 1 <= len(shown) < 20


def test_cells_never_call_nearly_all_all_or_nearly_nothing_nothing() -> None:
    assert [per_cent(share) for share in (1.0, 0.9999, 0.5, 0.0001, 0.0)] == [
        "100",
        ">99",
        "50",
        "<1",
        "",
    ]
    assert {"92", "8", "<1", ">99"} <= set(texts(figure_svg(figures.acceptability())))


@every_kind
def test_partners_and_ranks_that_are_not_drawn_are_told(sample: Sample) -> None:
    whole = sample()
    if whole.kind == "frontier":
        return
    many = tuple(
        {
            **row,
            "partner": f"{row['partner']} {n}",
            **({"ranks": [1 / 30] * 30} if "ranks" in row else {}),
        }
        for n in range(10)
        for row in whole.data
    )
    told = " ".join(texts(figure_svg(replace(whole, data=many))))
    assert "Only the first 24 of 30 partners are drawn" in told
    assert ("Ranks beyond 12 are left out" in told) is (whole.kind == "acceptability")
    assert "Only the first" not in " ".join(texts(figure_svg(whole)))


def test_a_ring_stands_where_the_lead_changes() -> None:
    rows = list(figures.sensitivity().data)
    assert [(round(at, 9), rows[n]["partner"]) for at, n in leading(rows)] == [
        (0.0, "NHS Horizons"),
        (round(1 / 3, 9), "Yorkshire and Humber Improvement Academy"),
    ]
    assert {"33%", "today 55%"} <= set(texts(figure_svg(figures.sensitivity())))


def test_names_at_line_ends_are_moved_apart_and_stay_inside() -> None:
    assert apart([1.0, 1.0, 1.0, 9.9], 1.0, 0.0, 10.0) == [1.0, 2.0, 3.0, 9.9]
    assert apart([9.5, 9.8, 9.9], 1.0, 0.0, 10.0) == [8.0, 9.0, 10.0]


@pytest.mark.parametrize(
    "name", ["=$x_1$&amp;\\frac{a}^_%\"'</b><script>", "\u202ea\x00\x1b[31mb\ud800"]
)
@every_kind
def test_names_are_drawn_as_they_are(sample: Sample, name: str) -> None:
    shown = visible(name)
    figure = sample(one=name)
    assert figure_png(figure)
    assert shown.replace(" ", "") in "".join("".join(texts(figure_svg(figure))).split())


@pytest.mark.parametrize("name", ["مستشفى الملك 東京改善研究所 👩🏽‍⚕️ हिन्दी", "x" * 10_000])
@every_kind
def test_a_name_in_any_script_and_of_any_length_keeps_the_size_of_the_sheet(
    sample: Sample, name: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        svg = figure_svg(sample(one=name))
    assert parsed(svg).get("viewBox") == parsed(figure_svg(sample())).get("viewBox")
    assert max(map(len, texts(svg))) < 200


def test_nothing_in_a_name_steers_or_breaks_a_file() -> None:
    assert visible("a\x00\x1b[31m\u202eb\ud800\ufffe\n\t😀") == "a␀␛[31m�b��\n\t😀"


def test_a_text_is_broken_and_cut_to_its_place() -> None:
    shown = fitted(
        "NHS England and Improvement, capability-building team and more of it", 2.0, lines=2
    ).split("\n")
    assert len(shown) == 2
    assert shown[1].endswith("…")
    assert all(width_of(line) <= 2.0 for line in shown)
    assert fitted("short", 2.0, lines=2) == "short"
