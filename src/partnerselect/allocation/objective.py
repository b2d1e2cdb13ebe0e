"""What is minimised, and what tells equally good choices apart."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from partnerselect.allocation.formulate import (
    engagement_terms,
    own_cost_terms,
    partner_terms,
    value_terms,
)
from partnerselect.allocation.problem import Formulation
from partnerselect.arrays import FloatArray
from partnerselect.model.options import LeastCost

SAME_VALUE = 1e-6
SAME_COST = 1e-4
SAME_COUNT = 0.5
Stage = tuple[FloatArray, float]
"""Coefficients over the columns, and by how much two choices may differ and count as equal."""


class Objective:
    """The value turned round or, with the aim least-cost, our own cost, over the columns."""

    def __init__(self, formulation: Formulation) -> None:
        """Read the aim of the scenario that was formulated."""
        self._f = formulation
        self.value, self.unchanged = value_terms(formulation)
        aim = formulation.scenario.aim
        self.floor = aim.least_cost.value_at_least if isinstance(aim, LeastCost) else None
        """The portfolio value that must be reached, with the aim least-cost."""

    @cached_property
    def own_cost(self) -> FloatArray:
        """Our own cost as coefficients over the columns."""
        return own_cost_terms(self._f)

    @property
    def sign(self) -> float:
        """Turns what is minimised into what is reached: value, or cost."""
        return -1.0 if self.floor is None else 1.0

    @property
    def terms(self) -> FloatArray:
        """What is minimised; (columns,)."""
        return -self.value if self.floor is None else self.own_cost

    @property
    def constant(self) -> float:
        """The part of what is minimised that no choice changes."""
        return -self.unchanged if self.floor is None else 0.0

    def least(self, value: float | None) -> float:
        """Return the lower bound of the value's row that asks for a portfolio value."""
        return -np.inf if value is None else value - self.unchanged - SAME_VALUE

    @property
    def least_value(self) -> tuple[FloatArray, float] | None:
        """The row that holds the least portfolio value, and its lower bound; None without one."""
        return None if self.floor is None else (self.value, self.least(self.floor))

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Return what is minimised in turn: the aim, the other of value and cost, and counts."""
        first = ((-self.value, SAME_VALUE), (self.own_cost, SAME_COST))
        counts = ((partner_terms(self._f), SAME_COUNT), (engagement_terms(self._f), SAME_COUNT))
        return (*(first if self.floor is None else reversed(first)), *counts)
