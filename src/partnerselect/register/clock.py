"""What time it is: the one place that asks."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """Return the time, UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> str:
    """Return the day, UTC, as 2021-07-28."""
    return now().date().isoformat()
