"""Weights as people can give them: points, an order, pairwise judgements, best and worst.

Every method takes plain data about the siblings it weighs and returns positive weights that sum to
1, with a measure of consistency where the method has one.
"""

from partnerselect.value.weighting.best_worst import BestWorst, best_worst
from partnerselect.value.weighting.errors import WeightingError
from partnerselect.value.weighting.input_consistency import (
    LIANG,
    InputConsistency,
    MisfitMend,
    input_consistency,
)
from partnerselect.value.weighting.pairwise import (
    ACCEPTABLE,
    SAATY,
    Mend,
    Pairwise,
    RandomIndex,
    pairwise,
)
from partnerselect.value.weighting.points import direct, swing
from partnerselect.value.weighting.ranks import rank

__all__ = [
    "ACCEPTABLE",
    "LIANG",
    "SAATY",
    "BestWorst",
    "InputConsistency",
    "Mend",
    "MisfitMend",
    "Pairwise",
    "RandomIndex",
    "WeightingError",
    "best_worst",
    "direct",
    "input_consistency",
    "pairwise",
    "rank",
    "swing",
]
