"""The choice over the draws, in cases small enough to do in the head."""

from __future__ import annotations

import pytest

from partnerselect.allocation.portfolio_shares import PortfolioStability
from partnerselect.analysis import analyse_unpriced, choices
from partnerselect.model import Scenario
from partnerselect.optimiser.watch import Watch
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

DRAWS = {"samples": 5000, "seed": 1}
FROM_NOTHING = {"low": 0, "high": 100}
"""Evenly between 0 and 100: above 40 in 60% of draws."""


def asked(case: Data, **options: int) -> PortfolioStability:
    """Return what the draws of a case say of its choice."""
    return choices(analyse_unpriced(Scenario.from_data({**case, "analysis": {**DRAWS, **options}})))


def unsure(worth: float = 40, **rest: object) -> Data:
    """Return a case of one programme: `steady` is worth this much, `wild` anything, 50 in the middle."""
    wild = partner(0) | {"scores": {"worth": FROM_NOTHING}}
    return scenario({"steady": partner(worth), "wild": wild}, {"a": programme()}, **rest)


def test_where_nothing_is_uncertain_the_choice_is_the_same_in_every_draw() -> None:
    found = asked(
        scenario(
            {"one": partner(80), "other": partner(60)},
            {"a": programme(), "b": programme(baseline=90)},
        )
    )
    assert {p: (one.share, one.run_share, one.error) for p, one in found.programmes.items()} == {
        "a": (1.0, 1.0, 0.0),
        "b": (1.0, 0.0, 0.0),
    }
    assert [(one.share, one.recommended, one.greatest_regret) for one in found.portfolios] == [
        (1.0, True, 0.0)
    ]


def test_the_share_is_how_often_the_recommended_partner_would_be_chosen_again() -> None:
    """`wild` is recommended with 50, and is worth more than 40 in 60% of draws.

    Below that up to 40 points are lost, 8 on average.
    """
    found = asked(unsure())
    assert found.programmes["a"].share == pytest.approx(0.6, abs=4 * found.programmes["a"].error)
    assert found.regret is not None
    assert found.regret.mean == pytest.approx(8, abs=1.5)
    assert found.regret.high == pytest.approx(35, abs=2)  # worth less than 5 in one draw of twenty
    assert 39 < found.regret.greatest <= 40


def test_each_whole_choice_has_its_mean_and_its_greatest_regret() -> None:
    """`steady` loses up to 60 points (where `wild` is worth 100), and 18 on average."""
    found = asked(unsure(), samples=5000)
    steady = next(one for one in found.portfolios if one.partners == {"a": ("steady",)})
    assert 58 < steady.greatest_regret <= 60
    assert steady.mean_regret == pytest.approx(18, abs=2.5)
    wild = next(one for one in found.portfolios if one.recommended)
    assert found.regret is not None
    assert (wild.mean_regret, wild.greatest_regret) == (found.regret.mean, found.regret.greatest)


def test_the_shares_of_partners_and_of_whole_choices_add_up() -> None:
    found = asked(unsure())
    assert sum(one.share for one in found.pairs) == pytest.approx(1)
    assert sum(one.share for one in found.portfolios) == pytest.approx(1)
    assert found.pairs[0].recommended


def test_the_choice_of_least_greatest_regret_need_not_be_the_recommended_one() -> None:
    """With `wild` up to 40 can be lost and with `steady` up to 60.

    Where 90 is likely and steady is worth 70, up to 70 and up to 30.
    """
    assert (steadiest := asked(unsure(40)).minimax_regret) is not None
    assert steadiest.recommended
    skewed = {"low": 0, "likely": 90, "high": 100}
    case = scenario(
        {"steady": partner(70), "wild": partner(0) | {"scores": {"worth": skewed}}},
        {"a": programme()},
    )
    assert (steadiest := asked(case).minimax_regret) is not None
    assert (steadiest.partners, steadiest.recommended) == ({"a": ("steady",)}, False)


def test_limits_bind_in_every_draw() -> None:
    """One day is to be had of each: who is worth more in a draw goes where it is worth more, and the other to the rest."""
    wild = partner(0) | {"scores": {"worth": FROM_NOTHING}}
    found = asked(
        scenario(
            {"steady": partner(40, capacity=10), "wild": wild | {"capacity": 10}},
            {"a": programme(importance=2), "b": programme(importance=1)},
        )
    )
    assert found.programmes["a"].share == pytest.approx(0.6, abs=0.07)
    assert found.programmes["a"].share == found.programmes["b"].share
    assert {one.run_share for one in found.programmes.values()} == {1.0}


