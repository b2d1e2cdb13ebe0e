"""Judgements behind the weights: usable or not, how well they fit, which to think again about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from partnerselect.errors import InputError, Loc, Problem, gathering
from partnerselect.model import (
    BestWorstWeights,
    CriteriaSet,
    PairwiseWeights,
    Scenario,
    Weights,
    criterion_path,
    own_weights,
    siblings,
)
from partnerselect.value.best_worst_weights import LIANG, InputConsistency, input_consistency
from partnerselect.value.leaf_weights import elicited
from partnerselect.value.pairwise_weights import ACCEPTABLE, Pairwise, pairwise
from partnerselect.value.point_weights import Mend

THE_SET = "the criteria set"
FINEST = 6
"""Decimals beyond which nobody reads a ratio."""


@dataclass(frozen=True)
class StatedWeights:
    """A `weights` block for siblings among whom there is something to share out."""

    whose: str
    """In words: the criteria set, or the title of a programme or group."""
    branch: str
    """Dotted path; empty at the top level."""
    loc: Loc
    block: Weights
    branch_title: str = ""

    @property
    def words(self) -> str:
        """Whose they are, and on which branch: Board on Sustainability."""
        return f"{self.whose} on {self.branch_title}" if self.branch else self.whose


@dataclass(frozen=True)
class Consistency:
    """How well the judgements of one block fit together."""

    of: StatedWeights
    ratio: float | None
    """Consistency ratio, 0 where all fit; None where it cannot be told."""
    accepted_up_to: float | None
    measured_by: str
    """What the ratio is measured against, with its source."""
    acceptable: bool | None
    """None where it cannot be told."""
    reason: str
    """Why it cannot be told; else empty."""
    mend: Mend | None

    @property
    def words(self) -> str:
        """One or two sentences for the person who gave the judgements."""
        of = f"The judgements of {self.of.words}"
        if self.acceptable is None:
            return f"{of} cannot be checked: {self.reason}."
        if self.ratio is None or self.accepted_up_to is None:
            return (
                f"{of} fit together."
                if self.acceptable
                else f"{of} contradict one another: {self.reason}."
            )
        ratio, limit = _beside(self.ratio, self.accepted_up_to)
        figures = f"(consistency ratio {ratio}; up to {limit} is accepted; {self.measured_by})"
        if self.acceptable:
            return f"{of} fit together {figures}."
        return (
            f"{of} contradict one another more than is accepted"
            f" {figures}."
            f"{f' {_think_again(self.mend, self.accepted_up_to)}' if self.mend else ''}"
        )

    @property
    def problem(self) -> Problem:
        """What to tell the author, at the judgement that hurts most."""
        return Problem((*self.of.loc, *(self.mend.key if self.mend else ())), self.words)


def stated_weights(scenario: Scenario) -> Iterator[StatedWeights]:
    """Yield every `weights` block: of the set and its branches, then of programmes and groups."""
    yield from stated_in_set(scenario.criteria, ("criteria",))
    below = {
        criterion_path(at): (owner, children)
        for at, owner, children in siblings((), scenario.criteria)
    }
    for at, whose, weights in own_weights(scenario):
        blocks = {"": (at, weights)} | {
            branch: ((*at, "branches", branch), block) for branch, block in weights.branches.items()
        }
        yield from (
            StatedWeights(whose, branch, loc, block, below[branch][0].title)
            for branch, (loc, block) in blocks.items()
            if len(below[branch][1]) > 1
        )


def stated_in_set(criteria: CriteriaSet, loc: Loc = ()) -> Iterator[StatedWeights]:
    """Yield the `weights` blocks of a criteria set that stands at `loc`."""
    for at, owner, children in siblings(loc, criteria):
        if owner.weights is not None and len(children) > 1:
            branch = criterion_path(at[len(loc) :])
            yield StatedWeights(THE_SET, branch, (*at, "weights"), owner.weights, owner.title)


def require_usable(scenario: Scenario) -> None:
    """Raise InputError with every block that cannot be turned into weights."""
    _require(list(stated_weights(scenario)))


def _require(stated: list[StatedWeights]) -> None:
    problems: list[Problem] = []
    for one in stated:
        with gathering(problems):
            elicited(one.block, one.loc)
    if problems:
        raise InputError(problems)


def consistencies(scenario: Scenario) -> tuple[Consistency, ...]:
    """Return how well every block of judgements fits together.

    Blocks without any (points, orders) are left out.

    Raises:
        InputError: blocks that cannot be turned into weights, all at once.
    """
    return _judged(list(stated_weights(scenario)))


def consistencies_of_set(criteria: CriteriaSet) -> tuple[Consistency, ...]:
    """Return how well the judgements of a criteria set fit together.

    Raises as `consistencies`, places counted from the set.
    """
    return _judged(list(stated_in_set(criteria)))


def _judged(stated: list[StatedWeights]) -> tuple[Consistency, ...]:
    _require(stated)
    found: list[Consistency] = []
    for one in stated:
        match one.block:
            case PairwiseWeights():
                found.append(_of_pairs(one, pairwise(one.block.judgements)))
            case BestWorstWeights(
                best=best, worst=worst, best_to_others=from_best, others_to_worst=to_worst
            ):
                found.append(_of_ends(one, input_consistency(best, worst, from_best, to_worst)))
    return tuple(found)


def _of_pairs(stated: StatedWeights, found: Pairwise) -> Consistency:
    ratio = found.consistency_ratio
    return Consistency(
        stated,
        ratio,
        ACCEPTABLE,
        f"random index: {found.random_index}",
        None if ratio is None else ratio <= ACCEPTABLE,
        found.reason,
        found.mend,
    )


def _of_ends(stated: StatedWeights, found: InputConsistency) -> Consistency:
    return Consistency(
        stated,
        found.consistency_ratio,
        found.threshold,
        f"threshold: {LIANG}",
        found.acceptable,
        found.reason,
        found.mend,
    )


def _beside(ratio: float, limit: float) -> tuple[str, str]:
    """Return a ratio and its limit with as many decimals, two or more, as show which is larger."""
    shown = ((f"{ratio:.{decimals}f}", f"{limit:.{decimals}f}") for decimals in range(2, FINEST))
    return next(
        (pair for pair in shown if (float(pair[0]) > float(pair[1])) == (ratio > limit)),
        (f"{ratio:.{FINEST}f}", f"{limit:.{FINEST}f}"),
    )


def _think_again(mend: Mend, limit: float) -> str:
    """Say which judgement to think again about."""
    side, key = mend.key
    judgement = f'"{key}"' if side == "judgements" else f'"{key}" in {side}'
    return (
        f"{judgement} fits worst: it says {mend.stated:.2g}, the others together imply"
        f" {mend.implied:.2g}, and with that the ratio would be"
        f" {_beside(mend.consistency_ratio, limit)[0]}."
    )
