"""Kendall's W as Siegel (1956), Nonparametric Statistics for the Behavioral Sciences, ch.

9, works it.
"""

from __future__ import annotations

import numpy as np
import pytest

from partnerselect.value.agreement import concordance


def test_three_interviewers_hardly_agree_on_six_applicants() -> None:
    """Table 9.7: W = 0.16."""
    assert concordance(
        np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
    ).w == pytest.approx(0.16, abs=0.005)


def test_ties_take_the_mean_rank_and_are_corrected_for() -> None:
    """Table 9.8: rank sums 5.5 … 26.5, s = 591, W = 0.828."""
    order = np.array(
        [
            [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
            [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
            [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
        ],
    )
    assert concordance(order).w == pytest.approx(0.828, abs=0.0005)
    shared = np.array(
        [[int(sum(other < mark for other in row)) + 1 for mark in row] for row in order]
    )  # 1, 1, 3 says the same as 1.5, 1.5, 3
    assert concordance(shared).w == concordance(order).w
