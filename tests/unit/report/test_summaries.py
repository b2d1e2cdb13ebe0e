"""What a partner not chosen is told, and what a paper says of it, held against the case itself."""

from __future__ import annotations

import re
from typing import Any

import pytest

from partnerselect.analysis import Analysis, analyse, spending, with_choices
from partnerselect.files import schema_text
from partnerselect.model import Scenario
from partnerselect.report import Material
from partnerselect.report.render.pages import markdown
from partnerselect.rows import HELD, assessment_rows
from partnerselect.rows.headline import last_pounds_words
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

LEAST: Data = {"least-cost": {"value-at-least": 40}}


def analysed(partners: Data, programmes: Data, **rest: Any) -> Analysis:
    """Analyse a case in which everybody and everything is called by its id."""
    named = (
        {name: one | {"title": name.title()} for name, one in holders.items()}
        for holders in (partners, programmes)
    )
    return analyse(Scenario.from_data(scenario(*named, **rest)))


def summary(found: Analysis, name: str) -> dict[str, Any]:
    return next(row for row in assessment_rows(found) if row["id"] == name)


def nearest_alternative(found: Analysis) -> str:
    text = markdown(Material(found).full)
    return text.partition("**Nearest alternative:** ")[2].partition("\n")[0]


def tender(price: float) -> Analysis:
    """Return a tender at 60 quality to 40 price: 100 at 10,000 against 80 at this price."""
    bids = {"alder": (100, 10_000), "beech": (80, price)}
    quality = {"title": "Quality", "weight": 60, "scale": {"worst": 0, "best": 100}}
    costs = {"title": "Price", "weight": 40, "from": "own-cost", "scale": {"ratio": "lowest"}}
    return analysed(
        {
            name: partner(scored) | {"cost": {"per-programme": bid}, "scores": {"quality": scored}}
            for name, (scored, bid) in bids.items()
        },
        {"road": programme(mandatory=True)},
        criteria={"title": "Tender", "criteria": {"quality": quality, "price": costs}},
    )


def test_no_summary_says_that_nothing_would_have_changed_the_choice() -> None:
    """At 6,000 the lowest price is Beech's own: 48 + 40 against 60 + 24."""
    assert tender(6_000).recommendation.programme("road").partners == ("beech",)
    found = tender(10_500)
    assert found.recommendation.programme("road").partners == ("alder",)
    none = "None was found in one weight, one of its scores or its price alone."
    assert summary(found, "beech")["changes"] == [none, HELD]


def test_what_turns_the_order_is_not_said_to_turn_the_choice() -> None:
    """Elm with 70 would lead, and its 2,500 would still not fit into 2,000."""
    partners = {
        "ash": partner(60, cost={"per-day": 100}),
        "elm": partner(40, cost={"per-day": 250}),
    }
    budget = {"limits": {"budget": 2000}}
    found = analysed(partners, {"p": programme()}, **budget)
    better = analysed(
        partners | {"elm": partner(70, cost={"per-day": 250})}, {"p": programme()}, **budget
    )
    assert better.recommendation.programme("p").partners == ("ash",)
    told = summary(found, "elm")["changes"]
    assert told == ["If Elm scored 61 instead of 40 on Worth, it would lead.", HELD]
    text = markdown(Material(found).full)
    assert "| The order in P | If Ash scored" in text
    assert "What would have changed the order: If Elm scored 61" in text
    assert "changed it" not in text
    assert "change the answer" not in text


def test_of_two_that_come_to_the_same_neither_is_said_to_be_worth_less() -> None:
    found = analysed({"ash": partner(50), "elm": partner(50)}, {"p": programme()})
    row = summary(found, "elm")
    assert row["changes"] == []
    assert row["differences"].startswith("It was not behind on value: it is level with Ash there.")
    assert "with it the whole would come to the same" in row["differences"]
    assert nearest_alternative(found) == "Elm scores as much as Ash."


def test_an_alternative_that_only_looks_as_good_is_not_said_to_score_as_much() -> None:
    """Ash is worth 50.04 and Elm 50.00: both are printed as 50.0."""
    found = analysed({"ash": partner(50.04), "elm": partner(50)}, {"p": programme()})
    assert nearest_alternative(found) == "Elm scores 0.04 points lower than Ash."
    assert summary(found, "elm")["differences"].startswith("0.04 points behind Ash in all")


@pytest.mark.parametrize(
    ("rest", "lost"),
    [
        ({"limits": {"budget": 1000}}, "the whole would be worth less"),
        ({"aim": LEAST}, "the whole would cost us more"),
    ],
)
def test_why_the_one_ahead_is_not_chosen_is_said_by_the_aim(rest: Data, lost: str) -> None:
    """Ash does both for 1,000, worth 50 in all.

    With Elm for one that is 55 for 1,250: not to be had for 1,000, and 40 may cost less.
    """
    partners = {
        "ash": partner(50, cost={"per-day": 50}),
        "elm": partner(60, cost={"per-day": 75}),
    }
    found = analysed(partners, {"p": programme(), "q": programme()}, **rest)
    assert [one.partners for one in found.recommendation.programmes] == [("ash",), ("ash",)]
    assert summary(found, "elm")["differences"].endswith(f": with it {lost}.")
    assert (
        nearest_alternative(found)
        == f"P, where Elm scores 10.0 points higher than Ash, though {lost}."
    )


