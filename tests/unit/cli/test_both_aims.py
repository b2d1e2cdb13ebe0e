"""What is said of the choice holds under the aim that it was made by: most value, or least cost."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from partnerselect.cli import main
from tests.oracle.plain import partner, programme, scenario
from tests.unit.cli.conftest import Written

AIMS: dict[str, Any] = {"most": "most-value", "least": {"least-cost": {"value-at-least": 40}}}
PARTNERS = {
    "ash": partner(50, cost={"per-day": 100}, capacity=10) | {"title": "Ash"},
    "elm": partner(90, cost={"per-day": 150}) | {"title": "Elm"},
}
PROGRAMMES = {
    "x": programme(mandatory=True) | {"title": "X"},
    "y": programme() | {"title": "Y"},
}
SMALL = {"small": {"title": "Only X", "choose": {"x": "ash", "y": "deferred"}}}
SAID = [
    ("frontier", "most", "Every efficient choice, the budget left out of account;"),
    ("frontier", "least", "Every efficient choice, the budget and the value asked for left out of"),
    ("frontier", "most", "Our budget (£3,000 today): an increase would make no difference;"),
    ("frontier", "least", "is not asked: it is counted in value, and the aim is the least cost."),
    ("judge", "most", "no possible plan is worth more. No possible plan that is worth as much"),
    ("judge", "least", "no plan within the limits is worth more. No plan within the limits that"),
    ("judge", "least", "Value to reach: 25, where at least 40 is asked for (15 short)."),
]


@pytest.mark.parametrize(("command", "aim", "said"), SAID)
def test_sentences_hold_under_the_aim(written: Written, command: str, aim: str, said: str) -> None:
    """Elm for x alone is worth 45 of 100 for 1,500, Ash 25 for 1,000; Elm for both 90 for 3,000."""
    data = scenario(PARTNERS, PROGRAMMES, plans=SMALL, limits={"budget": 3000}, aim=AIMS[aim])
    ran = CliRunner().invoke(main, [command, written(data)])
    assert ran.exit_code == 0, ran.output
    told = " ".join(ran.stdout.split())
    assert said in told
    for other in {words for _, of, words in SAID if of != aim}:
        assert other not in told


@pytest.mark.parametrize(
    ("aim", "said"),
    [
        ("most", "so the choice takes whatever is worth most."),
        ("least", "so the choice costs whatever the value asked for takes."),
    ],
)
def test_what_bounds_the_money_where_no_budget_does_is_said_by_the_aim(
    written: Written, aim: str, said: str
) -> None:
    path = written(scenario(PARTNERS, PROGRAMMES, aim=AIMS[aim]))
    ran = CliRunner().invoke(main, ["check", path])
    assert f"No budget is stated, {said}" in " ".join(ran.stdout.split())
