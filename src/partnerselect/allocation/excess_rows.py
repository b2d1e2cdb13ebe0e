"""What goes beyond a limit, as rows: a total over the horizon is used up in order of date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from partnerselect.allocation.problem import Bounds, Family, Formulation, Term, at_least, up_to
from partnerselect.errors import Loc
from partnerselect.model import Stated, total_of


@dataclass(frozen=True)
class Excess:
    """What may go beyond a limit, and the columns that say how much does in each phase."""

    f: Formulation
    family: Family
    tag: str
    """Begins the names of its rows and columns."""
    columns: list[int]
    used: Callable[[int], list[Term]]
    """What may go beyond, by phase."""
    before: Callable[[int | None], list[Term]] = lambda _: []
    """What has its part of the limit first, in a phase or in all (None)."""

    def date(self, stated: Stated) -> None:
        """Hold in which phase something goes beyond, where there is a total.

        Σ_{s ≤ t} h = max(0, Σ_{s ≤ t} use − total), with a binary that tells whether it is used up;
        what is beyond the cap of a phase goes beyond there, and counts in neither sum.
        """
        total, caps = total_of(stated.limit), list(stated.caps)
        if total is None:
            return
        beyond = {
            t: self._beyond(loc, t, cap)
            for loc, phase, cap in caps
            if phase is not None
            for t in [self.f.work.phases.index(phase)]
        }
        for t in range(len(self.columns)):
            there = [e for s, e in beyond.items() if s <= t]
            self._in_order(caps[0][0], t, total, there)

    def _beyond(self, loc: Loc, t: int, cap: float) -> int:
        """Add what a phase takes beyond its cap: max(0, use − cap), with a binary."""
        most = self._most
        e = self.f.program.column(f"{self.tag}e{t}", upper=most, integer=False)
        over = self.f.program.column(f"{self.tag}b{t}")
        used = [(column, -amount) for column, amount in (*self.used(t), *self.before(t))]
        self._row(f"beyond{t}", loc, [(e, 1.0), *used], at_least(-cap))
        self._row(f"most{t}", loc, [(e, 1.0), *used, (over, cap + most)], up_to(most))
        self._row(f"none{t}", loc, [(e, 1.0), (over, -most)], up_to(0.0))
        return e

    def _in_order(self, loc: Loc, t: int, total: float, there: list[int]) -> None:
        most, over = self._most, self.f.program.column(f"{self.tag}o{t}")
        until = [(column, 1.0) for column in self.columns[: t + 1]]
        used = [term for s in range(t + 1) for term in self.used(s)]
        within = [*until, *((column, -amount) for column, amount in (*used, *self.before(None)))]
        self._row(f"soon{t}", loc, within, at_least(-total))
        self._row(f"late{t}", loc, [*within, (over, total + most)], up_to(most))
        unused = [*until, *((e, -1.0) for e in there), (over, -most)]
        self._row(f"unused{t}", loc, unused, up_to(0.0))

    def _row(self, name: str, loc: Loc, terms: list[Term], bounds: Bounds) -> None:
        self.f.limit(self.family, f"{self.tag}{name}", loc, terms, bounds)

    @property
    def _most(self) -> float:
        """More than can go beyond in all."""
        return self.f.program.upper[self.columns[0]]
