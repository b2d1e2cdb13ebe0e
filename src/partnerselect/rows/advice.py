"""The rows of what-ifs: the frontier, the price of each limit, with and without each gate, payer, partner and commitment."""

from __future__ import annotations

from functools import partial
from math import ceil

from partnerselect.allocation.frontier import Frontier
from partnerselect.allocation.limit_prices import LimitPrice
from partnerselect.analysis import Analysis
from partnerselect.errors import Loc, dotted
from partnerselect.portfolio import Alternative
from partnerselect.rows.board import LIMIT_WORDS
from partnerselect.rows.report import Row, scenario_row
from partnerselect.wording import amount, points

TOLD_ONE_BY_ONE = 3
"""Programmes that change; of more, only the deferred are named."""
SHOWN_POINTS = 0.005
SHOWN_AMOUNT = 0.5
ROUNDING = 1e-4


def frontier_json(analysis: Analysis, frontier: Frontier, prices: tuple[LimitPrice, ...], alternatives: tuple[Alternative, ...]) -> Row:
    """Return what `frontier --format json` prints, before rounding."""
    return {
        "format": 1,
        "scenario": scenario_row(analysis),
        "step": frontier.step,
        "complete": frontier.is_complete,
        "frontier": frontier_rows(frontier),
        "limits": price_rows(prices),
        "with_and_without": alternative_rows(analysis, alternatives),
    }


def frontier_rows(frontier: Frontier) -> list[Row]:
    """Return one row for every efficient choice, the cheapest first."""
    return [
        {
            "trust_cost": point.trust_cost,
            "value": point.value,
            "today": point.is_today,
            "enters": [dict(zip(("programme", "component", "partner"), entry, strict=True)) for entry in point.enters],
            "leaves": [dict(zip(("programme", "component", "partner"), entry, strict=True)) for entry in point.leaves],
        }
        for point in frontier.points
    ]


def price_rows(prices: tuple[LimitPrice, ...]) -> list[Row]:
    """Return one row for every limit, those that would bring most first."""
    return [
        {
            "path": dotted(price.loc),
            "limit": price.limit,
            "rises_at": price.rises_at,
            "gain": price.gain,
            "falls_below": price.falls_below,
            "loss": price.loss,
        }
        for price in _ordered(prices)
    ]


def _ordered(prices: tuple[LimitPrice, ...]) -> list[LimitPrice]:
    return sorted(prices, key=lambda price: (-price.gain, -(price.loss or 0.0)))


def alternative_rows(analysis: Analysis, alternatives: tuple[Alternative, ...]) -> list[Row]:
    """Return one row for every gate, payer, partner and commitment otherwise."""
    account = analysis.allocation.account
    return [
        {
            "kind": alternative.kind,
            "subject": alternative.subject,
            "change": alternative.change,
            "state": alternative.state,
            "value": alternative.value,
            "trust_cost": alternative.trust_cost,
            "value_change": None if account is None or alternative.value is None else alternative.value - account.value,
            "trust_cost_change": None if account is None or alternative.trust_cost is None else alternative.trust_cost - account.trust_cost,
            "programmes": [{"programme": name, "now": list(now), "then": list(then)} for name, (now, then) in alternative.changed.items()],
        }
        for alternative in alternatives
    ]


def price_sentences(analysis: Analysis, prices: tuple[LimitPrice, ...]) -> list[str]:
    """Say what each limit's next step brings, those that would bring most first; in the last sentence, all that change nothing."""
    idle = [price for price in prices if price.gain <= 0 and price.falls_below <= 0]
    told = [price_sentence(analysis, price) for price in _ordered(prices) if price not in idle]
    if not idle:
        return told
    return [*told, f"Neither more nor less of these would change anything: {'; '.join(_limit_name(analysis, price.loc) for price in idle)}."]


def price_sentence(analysis: Analysis, price: LimitPrice) -> str:
    """Say what the next step of a limit brings, and below what it would be missed."""
    shown = partial(_quantity, price.loc, analysis.scenario.currency)
    more, whole = "more would bring nothing", "the whole"
    if price.rises_at is not None and price.gain > 0:
        more, whole = f"with {shown(price.rises_at)} the whole would be worth {points(price.gain)} more", "it"
    less = f"below {shown(price.falls_below)} {'there would be no answer' if price.loss is None else f'{whole} would be worth {points(price.loss)} less'}"
    if price.falls_below <= 0:
        less = "none of it is needed today"
    return f"{_limit_name(analysis, price.loc)} ({shown(price.limit)} today): {more}; {less}."


