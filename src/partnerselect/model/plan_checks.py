"""What plans, partners of today and groups of partners may refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from partnerselect.errors import Loc, Problem
from partnerselect.model.content import Content
from partnerselect.model.levels import LEVEL
from partnerselect.model.messages import did_you_mean
from partnerselect.model.plans import DEFERRED, NOBODY, RESERVED_PARTNERS, TODAY


def plan_problems(content: Content) -> Iterator[Problem]:
    """Yield what is said of a need that is not there, or of a partner that does not offer it."""
    yield from _reserved(content)
    for name, programme in content.programmes.items():
        if programme.today != NOBODY:
            yield from _served(content, ("programmes", name, "today"), name, programme.today)
        if isinstance(programme.today, dict) and programme.today.keys() == {LEVEL}:
            words = f"says at which level, and not who; write `{NOBODY}` where nobody does it"
            yield Problem(("programmes", name, "today"), words)
    if TODAY in content.plans and any(one.today for one in content.programmes.values()):
        yield Problem(
            ("plans", TODAY),
            f'"{TODAY}" is a reserved word: that plan is made from `programmes.….today`',
            at_key=True,
        )
    for plan, stated in content.plans.items():
        for name, chosen in stated.choose.items():
            loc = ("plans", plan, "choose", name)
            if chosen != DEFERRED:
                yield from _served(content, loc, name, chosen)
            elif name in content.programmes and content.programmes[name].mandatory:
                yield Problem(loc, f'"{name}" is mandatory and cannot be deferred')


def group_problems(content: Content) -> Iterator[Problem]:
    """Yield groups that no partner belongs to."""
    tags = {one for partner in content.partners.values() for one in partner.tags}
    for name, group in content.limits.groups.items():
        if group.tag not in tags:
            yield Problem(
                ("limits", "groups", name, "tag"),
                f'no partner has the tag "{group.tag}"{did_you_mean(group.tag, sorted(tags))}',
            )


def _reserved(content: Content) -> Iterator[Problem]:
    for name in content.partners:
        if name in RESERVED_PARTNERS:
            yield Problem(
                ("partners", name), f'"{name}" is a reserved word; call it otherwise', at_key=True
            )
    for name, programme in content.programmes.items():
        for at, dose in programme.doses.items():
            if LEVEL in dose.needs:
                loc = ("programmes", name, *at, "needs", LEVEL)
                words = (
                    f'"{LEVEL}" is a reserved word, at which a programme runs; call it otherwise'
                )
                yield Problem(loc, words, at_key=True)


def _served(
    content: Content, loc: Loc, programme: str, chosen: str | Mapping[str, str] | None
) -> Iterator[Problem]:
    """Check who is said to serve a programme: one partner, or one for each need."""
    if isinstance(chosen, str):
        yield from offers_something(content, loc, programme, chosen)
        return
    yield from served_by_need(content, loc, programme, chosen or {})


def served_by_need(
    content: Content, loc: Loc, programme: str, decided: Mapping[str, str]
) -> Iterator[Problem]:
    """Check a level, where one is named, and who is said to serve each need."""
    stated = content.programmes.get(programme)
    levels = stated.levels if stated else {}
    for need, named in decided.items():
        at = (*loc, need)
        if need != LEVEL:
            yield from offers_this(content, at, programme, named)
        elif stated is not None and not levels:
            yield Problem(at, f'"{programme}" has no levels', at_key=True)
        elif stated is not None and named not in levels:
            known = f" (its levels: {', '.join(levels)})"
            meant = did_you_mean(named, list(levels))
            yield Problem(at, f'"{programme}" has no level "{named}"{known}{meant}')
    if (level := levels.get(decided.get(LEVEL, ""))) is not None:
        for need in decided.keys() - level.needs.keys() - {LEVEL}:
            yield Problem((*loc, need), f'"{decided[LEVEL]}" does not need this', at_key=True)


def still_there(content: Content, programme: str, partners: Iterable[str]) -> list[str]:
    """Return the partners to be checked against a programme.

    Neither may have been set aside for a fault of its own.
    """
    return [
        partner
        for partner in partners
        if programme in content.programmes and partner in content.partners
    ]


def offers_something(content: Content, loc: Loc, programme: str, partner: str) -> Iterator[Problem]:
    """Check that a partner offers a need of a programme."""
    if not still_there(content, programme, [partner]):
        return
    needs, offers = content.programmes[programme].components, content.partners[partner].offers
    if not set(needs) & set(offers):
        yield Problem(
            loc,
            f'"{partner}" offers nothing that "{programme}" needs ({", ".join(needs)})'
            f"{_who_does(content, set(needs))}",
        )


def offers_this(content: Content, loc: Loc, programme: str, partner: str) -> Iterator[Problem]:
    """Check that a programme has the need a place ends with, and that a partner offers it."""
    if not still_there(content, programme, [partner]):
        return
    need, needs = str(loc[-1]), list(content.programmes[programme].components)
    if need not in needs:
        yield Problem(
            loc, f'"{programme}" does not need this{did_you_mean(need, needs)}', at_key=True
        )
    elif need not in content.partners[partner].offers:
        yield Problem(loc, f'"{partner}" does not offer this{_who_does(content, {need})}')


def _who_does(content: Content, needs: set[str]) -> str:
    """Name who offers any of some needs; nothing where nobody does."""
    able = [name for name, one in content.partners.items() if needs & set(one.offers)]
    return f"; {', '.join(able)} {'does' if len(able) == 1 else 'do'}" if able else ""
