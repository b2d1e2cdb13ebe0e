"""A change of weight that something else overrides is refused, and what overrides it is named."""

from __future__ import annotations

import pytest

from partnerselect.errors import InputError
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

SCALE = {"worst": 0, "best": 100}
TYPED = {name: {"title": name, "weight": 1, "scale": SCALE} for name in ("worth", "care")}
UNTYPED = {name: {"title": name, "scale": SCALE} for name in ("worth", "care")}
OWN = {"method": "direct", "points": {"worth": 1, "care": 1}}


def built(criteria: Data, **more: object) -> Scenario:
    """Build a scenario of two criteria."""
    ash = {**partner(50), "scores": {"worth": 50, "care": 50}}
    return Scenario.from_data(
        {
            **scenario({"ash": ash}, {"x": programme()}),
            "criteria": {"title": "c", **criteria},
            **more,
        }
    )


@pytest.mark.parametrize(
    ("found", "path", "overridden_by"),
    [
        (
            built({"criteria": UNTYPED, "weights": OWN}),
            "criteria.worth.weight",
            "`weights` by direct beside it",
        ),
        (
            built({"criteria": TYPED}, programmes={"x": {**programme(), "weights": OWN}}),
            "criteria.worth.weight",
            "every programme has `weights` of its own",
        ),
        (
            built(
                {"criteria": UNTYPED, "weights": OWN},
                programmes={"x": {**programme(), "weights": OWN}},
            ),
            "criteria.weights.points.worth",
            "every programme",
        ),
        (
            built(
                {"criteria": UNTYPED, "weights": OWN},
                stakeholders={"us": {"title": "Us", "weights": OWN}},
                analysis={"base": "stakeholders"},
            ),
            "criteria.weights.points.worth",
            "`analysis.base: stakeholders`",
        ),
    ],
)
def test_a_weight_that_counts_for_nothing_cannot_be_changed_by_mistake(
    found: Scenario, path: str, overridden_by: str
) -> None:
    with pytest.raises(InputError) as refused:
        found.with_change(path, 9)
    assert "changing this weight has no effect" in str(refused.value)
    assert overridden_by in str(refused.value)


def test_a_weight_that_counts_can_be_changed() -> None:
    assert (
        built({"criteria": TYPED})
        .with_change("criteria.worth.weight", 9)
        .criteria.criteria["worth"]
        .weight
        == 9
    )
    blocked = built({"criteria": UNTYPED, "weights": OWN}).with_change(
        "criteria.weights.points.worth", 9
    )
    assert blocked.data["criteria"]["weights"]["points"]["worth"] == 9
