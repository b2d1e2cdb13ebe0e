"""A linear or mixed-integer programme as plain data; nothing here knows a solver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
State = Literal["optimal", "infeasible", "stopped"]


@dataclass(frozen=True)
class Row:
    """One constraint `lower ≤ Σ coefficient · column ≤ upper`, and the family of limits it belongs to."""

    name: str
    family: str
    columns: NDArray[np.intp]
    coefficients: FloatArray
    lower: float
    upper: float


@dataclass
class Program:
    """A minimisation over columns with bounds; grown while it is formulated, then left alone."""

    names: list[str] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, name: str, *, lower: float = 0.0, upper: float = 1.0, integer: bool = True) -> int:
        """Add a column (binary unless said otherwise) and return its number."""
        self.names.append(name)
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(integer)
        return len(self.names) - 1

    def row(self, family: str, name: str, terms: Iterable[tuple[int, float]], *, lower: float = -np.inf, upper: float = np.inf) -> None:
        """Add a constraint; terms of the same column are added up."""
        summed: dict[int, float] = {}
        for column, coefficient in terms:
            summed[column] = summed.get(column, 0.0) + coefficient
        columns = np.fromiter(summed.keys(), dtype=np.intp, count=len(summed))
        self.rows.append(Row(name, family, columns, np.fromiter(summed.values(), dtype=float, count=len(summed)), lower, upper))

    @property
    def size(self) -> int:
        """The number of columns."""
        return len(self.names)


@dataclass(frozen=True)
class Solution:
    """What a solver says: values (one per column) and objective are None unless something was found."""

    state: State
    values: FloatArray | None
    objective: float | None
    bound: float
    """No solution can lie below it (we minimise); −inf where nothing is known."""
    seconds: float


@dataclass(frozen=True)
class Relaxation:
    """What is reached with fractions allowed: inf where even that is infeasible, −inf where it was not found."""

    bound: float
    values: FloatArray | None
    reduced_costs: FloatArray | None
    """(columns,): what a unit of a column left out would cost at least."""
