"""Scenarios of a few lines: one criterion from 0 to 100, so that a partner's score is its value."""

from __future__ import annotations

from typing import Any

from tests.oracle.scores import Data

PHASES = {"first": "2022-01-01", "second": "2022-04-01", "third": "2022-07-01"}
WORTH = {
    "title": "Worth",
    "criteria": {"worth": {"title": "Worth", "weight": 1, "scale": {"worst": 0, "best": 100}}},
}


def partner(worth: float, *offers: str, **rest: Any) -> Data:
    """Return a partner of this value who offers `work`, or what is named."""
    return {
        "title": "A partner",
        "offers": list(offers or ("work",)),
        "scores": {"worth": worth},
        **_kebab(rest),
    }


def programme(days: float | Data = 10, **rest: Any) -> Data:
    """Return a programme that needs so many days of `work`.

    Or, from a mapping, days for each need.
    """
    return {
        "title": "A programme",
        "needs": days if isinstance(days, dict) else {"work": days},
        **_kebab(rest),
    }


def scenario(partners: Data, programmes: Data, **rest: Any) -> Data:
    """Return a whole scenario; further sections by keyword."""
    head = {
        "format": 1,
        "title": "Worked by hand",
        "illustrative": True,
        "criteria": WORTH,
        "analysis": {"samples": 0},
    }
    return {**head, "partners": partners, "programmes": programmes, **_kebab(rest)}


def _kebab(keywords: Data) -> Data:
    """Write Python's names as the format's; `from_` and `for_` lose their tail."""
    return {name.rstrip("_").replace("_", "-"): value for name, value in keywords.items()}
