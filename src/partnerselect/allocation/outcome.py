"""What choosing comes to: the recommended choice, and its variations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from partnerselect.allocation.cost_account import CostBreakdown
from partnerselect.allocation.problem import Formulation
from partnerselect.arrays import IntArray
from partnerselect.optimiser import Model

TieBroken = Literal["complete", "partial"]
State = Literal["optimal", "within-gap", "infeasible", "no-answer-yet"]

Unanswered = Literal["time", "stopped", "solver", "numbers", "fault"]
"""Why a question has no answer: time, a stop, the solver, numbers too far apart, or our fault."""


@dataclass(frozen=True)
class Allocation:
    """The recommended choice, or why there is none."""

    state: State
    chosen: IntArray | None
    """(N,): the partner of every need, -1 where its programme does not run."""
    account: CostBreakdown | None
    bound: float | None
    """No choice is worth more (with the aim least-cost: costs us less)."""
    gap: float | None
    tie_break: TieBroken | None
    seconds: float
    is_stopped: bool = False
    """Whether somebody asked for the best so far, before time had run out."""
    why: Unanswered | None = None
    """Why there is no answer although there may be one."""

    @property
    def checked(self) -> Literal["exact"] | None:
        """How the choice was checked again: every choice that is shown, in exact arithmetic."""
        return None if self.chosen is None else "exact"


@dataclass(frozen=True)
class Variation:
    """The best choice under an extra demand: None where the demand cannot be met."""

    chosen: IntArray | None
    value: float | None
    own_cost: float | None


class UnansweredError(Exception):
    """A question could not be answered."""

    def __init__(self, why: Unanswered = "time") -> None:
        super().__init__(why)
        self.why: Unanswered = why


@dataclass(frozen=True)
class Kept:
    """What an allocator takes over from one before (see `Resolver`)."""

    formulation: Formulation | None = None
    """Written already."""
    model: Model | None = None
    """Of the same programme, or to be left."""


NOTHING = Kept()
