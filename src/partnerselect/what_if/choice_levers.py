"""What can be turned or scored otherwise: gates, partners in and out, programmes, single scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from partnerselect.model import (
    LEVEL,
    UNKNOWN,
    Criterion,
    LevelsScale,
    RatioScale,
    Scenario,
    Score,
    scale_ends,
)
from partnerselect.what_if.lever import (
    GATES,
    PARTNERS,
    PROGRAMMES,
    SCORES,
    Figures,
    Lever,
    Options,
    steps_for,
    undotted,
)
from partnerselect.words import figure, plain_number

STATUSES = Options(
    ("refused", "unknown", "expected", "confirmed"),
    ("refused", "unknown", "expected", "confirmed"),
    {"no": "refused", "yes": "confirmed"},
)
IMPORTANCE = Figures(fine=5, coarse=20, start=50)
MUST, MAY, WAITS = "must run", "may run", "deferred"
ANY_LEVEL = "any level"
LEFT_OUT = "Left out to see what would be done instead"
SCORE_STEPS = 20
"""Fine steps on a scale from end to end; a coarse one is four of them."""


def gate_levers(scenario: Scenario) -> Iterator[Lever]:
    """Yield the decisions that others take."""
    for name, gate in scenario.gates.items():
        path = f"gates.{name}.status"
        note = f"counts as {'granted' if gate.is_open else 'refused'}"
        yield Lever(
            path,
            GATES,
            gate.title,
            gate.title,
            gate.status,
            gate.status,
            STATUSES,
            lambda value, path=path: {path: value},  # type: ignore[misc]
            note,
        )


def partner_levers(scenario: Scenario) -> Iterator[Lever]:
    """Yield the partners, to be left out and taken in again."""
    committed = scenario.committed
    for name, partner in scenario.partners.items():
        path = f"partners.{name}.excluded"
        held = any(name in needs.values() for needs in committed.values())
        options = Options((None, partner.excluded or LEFT_OUT), ("in", "out"))
        note = "committed" if held else ""
        shown = "out" if partner.excluded else "in"
        yield Lever(
            path,
            PARTNERS,
            scenario.partner_names[name],
            partner.title,
            partner.excluded,
            shown,
            options,
            lambda value, path=path: {path: value},  # type: ignore[misc]
            note,
        )


def programme_levers(scenario: Scenario) -> Iterator[Lever]:
    """Yield whether each programme runs, at which level, then how important each is."""
    programmes = scenario.as_written.programmes
    for name, programme in programmes.items():
        stands = (
            WAITS if _waiting_rule(name) in scenario.rules else MUST if programme.mandatory else MAY
        )
        options = Options((WAITS, MAY, MUST), (WAITS, MAY, MUST))
        yield Lever(
            f"programmes.{name}.mandatory",
            PROGRAMMES,
            scenario.programme_names[name],
            programme.title,
            stands,
            stands,
            options,
            # binds the value of the loop
            lambda value, name=name: running_changes(name, scenario.partners, value),  # type: ignore[misc]
        )
    for name, programme in programmes.items():
        if programme.levels:
            yield _level_lever(scenario, name)
    for name, programme in programmes.items():
        path, value = f"programmes.{name}.importance", undotted(programme.importance)
        yield Lever(
            path,
            PROGRAMMES,
            f"Importance of {scenario.programme_names[name]}",
            f"Importance of {programme.title}",
            value,
            plain_number(value),
            IMPORTANCE,
            lambda new, path=path: {path: new},  # type: ignore[misc]
        )


def _level_lever(scenario: Scenario, name: str) -> Lever:
    """Return the level of a programme, fixed or free."""
    programme, decided = scenario.as_written.programmes[name], scenario.fixed_levels.get(name)
    titles = {level: stated.title for level, stated in programme.levels.items()}
    others = {need for need in scenario.as_written.committed.get(name, {}) if need != LEVEL}
    path = f"committed.{name}.{LEVEL}"
    return Lever(
        path,
        PROGRAMMES,
        f"Level of {scenario.programme_names[name]}",
        f"Level of {programme.title}",
        decided,
        ANY_LEVEL if decided is None else titles[decided],
        Options((None, *titles), (ANY_LEVEL, *titles.values())),
        lambda level: {path if level or others else f"committed.{name}": level},
    )


def _waiting_rule(programme: str) -> str:
    return f"waits-{programme}"


def running_changes(programme: str, partners: Iterable[str], value: str) -> dict[str, Any]:
    """Return what makes a programme run, lets it run, or defers it."""
    barred = {"forbid": {programme: list(partners)}} if value == WAITS else None
    return {
        f"programmes.{programme}.mandatory": True if value == MUST else None,
        f"rules.{_waiting_rule(programme)}": barred,
    }


def score_levers(scenario: Scenario, programme: str) -> Iterator[Lever]:
    """Yield the typed scores of every partner that offers something a programme needs.

    A change holds for this programme alone.
    """
    stated = scenario.programmes[programme]
    for name, partner in scenario.partners.items():
        if not set(partner.offers) & set(stated.needs):
            continue
        special = partner.for_.get(programme)
        for leaf, criterion in scenario.criteria.leaves.items():
            given = (
                special.scores.get(leaf)
                if special and leaf in special.scores
                else partner.scores.get(leaf)
            )
            if given is not None and criterion.from_ is None:
                yield _score(
                    f"partners.{name}.for.{programme}.scores.{leaf}",
                    (partner.title, stated.title, programme),
                    criterion,
                    given,
                )


def _score(path: str, whose: tuple[str, str, str], criterion: Criterion, given: Score) -> Lever:
    partner, title, programme = whose
    value, shown = _mark(given)
    about = f"{criterion.title} of {partner} for {title}"
    return Lever(
        path,
        SCORES,
        f"{partner} · {criterion.title}",
        about,
        value,
        shown,
        _scale(criterion, value),
        lambda new: {path: new},
        of=programme,
    )


def _mark(given: Score) -> tuple[Any, str]:
    """Return the figure or level from which a score is moved, and the score in words."""
    if given.is_unknown:
        return UNKNOWN, "not known"
    if not given.is_range:
        return _plain(given.score), figure(given.score)
    middle = given.likely
    if middle is None:
        middle = (
            (given.low + given.high) / 2
            if isinstance(given.low, float) and isinstance(given.high, float)
            else given.low
        )
    return _plain(middle), f"{figure(given.low)} to {figure(given.high)}"


def _plain(mark: Any) -> Any:  # noqa: ANN401 - a number or a level
    return undotted(mark) if isinstance(mark, int | float) else mark


# whatever the lever holds
def _scale(criterion: Criterion, value: Any) -> Figures | Options:  # noqa: ANN401
    if isinstance(criterion.scale, LevelsScale):
        levels = tuple(sorted(criterion.scale.levels, key=criterion.scale.levels.__getitem__))
        return Options((*levels, UNKNOWN), (*levels, UNKNOWN))
    ends = scale_ends(criterion.scale)
    if ends is None:
        fine, coarse = steps_for(
            abs(value) * 2 if isinstance(value, int | float) and value else 10.0
        )
        least = fine if isinstance(criterion.scale, RatioScale) else float("-inf")
        return Figures(max(fine, coarse / 5), coarse, least=least, words=(UNKNOWN,))
    least, most = min(ends), max(ends)
    fine = (most - least) / SCORE_STEPS
    return Figures(fine, 4 * fine, least, most, words=(UNKNOWN,), start=(least + most) / 2)
