"""A board paper as they are often written: one course is put forward, the rest is hoped for.

It is told every weakness.
"""

from __future__ import annotations

from typing import Any

import pytest

from partnerselect.advice import examine, findings
from partnerselect.advice.guidance import Finding
from partnerselect.model.scenario import Scenario

HOPEFUL: dict[str, Any] = {
    "format": 1,
    "title": "Better care, faster",
    "criteria": {
        "title": "What we look for",
        "criteria": {
            "value": {"title": "Highest value", "weight": 1, "scale": {"worst": 0, "best": 10}},
            "cost": {
                "title": "Most cost-effective",
                "weight": 1,
                "scale": {"worst": 0, "best": 10},
            },
        },
    },
    "partners": {
        "national": {
            "title": "A national team",
            "offers": ["support"],
            "scores": {"value": 8, "cost": 9},
        }
    },
    "programmes": {"first": {"title": "The first programme", "needs": {"support": 20}}},
    "paper": {
        "recommendation": {
            "ask": "approval",
            "text": "The Board is recommended to work with the national team.",
        },
        "priorities": {
            "safety": {"title": "Getting safer"},
            "together": {"title": "Working together"},
        },
        "considered": {
            "money": {
                "title": "Financial",
                "considered": "yes",
                "text": "Investment is likely to be needed if this is to last.",
            }
        },
        "text": {
            "background": "The Board asked for a range of possible partners to be explored.",
            "challenges": "Earlier help did not last, for want of dedicated time of our own.",
        },
        "risks": {
            "course": {"title": "The course put forward brings minimal risk", "option": "national"}
        },
        "measures": {
            "complaints": {"title": "Fewer complaints"},
            "staff": {"title": "Better morale"},
        },
        "implications": {
            "aims": {"text": "It contributes to all of our objectives."},
            "equality": {"text": "No effect is foreseen."},
            "culture": {"text": "There is minimal risk in this, and investment may follow."},
        },
    },
}


@pytest.fixture(scope="module")
def told() -> dict[str, list[Finding]]:
    """Return the warnings, by check."""
    by_check: dict[str, list[Finding]] = {}
    for finding in findings(examine(Scenario.from_data(HOPEFUL))):
        by_check.setdefault(finding.id, []).append(finding)
    return by_check


WEAKNESSES = {
    "a range was asked for and one option appraised": (
        "two-options",
        "so nothing is compared although the text speaks of a range of partners",
    ),
    "doing nothing is not an option": ("do-nothing", "any partner looks good beside it"),
    "nobody says what it costs": ("prices", "A national team counts as free"),
    "measures have no baseline": (
        "measures",
        "Fewer complaints: no baseline, no target, no date (`by`) and no owner",
    ),
    "objectives are claimed and not ticked": (
        "priorities",
        "The text claims priorities that are not marked: Getting safer and Working together",
    ),
    "nobody looks at it again": (
        "review",
        "No review date is given for The first programme",
    ),
    "time of our own is what is missing, and none is asked for": (
        "own-time",
        "no programme asks for any",
    ),
    "the risk is called minimal and not rated": (
        "risks",
        (
            "“There is minimal risk in this, and investment may follow.”, but nothing says how"
            " likely and how severe"
        ),
    ),
    "investment is likely here and may come there": (
        "money-told-twice",
        "Investment is likely in one place and only possible in another",
    ),
    "nobody answers for it": ("sponsor", "No sponsor is named for The first programme"),
    "all is certain": ("ranges", "as if all were certain"),
    "scores rest on nothing": ("evidence", "A national team (2 scores)"),
}


@pytest.mark.parametrize("weakness", WEAKNESSES)
def test_every_weakness_is_told_as_a_warning(weakness: str, told: dict[str, list[Finding]]) -> None:
    check, words = WEAKNESSES[weakness]
    warnings = [finding for finding in told[check] if finding.severity == "warning"]
    assert any(words in finding.words for finding in warnings), [
        finding.words for finding in warnings
    ]
    assert all(finding.mend for finding in warnings)


def test_a_bare_denial_on_equality_is_noted(told: dict[str, list[Finding]]) -> None:
    assert told["equality"][0].severity == "note"
