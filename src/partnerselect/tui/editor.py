"""The reader's own editor, at the line that is to be corrected."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

BY_COLON = ("code", "codium", "subl", "zed", "hx")
"""Editors that are told a line as `file:line`; the others as `+line file`."""


def edit(app: App[Any], place: str) -> None:
    """Open a place, `file:line:column`, in the editor that $VISUAL or $EDITOR names.

    The screens come back when it is left; where it cannot be opened, the reader is told why.
    """
    path, _, position = place.partition(":")
    line = position.partition(":")[0]
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not line.isdecimal() or not Path(path).is_file():
        told = f"{place} is no line of a text file." if place else "That is written nowhere yet."
        app.notify(told, timeout=5)
    elif not editor:
        told = f"No editor is set. Set EDITOR, as in EDITOR=nano, or open {place} yourself."
        app.notify(told, timeout=8)
    else:
        named = [f"+{line}", path]
        if Path(editor[0]).stem in BY_COLON:
            named = ["--goto"] * (Path(editor[0]).stem in BY_COLON[:2]) + [f"{path}:{line}"]
        try:
            with app.suspend():
                subprocess.run([*editor, *named], check=False)  # noqa: S603 - the reader's own
        except (OSError, SuspendNotSupported) as error:
            app.notify(f"{editor[0]} could not be started: {error}", severity="error", timeout=8)
        app.refresh()
