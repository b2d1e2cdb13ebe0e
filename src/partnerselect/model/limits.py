"""Limits on the whole portfolio, as a total over the horizon or phase by phase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from partnerselect.errors import Loc
from partnerselect.model.base import (
    Count,
    Id,
    Node,
    NonNegative,
    PositiveCount,
    Reason,
    Share,
    reference,
    refusal,
    tag,
)

Unlimited = Literal["unlimited"]
UNLIMITED = "unlimited"
IN_ALL = "in-all"
"""In a map of phases: the cap over the horizon beside theirs."""
CapRef = Annotated[Id, reference("phases", "phase", IN_ALL)]


def _amount(value: Any) -> str:
    return "Unlimited" if isinstance(value, str) else "Amount"


def _limit(value: Any) -> str:
    return "ByPhase" if isinstance(value, dict) else _amount(value)


Amount = Annotated[
    Annotated[NonNegative, Tag("~Amount")] | Annotated[Unlimited, Tag("~Unlimited")],
    Discriminator(tag(_amount)),
]
Limit = Annotated[
    Annotated[NonNegative, Tag("~Amount")]
    | Annotated[Unlimited, Tag("~Unlimited")]
    | Annotated[dict[CapRef, Amount], Tag("~ByPhase")],
    Discriminator(tag(_limit)),
]
"""A total over the horizon, `unlimited`, or a cap for every phase; with `in-all` for some."""


class Backfill(Node):
    """Internal days bought from the budget."""

    per_day: NonNegative
    """Price of a day of backfill."""
    max_days: NonNegative | None = None
    """The most days that can be bought."""


class PartnerCount(Node):
    """How many partners the whole portfolio may engage."""

    max: PositiveCount
    """The most partners."""


class _Range(Node):
    @model_validator(mode="after")
    def _in_order(self) -> _Range:
        least, most = getattr(self, "min", None), getattr(self, "max", None)
        if least is None and most is None:
            raise refusal("must have min, max or both")
        if least is not None and most is not None and least > most:
            raise refusal(f"min must not exceed max (found {least:g} and {most:g})")
        return self


class ShareRange(_Range):
    """Between which shares of the whole."""

    min: Share | None = None
    """The least share."""
    max: Share | None = None
    """The largest share."""


class CountRange(_Range):
    """Between which numbers."""

    min: Count | None = None
    """The fewest; 0 asks for nothing."""
    max: Count | None = None
    """The most."""


class PartnerGroup(Node):
    """What the partners with one tag may have together."""

    title: Reason | None = Field(default=None, examples=["Local partners"])
    """The name readers see; its id where there is none."""
    tag: Id
    """The tag of its partners."""
    days: ShareRange | None = Field(default=None, examples=["{min: 20%}"])
    """Their share of all partner days allocated."""
    money: ShareRange | None = Field(default=None, examples=["{max: 60%}"])
    """Their share of what all partners cost, whoever pays."""
    partners: CountRange | None = Field(default=None, examples=["{min: 1}"])
    """How many of them may be engaged."""
    programmes: CountRange | None = Field(default=None, examples=["{max: 3}"])
    """How many programmes may have at least one of them."""

    @model_validator(mode="after")
    def _limits_something(self) -> PartnerGroup:
        if not any((self.days, self.money, self.partners, self.programmes)):
            raise refusal("must limit days, money, partners or programmes")
        return self


class Limits(Node):
    """What the organisation can afford: money, protected time, partners to manage."""

    budget: Limit | None = None
    """Our own money."""
    funds: dict[Id, Limit] = {}
    """Ceilings of other payers."""
    internal_days: Limit | None = None
    """Protected days of the own improvement team."""
    backfill: Backfill | None = None
    """Internal days that money can buy."""
    partners: PartnerCount | None = Field(default=None, examples=["{max: 4}"])
    """How many partners the whole portfolio may have."""
    programmes_per_partner: PositiveCount | None = None
    """How many programmes one partner may work on."""
    share_per_partner: Annotated[Share, Field(gt=0)] | None = None
    """Largest share of the partner days allocated that one partner may have."""
    methods: PositiveCount | None = None
    """How many improvement methodologies may be in use."""
    groups: dict[Id, PartnerGroup] = {}
    """Limits on the partners that have one tag, together."""
    changes: Count | None = None
    """How many programmes may run without any of their partners of today."""


def total_of(limit: Limit | None) -> float | None:
    """Return the cap over the whole horizon, None where there is none."""
    total = limit.get(IN_ALL) if isinstance(limit, dict) else limit
    return float(total) if isinstance(total, int | float) else None


def by_phase_of(limit: Limit | None) -> dict[str, float]:
    """Return the caps of the phases that have one."""
    return (
        {phase: float(cap) for phase, cap in limit.items() if cap != UNLIMITED and phase != IN_ALL}
        if isinstance(limit, dict)
        else {}
    )


class Unit(StrEnum):
    """What a limit is counted in."""

    MONEY = "money"
    DAYS = "days"
    COUNT = "count"
    SHARE = "share"
    POINTS = "points"


@dataclass(frozen=True)
class LimitKind:
    """What can be limited: where it is written, what it is called, what it is counted in.

    Checks of the file, tables, sentences, what-ifs and messages read this list; what a limit means
    for the choice stands in `allocation/limits.py`.
    """

    id: str
    """Its name in JSON."""
    path: tuple[str, ...]
    """Keys; `ANY` for an id."""
    unit: Unit
    title: str
    """With {} for the payer, partner or programme it is about."""
    title_of_use: str = ""
    """Of the use by each partner, where the limit holds for every one of them."""
    idle: int | None = None
    """The figure that every scenario has unless it states another, and that asks for nothing."""
    least: int = 0
    """The lowest figure that may be stated."""

    @property
    def is_minimum(self) -> bool:
        """Whether it says what there must be at least."""
        return self.path[-1] in {"min", "min-days", "value-at-least"}

    def stated_in(self, scenario: Node) -> Iterator[Stated]:
        """Yield every limit of this kind that a scenario states, in the order of its ids."""
        found: list[tuple[Loc, Any]] = [((), scenario)]
        for key in self.path:
            found = [one for loc, node in found for one in _below(loc, node, key)]
        for number, (loc, limit) in enumerate(found):
            if limit is not None and limit != self.idle:
                yield Stated(self, loc, number, limit)


def _below(loc: Loc, node: Any, key: str) -> Iterator[tuple[Loc, Any]]:
    if key == ANY:
        for name, child in (node or {}).items():
            dose = getattr(child, "dose", None)  # what holds for all levels is stated once
            if dose is None or dose.number == 0:
                yield (*loc, dose.programme if dose else name), child
    else:
        yield (*loc, key), getattr(node, key.replace("-", "_"), None)


@dataclass(frozen=True)
class Stated:
    """One limit as a scenario states it."""

    kind: LimitKind
    loc: Loc
    number: int
    """Its place among those of its kind that could be stated."""
    limit: Limit

    @property
    def subject(self) -> str:
        """The id of the payer, partner or programme it is about; empty for the whole portfolio."""
        return subject_of(self.kind, self.loc)

    @property
    def figure(self) -> float:
        """Its figure over the horizon; 0 where it has one for phases only."""
        return total_of(self.limit) or 0.0

    @property
    def caps(self) -> Iterator[tuple[Loc, str | None, float]]:
        """Place, phase (None: over the horizon) and figure of every cap."""
        total = total_of(self.limit)
        if total is not None:
            yield (*self.loc, IN_ALL) if isinstance(self.limit, dict) else self.loc, None, total
        for phase, cap in by_phase_of(self.limit).items():
            yield (*self.loc, phase), phase, cap


ANY = "*"
BUDGET = LimitKind("budget", ("limits", "budget"), Unit.MONEY, "Our budget")
FUND = LimitKind("fund", ("limits", "funds", ANY), Unit.MONEY, "Money from {}")
INTERNAL_DAYS = LimitKind(
    "internal days", ("limits", "internal-days"), Unit.DAYS, "Our team's days"
)
BACKFILL_DAYS = LimitKind(
    "backfill days", ("limits", "backfill", "max-days"), Unit.DAYS, "Extra days for our team"
)
CAPACITY = LimitKind("capacity", ("partners", ANY, "capacity"), Unit.DAYS, "Days of {}")
LEAST_DAYS = LimitKind(
    "least days", ("partners", ANY, "engagement", "min-days"), Unit.DAYS, "Least days of {}", idle=0
)
PARTNERS = LimitKind(
    "partners", ("limits", "partners", "max"), Unit.COUNT, "Partners engaged", least=1
)
METHODS = LimitKind("methods", ("limits", "methods"), Unit.COUNT, "Methodologies in use", least=1)
PROGRAMMES_PER_PARTNER = LimitKind(
    "programmes per partner",
    ("limits", "programmes-per-partner"),
    Unit.COUNT,
    "Programmes per partner",
    "Programmes with {}",
    least=1,
)
SHARE_PER_PARTNER = LimitKind(
    "share per partner",
    ("limits", "share-per-partner"),
    Unit.SHARE,
    "Largest share of days per partner",
    "Share of all days, {}",
)
FEWEST_PARTNERS = LimitKind(
    "fewest partners",
    ("programmes", ANY, "partners", "min"),
    Unit.COUNT,
    "Fewest partners for {}",
    idle=1,
    least=1,
)
MOST_PARTNERS = LimitKind(
    "most partners",
    ("programmes", ANY, "partners", "max"),
    Unit.COUNT,
    "Most partners for {}",
    least=1,
)
CHANGES = LimitKind(
    "changes", ("limits", "changes"), Unit.COUNT, "Programmes without a partner of today"
)
_GROUP = ("limits", "groups", ANY)
LEAST_GROUP_DAYS = LimitKind(
    "least group days", (*_GROUP, "days", "min"), Unit.SHARE, "Least share of all days, {}"
)
MOST_GROUP_DAYS = LimitKind(
    "most group days", (*_GROUP, "days", "max"), Unit.SHARE, "Largest share of all days, {}"
)
LEAST_GROUP_MONEY = LimitKind(
    "least group money", (*_GROUP, "money", "min"), Unit.SHARE, "Least share of all cost, {}"
)
MOST_GROUP_MONEY = LimitKind(
    "most group money", (*_GROUP, "money", "max"), Unit.SHARE, "Largest share of all cost, {}"
)
FEWEST_GROUP_PARTNERS = LimitKind(
    "fewest group partners",
    (*_GROUP, "partners", "min"),
    Unit.COUNT,
    "Fewest partners in {}",
    idle=0,
)
MOST_GROUP_PARTNERS = LimitKind(
    "most group partners", (*_GROUP, "partners", "max"), Unit.COUNT, "Most partners in {}"
)
FEWEST_GROUP_PROGRAMMES = LimitKind(
    "fewest group programmes",
    (*_GROUP, "programmes", "min"),
    Unit.COUNT,
    "Fewest programmes with {}",
    idle=0,
)
MOST_GROUP_PROGRAMMES = LimitKind(
    "most group programmes", (*_GROUP, "programmes", "max"), Unit.COUNT, "Most programmes with {}"
)
LIMIT_KINDS = (
    BUDGET,
    FUND,
    INTERNAL_DAYS,
    BACKFILL_DAYS,
    CAPACITY,
    LEAST_DAYS,
    PARTNERS,
    METHODS,
    PROGRAMMES_PER_PARTNER,
    SHARE_PER_PARTNER,
    FEWEST_PARTNERS,
    MOST_PARTNERS,
    CHANGES,
    LEAST_GROUP_DAYS,
    MOST_GROUP_DAYS,
    LEAST_GROUP_MONEY,
    MOST_GROUP_MONEY,
    FEWEST_GROUP_PARTNERS,
    MOST_GROUP_PARTNERS,
    FEWEST_GROUP_PROGRAMMES,
    MOST_GROUP_PROGRAMMES,
)
"""In the order in which readers meet them."""
EXTRA_DAY_PRICE = LimitKind(
    "price of an extra day", ("limits", "backfill", "per-day"), Unit.MONEY, "Price of an extra day"
)
VALUE_TO_REACH = LimitKind(
    "value to reach", ("aim", "least-cost", "value-at-least"), Unit.POINTS, "Value to reach"
)
FIGURES = (*LIMIT_KINDS, EXTRA_DAY_PRICE, VALUE_TO_REACH)
"""Limits, and figures beside them that are named and varied as limits are."""
LIMITS_BY_ID = {kind.id: kind for kind in LIMIT_KINDS}


def stated_limits(scenario: Node) -> Iterator[Stated]:
    """Yield every limit that a scenario states."""
    for kind in LIMIT_KINDS:
        yield from kind.stated_in(scenario)


def kind_at(loc: Loc) -> LimitKind | None:
    """Return what a figure at a place, or a phase of it, is; None where it is no limit."""
    return next((kind for kind in FIGURES if _matches(kind, loc)), None)


def _matches(kind: LimitKind, loc: Loc) -> bool:
    length = len(kind.path)
    return len(loc) in {length, length + 1} and all(
        key in {ANY, step} for key, step in zip(kind.path, loc, strict=False)
    )


def subject_of(kind: LimitKind, loc: Loc) -> str:
    """Return the id of whom a limit is about; empty for the whole portfolio."""
    return next((str(step) for key, step in zip(kind.path, loc, strict=False) if key == ANY), "")
