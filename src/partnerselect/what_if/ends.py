"""What a saved what-if would measure anew: the ends of local scales, which a what-if leaves where they were."""

from __future__ import annotations

import numpy as np

from partnerselect.model.scenario import Scenario
from partnerselect.value.performance import performance_table
from partnerselect.what_if.changes import WhatIf


def measured_anew(whatif: WhatIf) -> list[str]:
    """Return the titles of the criteria whose local scales would have other ends if the what-if were a file of its own."""
    now, alone = (
        performance_table(whatif.scenario),
        performance_table(Scenario.from_data(whatif.scenario.data)),
    )
    differs = np.asarray(~np.isclose(now.ends, alone.ends, equal_nan=True).all(axis=(0, 2)))
    return [
        criterion.title
        for criterion, moved in zip(whatif.scenario.criteria.leaves.values(), differs, strict=True)
        if moved
    ]
