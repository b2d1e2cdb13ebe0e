"""What other methods would say, and where they disagree with the additive value.

`kernels` holds the formulas on bare tables; `opinions` puts them to the partners of every
programme.
"""

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.value.second_opinion.kernels import (
    Compromise,
    Opinion,
    Preference,
    Vikor,
    copras,
    preference_degree,
    promethee,
    topsis,
    topsis_by_vector,
    vector_normalised,
    vikor,
    weighted_product,
)
from partnerselect.value.second_opinion.opinions import (
    METHODS,
    ProgrammeOpinions,
    SecondOpinion,
    second_opinions,
)

__all__ = [
    "METHODS",
    "BoolArray",
    "Compromise",
    "FloatArray",
    "Opinion",
    "Preference",
    "ProgrammeOpinions",
    "SecondOpinion",
    "Vikor",
    "copras",
    "preference_degree",
    "promethee",
    "second_opinions",
    "topsis",
    "topsis_by_vector",
    "vector_normalised",
    "vikor",
    "weighted_product",
]