def _limit_name(analysis: Analysis, loc: Loc) -> str:
    """Name a limit as the gauges on the screen do, by the titles of the partner or programme it is about."""
    match [str(key) for key in loc]:
        case ["limits", "funds", payer, *phase]:
            name = LIMIT_WORDS["fund"].format(payer)
        case ["limits", "partners", *phase]:
            name, phase = LIMIT_WORDS["partners"], []
        case ["limits", "backfill", *phase]:
            name, phase = LIMIT_WORDS["backfill days"], []
        case ["limits", "programmes-per-partner", *phase]:
            name = LIMIT_WORDS["programmes per partner"].format("any one partner")
        case ["partners", partner, "capacity", *phase]:
            name = LIMIT_WORDS["capacity"].format(analysis.scenario.partners[partner].title)
        case ["programmes", programme, "partners", *phase]:
            name, phase = f"Partners for {analysis.scenario.programmes[programme].title}", []
        case [_, kind, *phase]:
            name = LIMIT_WORDS[kind.replace("-", " ")]
    return f"{name}, {phase[0]}" if phase else name


def _quantity(loc: Loc, currency: str, value: float) -> str:
    """Return an amount rounded up: what is shown must be enough."""
    if loc[:2] in {("limits", "budget"), ("limits", "funds")}:
        return amount(ceil(value - ROUNDING), currency)
    return f"{ceil(10 * value - ROUNDING) / 10:,.1f}".removesuffix(".0")


def alternative_sentence(analysis: Analysis, row: Row) -> str:
    """Say what one gate, payer, partner or commitment otherwise would mean: first what it comes to, then what would be done instead."""
    opening, difference = _opening(analysis, row), _difference(row, analysis.scenario.currency)
    if row["value_change"] is None:
        return f"{opening}, there would be no answer."
    if not row["programmes"]:
        return f"{opening}, the same partners would be chosen{f'; {difference}' if difference else ''}."
    return f"{opening}, {difference or 'the whole would be worth and cost as much'}: {_instead(analysis, row['programmes'])}."


def _opening(analysis: Analysis, row: Row) -> str:
    subject = str(row["subject"])
    match row["kind"]:
        case "gate":
            return f"If the gate “{analysis.scenario.gates[subject].title}” {'opened' if row['change'] == 'open' else 'were shut'}"
        case "payer":
            return f"If {subject} paid nothing"
        case "commitment":
            programme, need = subject.split(".", 1)
            return f"Without what is committed for {analysis.scenario.programmes[programme].title} ({need})"
        case _:
            return f"Without {analysis.scenario.partners[subject].title}"


def _instead(analysis: Analysis, changes: list[Row]) -> str:
    """Say where each programme would go; of many, which would be deferred and how many would change partners."""
    programmes = analysis.scenario.programmes
    if len(changes) <= TOLD_ONE_BY_ONE:
        return "; ".join(f"{programmes[change['programme']].title} would {_fate(analysis, change['then'])}" for change in changes)
    deferred = [programmes[change["programme"]].title for change in changes if not change["then"]]
    moved = len(changes) - len(deferred)
    told = [f"{'; '.join(deferred)} would be deferred"] if deferred else []
    told += [f"{moved} {'programme' if moved == 1 else 'programmes'} would change partners"] if moved else []
    return ", and ".join(told)


def _fate(analysis: Analysis, partners: list[str]) -> str:
    titles = [analysis.scenario.partners[name].title for name in partners]
    return f"go to {' and '.join(titles)}" if titles else "be deferred"


def _difference(row: Row, currency: str) -> str:
    """Say what the whole would gain or lose and cost; nothing where neither shows."""
    value, cost = float(row["value_change"] or 0.0), float(row["trust_cost_change"] or 0.0)
    told = []
    if abs(value) >= SHOWN_POINTS:
        told.append(f"{'gain' if value > 0 else 'lose'} {points(abs(value))}")
    if abs(cost) >= SHOWN_AMOUNT:
        told.append(f"cost us {amount(abs(cost), currency)} {'more' if cost > 0 else 'less'}")
    return f"the whole would {' and '.join(told)}" if told else ""
