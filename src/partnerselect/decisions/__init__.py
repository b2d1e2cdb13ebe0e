"""Decisions as they are kept: what an entry is, and what follows from entries.

Entries are only ever added, and each holds the hash of the one before: a chain. A correction
supersedes. Nothing here knows where entries are stored, or what time it is.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
