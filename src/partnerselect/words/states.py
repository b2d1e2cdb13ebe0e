"""How a search for the best choice, or a case of a batch, ended."""

from __future__ import annotations

ENDED = {
    "optimal": "answered",
    "within-gap": "answered, not proven to be the best",
    "infeasible": "no choice of partners meets every demand",
    "no-answer-yet": "time ran out before any answer",
    "invalid": "not allowed",
    "failed": "broke down",
}
"""The states, in words for people; files that programs read have the states themselves."""
