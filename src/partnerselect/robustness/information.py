"""What it would be worth to find out one uncertain score before deciding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerselect.value.scoring import TIE

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Finding:
    """The worth of knowing one score: value points gained on average, how often the leader would be another, standard errors."""

    value: float
    value_error: float
    change_share: float
    change_error: float


def worth_finding_out(
    expected: FloatArray, *, alternative: int, weight: float, partial: FloatArray
) -> Finding:
    """Estimate the expected value of perfect information on one score of one alternative.

    Weights are drawn independently of scores and scores of one another, and value is additive. So,
    once this score is known, the expected value of its alternative is its mean plus the mean weight
    times the score's departure from its own mean, and nobody else's moves: the inner mean needs no
    nested draws, no bins and no regression. What is left is one mean over the score. Taken over
    draws it is never negative, and its bias (the means are estimated too) shrinks with the number
    of draws, faster than its standard error; taken over evenly spaced quantiles of the score it has
    practically none.

    Args:
        expected: mean value of each alternative over the draws, shape (alternatives,).
        alternative: whose score it is.
        weight: the mean whole weight of its criterion.
        partial: the score's partial values, equally likely, shape (draws,).

    Source: Raiffa & Schlaifer (1961), Applied Statistical Decision Theory; the inner mean in closed
    form for linear models: Brennan, Kharroubi, O'Hagan & Chilcott (2007), Medical Decision Making
    27(4), 448-470.

    """
    others = np.delete(expected, alternative)
    if not len(others):
        return Finding(0.0, 0.0, 0.0, 0.0)
    rival, own = float(others.max()), float(expected[alternative])
    known = own + weight * (partial - partial.mean())
    gain = np.maximum(known, rival) - max(own, rival)
    change = (known > rival + TIE) if own < rival - TIE else (known < rival - TIE)
    root = np.sqrt(len(partial))
    share = float(change.mean())
    return Finding(
        float(gain.mean()),
        float(gain.std() / root),
        share,
        float(np.sqrt(share * (1 - share)) / root),
    )
