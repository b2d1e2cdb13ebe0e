"""Limits as readers name them, and their amounts rounded so that what is shown is enough."""

from __future__ import annotations

from math import ceil, floor

from partnerselect.errors import Loc, dotted
from partnerselect.model import (
    FUND,
    IN_ALL,
    LimitKind,
    Scenario,
    Unit,
    kind_at,
    subject_of,
)
from partnerselect.words.wording import SMALL, amount, share, tenths

ROUNDING = 1e-4


def limit_name(scenario: Scenario, loc: Loc) -> str:
    """Name a limit by the title of the payer, partner or programme it is about, and its phase.

    Any other place by its path.
    """
    name, phase = _name_and_phase(scenario, loc)
    return f"{name}, {phase or 'in all'}" if phase is not None else name


def _name_and_phase(scenario: Scenario, loc: Loc) -> tuple[str, str | None]:
    """Return a limit's name and its phase: empty for all phases, None where it has none."""
    kind = kind_at(loc)
    if kind is None:
        return dotted(loc), None
    name = kind.title.format(_title(scenario, kind, subject_of(kind, loc)))
    if len(loc) == len(kind.path):
        return name, None
    return name, "" if loc[-1] == IN_ALL else scenario.phase_title(str(loc[-1]))


def use_name(scenario: Scenario, kind: LimitKind, subject: str, *, short: bool = False) -> str:
    """Name what is used of a limit: by one partner, where the limit holds for every one of them.

    Partners by their titles, or by their short names.
    """
    title = kind.title_of_use or kind.title
    return title.format(_title(scenario, kind, subject, short=short))


def _title(scenario: Scenario, kind: LimitKind, subject: str, *, short: bool = False) -> str:
    """Return the title of a partner, a programme, a payer or a group of partners."""
    if kind.path[0] == "programmes":
        return scenario.programme_title(subject)
    if kind.path[:2] == ("limits", "groups"):
        group = scenario.limits.groups.get(subject)
        return (group and group.title) or subject
    if kind is FUND or not subject:
        return scenario.payer_title(subject)
    partners = scenario.partner_names if short else scenario.partner_titles
    return partners.get(subject) or scenario.programme_title(subject)


def named_inside(scenario: Scenario, loc: Loc) -> str:
    """Name a limit as it stands inside a sentence: our team's days in foundations."""
    name, phase = _name_and_phase(scenario, loc)
    when = "" if phase is None else f" in {phase or 'all'}"
    return f"{name[:1].lower()}{name[1:]}{when}"


def rounded_up(value: float, parts: int = 1) -> float:
    """Return a figure rounded up to whole ones, or to so many parts of one."""
    return ceil(parts * value - ROUNDING) / parts


def rounded_down(value: float, parts: int = 1) -> float:
    """Return a figure rounded down to so many parts of one: what is shown can be reached."""
    return floor(parts * value + ROUNDING) / parts


def quantity(loc: Loc, currency: str, value: float) -> str:
    """Return an amount rounded so that what is shown is enough: up, a value to reach down."""
    kind = kind_at(loc)
    if kind is not None and kind.unit is Unit.MONEY:
        return amount(rounded_up(value, 100 if abs(value) < SMALL else 1), currency)
    rounded = rounded_down if kind is not None and kind.is_minimum else rounded_up
    if kind is not None and kind.unit is Unit.SHARE:
        return f"{tenths(rounded(100 * value, 10))}%"
    return tenths(rounded(value, 10))


def measured(kind: LimitKind, currency: str, value: float) -> str:
    """Return what is used of a limit, or the limit itself, rounded as readers expect it."""
    if kind.unit is Unit.MONEY:
        return amount(value, currency)
    return share(value) if kind.unit is Unit.SHARE else tenths(value)
