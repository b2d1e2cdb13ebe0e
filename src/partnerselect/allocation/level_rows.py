"""Programmes with levels as rows: at most one level runs, and what must run does at one of them."""

from __future__ import annotations

from partnerselect.allocation.problem import Family, Formulation, OneOf
from partnerselect.errors import Loc
from partnerselect.model import LEVEL, entry_at, programme_of


def write_levels(f: Formulation) -> None:
    """Write that at most one level of a programme runs, and what is decided of it."""
    for programme, entries in f.scenario.entries.items():
        stated = f.scenario.programmes[entries[0]]
        if stated.dose is None:
            continue
        running = f.z_of(programme)
        terms = [(z, 1.0) for z in running]
        f.program.row(Family.ASSIGNMENT, f"levels{running[0]}", terms, upper=1.0)
        if stated.mandatory:
            f.must(("programmes", programme, "mandatory"), running)
        for loc, columns in _decided(f, programme).items():
            f.must(loc, columns)


def _decided(f: Formulation, programme: str) -> dict[Loc, OneOf]:
    """Return by place the columns one of which must be 1: a level, or who delivers a need."""
    work, found = f.work, dict[Loc, OneOf]()
    if programme in (fixed := f.scenario.fixed_levels):
        p = work.programmes.index(entry_at(programme, fixed[programme]))
        found["committed", programme, LEVEL] = (f.z[p],)
    for n, k in f.committed.items():
        entry, need = work.needs[n]
        if programme_of(entry) == programme:
            column = int(f.y_table[n, k])
            loc = "committed", programme, need
            found[loc] = (*found.get(loc, ()), *((column,) if column >= 0 else ()))
    return found
