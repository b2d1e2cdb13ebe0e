"""What would turn the order of leader and rival: a weight, all of them, a score, price, gate.

A flip is the point at which the two are level; beyond it the order is turned. All else stays as it
is, the ends of local scales too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.latest import latest
from partnerselect.model import (
    PROGRAMME_PRICES,
    Criterion,
    LevelsScale,
    LinearScale,
    LocalScale,
    PointsScale,
    PriceKind,
    RatioScale,
    Scenario,
    programme_of,
)
from partnerselect.robustness.linear import (
    WeightChange,
    crossing_shares,
    least_weight_change,
    level_partial_value,
)
from partnerselect.robustness.partner_comparison import Node, PartnerComparison, compare_partners
from partnerselect.value import (
    TIE,
    PerformanceTable,
    Scores,
    more_is_better,
    performance_table,
    score,
    values_of,
)

Kind = Literal["weight", "weights", "score", "price", "gate"]
KINDS: tuple[Kind, ...] = ("weight", "weights", "score", "price", "gate")
HALVINGS = 100
"""Of a price's bracket: down to the last bit of a float."""
DEAREST = 1e12
"""A price beyond which nothing is looked for."""


@dataclass(frozen=True, kw_only=True)
class Flip:
    """One change that would bring a rival level with the leader; beyond it the rival is ahead."""

    kind: Kind
    programme: str
    leader: str
    rival: str
    subject: str = ""
    """A criterion or branch; a partner for its price; a gate; empty for all weights together."""
    partner: str | None = None
    """Whose score or price moves."""
    path: str | None = None
    """Where the scenario states it; None for weights, which it may state in many ways."""
    today: float | None = None
    """Share of the whole weight, natural units, money a day (of a bid: in all); else None."""
    flip: float | str | None = None
    """Where the two are level; for levels the first level beyond; for a gate its status."""
    rises: bool = False
    distance: float
    """How far that is, 0 to 1: of the weight, the scale's values, the price; a gate counts 0."""
    change: WeightChange | None = None
    """The new weights, where all of them move."""


def flips(compared: PartnerComparison) -> tuple[Flip, ...]:
    """Return every flip of a programme's leader (the smallest id of equals), the nearest first.

    By kind. Criteria that weigh nothing, and scores that could not reach far enough, have none.
    """
    if not compared.leaders:
        return ()
    leader = compared.leaders[0]
    rivals = (row for row in range(len(compared.partners)) if row != leader)
    found = [flip for rival in rivals for flip in _Pair(compared, leader, rival).flips()]
    return _nearest_first([*found, *_gates(compared)])


def flips_between(compared: PartnerComparison, pair: tuple[str, str]) -> tuple[Flip, ...]:
    """Return what would turn the order of two eligible partners, the one ahead called the leader.

    Nothing where one is not eligible.
    """
    if not set(pair) <= set(compared.partners):
        return ()
    rows = (compared.partners.index(name) for name in pair)
    behind, ahead = sorted(rows, key=lambda row: float(compared.overall[row]))
    return _nearest_first(_Pair(compared, ahead, behind).flips())


def _nearest_first(found: Iterable[Flip]) -> tuple[Flip, ...]:
    def order(flip: Flip) -> tuple[object, ...]:
        named = (flip.rival, flip.subject, flip.partner or "")
        return KINDS.index(flip.kind), flip.distance, *named

    return tuple(sorted(found, key=order))


