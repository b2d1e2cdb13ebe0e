"""The register: what was decided, on which figures, by whom, and how it turned out.

clock       what time it is
opening     where the register is, and whether what it needs is installed
store       entries in SQLite or PostgreSQL, as lines of JSON, verified
migrations  how the tables came to be as they are
deciding    from an analysis to a decision, and back
reading     readings of measures of success
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
