"""What a scenario states, and what each part of it is for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from partnerselect.errors import Loc
from partnerselect.latest import latest
from partnerselect.model.base import (
    About,
    Day,
    Flag,
    Id,
    Node,
    Notes,
    ProgrammeRef,
    Title,
    refusal,
)
from partnerselect.model.criteria import CriteriaSet
from partnerselect.model.entries import programme_of
from partnerselect.model.levels import LEVEL, Commitment, StaffGroup
from partnerselect.model.limits import Limits
from partnerselect.model.names import Component, Organisation, Payer, Phase, PhaseStart
from partnerselect.model.options import Aim, AnalysisOptions, Design, Swept
from partnerselect.model.paper import Paper
from partnerselect.model.partner import Gate, Partner
from partnerselect.model.plans import DEFERRED, NOBODY, TODAY, Plan
from partnerselect.model.programme import Programme
from partnerselect.model.rules import Forbid, Rule
from partnerselect.model.weights import Group

Currency = Annotated[
    str,
    Field(strict=True, pattern=r"^[A-Z]{3}$"),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]


class Role(Enum):
    """What a part of a scenario is for, where it is not for the answer."""

    CASES = "which cases to make of it"
    PAPER = "what only papers say"


def _version(value: object) -> object:
    """Refuse `true`, which Python takes for 1."""
    if isinstance(value, bool):
        raise refusal(f"must be 1 (found {str(value).lower()})")
    return value


class Content(Node):
    """What a scenario states, part by part; a `Scenario` is this, checked as a whole."""

    format: Annotated[Literal[1], BeforeValidator(_version)] = Field(examples=[1])
    """The version of this format: 1."""
    title: Title
    about: About = ""
    notes: Notes = ""
    as_at: Day | None = None
    """Evidence published later is refused."""
    illustrative: Flag = False
    """Marks every table and paper made from it."""
    currency: Currency = "GBP"
    """Three letters, such as GBP."""
    criteria: CriteriaSet
    """The path of a criteria set, a mapping that extends one, or the set itself."""
    organisation: Organisation | None = None
    phases: dict[Id, PhaseStart] = {}
    """Each phase with the day it begins, or with `starts` and a title."""
    payers: dict[Id, Payer] = {}
    """The names of all others who pay; if any, then every one of them."""
    components: dict[Id, Component] = {}
    """The names of components of support."""
    staff_groups: dict[Id, StaffGroup] = {}
    """People whom programmes reach at their levels."""
    gates: dict[Id, Gate] = {}
    """Conditions that others decide."""
    partners: dict[Id, Partner] = Field(min_length=1)
    """The candidate partners by id."""
    programmes: dict[Id, Programme] = Field(min_length=1)
    """The programmes of work by id."""
    limits: Limits = Limits.model_construct()
    rules: dict[Id, Rule] = {}
    """What couples choices."""
    committed: dict[ProgrammeRef, Commitment] = Field(
        default={}, examples=["{programme: {need: partner}}"]
    )
    """Decided at an earlier review point: programme, need and partner, or level."""
    plans: dict[Id, Plan] = {}
    """Who delivers what, as somebody proposes it: plans to be judged."""
    stakeholders: dict[Id, Group] = {}
    """Groups with their own weights."""
    aim: Aim = "most-value"
    """The most value, or the least cost for enough value."""
    analysis: AnalysisOptions = AnalysisOptions.model_construct()
    paper: Annotated[Paper | None, Role.PAPER] = None
    sweep: Annotated[dict[str, Swept], Role.CASES] = {}
    """Paths, each with the values to try; one case for every combination."""
    design: Annotated[Design | None, Role.CASES] = None

    @property
    def phase_starts(self) -> dict[str, dt.date]:
        """The day on which each phase begins."""
        return {
            name: phase.starts if isinstance(phase, Phase) else phase
            for name, phase in self.phases.items()
        }

    def works_in(self, programme: str, partner: str) -> bool:
        """Tell whether a partner can work in the method a programme keeps to."""
        method, able = self.programmes[programme].method, self.partners[partner].methods
        return not method or not able or method in able

    @property
    def all_plans(self) -> dict[str, Plan]:
        """The plans to be judged: as today, where any programme says so, then those written."""
        now = {
            name: self._as_today(name, is_last=name == several[-1])
            for several in self.entries.values()
            for name in several
            if self.programmes[name].today is not None
        }
        today = Plan.model_construct(title="As today", by="", choose=now, rest=DEFERRED)
        return {**({TODAY: today} if now else {}), **self.plans}

    def _as_today(self, entry: str, *, is_last: bool) -> str | dict[str, str]:
        """Return what the plan as today says of an entry: deferred, but at the level of today."""
        programme, dose = self.programmes[entry], self.programmes[entry].dose
        today = programme.today or NOBODY
        level = today.get(LEVEL) if isinstance(today, dict) else None
        is_meant = is_last if level is None or dose is None else dose.level == level
        if today == NOBODY or not is_meant:
            return DEFERRED
        return _partners_alone(today) if isinstance(today, dict) else today

    def written(self, plan: Plan) -> dict[tuple[str, str], str | None]:
        """Return what a plan says: (programme, need) to the partner, None where it does not run.

        What it leaves open has no entry.
        """
        return {
            (name, need): partner
            for name, programme in self.programmes.items()
            for need in programme.components
            for says, partner in [self._says(plan, name, need)]
            if says
        }

    def _says(self, plan: Plan, programme: str, need: str) -> tuple[bool, str | None]:
        """Tell whether a plan says who delivers a need, and who."""
        chosen = plan.choose.get(programme, DEFERRED if plan.rest == DEFERRED else {})
        if isinstance(chosen, dict):
            return need in chosen, chosen.get(need)
        if chosen == DEFERRED:
            return True, None
        return need in self.partners[chosen].offers, chosen

    @property
    def incumbents(self) -> dict[str, frozenset[str]]:
        """The partners of today of every programme that has any."""
        now = {name: programme.today for name, programme in self.programmes.items()}
        return {
            name: frozenset(_partners_alone(today).values() if isinstance(today, dict) else [today])
            for name, today in now.items()
            if today is not None and today != NOBODY
        }

    @property
    def forbidden(self) -> frozenset[tuple[str, str]]:
        """The (programme, partner) pairs that a rule forbids.

        Not even a commitment stands above it.
        """
        rules = [rule for rule in self.rules.values() if isinstance(rule, Forbid)]
        return frozenset(
            (entry, partner)
            for rule in rules
            for programme, names in rule.forbid.items()
            for entry in self.entries.get(programme, ())
            for partner in names
        )

    @property
    def entries(self) -> dict[str, tuple[str, ...]]:
        """The entries of `programmes` by programme: itself, or one for each of its levels."""
        return _entries(self)

    def loc_of_need(self, entry: str, need: str) -> Loc:
        """Return where a need of an entry of `programmes` is written."""
        dose = self.programmes[entry].dose
        at: Loc = (dose.programme, "levels", dose.level) if dose else (entry,)
        return ("programmes", *at, "needs", need)

    def level_title(self, entry: str) -> str:
        """Name the level that an entry of `programmes` is; "" where it has none."""
        dose = self.programmes[entry].dose
        return dose.title if dose else ""


@latest(8)
def _entries(content: Content) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in content.programmes:
        found.setdefault(programme_of(name), []).append(name)
    return {name: tuple(several) for name, several in found.items()}


def _partners_alone(today: Mapping[str, str]) -> dict[str, str]:
    """Return who meets each need today, without the level at which the programme runs."""
    return {need: partner for need, partner in today.items() if need != LEVEL}


def keys_for(*roles: Role) -> frozenset[str]:
    """Return the keys of a scenario that are for one of these roles, and not for the answer."""
    return frozenset(
        str(field.alias)
        for field in Content.model_fields.values()
        if not {*roles}.isdisjoint(field.metadata)
    )


KEYS = tuple(str(field.alias) for field in Content.model_fields.values())
"""The keys at the top of a scenario."""
