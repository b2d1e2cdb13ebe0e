"""A linear or mixed-integer programme as plain data; nothing here knows a solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from partnerselect.arrays import FloatArray

State = Literal["optimal", "infeasible", "stopped", "failed", "inexact"]
"""`failed`: the solver came to no end, in whatever way it was asked; `inexact`: what it finds does
not hold exactly."""
HALF = 0.5
"""Between 0 and 1: what a binary column's value is compared with."""
MARGIN = 1e-6
"""A part of the objective (at least of 1) added to what is left between bound and best: nothing
equally good is left out for a last digit."""
APART = 2.0**23
"""Times that a row's largest coefficient may be its least: tolerances tell no further apart."""


@dataclass(frozen=True)
class Names:
    """What many rows or columns are called: at every number each of the words in turn.

    Written out only when somebody asks.
    """

    words: tuple[str, ...]
    numbers: tuple[NDArray[np.intp], ...] = ()
    """Each (times,), joined by `_` behind a word; none for words that stand alone."""

    def __len__(self) -> int:
        return len(self.words) * (len(self.numbers[0]) if self.numbers else 1)

    def is_same_as(self, other: Names) -> bool:
        """Tell whether these are the same names in the same order."""
        return (
            self.words == other.words
            and len(self.numbers) == len(other.numbers)
            and all(map(np.array_equal, self.numbers, other.numbers))
        )

    def written(self) -> list[str]:
        """Return every name."""
        if not self.numbers:
            return list(self.words)
        joined = [
            "_".join(map(str, one))
            for one in zip(*(numbers.tolist() for numbers in self.numbers), strict=True)
        ]
        return [f"{word}{number}" for number in joined for word in self.words]


@dataclass(frozen=True)
class Row:
    """One constraint `lower ≤ Σ coefficient · column ≤ upper`."""

    name: str
    family: str
    """What it belongs to, for whoever wrote it; an enumeration of theirs, as is the kind."""
    columns: NDArray[np.intp]
    coefficients: FloatArray
    lower: float
    upper: float
    kind: str = ""
    """What it says; empty where nobody needs to know."""


@dataclass(frozen=True)
class Block:
    """Rows of one kind, as arrays: Row by Row, large ones take longer to write than to solve."""

    family: str
    names: Names
    starts: NDArray[np.intp]
    """(rows + 1,): where each row begins in the two below."""
    columns: NDArray[np.intp]
    coefficients: FloatArray
    lower: float
    upper: float
    kind: str = ""

    def is_same_as(self, other: Block) -> bool:
        """Tell whether these are the same rows."""
        return (
            (self.family, self.kind, self.lower, self.upper)
            == (other.family, other.kind, other.lower, other.upper)
            and self.names.is_same_as(other.names)
            and np.array_equal(self.starts, other.starts)
            and np.array_equal(self.columns, other.columns)
            and np.array_equal(self.coefficients, other.coefficients)
        )

    def rows(self) -> Iterator[Row]:
        """Yield the rows one by one."""
        for number, name in enumerate(self.names.written()):
            part = slice(self.starts[number], self.starts[number + 1])
            yield Row(
                name,
                self.family,
                self.columns[part],
                self.coefficients[part],
                self.lower,
                self.upper,
                self.kind,
            )


def summed(terms: Iterable[tuple[int, float]]) -> tuple[NDArray[np.intp], FloatArray]:
    """Return the columns of terms, each once, and what its coefficients add up to."""
    found: dict[int, float] = {}
    for column, coefficient in terms:
        found[column] = found.get(column, 0.0) + coefficient
    columns = np.fromiter(found.keys(), dtype=np.intp, count=len(found))
    return columns, np.fromiter(found.values(), dtype=float, count=len(found))


