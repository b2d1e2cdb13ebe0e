"""A partner or a programme is found by whatever people call it, and only if one is called so."""

from __future__ import annotations

import pytest

from partnerselect.model.finding import Names

NAMES = Names(
    "partner",
    {"ahp": "The Academy", "north": "North Trust", "south": "Trust of the South", "west": "North"},
    {"south": "Southerners", "north": "N. Trust"},
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ahp", "ahp"),
        ("the academy", "ahp"),
        ("The\N{NO-BREAK SPACE}Academy", "ahp"),
        ("southerners", "south"),
        ("north", "north"),
    ],
)
def test_an_id_a_title_or_a_short_name_will_do(text: str, found: str) -> None:
    assert NAMES.find(text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nroth", 'no partner is called "nroth"; did you mean "north"?'),
        ("The Acadmy", 'no partner is called "The Acadmy"; did you mean "The Academy" (ahp)?'),
        ("THE ACADMY", 'no partner is called "THE ACADMY"; did you mean "The Academy" (ahp)?'),
        ("the soth", 'no partner is called "the soth"; did you mean "south"?'),
        ("academy", 'no partner is called "academy"; did you mean "The Academy" (ahp)?'),
        (
            "trust",
            'no partner is called "trust"; did you mean "North Trust" (north) or "Trust of the South" (south)?',
        ),
        ("zzz", 'no partner is called "zzz"; known: ahp, north, south, west'),
    ],
)
def test_what_is_misspelt_is_told_what_was_meant(text: str, words: str) -> None:
    with pytest.raises(ValueError, match="no partner is called") as caught:
        NAMES.find(text)
    assert str(caught.value) == words


@pytest.mark.parametrize("text", ["", " "])
def test_no_text_is_no_name_of_what_has_no_title_or_no_short_name(text: str) -> None:
    untitled = Names("partner", {"ahp": "The Academy", "north": ""}, {"ahp": ""})
    with pytest.raises(ValueError, match=f'no partner is called "{text}"; known: ahp, north'):
        untitled.find(text)


def test_where_there_is_none_it_says_so() -> None:
    with pytest.raises(ValueError, match='no plan is called "x"; there is none'):
        Names("plan", {}).find("x")


def test_what_two_are_called_is_ambiguous() -> None:
    twins = Names("partner", {"a": "Trust", "b": "trust"})
    with pytest.raises(ValueError, match=r"several of them are called.*write one of the ids a, b"):
        twins.find("TRUST")
