"""A formulated programme as text in the LP format, written from our own plain data.

PuLP's writer orders rows, columns and binaries differently in its two majors, so it cannot be the
judge.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from partnerselect.allocation.formulate import formulate, own_cost_terms, value_terms
from partnerselect.allocation.problem import Formulation
from partnerselect.arrays import FloatArray
from partnerselect.model import Scenario
from partnerselect.model.options import LeastCost
from partnerselect.optimiser import Program
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score
from tests.oracle.scores import Data


def formulated(data: Data) -> tuple[Formulation, FloatArray]:
    """Return the formulation of a scenario and what is minimised, shape (columns,).

    The aim's own row included.
    """
    scenario = Scenario.from_data(data)
    table = performance_table(scenario)
    f = formulate(scenario, table, score(scenario, table))
    value, unchanged = value_terms(f)
    if not isinstance(scenario.aim, LeastCost):
        return f, -value
    objective = own_cost_terms(f)
    f.program.row(
        "aim",
        "floor",
        ((int(column), float(value[column])) for column in np.flatnonzero(value)),
        lower=scenario.aim.least_cost.value_at_least - unchanged,
    )
    return f, objective


def text(program: Program, objective: FloatArray) -> str:
    """Return a programme in the LP format, a comment before the rows of every family."""
    lines = ["Minimize", f" obj: {_sum(program, enumerate(objective))}", "Subject To"]
    family = ""
    for row in program.rows:
        if row.family != family:
            family = row.family
            lines.append(f"\\ {family}")
        relation, bound = (
            ("=", row.upper)
            if row.lower == row.upper
            else ("<=", row.upper)
            if np.isfinite(row.upper)
            else (">=", row.lower)
        )
        lines.append(
            f" {row.name}: {_sum(program, zip(row.columns, row.coefficients, strict=True))}"
            f" {relation} {bound:.12g}"
        )
    lines.append("Bounds")
    lines += [
        f" {low:.12g} <= {name} <= {high:.12g}"
        for name, low, high in zip(program.names, program.lower, program.upper, strict=True)
    ]
    lines += [
        "General",
        *(
            f" {name}"
            for name, integer in zip(program.names, program.integer, strict=True)
            if integer
        ),
        "End",
    ]
    return "\n".join(lines) + "\n"


def _sum(program: Program, terms: Iterable[tuple[int, float]]) -> str:
    """Return `+ 2 x - 3 y`; a sum of nothing is `0` times the first column."""
    parts = [
        f"{'-' if coefficient < 0 else '+'} {abs(coefficient):.12g} {program.names[column]}"
        for column, coefficient in terms
        if coefficient
    ]
    return " ".join(parts) or f"0 {program.names[0]}"
