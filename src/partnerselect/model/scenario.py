"""A scenario: programmes, partners and limits, checked as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import chain
from typing import Any, Self

from pydantic import PrivateAttr, ValidationError

from partnerselect.errors import Loc
from partnerselect.model import consistency, paths, validation, without_effect
from partnerselect.model.content import Content
from partnerselect.model.criteria import TypedScore
from partnerselect.model.doses import at_each_level
from partnerselect.model.estimate import holds_a_range
from partnerselect.model.keys import leaves_of, replaced, value_at
from partnerselect.model.levels import LEVEL
from partnerselect.model.names import Phase
from partnerselect.model.plans import TODAY
from partnerselect.model.programme import Programme


class Scenario(Content):
    """Everything the choice depends on. Build one with `from_data`, vary it with `with_change`."""

    _id: str = PrivateAttr(default="scenario")
    _data: dict[str, Any] = PrivateAttr(default_factory=dict)
    _origin: Scenario | None = PrivateAttr(default=None)
    _as_written: Scenario | None = PrivateAttr(default=None)
    _from_register: tuple[str, ...] = PrivateAttr(default=())
    _frozen: tuple[int, dict[str, float]] | None = PrivateAttr(default=None)
    _paper_of: dict[str, frozenset[str]] = PrivateAttr(default_factory=dict)

    @classmethod
    # the field's own word
    def from_data(cls, data: dict[str, Any], *, id: str = "scenario") -> Self:  # noqa: A002
        """Check resolved plain data and build the scenario.

        Raises:
            InputError: with every problem found, each located by its keys in `data`.
        """
        made = validation.validated(cls, data, reference_ids(data), consistency.problems)
        return made._named(id, data)  # noqa: SLF001 - our own, just made

    def _named(self, id: str, data: dict[str, Any]) -> Self:  # noqa: A002 - as above
        """Remember where it came from; every level of a programme is one of its own from here."""
        self._id, self._data = id, data
        levels = at_each_level(self)
        if not levels:
            return self
        made = self.model_copy(update=levels)
        made._as_written = self  # noqa: SLF001 - our own, just made
        return made

    @property
    def as_written(self) -> Scenario:
        """The scenario with programmes as they are written, levels and all."""
        return self._as_written or self

    @property
    def id(self) -> str:
        """The stem of the file it came from."""
        return self._id

    @property
    def data(self) -> dict[str, Any]:
        """The resolved plain data it was built from; not to be changed."""
        return self._data

    @property
    def fixed_levels(self) -> dict[str, str]:
        """The level of every programme of which that is decided."""
        programmes = self.as_written.programmes
        return {
            name: decided[LEVEL]
            for name, decided in self.as_written.committed.items()
            if programmes[name].levels and LEVEL in decided
        }

    @property
    def typed_scores(self) -> list[TypedScore]:
        """Every typed score: a partner's own, then what differs for a programme."""
        return [
            TypedScore(name, programme, criterion, score, ("partners", name, *at, criterion))
            for name, partner in self.as_written.partners.items()
            for programme, at, scores in (
                (None, ("scores",), partner.scores),
                *((p, ("for", p, "scores"), own.scores) for p, own in partner.for_.items()),
            )
            for criterion, score in scores.items()
        ]

    @property
    def partner_titles(self) -> dict[str, str]:
        """The titles of the partners by id."""
        return {name: partner.title for name, partner in self.partners.items()}

    @property
    def programme_titles(self) -> dict[str, str]:
        """The titles of the programmes by id, and of each at each of its levels."""
        return {name: one.title for name, one in self.named_programmes.items()}

    def programme_title(self, name: str) -> str:
        """Name a programme, or it at one of its levels."""
        return (self.programmes.get(name) or self.as_written.programmes[name]).title

    def at_level(self, titles: Sequence[str], entry: str | None) -> tuple[str, ...]:
        """Return titles of partners, the last with the level at which they work, if any."""
        level = self.level_title(entry) if entry else ""
        *others, last = [*titles] or [""]
        return (*others, f"{last} (at {level})") if level and titles else tuple(titles)

    @property
    def partner_names(self) -> dict[str, str]:
        """The names of the partners where there is little room, by id."""
        return {name: partner.short or partner.title for name, partner in self.partners.items()}

    @property
    def programme_names(self) -> dict[str, str]:
        """The names of the programmes where there is little room, as `programme_titles`."""
        return {name: one.short or one.title for name, one in self.named_programmes.items()}

    @property
    def named_programmes(self) -> dict[str, Programme]:
        """All that may be called a programme: those written, and each level of one."""
        return {**self.as_written.programmes, **self.programmes}

    def payer_title(self, payer: str) -> str:
        """Name somebody who pays; its id where no name is given."""
        named = self.payers.get(payer)
        return named.title if named else payer

    def payer_name(self, payer: str) -> str:
        """Name somebody who pays, ourselves too (`us`), where there is little room."""
        named = self.organisation if payer == "us" else self.payers.get(payer)
        return (named.short or named.title) if named else payer

    def component_title(self, component: str) -> str:
        """Name a component of support; its id where no name is given."""
        named = self.components.get(component)
        return named.title if named else component

    def phase_title(self, phase: str) -> str:
        """Name a phase; its id where no name is given."""
        named = self.phases.get(phase)
        return named.title if isinstance(named, Phase) else phase

    @property
    def has_levels(self) -> bool:
        """Whether any programme may run at levels."""
        return self._as_written is not None

    @property
    def has_ranges(self) -> bool:
        """Whether the trials draw any price or any days."""
        costs = [cost for one in self.partners.values() for cost in one.costs.values()]
        days = [(one.needs, one.internal_days) for one in self.programmes.values()]
        return any(map(holds_a_range, (*costs, *chain.from_iterable(days))))

    @property
    def group_titles(self) -> dict[str, str]:
        """The titles of the stakeholder groups by id."""
        return {name: group.title for name, group in self.stakeholders.items()}

    @property
    def origin(self) -> Scenario:
        """The scenario as loaded, before any change; the ends of local scales come from it."""
        return self._origin or self

    @property
    def sha256(self) -> str:
        """The hash of the canonical JSON of the resolved content."""
        canonical = json.dumps(
            self._data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
        )
        return hashlib.sha256(canonical.encode()).hexdigest()

    def with_change(self, path: str, value: Any) -> Self:
        """Return a validated copy with one value changed; `None` removes the key.

        Raises:
            InputError: the path is unknown, the value is not allowed there, or the change has no
                effect.
        """
        return self.with_changes({path: value})

    def with_changes(self, changes: dict[str, Any]) -> Self:
        """Return a validated copy with several values changed at once (see `with_change`)."""
        data = self._data
        for path, value in changes.items():
            loc = paths.locate(data, path)
            without_effect.check_weight_has_effect(self, loc)
            data = replaced(data, loc, value)
        return (self._reread(data) or self.from_data(data, id=self._id)).since(self.origin)

    def _reread(self, data: dict[str, Any]) -> Self | None:
        """Build the scenario of changed data from what is read already and the parts that differ.

        None where something is wrong with it.

        Holds only where the same ids are defined: what is not read again may refer to one that is
        gone.
        """
        ids = reference_ids(data)
        if ids != reference_ids(self._data):
            return None
        try:
            made = type(self).model_validate(self._with_parts_read(data), context=ids)
        except ValidationError:
            return None
        if next(consistency.problems(made), None) is not None:
            return None
        return made._named(self._id, data)  # noqa: SLF001 - as above

    def _with_parts_read(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return data in which every part that we have read already stands as we read it."""
        known: dict[str, Any] = {}
        for name, field in Content.model_fields.items():
            key = str(field.alias)
            read, before = getattr(self.as_written, name), self._data.get(key)
            if key in data and data[key] is before:
                known[key] = read
            elif isinstance(before, dict) and isinstance(read, dict) and key in data:
                known[key] = {
                    one: read[one] if stated is before.get(one) and one in read else stated
                    for one, stated in data[key].items()
                }
        return {**data, **known}

    def beside_register(
        self, taken: tuple[str, ...], frozen: tuple[int, dict[str, float]] | None
    ) -> Self:
        """Remember what came from the register, and the weights that are fixed there."""
        self._from_register, self._frozen = taken, frozen
        return self

    @property
    def from_register(self) -> tuple[str, ...]:
        """What came from the register, in words with the numbers of the entries."""
        return self.origin._from_register  # noqa: SLF001 - our own

    @property
    def frozen(self) -> tuple[int, dict[str, float]] | None:
        """The entry of the register that fixed the weights, and these; None where none did."""
        return self.origin._frozen  # noqa: SLF001 - our own

    def beside_bases(self, paper_of: dict[str, frozenset[str]]) -> Self:
        """Remember what of its paper it states itself, by "", and what scenarios that it extends.

        By their titles; keys of the cover (`cover.author`) and sections (`risks`).
        """
        self._paper_of = paper_of
        return self

    @property
    def paper_of(self) -> dict[str, frozenset[str]]:
        """What of its paper each scenario states, by its title, itself by ""."""
        return self.origin._paper_of  # noqa: SLF001 - our own

    def since(self, origin: Scenario | None) -> Self:
        """Remember the scenario as loaded, None for itself; returns itself."""
        self._origin = origin
        return self

    def as_file(self) -> Self:
        """Return it as a file that says the same would be read: measured against itself."""
        alone = self.model_copy().since(None).beside_register(self.from_register, self.frozen)
        return alone.beside_bases(self.paper_of)

    def loc(self, path: str) -> Loc:
        """Return the keys that a dotted path stands for.

        Raises:
            InputError: nothing in the scenario has that path.
        """
        return paths.locate(self._data, path)


DEFINING = ("gates", "partners", "programmes", "phases", "staff-groups")
"""Parts of a scenario that define ids which others refer to."""


def reference_ids(data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the ids that the data defines, by kind: references are checked against them.

    A kind of which nothing can be told is left out: what should define its ids is no mapping.
    """
    kinds = {kind: _keys(data.get(kind)) for kind in DEFINING if _is_readable(data.get(kind))}
    programmes, criteria = data.get("programmes"), data.get("criteria")
    stated = programmes.values() if isinstance(programmes, dict) else ()
    now = any(isinstance(one, dict) and one.get("today") is not None for one in stated)
    found = {**kinds, "plans": (*_keys(data.get("plans")), *((TODAY,) if now else ()))}
    if isinstance(tree := value_at(criteria, ("criteria",)), dict):
        found["criteria"] = tuple(path for path, _ in leaves_of(tree))
    return found


def _is_readable(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def _keys(value: Any) -> tuple[str, ...]:
    return tuple(key for key in value if isinstance(key, str)) if isinstance(value, dict) else ()
