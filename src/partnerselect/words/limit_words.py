"""Limits as readers name them, and their amounts rounded so that what is shown is enough."""

from __future__ import annotations

from math import ceil, floor

from partnerselect.errors import Loc
from partnerselect.model.scenario import Scenario
from partnerselect.words.wording import amount

ROUNDING = 1e-4
LIMIT_WORDS = {
    "budget": "Our budget",
    "fund": "Money from {}",
    "internal days": "Our team's days",
    "backfill days": "Extra days for our team",
    "capacity": "Days of {}",
    "partners": "Partners engaged",
    "programmes per partner": "Programmes with {}",
    "share per partner": "Share of all days, {}",
    "methods": "Methodologies in use",
}
"""A limit by its kind, as a reader would name it; {} is the payer or the partner."""


def limit_name(scenario: Scenario, loc: Loc) -> str:
    """Name a limit as the gauges on the screen do, by the titles of the partner or programme it is about."""
    match [str(key) for key in loc]:
        case ["limits", "funds", payer, *phase]:
            name = LIMIT_WORDS["fund"].format(payer)
        case ["limits", "partners", *phase]:
            name, phase = LIMIT_WORDS["partners"], []
        case ["limits", "backfill", *phase]:
            name, phase = LIMIT_WORDS["backfill days"], []
        case ["limits", "programmes-per-partner", *phase]:
            name = LIMIT_WORDS["programmes per partner"].format("any one partner")
        case ["limits", "share-per-partner", *phase]:
            name = "Largest share of days per partner"
        case ["partners", partner, "capacity", *phase]:
            name = LIMIT_WORDS["capacity"].format(scenario.partners[partner].title)
        case ["programmes", programme, "partners", *phase]:
            name, phase = f"Partners for {scenario.programmes[programme].title}", []
        case [_, kind, *phase]:
            name = LIMIT_WORDS[kind.replace("-", " ")]
    return f"{name}, {phase[0]}" if phase else name


def named_inside(scenario: Scenario, loc: Loc) -> str:
    """Name a limit as it stands inside a sentence."""
    name = limit_name(scenario, loc)
    return f"{name[:1].lower()}{name[1:]}"


def rounded_up(value: float, parts: int = 1) -> float:
    """Return a figure rounded up to whole ones, or to so many parts of one: what is shown must be enough."""
    return ceil(parts * value - ROUNDING) / parts


def rounded_down(value: float, parts: int = 1) -> float:
    """Return a figure rounded down to so many parts of one: what is shown can be reached."""
    return floor(parts * value + ROUNDING) / parts


def quantity(loc: Loc, currency: str, value: float) -> str:
    """Return an amount rounded so that what is shown is enough: up, a value to reach down."""
    if loc[:2] in {("limits", "budget"), ("limits", "funds")}:
        return amount(rounded_up(value), currency)
    if loc[:2] == ("limits", "share-per-partner"):
        return f"{rounded_up(100 * value, 10):,.1f}".removesuffix(".0") + "%"
    if loc[0] == "aim":
        return f"{rounded_down(value, 10):,.1f}".removesuffix(".0")
    return f"{rounded_up(value, 10):,.1f}".removesuffix(".0")
