"""What is written, or changed, without any effect: allowed, but probably not meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from partnerselect.errors import InputError, Loc, Problem
from partnerselect.model.content import Content
from partnerselect.model.criteria import CriteriaSet, Criterion
from partnerselect.model.messages import did_you_mean, nearest

MOST_NAMED = 5
"""Partners that one warning names; of the others it says how many."""

OTHER_SIZE = 10
"""How much all others must count for a 1 that nobody wrote to be told."""


def no_effect_warnings(content: Content) -> Iterator[Problem]:
    """Yield what is allowed but probably not meant."""
    for look in LOOKS:
        yield from look(content)


def _needed(content: Content) -> set[str]:
    return {need for programme in content.programmes.values() for need in programme.components}


def _offers(content: Content) -> Iterator[Problem]:
    needed = _needed(content)
    for name, partner in content.partners.items():
        if not partner.offers and not partner.excluded:
            words = "is empty, so it can be chosen for nothing; name the components that it offers"
            yield Problem(("partners", name, "offers"), words)
        for position, component in enumerate(partner.offers):
            if component not in needed:
                yield Problem(
                    ("partners", name, "offers", position),
                    f'no programme needs "{component}"{did_you_mean(component, sorted(needed))}',
                )


def _funds(content: Content) -> Iterator[Problem]:
    payers = {partner.funding.payer for partner in content.partners.values() if partner.funding}
    for fund in content.limits.funds:
        if fund not in payers:
            meant = did_you_mean(fund, sorted(payers))
            message = f'limits nothing: no partner is funded by "{fund}"{meant}'
            yield Problem(("limits", "funds", fund), message, at_key=True)


def _payers(content: Content) -> Iterator[Problem]:
    funds = tuple(content.limits.funds)
    for name, partner in content.partners.items():
        payer = partner.funding.payer if partner.funding else ""
        if payer and payer not in funds and (meant := nearest(payer, funds)):
            yield Problem(
                ("partners", name, "funding", "payer"),
                f'there is no fund "{payer}", so what it pays has no limit; did you mean'
                f' "{meant}"?',
            )
        elif partner.funding and partner.funding.top_up == "us" and payer not in funds:
            message = f'has no effect: "{payer}" has no fund, so what it pays has no limit'
            yield Problem(("partners", name, "funding", "top-up"), message)


def _components(content: Content) -> Iterator[Problem]:
    needed = _needed(content)
    offered = {component for partner in content.partners.values() for component in partner.offers}
    known = sorted(needed | offered)
    for name in content.components:
        if name not in known:
            message = f'names nothing: no programme needs "{name}"{did_you_mean(name, known)}'
            yield Problem(("components", name), message, at_key=True)


def _named(content: Content) -> Iterator[Problem]:
    paying = {partner.funding.payer for partner in content.partners.values() if partner.funding}
    known = sorted(paying | set(content.limits.funds))
    for name in content.payers:
        if name not in known:
            message = f'names nobody: "{name}" pays for no partner{did_you_mean(name, known)}'
            yield Problem(("payers", name), message, at_key=True)


def _risks(content: Content) -> Iterator[Problem]:
    options = ("none", *content.partners, *content.programmes)
    for name, risk in content.paper.risks.items() if content.paper else ():
        if risk.option not in options:
            meant = did_you_mean(risk.option, options)
            yield Problem(
                ("paper", "risks", name, "option"),
                f'no partner or programme is called "{risk.option}"{meant}',
            )


def _backfill(content: Content) -> Iterator[Problem]:
    if content.limits.backfill and content.limits.internal_days is None:
        yield Problem(("limits", "backfill"), "has no effect without `limits.internal-days`")


def _changes(content: Content) -> Iterator[Problem]:
    if content.limits.changes is not None and not content.incumbents:
        yield Problem(("limits", "changes"), "has no effect without `today` in any programme")
    for name, programme in content.programmes.items():
        if programme.change and name not in content.incumbents:
            yield Problem(
                ("programmes", name, "change"), "has no effect without a partner of `today`"
            )


def _tags(content: Content) -> Iterator[Problem]:
    named = tuple(dict.fromkeys(group.tag for group in content.limits.groups.values()))
    for name, partner in content.partners.items():
        for position, one in enumerate(partner.tags):
            if one not in named and (meant := nearest(one, named)):
                yield Problem(
                    ("partners", name, "tags", position),
                    f'no group has the tag "{one}"; did you mean "{meant}"?',
                )


def _methods(content: Content) -> Iterator[Problem]:
    """Look for methodologies that only a slip keeps apart: told where it was made less often."""
    able = Counter(one for partner in content.partners.values() for one in partner.methods)
    stated = {name: one.method for name, one in content.programmes.items() if one.method}
    kept = tuple(dict.fromkeys(stated.values()))
    for name, one in stated.items():
        meant = nearest(one, tuple(able)) if one not in able else ""
        if meant and able[meant] > 1:
            told = f'no partner works in the method "{one}"; did you mean "{meant}"?'
            yield Problem(("programmes", name, "method"), told)
    for name, partner in content.partners.items():
        for position, one in enumerate(partner.methods):
            meant = nearest(one, kept) if one not in kept else ""
            if meant and (meant in able or able[one] == 1):
                told = f'no programme keeps to the method "{one}"; did you mean "{meant}"?'
                yield Problem(("partners", name, "methods", position), told)


def price_warnings(content: Content) -> Iterator[Problem]:
    """Yield, once for all, which partners that may be asked for count as free without a price."""
    needed = _needed(content)
    silent = {
        name: partner.title
        for name, partner in content.partners.items()
        if not (partner.is_priced or partner.excluded) and needed.intersection(partner.offers)
    }
    if not silent:
        return
    named, rest = ", ".join([*silent.values()][:MOST_NAMED]), len(silent) - MOST_NAMED
    more, counts = f" and {rest} more" if rest > 0 else "", "count" if len(silent) > 1 else "counts"
    yield Problem(
        ("partners", next(iter(silent)), "cost", "per-day"),
        f"no price: {named}{more} {counts} as free; write a price, or 0 where that is so",
    )


def _counts_one(content: Content) -> Iterator[Problem]:
    """Yield who counts 1 beside numbers of another size, because nobody says how much it counts."""
    for kind, key, holders in (
        ("programmes", "importance", content.programmes),
        ("stakeholders", "voice", content.stakeholders),
    ):
        stated = [getattr(one, key) for one in holders.values() if key in one.model_fields_set]
        least = min(filter(None, stated), default=0)
        for name, one in holders.items():
            if least >= OTHER_SIZE and key not in one.model_fields_set:
                message = f"not written, so counts 1, where the others count {least:g} and more"
                yield Problem((kind, name, key), f"{message}; write it")


def _plans(content: Content) -> Iterator[Problem]:
    said: dict[frozenset[object], str] = {}
    for name, plan in content.plans.items():
        what = frozenset(content.written(plan).items())
        if not what:
            message = "says nothing, so it is the best choice: name programmes under `choose`"
            yield Problem(("plans", name), message, at_key=True)
        elif (same := said.setdefault(what, name)) != name:
            yield Problem(("plans", name), f'says the same as "{same}"', at_key=True)


LOOKS: tuple[Callable[[Content], Iterator[Problem]], ...] = (
    _offers,
    _funds,
    _payers,
    _components,
    _named,
    _risks,
    _backfill,
    _changes,
    _tags,
    _methods,
    _counts_one,
    _plans,
)


def check_weight_has_effect(content: Content, loc: Loc) -> None:
    """Refuse a change of a criterion's weight, typed or in a block, that something else overrides.

    Raises:
        InputError: naming what overrides the weight.
    """
    if loc[0] != "criteria" or not ({"weight", "weights"} & set(loc)):
        return
    in_block = "weights" in loc
    owner = _keys_of(loc[: loc.index("weights")] if in_block else loc[:-1])
    siblings_of = owner if in_block else owner[:-1]
    overriding = _overriding_block(content, siblings_of) if not in_block else ""
    overriding = overriding or _overriding(content, siblings_of)
    if overriding:
        raise InputError([Problem(loc, f"changing this weight has no effect: {overriding}")])


def _keys_of(loc: Loc) -> tuple[str, ...]:
    return tuple(str(key) for key in loc if key != "criteria")


def _overriding_block(content: Content, branch: tuple[str, ...]) -> str:
    """Name the block that gives the siblings below a branch their weights."""
    owner: CriteriaSet | Criterion = content.criteria
    for name in branch:
        owner = (owner.criteria or {}).get(name, owner)
    return (
        ""
        if owner.weights is None
        else f"`weights` by {owner.weights.method} beside it gives these weights"
    )


def _overriding(content: Content, branch: tuple[str, ...]) -> str:
    """Name what stands above the criteria set's weights below a branch."""
    if content.analysis.base == "stakeholders":
        return "`analysis.base: stakeholders` takes the groups' weights instead"
    name = ".".join(branch)
    own = [programme.weights for programme in content.programmes.values()]
    if all(weights is not None and (not name or name in weights.branches) for weights in own):
        return "every programme has `weights` of its own"
    return ""
