"""One thing that can be moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from partnerselect.what_if.changes import Changes
from partnerselect.what_if.scales import Figures, Options

WEIGHTS, LIMITS, GATES, PARTNERS, PROGRAMMES, SCORES, CAPACITY = (
    "Weights",
    "Limits",
    "Decisions of others",
    "Partners",
    "Programmes",
    "Scores",
    "Days of partners",
)


@dataclass(frozen=True)
class Lever:
    """What stands there now, how it moves, and what a move changes in the scenario."""

    key: str
    """The path that it is about; the same in every state of a scenario."""
    group: str
    title: str
    """What it is called among those of its group."""
    about: str
    """What it is called on its own."""
    value: Any
    shown: str
    """The value in words."""
    scale: Figures | Options
    changes: Callable[[Any], Changes]
    """What a new value changes, path by path."""
    note: str = ""
    """What else there is to know: the share of a weight, what a score rests on."""
    of: str = ""
    """The programme it belongs to, where it is one of many alike."""
    is_alone: bool = True
    """Whether its changes are about nothing else, so that they can be taken back without touching
    another lever."""
