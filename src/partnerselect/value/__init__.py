"""From what is known of partners to values: money, performance, weights, scores, opinions."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
