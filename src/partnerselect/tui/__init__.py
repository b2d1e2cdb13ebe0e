"""The screens.

Importing this package imports no engine: the first paint comes before pulp, highspy, numpy and
pandas.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["run"]

PATIENCE = 0.5
"""Seconds that someone who leaves is made to wait for a solver at work."""
TURN = 0.0005
"""Seconds after which a thread at work lets the screen's thread go on; with Python's 5 ms the
slowest keys waited half as long again."""
FRAMES = "120"
"""Frames a second: what a key leads to is drawn a few milliseconds later at the most, not up to 17.
"""
FAILED = 4
"""The exit code that says that we failed."""


def run(
    paths: Sequence[Path],
    *,
    root: Path | None = None,
    changes: Mapping[str, Any] | None = None,
    is_plain: bool = False,
) -> int:
    """Open the screens on these scenarios, the first in front; return the exit code.

    Args:
        paths: scenario files; where none is named, the one looked at last, or else one asks which.
        root: widens the workspace, as for `files.load`.
        changes: what the command line overrides, by path in the scenario: `{"analysis.samples":
            500}`.
        is_plain: tells lines of text on standard output, and reads keys from standard input.
    """
    gc.disable()  # what is loaded until the first answer stays: the jobs have it kept, and go on
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)  # Textual looks at it once, when it is imported
    from partnerselect.tui.app import PartnerselectApp
    from partnerselect.tui.keys import own_keys
    from partnerselect.tui.memory import MOST_RECENT, Remembered, keys_place, recalled, remember

    sys.setswitchinterval(TURN)
    known = recalled().of(paths)
    how: dict[str, Any] = {"root": root, "changes": changes, "remembered": known}
    how["own"] = own_keys(keys_place())
    latest = [path for path in map(Path, known.recent) if path.is_file()][:1]
    if is_plain:
        from partnerselect.tui.plain import PlainApp, listen

        app: PartnerselectApp = (plain := PlainApp(paths or latest, **how))
        asyncio.run(listen(plain, sys.stdin, sys.stdout))
    else:
        app = PartnerselectApp(paths or latest, **how)
        app.run()
    remember(Remembered(app.theme, app.current_mode, tuple(map(str, app.recent))[:MOST_RECENT]))
    code = FAILED if app.return_code else 0
    if not app.is_at_rest(PATIENCE):
        os._exit(code)  # an interpreter that ends the ordinary way under a working solver aborts
    return code
