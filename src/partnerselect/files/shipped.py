"""Where the shipped criteria, scenarios and schema stand.

In a wheel they travel as `partnerselect/starter/`; in an editable install nothing is copied, they
stand in the checkout.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from partnerselect.errors import FailureError

FOLDERS: Final = ("criteria", "scenarios", "schema")
"""What `init` copies out."""

_PACKAGE = Path(__file__).parent.parent


def starter(*, package: Path = _PACKAGE) -> Path:
    """Return the folder that holds `criteria/`, `scenarios/` and `schema/`.

    Raises:
        FailureError: Neither an installed copy nor a checkout is there.
    """
    for root in (package / "starter", package.parent.parent):
        if all((root / folder).is_dir() for folder in FOLDERS):
            return root
    raise FailureError(
        "the shipped criteria, scenarios and schema are missing from this installation; install"
        " partnerselect again"
    )
