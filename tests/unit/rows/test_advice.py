"""What limits, gates, payers and partners are worth, in sentences that can be read aloud."""

from __future__ import annotations

import pytest

from partnerselect.advice.certainty import Certainty, Kind
from partnerselect.analysis import Analysis, analyse, prices, with_and_without
from partnerselect.errors import InputError
from partnerselect.model import LIMIT_KINDS, LimitKind, Scenario, Unit
from partnerselect.rows import decision_rows
from partnerselect.rows.frontier import NO_LIMITS, ONLY_MINIMA, limit_price_rows, price_sentences
from partnerselect.rows.with_and_without import (
    alternative_rows,
    alternative_sentence,
    difference_words,
)
from partnerselect.tables.recommendation import behind_words, sure
from tests.oracle.plain import PHASES, partner, programme, scenario
from tests.oracle.scores import Data

LADDER = {
    "good": {**partner(80, cost={"per-day": 300}), "title": "Good Ltd"},
    "fair": {**partner(60, cost={"per-day": 100}), "title": "Fair Trust"},
    "poor": {**partner(10, capacity=30), "title": "Poor & Co"},
}
"""For 10 days: 3,000 buys 80, 1,000 buys 60, nothing 10."""


def test_what_the_whole_would_lose_adds_up_beside_what_both_are_worth() -> None:
    """76.04 and 68.08 are printed as 76.0 and 68.1: 7.9 apart, not 8.0."""
    told = difference_words(
        {"value": 68.08, "value_change": 68.08 - 76.04, "own_cost_change": 0.0}, "GBP"
    )
    assert told == "the whole would lose 7.9 points"


def analysed(case: Data) -> Analysis:
    """Analyse plain data."""
    return analyse(Scenario.from_data(case))


def limits(case: Data) -> list[str]:
    """Return the sentences about limits."""
    analysis = analysed(case)
    return price_sentences(analysis, prices(analysis))


def otherwise(case: Data) -> list[str]:
    """Return the sentences about gates, payers and partners."""
    analysis = analysed(case)
    return [
        alternative_sentence(analysis, row)
        for row in alternative_rows(analysis, with_and_without(analysis))
    ]


def test_a_limit_is_named_in_words_with_its_next_step_each_way() -> None:
    case = scenario(LADDER, {"a": programme()}, limits={"budget": 2000})
    assert limits(case) == [
        (
            "Our budget (£2,000 today): with £3,000 the whole would be worth 20.0 points more;"
            " below £1,000 it would be worth 50.0 points less."
        ),
        "Neither more nor less of these would change anything: Days of Poor & Co.",
    ]


@pytest.mark.parametrize(
    ("limits_", "sentence"),
    [
        (
            {"budget": {"first": 4000, "second": 0}},
            (
                "Our budget, first (£4,000 today): an increase would make no difference; below £1,500 the whole"
                " would"
            ),
        ),
        (
            {"internal-days": {"first": 9, "second": 6}},
            "Our team's days, second (6 today): an increase would make no difference; below 6 the whole would",
        ),
        (
            {"partners": {"max": 1}},
            "Partners engaged (1 today): an increase would make no difference; the limit cannot be lower.",
        ),
        (
            {"programmes-per-partner": 2},
            (
                "Programmes per partner (2 today): an increase would make no difference; 1 would be enough."
            ),
        ),
        (
            {"internal-days": 8, "backfill": {"per-day": 0, "max-days": 4}},
            "Extra days for our team (4 today): an increase would make no difference; below 4 the whole would",
        ),
        (
            {"funds": {"nation": 1600}},
            (
                "Money from nation (£1,600 today): an increase would make no difference; below £1,500 the whole"
                " would"
            ),
        ),
        (
            {"methods": 2},
            "Methodologies in use (2 today): an increase would make no difference; 1 would be enough.",
        ),
    ],
)
def test_every_kind_of_limit_has_words_and_its_phase(limits_: Data, sentence: str) -> None:
    """One partner for 10 days in the first phase at 300 a day, half of them the nation's.

    The team gives 6 days in each.
    """
    partners = {
        "good": partner(
            80,
            cost={"per-day": 300},
            funding={"payer": "nation", "covers": "50%"},
            methods=["lean"],
        )
    }
    phases = {name: PHASES[name] for name in ("first", "second")}
    case = scenario(
        partners,
        {"a": programme({"work": {"first": 10}}, internal_days=12)},
        phases=phases,
        limits=limits_,
    )
    assert [told for told in limits(case) if told.startswith(sentence)], limits(case)


COUNTS = [kind for kind in LIMIT_KINDS if kind.unit is Unit.COUNT and not kind.is_minimum]


@pytest.mark.parametrize("kind", COUNTS, ids=lambda kind: kind.id)
def test_no_count_is_told_of_that_a_file_could_not_state(kind: LimitKind) -> None:
    partners = {"good": {**LADDER["good"], "tags": ["local"]}}
    limited = {"groups": {"local": {"tag": "local", "partners": {"max": 1}}}}
    case = Scenario.from_data(scenario(partners, {"a": programme()}, limits=limited))
    path = ".".join(kind.path).replace("groups.*", "groups.local").replace("s.*.", "s.a.")
    case.with_change(path, kind.least)
    with pytest.raises(InputError, match=rf"must be {kind.least} or more"):
        case.with_change(path, kind.least - 1)


