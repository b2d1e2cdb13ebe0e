"""Turning the programme in a solver's memory into another in place, where it has no new column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from partnerselect.optimiser.building import Built, row_scale
from partnerselect.optimiser.program import Program, Row

OUT_OF_SCALE = 2.0**10
"""Times that a row's scale may be off before the row is written anew."""


@dataclass
class _Held:
    """A row in the solver's memory."""

    number: int
    scale: float
    terms: dict[int, float]
    """The solver's column to the coefficient, unscaled."""


@dataclass(frozen=True)
class Placement:
    """Where a programme now stands in the solver's memory."""

    columns: NDArray[np.int32]
    rows: tuple[int, ...]
    scales: tuple[float, ...]


class IncrementalModel:
    """What the solver holds: columns and rows by name.

    Columns left out are held at 0, rows left out are lifted.
    """

    def __init__(self, program: Program, built: Built) -> None:
        self._highs, self._first, self._built = built.highs, program, built
        self._now, self._placed = (
            program,
            Placement(built.columns, tuple(range(program.height)), tuple(built.scales)),
        )
        self._numbers = program.height
        """How many rows are programmes'; those beyond were added for a question."""
        self._held: dict[str, _Held] | None = None

    @cached_property
    def _columns(self) -> dict[str, int]:
        return dict(zip(self._first.names, self._built.columns.tolist(), strict=True))

    @cached_property
    def _integer(self) -> dict[str, bool]:
        return dict(zip(self._first.names, self._first.integer, strict=True))

    def update_to(self, program: Program) -> Placement | None:
        """Change what is in memory into this programme.

        None where that needs a column that is not there.
        """
        placed = self._as_written() if program is self._now else self._another(program)
        if placed is not None:
            self._now, self._placed = program, placed
        return placed

    def _as_written(self) -> Placement:
        """Undo what was done for questions; the programme itself is in memory."""
        self._forget_questions()
        arrays, placed = self._now.as_arrays(), self._placed
        scales, rows = np.array(placed.scales), np.array(placed.rows, dtype=np.int32)
        self._highs.changeRowsBounds(
            len(rows), rows, arrays.row_lower * scales, arrays.row_upper * scales
        )
        self._highs.changeColsBounds(
            len(placed.columns), placed.columns, arrays.lower, arrays.upper
        )
        self._highs.changeColsCost(
            len(placed.columns), placed.columns, np.zeros(len(placed.columns))
        )
        return placed

    def _another(self, program: Program) -> Placement | None:
        if any(
            name not in self._columns or self._integer[name] != integer
            for name, integer in zip(program.names, program.integer, strict=True)
        ):
            return None
        held = self._rows_held()
        self._forget_questions()
        columns = np.array([self._columns[name] for name in program.names], dtype=np.int32)
        self._bound_columns(program, columns)
        inside, named = set(columns.tolist()), {row.name for row in program.rows}
        for row in program.rows:
            terms = dict(zip(columns[row.columns].tolist(), row.coefficients.tolist(), strict=True))
            if row.name in held and _is_out_of_scale(held[row.name], row):
                self._bound(held.pop(row.name), -np.inf, np.inf)
            if row.name not in held:
                held[row.name] = self._added(row, terms)
            self._change(held[row.name], terms, inside)
            self._bound(held[row.name], row.lower, row.upper)
        for name in held.keys() - named:
            self._bound(held[name], -np.inf, np.inf)
        self._numbers = int(self._highs.getNumRow())
        rows = [held[row.name] for row in program.rows]
        return Placement(
            columns, tuple(one.number for one in rows), tuple(one.scale for one in rows)
        )

    def _rows_held(self) -> dict[str, _Held]:
        """Return the rows by name, worked out when first needed."""
        if self._held is None:
            columns = self._built.columns
            self._held = {
                row.name: _Held(
                    number,
                    scale,
                    dict(
                        zip(columns[row.columns].tolist(), row.coefficients.tolist(), strict=True)
                    ),
                )
                for number, (row, scale) in enumerate(
                    zip(self._first.rows, self._built.scales, strict=True)
                )
            }
        return self._held

    def _forget_questions(self) -> None:
        beyond = np.arange(self._numbers, self._highs.getNumRow(), dtype=np.int32)
        if len(beyond):
            self._highs.deleteRows(len(beyond), beyond)

    def _bound_columns(self, program: Program, columns: NDArray[np.int32]) -> None:
        whole = np.arange(len(self._columns), dtype=np.int32)
        lower, upper = np.zeros(len(whole)), np.zeros(len(whole))
        lower[columns], upper[columns] = program.lower, program.upper
        self._highs.changeColsBounds(len(whole), whole, lower, upper)
        self._highs.changeColsCost(len(whole), whole, np.zeros(len(whole)))

    def _change(self, held: _Held, terms: dict[int, float], inside: set[int]) -> None:
        """Bring a row's coefficients up to date; those of columns left out may stay."""
        if held.terms == terms:
            return
        for column in held.terms.keys() & inside - terms.keys():
            self._highs.changeCoeff(held.number, column, 0.0)
            del held.terms[column]
        for column, coefficient in terms.items():
            if held.terms.get(column) != coefficient:
                self._highs.changeCoeff(held.number, column, coefficient * held.scale)
                held.terms[column] = coefficient

    def _added(self, row: Row, terms: dict[int, float]) -> _Held:
        scale = row_scale(row.coefficients)
        self._highs.addRow(
            -np.inf,
            np.inf,
            len(terms),
            np.array(list(terms), dtype=np.int32),
            np.array(list(terms.values())) * scale,
        )
        return _Held(int(self._highs.getNumRow()) - 1, scale, terms)

    def _bound(self, held: _Held, lower: float, upper: float) -> None:
        self._highs.changeRowBounds(held.number, lower * held.scale, upper * held.scale)


def _is_out_of_scale(held: _Held, row: Row) -> bool:
    """Tell whether a row's coefficients have so changed that it needs another scale."""
    ratio = row_scale(row.coefficients) / held.scale
    return not 1 / OUT_OF_SCALE <= ratio <= OUT_OF_SCALE
