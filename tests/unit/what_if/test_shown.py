"""What a what-if shows beside what is saved: values only where they have one measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.analysis import analyse_unpriced
from partnerselect.comparison import are_measured_alike
from partnerselect.what_if.answers import (
    Choice,
    best_choice,
    choice_rows,
    ranking_rows,
    saved_value,
    scored,
)

SHIPPED = Path(__file__).parents[3] / "scenarios"


@pytest.fixture(scope="module")
def saved() -> Choice:
    return best_choice(scored(files.load(SHIPPED / "shsc-2021.yaml").scenario))


def changed(saved: Choice, path: str, value: object) -> Choice:
    return best_choice(scored(saved.scenario.with_change(path, value)))


@pytest.mark.parametrize(
    ("path", "value", "is_alike"),
    [
        ("limits.budget", 60000, True),
        ("gates.intensive-support.status", "refused", True),
        ("criteria.value.weight", 90, False),
        ("programmes.first.importance", 90, False),
    ],
)
def test_values_have_one_measure_unless_weights_scales_or_importances_differ(
    saved: Choice, path: str, value: object, *, is_alike: bool
) -> None:
    scenario = saved.scenario
    if path.startswith("programmes"):
        path = f"programmes.{next(iter(scenario.programmes))}.importance"
    now = changed(saved, path, value)
    assert are_measured_alike(saved.scored, now.scored) is is_alike


def test_the_choice_as_saved_is_valued_by_the_weights_of_now(saved: Choice) -> None:
    now = changed(saved, "criteria.value.weight", 90)
    worth = saved_value(saved, now)
    assert worth is not None
    assert now.allocation.account is not None
    assert saved.allocation.account is not None
    assert worth <= now.allocation.account.value + 1e-6
    assert worth != pytest.approx(saved.allocation.account.value)
    alike = changed(saved, "limits.budget", 60000)
    assert saved_value(saved, alike) == pytest.approx(saved.allocation.account.value)


def test_a_value_under_other_weights_is_compared_with_none(saved: Choice) -> None:
    now = changed(saved, "criteria.value.weight", 90)
    programme = next(iter(saved.scenario.programmes))
    assert {row["value_before"] for row in choice_rows(saved, now)} == {None}
    ranking = ranking_rows(saved.scored, now.scored, programme)
    assert {row["value_before"] for row in ranking} == {None}
    assert any(row["rank_before"] for row in ranking)
    alike = changed(saved, "limits.budget", 60000)
    assert None not in {row["value_before"] for row in choice_rows(saved, alike)}


def test_the_saved_choice_is_that_of_the_analysis(saved: Choice) -> None:
    account = analyse_unpriced(saved.scenario).allocation.account
    assert account is not None
    assert saved_value(saved, saved) == pytest.approx(account.value)
