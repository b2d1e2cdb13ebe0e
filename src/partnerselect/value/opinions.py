"""The eligible partners as other methods would rank them, and in words where that differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray, IntArray
from partnerselect.errors import attempted
from partnerselect.model import (
    Criterion,
    LevelsScale,
    LinearScale,
    PointsScale,
    RelativeScale,
    Scenario,
)
from partnerselect.value.other_methods import (
    Opinion,
    Preference,
    Vikor,
    copras,
    promethee,
    topsis_by_vector,
    vikor,
    weighted_product,
)
from partnerselect.value.performance import PerformanceTable
from partnerselect.value.scoring import Scores
from partnerselect.value.value_function import more_is_better
from partnerselect.words import NOT_WORKED_OUT, listed

METHODS = {
    "topsis": (
        "TOPSIS",
        (
            "which looks for whoever is nearest to the best score on everything and farthest from"
            " the worst"
        ),
    ),
    "vikor": ("VIKOR", "which looks at the sum and also at the weakest point of each partner"),
    "promethee-ii": (
        "PROMETHEE",
        "which sets partners against each other two by two and counts who is preferred on what",
    ),
    "copras": ("COPRAS", "which compares each score with the total of all partners' scores"),
    "weighted-product": (
        "Weighted product",
        "which multiplies instead of adding, so that a very low score weighs heavily",
    ),
}
"""By its key in JSON: the name of a method and its meaning."""
_VIKOR_AT_AN_END = {
    0.0: "which here looks only at the weakest point of each partner",
    1.0: "which here looks only at the sum",
}
"""Its meaning where the scenario sets `v` so."""
_BROKE_DOWN = f"it {NOT_WORKED_OUT['fault']}"
_NOTHING_COUNTS = "no criterion of any weight tells these partners apart"


@dataclass(frozen=True)
class SecondOpinion:
    """What one method says of a programme's eligible partners."""

    method: str
    """A key of `METHODS`."""
    opinion: Opinion
    first: tuple[str, ...]
    """Who it ranks first; nobody where it is undefined."""
    pairs_alike: int
    """Pairs of partners that it orders (or ties) as the additive value does."""
    pairs: int
    agrees: bool | None
    """Whether it puts the same partners first; None where it is undefined."""
    words: str
    """How it agrees with the value, in one or two sentences."""


@dataclass(frozen=True)
class ProgrammeOpinions:
    """The second opinions on one programme."""

    programme: str
    partners: tuple[str, ...]
    """The eligible, in file order: the order of all scores and ranks."""
    ranks: tuple[int, ...]
    """By additive value."""
    opinions: tuple[SecondOpinion, ...]
    """One a method in the order of `METHODS`; none where nobody is eligible."""


def second_opinions(
    scenario: Scenario, table: PerformanceTable, scores: Scores
) -> tuple[ProgrammeOpinions, ...]:
    """Put every programme's eligible partners, with their nominal scores, to every method.

    Levels stand by their value, an unknown score by the middle of its scale; the weights are the
    programme's.
    """
    return tuple(
        _programme(scenario, table, scores, p) for p in range(len(table.workload.programmes))
    )


def _programme(
    scenario: Scenario, table: PerformanceTable, scores: Scores, p: int
) -> ProgrammeOpinions:
    eligible = np.flatnonzero(table.eligible[p])
    partners = tuple(table.workload.partners[k] for k in eligible)
    ranks = tuple(int(scores.ranks[p, k]) for k in eligible)
    told: tuple[SecondOpinion, ...] = ()
    if partners:
        titles = {name: scenario.partners[name].title for name in partners}
        found = _opinions(scenario, table, scores, p, eligible)
        own_ranks = dict(zip(partners, ranks, strict=True))
        told = tuple(
            _compared(method, opinion, own_ranks, titles, _meaning(scenario, method))
            for method, opinion in found.items()
        )
    return ProgrammeOpinions(table.workload.programmes[p], partners, ranks, told)


def _opinions(
    scenario: Scenario, table: PerformanceTable, scores: Scores, p: int, eligible: IntArray
) -> dict[str, Opinion]:
    leaves = list(scenario.criteria.leaves.values())
    values = np.column_stack(
        [
            natural(leaf, table.scores[p, eligible, c], table.ends[p, c])
            for c, leaf in enumerate(leaves)
        ]
    )
    counts = ~np.isnan(values).any(axis=0)
    weights = np.where(counts, scores.weights[p], 0.0)
    if not weights.any():
        return dict.fromkeys(METHODS, Opinion(None, None, _NOTHING_COUNTS))
    increasing = np.array([more_is_better(leaf.scale) for leaf in leaves])
    preferences = [_preference(leaf) for leaf in leaves]
    v = scenario.analysis.second_opinions.vikor.v
    return {
        method: attempted(
            partial(run, np.where(counts, values, 0.0), weights / weights.sum(), increasing),
            Opinion(None, None, _BROKE_DOWN),
        )
        for method, run in _runs(preferences, v).items()
    }


