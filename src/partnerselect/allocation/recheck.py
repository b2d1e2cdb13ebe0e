"""Every choice that is found, held against the scenario in exact arithmetic before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property

import numpy as np

from partnerselect.allocation.check import ExactCheck, Fault
from partnerselect.allocation.exact_use import AS_STATED, Changed
from partnerselect.allocation.problem import NOBODY, Formulation
from partnerselect.arrays import FloatArray, IntArray
from partnerselect.errors import Loc
from partnerselect.optimiser import Model, Solution

ROUNDS = 100
"""Times that a choice which only the solver's tolerances allow is excluded, and another sought."""
Exclusion = tuple[FloatArray, float]
"""Coefficients over the columns, and what they may come to at most."""


class Recheck:
    """Accepts only choices that keep every demand exactly; has another sought else."""

    def __init__(self, formulation: Formulation) -> None:
        self._f = formulation
        self._changed: Changed = AS_STATED

    @cached_property
    def check(self) -> ExactCheck:
        """The scenario as it is written, against which choices are held."""
        return ExactCheck(self._f.scenario, self._f.table)

    @cached_property
    def _places(self) -> dict[int, Loc]:
        """Row number to the place in the scenario that asks for it."""
        limits = {row: loc for loc, rows in self._f.demands.items() for row in rows}
        return {**limits, **{row: loc for loc, row in self._f.musts.items()}}

    @contextmanager
    def rows_stand_at(self, rows: Iterable[int], upper: float | None) -> Iterator[None]:
        """Check against another figure of these rows' limits for a while; None lifts them."""
        places = {self._places[row] for row in rows if row in self._places}
        with self._standing(dict.fromkeys(places, upper)):
            yield

    @contextmanager
    def released(self, columns: Iterable[int]) -> Iterator[None]:
        """Let what these columns hold be otherwise for a while: what must run, who is committed."""
        work, held = self._f.work, set(columns)
        running = [name for name, z in zip(work.programmes, self._f.z, strict=True) if z in held]
        decided = [work.needs[n] for n, k in self._f.held.items() if self._f.y.get((n, k)) in held]
        places: list[Loc] = [
            *(("programmes", name, "mandatory") for name in running),
            *(("committed", *need) for need in decided),
        ]
        with self._standing(dict.fromkeys(places)):
            yield

    @contextmanager
    def _standing(self, changes: Changed) -> Iterator[None]:
        before, self._changed = self._changed, {**self._changed, **changes}
        try:
            yield
        finally:
            self._changed = before

    def settled(
        self, ask: Callable[[], Solution], model: Callable[[], Model], first: Solution | None = None
    ) -> Solution:
        """Return what is found and holds exactly; `inexact` where numbers are too far apart.

        Args:
            ask: solves as the demands now stand.
            model: what is asked, to exclude from it what does not hold.
            first: what was found already.
        """
        excluded: list[tuple[Model, int]] = []
        solution = ask() if first is None else first
        try:
            for _ in range(ROUNDS):
                against = [] if solution.values is None else self.exclusions(solution.values)
                if not against:
                    return solution
                for coefficients, most in against:
                    asked = model()
                    excluded.append((asked, asked.add_row(coefficients, upper=most)))
                solution = ask()
        finally:
            for asked, row in excluded:
                asked.set_row_bounds(row, -np.inf, np.inf)
        return replace(solution, state="inexact", values=None, objective=None)

    def exclusions(self, values: FloatArray) -> list[Exclusion]:
        """Return rows that exclude a choice which breaks a demand; none where it breaks none."""
        chosen = self._f.chosen_in(values)
        faults = self.check.faults(chosen.tolist(), self._changed)
        return [self._excluding(chosen, fault) for fault in faults]

    def _excluding(self, chosen: IntArray, fault: Fault) -> Exclusion:
        """Return what excludes the needs that break a demand together, else this whole choice."""
        f = self._f
        together = range(len(chosen)) if fault.needs is None else fault.needs
        taken = [f.y[n, int(chosen[n])] for n in together if chosen[n] != NOBODY]
        coefficients = np.zeros(f.program.size)
        if fault.needs is None or fault.partner is not None:
            n, k = f.y_pairs
            more = (chosen[n] != k) & (k != fault.partner)
            coefficients[f.y_table[n[more], k[more]]] = -1.0
        coefficients[taken] = 1.0
        return coefficients, len(taken) - 1.0
