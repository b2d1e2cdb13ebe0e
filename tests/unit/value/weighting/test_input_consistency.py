"""Best-worst judgements: whether best over each, times each over worst, makes best over worst."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from partnerselect.value.best_worst_weights import InputConsistency, best_worst, input_consistency


def judged(whole: float, **pairs: tuple[float, float]) -> InputConsistency:
    """Judge `best` over `worst` = whole, and for the others (best over it, it over worst)."""
    from_best = {"worst": whole, **{name: pair[0] for name, pair in pairs.items()}}
    to_worst = {"best": whole, **{name: pair[1] for name, pair in pairs.items()}}
    return input_consistency("best", "worst", from_best, to_worst)


@given(st.lists(st.floats(1, 9), min_size=2, max_size=6))
def test_judgements_made_from_weights_fit_together(ratios: list[float]) -> None:
    """Each weight is so many times the worst one's; the best matters 9 times as much."""
    found = judged(9, **{f"c{n}": (9 / ratio, ratio) for n, ratio in enumerate(ratios)})
    assert found.consistency_ratio == pytest.approx(0, abs=1e-9)
    assert found.acceptable
    assert found.mend is None


def test_the_ratio_is_the_worst_misfit_over_the_worst_there_can_be() -> None:
    """2 · 4 = 8 fits; 4 · 4 = 16 misses 8 by 8, of at most 8 · 8 − 8 = 56."""
    found = judged(8, value=(2, 4), safety=(4, 4))
    assert found.consistency_ratio == pytest.approx(8 / 56)
    assert (found.threshold, found.acceptable) == (0.2521, True)


def test_the_greatest_misfit_within_the_scale_makes_a_ratio_of_1() -> None:
    assert judged(9, value=(9, 9)).consistency_ratio == 1


def test_above_the_threshold_the_judgement_to_think_again_about_is_named_with_what_the_others_imply() -> (
    None
):
    found = judged(8, value=(2, 4), safety=(4, 8))
    assert found.consistency_ratio == pytest.approx(24 / 56)
    assert (found.threshold, found.acceptable) == (0.2521, False)
    assert found.mend is not None
    assert (found.mend.key, found.mend.stated, found.mend.implied) == (
        ("others-to-worst", "safety"),
        8,
        2,
    )
    assert found.mend.consistency_ratio == 0


def test_what_is_implied_is_never_less_than_1() -> None:
    """9 and 6 where best over worst is 3: a half would mend the first, but then the best were beaten; 1 · 6 misses 3 by 3 of 6."""
    found = judged(3, safety=(9, 6))
    assert found.mend is not None
    assert (found.mend.key, found.mend.implied, found.mend.consistency_ratio) == (
        ("best-to-others", "safety"),
        1,
        0.5,
    )


def test_the_mend_makes_the_judgements_fit() -> None:
    found = judged(6, value=(2, 6), safety=(3, 2))
    assert found.mend is not None
    side, name = found.mend.key
    pairs = {"value": [2.0, 6.0], "safety": [3.0, 2.0]}
    pairs[name][side == "others-to-worst"] = found.mend.implied
    mended = judged(6, **{one: (pair[0], pair[1]) for one, pair in pairs.items()})
    assert mended.consistency_ratio == pytest.approx(found.mend.consistency_ratio)
    assert mended.acceptable


@pytest.mark.parametrize(
    ("whole", "pairs"), [(12, {"value": (2, 2)}), (5, {f"c{n}": (2, 5) for n in range(8)})]
)
def test_beyond_the_published_table_no_verdict_is_given(
    whole: float, pairs: dict[str, tuple[float, float]]
) -> None:
    found = judged(whole, **pairs)
    assert found.consistency_ratio is not None
    assert (found.threshold, found.acceptable, found.mend) == (None, None, None)
    assert "3 to 9 criteria" in found.reason


def test_a_best_that_matters_no_more_than_the_worst_contradicts_any_other_judgement() -> None:
    assert judged(1, value=(1, 1)).acceptable
    found = judged(1, value=(3, 2))
    assert (found.consistency_ratio, found.acceptable) == (None, False)


def test_two_criteria_cannot_contradict() -> None:
    assert judged(7).consistency_ratio == 0


def test_judgements_that_fit_are_those_the_linear_model_reproduces() -> None:
    fits = best_worst("best", "worst", {"value": 2, "worst": 8}, {"best": 8, "value": 4})
    assert fits.inconsistency == pytest.approx(0, abs=1e-9)
    misses = best_worst("best", "worst", {"value": 2, "worst": 8}, {"best": 8, "value": 8})
    assert misses.inconsistency > 0.01
