"""Limits that can be moved: money, days, counts, what is to be reached.

And every partner's days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from partnerselect.errors import dotted
from partnerselect.model import (
    BACKFILL_DAYS,
    CAPACITY,
    EXTRA_DAY_PRICE,
    IN_ALL,
    LEAST_DAYS,
    LIMIT_KINDS,
    UNLIMITED,
    VALUE_TO_REACH,
    Backfill,
    LeastCost,
    Limit,
    LimitKind,
    Scenario,
    Unit,
    value_at,
)
from partnerselect.what_if.lever import (
    CAPACITY as PARTNER_DAYS,
    LIMITS,
    Figures,
    Lever,
    steps_for,
    undotted,
)
from partnerselect.words import amount, figure, limit_name, plain_number

Say = Callable[[float], str]
COUNT = Figures(fine=1, coarse=2, least=1, whole=True, start=1)
OR_NONE = replace(COUNT, least=0)
SHARE = Figures(fine=0.05, coarse=0.2, least=0.01, most=1.0, as_share=True, start=0.5)
MOST_BOUGHT = dotted(BACKFILL_DAYS.path)
VALUE = Figures(fine=1, coarse=10, most=100, start=50)


@dataclass(frozen=True)
class _Named:
    """A limit about to be made a lever: where it stands and what it is called."""

    path: str
    title: str
    group: str = LIMITS

    def phase(self, scenario: Scenario, phase: str) -> _Named:
        """Return the cap of one phase."""
        named = "in all" if phase == IN_ALL else scenario.phase_title(phase)
        return _Named(f"{self.path}.{phase}", f"{self.title}, {named}", self.group)

    def lever(
        self,
        value: Any,  # noqa: ANN401
        shown: str,
        scale: Figures,
        changes: Callable[[Any], dict[str, Any]] | None = None,
    ) -> Lever:
        """Return its lever; without `changes` a new value stands where the old one stood."""
        about = f"Days of {self.title}" if self.group == PARTNER_DAYS else self.title
        return Lever(
            self.path,
            self.group,
            self.title,
            about,
            value,
            shown,
            scale,
            changes or (lambda new: {self.path: new}),
        )


def limit_levers(scenario: Scenario) -> Iterator[Lever]:
    """Yield the limits that the scenario states, by phase where it has phases."""
    for kind in LIMIT_KINDS:
        if kind.path[0] == "limits" or kind is LEAST_DAYS:
            yield from _levers(scenario, kind, LIMITS)
        if kind is BACKFILL_DAYS and scenario.limits.backfill is not None:
            yield from _bought(scenario, scenario.limits.backfill)
    if isinstance(scenario.aim, LeastCost):
        value = undotted(scenario.aim.least_cost.value_at_least)
        yield _Named(dotted(VALUE_TO_REACH.path), VALUE_TO_REACH.title).lever(
            value, plain_number(value), VALUE
        )


def capacity_levers(scenario: Scenario) -> Iterator[Lever]:
    """Yield the days of every partner that states them."""
    yield from _levers(scenario, CAPACITY, PARTNER_DAYS)


def _levers(scenario: Scenario, kind: LimitKind, group: str) -> Iterator[Lever]:
    for stated in kind.stated_in(scenario):
        title = (
            scenario.partner_names[stated.subject]
            if group == PARTNER_DAYS
            else limit_name(scenario, stated.loc)
        )
        named = _Named(dotted(stated.loc), title, group)
        if kind.unit is Unit.SHARE:
            yield _share(scenario, named, float(stated.limit))  # type: ignore[arg-type]
        elif kind.unit is Unit.COUNT:
            scale = COUNT if kind.least else OR_NONE
            yield named.lever(stated.limit, str(stated.limit), scale)
        elif kind is LEAST_DAYS:
            days = stated.figure
            yield named.lever(undotted(days), _days(days), Figures(*steps_for(days)))
        else:
            said = partial(_said, kind, scenario.currency)
            yield from _limit(scenario, named, stated.limit, said)


def _said(kind: LimitKind, currency: str, value: float) -> str:
    return amount(value, currency) if kind.unit is Unit.MONEY else _days(value)


def _limit(scenario: Scenario, named: _Named, limit: Limit, say: Say) -> Iterator[Lever]:
    """Yield one lever for a total, one for every phase where the limit has phases."""
    if isinstance(limit, dict):
        known = [float(cap) for cap in limit.values() if cap != UNLIMITED]
        for phase, cap in limit.items():
            yield _figure(named.phase(scenario, phase), cap, say, max(known, default=0.0))
    elif named.path == MOST_BOUGHT:
        yield _most_bought(named, limit)
    else:
        yield _figure(named, limit, say)


def _figure(named: _Named, cap: float | str, say: Say, start: float = 0.0) -> Lever:
    """Return the lever of a figure, or of the word `unlimited`.

    That is left at a key press for the largest cap of the other phases.
    """
    if isinstance(cap, str):
        return named.lever(
            UNLIMITED, UNLIMITED, Figures(*steps_for(start), words=(UNLIMITED,), start=start)
        )
    return named.lever(undotted(cap), say(cap), Figures(*steps_for(cap), words=(UNLIMITED,)))


def _bought(scenario: Scenario, backfill: Backfill) -> Iterator[Lever]:
    """Yield what can be bought where it has no cap, and its price."""
    if backfill.max_days is None:
        yield _most_bought(_Named(MOST_BOUGHT, BACKFILL_DAYS.title), UNLIMITED)
    price = backfill.per_day
    yield _Named(dotted(EXTRA_DAY_PRICE.path), EXTRA_DAY_PRICE.title).lever(
        undotted(price), amount(price, scenario.currency), Figures(*steps_for(price))
    )


def _most_bought(named: _Named, most: float | str) -> Lever:
    """Return the lever of the one cap that is left out, not written `unlimited`."""
    stands = _figure(named, most, _days)
    return replace(stands, changes=lambda new: {named.path: None if new == UNLIMITED else new})


def _share(scenario: Scenario, named: _Named, value: float) -> Lever:
    """Return the lever of a share, written as the file writes it: 60% or 0.6."""
    is_percentage = isinstance(value_at(scenario.data, scenario.loc(named.path)), str)
    return named.lever(
        value,
        f"{plain_number(100 * value)}%",
        SHARE,
        lambda new: {named.path: f"{plain_number(round(100 * new, 4))}%" if is_percentage else new},
    )


def _days(value: float) -> str:
    return f"{figure(value)} {'day' if value == 1 else 'days'}"
