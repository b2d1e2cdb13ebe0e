"""The fixed words for how sure a first place is; the share is always beside the word."""

from __future__ import annotations

import math

ROBUST, SENSITIVE = 0.9, 0.6
_COUNTED = 1e-9
"""Shares are counts over draws: what is off by less is rounding."""


def verdict(share: float) -> str:
    """Return the word for a share of draws: robust from 90%, sensitive from 60%, else too close to call."""
    if share >= ROBUST - _COUNTED:
        return "robust"
    return "sensitive" if share >= SENSITIVE - _COUNTED else "too close to call"


def verdict_words(share: float) -> str:
    """Return the word with its share, which is rounded down so that the two never contradict each other: robust 93%."""
    percentage = math.floor(100 * share + _COUNTED)
    return f"{verdict(share)} {percentage if percentage or share <= 0 else 'under 1'}%"
