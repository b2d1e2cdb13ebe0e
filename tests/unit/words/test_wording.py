from __future__ import annotations

import pytest

from partnerselect.words.wording import amount, points, share, with_unit


@pytest.mark.parametrize(
    ("value", "currency", "told"),
    [
        (12_500, "GBP", "£12,500"),
        (12_500.49, "GBP", "£12,500"),
        (-12_500, "EUR", "−€12,500"),
        (12_500, "CHF", "CHF 12,500"),
        (0, "GBP", "£0"),
        (-0.4, "GBP", "£0"),
        (1e12, "USD", "$1,000,000,000,000"),
    ],
)
def test_money_is_told_in_whole_units_with_its_sign(value: float, currency: str, told: str) -> None:
    assert amount(value, currency) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (3.44, "3.4 points"),
        (1, "1.0 point"),
        (0.96, "1.0 point"),
        (0, "0.0 points"),
        (0.04, "0.04 points"),
    ],
)
def test_points_have_one_decimal_and_never_hide_a_difference(value: float, told: str) -> None:
    assert points(value) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.724, "72 %"),
        (1, "100 %"),
        (0.9999, "over 99 %"),
        (0.995, "over 99 %"),
        (0, "0 %"),
        (0.0001, "under 1 %"),
        (0.005, "under 1 %"),
        (0.5, "50 %"),
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
