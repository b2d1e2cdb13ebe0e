"""The only place that speaks to a solver: a programme as plain data in, status and values out."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
