"""Numbers in one row so far apart that the solver's tolerances pass over some of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from partnerselect.analysis import analyse_unpriced
from partnerselect.cli import main
from partnerselect.model import Scenario
from tests.oracle.plain import partner, programme, scenario

INPUTS = Path(__file__).parent / "inputs" / "far-apart"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("a-budget-0.json", 0),
        ("b-capacity-0.json", 0),
        ("c-fund-0.json", 0),
        ("d-whole-share.json", 100),
        ("e-committed.json", 100),
        ("f-false-infeasible.json", 0),
    ],
)
def test_nothing_is_spent_that_is_not_there_and_nothing_possible_is_refused(
    name: str, value: float
) -> None:
    """Nor in any trial: where only one choice is possible, it is the best of all of them."""
    result = CliRunner().invoke(main, ["rank", str(INPUTS / name), "--format", "json"])
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert printed["portfolio"]["value"] == pytest.approx(value)
    assert (printed["status"]["state"], printed["status"]["checked"]) == ("optimal", "exact")
    assert printed["conflict"] == []
    assert printed["choices"]["portfolio_share"] == 1.0


def test_a_large_budget_is_not_passed_by_a_penny() -> None:
    """Three lots of £43,200,000.01 come to £129,600,000.03; with £129,600,000.02 one is deferred."""
    lots = {f"lot-{n}": programme(1) for n in range(3)}
    dear = partner(80, cost={"per-programme": 43_200_000.01})
    enough, short = (
        analyse_unpriced(
            Scenario.from_data(scenario({"dear": dear}, lots, limits={"budget": budget}))
        ).allocation
        for budget in (129_600_000.03, 129_600_000.02)
    )
    assert enough.account is not None
    assert short.account is not None
    assert (enough.account.value, short.account.value) == pytest.approx((80, 160 / 3))
    assert (enough.state, short.state) == ("optimal", "optimal")


def test_a_price_under_a_millionth_counts_against_a_budget_of_nothing() -> None:
    cheap = partner(80, cost={"per-day": 1e-9})
    found = analyse_unpriced(
        Scenario.from_data(scenario({"cheap": cheap}, {"a": programme(1)}, limits={"budget": 0}))
    ).allocation
    assert found.chosen is not None
    assert found.chosen.tolist() == [-1]
