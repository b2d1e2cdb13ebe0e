"""What would turn the order of the leader and a rival: one weight, all weights, one score, a price, a gate.

A flip is the point at which the two are level; beyond it the order is turned. Everything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from partnerselect.model.criteria import (
    Criterion,
    LevelsScale,
    LinearScale,
    LocalScale,
    PointsScale,
)
from partnerselect.model.scenario import Scenario
from partnerselect.robustness.contest import Contest, Node, contest
from partnerselect.robustness.linear import (
    WeightChange,
    crossing_shares,
    least_weight_change,
    level_partial_value,
)
from partnerselect.robustness.uncertainty import required_value
from partnerselect.value.performance import PerformanceTable, performance_table
from partnerselect.value.scoring import TIE, Scores, score
from partnerselect.value.value_function import more_is_better, partial_values

FloatArray = NDArray[np.float64]
Kind = Literal["weight", "weights", "score", "price", "gate"]
KINDS: tuple[Kind, ...] = ("weight", "weights", "score", "price", "gate")
HALVINGS = 100
"""Of a price's bracket: down to the last bit of a float."""


@dataclass(frozen=True)
class Flip:
    """One change that would bring a rival level with the leader, and beyond which the rival is ahead."""

    kind: Kind
    programme: str
    leader: str
    rival: str
    subject: str
    """A criterion or branch; for a price a partner; for a gate the gate; empty for all weights together."""
    partner: str | None
    """Whose score or price moves."""
    path: str | None
    """Where the scenario states it; None for weights, which it may state in many ways."""
    today: float | None
    """Shares of the whole weight, natural units, money a day; None for gates, all weights and unknown scores."""
    flip: float | str | None
    """Where the two are level; for levels the first level beyond; for a gate its status."""
    rises: bool
    distance: float
    """How far that is, 0 to 1: of the whole weight, of the scale's values, of the price; a gate counts 0."""
    change: WeightChange | None
    """The new weights, where all of them move."""


def flips(
    scenario: Scenario, table: PerformanceTable, scores: Scores, programme: str
) -> tuple[Flip, ...]:
    """Return every flip of a programme's leader (the smallest id of equals): by kind, the nearest first.

    Criteria that a programme's weights give nothing, and scores that could not reach far enough, have none.
    """
    one = contest(scenario, table, scores, programme)
    if not one.leaders:
        return ()
    leader = one.leaders[0]
    found = [
        flip
        for rival in range(len(one.partners))
        if rival != leader
        for flip in _Pair(scenario, table, one, leader, rival).flips()
    ]
    return _nearest_first([*found, *gate_flips(scenario, one)])


def flips_between(
    scenario: Scenario,
    table: PerformanceTable,
    scores: Scores,
    programme: str,
    pair: tuple[str, str],
) -> tuple[Flip, ...]:
    """Return what would turn the order of any two eligible partners, the one ahead called the leader; nothing where one is not eligible."""
    one = contest(scenario, table, scores, programme)
    if not set(pair) <= set(one.partners):
        return ()
    behind, ahead = sorted(
        (one.partners.index(name) for name in pair), key=lambda row: float(one.overall[row])
    )
    return _nearest_first(_Pair(scenario, table, one, ahead, behind).flips())


def _nearest_first(found: Iterable[Flip]) -> tuple[Flip, ...]:
    return tuple(
        sorted(
            found,
            key=lambda flip: (
                KINDS.index(flip.kind),
                flip.distance,
                flip.rival,
                flip.subject,
                flip.partner or "",
            ),
        )
    )


