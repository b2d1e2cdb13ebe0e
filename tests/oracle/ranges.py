"""Prices and days as ranges: the choice takes the likely figure, else the middle."""

from __future__ import annotations

from typing import Any

from tests.oracle.scores import ENDS_OF, Data

UNSURE = frozenset({"cost", "needs", "internal-days"})
"""Keys of partners and programmes below which an amount may be a range, by phase too."""


def likeliest(scenario: Data) -> Data:
    """Return a scenario with every range of a price or of days as one amount."""
    sure = {key: _within(scenario[key], inside=False) for key in ("partners", "programmes")}
    ends = {ENDS_OF: likeliest(scenario[ENDS_OF])} if ENDS_OF in scenario else {}
    return {**scenario, **sure, **ends}


def _within(value: Any, *, inside: bool) -> Any:
    if not isinstance(value, dict):
        return value
    if inside and {"low", "high"} <= value.keys():
        return value["likely"] if "likely" in value else (value["low"] + value["high"]) / 2
    return {
        key: one if key == "scores" else _within(one, inside=inside or key in UNSURE)
        for key, one in value.items()
    }
