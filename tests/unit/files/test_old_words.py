"""Files written for earlier versions still read, and say in a line what has another name now."""

from __future__ import annotations

import pytest

from partnerselect import files
from tests.unit.files.cases import CRITERIA, SCENARIO, VARIANT, Workspace

PRICED = """\
  price: {title: Price, weight: 10, from: WORD, scale: {worst: 1000, best: 0}}
"""


@pytest.mark.parametrize(
    ("word", "now"),
    [("trust-cost", "own-cost"), ("trust-cost-per-day", "own-cost-per-day")],
)
def test_a_criterion_computed_from_the_trusts_cost_is_computed_from_our_own(
    workspace: Workspace, word: str, now: str
) -> None:
    loaded = {
        one: files.load(
            workspace(
                {"criteria/set.yaml": CRITERIA + PRICED.replace("WORD", one)}
                | {"scenarios/base.yaml": SCENARIO}
            ).parent.parent
            / "scenarios/base.yaml"
        )
        for one in (word, now)
    }
    (notice,) = loaded[word].notices
    assert str(notice) == (
        f'criteria/set.yaml:12:43 criteria.price.from: "{word}" still reads; its new name is {now}'
    )
    assert not loaded[now].notices
    assert loaded[word].scenario == loaded[now].scenario
    assert loaded[word].scenario.sha256 == loaded[now].scenario.sha256


def test_old_words_are_renewed_wherever_criteria_or_sweeps_are_written(
    workspace: Workspace,
) -> None:
    text = (
        VARIANT
        + "criteria: {criteria: {price: {title: P, weight: 1, from: trust-cost,"
        + " scale: {worst: 9, best: 0}}}}\n"
        + "sweep: {criteria.price.from: [trust-cost, cost]}\n"
    )
    loaded = files.load(workspace({"scenarios/variant.yaml": text}))
    assert [notice.path for notice in loaded.notices] == [
        "criteria.price.from",
        "sweep.criteria.price.from.0",
    ]
    assert loaded.scenario.sweep == {"criteria.price.from": ["own-cost", "cost"]}
