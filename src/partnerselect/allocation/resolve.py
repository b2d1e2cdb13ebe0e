"""The one place through which every repeated choice goes: one model kept in the solver's memory, changed as little as will do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from partnerselect.allocation.outcome import NOTHING, Kept
from partnerselect.allocation.problem import FloatArray, Formulation
from partnerselect.allocation.reweighed import Reweighed
from partnerselect.allocation.solve import Allocator
from partnerselect.allocation.watch import Watch
from partnerselect.model.programme import Programme
from partnerselect.model.scenario import Scenario
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import Scores


class Resolver:
    """Chooses for one scenario after another that differs little from the one before.

    The answers are those of a fresh `Allocator`; only the way there is shorter. It is found by
    comparing what is to be solved, never from what was said to have changed:

    - *worth only* (weights, scores, importance, baselines, the value to reach): the formulation
      stands, the objective is replaced, and in small cases what was proven under the last worths is
      looked at first (`Reweighed`);
    - *in place* (budget, capacity and all other limits, prices, days, rules, who must run, a gate
      that closes): written anew, and what differs in bounds, coefficients and rows is changed in
      the solver's memory; a partner who may no longer serve is held at 0;
    - *anew* where somebody may serve who could not when the model was built (begin with every gate
      open to avoid it), and in cases of more than 5,000 columns.

        resolver = Resolver() found = resolver.allocator(scenario, table, scores, watch).best()
        # the first is built found = resolver.allocator(changed, performance_table(changed),
        scores_then).best()    # the next take what they can

    One thread at a time; the last allocator given may be asked anything until the next is asked
    for.
    """

    def __init__(self, first: Allocator | None = None) -> None:
        """Begin with nothing, or with an allocator whose model may be taken over."""
        self._last = first
        self._tree: Reweighed | None = None

    def allocator(
        self,
        scenario: Scenario,
        table: PerformanceTable,
        scores: Scores,
        watch: Watch | None = None,
    ) -> Allocator:
        """Return the allocator of a scenario, to be asked for `best()` or anything else."""
        kept = NOTHING
        if self._last is not None:
            model = (
                None if self._last.watch.is_stopped else self._last.give_up_model()
            )  # one that was stopped stops again at once
            written = _revalued(self._last.formulation, scenario, table, scores)
            kept = Kept(
                written,
                model,
                None if written is None else self._tree_of(written, self._last.answer),
            )
        self._last = Allocator(scenario, table, scores, watch, kept=kept)
        return self._last

    def _tree_of(self, written: Formulation, answer: FloatArray | None) -> Reweighed:
        """Return what is proven of these rows under whatever worths, and tell it the last answer."""
        if self._tree is None or self._tree.program is not written.program:
            self._tree = Reweighed(written)
        if answer is not None:
            self._tree.learn(answer)
        return self._tree


def _revalued(
    written: Formulation, scenario: Scenario, table: PerformanceTable, scores: Scores
) -> Formulation | None:
    """Return the formulation with other worths, where nothing else differs.

    None where it has to be written anew.
    """
    before = written.scenario
    if _demands(before) != _demands(scenario) or not _same_work(written.table, table):
        return None
    return replace(written, scenario=scenario, table=table, scores=scores, work=table.workload)


def _demands(scenario: Scenario) -> tuple[object, ...]:
    """Return everything that the rows and columns are written from, but for the work and who is eligible."""
    partners = tuple(
        (name, partner.capacity, tuple(partner.methods))
        for name, partner in scenario.partners.items()
    )
    programmes = tuple(
        (name, *_demands_of(programme)) for name, programme in scenario.programmes.items()
    )
    return (
        scenario.as_at,
        scenario.phases,
        scenario.limits,
        scenario.rules,
        scenario.committed,
        scenario.forbidden,
        partners,
        programmes,
    )


def _demands_of(programme: Programme) -> tuple[object, ...]:
    return (
        programme.mandatory,
        programme.method,
        programme.partners,
        programme.phases,
        programme.internal_days,
        programme.needs,
    )


def _same_work(before: PerformanceTable, now: PerformanceTable) -> bool:
    """Tell whether days, prices, payers and who is eligible are the same."""
    one, other = before.workload, now.workload
    named = (one.programmes, one.partners, one.phases, one.needs, one.payers) == (
        other.programmes,
        other.partners,
        other.phases,
        other.needs,
        other.payers,
    )
    arrays = (
        "days",
        "own_days",
        "spread",
        "offered",
        "runs_in",
        "per_day",
        "per_programme",
        "once",
        "own_share",
    )
    return (
        named
        and np.array_equal(before.eligible, now.eligible)
        and all(np.array_equal(getattr(one, key), getattr(other, key)) for key in arrays)
    )
