"""Stakeholder groups: how each ranks, where weights differ, how far they agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.model import CriteriaSet, Scenario, criterion_path, siblings
from partnerselect.value.leaf_weights import group_weights, whole_share
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import additive_values, ranks
from partnerselect.value.value_function import TIE

NEAR = 5.0
"""A group can live with a partner within so many points of the one it puts first (decision record
0003)."""


@dataclass(frozen=True)
class GroupView:
    """What one group, by its own weights alone, thinks of every partner in every programme."""

    group: str
    voice: float
    """Its share of all voices."""
    weights: dict[str, float]
    overall: FloatArray
    """(P, K): 0 to 100."""
    ranks: IntArray
    """(P, K): among the eligible; 0 where not eligible."""


@dataclass(frozen=True)
class Difference:
    """A criterion or branch, and the groups that give it least and most."""

    criterion: str
    groups: tuple[str, str]
    whole: tuple[float, float]
    """Shares of the whole weight."""
    local: tuple[float | None, float | None]
    """Shares among its siblings; None where a group gives the branch no weight at all."""

    @property
    def gap(self) -> float:
        """How far apart, as a share of the whole weight."""
        return self.whole[1] - self.whole[0]


@dataclass(frozen=True)
class Concordance:
    """Kendall's W, from 0 (no common order) to 1 (the same order), or None and the reason."""

    w: float | None
    reason: str = ""


@dataclass(frozen=True)
class CommonGround:
    """The partner that satisfies most groups."""

    partner: str
    satisfied: tuple[str, ...]
    """Groups that put it first or within `NEAR` points of their first."""
    voices: float
    """Their share of all voices."""
    greatest_loss: float
    """Points that the least satisfied group would give up against the partner it puts first."""
    least_satisfied: str | None
    """None where every group puts it first."""


@dataclass(frozen=True)
class ProgrammeAgreement:
    """How far the groups agree on one programme."""

    programme: str
    leaders: dict[str, tuple[str, ...]]
    """By group: whom it puts first; nobody where nobody is eligible."""
    concordance: Concordance
    common_ground: CommonGround | None
    """None where nobody is eligible."""


@dataclass(frozen=True)
class Agreement:
    """Everything known about who disagrees; empty where the scenario names no groups."""

    groups: tuple[GroupView, ...]
    differences: tuple[Difference, ...]
    """The widest first; only children, on which nobody can differ, are left out."""
    programmes: tuple[ProgrammeAgreement, ...]


def stakeholder_agreement(scenario: Scenario, table: PerformanceTable) -> Agreement:
    """Rank every programme by every group's own weights and compare.

    A programme's own weights play no part.

    Raises:
        InputError: a group's weights cannot be turned into numbers.
    """
    views = group_views(scenario, table)
    if not views:
        return Agreement((), (), ())
    programmes = tuple(_programme(views, table, p) for p in range(len(table.workload.programmes)))
    return Agreement(
        views,
        differences(scenario.criteria, {view.group: view.weights for view in views}),
        programmes,
    )


def group_views(scenario: Scenario, table: PerformanceTable) -> tuple[GroupView, ...]:
    """Value and rank all partners by every group's weights."""
    total = sum(group.voice for group in scenario.stakeholders.values())
    found = []
    for name, weights in group_weights(scenario).items():
        overall = additive_values(
            table.values, np.array([weights[leaf] for leaf in table.criteria])
        )
        found.append(
            GroupView(
                name,
                scenario.stakeholders[name].voice / total,
                weights,
                overall,
                ranks(overall, table.eligible),
            )
        )
    return tuple(found)


def differences(
    criteria: CriteriaSet, weights: Mapping[str, Mapping[str, float]]
) -> tuple[Difference, ...]:
    """Return the two groups furthest apart on every criterion and branch, the widest gap first.

    Args:
        criteria: the tree.
        weights: leaf weights by group, in the order that settles equal gaps.
    """
    if len(weights) < 2:  # noqa: PLR2004 - it takes two to differ
        return ()
    return tuple(
        sorted(
            (_difference(weights, above, path) for above, path in _nodes(criteria)),
            key=lambda found: (-round(found.gap, 9), found.criterion),
        )
    )