def _runs(
    preferences: Sequence[Preference], v: float
) -> dict[str, Callable[[FloatArray, FloatArray, BoolArray], Opinion]]:
    return {
        "topsis": topsis_by_vector,
        "vikor": partial(vikor, v=v),
        "promethee-ii": partial(promethee, preferences=preferences),
        "copras": copras,
        "weighted-product": weighted_product,
    }


def natural(criterion: Criterion, scores: FloatArray, ends: FloatArray) -> FloatArray:
    """Return scores with the unknown ones (nan) at the middle of the natural scale.

    Args:
        criterion: a leaf.
        scores: any shape; levels by their value.
        ends: the worst and best of a local scale; nan elsewhere.

    Returns:
        As `scores`; all nan where a local scale has no ends, because nobody's score is known, and
        where a scale gives every score the same value: such a criterion can speak for nobody.
    """
    match criterion.scale:
        case LinearScale(worst=worst, best=best):
            marks = [worst, best]
        case PointsScale(points=points) if len({value for _, value in points}) > 1:
            marks = [score for score, _ in points]
        case LevelsScale(levels=levels) if len(set(levels.values())) > 1:
            marks = list(levels.values())
        case RelativeScale():
            marks = ends.tolist()
        case _:
            return np.full_like(scores, np.nan)
    return np.where(np.isnan(scores), (min(marks) + max(marks)) / 2, scores)


def _preference(criterion: Criterion) -> Preference:
    stated = criterion.preference
    return (
        Preference()
        if stated is None
        else Preference(
            stated.shape, stated.indifference, stated.preference or 0.0, stated.deviation or 0.0
        )
    )


def _meaning(scenario: Scenario, method: str) -> str:
    usual = METHODS[method][1]
    return (
        _VIKOR_AT_AN_END.get(scenario.analysis.second_opinions.vikor.v, usual)
        if method == "vikor"
        else usual
    )


def _compared(
    method: str, opinion: Opinion, ranks: dict[str, int], titles: dict[str, str], meaning: str
) -> SecondOpinion:
    """Set an opinion beside the ranks by value."""
    name = METHODS[method][0]
    if opinion.ranks is None:
        return SecondOpinion(
            method,
            opinion,
            (),
            0,
            0,
            None,
            f"{name}, {meaning}, has no answer here: {opinion.reason}.",
        )
    others = dict(zip(ranks, opinion.ranks, strict=True))
    first, leaders = (
        tuple(partner for partner, rank in order.items() if rank == 1) for order in (others, ranks)
    )
    alike, pairs = _pairs_alike(tuple(ranks.values()), opinion.ranks)
    agreement = (
        f"It orders {alike} of {pairs} pairs of partners as the value does." if pairs > 1 else ""
    )
    words = " ".join(
        part
        for part in (
            f"{name}, {meaning}, {_verdict(first, leaders, titles)}.",
            agreement,
            _also(opinion, tuple(ranks), titles),
        )
        if part
    )
    return SecondOpinion(method, opinion, first, alike, pairs, first == leaders, words)


def _verdict(first: Sequence[str], leaders: Sequence[str], titles: dict[str, str]) -> str:
    named, leading = (listed([titles[name] for name in names]) for names in (first, leaders))
    if first == leaders:
        return f"agrees on the first place: {named}"
    return (
        f"would put {named} {'level in first place' if len(first) > 1 else 'first'}; on value it is"
        f" {leading}"
    )


def _pairs_alike(ranks: Sequence[int], others: Sequence[int]) -> tuple[int, int]:
    """Count the pairs ordered or tied alike, and all pairs."""
    mine, theirs = (np.sign(np.subtract.outer(order, order)) for order in (ranks, others))
    upper = np.triu_indices(len(ranks), k=1)
    return int((mine[upper] == theirs[upper]).sum()), len(upper[0])


def _also(opinion: Opinion, partners: Sequence[str], titles: dict[str, str]) -> str:
    """Say whom VIKOR proposes together, where its first is not clear enough to stand alone."""
    if (
        not isinstance(opinion, Vikor)
        or opinion.compromise is None
        or len(opinion.compromise.positions) == 1
    ):
        return ""
    together = [partners[position] for position in opinion.compromise.positions]
    return (
        f"By its own rule it would propose {listed([titles[name] for name in together])} together,"
        " none of them clearly ahead."
    )
