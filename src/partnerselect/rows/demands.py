"""What stands in the way of an answer, in the words of whoever asks for it."""

from __future__ import annotations

from typing import Any

from partnerselect.allocation.conflict import Conflict, Remedy
from partnerselect.analysis import Analysis
from partnerselect.errors import dotted
from partnerselect.model.paths import value_at
from partnerselect.words.limit_words import limit_name, quantity

NAMED = (
    "backfill",
    "budget",
    "funds",
    "internal-days",
    "methods",
    "partners",
    "programmes-per-partner",
    "share-per-partner",
)
"""Limits that readers know by their name and amount."""


def demand_rows(analysis: Analysis) -> list[dict[str, Any]]:
    """Return the demands that contradict one another: where each stands, as the file has it, what would mend it, and both in plain words."""
    return [
        {
            "path": dotted(demand.loc),
            "words": demand.words,
            "mend": demand.mend,
            "sentence": demand_words(analysis, demand),
        }
        for demand in analysis.conflicts
    ]


def demand_words(analysis: Analysis, demand: Conflict) -> str:
    """Return a demand in words, a limit by its name and in its currency, and what would help."""
    if demand.remedy is Remedy.UNKNOWN:
        return demand.words
    words = _limit_words(analysis, demand) or demand.words.removesuffix(".")
    if demand.least is None:
        return f"{words}; {demand.remedy.value}"
    enough = quantity(demand.loc, analysis.scenario.currency, demand.least)
    return f"{words}, and {demand.remedy.value.format(enough)}"


def _limit_words(analysis: Analysis, demand: Conflict) -> str:
    """Name a limit with its amount; empty where it is none that readers know by its name."""
    stated, loc = value_at(analysis.scenario.data, demand.loc), demand.loc
    if loc == ("limits", "share-per-partner"):
        stated = analysis.scenario.limits.share_per_partner  # typed as a percentage or a number
    if isinstance(stated, bool) or not isinstance(stated, int | float):
        return ""
    is_known = (loc[0] == "limits" and loc[1] in NAMED) or (
        loc[0] == "partners" and loc[2:3] == ("capacity",)
    )
    if is_known:
        return (
            f"{limit_name(analysis.scenario, loc)}:"
            f" {quantity(loc, analysis.scenario.currency, stated)}"
        )
    if loc[0] == "programmes" and loc[2:3] == ("partners",):
        return (
            f"{limit_name(analysis.scenario, loc)}: at {'most' if loc[-1] == 'max' else 'least'}"
            f" {stated}"
        )
    return ""
