"""Large cases: a bound first, then an answer, which more time only improves (docs/decisions/0006).

A programme is taken apart into jobs that share rows and agents; nothing here knows what they are.
"""

from partnerselect.optimiser.decomposition.coupled import NONE, Coupled, Entries
from partnerselect.optimiser.decomposition.search import search_patterns

__all__ = ["NONE", "Coupled", "Entries", "search_patterns"]
