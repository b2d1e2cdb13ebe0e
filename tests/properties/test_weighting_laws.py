"""Laws of weights, whatever people say."""

from __future__ import annotations

import itertools
from itertools import combinations
from string import ascii_lowercase

import pytest
from hypothesis import given, strategies as st

from partnerselect.value.best_worst_weights import best_worst
from partnerselect.value.pairwise_weights import pairwise
from partnerselect.value.point_weights import rank, swing

POINTS = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=9).map(
    lambda points: dict(zip(ascii_lowercase, points, strict=False))
)
RATIOS = st.sampled_from([1 / 9, 1 / 7, 1 / 5, 1 / 3, 1 / 2, 1.0, 2.0, 3.0, 5.0, 7.0, 9.0])


@st.composite
def orders(draw: st.DrawFn) -> list[list[str]]:
    """Draw criteria in groups of ties."""
    names = draw(st.permutations(ascii_lowercase[: draw(st.integers(1, 8))]))
    groups: list[list[str]] = []
    for name in names:
        joins: bool = draw(st.booleans())
        if groups and joins:
            groups[-1].append(name)
        else:
            groups.append([name])
    return groups


def _is_distribution(weights: dict[str, float]) -> bool:
    return all(weight > 0 for weight in weights.values()) and sum(
        weights.values()
    ) == pytest.approx(1)


@given(points=POINTS, factor=st.floats(1e-6, 1e6))
def test_only_the_ratio_of_points_matters(points: dict[str, float], factor: float) -> None:
    weights = swing(points)
    assert _is_distribution(weights)
    assert swing({name: point * factor for name, point in points.items()}) == pytest.approx(weights)


@given(order=orders(), variant=st.sampled_from(["centroid", "sum", "reciprocal"]))
def test_weights_of_an_order_follow_it_and_ties_weigh_the_same(
    order: list[list[str]], variant: str
) -> None:
    weights = rank(order, variant)
    assert _is_distribution(weights)
    levels = [{weights[name] for name in group} for group in order]
    assert all(len(level) == 1 for level in levels)
    assert all(min(higher) > max(lower) for higher, lower in itertools.pairwise(levels))


@given(
    points=POINTS.filter(
        lambda points: len(points) > 1 and max(points.values()) <= 900 * min(points.values())
    )
)
def test_consistent_judgements_recover_the_weights_they_came_from(points: dict[str, float]) -> None:
    judgements = {
        f"{first} over {second}": points[first] / points[second]
        for first, second in combinations(points, 2)
    }
    result = pairwise(judgements)
    assert result.weights == pytest.approx(swing(points))
    assert result.consistency_index == pytest.approx(0, abs=1e-9)


@given(data=st.data(), count=st.integers(3, 6))
def test_any_connected_judgements_give_weights_and_the_mend_is_an_improvement(
    data: st.DataObject, count: int
) -> None:
    names = ascii_lowercase[:count]
    pairs = [
        *itertools.pairwise(names),
        *data.draw(st.lists(st.sampled_from(list(combinations(names, 2))), unique=True)),
    ]
    result = pairwise(
        {f"{first} over {second}": data.draw(RATIOS) for first, second in dict.fromkeys(pairs)}
    )
    assert _is_distribution(result.weights)
    if result.mend is not None:
        assert result.consistency_ratio is not None
        assert result.consistency_ratio > 0.10
        assert result.mend.consistency_ratio < result.consistency_ratio


@given(
    points=POINTS.filter(
        lambda points: len(points) > 1 and max(points.values()) <= 900 * min(points.values())
    )
)
def test_best_worst_judgements_that_agree_recover_the_weights_they_came_from(
    points: dict[str, float],
) -> None:
    best, worst = max(points, key=points.__getitem__), min(reversed(points), key=points.__getitem__)
    over = {name: points[best] / point for name, point in points.items()}
    under = {name: point / points[worst] for name, point in points.items()}
    result = best_worst(best, worst, over, under)
    assert result.weights == pytest.approx(swing(points), abs=1e-6)
    assert result.inconsistency == pytest.approx(0, abs=1e-6)
