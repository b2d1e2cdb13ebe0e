"""How sure we are: trials of weights and scores, ranks, and what would turn the order.

The kernels know arrays only. Partial and overall values run from 0 to 100, weights sum to 1.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