def test_a_programme_runs_in_as_many_draws_as_somebody_is_worth_more_than_doing_nothing() -> None:
    case = scenario(
        {"wild": partner(0) | {"scores": {"worth": FROM_NOTHING}}}, {"a": programme(baseline=30)}
    )
    assert asked(case).programmes["a"].run_share == pytest.approx(0.7, abs=0.06)


def test_of_equally_good_choices_the_recommended_counts() -> None:
    """Programme a swings with the draws.

    B has two partners just as good in all of them, and is not counted as changed.
    """
    partners = {
        "steady": partner(40, "x"),
        "wild": partner(0, "x") | {"scores": {"worth": FROM_NOTHING}},
        "ann": partner(50, "y"),
        "bob": partner(50, "y"),
    }
    found = asked(scenario(partners, {"a": programme({"x": 1}), "b": programme({"y": 1})}))
    assert found.programmes["a"].share < 1
    assert found.programmes["b"].share == 1


def test_as_many_draws_are_looked_at_as_asked_for_and_no_more_than_are_drawn() -> None:
    assert asked(unsure(), **{"choice-samples": 40}).draws == 40
    assert asked(unsure(), samples=30).draws == 30
    assert asked(unsure()).draws == 1000


def test_more_draws_begin_with_the_same_draws() -> None:
    """The first block of 4,096 is full in both."""
    few, many = (
        asked(unsure(), samples=4096, **{"choice-samples": 300}),
        asked(unsure(), samples=9000, **{"choice-samples": 300}),
    )
    assert few == many


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (unsure(analysis={"samples": 0}), "No trials were asked for."),
        (unsure() | {"aim": {"least-cost": {"value-at-least": 20}}}, "With the aim of least cost"),
        (
            scenario(
                {"one": partner(80, gate="g")},
                {"a": programme(mandatory=True)},
                gates={"g": {"title": "G", "status": "refused"}},
            ),
            "There is no recommended",
        ),
    ],
)
def test_where_no_shares_can_be_told_it_says_why(case: Data, words: str) -> None:
    found = choices(
        analyse_unpriced(
            Scenario.from_data(
                {
                    **case,
                    "analysis": {**DRAWS, **case["analysis"]}
                    if words.startswith("No trials")
                    else DRAWS,
                }
            )
        )
    )
    assert found.why_none.startswith(words)
    assert (found.draws, found.programmes, found.portfolios, found.regret) == (0, {}, (), None)


def test_it_can_be_stopped() -> None:
    analysis, watch = analyse_unpriced(Scenario.from_data({**unsure(), "analysis": DRAWS})), Watch()
    watch.stop()
    told = "Too few trials could be looked at before it was stopped."
    assert choices(analysis, watch).why_none == told


@pytest.mark.parametrize(
    "limit",
    [{"partners": {"max": 1}}, {"programmes-per-partner": 1}, {"share-per-partner": "60%"}],
)
def test_a_limit_on_counts_holds_in_the_best_choice_of_every_trial(limit: Data) -> None:
    """Where `wild` is worth 50 to 90 each would be chosen for one, where it is more for both."""
    wild = partner(0) | {"scores": {"worth": FROM_NOTHING}}
    steady = partner(50, for_={"a": {"scores": {"worth": 90}}})
    case = scenario(
        {"steady": steady, "wild": wild},
        {"a": programme(), "b": programme(baseline=20)},
        limits=limit,
    )
    engaged = [
        [partners for partners in one.partners.values() if partners]
        for one in asked(case).portfolios
    ]
    assert engaged
    for chosen in engaged:
        partners = {name for names in chosen for name in names}
        if "partners" in limit:
            assert len(partners) == 1
        else:
            assert len(partners) == len(chosen)


def test_choices_that_are_best_as_often_stand_in_the_order_of_their_ids() -> None:
    """Of six trials among four alike partners several win as often (A44)."""
    wild = {name: partner(0) | {"scores": {"worth": FROM_NOTHING}} for name in "dbca"}
    case = scenario(wild, {"x": programme()})
    ties = 0
    for seed in range(6):
        found = asked(case, **{"samples": 6, "choice-samples": 6, "seed": seed}).portfolios
        order = [(-round(one.share, 9), one.engagements) for one in found]
        assert order == sorted(order)
        ties += len(found) - len({share for share, _ in order})
    assert ties > 2