@dataclass
class Program:
    """A minimisation over columns with bounds; grown while it is formulated, then left alone."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    _named: list[Names] = field(default_factory=list, repr=False)
    _names: list[str] = field(default_factory=list, repr=False)
    _rows: list[Row] = field(default_factory=list, repr=False)
    height: int = 0
    """The number of rows."""

    def column(
        self, name: str, *, lower: float = 0.0, upper: float = 1.0, integer: bool = True
    ) -> int:
        """Add a column (binary unless said otherwise) and return its number."""
        self._named.append(Names((name,)))
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(integer)
        return self.size - 1

    def binaries(self, names: Names, lower: FloatArray | None = None) -> NDArray[np.intp]:
        """Add binary columns and return their numbers."""
        first = self.size
        self._named.append(names)
        self.lower += [0.0] * len(names) if lower is None else lower.tolist()
        self.upper += [1.0] * len(names)
        self.integer += [True] * len(names)
        return np.arange(first, self.size)

    def row(
        self,
        family: str,
        name: str,
        terms: Iterable[tuple[int, float]],
        *,
        lower: float = -np.inf,
        upper: float = np.inf,
        kind: str = "",
    ) -> None:
        """Add a constraint; terms of the same column are added up."""
        columns, coefficients = summed(terms)
        starts = np.array([0, len(columns)])
        names = Names((name,))
        self.block(Block(family, names, starts, columns, coefficients, lower, upper, kind))

    def block(self, block: Block) -> None:
        """Add rows; no row of theirs names a column twice.

        A row of its own whose coefficients lie too far apart is written more loosely.
        """
        self.blocks.append(_comparable(block, self.upper))
        self.height += len(block.names)

    @property
    def rows(self) -> list[Row]:
        """The rows one by one."""
        if len(self._rows) != self.height:
            self._rows = [row for block in self.blocks for row in block.rows()]
        return self._rows

    @property
    def names(self) -> list[str]:
        """What the columns are called."""
        if len(self._names) != self.size:
            self._names = [name for named in self._named for name in named.written()]
        return self._names

    @property
    def size(self) -> int:
        """The number of columns."""
        return len(self.lower)

    def is_same_as(self, other: Program) -> bool:
        """Tell whether this is the same programme: columns, bounds and rows."""
        columns = (self.lower, self.upper, self.integer, len(self._named), len(self.blocks))
        theirs = (other.lower, other.upper, other.integer, len(other._named), len(other.blocks))
        return (
            columns == theirs
            and all(map(Names.is_same_as, self._named, other._named))
            and all(map(Block.is_same_as, self.blocks, other.blocks))
        )

    def as_arrays(self) -> Arrays:
        """Return columns and rows as arrays."""
        counts = [len(block.names) for block in self.blocks]
        lengths = [np.diff(block.starts) for block in self.blocks]
        nothing = np.array([], dtype=np.intp)
        return Arrays(
            lower=np.array(self.lower),
            upper=np.array(self.upper),
            integer=np.array(self.integer, dtype=bool),
            row_lower=np.repeat([block.lower for block in self.blocks], counts).astype(float),
            row_upper=np.repeat([block.upper for block in self.blocks], counts).astype(float),
            starts=np.concatenate([[0], np.cumsum(np.concatenate([nothing, *lengths]))]).astype(
                np.intp
            ),
            columns=np.concatenate([nothing, *(block.columns for block in self.blocks)]),
            coefficients=np.concatenate(
                [nothing.astype(float), *(block.coefficients for block in self.blocks)]
            ),
        )


def _comparable(block: Block, most: list[float]) -> Block:
    """Return a row that allows all that it allowed, with coefficients the solver can tell apart.

    Each becomes a multiple of the least difference that counts, so that it takes less of an upper
    bound and counts for more towards a lower one; `most` are the columns' upper bounds. What is
    then allowed too much is a matter for whoever checks a choice exactly.
    """
    sizes = np.abs(block.coefficients)
    some = sizes[sizes > 0]
    if len(block.names) > 1 or not len(some) or some.max() <= APART * some.min():
        return block
    parts = block.coefficients / (unit := 2.0 ** np.ceil(np.log2(some.max() / APART)))
    if block.lower == -np.inf:
        return replace(block, coefficients=np.floor(parts) * unit)
    if block.upper == np.inf:
        return replace(block, coefficients=np.ceil(parts) * unit)
    rounded = np.round(parts) * unit
    slack = float(np.abs(rounded - block.coefficients) @ np.array(most)[block.columns])
    lower, upper = block.lower - slack, block.upper + slack
    return replace(block, coefficients=rounded, lower=lower, upper=upper)


@dataclass(frozen=True)
class Arrays:
    """A programme as arrays, its matrix by rows, as a large one is passed to the solver."""

    lower: FloatArray
    upper: FloatArray
    integer: NDArray[np.bool_]
    """(columns,)."""
    row_lower: FloatArray
    row_upper: FloatArray
    """(rows,)."""
    starts: NDArray[np.intp]
    """(rows + 1,): where each row begins in the two below."""
    columns: NDArray[np.intp]
    coefficients: FloatArray

    @property
    def size(self) -> int:
        """The number of columns."""
        return len(self.lower)

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.row_lower)

    @cached_property
    def row_of(self) -> NDArray[np.intp]:
        """(entries,): the row of every coefficient."""
        return np.repeat(np.arange(len(self.row_lower)), np.diff(self.starts))

    @cached_property
    def largest(self) -> FloatArray:
        """(rows,): the largest coefficient of every row, without its sign.

        0 where there is none.
        """
        largest = np.zeros(len(self.row_lower))
        some = np.diff(self.starts) > 0
        if some.any():
            largest[some] = np.maximum.reduceat(np.abs(self.coefficients), self.starts[:-1][some])
        return largest

    def uses(self, values: FloatArray) -> FloatArray:
        """Return what every row comes to; values (columns,) to (rows,)."""
        return np.bincount(
            self.row_of,
            weights=self.coefficients * values[self.columns],
            minlength=len(self.row_lower),
        ).astype(float)

    def raisable(self, tolerance: float = 1e-6) -> NDArray[np.bool_]:
        """Tell which columns may be 1 as far as each row says by itself; shape (columns,)."""
        at_lower, at_upper = (
            self.coefficients * bound[self.columns] for bound in (self.lower, self.upper)
        )
        parts = np.fmin(at_lower, at_upper), np.maximum(at_lower, at_upper)
        sums = [
            np.bincount(self.row_of, part, minlength=self.height)[self.row_of] for part in parts
        ]
        with np.errstate(invalid="ignore"):
            least, most = (one - part for one, part in zip(sums, parts, strict=True))
        broken = least + self.coefficients > self.row_upper[self.row_of] + tolerance
        broken |= most + self.coefficients < self.row_lower[self.row_of] - tolerance
        return np.asarray(np.bincount(self.columns, broken, minlength=self.size) == 0)

    def holds(self, values: FloatArray, tolerance: float = 1e-6) -> bool:
        """Tell whether values keep every bound and row and are whole where they must be.

        Rows within a part of their largest coefficient.
        """
        uses, slack = self.uses(values), tolerance * np.maximum(self.largest, 1.0)
        rows = (uses >= self.row_lower - slack) & (uses <= self.row_upper + slack)
        columns = (values >= self.lower - tolerance) & (values <= self.upper + tolerance)
        whole = np.abs(values - np.round(values))[self.integer] <= tolerance
        return bool(rows.all() and columns.all() and whole.all())


@dataclass(frozen=True)
class Solution:
    """What a solver says; values (columns,) and objective are None unless something was found."""

    state: State
    values: FloatArray | None
    objective: float | None
    bound: float
    """No solution can lie below it (we minimise); −inf where nothing is known."""
    seconds: float

    @property
    def is_settled(self) -> bool:
        """Whether the question is answered: the best was found, or nothing is possible."""
        return self.state in {"optimal", "infeasible"}


INFEASIBLE = Solution("infeasible", None, None, -np.inf, 0.0)


def room_above(bound: float, most: float) -> float:
    """Return how far above a bound of the objective something may lie that comes to no more."""
    return most - bound + MARGIN * max(1.0, abs(bound))


@dataclass(frozen=True)
class Relaxation:
    """What is reached with fractions allowed: inf where infeasible, −inf where it was not found."""

    bound: float
    values: FloatArray | None
    reduced_costs: FloatArray | None
    """(columns,): what a unit of a column left out would cost at least."""
    row_prices: FloatArray | None = None
    """(rows,): how much the objective rises with a unit more of the row's bound; at most 0 for an
    upper bound."""