def test_what_would_be_too_little_is_never_shown_as_enough() -> None:
    """2,999.70 are needed, rounded up."""
    odd = {"good": {**LADDER["good"], "cost": {"per-day": 299.97}}, "fair": LADDER["fair"]}
    assert "with £3,000" in limits(scenario(odd, {"a": programme()}, limits={"budget": 2000}))[0]
    low = {"good": {**LADDER["good"], "cost": {"per-day": 300.02}}, "fair": LADDER["fair"]}
    assert "with £3,001" in limits(scenario(low, {"a": programme()}, limits={"budget": 2000}))[0]


def test_the_limit_that_would_bring_most_comes_first() -> None:
    case = scenario(
        {**LADDER, "near": partner(79, capacity=9)}, {"a": programme()}, limits={"budget": 2000}
    )
    analysis = analysed(case)
    assert [row["gain"] for row in limit_price_rows(prices(analysis))] == [20, 19, 0]
    assert [told.split(" (")[0] for told in limits(case)[:2]] == ["Our budget", "Days of A partner"]


def test_what_a_partner_left_out_comes_to_is_said_before_who_steps_in() -> None:
    case = scenario(LADDER, {"a": {**programme(), "title": "Open doors"}})
    assert otherwise(case) == [
        (
            "Without Good Ltd, the whole would lose 20.0 points and cost us £2,000 less: Open doors"
            " would go to Fair Trust."
        )
    ]


def test_gates_and_payers_are_told_from_partners() -> None:
    funded = {
        "one": {
            **partner(80, cost={"per-day": 10}, funding={"payer": "nation", "covers": "100%"}),
            "title": "One",
        }
    }
    behind = {"two": {**partner(90, gate="offer"), "title": "Two"}}
    case = scenario(
        {**funded, **behind},
        {"a": {**programme(), "title": "Open doors"}},
        gates={"offer": {"title": "They agree", "status": "refused"}},
    )
    assert otherwise(case) == [
        (
            "If “They agree” were confirmed, the whole would gain 10.0 points: Open doors would go"
            " to Two."
        ),
        (
            "If nation paid nothing, the same partners would be chosen; the whole would cost us"
            " £100 more."
        ),
        "Without One, the whole would lose 80.0 points: Open doors would be deferred.",
    ]


def test_a_commitment_without_which_there_is_no_answer_says_that_its_phase_is_over() -> None:
    running = {**programme(phases=["first"], mandatory=True), "title": "Open doors"}
    case = scenario(
        LADDER, {"a": running}, phases=PHASES, as_at="2023-01-01", committed={"a": {"work": "poor"}}
    )
    assert (
        otherwise(case)[-1]
        == "Without what is committed for Open doors (work), no plan would be possible: a phase in"
        " which its work falls is over, and takes nobody new."
    )


def test_a_commitment_is_told_with_its_programme_and_need() -> None:
    case = scenario(
        LADDER, {"a": {**programme(), "title": "Open doors"}}, committed={"a": {"work": "poor"}}
    )
    assert (
        otherwise(case)[-1]
        == "Without what is committed for Open doors (work), the whole would gain 70.0 points and"
        " cost us £3,000 more: Open doors would go to Good Ltd."
    )


def test_of_many_changes_the_deferred_and_those_that_newly_run_are_named() -> None:
    """All takes the budget of 4,000, so that e does not run; some costs nothing and does three of four."""
    names = ("a", "b", "c", "d")
    dear = {"cost": {"per-day": 100}}
    partners = {
        "all": {**partner(80, **dear), "title": "All"},
        "some": partner(50, capacity=30),
        "rare": partner(60, "rare", **dear),
    }
    programmes = {
        name: {**programme(importance=rank + 1), "title": f"Programme {name}"}
        for rank, name in enumerate(names)
    }
    programmes["e"] = {**programme({"rare": 10}, importance=0.1), "title": "Programme e"}
    (told, *_) = otherwise(scenario(partners, programmes, limits={"budget": 4000}))
    assert told == (
        "Without All, the whole would lose 34.1 points and cost us £3,000 less: “Programme a” would"
        " be deferred; “Programme e” would run; 3 programmes would change partners."
    )


def test_no_answer_is_said_as_such() -> None:
    case = scenario(
        {"one": {**partner(80, cost={"per-day": 10}), "title": "One"}},
        {"a": programme(mandatory=True)},
        limits={"budget": 100},
    )
    assert limits(case) == [
        "Our budget (£100 today): an increase would make no difference; below £100 no plan would be possible."
    ]
    assert otherwise(case) == ["Without One, no plan would be possible."]


def test_without_limits_it_is_said_that_there_are_none() -> None:
    unlimited = {name: {**one} for name, one in LADDER.items()}
    del unlimited["poor"]["capacity"]
    assert limits(scenario(unlimited, {"a": programme()})) == [NO_LIMITS]


