"""The screens. Importing this package imports no engine: the first paint comes before pulp, highspy, numpy and pandas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["run"]


def run(paths: Sequence[Path], *, root: Path | None = None, changes: Mapping[str, Any] | None = None) -> int:
    """Open the screens on these scenarios, the first in front; return the exit code.

    Args:
        paths: scenario files; one at least.
        root: widens the workspace, as for `files.load`.
        changes: what the command line overrides, by path in the scenario: `{"analysis.samples": 500}`.
    """
    from partnerselect.tui.app import PartnerselectApp

    app = PartnerselectApp(paths, root=root, changes=changes)
    app.run()
    return app.return_code or 0
