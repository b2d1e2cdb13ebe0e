"""Reasons in words: why not the other one, why not now, what stands in the way of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from partnerselect.advice import (
    SHOWN,
    Deferral,
    LeaderReason,
    OftenFirst,
    PartnerReason,
    ProgrammeReason,
    WhyNot,
)
from partnerselect.allocation import Changes, Unlocking, WishPrice
from partnerselect.errors import Loc
from partnerselect.model import LeastCost, Scenario, programme_of
from partnerselect.rows.demands import quoted, rule_words
from partnerselect.words import (
    NOT_WORKED_OUT,
    amount,
    counted,
    difference,
    listed,
    named_inside,
    ordinal,
    points,
    quantity,
    sentence,
    share,
)

SAME_AMOUNT = 0.5
"""Amounts are shown in whole units."""
WAYS_BACK = 2
"""Limits named as what would bring a programme back; JSON has them all."""
NAMED = 3
"""Programmes named one by one; of more, only the number."""
DECIDED_EARLIER = "this was decided at an earlier review point"
CLOSED = "nothing that it offers here is still open"
LEFT_OUT = "what choosing it would cost was not worked out here (ask explain)"
SINGLE_MARKS = str.maketrans("“”", "‘’")  # noqa: RUF001 - marks within marks, as printed
NO_LEVELS: Mapping[str, str] = {}
WAY_BACK = "What would bring it back"
MORE_WAYS_BACK = "What else would bring it back"


def why_not_words(scenario: Scenario, reason: PartnerReason) -> str:
    """Say why a partner is not chosen, in one sentence; nothing of the chosen."""
    match reason.kind:
        case WhyNot.NONE:
            return ""
        case WhyNot.NOT_ELIGIBLE:
            return " ".join(reason.requirements)
        case WhyNot.COMMITTED_ALL_THE_SAME:
            return (
                f"Committed at an earlier review point, although: {' '.join(reason.requirements)}"
            )
        case WhyNot.DEFERRED:
            return "The programme is deferred."
        case WhyNot.OTHER_LEVEL:
            return f"The programme runs at another level: {scenario.level_title(reason.rival)}."
        case _:
            return f"{_compared(scenario, reason)}{_asked(scenario, reason)}."


def _compared(scenario: Scenario, reason: PartnerReason) -> str:
    rival = scenario.partners[reason.rival].title
    more = points_between(reason.value, reason.rival_value)
    if not more:
        return f"Scores the same as {rival}"
    return f"Scores {more} {'more' if reason.value > reason.rival_value else 'less'} than {rival}"


def points_between(one: float, other: float) -> str:
    """Return the difference of two values as they are shown; nothing where it is not worth a word.

    Two values of 73.3 and 61.7 are shown 11.6 points apart, whatever their further decimals.
    """
    if abs(one - other) < SHOWN:
        return ""
    return points(abs(difference(one, other)))


def _asked(scenario: Scenario, reason: PartnerReason) -> str:
    """Go on with what is known of choosing it."""
    if reason.kind is WhyNot.COMMITTED_ELSEWHERE:
        return f"; {DECIDED_EARLIER}"
    if reason.kind is WhyNot.CLOSED:
        return f"; {CLOSED}"
    if reason.kind is WhyNot.LEFT_OUT:
        return f"; {LEFT_OUT}"
    if reason.kind is WhyNot.PRICED and reason.price is not None:
        return f"; {wish_words(scenario, reason.price)}"
    return ""


def instead_words(scenario: Scenario, reason: PartnerReason) -> str:
    """Say what choosing a partner would cost; nothing where that is no question."""
    if reason.kind is WhyNot.COMMITTED_ELSEWHERE:
        words = DECIDED_EARLIER
    elif reason.kind is WhyNot.CLOSED:
        words = f"it cannot be chosen here: {CLOSED}"
    elif reason.kind is WhyNot.PRICED and reason.price is not None:
        words = wish_words(scenario, reason.price)
    else:
        return ""
    return sentence(words)


def wish_words(scenario: Scenario, price: WishPrice) -> str:
    """Say what choosing a partner would cost, to be put into a sentence."""
    if price.state == "no-answer-yet":
        return f"what choosing it would cost {NOT_WORKED_OUT[price.why or 'time']}"
    if price.state == "infeasible":
        return f"it cannot be chosen here{_forbidden(scenario, price)}"
    would = _would(scenario, price, "be worth as much to the whole")
    return f"choosing it would {would}{_because(scenario, price)}"


def _would(scenario: Scenario, price: WishPrice, nothing_lost: str) -> str:
    """Say who would make room, what the whole would lose or gain, and what it would cost us."""
    apart, told = points_between(price.best_value, price.value), nothing_lost
    if apart:
        told = f"{'lower' if price.value_lost > 0 else 'raise'} the total by {apart}"
    cost = price.own_cost
    if abs(cost) < SAME_AMOUNT:
        return f"{listed([*_room(scenario, price), told])}, at the same cost to us"
    money = amount(abs(cost), scenario.currency)
    more = f"cost us {money} {'more' if cost > 0 else 'less'}"
    return listed([*_room(scenario, price), told, more])


def _room(scenario: Scenario, price: WishPrice) -> list[str]:
    """Say who makes room for a wish: what becomes of the other programmes."""
    programme = programme_of(price.wish[0])
    own = {programme} if price.wish[0] == programme else set[str]()
    others = {p: change for p, change in price.changed.items() if p != programme}
    levels = {p: entry for p, entry in price.levels.items() if p != programme or p in own}
    return room_words(scenario, others, levels)


def room_words(
    scenario: Scenario, changed: Changes, levels: Mapping[str, str] = NO_LEVELS
) -> list[str]:
    """Say which programmes a change defers, which it runs, and whose partners it changes.

    And which run at another level, of those that run already or are not named otherwise.
    """
    deferred = [p for p, (_, then) in changed.items() if not then]
    newly = [p for p, (now, _) in changed.items() if not now and p not in levels]
    moved = [p for p, (now, then) in changed.items() if now and then and p not in levels]
    told = [
        (deferred, "defer {}", NAMED),
        (newly, "run {}", NAMED),
        (moved, "change the partners of {}", 1),
    ]
    words = [verb.format(_programmes(scenario, names, most)) for names, verb, most in told if names]
    return [*words, *(f"run {at_level(scenario, entry)}" for entry in levels.values())]


def at_level(scenario: Scenario, entry: str) -> str:
    """Name a programme with the level at which it runs."""
    return f"{quoted(scenario, programme_of(entry))} {_at(scenario, entry)}"


def _at(scenario: Scenario, entry: str) -> str:
    return f"at “{scenario.level_title(entry)}”"


def _programmes(scenario: Scenario, names: list[str], most: int) -> str:
    if len(names) > most:
        return counted(len(names), "programme")
    return listed([quoted(scenario, name) for name in names])


def _because(scenario: Scenario, price: WishPrice) -> str:
    if not price.limits or price.value_lost < SHOWN:
        return ""
    together = " together" if len(price.limits) > 1 else ""
    return f", because of {_limits(scenario, price.limits)}{together}"


def _forbidden(scenario: Scenario, price: WishPrice) -> str:
    """Say what does not allow a wish, and whether it would be chosen without that."""
    if price.why is not None:
        return f"; what stands in its way {NOT_WORKED_OUT[price.why]}"
    if not price.limits:
        if isinstance(scenario.aim, LeastCost):
            return ": the value asked for could not be reached"
        return ": what must run or is committed leaves no room"
    told = f": {_in_the_way(scenario, price.limits)}"
    if price.would_be_chosen:
        return told
    without = "it" if len(price.limits) == 1 else "them"
    still = "be chosen" if isinstance(scenario.aim, LeastCost) else "be worth more"
    return f"{told}, and without {without} others would still {still}"


def whole_words(scenario: Scenario, price: WishPrice | None) -> str:
    """Say what the whole would lose by a wish, without a sum that tells what others charge.

    Nothing where that is not known, or where it would lose nothing.
    """
    if price is None or price.state == "no-answer-yet":
        return ""
    if price.state == "infeasible":
        return "it cannot be chosen here"
    lost = [
        ("the whole would be worth less", price.value_lost >= SHOWN),
        ("the whole would cost us more", price.own_cost >= SAME_AMOUNT),
    ]
    in_turn = reversed(lost) if isinstance(scenario.aim, LeastCost) else lost
    return next((words for words, is_lost in in_turn if is_lost), "")


def _in_the_way(scenario: Scenario, limits: tuple[Loc, ...]) -> str:
    """Say that limits stand in the way: each does, though fewer may already rule a wish out."""
    return f"{_limits(scenario, limits)} {'stands' if len(limits) == 1 else 'stand'} in the way"


def _limits(scenario: Scenario, limits: tuple[Loc, ...]) -> str:
    """Name limits inside a sentence: our budget and the limit on days of Ash."""
    if len(limits) > NAMED:
        return f"{len(limits)} limits"
    named = [named_inside(scenario, one) for one in limits if one[:2] == ("limits", "budget")]
    rules = [_rule_inside(scenario, str(one[1])) for one in limits if one[0] == "rules"]
    others = [
        named_inside(scenario, one)
        for one in limits
        if one[0] != "rules" and one[:2] != ("limits", "budget")
    ]
    on = [f"the limit{'s' if len(others) > 1 else ''} on {listed(others)}"] if others else []
    return listed([*named, *on, *rules])


def _rule_inside(scenario: Scenario, name: str) -> str:
    """Quote what a rule says inside a sentence; what it quotes itself gets single marks."""
    said = rule_words(scenario, scenario.rules[name]).translate(SINGLE_MARKS)
    return f"the rule “{said}”"


def programme_reason_words(scenario: Scenario, reason: ProgrammeReason) -> str:
    """Say why a programme is deferred, or its leader not chosen."""
    told = [
        best_reason_words(scenario, reason.leader) if reason.leader else "",
        deferral_words(scenario, reason.deferral) if reason.deferral else "",
        _one_level_more_words(scenario, reason.one_level_more) if reason.one_level_more else "",
        _often_first_words(scenario, reason.often_first) if reason.often_first else "",
    ]
    return " ".join(words for words in told if words)


def best_reason_words(scenario: Scenario, reason: LeaderReason) -> str:
    """Say why the leader on value was not chosen."""
    leader = scenario.partners[reason.leader].title
    standing = f" (1st; this is {ordinal(reason.chosen_rank)})" if reason.chosen_rank else ""
    told = f"{leader} scores higher{standing}"
    if reason.is_committed:
        return f"{told}, but {DECIDED_EARLIER}."
    return f"{told}, but {wish_words(scenario, reason.price)}." if reason.price else f"{told}."


def _often_first_words(scenario: Scenario, found: OftenFirst) -> str:
    leader, other = (scenario.partners[name].title for name in (found.leader, found.other))
    return (
        f"{leader} scores highest on the likely scores, but {other} does so more often when scores"
        f" and weights vary: in {share(found.other_share)} of the trials, against"
        f" {share(found.leader_share)}."
    )


def _one_level_more_words(scenario: Scenario, reason: Deferral) -> str:
    """Say why a programme does not run at the level above, and what would let it."""
    told = deferral_words(scenario, reason)
    return f"One level more ({reason.level}): {told[:1].lower()}{told[1:]}" if told else ""


def deferral_words(scenario: Scenario, reason: Deferral) -> str:
    """Say why a programme is deferred, and what would bring it back."""
    told = _why_deferred(scenario, reason)
    back = _ways_back(scenario, reason)
    return f"{sentence(told)} {back}".strip() if told else back


def _why_deferred(scenario: Scenario, reason: Deferral) -> str:
    price = reason.price
    if reason.closed_phase is not None:
        phase = scenario.phase_title(reason.closed_phase)
        return f"its phase {phase} is over, and takes no new work"
    if reason.uncovered:
        titles = [scenario.component_title(need) for need in reason.uncovered]
        return f"no eligible partner offers {listed(titles)}"
    if price is None or price.state == "no-answer-yet":
        return ""
    if reason.best_value < reason.baseline + SHOWN:
        also = (
            f"; besides, {_in_the_way(scenario, price.limits)}"
            if price.state == "infeasible" and price.limits
            else ""
        )
        return f"{_nothing_is_better(reason)}{also}"
    if price.state == "infeasible":
        return _cannot_run(scenario, reason, price)
    because = "" if reason.ways_back.ways else _because(scenario, price)
    return f"running it would {_would(scenario, price, 'be worth no more to the whole')}{because}"


def _nothing_is_better(reason: Deferral) -> str:
    if reason.baseline - reason.best_value < SHOWN:
        return "doing nothing is worth as much as any partner"
    return (
        f"doing nothing is worth more ({points(reason.baseline)}) than any partner"
        f" ({reason.best_value:.1f} at most)"
    )


def _cannot_run(scenario: Scenario, reason: Deferral, price: WishPrice) -> str:
    beside = " beside what must run" if reason.beside_mandatory else ""
    if reason.ways_back.ways:
        return f"it cannot run within the limits{beside}"
    return f"it cannot run{beside}{_forbidden(scenario, price)}"


def _ways_back(scenario: Scenario, reason: Deferral) -> str:
    """Say what would bring a programme back, and where time ran out that there may be more."""
    ways = reason.ways_back.ways[:WAYS_BACK]
    levels = {_at(scenario, one.entry) for one in ways if one.entry}
    at = f" {next(iter(levels))}" if len(levels) == 1 else ""
    means = [_what_changes(scenario, one) for one in ways]
    is_same = len(set(means)) == 1
    told = [
        f"{named_inside(scenario, one.loc)} {_change(scenario, one, before)}"
        + (f" ({_at(scenario, one.entry)})" if len(levels) > 1 else "")
        + (f" ({meaning})" if meaning and not is_same else "")
        for before, one, meaning in zip((None, *ways), ways, means, strict=False)
    ]
    rest = f"; {means[0]}" if is_same and means[0] else ""
    found = f"It would run{at} if {', or '.join(told)}{rest}." if told else ""
    if reason.ways_back.is_complete or not reason.is_asked:
        return found
    missing = NOT_WORKED_OUT[reason.ways_back.why or "time"]
    return f"{found} {MORE_WAYS_BACK} {missing}." if found else f"{WAY_BACK} {missing}."


def _what_changes(scenario: Scenario, one: Unlocking) -> str:
    """Say what else changes where a limit brings a programme back; empty: not worked out."""
    if one.changed is None:
        return ""
    told = room_words(scenario, one.changed, one.levels)
    return f"that would {listed(told)}" if told else "nothing else would change"


def without_sums(scenario: Scenario, reason: Deferral) -> str:
    """Say what would bring a programme back, or why it is deferred, as `whole_words` does."""
    told = [
        f"{named_inside(scenario, one.loc)} {'rose' if one.needed > one.limit else 'fell'}"
        for one in reason.ways_back.ways[:WAYS_BACK]
    ]
    if told:
        return f"It would run if {', or '.join(told)}."
    is_possible = reason.price is not None and reason.price.state != "infeasible"
    if is_possible and reason.best_value >= reason.baseline + SHOWN:
        lost = whole_words(scenario, reason.price)
        return f"If it ran, {lost}." if lost else ""
    return sentence(_why_deferred(scenario, reason))


def _change(scenario: Scenario, one: Unlocking, before: Unlocking | None = None) -> str:
    """Say how a limit would change; "rose" once of two that both would."""
    said, rises = partial(quantity, one.loc, scenario.currency), one.needed > one.limit
    told = f"from {said(one.limit)} to {said(one.needed)}"
    if before is not None and (before.needed > before.limit) == rises:
        return told
    return f"{'rose' if rises else 'fell'} {told}"


def way_back_words(scenario: Scenario, one: Unlocking) -> str:
    """Say what changing one limit would bring."""
    changed = f"{named_inside(scenario, one.loc)} {_change(scenario, one)}"
    at = f" {_at(scenario, one.entry)}" if one.entry else ""
    means = _what_changes(scenario, one)
    gain = points(difference(one.value, one.best_value))
    whole = f"the whole would then be worth {gain} more"
    return f"It would run{at} if {changed}; {f'{means}, and ' if means else ''}{whole}."
