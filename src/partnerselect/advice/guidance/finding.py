"""What a check finds, what it looks at, and whose advice it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from partnerselect.advice.guidance.texts import Written, written
from partnerselect.errors import Loc, Problem, dotted
from partnerselect.model.paper import Paper
from partnerselect.model.scenario import Scenario
from partnerselect.robustness.comparison_sets import only_barred_by_gate
from partnerselect.value.judgements import Consistency
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import Scores

Severity = Literal["warning", "note"]

GREEN_BOOK = "HM Treasury, The Green Book (2022)"
MCDA_GUIDE = (
    "HM Treasury and Government Analysis Function, An Introductory Guide to Multi-Criteria Decision"
    " Analysis (2024)"
)
MANUAL = "Department for Communities and Local Government, Multi-criteria analysis: a manual (2009)"
ISPOR = (
    "Marsh et al. (2016), ISPOR good practices for multi-criteria decision analysis, Report 2,"
    " Value in Health 19(2)"
)
RISK_MATRIX = "National Patient Safety Agency, A risk matrix for risk managers (2008)"
EQUALITY_ACT = "Equality Act 2010, section 149"
FORMAT = "The scenario format: what is written should have an effect"


@dataclass(frozen=True)
class Finding:
    """One thing that good practice asks for and the scenario lacks."""

    id: str
    severity: Severity
    words: str
    loc: Loc
    mend: str
    """What would satisfy the check."""
    source: str
    """Whose advice it is."""

    @property
    def path(self) -> str:
        """Where in the scenario."""
        return dotted(self.loc)

    @property
    def problem(self) -> Problem:
        """The same for who looks for it in the file."""
        return Problem(self.loc, f"{self.words} {self.mend}".strip())


class Check(Protocol):
    """A check: small, pure, and about one thing."""

    def __call__(self, seen: Seen) -> Iterator[Finding]:
        """Yield what is found."""


@dataclass(frozen=True)
class Seen:
    """What the checks look at: the scenario, its scores and the judgements behind its weights."""

    scenario: Scenario
    table: PerformanceTable
    scores: Scores
    judgements: tuple[Consistency, ...]

    @cached_property
    def paper(self) -> Paper:
        """What was typed for the paper; all empty where nothing was."""
        return self.scenario.paper or Paper()

    @cached_property
    def texts(self) -> tuple[Written, ...]:
        """Every sentence somebody wrote, with its place."""
        return tuple(written(self.scenario))

    @cached_property
    def possible(self) -> NDArray[np.bool_]:
        """(P, K): who can be chosen, or could if its gate opened."""
        found = self.table.eligible.copy()
        for p, k in zip(*np.nonzero(~found), strict=True):
            found[p, k] = only_barred_by_gate(self.scenario, self.table, int(p), int(k))
        return found

    def partner(self, k: int) -> str:
        """Return a partner's title."""
        return self.scenario.partners[self.table.workload.partners[k]].title

    def programme(self, p: int) -> str:
        """Return a programme's title."""
        return self.scenario.programmes[self.table.workload.programmes[p]].title