class _Pair:
    """One partner ahead, the leader, and one behind it, the rival."""

    def __init__(
        self, scenario: Scenario, table: PerformanceTable, one: Contest, leader: int, rival: int
    ) -> None:
        self._scenario, self._table, self._one = scenario, table, one
        self._leader, self._rival = leader, rival
        self._leaves = list(scenario.criteria.leaves.values())
        self._gap = float(one.overall[leader] - one.overall[rival])

    def flips(self) -> Iterator[Flip]:
        yield from self._weights()
        yield from self._all_weights()
        for row in (self._rival, self._leader):
            yield from self._scores(row)
            yield from self._price(row)

    def _flip(
        self,
        kind: Kind,
        subject: str,
        row: int | None = None,
        *,
        path: str | None = None,
        change: WeightChange | None = None,
    ) -> Callable[..., Flip]:
        names = self._one.partners

        def made(
            today: float | None, flip: float | str | None, *, rises: bool, distance: float
        ) -> Flip:
            partner = None if row is None else names[row]
            leader, rival = names[self._leader], names[self._rival]
            return Flip(
                kind,
                self._one.programme,
                leader,
                rival,
                subject,
                partner,
                path,
                today,
                flip,
                rises,
                distance,
                change,
            )

        return made

    def _weights(self) -> Iterator[Flip]:
        for node in self._one.nodes:
            crossing = float(
                crossing_shares(node.at_none, node.at_all, share=node.share, leader=self._leader)[
                    self._rival
                ]
            )
            if node.parent > TIE and not np.isnan(crossing):
                made = self._flip("weight", node.path)
                yield made(
                    node.parent * node.share,
                    node.parent * crossing,
                    rises=self._gains(node),
                    distance=node.parent * abs(crossing - node.share),
                )

    def _gains(self, node: Node) -> bool:
        slope = node.at_all - node.at_none
        return bool(slope[self._rival] > slope[self._leader])

    def _all_weights(self) -> Iterator[Flip]:
        values = self._one.values
        change = least_weight_change(self._one.weights, values[self._leader], values[self._rival])
        if change is not None:
            yield self._flip("weights", "", change=change)(
                None, None, rises=False, distance=change.total / 2
            )

    def _scores(self, row: int) -> Iterator[Flip]:
        gap = self._gap if row == self._rival else -self._gap
        for c, criterion in enumerate(self._leaves):
            own = float(self._one.values[row, c])
            needed = (
                level_partial_value(own, gap=gap, weight=float(self._one.weights[c]))
                if criterion.from_ is None
                else None
            )
            ends = self._table.ends[self._one.p, c]
            if needed is None or (row == self._leader and needed < required_value(criterion, ends)):
                continue  # below a requirement the leader would be out before it is level
            natural = score_of(criterion, needed, ends, better=row == self._rival)
            if natural is not None:
                yield self._score(row, c, natural, abs(needed - own) / 100)

    def _score(self, row: int, c: int, natural: float | str, distance: float) -> Flip:
        name, path = self._one.partners[row], self._table.criteria[c]
        own = self._scenario.partners[name].for_.get(self._one.programme)
        special = own is not None and path in own.scores
        at = (
            f"partners.{name}.for.{self._one.programme}.scores.{path}"
            if special
            else f"partners.{name}.scores.{path}"
        )
        today = float(self._table.scores[self._one.p, self._table.workload.partners.index(name), c])
        criterion = self._leaves[c]
        rises = more_is_better(criterion.scale) == (row == self._rival)
        return self._flip("score", path, row, path=at)(
            None if np.isnan(today) else today, natural, rises=rises, distance=distance
        )

    def _price(self, row: int) -> Iterator[Flip]:
        name = self._one.partners[row]
        today = self._scenario.partners[name].cost.per_day

        def lead(price: float) -> float:
            values = values_at_price(self._scenario, self._table, self._one, row, price)
            return float(values[self._leader] - values[self._rival])

        level = level_price(lead, today, dearer=row == self._leader)
        if level is not None:
            made = self._flip("price", name, row, path=f"partners.{name}.cost.per-day")
            yield made(
                today,
                level,
                rises=row == self._leader,
                distance=abs(level - today) / max(today, level, 1.0),
            )


