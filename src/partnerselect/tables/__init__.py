"""Tables as data: what stands in each is said here once, and drawn by `report.render`."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
