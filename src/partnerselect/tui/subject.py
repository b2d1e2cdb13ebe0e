"""What is being looked at, whichever view shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A programme, and partners of it; nothing where nothing in particular is looked at."""

    programme: str | None = None
    partners: tuple[str, ...] = ()
