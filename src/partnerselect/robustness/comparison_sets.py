"""What varies for one programme: who is compared, which values move, which gates bar whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partnerselect.arrays import FloatArray, IntArray
from partnerselect.model import Criterion, Gate, Scenario
from partnerselect.robustness.uncertainty import ComputedScore, OpenScore
from partnerselect.value import (
    PerformanceTable,
    only_barred_by_gate,
    performance_table,
    required_value,
)

EXPECTED, UNKNOWN = 0.8, 0.5
"""Likelihoods of a gate where none is stated."""


@dataclass(frozen=True)
class GateChance:
    """How likely a gate is to be open, and whether we had to assume it."""

    gate: str
    title: str
    status: str
    likelihood: float
    assumed: bool

    @property
    def is_open(self) -> bool:
        """Whether plans count on it today."""
        return self.status in {"confirmed", "expected"}


def gate_chances(scenario: Scenario) -> tuple[GateChance, ...]:
    """Return the likelihood of every gate, where none is stated by its status.

    Confirmed 1, refused 0, else 0.8 where expected and 0.5 where unknown.
    """
    return tuple(
        GateChance(name, gate.title, gate.status, *_likelihood(gate))
        for name, gate in scenario.gates.items()
    )


def _likelihood(gate: Gate) -> tuple[float, bool]:
    settled = {"confirmed": 1.0, "refused": 0.0}
    if gate.status in settled:
        return settled[gate.status], False
    if gate.likelihood is not None:
        return gate.likelihood, False
    return (EXPECTED if gate.status == "expected" else UNKNOWN), True


@dataclass(frozen=True)
class ComparisonSet:
    """The partners compared for one programme and what of their partial values is not fixed."""

    partners: tuple[int, ...]
    """Positions in the table."""
    nominal: FloatArray
    """(partners, criteria): partial values."""
    cells: IntArray
    """(cells, 2): row and criterion of each partial value that is drawn."""
    sources: tuple[int, ...]
    """For each cell the uncertain score it comes from."""


@dataclass(frozen=True)
class GatedComparisonSet:
    """The same with gates varied: partners only barred by their gate take part too."""

    field: ComparisonSet
    gate_of: IntArray
    """(partners,): the gate that must be open, -1 where there is none."""
    funding_cells: IntArray
    """(cells, 2): partial values that hang on a gate of the funding."""
    funding_gate: IntArray
    """(cells,): which gate."""
    opened: FloatArray
    closed: FloatArray
    """(cells,): the partial value while that gate is open, and while it is closed."""


def comparison_set(
    table: PerformanceTable, p: int, partners: tuple[int, ...], scores: tuple[OpenScore, ...]
) -> ComparisonSet:
    """Return the partners of a programme and the cells in which uncertain scores stand."""
    row = {table.workload.partners[k]: number for number, k in enumerate(partners)}
    column = {name: number for number, name in enumerate(table.criteria)}
    found = [
        (row[score.partner], column[score.criterion], s)
        for s, score in enumerate(scores)
        if p in score.holds_in and score.partner in row
    ]
    cells = np.array([(r, c) for r, c, _ in found], dtype=np.intp).reshape(-1, 2)
    return ComparisonSet(
        partners, table.values[p, list(partners)], cells, tuple(s for _, _, s in found)
    )


@dataclass(frozen=True)
class Requirement:
    """A requirement of a partner whose scores are drawn: a sum of cells that must not fall below.

    Today's weights hold in a branch.
    """

    row: int
    path: str
    cells: IntArray
    """Numbers of the cells that bear on it."""
    counts: FloatArray
    """What each of them counts."""
    least: float


def requirements(
    leaves: list[Criterion], table: PerformanceTable, p: int, of: ComparisonSet
) -> tuple[Requirement, ...]:
    """Return what is required of the cells that are drawn, of leaves and then of branches."""
    found, one = [], np.ones(1)
    for cell, (row, c) in enumerate(of.cells.tolist()):
        least = float(required_value(leaves[c], table.ends[p, c]))
        if least > -np.inf:
            found.append(Requirement(row, table.criteria[c], np.array([cell]), one, least))
    for minimum in table.minima:
        counts = minimum.weights[p, of.cells[:, 1]]
        for row in dict.fromkeys(of.cells[counts > 0, 0].tolist()):
            bearing = np.flatnonzero((of.cells[:, 0] == row) & (counts > 0))
            settled = minimum.weights[p].copy()
            settled[of.cells[bearing, 1]] = 0.0
            least = minimum.required - float(of.nominal[row] @ settled)
            found.append(Requirement(row, minimum.path, bearing, counts[bearing], least))
    return tuple(found)


def gated_comparison_sets(
    scenario: Scenario, table: PerformanceTable, scores: tuple[OpenScore, ...]
) -> tuple[GatedComparisonSet | None, ...]:
    """Return for each programme the field with gates.

    None where no gate touches a partner of it.
    """
    programmes = range(len(table.workload.programmes))
    if not scenario.gates:
        return tuple(None for _ in programmes)
    both = [
        performance_table(
            scenario.with_changes({f"gates.{gate}.status": status for gate in scenario.gates})
        )
        for status in ("confirmed", "refused")
    ]
    return tuple(_gated(scenario, (table, *both), scores, p) for p in programmes)


def _gated(
    scenario: Scenario,
    tables: tuple[PerformanceTable, ...],
    scores: tuple[OpenScore, ...],
    p: int,
) -> GatedComparisonSet | None:
    """Tables: today's, with all gates open, with all closed."""
    table, opened, closed = tables
    partners = tuple(
        k
        for k in range(len(table.workload.partners))
        if table.eligible[p, k] or only_barred_by_gate(scenario, table, p, k)
    )
    number = {gate: g for g, gate in enumerate(scenario.gates)}
    stated = [scenario.partners[table.workload.partners[k]] for k in partners]
    gate_of = np.array(
        [number[partner.gate] if partner.gate else -1 for partner in stated], dtype=np.intp
    )
    funded = [
        (row, number[partner.funding.gate])
        for row, partner in enumerate(stated)
        if partner.funding and partner.funding.gate
    ]
    field = comparison_set(table, p, partners, scores)
    drawn = _computed_cells(field, scores)
    moved = [
        (row, c, gate)
        for row, gate in funded
        for c in np.flatnonzero(
            opened.values[p, partners[row]] != closed.values[p, partners[row]]
        ).tolist()
        if (row, c) not in drawn
    ]
    if not moved and not (funded and drawn) and (gate_of < 0).all():
        return None
    cells = np.array([(row, c) for row, c, _ in moved], dtype=np.intp).reshape(-1, 2)
    at = [(p, partners[row], c) for row, c, _ in moved]
    values = [np.array([one.values[place] for place in at]) for one in (opened, closed)]
    gates = np.array([gate for _, _, gate in moved], dtype=np.intp)
    return GatedComparisonSet(field, gate_of, cells, gates, *values)


def _computed_cells(
    field: ComparisonSet, scores: tuple[OpenScore, ...]
) -> frozenset[tuple[int, int]]:
    """Return the cells that are computed from prices and days that are drawn, gates or not."""
    return frozenset(
        (row, c)
        for (row, c), source in zip(field.cells.tolist(), field.sources, strict=True)
        if isinstance(scores[source], ComputedScore)
    )
