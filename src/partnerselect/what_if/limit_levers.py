"""Limits that can be moved: money, days, counts, what is to be reached.

And every partner's days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from partnerselect.model import paths
from partnerselect.model.limits import UNLIMITED, Backfill, Limit
from partnerselect.model.options import LeastCost
from partnerselect.model.scenario import Scenario
from partnerselect.what_if.lever import CAPACITY, LIMITS, Lever
from partnerselect.what_if.scales import Figures, steps_for, undotted
from partnerselect.words.limit_words import LIMIT_WORDS
from partnerselect.words.wording import amount, figure, plain_number

Say = Callable[[float], str]
COUNT = Figures(fine=1, coarse=2, least=1, whole=True, start=1)
SHARE = Figures(fine=0.05, coarse=0.2, least=0.01, most=1.0, as_share=True, start=0.5)
VALUE = Figures(fine=1, coarse=10, most=100, start=50)


@dataclass(frozen=True)
class _Named:
    """A limit about to be made a lever: where it stands and what it is called."""

    path: str
    title: str
    group: str = LIMITS

    def phase(self, phase: str) -> _Named:
        """Return the cap of one phase."""
        return _Named(f"{self.path}.{phase}", f"{self.title}, {phase}", self.group)

    def lever(
        self,
        value: Any,  # noqa: ANN401
        shown: str,
        scale: Figures,
        changes: Callable[[Any], dict[str, Any]] | None = None,
    ) -> Lever:
        """Return its lever; without `changes` a new value stands where the old one stood."""
        about = f"Days of {self.title}" if self.group == CAPACITY else self.title
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

    def money(value: float) -> str:
        return amount(value, scenario.currency)

    limits = scenario.limits
    yield from _limit(_Named("limits.budget", LIMIT_WORDS["budget"]), limits.budget, money)
    for payer, fund in limits.funds.items():
        yield from _limit(
            _Named(f"limits.funds.{payer}", LIMIT_WORDS["fund"].format(payer)), fund, money
        )
    yield from _limit(
        _Named("limits.internal-days", LIMIT_WORDS["internal days"]), limits.internal_days, _days
    )
    if limits.backfill is not None:
        yield _most_bought(limits.backfill)
        per_day = limits.backfill.per_day
        yield _Named("limits.backfill.per-day", "Price of such a day").lever(
            undotted(per_day), money(per_day), Figures(*steps_for(per_day))
        )
    yield from _counts(scenario)
    if isinstance(scenario.aim, LeastCost):
        value = undotted(scenario.aim.least_cost.value_at_least)
        yield _Named("aim.least-cost.value-at-least", "Value to reach").lever(
            value, plain_number(value), VALUE
        )


def capacity_levers(scenario: Scenario) -> Iterator[Lever]:
    """Yield the days of every partner that states them."""
    for name, partner in scenario.partners.items():
        yield from _limit(
            _Named(f"partners.{name}.capacity", partner.title, CAPACITY), partner.capacity, _days
        )


def _limit(named: _Named, limit: Limit | None, say: Say) -> Iterator[Lever]:
    """Yield one lever for a total, one for every phase where the limit has phases."""
    if isinstance(limit, dict):
        known = [float(cap) for cap in limit.values() if cap != UNLIMITED]
        for phase, cap in limit.items():
            yield _figure(named.phase(phase), cap, say, max(known, default=0.0))
    elif limit is not None:
        yield _figure(named, limit, say)


def _figure(named: _Named, cap: float | str, say: Say, start: float = 0.0) -> Lever:
    """Return the lever of a figure, or of the word `unlimited`, left at a key press for the largest cap of the other phases."""
    if isinstance(cap, str):
        return named.lever(
            UNLIMITED, UNLIMITED, Figures(*steps_for(start), words=(UNLIMITED,), start=start)
        )
    return named.lever(undotted(cap), say(cap), Figures(*steps_for(cap), words=(UNLIMITED,)))


def _most_bought(backfill: Backfill) -> Lever:
    """Return the lever of the one cap that is left out, not written `unlimited`, where there is none."""
    path, most = "limits.backfill.max-days", backfill.max_days
    stands = _figure(
        _Named(path, LIMIT_WORDS["backfill days"]), UNLIMITED if most is None else most, _days
    )
    return replace(stands, changes=lambda new: {path: None if new == UNLIMITED else new})


def _counts(scenario: Scenario) -> Iterator[Lever]:
    limits = scenario.limits
    counted = (
        (
            "limits.partners.max",
            LIMIT_WORDS["partners"],
            limits.partners.max if limits.partners else None,
        ),
        ("limits.programmes-per-partner", "Programmes a partner", limits.programmes_per_partner),
        ("limits.methods", LIMIT_WORDS["methods"], limits.methods),
    )
    for path, title, most in counted:
        if most is not None:
            yield _Named(path, title).lever(most, str(most), COUNT)
    if limits.share_per_partner is not None:
        yield _share(scenario, limits.share_per_partner)


def _share(scenario: Scenario, value: float) -> Lever:
    """Return the lever of a share, written as the file writes it: 60% or 0.6."""
    path = "limits.share-per-partner"
    is_percentage = isinstance(paths.value_at(scenario.data, ("limits", "share-per-partner")), str)
    named = _Named(path, "Share of all days a partner")
    return named.lever(
        value,
        f"{plain_number(100 * value)}%",
        SHARE,
        lambda new: {path: f"{plain_number(round(100 * new, 4))}%" if is_percentage else new},
    )


def _days(value: float) -> str:
    return f"{figure(value)} {'day' if value == 1 else 'days'}"
