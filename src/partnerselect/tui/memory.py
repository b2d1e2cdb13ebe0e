"""What is remembered from one session to the next: the colours and the last view.

Whatever is wrong with the file, the screens go on.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Remembered:
    """Empty where nothing is known."""

    theme: str = ""
    view: str = ""


def place() -> Path:
    """Return the file in the user's configuration folder."""
    from platformdirs import user_config_path

    return user_config_path("partnerselect", appauthor=False) / "screens.json"


def recalled() -> Remembered:
    """Return what was remembered."""
    try:
        known = json.loads(place().read_text(encoding="utf-8"))
        return Remembered(str(known["theme"]), str(known["view"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Remembered()


def remember(what: Remembered) -> None:
    """Write it down, where that is possible."""
    from partnerselect.files import write_whole

    with suppress(OSError):
        place().parent.mkdir(parents=True, exist_ok=True)
        write_whole(place(), json.dumps(asdict(what)) + "\n")
