"""What is kept is found again by what it is, and only so much of it is kept."""

from __future__ import annotations

from partnerselect.latest import latest


def test_only_the_very_same_thing_finds_what_was_worked_out() -> None:
    asked: list[list[int]] = []

    @latest(2)
    def length(numbers: list[int]) -> int:
        asked.append(numbers)
        return len(numbers)

    one, like_it, other = [1], [1], [1, 2]
    assert [length(one), length(one), length(like_it), length(one)] == [1, 1, 1, 1]
    assert len(asked) == 2
    assert [length(other), length(one)] == [2, 1]
    assert len(asked) == 4  # the third thing took the place of the first


def test_what_is_like_a_thing_finds_what_was_worked_out_for_it() -> None:
    asked: list[str] = []

    @latest(1, alike=lambda one, other: one.casefold() == other.casefold())
    def said(word: str) -> int:
        asked.append(word)
        return len(asked)

    assert [said("Ash"), said("ASH"), said("elm"), said("ash")] == [1, 1, 2, 3]
