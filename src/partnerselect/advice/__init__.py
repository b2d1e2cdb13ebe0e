"""Numbers into advice: the recommendation with its reasons, and the checks of good practice."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