@dataclass(frozen=True)
class _Pair:
    """One partner ahead, the leader, and one behind it, the rival, by their rows."""

    compared: PartnerComparison
    leader: int
    rival: int

    def flips(self) -> Iterator[Flip]:
        yield from self._weights()
        yield from self._all_weights()
        for row in (self.rival, self.leader):
            yield from self._scores(row)
            yield from self._price(row)

    def _flip(self, kind: Kind, *, distance: float, row: int | None = None, **more: object) -> Flip:
        names = self.compared.partners
        return Flip(
            kind=kind,
            programme=self.compared.programme,
            leader=names[self.leader],
            rival=names[self.rival],
            partner=None if row is None else names[row],
            distance=distance,
            **more,  # type: ignore[arg-type]
        )

    def _weights(self) -> Iterator[Flip]:
        for node in self.compared.nodes:
            shares = crossing_shares(
                node.at_none, node.at_all, share=node.share, leader=self.leader
            )
            crossing = float(shares[self.rival])
            if np.isnan(crossing) or not self._stay(node.weights_at(crossing)):
                continue
            if node.parent > TIE:
                yield self._flip(
                    "weight",
                    subject=node.path,
                    today=node.parent * node.share,
                    flip=node.parent * crossing,
                    rises=self._gains(node),
                    distance=node.parent * abs(crossing - node.share),
                )

    def _stay(self, weights: FloatArray) -> bool:
        """Tell whether both would still meet each minimum of a branch with these leaf weights."""
        values = self.compared.values[[self.leader, self.rival]]
        for minimum in self.compared.table.minima:
            within = np.where(minimum.below, weights, 0.0)
            if (values @ within < (minimum.required - TIE) * within.sum()).any():
                return False
        return True

    def _gains(self, node: Node) -> bool:
        slope = node.at_all - node.at_none
        return bool(slope[self.rival] > slope[self.leader])

    def _all_weights(self) -> Iterator[Flip]:
        values = self.compared.values
        change = least_weight_change(self.compared.weights, values[self.leader], values[self.rival])
        if change is not None and self._stay(change.weights):
            yield self._flip("weights", change=change, distance=change.total / 2)

    def _scores(self, row: int) -> Iterator[Flip]:
        compared = self.compared
        gap = float(compared.overall[self.leader] - compared.overall[self.rival])
        for c, criterion in enumerate(compared.scenario.criteria.leaves.values()):
            if criterion.from_ is not None:
                continue
            own, ends = float(compared.values[row, c]), compared.table.ends[compared.p, c]
            needed = level_partial_value(
                own,
                gap=gap if row == self.rival else -gap,
                weight=float(compared.weights[c]),
            )
            if needed is None or (row == self.leader and self._bars_leader(c, criterion, needed)):
                continue
            natural = score_of(criterion, needed, ends, better=row == self.rival)
            if natural is not None:
                yield self._score(row, c, natural, abs(needed - own) / 100)

    def _bars_leader(self, c: int, criterion: Criterion, value: float) -> bool:
        """Tell whether the leader would be out for a requirement before the two are level."""
        table, name = self.compared.table, self.compared.partners[self.leader]
        k = table.workload.partners.index(name)
        return value < table.least_value(criterion, self.compared.p, k, c)

    def _score(self, row: int, c: int, natural: float | str, distance: float) -> Flip:
        compared, table = self.compared, self.compared.table
        name, path = compared.partners[row], table.criteria[c]
        own = compared.scenario.partners[name].for_.get(compared.programme)
        there = f".for.{programme_of(compared.programme)}"
        where = there if own is not None and path in own.scores else ""
        today = float(table.scores[compared.p, table.workload.partners.index(name), c])
        scale = compared.scenario.criteria.leaves[path].scale
        return self._flip(
            "score",
            subject=path,
            row=row,
            path=f"partners.{name}{where}.scores.{path}",
            today=None if np.isnan(today) else today,
            flip=natural,
            rises=more_is_better(scale) == (row == self.rival),
            distance=distance,
        )

    def _price(self, row: int) -> Iterator[Flip]:
        name = self.compared.partners[row]
        programme, partner = self.compared.programme, self.compared.scenario.partners[name]
        cost, special = partner.cost_for(programme), partner.for_.get(programme)
        own = special.cost.model_fields_set if special else set()
        charged = [one for one in PROGRAMME_PRICES if one.of(cost)]
        free = [one for one in PROGRAMME_PRICES[1:] if one.key in own]
        kind = [*charged, *free, PROGRAMME_PRICES[0]][0]
        today = kind.of(cost)
        where = f".for.{programme_of(programme)}" if kind.key in own else ""
        path = f"partners.{name}{where}.cost.{kind.id}"

        def lead(price: float) -> float:
            values = values_at_price(self.compared, row, kind, price)
            return float(values[self.leader] - values[self.rival])

        level = level_price(lead, today, dearer=row == self.leader)
        if level is not None:
            yield self._flip(
                "price",
                subject=name,
                row=row,
                path=path,
                today=today,
                flip=level,
                rises=row == self.leader,
                distance=abs(level - today) / max(today, level, 1.0),
            )


def price_kind(path: str) -> PriceKind:
    """Return which price stands at a path."""
    return next(kind for kind in PROGRAMME_PRICES if kind.id == path.rpartition(".")[2])


def values_at_price(
    compared: PartnerComparison, row: int, kind: PriceKind, price: float
) -> FloatArray:
    """Return all overall values if one partner charged another price; shape (partners,).

    Through the criteria computed from it.
    """
    work, values = compared.table.workload, compared.overall.copy()
    k = work.partners.index(compared.partners[row])
    days = float(work.alone[0][compared.p, k])
    cost = sum(
        (price if one == kind else float(work.prices[one][compared.p, k]))
        * float(often[compared.p, k])
        for one, often in work.times_alone.items()
    )
    for c, criterion in enumerate(compared.scenario.criteria.leaves.values()):
        if criterion.from_ is not None:
            part = float(work.own_share[k]) if criterion.from_.startswith("own-") else 1.0
            per = days if criterion.from_.endswith("per-day") else 1.0
            values[row] += _gain(compared, row, c, criterion, cost * part / per)
    return values


