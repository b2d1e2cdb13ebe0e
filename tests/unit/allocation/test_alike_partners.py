"""Partners that are much alike, with one lot each: relaxations so degenerate that the solver may not end."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect.analysis import analyse, with_choices
from partnerselect.files import load
from tests.oracle.degenerate import FAMILIES, drawn
from tests.oracle.trials import unlike_each_trial_alone

INPUTS = Path(__file__).parent / "inputs"


def test_alike_lots_have_their_answer_and_their_shares() -> None:
    scenario = load(INPUTS / "alike-lots.yaml").scenario
    analysis = with_choices(analyse(scenario))
    assert analysis.allocation.account is not None
    assert analysis.allocation.account.value == pytest.approx(42.2222222, abs=1e-6)
    assert analysis.allocation.account.own_cost == pytest.approx(38_000)
    assert [one.partners for one in analysis.recommendation.programmes] == [
        ("b1",),
        ("b2",),
        ("b3",),
    ]
    assert analysis.choices is not None
    assert analysis.choices.draws == 1000


@pytest.mark.parametrize("family", FAMILIES)
def test_the_choice_and_its_shares_are_those_of_solving_every_trial_alone(family: str) -> None:
    wrong = {seed: unlike_each_trial_alone(drawn(family, seed)) for seed in range(1)}
    assert {seed: told for seed, told in wrong.items() if told} == {}


@pytest.mark.long
@pytest.mark.parametrize("family", FAMILIES)
def test_hundreds_of_degenerate_cases_all_have_their_answer(family: str) -> None:
    wrong = {seed: unlike_each_trial_alone(drawn(family, seed)) for seed in range(300)}
    assert {seed: told for seed, told in wrong.items() if told} == {}
