"""How sure the ranking is: weights, scores and gates drawn together, and who is first how often.

Source: Lahdelma & Salminen (2001), SMAA-2, Operations Research 49(3), 444-454.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TypeVar

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.errors import attempted
from partnerselect.model import Scenario
from partnerselect.robustness.acceptability import (
    Acceptability,
    BelowMinimum,
    GatedStanding,
    ProgrammeRobustness,
    Robustness,
    Standing,
    Tally,
    acceptability,
    confidence_counts,
    drawn_values,
    tally,
)
from partnerselect.robustness.comparison_sets import (
    ComparisonSet,
    GateChance,
    GatedComparisonSet,
    Requirement,
    comparison_set,
    gate_chances,
    gated_comparison_sets,
    requirements,
)
from partnerselect.robustness.samplers import Block, blocks, open_gates
from partnerselect.robustness.trial_values import TrialInputs
from partnerselect.robustness.weight_tree import weight_draws
from partnerselect.value import TIE, PerformanceTable, Scores
from partnerselect.words import NOT_WORKED_OUT

EachBlock = Callable[[Callable[[Block], "list[Sums]"], Iterable[Block]], Iterable["list[Sums]"]]
"""Something that calls a function for every block and returns the results in order: `map`, or that
of a pool of workers."""


Summed = TypeVar("Summed", "Sums", FloatArray)


@dataclass(frozen=True)
class Sums:
    """Sums over the trials of one programme."""

    main: Tally
    free_first: FloatArray
    gated: Tally
    below: FloatArray

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.main + other.main,
            self.free_first + other.free_first,
            self.gated + other.gated,
            self.below + other.below,
        )


@dataclass(frozen=True)
class _Case:
    """One programme as it is drawn."""

    p: int
    owner: str | None
    """The programme itself where it has weights of its own."""
    field: ComparisonSet
    gated: GatedComparisonSet | None
    required: tuple[Requirement, ...]
    """What a draw may fall below."""


def simulate(
    scenario: Scenario, table: PerformanceTable, scores: Scores, *, each: EachBlock = map
) -> Robustness:
    """Draw weights, scores and gates as the scenario says, and count who is first how often.

    Blocks are drawn one after the other, so memory does not grow with the trials. Their results are
    added up in
    order: whoever draws them, and however many at a time, the numbers are the same.

    Args:
        scenario: with the number of trials, the seed and the set of weights; no trials, no
            programmes.
        table: its performance table.
        scores: today's weights.
        each: runs the blocks; `map`, or the `map` of an executor.

    """
    options, told = scenario.analysis, f"What the trials say {NOT_WORKED_OUT['fault']}."

    def drawn() -> Robustness:
        simulation = _Simulation(scenario, table, scores)
        return Robustness(
            options.samples,
            options.seed,
            simulation.weights.words,
            simulation.gates,
            simulation.results(each) if options.samples else {},
        )

    return attempted(drawn, Robustness(0, options.seed, "", (), {}, told))


class _Simulation:
    """What all blocks have in common; made once, read by every block."""

    def __init__(self, scenario: Scenario, table: PerformanceTable, scores: Scores) -> None:
        self.weights, self._free = weight_draws(scenario), weight_draws(scenario, "free")
        self.gates = gate_chances(scenario)
        self._scenario, self._table = scenario, table
        self._inputs = TrialInputs(scenario, table, scores)
        sets = (scenario, table, self._inputs.uncertain)
        gated = gated_comparison_sets(*sets) if scenario.analysis.samples else ()
        self._cases = [
            self._case(p, field)
            for p, field in enumerate(gated)
            if field is not None or table.eligible[p].any()
        ]

    def _case(self, p: int, gated: GatedComparisonSet | None) -> _Case:
        eligible = tuple(np.flatnonzero(self._table.eligible[p]).tolist())
        field = comparison_set(self._table, p, eligible, self._inputs.uncertain)
        required = requirements(self._inputs.leaves, self._table, p, field)
        return _Case(p, self._inputs.owners[p], field, gated, required)

    def results(self, each: EachBlock) -> dict[str, ProgrammeRobustness]:
        """Draw every block, twice: central weights are known only after the first time."""
        todo = blocks(self._scenario.analysis.samples, seed=self._scenario.analysis.seed)
        totals: list[Sums] = reduce(_added, each(self.sums, todo))
        found = [acceptability(total.main) for total in totals]
        confident = reduce(_added, (self._confidence(block, found) for block in todo))
        draws = self._scenario.analysis.samples
        return {
            self._table.workload.programmes[case.p]: self._result(case, total, one, counts / draws)
            for case, total, one, counts in zip(self._cases, totals, found, confident, strict=True)
        }

    def sums(self, block: Block) -> list[Sums]:
        """Count one block, programme by programme."""
        weights, free = (self._inputs.weights(how, block) for how in (self.weights, self._free))
        drawn = self._inputs.scores(block)
        is_open = np.hstack(
            [
                np.empty((block.draws, 0), dtype=bool),
                *(self._open(gate, block) for gate in self.gates),
            ]
        )
        return [
            self._sums_of(case, weights[case.owner], free[case.owner], drawn, is_open)
            for case in self._cases
        ]

    @staticmethod
    def _open(gate: GateChance, block: Block) -> BoolArray:
        return open_gates(block.stream("gate", gate.gate), block.draws, np.array([gate.likelihood]))

    def _sums_of(
        self,
        case: _Case,
        weights: FloatArray,
        free: FloatArray,
        drawn: list[FloatArray],
        is_open: BoolArray,
    ) -> Sums:
        partial = self._inputs.partial(case.p, case.field, drawn, len(weights))
        main = tally(drawn_values(weights, case.field.nominal, case.field.cells, partial), weights)
        free_first = first_counts(drawn_values(free, case.field.nominal, case.field.cells, partial))
        gated = (
            main if case.gated is None else self._gated(case.p, case.gated, weights, drawn, is_open)
        )
        return Sums(
            main,
            free_first,
            gated,
            np.array(
                [
                    np.count_nonzero(partial[:, one.cells] @ one.counts < one.least - TIE)
                    for one in case.required
                ],
                dtype=np.float64,
            ),
        )

    def _gated(
        self,
        p: int,
        gated: GatedComparisonSet,
        weights: FloatArray,
        drawn: list[FloatArray],
        is_open: BoolArray,
    ) -> Tally:
        field = gated.field
        funded = np.where(is_open[:, gated.funding_gate], gated.opened, gated.closed)
        partial = np.hstack([self._inputs.partial(p, field, drawn, len(weights), is_open), funded])
        values = drawn_values(
            weights, field.nominal, np.vstack([field.cells, gated.funding_cells]), partial
        )
        always = gated.gate_of < 0
        return tally(
            values, weights, always[:, None] | is_open[:, np.where(always, 0, gated.gate_of)].T
        )

    def _confidence(self, block: Block, found: list[Acceptability]) -> list[FloatArray]:
        drawn = self._inputs.scores(block)
        return [
            confidence_counts(
                one.central_weights,
                case.field.nominal,
                case.field.cells,
                self._inputs.partial(case.p, case.field, drawn, block.draws),
            )
            for case, one in zip(self._cases, found, strict=True)
        ]

    def _result(
        self, case: _Case, total: Sums, found: Acceptability, confidence: FloatArray
    ) -> ProgrammeRobustness:
        names = self._table.workload.partners
        partners = tuple(names[k] for k in case.field.partners)
        return ProgrammeRobustness(
            programme=self._table.workload.programmes[case.p],
            standings=tuple(
                self._standing(partners, row, total, found, confidence)
                for row in range(len(partners))
            ),
            gated=_gated_standings(
                tuple(names[k] for k in (case.gated.field if case.gated else case.field).partners),
                acceptability(total.gated),
            ),
            first_most=min(
                zip((-found.ranks[:, :1]).ravel().tolist(), partners, strict=True),
                default=(0.0, None),
            )[1],
            below_minimum=tuple(
                BelowMinimum(partners[one.row], one.path, count / found.draws)
                for one, count in zip(case.required, total.below.tolist(), strict=True)
            ),
            mean_weights=dict(
                zip(self._table.criteria, (total.main.weights / found.draws).tolist(), strict=True)
            ),
        )

    def _standing(
        self,
        partners: tuple[str, ...],
        row: int,
        total: Sums,
        found: Acceptability,
        confidence: FloatArray,
    ) -> Standing:
        leads = bool(found.ranks[row, 0] > 0)
        return Standing(
            partner=partners[row],
            ranks=tuple(found.ranks[row].tolist()),
            first_share=float(found.ranks[row, 0]),
            first_error=float(found.rank_errors[row, 0]),
            first_share_free=float(total.free_first[row] / found.draws),
            central_weights=dict(
                zip(self._table.criteria, found.central_weights[row].tolist(), strict=True)
            )
            if leads
            else None,
            confidence=float(confidence[row]) if leads else None,
            beats={
                other: float(share)
                for other, share in zip(partners, found.winning[row], strict=True)
                if other != partners[row]
            },
        )


def _gated_standings(partners: tuple[str, ...], found: Acceptability) -> tuple[GatedStanding, ...]:
    return tuple(
        GatedStanding(
            partner, float(ranks[0]), float(errors[0]), float(unavailable), tuple(ranks.tolist())
        )
        for partner, ranks, errors, unavailable in zip(
            partners, found.ranks, found.rank_errors, found.unavailable.tolist(), strict=True
        )
    )


def first_counts(values: FloatArray) -> FloatArray:
    """Count the first places of each alternative, ties split.

    `values` has shape (alternatives, draws).
    """
    firsts = values >= values.max(axis=0, initial=-np.inf) - TIE
    counts: FloatArray = (firsts / np.count_nonzero(firsts, axis=0)).sum(axis=1)
    return counts


def _added(one: list[Summed], other: list[Summed]) -> list[Summed]:
    return [add(*pair) for pair in zip(one, other, strict=True)]
