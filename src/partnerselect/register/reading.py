"""Readings of measures of success: what one is held against, and whether it meets it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite
from typing import Any

from partnerselect.decisions import Content, Entry, Kind, standing
from partnerselect.errors import input_error, option_error
from partnerselect.model import number_meant

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


def reading_of(entries: Sequence[Entry], value: str, said: Content) -> tuple[Kind, Content]:
    """Return the entry for a reading of a measure, of the latest decision that it can be about.

    Raises InputError where no decision has the partner in the programme, it has no such measure,
    or the value is no reading of it.
    """
    partner, programme, measure = said["partner"], said["programme"], said["measure"]
    decided = [
        one
        for one in standing(entries)
        if one.kind == "decided"
        and any(
            choice["programme"] == programme and partner in choice["needs"].values()
            for choice in one.content["choices"]
        )
    ]
    if not decided:
        raise input_error(f'no decision has "{partner}" in "{programme}"')
    measures = decided[-1].content["measures"]
    if measure not in measures:
        known = ", ".join(measures) or (
            "the decision has none; write them under paper.measures before the next one"
        )
        raise input_error(f'no measure is called "{measure}": {known}')
    stated = measures[measure]
    read = _read(value, stated)
    kept = {key: stated[key] for key in ("title", "target", "baseline", "unit") if key in stated}
    met = has_met(read, stated)
    return "reading", {**kept, **said, "of": decided[-1].number, "value": read, "met": met}


def _read(value: str, measure: Content) -> float | str:
    """Return a reading, a number where its measure is one; raises InputError.

    What cannot be held against the target would be told as missed, for good.
    """
    if not value.strip():
        raise option_error("VALUE", "is empty; write what the measure reads")
    target, baseline = measure.get("target"), measure.get("baseline")
    if isinstance(baseline if target is None else target, str):
        return value
    if _NUMBER.fullmatch(value.strip()) and isfinite(number := float(value)):
        return number
    if target is None and baseline is None:
        return value
    told = f'must be a number, as those of "{measure["title"]}" are (found "{value}")'
    raise option_error("VALUE", told + number_meant(value))


def has_met(value: Any, measure: Content) -> bool | None:  # noqa: ANN401 - a number or a word
    """Tell whether a reading meets its measure's target; None where that cannot be told.

    Without a direction, more is better where the target lies above the baseline.
    """
    target, baseline = measure.get("target"), measure.get("baseline")
    if isinstance(value, str) or isinstance(target, str):
        return None if target is None else str(value).casefold() == str(target).casefold()
    direction = measure.get("direction")
    if direction is None and not isinstance(baseline, str | None) and target != baseline:
        direction = "more" if (target or 0) > baseline else "less"
    if target is None or direction is None:
        return None
    return bool(value >= target if direction == "more" else value <= target)
