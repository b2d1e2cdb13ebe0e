"""Choosing for one scenario after another: one model, changed in the solver's memory."""

from __future__ import annotations

from dataclasses import replace

from partnerselect.allocation.formulate import formulate
from partnerselect.allocation.outcome import Kept
from partnerselect.allocation.solve import Allocator
from partnerselect.model.scenario import Scenario
from partnerselect.optimiser.watch import Watch
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import Scores


class Resolver:
    """Chooses for one scenario after another that differs little from the one before.

    The answers are those of a fresh `Allocator`; only the way there is shorter. Every scenario is
    written as a programme, and the programmes are compared, never the scenarios:

    - the same programme (weights, scores, importance, a value to reach): the model stands, its
      objective is replaced;
    - another one: bounds, coefficients and rows that differ are changed in the solver's memory, and
      a partner who may no longer serve is held at 0;
    - built anew where somebody may serve who could not when the model was built (begin with every
      gate open to avoid it), and in cases of more than 5,000 columns.

    One thread at a time; the last allocator given may be asked anything until the next is asked
    for.
    """

    def __init__(self, first: Allocator | None = None) -> None:
        """Begin with nothing, or with an allocator whose model may be taken over."""
        self._last = first

    def allocator(
        self,
        scenario: Scenario,
        table: PerformanceTable,
        scores: Scores,
        watch: Watch | None = None,
    ) -> Allocator:
        """Return the allocator of a scenario, to be asked for `best()` or anything else."""
        written, model = formulate(scenario, table, scores), None
        if self._last is not None:
            before = self._last.formulation.program
            if written.program.is_same_as(before):
                written = replace(written, program=before)
            if not self._last.watch.is_stopped:  # a model that was stopped stops again at once
                model = self._last.give_up_model()
        self._last = Allocator(scenario, table, scores, watch, kept=Kept(written, model))
        return self._last
