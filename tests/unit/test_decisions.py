"""What follows from entries: who is committed, what is due, how it turned out."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from partnerselect.decisions import (
    Entry,
    Head,
    canonical,
    committed,
    due,
    faults,
    frozen_weights,
    junctures,
    readings,
    refuse,
    running,
    set_back,
    standing,
    success,
)
from partnerselect.decisions.following import find
from partnerselect.errors import InputError
from partnerselect.register.reading import has_met
from partnerselect.tables.register import Names, departure_words
from tests.unit.register.recording import MEASURES, New, about, decided, opened

CULTURE = {"culture": {"coaching": "aqua", "evaluation": "university"}}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def chain(*new: New, times: str = "abcdefghijkl") -> list[Entry]:
    entries: list[Entry] = []
    for (kind, content), time in zip(new, times, strict=False):
        refuse(entries, kind, content)
        entries.append(Entry.follow(Head.of(entries), kind, time, content))
    return entries


def held(entries: list[Entry], as_at: str | None = None) -> dict[str, dict[str, str]]:
    found = committed(entries, as_at)
    return {p: {need: one.partner for need, one in needs.items()} for p, needs in found.items()}


@given(st.lists(st.dictionaries(st.text(), JSON), max_size=4))
def test_any_plain_data_makes_a_chain_that_holds(contents: list[dict[str, object]]) -> None:
    entries: list[Entry] = []
    for content in contents:
        entries.append(Entry.follow(Head.of(entries), "opened", "now", content))
    assert [one.text for one in entries] == [canonical(one) for one in contents]
    assert not list(faults(entries, Head.of(entries)))
    assert not entries or list(faults(entries[:-1], Head.of(entries)))


def test_only_what_was_accepted_is_committed_and_only_while_it_runs() -> None:
    entries = chain(
        decided(CULTURE),
        about("offered", 1, partner="aqua"),
        about("accepted", 1, "2021-08-05", partner="aqua"),
        about("declined", 1, "2021-08-06", partner="university"),
        about("reviewed", 1, "2022-01-05", result="ended", partner="aqua"),
    )
    assert held(entries[:2]) == {}
    assert held(entries[:4]) == {"culture": {"coaching": "aqua"}}
    assert held(entries, "2021-08-04") == {}
    assert held(entries, "2021-12-31") == {"culture": {"coaching": "aqua"}}
    assert held(entries, "2022-01-05") == held(entries) == {}
    assert committed(entries[:4], None)["culture"]["coaching"].entries == [1, 3]


def test_a_later_decision_keeps_the_answer_of_a_partner_that_it_keeps() -> None:
    entries = chain(
        decided(CULTURE),
        about("accepted", 1, partner="aqua"),
        about("accepted", 1, partner="university"),
        decided({"culture": {"coaching": "aqua", "evaluation": "consultancy"}}, "2022-01-05"),
        decided({"culture": {}}, "2022-07-01"),
    )
    assert held(entries, "2022-01-05") == {"culture": {"coaching": "aqua"}}
    assert committed(entries, "2022-01-05")["culture"]["coaching"].entries == [1, 2, 4]
    assert held(entries) == {}


@pytest.mark.parametrize(
    ("later", "runs"),
    [
        ({"wards.whole": {"coaching": "aqua"}}, ["wards.whole"]),
        ({"wards.pilot": {}}, []),
        ({"wards.half": {}}, []),
        ({"ward": {"coaching": "aqua"}}, ["wards.whole", "ward"]),
    ],
)
def test_a_later_decision_takes_the_place_of_one_at_another_level(
    later: dict[str, dict[str, str]], runs: list[str]
) -> None:
    """Of a deferred programme with levels a decision names any one of them."""
    before = "wards.whole" if "wards.pilot" in later or "ward" in later else "wards.pilot"
    entries = chain(
        decided({before: {"coaching": "aqua"}}),
        about("accepted", 1, partner="aqua"),
        decided(later, "2022-01-05"),
    )
    assert [*running(entries)] == runs
    assert held(entries[:2]) == {before: {"coaching": "aqua"}}


def test_a_departure_that_gains_is_told_as_one() -> None:
    told = {"possible": True, "value_lost": -21.0, "own_cost": 1500.0, "others_changed": []}
    names = Names([])
    (gain,) = departure_words({**told, "currency": "GBP"}, names)
    (loss,) = departure_words({**told, "currency": "GBP", "value_lost": 21.0}, names)
    assert gain.startswith("Departing from the recommendation gains 21.0 points")
    assert loss.startswith("Departing from the recommendation loses 21.0 points")
    # 76.04 and 68.08 are shown as 76.0 and 68.1
    (loss,) = departure_words({**told, "value_lost": 7.96, "value": 68.08}, names)
    assert "loses 7.9 points" in loss


def test_what_is_superseded_takes_what_is_about_it_along() -> None:
    entries = chain(
        decided(CULTURE),
        about("accepted", 1, partner="aqua"),
        about("superseded", 1, reason="Recorded for the wrong programme"),
    )
    assert standing(entries) == []
    assert held(entries) == {}
    with pytest.raises(InputError, match="entry 2 is superseded, or about one that is"):
        find(entries, 2)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (about("accepted", 9, partner="aqua"), "there is no entry 9"),
        (
            about("accepted", 1, partner="aqua"),
            "entry 1 is no decision but opened: decisions are 2",
        ),
        (about("accepted", 2, partner="ihi"), '"ihi" is no partner of decision 2: aqua, univ'),
        (about("reviewed", 2), "also says result"),
        (
            about("accepted", 2, "2021-07-27", partner="aqua"),
            "decision 2 holds from 28 July 2021, so nothing could follow from what holds from 27 July 2021",
        ),
        (about("reviewed", 2, "2020-07-28", result="ended"), "give a day on or after it"),
        (
            about("reviewed", 2, "2022-01-05", result="changed", next="2021-12-31"),
            "the next review, 31 December 2021, is not after the review itself, 5 January 2022",
        ),
    ],
)
def test_what_cannot_follow_is_refused(new: New, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        refuse(chain(opened(), decided(CULTURE)), *new)
    assert all(one.place is None for one in refused.value.problems)  # options are the commands'


def reading(measure: str, date: str, *, met: bool | None, partner: str = "aqua") -> New:
    said = {"partner": partner, "programme": "culture", "measure": measure, "value": 1, "met": met}
    return about("reading", 1, date, **said)


def test_the_latest_reading_of_each_measure_up_to_a_day_counts() -> None:
    entries = chain(
        decided(CULTURE),
        reading("staff", "2022-03-31", met=False),
        reading("complaints", "2022-03-31", met=True),
        reading("rating", "2022-03-31", met=None),
        reading("staff", "2022-07-31", met=True),
        reading("staff", "2022-07-31", met=True, partner="university"),
    )
    early, late = (readings(entries, "aqua", day) for day in ("2022-04-01", None))
    assert [one.number for one in early] == [2, 3, 4]
    assert [len(found) for found in success(early)] == [2, 1]
    assert [len(found) for found in success(late)] == [2, 2]


@pytest.mark.parametrize(
    ("value", "measure", "met"),
    [
        (58, {"target": 58, "direction": "more"}, True),
        (17, {"target": 16, "direction": "less"}, False),
        (15, {"target": 16, "baseline": 22}, True),
        (57, {"target": 58, "baseline": 52}, False),
        ("Out of special measures", {"target": "out of special measures"}, True),
        (3, {"target": 4}, None),
        (3, {}, None),
        ("good", {}, None),
    ],
)
def test_a_reading_is_held_against_its_target(
    value: object, measure: dict[str, object], *, met: bool | None
) -> None:
    assert has_met(value, measure) is met


def test_reviews_measures_and_answers_are_due_until_they_are_in() -> None:
    entries = chain(
        decided(CULTURE, review="2022-01-05"),
        about("offered", 1, "2021-07-30", partner="aqua"),
        about("accepted", 1, "2021-08-05", partner="aqua"),
        reading("staff", "2022-03-31", met=True),
        about("reviewed", 1, "2022-01-05", result="sustained", next="2022-07-01"),
    )

    def told(last: int, by: str | None = None) -> list[tuple[str, str]]:
        return [(one.what, one.subject) for one in due(entries[:last], by)]

    assert told(1) == [("review", "culture"), ("reading", "staff")]
    assert told(2, "2021-12-31") == [("answer", "aqua")]
    assert told(3) == [("review", "culture"), ("reading", "staff")]
    assert told(4) == [("review", "culture")]
    assert told(5, "2022-06-30") == []
    assert told(5) == [("review", "culture")]


def test_a_review_moves_the_next_of_none_but_those_that_it_is_about() -> None:
    two = {"culture": {"coaching": "aqua"}, "flow": {"coaching": "ihi"}}
    entries = chain(
        decided(two, review="2022-01-05"),
        about("reviewed", 1, "2022-01-03", result="sustained", partner="aqua", next="2022-07-01"),
    )
    assert {name: one.review for name, one in running(entries).items()} == {
        "culture": "2022-07-01",
        "flow": "2022-01-05",
    }
    later = decided({"flow": {"coaching": "university"}}, "2022-02-01", review="2022-09-01")
    again = about("reviewed", 1, "2022-03-01", result="sustained")
    found = chain(decided(two, review="2022-01-05"), later, again)
    assert running(found)["flow"].review == "2022-09-01"


def test_an_offer_made_again_waits_for_an_answer_of_its_own() -> None:
    entries = chain(
        decided(CULTURE),
        about("offered", 1, "2021-08-01", partner="aqua"),
        about("declined", 1, "2021-08-03", partner="aqua"),
        about("offered", 1, "2021-09-01", partner="aqua"),
        about("accepted", 1, "2021-09-09", partner="aqua"),
    )

    def waiting(last: int) -> list[str]:
        return [one.date for one in due(entries[:last]) if one.what == "answer"]

    assert [waiting(last) for last in (2, 3, 4, 5)] == [["2021-08-01"], [], ["2021-09-01"], []]


def test_a_measure_that_a_later_decision_asks_for_by_another_day_is_due_again() -> None:
    kind, flow = decided({"flow": {"coaching": "ihi"}}, "2022-07-01")
    again = {"staff": {**MEASURES["staff"], "by": "2023-03-31"}}
    entries = chain(
        decided(CULTURE),
        reading("staff", "2022-03-31", met=True),
        (kind, {**flow, "measures": again}),
        reading("staff", "2023-03-31", met=True),
    )

    def waiting(last: int) -> list[tuple[str, int]]:
        return [(one.date, one.of) for one in due(entries[:last]) if one.what == "reading"]

    assert waiting(1) == [("2022-03-31", 1)]
    assert waiting(2) == []
    assert waiting(3) == [("2023-03-31", 3)]
    assert waiting(4) == []


def test_the_latest_freeze_of_a_scenario_holds() -> None:
    said = {"date": "2021-07-01", "criteria": {}, "weights": {}}
    entries = chain(*(("frozen", {**said, "scenario": name}) for name in ("a", "b", "a")))
    assert frozen_weights(entries, "a") == (3, {})
    assert frozen_weights(entries, "c") is None


def test_each_entry_belongs_to_the_juncture_that_was_open() -> None:
    entries = chain(
        opened("trust"),
        decided(CULTURE),
        opened("trust", as_at="2022-01-05"),
        about("accepted", 2, partner="aqua"),
        decided(CULTURE),
    )
    assert junctures(entries) == {1: 1, 2: 1, 3: 2, 4: 1, 5: 2}


def test_what_is_recorded_before_the_first_opening_belongs_to_it() -> None:
    said = {"date": "2021-07-01", "scenario": "trust"}
    entries = chain(
        ("frozen", {**said, "criteria": {}, "weights": {}}), opened("trust"), opened("trust")
    )
    assert junctures(entries) == {1: 1, 2: 1, 3: 2}


def test_a_clock_set_back_is_told_by_number() -> None:
    assert set_back(chain(opened(), opened(), opened(), times="bac")) == [2]