def values_at_price(
    scenario: Scenario, table: PerformanceTable, one: Contest, row: int, price: float
) -> FloatArray:
    """Return all overall values if one partner charged another price a day, through the criteria computed from it; shape (partners,)."""
    work, values = table.workload, one.overall.copy()
    k = work.partners.index(one.partners[row])
    days, fixed, own = (
        float(work.alone[0][one.p, k]),
        float(work.per_programme[k]),
        float(work.own_share[k]),
    )
    for c, criterion in enumerate(scenario.criteria.leaves.values()):
        if criterion.from_ is not None:
            amount = (price * days + fixed) * (own if criterion.from_.startswith("own-") else 1.0)
            values[row] += _gain(
                one,
                row,
                c,
                _worth(
                    criterion,
                    amount / (days if criterion.from_.endswith("per-day") else 1.0),
                    table.ends[one.p, c],
                ),
            )
    return values


def values_at_score(
    scenario: Scenario, table: PerformanceTable, one: Contest, row: int, c: int, scored: float | str
) -> FloatArray:
    """Return all overall values if one partner scored otherwise on one criterion.

    Shape (partners,).
    """
    criterion, values = list(scenario.criteria.leaves.values())[c], one.overall.copy()
    natural = (
        criterion.scale.levels[scored]
        if isinstance(scored, str) and isinstance(criterion.scale, LevelsScale)
        else float(scored)
    )
    values[row] += _gain(one, row, c, _worth(criterion, natural, table.ends[one.p, c]))
    return values


def _gain(one: Contest, row: int, c: int, value: float) -> float:
    return float(one.weights[c]) * (value - float(one.values[row, c]))


def _worth(criterion: Criterion, natural: float, ends: FloatArray) -> float:
    assert criterion.scale is not None  # noqa: S101 - a leaf has a scale; the model holds that
    return float(partial_values(np.array(natural), criterion.scale, (ends[0], ends[1])))


def level_price(lead: Callable[[float], float], today: float, *, dearer: bool) -> float | None:
    """Return the price at which a lead is used up, above today's or below it.

    None where no price does that.

    By halving: values are straight lines between bends in one price, and need not be solved bend by
    bend.
    """
    inside, outside = today, 0.0
    if dearer:
        outside = max(2 * today, 1.0)
        while lead(outside) >= -TIE:
            inside, outside = outside, 2 * outside
            if outside > 1e12:  # noqa: PLR2004 - dearer than anything
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
            return (
                worst + (best - worst) * value / 100
                if _has_room(value, 0.0, 100.0, better=better)
                else None
            )
        case LocalScale():
            room = (
                bool(np.isfinite(ends).all())
                and ends[0] != ends[1]
                and _has_room(value, 0.0, 100.0, better=better)
            )
            return float(ends[0] + (ends[1] - ends[0]) * value / 100) if room else None
        case PointsScale(points=points):
            marks = np.array(sorted(points, key=lambda point: (point[1], point[0])))
            room = _has_room(value, marks[0, 1], marks[-1, 1], better=better)
            return float(np.interp(value, marks[:, 1], marks[:, 0])) if room else None
    return None


def _has_room(value: float, least: float, most: float, *, better: bool) -> bool:
    return least - TIE <= value < most - TIE if better else least + TIE < value <= most + TIE


def gate_flips(scenario: Scenario, one: Contest) -> Iterator[Flip]:
    """Yield the gates whose turn would put another partner first, worked out afresh with the gate turned."""
    leader = one.partners[one.leaders[0]]
    for name, gate in scenario.gates.items():
        status = "refused" if gate.is_open else "confirmed"
        turned = scenario.with_change(f"gates.{name}.status", status)
        table = performance_table(turned)
        other = contest(turned, table, score(turned, table), one.programme)
        firsts = [other.partners[row] for row in other.leaders]
        if firsts and leader not in firsts:
            yield Flip(
                "gate",
                one.programme,
                leader,
                firsts[0],
                name,
                None,
                f"gates.{name}.status",
                None,
                status,
                not gate.is_open,
                0.0,
                None,
            )
