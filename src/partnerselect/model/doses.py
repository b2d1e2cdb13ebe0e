"""From programmes with levels to one programme for every level, of which at most one runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from partnerselect.model.content import Content
from partnerselect.model.entries import entry_at
from partnerselect.model.levels import LEVEL, Dose, Level
from partnerselect.model.partner import ForProgramme, Partner
from partnerselect.model.plans import DEFERRED, Plan
from partnerselect.model.programme import Programme


def at_each_level(content: Content) -> dict[str, Any]:
    """Return the parts of a content that differ where every level is a programme of its own.

    Empty where no programme has levels. What is said of a programme holds for each of its levels;
    a plan that names no level means the last.
    """
    names = {
        name: tuple(entry_at(name, level) for level in programme.levels) or (name,)
        for name, programme in content.programmes.items()
    }
    if all(several == (name,) for name, several in names.items()):
        return {}
    return {
        "programmes": dict(_programmes(content)),
        "partners": {
            name: one.model_copy(update={"for_": dict(_special(content, one, names))})
            for name, one in content.partners.items()
        },
        "committed": dict(_committed(content, names)),
        "plans": {name: _plan(content, one, names) for name, one in content.plans.items()},
    }


def _programmes(content: Content) -> Iterator[tuple[str, Programme]]:
    for name, programme in content.programmes.items():
        if not programme.levels:
            yield name, programme
        for number, (level, stated) in enumerate(programme.levels.items()):
            yield (
                entry_at(name, level),
                _at(
                    programme,
                    stated,
                    Dose(
                        programme=name,
                        level=level,
                        number=number,
                        worth=stated.worth,
                        title=stated.title,
                        programme_title=programme.title,
                        reach=tuple(stated.reach.items()),
                    ),
                ),
            )


def _at(programme: Programme, stated: Level, dose: Dose) -> Programme:
    """Return a programme as it is at one level."""
    short = programme.short and f"{programme.short}: {stated.title}"
    own = {
        "title": f"{programme.title}: {stated.title}",
        "short": short,
        "needs": stated.needs,
        "internal_days": stated.internal_days,
        "levels": {},
    }
    made = programme.model_copy(update=own)
    made._dose = dose  # noqa: SLF001 - our own, just made
    return made


def _special(
    content: Content, partner: Partner, names: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, ForProgramme]]:
    """Yield what differs for every level, of days those of the needs that it has."""
    for name, special in partner.for_.items():
        doses = content.programmes[name].doses.values()
        for one, dose in zip(names[name], doses, strict=True):
            days = {need: figure for need, figure in special.days.items() if need in dose.needs}
            yield one, special.model_copy(update={"days": days}) if special.days else special


def _committed(
    content: Content, names: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield what is decided for every level, of the needs that it has."""
    for name, decided in content.committed.items():
        levels = content.programmes[name].levels
        for one, stated in zip(names[name], levels.values() or (None,), strict=True):
            yield (
                one,
                {
                    need: partner
                    for need, partner in decided.items()
                    if stated is None or (need != LEVEL and need in stated.needs)
                },
            )


def _plan(content: Content, plan: Plan, names: Mapping[str, tuple[str, ...]]) -> Plan:
    """Return a plan in which what is said of a programme is said of its level."""
    choose: dict[str, Any] = {}
    for name, chosen in plan.choose.items():
        levels, said = content.programmes[name].levels, chosen
        level = [*levels][-1] if levels else ""
        if levels and isinstance(chosen, dict):
            level = chosen.get(LEVEL, level)
            said = {need: partner for need, partner in chosen.items() if need != LEVEL}
        meant = entry_at(name, level)
        choose |= {one: said if one == meant else DEFERRED for one in names[name]}
    return plan.model_copy(update={"choose": choose})
