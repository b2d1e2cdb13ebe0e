"""How stable the recommended portfolio is over the trials, and what it could cost in regret.

Every trial of weights and scores has its own best choice within the same limits; they are found
together, each exactly. Regret: Savage (1951), The theory of statistical decision, Journal of the
American Statistical Association 46(253).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import numpy as np

from partnerselect.allocation.cost_account import NOBODY
from partnerselect.allocation.formulate import value_columns
from partnerselect.allocation.outcome import Allocation
from partnerselect.allocation.portfolio_shares import (
    Counted,
    PortfolioStability,
    Regret,
)
from partnerselect.allocation.problem import Formulation, RowKind
from partnerselect.allocation.solve import Allocator
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.errors import attempted
from partnerselect.model import Require, Together
from partnerselect.optimiser import ManyObjectives, Program, UnsettledError, Watch
from partnerselect.robustness import TrialValues, blocks
from partnerselect.value import PerformanceTable
from partnerselect.words import NOT_WORKED_OUT

AS_GOOD = 5e-6
"""Points that agreement with the recommended choice is worth in all: of equally good choices the
nearest to it counts."""
FIRST_ROUND, GROWTH = 64, 4
"""Trials solved together at first, and how many times more in each round that follows."""
FEW = 8
"""Trials solved one by one of which all or none count: none is left out for being hard."""
SHARPER = 10.0
"""Times that the costs of a trial solved by itself are enlarged, so that equals are told apart."""
FIRST_TIME = 0.25
"""The part of the time in which the first round must be done, or the rest is not begun."""
CEILINGS = frozenset({RowKind.IDLE, RowKind.ENGAGED})
"""The rows x ≤ Σ y and u ≤ Σ x."""
MOST_CELLS = 50_000_000
"""Trials times columns of the programme that are worth trying."""


def portfolio_stability(
    table: PerformanceTable,
    allocator: Allocator,
    allocation: Allocation,
    watch: Watch | None = None,
) -> PortfolioStability:
    """Find the best choice of every trial, as far as time allows.

    Trials are taken in rounds, and only whole rounds count: what is left out was not left out for
    being hard.

    Args:
        table: the performance table.
        allocator: the scenario's, kept in memory.
        allocation: the recommended choice.
        watch: stops it; what has been counted by then is the answer.
    """
    options = allocator.scenario.analysis
    asked = min(options.samples, options.choice_samples)
    reason = _why_not(allocator, allocation, asked)
    if reason or (chosen := allocation.chosen) is None:
        return _no_shares(asked, reason)

    def counted() -> PortfolioStability:
        drawn = _TrialChoices(table, allocator, chosen, asked)
        stops = watch or allocator.watch
        found = drawn.solved(lambda: stops.is_stopped)
        until = "before it was stopped" if stops.is_stopped else "in the time allowed"
        told = f"Too few trials could be looked at {until}."
        return drawn.counted(found) if len(found) else _no_shares(asked, told)

    return attempted(counted, _no_shares(asked, f"It {NOT_WORKED_OUT['fault']}."))


def _no_shares(asked: int, told: str) -> PortfolioStability:
    return PortfolioStability(asked, 0, told, {}, (), (), None, None)


class TrialRegrets:
    """What choices lose in each trial against the best of it; solved when first asked."""

    def __init__(
        self, table: PerformanceTable, allocator: Allocator, allocation: Allocation
    ) -> None:
        self._table, self._of, self._allocation = table, allocator, allocation

    @cached_property
    def _solved(self) -> tuple[_TrialChoices, IntArray] | None:
        options = self._of.scenario.analysis
        asked = min(options.samples, options.choice_samples)
        chosen = self._allocation.chosen
        if _why_not(self._of, self._allocation, asked) or chosen is None:
            return None
        drawn = _TrialChoices(self._table, self._of, chosen, asked)
        found = drawn.solved(lambda: self._of.watch.is_stopped)
        return (drawn, found) if len(found) else None

    def __call__(self, choices: Sequence[IntArray]) -> FloatArray | None:
        """Return points of portfolio value, (trials, choices); None where there are no trials."""
        solved = self._solved
        if self._of.watch.is_stopped:
            del self._solved  # some trials only: begun again when it is asked again
        if solved is None:
            return None
        drawn, found = solved
        return drawn.regrets(found, choices)


def _why_not(allocator: Allocator, allocation: Allocation, asked: int) -> str:
    if not asked:
        return "No trials were asked for."
    if allocation.chosen is None:
        return "There is no recommended choice."
    if allocator.floor is not None:
        return (
            "With the aim of least cost, weights and scores decide what is good enough, not which"
            " of two choices is better; no shares are given."
        )
    if allocation.state != "optimal":
        return "The recommended choice itself is not proven to be the best, so no shares are given."
    if asked * allocator.formulation.program.size > MOST_CELLS:
        return "The case is too large to find the best choice of every trial."
    return ""


class _TrialChoices:
    """The draws of one scenario and the best choice of each."""

    def __init__(
        self, table: PerformanceTable, allocator: Allocator, chosen: IntArray, asked: int
    ) -> None:
        self._of, self._work, self._chosen, self._asked = allocator, allocator.work, chosen, asked
        self._draws = TrialValues(allocator.scenario, table, allocator.scores)
        f = allocator.formulation
        self._search = ManyObjectives(_without_ceilings(f), f.telling, allocator.exclusions)
        self._search.offer(allocator.columns_of(chosen))
        self._costs: list[FloatArray] = []

    def solved(self, stop: Callable[[], bool]) -> IntArray:
        """Return the number of the best solution of each trial, in order, as far as time allows.

        Shape (draws,).
        """
        limit = self._of.scenario.analysis.time_limit
        self._of.allow(FIRST_TIME * limit)
        found: list[IntArray] = []
        for costs in self._rounds():
            preferring = costs + self._tie_preference()
            best = self._together(preferring, stop)
            if not found:
                self._of.allow((1 - FIRST_TIME) * limit)
            if best is None:
                return self._one_by_one(found, costs, stop)
            found.append(best)
            self._costs.append(costs)
        return np.concatenate(found) if found else np.empty(0, dtype=np.intp)

    def _together(self, costs: FloatArray, stop: Callable[[], bool]) -> IntArray | None:
        """Solve a round of trials in one tree; None where that does not come to an end in time."""
        try:
            return self._search.best(costs, seconds=self._of.time_left, stop=stop)
        except UnsettledError:
            return None

    def _one_by_one(
        self, found: list[IntArray], costs: FloatArray, stop: Callable[[], bool]
    ) -> IntArray:
        """Solve the trials of a round each by itself, a few at a time, while there is time.

        Partners that are much alike make a tree without end, of which the solver sees the symmetry.
        """
        for few in np.split(costs, range(FEW, len(costs), FEW)):
            solved = [self._alone(cost, stop) for cost in few + self._tie_preference()]
            numbers = [number for number in solved if number is not None]
            if len(numbers) < len(few):
                break
            found.append(np.array(numbers, dtype=np.intp))
            self._costs.append(few)
        return np.concatenate([np.empty(0, dtype=np.intp), *found])

    def _alone(self, cost: FloatArray, stop: Callable[[], bool]) -> int | None:
        """Return the number of the best solution of a trial; None where not found in time."""
        if stop() or not self._of.time_left:
            return None
        solution = self._of.with_costs(SHARPER * cost, self._chosen)
        return None if solution is None else self._search.number(solution)

    def _rounds(self) -> Iterator[FloatArray]:
        """Yield the costs of the trials round by round; shape (draws, columns)."""
        options, size, left = self._of.scenario.analysis, FIRST_ROUND, self._asked
        for block in blocks(options.samples, seed=options.seed):
            drawn, start = self._draws.of(block), 0
            while left and start < block.draws:
                taken = slice(start, min(start + size, start + left, block.draws))
                yield -value_columns(
                    self._of.formulation, drawn.overall[taken], drawn.baseline[taken]
                )
                left, start, size = left - (taken.stop - start), taken.stop, size * GROWTH
            if not left:
                return

    def _tie_preference(self) -> FloatArray:
        """Return what each column's agreement with the recommended choice is worth, as a cost.

        Shape (columns,).
        """
        f, each = self._of.formulation, AS_GOOD / len(self._work.needs)
        preferring = np.zeros(f.program.size)
        for n, k in enumerate(self._chosen):
            if k == NOBODY:
                preferring[f.z[int(self._work.programme_of[n])]] += each
            else:
                preferring[f.y[n, int(k)]] -= each
        return preferring

    def regrets(self, found: IntArray, choices: Sequence[IntArray]) -> FloatArray:
        """Return what choices lose in each trial against the best of it; (trials, choices)."""
        costs, solutions = np.concatenate(self._costs), np.array(self._search.solutions)
        columns = np.array([self._of.columns_of(chosen) for chosen in choices])
        least = (costs * solutions[found]).sum(axis=1)
        return np.asarray(np.maximum(costs @ columns.T - least[:, None], 0.0))

    def counted(self, found: IntArray) -> PortfolioStability:
        """Count what the best choices have in common, and what each choice seen would lose."""
        choices = [self._of.chosen_in(values) for values in self._search.solutions]
        costs = np.concatenate(self._costs)
        values = -(costs @ np.array(self._search.solutions).T)
        regrets = np.maximum(values[np.arange(len(found)), found][:, None] - values, 0.0)
        counts = Counter(found.tolist())
        wholes = Counted(self._work, choices, counts, regrets)
        of_ours, greatest = regrets[:, 0], np.round(regrets.max(axis=0), 6)
        least = [wholes.portfolio(int(n)) for n in np.flatnonzero(greatest == greatest.min())]
        return PortfolioStability(
            asked=self._asked,
            draws=len(found),
            why_none="",
            programmes=wholes.programmes(),
            pairs=wholes.pairs(),
            portfolios=tuple(
                sorted(
                    (wholes.portfolio(number) for number in counts),
                    key=lambda one: (-round(one.share, 9), one.engagements),
                )
            ),
            regret=Regret(
                float(of_ours.mean()), float(np.quantile(of_ours, 0.95)), float(of_ours.max())
            ),
            minimax_regret=min(least, key=lambda one: (not one.recommended, one.engagements)),
        )


def _without_ceilings(f: Formulation) -> Program:
    """Return the programme without the rows that hold work and engagement down to who has work.

    Unless something pushes them up, nothing is gained by more, so the best is the same; a
    relaxation takes two thirds of the time.
    """
    scenario = f.scenario
    pushed = any(isinstance(rule, Require | Together) for rule in scenario.rules.values())
    pushed |= bool(f.c or scenario.limits.groups)  # who counts as today's, or as one of a group
    if pushed or any(programme.partners.min > 1 for programme in scenario.programmes.values()):
        return f.program
    program = Program()
    for name, lower, upper, integer in zip(
        f.program.names, f.program.lower, f.program.upper, f.program.integer, strict=True
    ):
        program.column(name, lower=lower, upper=upper, integer=integer)
    for row in f.program.rows:
        if row.kind not in CEILINGS:
            program.row(
                row.family,
                row.name,
                zip(row.columns.tolist(), row.coefficients.tolist(), strict=True),
                lower=row.lower,
                upper=row.upper,
                kind=row.kind,
            )
    return program
