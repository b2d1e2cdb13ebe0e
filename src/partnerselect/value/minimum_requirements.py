"""Minimum requirements on criteria and branches: who does not meet them, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from partnerselect.arrays import BoolArray, FloatArray
from partnerselect.model import Criterion, RelativeScale, Scenario, Score
from partnerselect.value.eligibility import Pair
from partnerselect.value.leaf_weights import programme_weights
from partnerselect.value.money import Workload
from partnerselect.value.value_function import TIE, more_is_better, required_value, values_of
from partnerselect.words import SYMBOLS, figure, with_unit

SHOWN, KNOWN = "it would qualify if that were shown", "it may qualify once that is known"
"""What is hoped of a partner where a score is not known: of a criterion, and of a branch."""


@dataclass(frozen=True)
class BranchMinimum:
    """What a branch must be worth: the weighted sum of the partial values below it, 0 to 100."""

    path: str
    title: str
    required: float
    weights: FloatArray
    """(P, C): of its leaves within it; rows sum to 1, zero elsewhere."""
    below: BoolArray
    """(C,): its leaves."""
    is_relative: bool
    """Whether a scale below it rests on who is compared."""

    def worth(self, values: FloatArray) -> FloatArray:
        """Return what the branch is worth; partial values (P, K, C) to (P, K)."""
        return np.asarray((values * self.weights[:, None]).sum(axis=2))

    def short(self, values: FloatArray) -> BoolArray:
        """Return where the branch is worth too little; partial values (P, K, C) to (P, K)."""
        return np.asarray(self.worth(values) < self.required - TIE)


def branch_minima(scenario: Scenario) -> tuple[BranchMinimum, ...]:
    """Return the minimum of every branch that has one, in file order.

    Raises:
        InputError: the weights cannot be turned into numbers.
    """
    leaves = scenario.criteria.leaves
    relative = np.array([isinstance(leaf.scale, RelativeScale) for leaf in leaves.values()])
    found = []
    for path, node in scenario.criteria.nodes.items():
        if node.criteria is not None and node.at_least is not None:
            below = np.array([leaf.startswith(f"{path}.") for leaf in leaves])
            weights = programme_weights(scenario, path)
            mark = float(node.at_least)
            relies = bool((below & relative).any())
            found.append(BranchMinimum(path, node.title, mark, weights, below, relies))
    return tuple(found)


def below_minimum(criterion: Criterion, scores: FloatArray, ends: FloatArray) -> BoolArray:
    """Return where a score, unknown ones included, does not meet the minimum requirement.

    Scores (P, K), ends (P, 2).
    """
    if criterion.at_least is None:
        return np.zeros(scores.shape, dtype=bool)
    required = required_value(criterion, ends)[:, None]
    short = values_of(criterion, scores, ends[:, None]) < required - TIE
    return np.asarray(np.isnan(scores) | short)


@dataclass
class Missed:
    """The requirements not met: in words, by path, and what is hoped of those not known to be."""

    words: dict[Pair, tuple[str, ...]] = field(default_factory=dict)
    paths: dict[Pair, tuple[str, ...]] = field(default_factory=dict)
    hopes: dict[Pair, tuple[str, ...]] = field(default_factory=dict)

    def add(self, pair: Pair, path: str, words: str, hope: str) -> None:
        """Add one that a partner does not meet in a programme; no hope where it is known."""
        self.words[pair] = (*self.words.get(pair, ()), words)
        self.paths[pair] = (*self.paths.get(pair, ()), path)
        self.hopes[pair] = (*self.hopes.get(pair, ()), *([hope] if hope else ()))

    def is_unproven(self, pair: Pair) -> bool:
        """Say whether all that a partner misses is missed for want of a score."""
        return len(self.hopes[pair]) == len(self.words[pair])

    def sentences(self, pair: Pair, *, is_barred: bool) -> tuple[str, ...]:
        """Say what a partner misses, and what would help where nothing else stands in its way."""
        *others, last = self.words.get(pair, ()) or ("",)
        if last and self.is_unproven(pair) and not is_barred:
            hope = self.hopes[pair][-1]
            last = f"{last}; {hope if not others else hope.replace('that', 'all of that')}"
        return tuple(f"{words}." for words in (*others, last) if words)


def requirements_missed(
    scenario: Scenario,
    work: Workload,
    scores: FloatArray,
    ends: FloatArray,
    values: FloatArray,
    minima: tuple[BranchMinimum, ...],
) -> Missed:
    """Return the requirements not met by those who offer anything needed, branches last.

    Scores and values (P, K, C), ends (P, C, 2).
    """
    missed = Missed()
    for c, (name, criterion) in enumerate(scenario.criteria.leaves.items()):
        if criterion.at_least is None:
            continue
        short = below_minimum(criterion, scores[:, :, c], ends[:, c])
        for pair, at in _pairs(work, short):
            is_unknown = bool(np.isnan(scores[*at, c]))
            told = _words(scenario, name, criterion, pair, is_unknown=is_unknown)
            missed.add(pair, name, told, SHOWN if is_unknown else "")
    for minimum in minima:
        worth = minimum.worth(values)
        best = minimum.worth(np.where(np.isnan(scores), 100.0, values))
        for pair, at in _pairs(work, minimum.short(values)):
            may_qualify = bool(best[at] >= minimum.required - TIE)
            has_unknown = bool(best[at] > worth[at])
            told = _branch_words(minimum, float(worth[at]), has_unknown=has_unknown)
            missed.add(pair, minimum.path, told, KNOWN if may_qualify else "")
    return missed


def _pairs(work: Workload, short: BoolArray) -> Iterator[tuple[Pair, tuple[int, int]]]:
    for p, k in zip(*(at.tolist() for at in np.nonzero(short & (work.covers > 0))), strict=True):
        yield (work.programmes[p], work.partners[k]), (p, k)


def _branch_words(minimum: BranchMinimum, worth: float, *, has_unknown: bool) -> str:
    texts = (f"{worth:.{decimals}f}" for decimals in range(1, 10))
    told = next((text for text in texts if float(text) < minimum.required), figure(worth))
    counted = " with 50 for what is not known" if has_unknown else ""
    return (
        f"{minimum.title} must be worth at least {figure(minimum.required)} points"
        f" (it is worth {told.removesuffix('.0')}{counted})"
    )


def _words(
    scenario: Scenario, name: str, criterion: Criterion, pair: Pair, *, is_unknown: bool
) -> str:
    bound, wanted = _required(criterion)
    if is_unknown:
        return f"{criterion.title} is not known, and {bound} {wanted} is required"
    partner = scenario.partners[pair[1]]
    special = partner.for_.get(pair[0])
    score = (special.scores if special and name in special.scores else partner.scores).get(name)
    found = f" (it scores {_said(score, criterion)})" if score is not None else ""
    return f"{criterion.title} must be {bound} {wanted}{found}"


def _required(criterion: Criterion) -> tuple[str, str]:
    """Return a minimum requirement in words: a bound in the direction of its scale, and where."""
    if isinstance(criterion.at_least, str) or criterion.scale is None:
        return "at least", str(criterion.at_least)
    bound = "at least" if more_is_better(criterion.scale) else "at most"
    return bound, with_unit(figure(criterion.at_least), criterion.scale.unit)


def _said(score: Score, criterion: Criterion) -> str:
    unit = criterion.unit
    sign = unit if unit[:1] in SYMBOLS.values() else ""
    mark = score.score if score.score is not None else score.likely
    if mark is None:
        low, high = (with_unit(figure(end), sign) for end in (score.low, score.high))
        return f"{low} to {high}"
    return with_unit(figure(mark), sign)
