"""What more money would buy, and what the next step of each limit would bring."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from partnerselect.allocation import Alternative, Frontier, LimitPrice
from partnerselect.analysis import Analysis
from partnerselect.errors import dotted
from partnerselect.model import LeastCost, kind_at, stated_limits
from partnerselect.rows.choices import engagement_rows
from partnerselect.rows.plain import Row, picked, scenario_row
from partnerselect.rows.with_and_without import alternative_rows
from partnerselect.words import (
    NOT_WORKED_OUT,
    ROUNDING,
    amount,
    difference,
    limit_name,
    listed,
    points,
    quantity,
)

SAME_VALUES = 3
"""Plans with the value of the one before that are named; of more, only how many."""
NEXT_STEP = "What its next step would bring"
NO_LIMITS = "No limit is set, so there is none whose next step could bring anything."
NO_PRICES = "What the next step of each limit would bring could not be worked out."
ONLY_MINIMA = "Every limit that is set is a minimum, and a minimum has no next step."
NOT_PRICED = (
    "What the next step of each limit would bring is not asked: it is counted in value, and the aim"
    " is the least cost."
)


def frontier_json(
    analysis: Analysis,
    frontier: Frontier,
    prices: tuple[LimitPrice, ...],
    alternatives: tuple[Alternative, ...],
) -> Row:
    """Return what `frontier --format json` prints, before rounding."""
    return {
        "format": 2,
        "scenario": scenario_row(analysis),
        "step": frontier.step,
        "complete": frontier.is_complete,
        "reason": missing_sentence(frontier),
        "frontier": frontier_rows(frontier),
        "limits": limit_price_rows(prices),
        "with_and_without": alternative_rows(analysis, alternatives),
    }


def frontier_rows(frontier: Frontier) -> list[Row]:
    """Return one row for every efficient choice, the cheapest first."""
    return [
        {
            "own_cost": point.own_cost,
            "value": point.value,
            "today": point.is_today,
            "efficient": point.is_efficient,
            "enters": engagement_rows(point.enters),
            "leaves": engagement_rows(point.leaves),
            "engagements": engagement_rows(point.engagements),
        }
        for point in frontier.points
    ]


def more_money_sentence(analysis: Analysis, frontier: Frontier, more: float) -> str:
    """Say what so much more of our money would add; empty where there is no choice."""
    account, currency = analysis.allocation.account, analysis.scenario.currency
    if account is None or not frontier.points:
        return ""
    reached = max(
        (point for point in frontier.points if point.own_cost <= account.own_cost + more),
        key=lambda point: point.value,
        default=None,
    )
    another = amount(more, currency)
    if reached is not None and reached.value - account.value > ROUNDING:
        added = points(difference(reached.value, account.value))
        part = amount(reached.own_cost - account.own_cost, currency)
        if part == another:
            return f"Another {another} would add {added}."
        return f"Of another {another}, {part} would add {added}; the rest would add nothing."
    if frontier.points[-1].value - account.value > ROUNDING:
        step = amount(_next_step(frontier, account.value), currency)
        return f"Another {another} would add nothing: the next step costs {step} in all."
    return f"Another {another} would add nothing: the other limits allow no plan worth more."


def _next_step(frontier: Frontier, value: float) -> float:
    """Return the cost of the cheapest choice worth more than this."""
    return min(point.own_cost for point in frontier.points if point.value - value > ROUNDING)


def missing_sentence(frontier: Frontier) -> str:
    """Say why the cheaper choices are missing; empty where they are not."""
    return (
        "" if frontier.why is None else f"Which choices cost less {NOT_WORKED_OUT[frontier.why]}."
    )


def limit_price_rows(prices: tuple[LimitPrice, ...]) -> list[Row]:
    """Return one row for every limit, those that would bring most first."""
    return [
        {
            "path": dotted(price.loc),
            **picked(price, "limit", "rises_at", "gain", "falls_below", "loss"),
            "reason": "" if price.why is None else f"{NEXT_STEP} {NOT_WORKED_OUT[price.why]}.",
        }
        for price in _ordered(prices)
    ]


def _ordered(prices: tuple[LimitPrice, ...]) -> list[LimitPrice]:
    """Order by what each would bring, then by what would be lost; alike figures by place."""
    return sorted(
        prices,
        key=lambda price: (-round(price.gain, 6), -round(price.loss or 0.0, 6), dotted(price.loc)),
    )


def price_sentences(analysis: Analysis, prices: tuple[LimitPrice, ...]) -> list[str]:
    """Say what each limit's next step brings, those that would bring most first.

    In the last sentence, all that change nothing; without prices, why there are none.
    """
    if not prices:
        return [_no_prices(analysis)]
    idle = [
        price
        for price in prices
        if price.why is None and price.gain <= 0 and price.falls_below <= 0
    ]
    told = [price_sentence(analysis, price) for price in _ordered(prices) if price not in idle]
    if not idle:
        return told
    names = "; ".join(limit_name(analysis.scenario, price.loc) for price in idle)
    return [*told, f"Neither more nor less of these would change anything: {names}."]


def _no_prices(analysis: Analysis) -> str:
    """Say why no limit has a next step."""
    kinds = [stated.kind for stated in stated_limits(analysis.scenario)]
    if not kinds:
        return NO_LIMITS
    if all(kind.is_minimum for kind in kinds):
        return ONLY_MINIMA
    return NOT_PRICED if isinstance(analysis.scenario.aim, LeastCost) else NO_PRICES


def price_sentence(analysis: Analysis, price: LimitPrice) -> str:
    """Say what the next step of a limit brings, and below what it would be missed."""
    shown = partial(quantity, price.loc, analysis.scenario.currency)
    value = analysis.allocation.account.value if analysis.allocation.account else 0.0
    if price.why is not None:
        return (
            f"{limit_name(analysis.scenario, price.loc)} ({shown(price.limit)} today): what its"
            f" next step would bring {NOT_WORKED_OUT[price.why]}."
        )
    more, whole = "an increase would make no difference", "the whole"
    if price.rises_at is not None and price.gain > 0:
        gain = points(difference(value + price.gain, value))
        more, whole = f"with {shown(price.rises_at)} the whole would be worth {gain} more", "it"
    kind = kind_at(price.loc)
    least = kind.least if kind else 0
    if price.falls_below <= 0:
        less = "not used at present"
    elif price.falls_below <= least:
        less = (
            f"{shown(least)} would be enough"
            if price.limit > least
            else "the limit cannot be lower"
        )
    elif price.loss is None:
        less = f"below {shown(price.falls_below)} no plan would be possible"
    else:
        loss = points(difference(value, value - price.loss))
        less = f"below {shown(price.falls_below)} {whole} would be worth {loss} less"
    return (
        f"{limit_name(analysis.scenario, price.loc)} ({shown(price.limit)} today): {more}; {less}."
    )


def frontier_points(analysis: Analysis, frontier: Frontier) -> list[Row]:
    """Return the efficient choices, the cheapest first: what comes in and goes, in titles."""
    titles = analysis.scenario
    rows = []
    for row in frontier_rows(frontier):
        enters, leaves = exchanged(analysis, row)
        come = list(
            dict.fromkeys(titles.programmes[one["programme"]].title for one in row["enters"])
        )
        rows.append(
            {
                "currency": titles.currency,
                **{key: row[key] for key in ("own_cost", "value", "today", "efficient")},
                "label": come[0] if len(come) == 1 else "",
                "enters": enters,
                "leaves": leaves,
            }
        )
    return rows


def same_value_words(rows: Sequence[Row], currency: str) -> str:
    """Say by how much best-value plans differ that show the same value; empty where none do.

    Args:
        rows: of `frontier_rows` or `frontier_points`.
        currency: of the amounts.
    """
    steps = [
        (before, row)
        for before, row in pairwise(row for row in rows if row["efficient"])
        if round(before["value"], 1) == round(row["value"], 1)
    ]
    if len(steps) > SAME_VALUES:
        return f"{len(steps)} plans are worth a little more than the one above, by less than shows."
    told = [
        f"{amount(row['own_cost'], currency)} buys {points(row['value'] - before['value'])} more"
        f" than {amount(before['own_cost'], currency)}"
        for before, row in steps
    ]
    return f"Where two show the same value, {listed(told)}." if told else ""


def exchanged(analysis: Analysis, step: Row) -> tuple[list[str], list[str]]:
    """Return who comes in and who goes out at a step of the frontier, in titles.

    A partner on both sides with what it does.
    """
    come, go = (
        {(one["programme"], one["partner"]) for one in step[side]} for side in ("enters", "leaves")
    )
    told = (
        [_engagement(analysis, one, come & go) for one in step[side]]
        for side in ("enters", "leaves")
    )
    enters, leaves = (list(dict.fromkeys(words)) for words in told)
    return enters, leaves


def begun_with(analysis: Analysis, step: Row) -> list[str]:
    """Return everybody chosen at a step of the frontier, in titles."""
    return list(dict.fromkeys(_engagement(analysis, one, set()) for one in step["engagements"]))


def _engagement(analysis: Analysis, entry: Row, stays: set[tuple[str, str]]) -> str:
    scenario, pair = analysis.scenario, (entry["programme"], entry["partner"])
    component = f" ({scenario.component_title(entry['component'])})" if pair in stays else ""
    return f"{scenario.partners[pair[1]].title} for {scenario.programmes[pair[0]].title}{component}"