def test_who_is_behind_where_cost_is_the_aim_is_told_what_was_asked_for() -> None:
    """Ash for 1,000 does not reach 40."""
    partners = {
        "ash": partner(30, cost={"per-day": 100}),
        "elm": partner(60, cost={"per-day": 150}),
    }
    found = analysed(partners, {"p": programme()}, aim=LEAST)
    assert summary(found, "ash")["differences"] == (
        "30.0 points behind Elm in all, above all on Worth (30.0 points). Partners are chosen for"
        " all programmes together, to reach 40 points in all at the least cost to us. It cannot be"
        " chosen here: the value asked for could not be reached."
    )


def test_a_bidder_of_a_deferred_programme_is_told_what_would_bring_it_back_and_no_sum() -> None:
    """Of 1,000 the 900 for 70 leave nothing for the 600; from its own price a sum would tell."""
    partners = {
        "ash": partner(70, "dig", cost={"per-programme": 900}),
        "elm": partner(60, "plant", cost={"per-programme": 600}),
    }
    programmes = {"p": programme({"dig": 1}), "q": programme({"plant": 1})}
    found = analysed(partners, programmes, limits={"budget": 1000})
    assert summary(found, "elm")["barred"] == [
        "Q: The programme is deferred. It would run if our budget rose."
    ]


def test_a_bidder_that_may_not_be_chosen_is_told_for_which_programmes() -> None:
    partners = {"ash": partner(70), "elm": partner(60, excluded="Late")}
    programmes = {name: programme() for name in "pqrs"}
    found = analysed(partners, dict(list(programmes.items())[:2]))
    assert summary(found, "elm")["barred"] == ["P and Q: Excluded: Late."]
    found = analysed(partners, programmes)
    assert summary(found, "elm")["barred"] == ["4 programmes: Excluded: Late."]


@pytest.mark.parametrize(
    ("aim", "told"),
    [
        ("most-value", "£0 would buy 49.0 of the 50.0 points."),
        ({"least-cost": {"value-at-least": 50}}, ""),
    ],
)
def test_a_cheaper_plan_is_offered_only_where_it_reaches_what_is_asked_for(
    aim: Any, told: str
) -> None:
    """Ash is free and reaches 49; with 50 asked for it is no plan."""
    partners = {"ash": partner(49), "elm": partner(50, cost={"per-day": 10})}
    found = analysed(partners, {"p": programme()}, aim=aim)
    assert last_pounds_words(found, spending(found)) == told


def test_close_is_said_of_how_sure_a_choice_is_and_of_nothing_else() -> None:
    """Near is said of margins, over of phases, refused of the decisions of others."""
    text = markdown(Material(tender(10_500)).full)
    assert "too close to call" in text
    assert not re.findall(r"(?i)\b\w*(?<!too )clos(?:e|er|est|ed)\b", text)
    assert "closed" not in schema_text("scenario")


def key_point(found: Analysis, label: str) -> str:
    text = markdown(Material(found).full)
    return text.partition(f"**{label}:** ")[2].partition("\n")[0]


def test_choices_without_trials_are_counted_in_words_that_can_be_read() -> None:
    partners = {"ash": partner(90), "elm": partner(20)}
    found = analysed(
        partners, {"x": programme(), "y": programme()}, committed={"x": {"work": "ash"}}
    )
    assert key_point(found, "How sure") == (
        "of 2 choices, 1 already committed and 1 without trials."
    )


def test_of_choices_that_are_the_same_in_every_trial_none_is_called_the_least_sure() -> None:
    partners = {"ash": partner(90), "elm": partner(20)}
    found = analysed(partners, {"x": programme(), "y": programme()}, analysis={"samples": 100})
    assert key_point(with_choices(found), "How sure") == (
        "of 2 choices, 2 robust. None differed in any trial in which weights and uncertain"
        " scores moved."
    )


def test_where_no_choice_could_be_weighed_again_that_is_said_once() -> None:
    """With the aim least-cost no shares are given, of any choice."""
    pair = {"x": programme(mandatory=True), "y": programme(mandatory=True)}
    partners = {"ash": partner(90), "elm": partner(20)}
    some = {"analysis": {"samples": 100}}
    found = analysed(partners, pair, aim={"least-cost": {"value-at-least": 0}}, **some)
    assert key_point(with_choices(found), "How sure") == (
        "How often the same would be chosen again was not worked out. With the aim of least cost,"
        " weights and scores decide what is good enough, not which of two choices is better; no"
        " shares are given."
    )
    alone = analysed({"ash": partner(90)}, pair, **some)
    assert key_point(with_choices(alone), "How sure") == "of 2 choices, 2 no alternative."


def test_where_nobody_may_be_chosen_no_programme_is_said_to_be_not_worth_running() -> None:
    found = analysed({"ash": partner(90, excluded="a conflict of interest")}, {"x": programme()})
    assert key_point(found, "For approval") == "No partner: no programme goes ahead."


def test_the_nearest_alternative_is_named_in_full_as_in_the_table_below_it() -> None:
    partners = {"ash": partner(60) | {"short": "A"}, "elm": partner(50) | {"short": "E"}}
    programmes = {"p": programme() | {"short": "P"}, "q": programme() | {"short": "Q"}}
    told = nearest_alternative(analysed(partners, programmes))
    assert told == "P, where Elm scores 10.0 points lower than Ash."
