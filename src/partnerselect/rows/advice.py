"""The rows of what-ifs: the frontier, the price of each limit, with and without each gate, payer and partner."""

from __future__ import annotations

from partnerselect.allocation.frontier import Frontier
from partnerselect.allocation.limit_prices import LimitPrice
from partnerselect.analysis import Analysis
from partnerselect.errors import dotted
from partnerselect.portfolio import Alternative
from partnerselect.rows.report import Row, scenario_row
from partnerselect.wording import amount, points


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
    ordered = sorted(prices, key=lambda price: (-price.gain, -(price.loss or 0.0)))
    return [
        {
            "path": dotted(price.loc),
            "limit": price.limit,
            "rises_at": price.rises_at,
            "gain": price.gain,
            "falls_below": price.falls_below,
            "loss": price.loss,
        }
        for price in ordered
    ]


def alternative_rows(analysis: Analysis, alternatives: tuple[Alternative, ...]) -> list[Row]:
    """Return one row for every gate, payer and partner otherwise."""
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


def price_sentence(analysis: Analysis, price: LimitPrice) -> str:
    """Say what the next step of a limit brings, and how far it could fall without loss."""
    name, currency = dotted(price.loc), analysis.scenario.currency
    more = "More of it would bring nothing."
    if price.rises_at is not None and price.gain > 0:
        more = f"With {_quantity(price, price.rises_at, currency)} the whole would be worth {points(price.gain)} more."
    if price.falls_below <= 0:
        return f"{name}: {more} None of it is needed."
    less = f"It could fall to {_quantity(price, price.falls_below, currency)} without loss"
    if price.loss is None:
        return f"{name}: {more} {less}; below that there is no answer."
    return f"{name}: {more} {less}; below that {points(price.loss)} would be lost."


def _quantity(price: LimitPrice, value: float, currency: str) -> str:
    if price.loc[:2] in {("limits", "budget"), ("limits", "funds")}:
        return amount(value, currency)
    return f"{value:,.1f}".removesuffix(".0")


def alternative_sentence(analysis: Analysis, row: Row) -> str:
    """Say what one gate, payer or partner otherwise would mean."""
    scenario, subject = analysis.scenario, str(row["subject"])
    title = scenario.gates[subject].title if row["kind"] == "gate" else scenario.partners[subject].title if row["kind"] == "partner" else subject
    opening = {"open": f"If this gate opened ({title})", "closed": f"If this gate stayed shut ({title})", "without": f"Without {title}"}[str(row["change"])]
    if row["value_change"] is None:
        return f"{opening}, there would be no answer."
    if not row["programmes"]:
        return f"{opening}, the same partners would be chosen{_difference(row, scenario.currency)}."
    return f"{opening}, {'; '.join(_instead(analysis, change) for change in row['programmes'])}{_difference(row, scenario.currency)}."


def _instead(analysis: Analysis, change: Row) -> str:
    titles = [analysis.scenario.partners[name].title for name in change["then"]]
    return f"{analysis.scenario.programmes[change['programme']].title} would {'go to ' + ' and '.join(titles) if titles else 'be deferred'}"


def _difference(row: Row, currency: str) -> str:
    value, cost = float(row["value_change"]), float(row["trust_cost_change"])
    told = []
    if abs(value) >= 0.005:  # noqa: PLR2004 - below what is shown
        told.append(f"the whole would {'gain' if value > 0 else 'lose'} {points(abs(value))}")
    if abs(cost) >= 0.5:  # noqa: PLR2004 - amounts are whole
        told.append(f"cost us {amount(abs(cost), currency)} {'more' if cost > 0 else 'less'}")
    return f": {' and '.join(told)}" if told else ""
