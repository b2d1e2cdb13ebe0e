"""Local scales of a changed scenario: which would end elsewhere in a file that said the same."""

from __future__ import annotations

import numpy as np

from partnerselect.latest import latest
from partnerselect.model import LocalScale, Scenario
from partnerselect.value.performance import PerformanceTable, performance_table


def measured_anew(scenario: Scenario, table: PerformanceTable) -> tuple[str, ...]:
    """Return the criteria whose local scales would end elsewhere in a file of its own.

    A changed scenario keeps the ends of the one it was made from, so that values can be compared.
    """
    leaves = scenario.criteria.leaves
    is_local = any(isinstance(criterion.scale, LocalScale) for criterion in leaves.values())
    if scenario.origin is scenario or not is_local:
        return ()
    _, alone = as_file(scenario)
    same = np.isclose(table.ends, alone.ends, equal_nan=True)
    return tuple(name for c, name in enumerate(leaves) if not same[:, c].all())


@latest(1)
def as_file(scenario: Scenario) -> tuple[Scenario, PerformanceTable]:
    """Return a changed scenario as a file that says the same would be read, and its table."""
    alone = scenario.as_file()
    return alone, performance_table(alone)
