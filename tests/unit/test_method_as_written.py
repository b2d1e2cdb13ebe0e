"""What docs/method.md and docs/method-robustness.md say in half a sentence, worked by hand as a second person would."""

from __future__ import annotations

from math import asin, pi, sqrt
from typing import Any

import pytest

from partnerselect.analysis import analyse, opinions, with_and_without
from partnerselect.errors import InputError
from partnerselect.model import Scenario
from tests.oracle import plain
from tests.oracle.scores import Data
from tests.unit.robustness.small import DRAWS, SCALE, drawn, first_shares, partner, scenario


def near(share: float) -> object:
    """Return a share of trials within four standard errors."""
    return pytest.approx(share, abs=4 * sqrt(share * (1 - share) / DRAWS))


def one_criterion(scale: Data) -> Data:
    return {
        "title": "One",
        "criteria": {"reach": {"title": "Reach", "weight": 1, "scale": scale}},
    }


def on_reach(score: Any) -> Data:
    return {"title": "Partner", "offers": ["help"], "scores": {"reach": score}}


def test_a_range_of_levels_with_a_likely_one_is_a_triangle_between_their_values() -> None:
    """On 0, 40, 100 it passes 60 in (100 − 60)² / (100 · 60) of trials; evenly drawn in 40%."""
    levels = {"levels": {"poor": 0, "fair": 40, "sound": 60, "good": 100}}
    ranged = on_reach({"low": "poor", "likely": "fair", "high": "good"})
    made = scenario({"known": on_reach("sound"), "range": ranged}, criteria=one_criterion(levels))
    assert first_shares(made)["range"] == near(40**2 / (100 * 60))


@pytest.mark.parametrize("times", [1, 10])
def test_weights_by_stakeholders_have_the_parameters_written_however_voices_are_counted(
    times: float,
) -> None:
    """Voices 3 to 1: parameters 3/2 and 1/2, so a share x of the first is below 9/10 in (2/π)(arcsin √x − √(x(1 − x))) of trials."""
    groups = {
        name: {
            "title": name,
            "voice": voice * times,
            "weights": {"method": "direct", "points": points},
        }
        for name, voice, points in (
            ("reaching", 3, {"reach": 1, "trust": 0}),
            ("trusting", 1, {"reach": 0, "trust": 1}),
        )
    }
    made = scenario(
        {"reaching": partner(100, 0), "known": partner(90, 90)},
        weights="stakeholders",
        stakeholders=groups,
    )
    below = 2 / pi * (asin(sqrt(0.9)) - sqrt(0.9 * 0.1))
    assert first_shares(made)["reaching"] == near(1 - below)


@pytest.mark.parametrize(("likely", "beyond"), [(10, 20**2 / (30 * 20)), (20, 10**2 / (30 * 10))])
def test_a_score_drawn_beyond_the_local_ends_counts_as_the_nearest_end(
    likely: float, beyond: float
) -> None:
    """The ends are 0 and its likely score, where it is level with who has that score too."""
    ranged = on_reach({"low": 0, "likely": likely, "high": 30})
    made = scenario(
        {"range": ranged, "alike": on_reach(likely), "least": on_reach(0)},
        criteria=one_criterion({"local": "more"}),
    )
    shares = first_shares(made)
    assert shares["range"] == near(beyond / 2)
    assert shares["alike"] == near(1 - beyond / 2)


def test_of_tied_leaders_each_counts_its_part_in_the_confidence_factor() -> None:
    alike = {name: partner(70, 50) for name in ("ash", "elm", "oak")}
    robustness = drawn(scenario({**alike, "yew": partner(60, 40)})).programmes["one"]
    confidence = {one.partner: one.confidence for one in robustness.standings}
    assert confidence == {**dict.fromkeys(alike, pytest.approx(1 / 3)), "yew": None}


def test_who_is_left_out_takes_its_commitments_along() -> None:
    """Ash is held on `x`; without it elm, worth 10 less, delivers both."""
    case = plain.scenario(
        {"ash": plain.partner(70), "elm": plain.partner(60)},
        {"x": plain.programme(), "y": plain.programme()},
        committed={"x": {"work": "ash"}},
    )
    analysis = analyse(Scenario.from_data(case))
    without = {one.subject: one for one in with_and_without(analysis) if one.kind == "partner"}
    assert without["ash"].state == "optimal"
    assert without["ash"].value == pytest.approx(60)
    assert without["ash"].changed == {"x": (("ash",), ("elm",)), "y": (("ash",), ("elm",))}


@pytest.mark.parametrize(("capacity", "runs"), [(20, True), (19, False)])
def test_what_is_committed_in_a_closed_phase_counts_against_days_as_everywhere(
    capacity: float, *, runs: bool
) -> None:
    """Ten days in the phase that is over and ten after it; one total for both."""
    case = plain.scenario(
        {"ash": plain.partner(70, capacity=capacity)},
        {"x": plain.programme(phases=["first"]), "y": plain.programme(phases=["second"])},
        phases={name: plain.PHASES[name] for name in ("first", "second")},
        as_at="2022-04-01",
        committed={"x": {"work": "ash"}},
    )
    chosen = analyse(Scenario.from_data(case)).allocation.chosen
    assert chosen is not None
    assert (chosen >= 0).tolist() == [True, runs]


def test_a_local_criterion_on_which_all_score_alike_takes_part_in_second_opinions() -> None:
    """Nobody's place changes, but the figures of three methods lie closer together.

    COPRAS: shares 2/3 and 1/3 of reach, 1/2 each of trust, so 7 to 5 (without trust 2 to 1).
    PROMETHEE II: preferred on half of the weight. Weighted product: 2 to the power of a half.
    """
    half = {"title": "A half", "weight": 1, "scale": {"local": "more"}}
    made = scenario(
        {"most": partner(10, 7), "least": partner(5, 7)},
        criteria={"title": "Two", "criteria": {"reach": half, "trust": half}},
        draws=0,
    )
    (found,) = opinions(analyse(made))
    scores = {one.method: one.opinion.scores or () for one in found.opinions}
    assert all(one.opinion.ranks == (1, 2) for one in found.opinions)
    most, least = scores["copras"]
    assert least / most == pytest.approx(5 / 7)
    assert scores["promethee-ii"] == pytest.approx((0.5, -0.5))
    most, least = scores["weighted-product"]
    assert most / least == pytest.approx(sqrt(2))


@pytest.mark.parametrize("groups", [False, True])
def test_weights_inside_one_branch_only_are_refused_groups_or_not(*, groups: bool) -> None:
    leaves = {name: {"title": name, "weight": 1, "scale": SCALE} for name in ("reach", "trust")}
    criteria = {
        "title": "A branch and a leaf",
        "criteria": {
            "branch": {"title": "Branch", "criteria": leaves},
            "price": {"title": "Price", "scale": SCALE},
        },
    }
    scores = {"branch.reach": 50, "branch.trust": 50, "price": 50}
    weights = {"method": "rank", "order": ["branch", "price"]}
    heard: Data = (
        {"stakeholders": {"some": {"title": "Some", "weights": weights}}} if groups else {}
    )
    with pytest.raises(InputError) as refused:
        scenario(
            {"ash": {"title": "Ash", "offers": ["help"], "scores": scores}},
            criteria=criteria,
            **heard,
        )
    assert {problem.loc[2:] for problem in refused.value.problems} == {
        ("branch", "weight"),
        ("price", "weight"),
    }
