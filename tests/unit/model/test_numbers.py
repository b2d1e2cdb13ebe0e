"""The small types people type: numbers, shares, dates, ids."""

from __future__ import annotations

import math

import pytest

from partnerselect.errors import InputError
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data


def told(data: Data) -> list[str]:
    """Return what is wrong with a scenario, line by line; fail where nothing is."""
    with pytest.raises(InputError) as caught:
        Scenario.from_data(data)
    return [str(problem) for problem in caught.value.problems]


def priced(price: object) -> Data:
    return scenario({"ash": partner(70, cost={"per-day": price})}, {"x": programme()})


@pytest.mark.parametrize("price", [0, 0.01, 1e12, 10**15])
def test_any_price_a_country_could_pay_is_taken(price: float) -> None:
    assert Scenario.from_data(priced(price)).partners["ash"].cost.per_day == price


@pytest.mark.parametrize("price", [1.0000001e15, 1e300, 10**400, math.inf])
def test_a_number_beyond_all_measure_is_refused_before_it_overflows(price: float) -> None:
    """A price of 1e200 times 1e200 days is no number; a solver would say nothing of use."""
    assert told(priced(price)) == [
        "partners.ash.cost.per-day: the number is too large; the largest is 1,000,000,000,000,000"
    ]


@pytest.mark.parametrize(
    ("price", "found"),
    [
        (-1, "must be 0 or more (found -1)"),
        ("850", 'must be a number (found "850"); take the quotes away: write 850'),
        (True, "must be a number (found true)"),
    ],
)
def test_a_price_is_a_number_from_0_and_never_a_word(price: object, found: str) -> None:
    assert told(priced(price)) == [f"partners.ash.cost.per-day: {found}"]


def test_not_a_number_is_not_a_price() -> None:
    assert told(priced(math.nan)) == [
        "partners.ash.cost.per-day: must be a finite number (found nan)"
    ]


@pytest.mark.parametrize(
    ("written", "covers"),
    [
        ("60%", 0.6),
        ("60.5%", 0.605),
        ("33.3%", 0.333),
        ("0.7%", 0.007),
        (0.6, 0.6),
        (1, 1),
        ("0%", 0),
        ("100%", 1),
    ],
)
def test_a_share_is_a_percentage_or_a_number_up_to_1(written: object, covers: float) -> None:
    data = scenario(
        {"ash": partner(70, funding={"payer": "nation", "covers": written})}, {"x": programme()}
    )
    funding = Scenario.from_data(data).partners["ash"].funding
    assert funding is not None
    assert funding.covers == pytest.approx(covers)


@pytest.mark.parametrize("written", ["60", "sixty", "-5%", "120%", 1.2, -0.1, True])
def test_what_is_no_share_is_refused(written: object) -> None:
    data = scenario(
        {"ash": partner(70, funding={"payer": "nation", "covers": written})}, {"x": programme()}
    )
    assert told(data)[0].startswith("partners.ash.funding.covers: must be")


@pytest.mark.parametrize("name", ["é", "Ash", "9ash", "ash_1", "ash 1", "\u0430sh", ""])
def test_an_id_is_small_latin_letters_digits_and_hyphens(name: str) -> None:
    """The last but one begins with a Cyrillic letter, which no reader could tell from a Latin one."""
    data = scenario({name: partner(70)}, {"x": programme()})
    assert (
        "an id is made of small letters, digits and hyphens and starts with a letter"
        in told(data)[0]
    )


@pytest.mark.parametrize("days", [0, -1, {"first": 0}, {}])
def test_a_need_is_more_than_0_days(days: object) -> None:
    data = scenario(
        {"ash": partner(70)},
        {"x": {"title": "x", "needs": {"work": days}}},
        phases={"first": "2022-01-01"},
    )
    assert any("programmes.x.needs.work: must be more than 0" in line for line in told(data))


def test_a_phase_without_days_may_be_written_as_0() -> None:
    data = scenario(
        {"ash": partner(70)},
        {"x": programme({"work": {"first": 0, "second": 4}})},
        phases={"first": "2022-01-01", "second": "2022-02-01"},
    )
    assert Scenario.from_data(data).programmes["x"].needs["work"] == {"first": 0, "second": 4}


@pytest.mark.parametrize("day", ["2021-13-01", "28.7.2021", 20210728, "2021-7-28"])
def test_a_date_is_written_year_month_day(day: object) -> None:
    assert (
        "must be a date written as 2021-07-28"
        in told(scenario({"ash": partner(70)}, {"x": programme()}, as_at=day))[0]
    )


@pytest.mark.parametrize("kind", ["partners", "programmes"])
def test_an_empty_scenario_is_reported_what_it_lacks(kind: str) -> None:
    assert f"{kind}: must have at least 1 (found 0)" in told(
        scenario({"ash": partner(70)}, {"x": programme()}) | {kind: {}}
    )


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (
            {"budget": "£16"},
            'must be a number without currency or comma, or the word unlimited (found "£16")',
        ),
        ({"share-per-partner": "140%"}, "must be 100% or less (found 140%)"),
        ({"share-per-partner": 60}, "must be 100% or less (found 60); did you mean 60%?"),
        (
            {"share-per-partner": 1.4},
            "must be 100% or less (found 1.4, which is 140%); is 1.4% meant?",
        ),
    ],
)
def test_a_limit_says_what_it_may_be(limits: Data, words: str) -> None:
    assert words in told(scenario({"ash": partner(70)}, {"x": programme()}, limits=limits))[0]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("currency", "pounds", 'must be three capital letters, such as GBP (found "pounds")'),
        (
            "aim",
            "cheapest",
            'must be most-value, or {least-cost: {value-at-least: 60}} (found "cheapest")',
        ),
        (
            "analysis",
            {"weights": "all"},
            'must be free, ordinal, stakeholders, or {within: 25%} (found "all")',
        ),
    ],
)
def test_a_word_that_is_not_known_meets_all_that_may_stand_there(
    key: str, value: object, words: str
) -> None:
    assert words in told({**scenario({"ash": partner(70)}, {"x": programme()}), key: value})[0]
