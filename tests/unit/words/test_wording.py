from __future__ import annotations

import numpy as np
import pytest

from partnerselect.words.wording import (
    adding_up,
    amount,
    counted,
    difference,
    figure,
    points,
    share,
    with_unit,
    within_words,
)


@pytest.mark.parametrize(
    ("value", "currency", "told"),
    [
        (12_500, "GBP", "£12,500"),
        (12_500.49, "GBP", "£12,500"),
        (-12_500, "EUR", "−€12,500"),
        (12_500, "CHF", "CHF 12,500"),
        (0, "GBP", "£0"),
        (-0.001, "GBP", "£0"),
        (0.5, "GBP", "£0.50"),
        (-12.4, "GBP", "−£12.40"),
        (99.999, "GBP", "£100"),
        (1e12, "USD", "$1,000,000,000,000"),
    ],
)
def test_money_is_told_in_whole_units_and_small_sums_with_their_pence(
    value: float, currency: str, told: str
) -> None:
    assert amount(value, currency) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (3.44, "3.4 points"),
        (1, "1.0 point"),
        (0.96, "1.0 point"),
        (0, "0.0 points"),
        (0.04, "0.04 points"),
        (-0.04, "-0.04 points"),
        (-0.0, "0.0 points"),
        (0.001, "under 0.01 points"),
    ],
)
def test_points_have_one_decimal_and_never_hide_a_difference(value: float, told: str) -> None:
    assert points(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.724, "72%"),
        (1, "100%"),
        (0.9999, "over 99%"),
        (0.995, "over 99%"),
        (0, "0%"),
        (0.0001, "under 1%"),
        (0.005, "under 1%"),
        (0.5, "50%"),
    ],
)
def test_nearly_all_is_not_all_and_hardly_any_is_not_none(value: float, told: str) -> None:
    assert share(value) == told


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [
        ("7", "points", "7 points"),
        ("1", "points", "1 point"),
        ("850", "£ per day", "£850 per day"),
        ("3", "", "3"),
    ],
)
def test_a_number_and_its_unit_agree(number: str, unit: str, told: str) -> None:
    assert with_unit(number, unit) == told


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (1_999_999, "1,999,999"),
        (2e6, "2,000,000"),
        (1_999_999.99, "1,999,999.99"),
        (3.4, "3.4"),
        (7.0, "7"),
        (0.1 + 0.2, "0.3"),
        (1e-5, "0.00001"),
        (-0.0, "0"),
        ("aligned", "aligned"),
    ],
)
def test_a_number_is_told_in_full_as_somebody_would_write_it(mark: float | str, told: str) -> None:
    assert figure(mark) == told


@pytest.mark.parametrize(
    ("one", "other", "left"), [(73.34, 61.66, 11.6), (50.0, 50.0, 0), (1.04, 0.96, 0.08)]
)
def test_differences_are_those_of_the_figures_as_printed(
    one: float, other: float, left: float
) -> None:
    """73.3 − 61.7 is 11.6; figures that look alike and are not differ by what they do."""
    assert difference(one, other) == pytest.approx(left)


def test_one_of_a_thing_is_no_plural() -> None:
    assert (counted(1, "programme"), counted(9, "programme")) == ("1 programme", "9 programmes")


@pytest.mark.parametrize(("gap", "told"), [(0.0084, "0.84%"), (1.218, "122%"), (0, "0.01%")])
def test_a_gap_is_told_in_plain_figures(gap: float, told: str) -> None:
    assert within_words(gap) == f"within {told} of the best possible"


def test_parts_of_a_difference_add_up_to_it_as_it_is_shown() -> None:
    """73.26 and 73.02 are shown as 73.3 and 73.0: 0.3 apart, and so is the one part of it."""
    assert adding_up([0.0, 73.02 - 73.26], 73.02, 73.26) == [0.0, -0.3]
    rng = np.random.default_rng(7)
    for _ in range(300):
        parts = rng.normal(scale=3, size=rng.integers(1, 9)) * rng.integers(0, 2)
        one = rng.uniform(0, 100)
        shown = adding_up(parts.tolist(), one + parts.sum(), one)
        between = float(f"{one + parts.sum():.1f}") - float(f"{one:.1f}")
        assert sum(shown) == pytest.approx(between)
        assert np.allclose(shown, np.round(shown, 1))
        assert (np.abs(np.array(shown) - parts) < 0.1 + 1e-6).all()
        assert not np.array(shown)[parts == 0].any()
