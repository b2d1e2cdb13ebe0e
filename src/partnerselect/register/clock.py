"""What time it is: the one place that asks."""

from __future__ import annotations

import datetime as dt

from partnerselect.decisions import Content, Kind
from partnerselect.errors import option_error
from partnerselect.words import day, day_words

PLANNED = frozenset({"opened", "decided"})
"""Kinds of entries that may hold from a day to come."""


def now() -> dt.datetime:
    """Return the time, UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> str:
    """Return the day, UTC, as 2021-07-28."""
    return now().date().isoformat()


def refuse_ahead(kind: Kind, content: Content) -> None:
    """Refuse what has happened on a day to come; raises InputError.

    Where clocks are furthest ahead of UTC it is tomorrow already.
    """
    date, here = content["date"], now().date()
    if kind not in PLANNED and date > (here + dt.timedelta(days=1)).isoformat():
        told = f"{day_words(date)} is still ahead (today is {day(here)}); give the day it happened"
        raise option_error("--date", told)
