from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

from partnerselect.files.syntax import plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-05", 1e-05),
        ("010", 10),
        ("-3", -3),
        ("+4", 4),
        (".5", 0.5),
        ("5.", 5.0),
        ("1E3", 1000.0),
        ("0o17", 15),
        ("0x1F", 31),
    ],
)
def test_a_number_is_what_yaml_1_2_says(text: str, value: float) -> None:
    assert plain(text) == value
    assert type(plain(text)) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "NO",
        "no",
        "yes",
        "on",
        "off",
        "12:30",
        "2021-07-28",
        "1_000",
        "0b11",
        "1,5",
        "60%",
        "-",
        "+",
        ".",
        "0x",
        "1e",
        "e5",
        "٣",
    ],
)
def test_what_yaml_1_1_took_for_something_else_is_a_word(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "value"), [("", None), ("~", None), ("null", None), ("true", True), ("False", False)]
)
def test_nothing_and_truth_have_their_words(text: str, value: object) -> None:
    assert plain(text) is value


@pytest.mark.parametrize("text", [".inf", "-.Inf", ".nan", "1e999", "9" * 5000, "0x" + "f" * 5000])
def test_a_number_nobody_can_calculate_with_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        plain(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_float_comes_back_as_it_was_written(value: float) -> None:
    assert plain(repr(value)) == value


@given(st.integers(min_value=-(10**200), max_value=10**200))
def test_every_integer_comes_back_as_it_was_written(value: int) -> None:
    assert plain(str(value)) == value


@given(st.text(min_size=1))
def test_a_plain_scalar_is_a_word_or_a_finite_value_or_refused(text: str) -> None:
    try:
        value = plain(text)
    except ValueError:
        return
    assert value == text or value is None or isinstance(value, bool) or math.isfinite(float(value))
