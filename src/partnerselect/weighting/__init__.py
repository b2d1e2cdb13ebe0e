"""Weights as people can give them: points, an order, pairwise judgements, best and worst.

Every method takes plain data about the siblings it weighs and returns positive weights that sum to 1,
with a measure of consistency where the method has one.
"""

from partnerselect.weighting.best_worst import BestWorst, best_worst
from partnerselect.weighting.errors import WeightingError
from partnerselect.weighting.pairwise import SAATY, Mend, Pairwise, RandomIndex, pairwise
from partnerselect.weighting.points import direct, swing
from partnerselect.weighting.ranks import rank

__all__ = ["SAATY", "BestWorst", "Mend", "Pairwise", "RandomIndex", "WeightingError", "best_worst", "direct", "pairwise", "rank", "swing"]
