"""Local scales of a changed scenario: which would end elsewhere in a file that said the same."""

from __future__ import annotations

import numpy as np

from partnerselect.model.criteria import LocalScale
from partnerselect.model.scenario import Scenario
from partnerselect.value.performance import PerformanceTable, performance_table


def measured_anew(scenario: Scenario, table: PerformanceTable) -> tuple[str, ...]:
    """Return the criteria whose local scales would end elsewhere in a file of its own.

    A changed scenario keeps the ends of the one it was made from, so that values can be compared.
    """
    leaves = scenario.criteria.leaves
    is_local = any(isinstance(criterion.scale, LocalScale) for criterion in leaves.values())
    if scenario.origin is scenario or not is_local:
        return ()
    alone = performance_table(as_file(scenario))
    same = np.isclose(table.ends, alone.ends, equal_nan=True)
    return tuple(name for c, name in enumerate(leaves) if not same[:, c].all())


def as_file(scenario: Scenario) -> Scenario:
    """Return a changed scenario as a file that says the same would be read."""
    return Scenario.from_data(scenario.data, id=scenario.id)
