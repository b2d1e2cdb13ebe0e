"""What a choice comes to beside its value: amounts that add up over the lines of its account.

A new figure for every programme is one more entry of `AMOUNTS`: programmes, partners and the whole
are sums of it, and JSON, CSV, tables, paper, workbook, batch and screens print what stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from partnerselect.allocation.cost_account import CostBreakdown, CostLine
from partnerselect.model import Scenario
from partnerselect.words import Kind


@dataclass(frozen=True)
class Amount:
    """One thing that every line of an account adds to."""

    key: str
    """Its name in JSON and CSV."""
    title: str
    """Its heading."""
    kind: Kind
    of: Callable[[Scenario, CostLine], float]
    """What one line adds."""
    is_headline: bool = True
    """Whether tables for executives show it; files and the workbook always do."""


AMOUNTS = (
    Amount("cost", "Cost", "money", lambda _scenario, line: line.cost, is_headline=False),
    Amount("own_cost", "Cost to us", "money", lambda _scenario, line: line.own_cost),
)
HEADLINES = tuple(amount for amount in AMOUNTS if amount.is_headline)


def amounts_of(scenario: Scenario, lines: Iterable[CostLine]) -> dict[str, float]:
    """Return what lines add up to, by the key of each amount."""
    lines = tuple(lines)
    return {
        amount.key: float(sum(amount.of(scenario, line) for line in lines)) for amount in AMOUNTS
    }


def amounts_of_programme(
    scenario: Scenario, account: CostBreakdown | None, programme: str | None
) -> Mapping[str, float | None]:
    """Return what a programme comes to, or all that belongs to none; None without an answer."""
    if account is None:
        return dict.fromkeys(amount.key for amount in AMOUNTS)
    return amounts_of(scenario, (line for line in account.lines if line.programme == programme))


def amounts_in_all(scenario: Scenario, account: CostBreakdown | None) -> Mapping[str, float | None]:
    """Return what a whole choice comes to; None without an answer."""
    if account is None:
        return dict.fromkeys(amount.key for amount in AMOUNTS)
    return amounts_of(scenario, account.lines)
