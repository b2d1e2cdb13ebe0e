"""Which limits keep a wish out of the best choice: each lifted alone, then several together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import combinations

import numpy as np

from partnerselect.allocation.outcome import Allocation
from partnerselect.allocation.problem import REMOVABLE, Family
from partnerselect.allocation.solve import Allocator
from partnerselect.arrays import FloatArray
from partnerselect.errors import Loc

SAME = 1e-5
"""Points, or units of money: what is this near to the best is as good."""
BROKEN = 1e-6
TOGETHER = 6
"""Limits of which every combination is tried; of more, one after the other is left out."""


class LiftedLimits:
    """The limits of a scenario, any of which may be lifted while wishes are asked about."""

    def __init__(self, allocator: Allocator, allocation: Allocation) -> None:
        """Sort the rows by the limit they belong to, a limit by phase as one."""
        self._of = allocator
        account = allocation.account
        assert account is not None  # noqa: S101 - wishes are held against a choice
        self._today = account.value if allocator.floor is None else account.own_cost
        self._families: dict[Family, dict[Loc, list[int]]] = {family: {} for family in REMOVABLE}
        f = allocator.formulation
        for loc, numbers in f.demands.items():
            limits = self._families[Family(f.program.rows[numbers[0]].family)]
            limits.setdefault(_as_written(loc), []).extend(numbers)
        self._rows = {
            limit: rows for family in self._families.values() for limit, rows in family.items()
        }
        self._best: dict[frozenset[Loc], float | None] = {}

    def in_the_way(self, columns: Sequence[int]) -> tuple[Loc, ...]:
        """Return the smallest set found without which the wish is part of a best choice.

        A single limit wherever one is enough, in the order of their families; none where no set is.
        """
        alone = next(
            (limit for limit in self._may_help(columns) if self._is_enough(columns, (limit,))), None
        )
        return (alone,) if alone is not None else self._together(columns)

    def forbidding(self, columns: Sequence[int]) -> tuple[Loc, ...]:
        """Return limits without which the wish is possible, none of which can be left out.

        None where it is not possible whatever the limits.
        """
        for limit in self._rows:
            if self._is_possible(columns, [limit]):
                return (limit,)
        lifted = list(self._rows)
        if not self._is_possible(columns, lifted):
            return ()
        for limit in self._rows:
            others = [one for one in lifted if one != limit]
            if self._is_possible(columns, others):
                lifted = others
        return tuple(lifted)

    def _is_possible(self, columns: Sequence[int], limits: Iterable[Loc]) -> bool:
        with self._lifting(limits), self._of.demanding(columns, 1.0):
            return self._of.is_possible()

    def _may_help(self, columns: Sequence[int]) -> Iterator[Loc]:
        """Yield the limits of every family without which the wish is as good as today's choice."""
        for limits in self._families.values():
            if len(limits) == 1 or (limits and self._reaches(columns, limits, self._today)):
                yield from limits

    def _is_enough(self, columns: Sequence[int], limits: Sequence[Loc]) -> bool:
        """Tell whether the wish is part of a best choice without these limits."""
        with self._lifting(limits), self._of.demanding(columns, 1.0):
            if self._of.cannot_reach(self._nearly(self._today)):
                return False
        best = self._best_without(limits)
        return best is not None and self._reaches(columns, limits, best)

    def _reaches(self, columns: Sequence[int], limits: Iterable[Loc], reached: float) -> bool:
        with self._lifting(limits), self._of.demanding(columns, 1.0):
            return self._of.reached_if_as_good(self._nearly(reached)) is not None

    def _together(self, columns: Sequence[int]) -> tuple[Loc, ...]:
        """Return the fewest of the limits that the best choice with the wish would break."""
        with self._lifting(self._rows), self._of.demanding(columns, 1.0):
            solution = self._of.settled(self._of.solve())
        broken = [] if solution.values is None else self._broken(solution.values)
        if len(broken) > TOGETHER:
            return self._thinned(columns, broken)
        for size in range(2, len(broken) + 1):
            for limits in combinations(broken, size):
                if self._is_enough(columns, limits):
                    return limits
        return ()

    def _thinned(self, columns: Sequence[int], limits: Sequence[Loc]) -> tuple[Loc, ...]:
        """Leave out what need not be lifted; nothing where all are not enough."""
        if not self._is_enough(columns, limits):
            return ()
        for limit in limits:
            others = [one for one in limits if one != limit]
            if self._is_enough(columns, others):
                limits = others
        return tuple(limits)

    def _broken(self, values: FloatArray) -> list[Loc]:
        rows = self._of.formulation.program.rows
        found = []
        for limit, numbers in self._rows.items():
            for row in (rows[number] for number in numbers):
                used = float(np.asarray(row.coefficients) @ values[np.asarray(row.columns)])
                if used > row.upper + BROKEN or used < row.lower - BROKEN:
                    found.append(limit)
                    break
        return found

    def _best_without(self, limits: Iterable[Loc]) -> float | None:
        """Return what the aim reaches without these limits, worked out once."""
        lifted = frozenset(limits)
        if lifted not in self._best:
            with self._lifting(lifted):
                self._best[lifted] = self._of.reached()
        return self._best[lifted]

    def _nearly(self, reached: float) -> float:
        return reached - SAME if self._of.floor is None else reached + SAME

    def _lifting(self, limits: Iterable[Loc]) -> AbstractContextManager[None]:
        return self._of.without_rows([number for limit in limits for number in self._rows[limit]])


def _as_written(loc: Loc) -> Loc:
    """Return the limit that a row belongs to, without its phase."""
    match loc:
        case ("limits", "budget" | "internal-days", _):
            return loc[:2]
        case ("limits", "funds", _, _) | ("partners", _, "capacity", _):
            return loc[:3]
        case _:
            return loc
