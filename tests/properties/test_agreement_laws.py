"""Laws of agreement whatever the groups, their weights and the partners."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from partnerselect.model.scenario import Scenario
from partnerselect.value.agreement import Agreement, concordance, stakeholder_agreement
from partnerselect.value.performance import performance_table
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

CRITERIA = ("care", "price", "reach")
marks = st.integers(0, 20).map(lambda mark: 5.0 * mark)


@st.composite
def choices(draw: st.DrawFn, *, groups: int | None = None) -> Data:
    """Draw one programme, 1 to 5 partners, 1 to 4 groups."""
    criteria = {
        name: {"title": name, "weight": 1, "scale": {"worst": 0, "best": 100}} for name in CRITERIA
    }
    partners = {
        f"partner-{k}": {**partner(0), "scores": {name: draw(marks) for name in CRITERIA}}
        for k in range(draw(st.integers(1, 5)))
    }
    points = st.fixed_dictionaries({name: st.integers(1, 9) for name in CRITERIA})
    stakeholders = {
        f"group-{g}": {
            "title": "A group",
            "voice": draw(st.integers(1, 3)),
            "weights": {"method": "direct", "points": draw(points)},
        }
        for g in range(draw(st.integers(1, 4)) if groups is None else groups)
    }
    return scenario(
        partners,
        {"main": programme()},
        criteria={"title": "Criteria", "criteria": criteria},
        stakeholders=stakeholders,
    )


def found(data: Data) -> Agreement:
    stated = Scenario.from_data(data)
    return stakeholder_agreement(stated, performance_table(stated))


def renamed(data: Data) -> dict[str, Any]:
    """Return the same scenario with its groups in the reverse order under other names."""
    groups = {f"a-{name}": group for name, group in reversed(data["stakeholders"].items())}
    return {**data, "stakeholders": groups}


@given(choices())
def test_names_and_order_of_groups_change_nothing(data: Data) -> None:
    one, other = found(data).programmes[0], found(renamed(data)).programmes[0]
    assert {f"a-{name}": leaders for name, leaders in one.leaders.items()} == other.leaders
    assert one.concordance.w == (
        None if other.concordance.w is None else pytest.approx(other.concordance.w)
    )
    assert one.common_ground is not None
    assert other.common_ground is not None
    assert one.common_ground.partner == other.common_ground.partner
    assert {f"a-{name}" for name in one.common_ground.satisfied} == set(
        other.common_ground.satisfied
    )


@given(choices(groups=1))
def test_a_group_alone_is_content_with_its_own_first(data: Data) -> None:
    told = found(data).programmes[0]
    assert told.concordance.w is None or told.concordance.w == pytest.approx(1)
    assert told.common_ground is not None
    assert told.common_ground.partner in told.leaders["group-0"]
    assert found(data).differences == ()


@given(choices())
def test_a_voice_counts_as_many_groups_of_one_mind(data: Data) -> None:
    one = found(data).programmes[0].common_ground
    split = {
        f"{name}-{n}": {**group, "voice": 1}
        for name, group in data["stakeholders"].items()
        for n in range(group["voice"])
    }
    other = found({**data, "stakeholders": split}).programmes[0].common_ground
    assert one is not None
    assert other is not None
    assert one.partner == other.partner
    assert one.voices == pytest.approx(other.voices)


@given(choices())
def test_whoever_all_groups_put_first_is_the_common_ground(data: Data) -> None:
    told = found(data).programmes[0]
    unanimous = set.intersection(*(set(leaders) for leaders in told.leaders.values()))
    assert told.common_ground is not None
    if unanimous:
        assert told.common_ground.partner in unanimous
        assert told.common_ground.greatest_loss == 0


@given(st.integers(1, 5), st.permutations(range(1, 7)), st.data())
def test_concordance_lies_between_none_and_all_and_is_whole_only_for_the_same_order(
    judges: int, order: list[int], data: st.DataObject
) -> None:
    alike = np.array([order] * judges)
    assert concordance(alike).w == pytest.approx(1)
    drawn = np.array(
        [data.draw(st.lists(st.integers(1, 6), min_size=6, max_size=6)) for _ in range(judges)]
    )
    w = concordance(drawn).w
    assert w is None or -1e-12 <= w <= 1 + 1e-12
