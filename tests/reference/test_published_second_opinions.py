"""TOPSIS, VIKOR, PROMETHEE II and COPRAS as their sources print them."""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.value.other_methods import (
    Preference,
    copras,
    promethee,
    topsis,
    topsis_by_vector,
    vikor,
)
from tests.reference.published import Published


def test_topsis_on_min_max_values_ties_the_ends_of_opricovic_and_tzeng() -> None:
    case = Published("topsis_opricovic2004")
    low, high = case.matrix.min(axis=0), case.matrix.max(axis=0)
    opinion = topsis((case.matrix - low) / (high - low), case.weights, case.increasing)
    assert np.array(opinion.scores) == case.near("scores")
    assert opinion.ranks == tuple(case.expected["ranks"])


def test_topsis_by_vector_turns_the_same_case_round() -> None:
    case = Published("topsis_opricovic2004")
    assert topsis_by_vector(case.matrix, case.weights, case.increasing).scores == pytest.approx(
        [0.7621, 0.7222, 0.2379], abs=5.1e-5
    )


def test_topsis_by_vector_chooses_hodgetts_car() -> None:
    case = Published("topsis_hodgett_cars")
    opinion = topsis_by_vector(case.matrix, case.weights, case.increasing)
    assert np.array(opinion.scores) == case.near("scores")
    assert opinion.ranks == tuple(case.expected["ranks"])


def test_vikor_shows_utility_regret_and_q_of_opricovic_and_tzeng() -> None:
    case = Published("vikor_opricovic2004")
    opinion = vikor(case.matrix, case.weights, case.increasing, v=case.given["v"])
    assert np.array(opinion.group_utility) == case.near("S")
    assert np.array(opinion.greatest_regret) == case.near("R")
    assert np.array(opinion.scores) == case.near("Q")
    assert opinion.ranks == tuple(case.expected["ranks"])


def test_vikor_ranks_papathanasiou_and_ploskas() -> None:
    case = Published("vikor_papathanasiou2018")
    opinion = vikor(case.matrix, case.weights, case.increasing, v=case.given["v"])
    assert np.array(opinion.scores) == case.near("Q")
    assert opinion.ranks == tuple(case.expected["ranks"])


def test_promethee_gives_the_net_flows_of_papathanasiou_and_ploskas() -> None:
    case = Published("promethee2_papathanasiou2018_linear")
    thresholds = zip(case.given["functions"], case.given["q"], case.given["p"], strict=True)
    opinion = promethee(
        case.matrix,
        case.weights,
        case.increasing,
        [Preference(*threshold) for threshold in thresholds],
    )
    assert np.array(opinion.scores) == case.near("net")
    assert opinion.ranks == tuple(case.expected["ranks"])


def test_copras_gives_the_utility_degrees_of_goswami_and_mitra() -> None:
    case = Published("copras_goswami2020")
    assert np.array(copras(case.matrix, case.weights, case.increasing).scores) == case.near(
        "scores"
    )
