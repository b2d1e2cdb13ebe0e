"""Choose partners programme by programme, and see how sure the choice is.

`import partnerselect as ps`; docs/python.md says what there is. Nothing is imported before it is
asked for: the command line starts quickly.
"""

from typing import Any

import lazy_loader

_found, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Return what the package offers, imported now."""
    if name == "__version__":
        from importlib.metadata import version

        return version(__name__)
    return _found(name)
