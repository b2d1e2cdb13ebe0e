"""Without an answer the paper and the workbook name limits as readers do, never by their path."""

from __future__ import annotations

import re
from typing import Any

import pytest

from partnerselect.analysis import Analysis, analyse
from partnerselect.model.scenario import Scenario
from partnerselect.report.render.pages import markdown
from tests.oracle.plain import partner, programme, scenario
from tests.unit.report.books import book_of
from tests.unit.report.papers import full

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
PATH = re.compile(r"\b(limits|partners|programmes|gates|aim)\.[a-z]", re.IGNORECASE)
PHASES = {"first": "2026-01-01", "second": "2026-07-01"}
TOO_LITTLE: dict[str, dict[str, Any]] = {
    "share-per-partner": {"share-per-partner": "40%"},
    "budget": {"budget": 50},
    "budget by phase": {"budget": {"first": 50, "second": 50}},
    "fund": {"funds": {"nation": 10}},
    "team": {"internal-days": 1},
    "backfill": {"internal-days": 1, "backfill": {"per-day": 1, "max-days": 1}},
    "partners": {"partners": {"max": 1}},
    "programmes of a partner": {"programmes-per-partner": 1},
    "methods": {"methods": 1},
}


def without_answer(limits: dict[str, Any], **changes: Any) -> Analysis:
    """Return a scenario that asks for more than its limits allow."""
    ash = {
        **partner(5, "work", cost={"per-day": 10}, methods=["lean"]),
        "title": "Ash",
        "funding": {"payer": "nation", "covers": "50%"},
    }
    elm = {
        **partner(4, "talks", cost={"per-day": 10}, methods=["agile"]),
        "title": "Elm",
        "funding": {"payer": "nation", "covers": "50%"},
    }
    wards = programme({"work": 10}, mandatory=True, internal_days=5, method="lean")
    clinics = programme({"talks": 10}, mandatory=True, internal_days=5, method="agile")
    rounds = programme({"work": 5}, mandatory=True, method="lean")
    data = scenario(
        {"ash": ash, "elm": elm},
        {"wards": wards, "clinics": clinics, "rounds": rounds},
        limits=limits,
        **({"phases": PHASES} if limits.get("budget") == {"first": 50, "second": 50} else {}),
    )
    return analyse(Scenario.from_data(data).with_changes(changes))


def told(analysis: Analysis) -> list[str]:
    """Return what the front of the paper and the workbook say of it."""
    front = markdown(full(analysis)).split("Recommendation")[0].replace("\\", "")
    return [front, str(book_of(analysis)["Recommendation"]["A2"].value)]


@pytest.mark.parametrize("name", TOO_LITTLE)
def test_a_limit_in_the_way_is_named_as_readers_name_it(name: str) -> None:
    analysis = without_answer(TOO_LITTLE[name])
    assert analysis.conflicts
    assert not [words for words in told(analysis) if PATH.search(words)]


def test_so_is_a_capacity_in_the_way() -> None:
    analysis = without_answer({}, **{"partners.ash.capacity": 3})
    assert [("Days of Ash: 3" in words, bool(PATH.search(words))) for words in told(analysis)] == [
        (True, False),
        (True, False),
    ]


def test_a_share_of_all_days_is_told_as_a_percentage() -> None:
    for words in told(without_answer({"share-per-partner": "40%"})):
        assert "Largest share of days per partner: 40%" in words