def values_at_score(
    compared: PartnerComparison, row: int, c: int, scored: float | str
) -> FloatArray:
    """Return all overall values if one partner scored otherwise on a criterion; (partners,)."""
    criterion = list(compared.scenario.criteria.leaves.values())[c]
    values = compared.overall.copy()
    values[row] += _gain(compared, row, c, criterion, scored)
    return values


def _gain(
    compared: PartnerComparison, row: int, c: int, criterion: Criterion, scored: float | str
) -> float:
    worth = value_of(criterion, scored, compared.table.ends[compared.p, c])
    return float(compared.weights[c]) * (worth - float(compared.values[row, c]))


def value_of(criterion: Criterion, scored: float | str, ends: FloatArray) -> float:
    """Return the partial value of a score; `ends` of a local scale, shape (2,)."""
    levels = getattr(criterion.scale, "levels", {})
    natural = levels[scored] if isinstance(scored, str) else scored
    return float(values_of(criterion, np.array(natural), ends))


def level_price(lead: Callable[[float], float], today: float, *, dearer: bool) -> float | None:
    """Return the price at which a lead is used up, above today's or below it.

    None where no price does that. By halving: values only rise or only fall with one price, along
    straight lines with bends or, for marks by a ratio, along a curve.
    """
    inside, outside = today, 0.0
    if dearer:
        outside = max(2 * today, 1.0)
        while lead(outside) >= -TIE:
            inside, outside = outside, 2 * outside
            if outside > DEAREST:
                return None
    elif today <= 0 or lead(outside) >= -TIE:
        return None
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if lead(middle) >= 0 else (inside, middle)
    return (inside + outside) / 2


def score_of(
    criterion: Criterion, value: float, ends: FloatArray, *, better: bool
) -> float | str | None:
    """Return the score worth a partial value; None where no score lies beyond it.

    Args:
        criterion: with its scale.
        value: where two partners are level.
        ends: worst and best of a local scale, shape (2,).
        better: whether beyond means worth more; of levels, the first beyond is returned.

    """
    match criterion.scale:
        case LevelsScale(levels=levels):
            beyond = {
                name: worth
                for name, worth in levels.items()
                if (worth > value + TIE if better else worth < value - TIE)
            }
            return min(beyond, key=lambda name: abs(beyond[name] - value), default=None)
        case LinearScale(worst=worst, best=best):
            marks = np.array([[worst, 0.0], [best, 100.0]])
        case LocalScale():
            if not np.isfinite(ends).all() or ends[0] == ends[1]:
                return None
            marks = np.array([[ends[0], 0.0], [ends[1], 100.0]])
        case RatioScale():
            least = 0.0 if criterion.scale.rises else TIE
            if not least < value < 100 - TIE or np.isnan(ends[1]):
                return None
            part = value / 100
            return float(ends[1] * part if criterion.scale.rises else ends[1] / part)
        case PointsScale(points=points):
            marks = np.array(sorted(points, key=lambda point: (point[1], point[0])))
        case _:
            return None
    least, most = marks[0, 1], marks[-1, 1]
    has_room = least - TIE <= value < most - TIE if better else least + TIE < value <= most + TIE
    return float(np.interp(value, marks[:, 1], marks[:, 0])) if has_room else None


def _gates(compared: PartnerComparison) -> Iterator[Flip]:
    """Yield the gates whose turn would put another partner first."""
    leader = compared.partners[compared.leaders[0]]
    for name, status, _ in _turned(compared.scenario):
        firsts = firsts_if_turned(compared, name)
        if firsts and leader not in firsts:
            yield Flip(
                kind="gate",
                programme=compared.programme,
                leader=leader,
                rival=firsts[0],
                subject=name,
                path=f"gates.{name}.status",
                flip=status,
                rises=status == "confirmed",
                distance=0.0,
            )


def firsts_if_turned(compared: PartnerComparison, gate: str) -> list[str]:
    """Return who would be first if a decision of others went the other way; several where tied."""
    turned = next(turned for name, _, turned in _turned(compared.scenario) if name == gate)
    other = compare_partners(*turned, compared.programme)
    return [other.partners[row] for row in other.leaders]


@latest(2)
def _turned(
    scenario: Scenario,
) -> list[tuple[str, str, tuple[Scenario, PerformanceTable, Scores]]]:
    """Return every gate with the status it does not have, and all values worked out with that."""
    found = []
    for name, gate in scenario.gates.items():
        status = "refused" if gate.is_open else "confirmed"
        turned = scenario.with_change(f"gates.{name}.status", status)
        table = performance_table(turned)
        found.append((name, status, (turned, table, score(turned, table))))
    return found
