"""Do weights speak of ranges, do criteria separate partners, what stands behind the scores?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from math import fsum

import numpy as np

from partnerselect.advice.guidance.finding import (
    ISPOR,
    MANUAL,
    MCDA_GUIDE,
    Check,
    Checks,
    Examination,
    Finding,
    Place,
    in_vain,
    when,
)
from partnerselect.errors import Loc
from partnerselect.model import (
    LeastCost,
    LocalScale,
    PointWeights,
    TypedScore,
    criterion_loc,
    no_effect_warnings,
    siblings,
)
from partnerselect.value import TIE, stated_weights, weights_since_frozen
from partnerselect.words import counted, figure, sentence

ALIKE = 0.9
"""Correlation of values from which two criteria may be one."""
ALL, NEARLY = 100, 2
"""Points; a sum this near was perhaps meant to be all."""
FEWEST = 4
"""Partners below which a correlation says nothing."""
ABOUT_PRICE = re.compile(
    r"\b(costs?|price[sd]?|money|afford\w*|cheap\w*|expens\w*|cost-effective\w*)\b", re.IGNORECASE
)
BARE = {
    "direct": "points",
    "rank": "an order of importance",
    "pairwise": "judgements in pairs",
    "best-worst": "comparisons with the best and the worst",
}


def _without_swing(seen: Examination, *, are_typed: bool) -> Iterator[Place]:
    """Look for weights that speak of a bare word, not of a range from worst to best."""
    for one in stated_weights(seen.scenario):
        is_typed = one.block.method == "direct" and one.loc[0] != "stakeholders"
        if one.block.method != "swing" and is_typed is are_typed:
            yield one.loc, f"{one.words} were given as {BARE[one.block.method]}"


def _nearly_a_hundred(seen: Examination) -> Iterator[Place]:
    """Look for weights that were perhaps meant as percentages and do not add up to 100."""
    for loc, given in _given_points(seen):
        total = fsum(given.values())
        if len(given) > 1 and total != ALL and abs(total - ALL) <= NEARLY:
            yield loc, figure(total)


def _given_points(seen: Examination) -> Iterator[tuple[Loc, dict[str, float]]]:
    """Yield weights that somebody typed, one group of siblings after the other."""
    for loc, _, children in siblings(("criteria",), seen.scenario.criteria):
        typed = {name: child.weight for name, child in children.items()}
        yield (*loc, "criteria"), {name: one for name, one in typed.items() if one is not None}
    for stated in stated_weights(seen.scenario):
        if isinstance(stated.block, PointWeights):
            yield (*stated.loc, "points"), stated.block.points


def _changed_once_fixed(seen: Examination) -> Iterator[Place]:
    if words := weights_since_frozen(seen.scenario):
        yield ("criteria",), words


def _local_scales(seen: Examination) -> Iterator[Place]:
    """Look for weights that speak of a range nobody saw when they were given."""
    for name, criterion in seen.scenario.criteria.leaves.items():
        if isinstance(criterion.scale, LocalScale):
            yield (*criterion_loc(name), "scale"), criterion.title


def _without_question(seen: Examination) -> Iterator[Place]:
    for name, criterion in seen.scenario.criteria.leaves.items():
        if not criterion.asks.strip():
            yield criterion_loc(name), criterion.title


def _count_alike(seen: Examination) -> bool:
    stated = seen.scenario.data["programmes"]
    return len(stated) > 1 and not any("importance" in one for one in stated.values())


def _worth_the_same(seen: Examination) -> Iterator[Place]:
    """Look for criteria on which all partners are worth the same."""
    for c, name in enumerate(seen.table.criteria):
        spread = [
            np.ptp(seen.table.values[p, could, c])
            for p, could in enumerate(seen.possible)
            if could.sum() > 1
        ]
        if spread and max(spread) < TIE:
            yield criterion_loc(name), seen.scenario.criteria.leaves[name].title


def _correlated(seen: Examination) -> Iterator[Place]:
    """Look for criteria that order partners nearly alike: one thing may be counted twice."""
    pairs, leaves = np.nonzero(seen.possible), seen.scenario.criteria.leaves
    known = seen.table.values[pairs]
    for a, one in enumerate(seen.table.criteria):
        for b, other in enumerate(seen.table.criteria[a + 1 :], a + 1):
            found = _correlation(known[:, a], known[:, b], pairs[1])
            if found is not None and found > ALIKE:
                titles = f"{leaves[one].title} and {leaves[other].title}"
                yield (
                    criterion_loc(other),
                    f"{titles} rise and fall together (correlation {found:.2f})",
                )


def _correlation(one: np.ndarray, other: np.ndarray, partners: np.ndarray) -> float | None:
    """Return the correlation over different (partner, value, value) rows.

    None of too few partners or where one does not vary.
    """
    # numpy's `unique` would import its masked arrays, which nothing else here needs
    different = sorted({*map(tuple, np.column_stack([partners, one, other]).round(9))})
    rows = np.array(different).reshape(-1, 3)
    if len(set(rows[:, 0])) < FEWEST or rows[:, 1].std() == 0 or rows[:, 2].std() == 0:
        return None
    return float(np.corrcoef(rows[:, 1], rows[:, 2])[0, 1])


def _price_twice(seen: Examination) -> Iterator[Place]:
    leaves = seen.scenario.criteria.leaves
    computed = [name for name, leaf in leaves.items() if leaf.from_]
    typed = [
        name for name, leaf in leaves.items() if not leaf.from_ and ABOUT_PRICE.search(leaf.title)
    ]
    if computed and len(computed) + len(typed) > 1:
        for name in (*computed, *typed):
            yield criterion_loc([*computed, *typed][-1]), leaves[name].title


def _price_beside_least_cost(seen: Examination) -> Iterator[Place]:
    if isinstance(seen.scenario.aim, LeastCost):
        for c, leaf in enumerate(seen.scenario.criteria.leaves.values()):
            if leaf.from_ and seen.scores.weights[:, c].max() > 0:
                yield ("aim",), leaf.title


def _contradictions(seen: Examination) -> Iterator[Finding]:
    """Pass on judgements that contradict one another."""
    for one in seen.judgements:
        if one.acceptable is False:
            problem = one.problem
            yield Finding(
                "contradiction", "warning", problem.message, problem.loc, "", one.measured_by
            )


def _bare(seen: Examination, *, is_first: bool, made_up: bool | None = None) -> Iterator[Place]:
    """Look for scores without evidence, of partners that come first somewhere or do not.

    `made_up` looks only where figures are said to be illustrative, or only where they are not.
    """
    if made_up not in {None, seen.scenario.illustrative}:
        return
    bare: dict[str, list[TypedScore]] = {}
    for given in seen.scenario.typed_scores:
        if not given.score.is_unknown and not given.score.is_evidenced:
            bare.setdefault(given.partner, []).append(given)
    ahead = (seen.scores.ranks == 1).any(axis=0)
    for name, scores in bare.items():
        if ahead[seen.table.workload.partners.index(name)] == is_first:
            title = seen.scenario.partners[name].title
            yield scores[0].loc, f"{title} ({counted(len(scores), 'score')})"


def _unknown(seen: Examination) -> Iterator[Place]:
    for given in seen.scenario.typed_scores:
        if given.score.is_unknown:
            criterion = seen.scenario.criteria.leaves[given.criterion].title
            yield given.loc, f"{criterion} of {seen.scenario.partners[given.partner].title}"


def _all_single_figures(seen: Examination) -> Iterator[Place]:
    given = [one for one in seen.scenario.typed_scores if not one.score.is_unknown]
    if given and not any(one.score.is_range for one in given):
        yield given[0].loc, ""


def _undated(seen: Examination) -> Iterator[Place]:
    if seen.scenario.as_at is None:
        return
    undated = [
        one
        for one in seen.scenario.typed_scores
        if one.score.is_evidenced and one.score.published is None
    ]
    if undated:
        do = "does" if len(undated) == 1 else "do"
        yield undated[0].loc, f"{counted(len(undated), 'score')} with evidence {do}"


def _written_in_vain(seen: Examination) -> Iterator[Finding]:
    """Pass on what is allowed but probably not meant."""
    yield from map(in_vain, no_effect_warnings(seen.scenario.as_written))
    for problem in seen.table.notices:
        words = sentence(problem.message)
        yield Finding("scale", "note", words, problem.loc, "", f"{MANUAL}, step 4")


TWICE = f"{MANUAL}, step 3; {MCDA_GUIDE}, double counting"
SWING = (
    "The weights of {}, which does not ask between which two scores.",
    "Ask by swing: how much would going from the worst to the best of its scale be worth?",
    f"{MCDA_GUIDE}, swing weighting",
)
EVIDENCE = (
    "Write `evidence` or `source` beside each score, or make it a range.",
    f"{ISPOR}, item 3a",
)
WEIGHT_CHECKS: Checks = (
    Check(
        "swing-weights", "warning", partial(_without_swing, are_typed=True), *SWING, is_each=True
    ),
    Check("swing-weights", "note", partial(_without_swing, are_typed=False), *SWING, is_each=True),
    Check(
        "adds-up",
        "note",
        _nearly_a_hundred,
        "These weights add up to {}, not 100; only their proportions count.",
        "Correct them if they were meant as percentages.",
        f"{MANUAL}, step 5",
        is_each=True,
    ),
    Check(
        "local-scale",
        "note",
        _local_scales,
        "{} runs from the worst to the best partner of each programme, so its weight means"
        " something different in each, and changes when a partner joins or leaves.",
        "Give the scale fixed ends, or ask for its weight again when the list of partners changes.",
        f"{MANUAL}, step 4",
        is_each=True,
    ),
    Check(
        "definition",
        "note",
        _without_question,
        "No question is given for {}.",
        "Write the question under `asks`.",
        f"{ISPOR}, item 2b",
    ),
    Check(
        "importance",
        "note",
        when(_count_alike, "programmes"),
        "No programme says how much it matters beside the others, so all count alike.",
        "Write an `importance` for each: the worth of going from 0 to 100 in it.",
        f"{MANUAL}, step 5",
    ),
    Check(
        "discriminates",
        "warning",
        _worth_the_same,
        "{} does not separate the partners: all that could be chosen are worth the same on it.",
        "Drop it, or ask a question that partners answer differently.",
        f"{MANUAL}, step 3",
        is_each=True,
    ),
    Check(
        "correlated",
        "warning",
        _correlated,
        "{}: one thing may be counted twice.",
        "If they mean the same, keep one; if not, say in `asks` how they differ.",
        TWICE,
        is_each=True,
    ),
    Check(
        "price-twice",
        "warning",
        _price_twice,
        "Price counts more than once: {}.",
        "Keep the criterion that is computed.",
        TWICE,
    ),
    Check(
        "price-twice",
        "warning",
        _price_beside_least_cost,
        "The aim is least cost, and {} counts price again.",
        "Give it no weight, or aim for most value.",
        TWICE,
    ),
    _contradictions,
    Check(
        "weights-changed",
        "warning",
        _changed_once_fixed,
        "{}.",
        "Go back to the weights that were fixed, or fix them anew and say why.",
        f"{MANUAL}, step 5",
        is_each=True,
    ),
)
MADE_UP = "made-up"
"""The check of scores that are said to be made up: a note, and no good practice all the same."""
EVIDENCE_CHECKS: Checks = (
    Check(
        "evidence",
        "warning",
        partial(_bare, is_first=True, made_up=False),
        "Partners that come first on scores without evidence: {}.",
        *EVIDENCE,
    ),
    Check(
        MADE_UP,
        "note",
        partial(_bare, is_first=True, made_up=True),
        "Partners that come first on scores that are made up: {}.",
        *EVIDENCE,
    ),
    Check(
        "evidence",
        "note",
        partial(_bare, is_first=False),
        "Other scores without evidence: {}.",
        *EVIDENCE,
    ),
    Check(
        "unknown",
        "note",
        _unknown,
        "Not yet known: {}. In the trials each may be anything on its scale.",
        "Find out, or write a range.",
        f"{ISPOR}, item 7a",
    ),
    Check(
        "ranges",
        "warning",
        _all_single_figures,
        "Every score is a single figure, as if all were certain.",
        "Write `low` and `high` where a score is not certain.",
        f"{ISPOR}, item 7a",
    ),
    Check(
        "as-at",
        "note",
        when(lambda seen: seen.scenario.as_at is None),
        "No date says as at when the choice is judged, so evidence that came later would not be"
        " noticed.",
        "Write `as-at`.",
        f"{ISPOR}, item 3a",
    ),
    Check(
        "undated",
        "note",
        _undated,
        "{} not say when it was published.",
        "Write `published`.",
        f"{ISPOR}, item 3a",
    ),
    Check(
        "draws",
        "warning",
        when(lambda seen: not seen.scenario.analysis.samples, "analysis", "samples"),
        "There are no trials, so how sure the choice is cannot be said.",
        "Give `samples` a number.",
        f"{ISPOR}, item 7b; {MANUAL}, step 8",
    ),
    _written_in_vain,
)
