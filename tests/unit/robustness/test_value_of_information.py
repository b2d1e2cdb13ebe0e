"""Which open scores are worth finding out, worked by hand."""

from __future__ import annotations

import pytest

from partnerselect.advice import examine
from partnerselect.model.scenario import Scenario
from partnerselect.robustness.value_of_information import InformationValue, information_values
from tests.unit.robustness.small import drawn, in_a_branch, partner, scenario


def questions(made: Scenario) -> tuple[InformationValue, ...]:
    return information_values(made, examine(made).table, drawn(made))


def test_an_unknown_score_is_worth_what_choosing_without_it_loses() -> None:
    # Level at 50 each but for reach (weight 0.6), unknown against 60: it overtakes in 40% of
    # cases and gains 0.6·40²/200 on average.
    (found,) = questions(scenario({"known": partner(60, 50), "unseen": partner("unknown", 50)}))
    assert (found.partner, found.criterion, found.is_unknown, found.admits) == (
        "unseen",
        "reach",
        True,
        False,
    )
    assert found.change_share == pytest.approx(0.4, abs=0.01)
    assert found.value == pytest.approx(0.6 * 40**2 / 200, abs=0.05)


def test_a_score_that_cannot_change_the_leader_is_not_asked_for() -> None:
    assert (
        questions(
            scenario({"known": partner(90, 90), "range": partner({"low": 0, "high": 50}, 50)})
        )
        == ()
    )


def test_the_likeliest_to_change_a_leader_comes_first() -> None:
    partners = {
        "known": partner(60, 50),
        "far": partner({"low": 0, "high": 65}, 50),
        "near": partner({"low": 50, "high": 65}, 50),
    }
    shares = [found.change_share for found in questions(scenario(partners))]
    assert shares == sorted(shares, reverse=True)
    assert questions(scenario(partners))[0].partner == "near"


def test_an_unknown_score_that_keeps_a_better_partner_out_is_worth_what_letting_it_in_gains() -> (
    None
):
    made = scenario({"known": partner(50, 50), "barred": partner("unknown", 100)}).with_change(
        "criteria.reach.at-least", 20
    )
    (found,) = questions(made)
    # Worth 0.6·r + 40 against 50: ahead from r = 16.7 on, but let in only from 20 on.
    assert found.admits
    assert found.change_share == pytest.approx(0.8, abs=0.01)
    assert found.value == pytest.approx(0.8 * (0.6 * 60 + 40 - 50), abs=0.2)


def test_an_unknown_score_in_a_branch_lets_a_partner_in_from_where_the_branch_is_worth_enough() -> (
    None
):
    """With 50 for reach the branch is worth 0.6 · 50 + 20 = 50; of the 56 asked it has 0.6 · r + 20 from r = 60 on."""
    made = in_a_branch({"known": partner(60, 50), "barred": partner("unknown", 50)}, 56)
    (found,) = questions(made)
    assert (found.partner, found.admits) == ("barred", True)
    # Known is worth 0.6 · 60 + 20 = 56 too: ahead wherever it is let in, by 12 on average.
    assert found.change_share == pytest.approx(0.4, abs=0.01)
    assert found.value == pytest.approx(0.4 * 12, abs=0.1)


def test_a_partner_that_two_unknown_scores_keep_out_is_let_in_by_neither_alone() -> None:
    """With 50 for what is not known it has neither of the 60 asked."""
    made = scenario({"known": partner(60, 60), "barred": partner("unknown", "unknown")})
    for path in made.criteria.leaves:
        made = made.with_change(f"criteria.{path}.at-least", 60)
    assert questions(made) == ()


def test_nothing_is_asked_without_draws() -> None:
    assert (
        questions(scenario({"known": partner(60, 50), "unseen": partner("unknown", 50)}, draws=0))
        == ()
    )