def _nodes(criteria: CriteriaSet) -> Iterator[tuple[str, str]]:
    """Yield every criterion and branch with siblings, and its parent's path ("" at the top)."""
    for at, _, children in siblings((), criteria):
        above = criterion_path(at)
        if len(children) > 1:
            yield from ((above, f"{above}.{name}".removeprefix(".")) for name in children)


def _difference(weights: Mapping[str, Mapping[str, float]], above: str, path: str) -> Difference:
    shares = {group: whole_share(own, path) for group, own in weights.items()}
    least, most = (
        extreme(shares, key=lambda group: round(shares[group], 9)) for extreme in (min, max)
    )
    parents = {
        group: whole_share(weights[group], above) if above else 1.0 for group in (least, most)
    }
    low, high = (
        shares[group] / parents[group] if parents[group] > 0 else None for group in (least, most)
    )
    return Difference(path, (least, most), (shares[least], shares[most]), (low, high))


def _programme(views: tuple[GroupView, ...], table: PerformanceTable, p: int) -> ProgrammeAgreement:
    eligible, names = np.flatnonzero(table.eligible[p]), table.workload.partners
    order = np.array([view.ranks[p, eligible] for view in views])
    return ProgrammeAgreement(
        programme=table.workload.programmes[p],
        leaders={
            view.group: tuple(names[k] for k in eligible if view.ranks[p, k] == 1) for view in views
        },
        concordance=concordance(order),
        common_ground=_common_ground(
            views,
            np.array([view.overall[p, eligible] for view in views]),
            [names[k] for k in eligible],
        )
        if len(eligible)
        else None,
    )


def concordance(order: NDArray[np.integer] | FloatArray) -> Concordance:
    """Return Kendall's coefficient of concordance, corrected for ties.

    Args:
        order: shape (judges, objects): each judge's ranks, ties equal.

    Source: Kendall & Babington Smith (1939), Annals of Mathematical Statistics 10(3), 275-287; with
    ties Siegel (1956), Nonparametric Statistics for the Behavioral Sciences, 229-239. All judges
    count alike.
    """
    judges, objects = order.shape
    if objects < 2:  # noqa: PLR2004 - one cannot be put in order
        return Concordance(None, "fewer than two partners: there is no order to agree on")
    tied = (order[:, :, None] == order[:, None, :]).sum(axis=2)
    middle = (order[:, :, None] > order[:, None, :]).sum(axis=2) + (tied + 1) / 2
    spread = ((middle.sum(axis=0) - judges * (objects + 1) / 2) ** 2).sum()
    most = judges**2 * (objects**3 - objects) - judges * (tied**2 - 1).sum()
    if most == 0:
        return Concordance(None, "no group prefers any partner to another")
    return Concordance(float(12 * spread / most))


def _common_ground(
    views: tuple[GroupView, ...], overall: FloatArray, partners: list[str]
) -> CommonGround:
    """Find whom most voices can live with.

    Then whom most put first; then whose worst loss is least; then the smallest id.

    Args:
        views: the groups (G).
        overall: (G, eligible partners).
        partners: their ids.
    """
    losses = overall.max(axis=1, keepdims=True) - overall
    voices = np.array([view.voice for view in views])
    accepted: BoolArray = losses <= NEAR + TIE
    support, first, worst = (
        measure.round(9).tolist()
        for measure in (voices @ accepted, voices @ (losses <= TIE), losses.max(axis=0))
    )
    best = min(range(len(partners)), key=lambda k: (-support[k], -first[k], worst[k], partners[k]))
    return CommonGround(
        partner=partners[best],
        satisfied=tuple(
            view.group for view, content in zip(views, accepted[:, best], strict=True) if content
        ),
        voices=support[best],
        greatest_loss=worst[best],
        least_satisfied=views[int(losses[:, best].argmax())].group if worst[best] > 0 else None,
    )
