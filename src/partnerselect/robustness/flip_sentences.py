"""Flip points in sentences that are true as printed.

Figures are rounded away from today, and who would lead is worked out at the figure shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from partnerselect.arrays import FloatArray
from partnerselect.model import (
    Criterion,
    LevelsScale,
    PaidFor,
    RatioScale,
    RelativeScale,
    Scenario,
    scale_ends,
)
from partnerselect.robustness.flip_points import (
    Flip,
    firsts_if_turned,
    price_kind,
    value_of,
    values_at_price,
    values_at_score,
)
from partnerselect.robustness.partner_comparison import PartnerComparison, compare_partners
from partnerselect.value import (
    TIE,
    as_file,
    measured_anew,
    performance_table,
    score,
)
from partnerselect.words import SYMBOLS, amount, figure, listed, with_unit

FINEST = 6
"""Decimals beyond which no reader is served."""
LEAST_RATIO = 10.0**-FINEST
"""A score or price that is marked in proportion must be more than 0."""
COARSEST = 0.25
"""Of a scale; a step of a figure on it is no larger."""
LITTLE = 0.0005
"""Of all weight; less is not worth naming in a list of what moves."""


@dataclass(frozen=True)
class WordedFlip:
    """A flip and its sentence."""

    flip: Flip
    words: str


def worded(compared: PartnerComparison, found: Iterable[Flip]) -> tuple[WordedFlip, ...]:
    """Put flips of one programme into words."""
    sentences = _Sentences(compared)
    return tuple(WordedFlip(flip, sentences.of(flip)) for flip in found)


@dataclass(frozen=True)
class _Sentences:
    """The words for the flips of one programme."""

    compared: PartnerComparison

    def of(self, flip: Flip) -> str:
        """Say what would turn the order."""
        match flip.kind:
            case "weight":
                return self._weight(flip)
            case "weights":
                return self._weights(flip)
            case "score":
                return self._score(flip)
            case "price":
                return self._price(flip)
            case "gate":
                return self._gate(flip)

    def _weight(self, flip: Flip) -> str:
        node = next(node for node in self.compared.nodes if node.path == flip.subject)
        today, level = 100 * (flip.today or 0.0), 100 * float(flip.flip or 0.0)
        shown, decimals = outward(level, today, rises=flip.rises, least=0.0, most=100 * node.parent)
        values = node.values_at(shown / 100 / node.parent)
        return (
            f"If {self._criterion(flip.subject)} weighed {shown:.{decimals}f}% instead of"
            f" {today:.{decimals}f}%, {self._then(flip, values)}"
        )

    def _weights(self, flip: Flip) -> str:
        assert flip.change is not None  # noqa: S101 - this kind has one
        moved = dict(
            zip(
                self.compared.scenario.criteria.leaves,
                flip.change.weights - self.compared.weights,
                strict=True,
            )
        )
        givers = [self._criterion(name) for name, change in moved.items() if change < -LITTLE]
        takers = [self._criterion(name) for name, change in moved.items() if change > LITTLE]
        rival, leader = self._partner(flip.rival), self._partner(flip.leader)
        if not givers or not takers:
            return (
                f"{rival} and {leader} are all but level today: the slightest change of weights"
                " turns their order."
            )
        size = f"{100 * flip.distance:.1f}".removesuffix(".0")
        return (
            f"The least change of weights that brings {rival} level with {leader} moves {size}% of"
            f" all weight from {listed(givers)} to {listed(takers)}."
        )

    def _score(self, flip: Flip) -> str:
        criterion = self.compared.scenario.criteria.leaves[flip.subject]
        shown, words = self._shown_score(criterion, flip)
        values = _values_at(self.compared, flip, shown)
        who, title = self._partner(str(flip.partner)), self._criterion(flip.subject)
        then = f"{self._then(flip, values)}{self._as_file(flip, shown, values)}"
        if flip.today is None:
            side = "more" if flip.rises else "less"
            return (
                f"If {who} turned out to score {words} or {side} on {title}, which is not yet"
                f" known, {then}"
            )
        today = self._today(criterion, flip.today)
        return f"If {who} scored {words} instead of {today} on {title}, {then}"

    @staticmethod
    def _shown_score(criterion: Criterion, flip: Flip) -> tuple[float | str, str]:
        if isinstance(flip.flip, str):
            return flip.flip, f'"{flip.flip}"'
        lowest = LEAST_RATIO if isinstance(criterion.scale, RatioScale) else -math.inf
        least, most = scale_ends(criterion.scale) or (lowest, math.inf)
        shown, decimals = outward(
            float(flip.flip or 0.0),
            flip.today,
            rises=flip.rises,
            least=least,
            most=most,
            fewest=_decimals(most - least),
        )
        unit = "" if criterion.unit == "points" else criterion.unit
        return shown, with_unit(f"{shown:,.{decimals}f}", unit)

    @staticmethod
    def _today(criterion: Criterion, today: float) -> str:
        if not isinstance(criterion.scale, LevelsScale):
            return with_unit(figure(today), criterion.unit[:1] if _is_attached(criterion) else "")
        named = [
            name for name, value in criterion.scale.levels.items() if abs(value - today) <= TIE
        ]
        return f'"{named[0]}"' if named else "something between two levels"

    def _price(self, flip: Flip) -> str:
        today = flip.today or 0.0
        least = LEAST_RATIO if self._is_marked_by_price else 0.0
        shown, decimals = outward(
            float(flip.flip or 0.0), today, rises=flip.rises, least=least, most=math.inf
        )
        values = _values_at(self.compared, flip, shown)
        prices = [self._money(price, decimals) for price in (shown, today)]
        kind = price_kind(str(flip.path))
        asked = f"{prices[0]} {kind.words}"
        if kind.paid_for is PaidFor.DAY:
            asked = f"a day rate of {prices[0]}"
        return (
            f"If {self._partner(flip.subject)} charged {asked} instead of {prices[1]},"
            f" {self._then(flip, values)}{self._as_file(flip, shown, values)}"
        )

    def _money(self, price: float, decimals: int) -> str:
        currency = self.compared.scenario.currency
        return (
            amount(price, currency)
            if decimals == 0
            else f"{SYMBOLS.get(currency, f'{currency} ')}{price:,.{max(decimals, 2)}f}"
        )

    def _gate(self, flip: Flip) -> str:
        decided = "confirmed" if flip.rises else "refused"
        others = firsts_if_turned(self.compared, flip.subject)
        others.remove(flip.rival)
        return (
            f"If “{self.compared.scenario.gates[flip.subject].title}” were {decided},"
            f" {self._partner(flip.rival)} {self._first_beside(others)}."
        )

    def _then(self, flip: Flip, values: FloatArray) -> str:
        """Say who would be ahead of whom at these values."""
        who = "it" if flip.partner == flip.rival else self._partner(flip.rival)
        if self._leads(flip, values):
            first = (values >= values.max() - TIE).nonzero()[0]
            others = [self.compared.partners[row] for row in first]
            others.remove(flip.rival)
            return f"{who} {self._first_beside(others)}."
        order = "come before" if self._lead(flip, values) > TIE else "be level with"
        return f"{who} would {order} {self._partner(flip.leader)}."

    def _first_beside(self, others: Sequence[str]) -> str:
        """Say of a partner that it would be first: alone, or level with others."""
        if not others:
            return "would lead"
        return f"would be first, level with {listed([self._partner(one) for one in others])}"

    def _lead(self, flip: Flip, values: FloatArray) -> float:
        rival, leader = (self.compared.partners.index(name) for name in (flip.rival, flip.leader))
        return float(values[rival] - values[leader])

    def _leads(self, flip: Flip, values: FloatArray) -> bool:
        """Tell whether the rival would be first, alone or level with others than the leader."""
        rival = self.compared.partners.index(flip.rival)
        return bool(self._lead(flip, values) > TIE and values[rival] >= values.max() - TIE)

    def _as_file(self, flip: Flip, shown: float | str, values: FloatArray) -> str:
        """Say where a file with this figure would differ: its local scales end elsewhere."""
        if not self._has_local_scales:
            return ""
        measured = self._values_as_file(flip, shown)
        if measured is None:
            return ""
        ahead = measured.get(flip.rival, -math.inf) - measured.get(flip.leader, -math.inf)
        best = max(measured.values())
        first = [self._partner(name) for name, value in measured.items() if value >= best - TIE]
        if ahead < -TIE:
            instead = f"{self._partner(flip.leader)} would stay ahead"
        elif ahead <= TIE:
            instead = "the two would be level"
        elif self._leads(flip, values) and best > measured[flip.rival] + TIE:
            instead = f"{listed(first)} would lead"
        else:
            return ""
        return (
            " This keeps the ends of local scales as they are now; in a file with this figure they"
            f" move, and {instead}."
        )

    def _values_as_file(self, flip: Flip, shown: float | str) -> dict[str, float] | None:
        """Return the values in a file with this figure; None where its local scales end as here."""
        if not self._leaves_ends(flip, shown):
            changed = self.compared.scenario.with_change(str(flip.path), shown)
            alone = _alone(changed, flip.programme)
            return None if alone is None else _by_partner(alone, alone.overall)
        if (alone := self._alone) is None:
            return None
        if flip.partner not in alone.partners:
            return _by_partner(alone, alone.overall)
        return _by_partner(alone, _values_at(alone, flip, shown))

    def _leaves_ends(self, flip: Flip, shown: float | str) -> bool:
        """Tell at a glance that no local scale can end elsewhere: nothing that it rests on moves.

        It rests on its own scores and on who meets the requirements on other scales.
        """
        compared, leaves = self.compared, self.compared.scenario.criteria.leaves
        table, p = compared.table, compared.p
        if flip.kind == "score":
            leaf, c = leaves[flip.subject], table.criteria.index(flip.subject)
            least = table.least_value(leaf, p, table.workload.partners.index(str(flip.partner)), c)
            return not isinstance(leaf.scale, RelativeScale) and (
                value_of(leaf, shown, table.ends[p, c]) >= least
            )
        return not any(
            leaf.at_least is not None
            or isinstance(leaf.scale, RelativeScale)
            or any(minimum.below[c] for minimum in table.minima)
            for c, leaf in enumerate(leaves.values())
            if leaf.from_ is not None
        )

    @cached_property
    def _alone(self) -> PartnerComparison | None:
        """What a file that says what the scenario says now would compare."""
        return _alone(self.compared.scenario, self.compared.programme)

    @cached_property
    def _has_local_scales(self) -> bool:
        leaves = self.compared.scenario.criteria.leaves.values()
        return any(isinstance(leaf.scale, RelativeScale) for leaf in leaves)

    @property
    def _is_marked_by_price(self) -> bool:
        leaves = self.compared.scenario.criteria.leaves.values()
        return any(leaf.from_ and isinstance(leaf.scale, RatioScale) for leaf in leaves)

    def _partner(self, name: str) -> str:
        return self.compared.scenario.partners[name].title

    def _criterion(self, path: str) -> str:
        return criterion_title(self.compared.scenario, path)


def _is_attached(criterion: Criterion) -> bool:
    """Tell whether a number is not read without its unit: £18,000, 52%."""
    return criterion.unit == "%" or criterion.unit[:1] in SYMBOLS.values()


def _alone(scenario: Scenario, programme: str) -> PartnerComparison | None:
    """Compare as a file would; None where its local scales end where they do here."""
    if not measured_anew(scenario, performance_table(scenario)):
        return None
    alone, table = as_file(scenario)
    return compare_partners(alone, table, score(alone, table), programme)


def _values_at(compared: PartnerComparison, flip: Flip, shown: float | str) -> FloatArray:
    """Return all overall values with this figure for the score or price that moves."""
    row = compared.partners.index(str(flip.partner))
    if flip.kind == "price":
        return values_at_price(compared, row, price_kind(str(flip.path)), float(shown))
    return values_at_score(compared, row, compared.table.criteria.index(flip.subject), shown)


def _by_partner(compared: PartnerComparison, values: FloatArray) -> dict[str, float]:
    return dict(zip(compared.partners, values.tolist(), strict=True))


def criterion_title(scenario: Scenario, path: str) -> str:
    """Return the title of a criterion or branch by its dotted path."""
    return scenario.criteria.nodes[path].title


def _decimals(width: float) -> int:
    """Return the fewest decimals in which a step is a quarter of a scale or less: 1 from 0 to 1."""
    return min(FINEST, math.ceil(max(0.0, -math.log10(width * COARSEST))))


def outward(
    level: float,
    today: float | None,
    *,
    rises: bool,
    least: float,
    most: float,
    fewest: int = 0,
) -> tuple[float, int]:
    """Return a figure just beyond a flip point, as round as can be, and its decimals.

    Round enough to differ from today's and not further beyond the flip than the flip is from today
    (the next round figure where the two are level today); where the scale ends before any such
    figure, the flip itself.
    """
    is_level = today is not None and abs(level - today) < 10.0**-FINEST
    for decimals in range(fewest, FINEST + 1):
        unit = 10.0**-decimals
        steps = math.floor(level / unit + 1e-6) + 1 if rises else math.ceil(level / unit - 1e-6) - 1
        shown = round(steps * unit, decimals)
        if is_level and shown == round(today or 0.0, decimals):
            shown = round(shown + (unit if rises else -unit), decimals)
        near = today is None or (
            shown != round(today, decimals)
            and (is_level or abs(shown - level) <= abs(level - today))
        )
        if near and least <= shown <= most:
            return shown, decimals
    return level, FINEST
