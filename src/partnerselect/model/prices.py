"""What partners may charge: the kinds of price, what each is paid for and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from partnerselect.model.base import Node
from partnerselect.model.estimate import Amount


class Cost(Node):
    """Prices in the scenario's currency."""

    per_day: Amount = 0
    """Price of a day."""
    per_programme: Amount = 0
    """Paid for each programme the partner works on."""
    once: Amount = 0
    """Paid once if the partner works at all."""

    def charged(self, paid_for: PaidFor) -> list[float]:
        """Return the prices that are paid for days, for programmes, or for the partner."""
        return [kind.of(self) for kind in PRICE_KINDS if kind.paid_for is paid_for]


class OwnPrices(Node):
    """Prices for one programme; a key left out keeps the partner's own."""

    per_day: Amount | None = None
    """Price of a day here."""
    per_programme: Amount | None = None
    """Paid if the partner works on this programme."""


class PaidFor(Enum):
    """What a price is paid for: that says how often, and when it falls."""

    DAY = "each day, when it is worked"
    PROGRAMME = "each programme the partner works on, in its first phase"
    PARTNER = "the partner, in its first working phase"


@dataclass(frozen=True)
class PriceKind:
    """One kind of price.

    Reading, tables, workbooks, ranges and the account read this list; how the three things that a
    price may be paid for enter the choice stands in `allocation/money_rows.py` and, for the exact
    check, in `allocation/exact_use.py`.
    """

    key: str
    """Its name in `Cost`, and in `OwnPrices` where it may differ for a programme."""
    paid_for: PaidFor
    heading: str
    """Of its column in tables."""
    title: str
    """Of its column in the workbook of results."""
    line: str
    """What an amount is for, in the workbook's account; empty where it is for days."""
    words: str
    """What it is paid for, behind an amount."""
    typed: str
    """What belongs in its column of a scenario's workbook."""
    typed_there: str = ""
    """The same where it may differ for a programme."""

    @property
    def id(self) -> str:
        """Its key in YAML, and its name in JSON."""
        return self.key.replace("_", "-")

    @property
    def label(self) -> str:
        """Its heading in a scenario's workbook."""
        return self.key.replace("_", " ")

    @property
    def may_differ(self) -> bool:
        """Whether it may be another for one programme."""
        return self.paid_for is not PaidFor.PARTNER

    def of(self, cost: Cost) -> float:
        """Return this price, which may be a range."""
        price: float = getattr(cost, self.key)
        return price


PRICE_KINDS = (
    PriceKind(
        "per_day",
        PaidFor.DAY,
        "Day rate",
        "Price per day",
        "",
        "a day",
        "Of a day: 700 or 650 / 700 / 900.",
        "Its price of a day there, if another.",
    ),
    PriceKind(
        "per_programme",
        PaidFor.PROGRAMME,
        "Per programme",
        "Price per programme",
        "a price per programme",
        "for the programme",
        "Price of each programme.",
        "Its price of it, if another.",
    ),
    PriceKind(
        "once",
        PaidFor.PARTNER,
        "One-off",
        "Price paid once",
        "paid once",
        "paid once",
        "Paid once if it works at all.",
    ),
)
"""In the order in which readers meet them."""
PROGRAMME_PRICES = tuple(kind for kind in PRICE_KINDS if kind.may_differ)
"""Those that may differ for a programme."""