def test_limits_that_would_bring_as_much_are_told_in_the_order_of_their_places() -> None:
    """Twin programmes, one partner each, both short of the same days (A44)."""
    twins = {
        name: {**partner(60, "work", capacity=5), "title": name.title()}
        for name in ("zeta", "alpha")
    }
    case = scenario(
        twins,
        {"x": programme(), "y": programme()},
        rules={"one": {"forbid": {"x": ["zeta"], "y": ["alpha"]}}},
    )
    analysis = analysed(case)
    assert [row["path"] for row in limit_price_rows(prices(analysis))] == [
        "partners.alpha.capacity",
        "partners.zeta.capacity",
    ]


def test_sums_of_pence_are_told_to_the_penny() -> None:
    """Three days cost £0.60 by elm and £1.05 by ash, and we have a pound."""
    partners = {
        "ash": partner(80, cost={"per-day": 0.35}),
        "elm": partner(60, cost={"per-day": 0.2}),
    }
    assert limits(scenario(partners, {"a": programme(3)}, limits={"budget": 1})) == [
        (
            "Our budget (£1 today): with £1.05 the whole would be worth 20.0 points more; below £0.60 it"
            " would be worth 60.0 points less."
        )
    ]


def test_where_only_minima_are_set_it_is_said_that_they_have_no_next_step() -> None:
    case = scenario({"ash": partner(80, engagement={"min-days": 12})}, {"a": programme(20)})
    assert limits(case) == [ONLY_MINIMA]


def test_of_many_changes_one_to_another_level_is_no_change_of_partners() -> None:
    """Some has 25 days for four programmes of ten: two as they are, one at half its dose."""
    levels = {
        "half": {"title": "Half", "worth": "50%", "needs": {"work": 5}},
        "whole": {"title": "Whole", "worth": "100%", "needs": {"work": 10}},
    }
    programmes = {
        name: {"title": f"Programme {name}", "importance": importance, "levels": levels}
        for name, importance in (("a", 4), ("b", 3), ("c", 2), ("d", 1))
    }
    partners = {"all": {**partner(80), "title": "All"}, "some": partner(50, capacity=25)}
    (told, *_) = otherwise(scenario(partners, programmes))
    assert told.endswith(
        ": “Programme d” would be deferred; “Programme c” would run at “Half”; 2 programmes would"
        " change partners."
    )


def test_a_commitment_of_a_programme_with_levels_whose_phase_is_over_is_told_of() -> None:
    """No plan is possible without it: the work falls in a phase that takes nobody new."""
    dosed = programme()
    dosed["levels"] = {
        name: {"title": name, "worth": worth, "needs": {"work": days}}
        for name, worth, days in (("half", "50%", 5), ("whole", "100%", 10))
    }
    del dosed["needs"]
    case = scenario(
        {"good": LADDER["good"], "fair": LADDER["fair"]},
        {"a": dosed | {"phases": ["first"], "mandatory": True}},
        phases=PHASES,
        committed={"a": {"work": "good"}},
        **{"as-at": "2025-12-31"},
    )
    over = (
        "no plan would be possible: a phase in which its work falls is over, and takes nobody new."
    )
    assert [told for told in otherwise(case) if told.endswith(over)], otherwise(case)


def test_a_margin_says_lower_or_higher_than_whom() -> None:
    dear = {"ash": {**partner(80, cost={"per-day": 9}), "title": "Ash"}}
    elm = {"elm": {**partner(60), "title": "Elm"}}
    (free,) = decision_rows(analysed(scenario({**dear, **elm}, {"a": programme()})))
    case = scenario({**dear, **elm}, {"a": programme()}, limits={"budget": 0})
    (poor,) = decision_rows(analysed(case))
    assert free["margin_words"] == "scores 20.0 points lower than Ash"
    assert poor["margin"] is None or poor["margin_words"] == "scores 20.0 points higher than Elm"


@pytest.mark.parametrize(
    ("leads", "told"), [(True, "robust 95%"), (False, "robust 95% !"), (None, "robust 95%")]
)
def test_a_choice_that_does_not_score_highest_is_marked_in_every_list(
    leads: object, told: str
) -> None:
    row = {"certainty": Certainty(Kind.ROBUST, runs=True, share=0.95, trials=100), "leads": leads}
    assert sure(row) == told
    assert bool(behind_words([row])) is (leads is False)


def test_what_a_scale_set_afresh_would_mean_is_said_in_a_sentence() -> None:
    """The best left out, 5 is worth 50 on the scale as it is, and all of a scale of its own."""
    local = {
        "title": "Worth",
        "criteria": {"worth": {"title": "Worth", "weight": 1, "scale": {"local": "more"}}},
    }
    case = scenario(
        {"best": partner(10), "middle": partner(5), "least": partner(0)},
        {"a": programme()},
        criteria=local,
    )
    (told,) = otherwise(case)
    assert told.endswith(
        " This keeps the scale of Worth as it is now; if the scale were set afresh, the plan would"
        " be worth 100.0 points for £0 to us, with the same changes."
    )
