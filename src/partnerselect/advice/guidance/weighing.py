"""Do weights speak of ranges, do criteria separate partners, is nothing counted twice?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import fsum

import numpy as np

from partnerselect.advice.guidance.finding import ISPOR, MANUAL, MCDA_GUIDE, Check, Finding, Seen
from partnerselect.errors import Loc
from partnerselect.model.criteria import LocalScale
from partnerselect.model.options import LeastCost
from partnerselect.model.score_checks import criterion_loc
from partnerselect.model.weight_checks import siblings
from partnerselect.model.weights import PointWeights
from partnerselect.value.judgements import stated_weights
from partnerselect.value.value_function import TIE
from partnerselect.words.wording import figure, listed

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
RANGES = "Ask by swing: how much would going from the worst to the best of its scale be worth?"


def ranges(seen: Seen) -> Iterator[Finding]:
    """Ask for weights that speak of a range from worst to best, not of a bare word."""
    for one in stated_weights(seen.scenario):
        if one.block.method != "swing":
            of = f" on {one.branch}" if one.branch else ""
            yield Finding(
                "swing-weights",
                (
                    "warning"
                    if one.block.method == "direct" and one.loc[0] != "stakeholders"
                    else "note"
                ),
                f"The weights of {one.whose}{of} were given as {BARE[one.block.method]}, which does"
                " not ask between which two scores.",
                one.loc,
                RANGES,
                f"{MCDA_GUIDE}, swing weighting",
            )


def nearly_a_hundred(seen: Seen) -> Iterator[Finding]:
    """Note weights that were perhaps meant as percentages and do not add up to 100."""
    for loc, given in _given_points(seen):
        total = fsum(given.values())
        if len(given) > 1 and total != ALL and abs(total - ALL) <= NEARLY:
            yield Finding(
                "adds-up",
                "note",
                f"These weights add up to {figure(total)}, not 100; only their proportions count.",
                loc,
                "Correct them if they were meant as percentages.",
                f"{MANUAL}, step 5",
            )


def _given_points(seen: Seen) -> Iterator[tuple[Loc, dict[str, float]]]:
    """Yield weights that somebody typed, one group of siblings after the other."""
    for loc, _, children in siblings(("criteria",), seen.scenario.criteria):
        typed = {name: child.weight for name, child in children.items()}
        yield (*loc, "criteria"), {name: one for name, one in typed.items() if one is not None}
    for stated in stated_weights(seen.scenario):
        if isinstance(stated.block, PointWeights):
            yield (*stated.loc, "points"), stated.block.points


def local_scales(seen: Seen) -> Iterator[Finding]:
    """Warn of weights that speak of a range nobody saw when they were given."""
    for name, criterion in seen.scenario.criteria.leaves.items():
        if isinstance(criterion.scale, LocalScale):
            yield Finding(
                "local-scale",
                "note",
                f"{criterion.title} runs from the worst to the best partner of each programme, so"
                " its weight means something different in each, and changes when a partner joins or"
                " leaves.",
                (*criterion_loc(name), "scale"),
                "Give the scale fixed ends, or ask for its weight again when the list of partners"
                " changes.",
                f"{MANUAL}, step 4",
            )


def definitions(seen: Seen) -> Iterator[Finding]:
    """Ask every criterion what it asks."""
    vague = [
        (name, criterion.title)
        for name, criterion in seen.scenario.criteria.leaves.items()
        if not criterion.asks.strip()
    ]
    if vague:
        yield Finding(
            "definition",
            "note",
            f"No question is given for {listed([title for _, title in vague])}.",
            criterion_loc(vague[0][0]),
            "Write the question under `asks`.",
            f"{ISPOR}, item 2b",
        )


def importance(seen: Seen) -> Iterator[Finding]:
    """Ask how the programmes compare where there are several."""
    stated = seen.scenario.data["programmes"]
    if len(stated) > 1 and not any("importance" in programme for programme in stated.values()):
        yield Finding(
            "importance",
            "note",
            "No programme says how much it matters beside the others, so all count alike.",
            ("programmes",),
            "Write an `importance` for each: the worth of going from 0 to 100 in it.",
            f"{MANUAL}, step 5",
        )


def discriminates(seen: Seen) -> Iterator[Finding]:
    """Name a criterion on which all partners are worth the same."""
    for c, name in enumerate(seen.table.criteria):
        spread = [
            np.ptp(seen.table.values[p, could, c])
            for p, could in enumerate(seen.possible)
            if could.sum() > 1
        ]
        if spread and max(spread) < TIE:
            title = seen.scenario.criteria.leaves[name].title
            yield Finding(
                "discriminates",
                "warning",
                f"{title} does not separate the partners: all that could be chosen are worth the"
                " same on it.",
                criterion_loc(name),
                "Drop it, or ask a question that partners answer differently.",
                f"{MANUAL}, step 3",
            )


def correlated(seen: Seen) -> Iterator[Finding]:
    """Name two criteria that order partners nearly alike: one thing may be counted twice."""
    pairs = np.nonzero(seen.possible)
    known = seen.table.values[pairs]
    for a, one in enumerate(seen.table.criteria):
        for b in range(a + 1, len(seen.table.criteria)):
            found = _correlation(known[:, a], known[:, b], pairs[1])
            if found is not None and found > ALIKE:
                titles = [
                    seen.scenario.criteria.leaves[name].title
                    for name in (one, seen.table.criteria[b])
                ]
                yield Finding(
                    "correlated",
                    "warning",
                    f"{titles[0]} and {titles[1]} rise and fall together (correlation {found:.2f}):"
                    " one thing may be counted twice.",
                    criterion_loc(seen.table.criteria[b]),
                    "If they mean the same, keep one; if not, say in `asks` how they differ.",
                    f"{MANUAL}, step 3; {MCDA_GUIDE}, double counting",
                )


def _correlation(one: np.ndarray, other: np.ndarray, partners: np.ndarray) -> float | None:
    """Return the correlation over different (partner, value, value) rows.

    None of too few partners or where one does not vary.
    """
    rows = np.unique(np.column_stack([partners, one, other]).round(9), axis=0)
    if len(set(rows[:, 0])) < FEWEST or rows[:, 1].std() == 0 or rows[:, 2].std() == 0:
        return None
    return float(np.corrcoef(rows[:, 1], rows[:, 2])[0, 1])


def price_twice(seen: Seen) -> Iterator[Finding]:
    """Warn where price counts in two ways."""
    leaves = seen.scenario.criteria.leaves
    priced = {name: leaf for name, leaf in leaves.items() if leaf.from_}
    typed = {
        name: leaf
        for name, leaf in leaves.items()
        if not leaf.from_ and ABOUT_PRICE.search(leaf.title)
    }
    source = f"{MANUAL}, step 3; {MCDA_GUIDE}, double counting"
    if priced and len(priced) + len(typed) > 1:
        titles = listed([leaf.title for leaf in (*priced.values(), *typed.values())])
        last = [*priced, *typed][-1]
        yield Finding(
            "price-twice",
            "warning",
            f"Price counts more than once: {titles}.",
            criterion_loc(last),
            "Keep the criterion that is computed.",
            source,
        )
    weighed = [
        leaf.title
        for c, (name, leaf) in enumerate(leaves.items())
        if name in priced and seen.scores.weights[:, c].max() > 0
    ]
    if isinstance(seen.scenario.aim, LeastCost) and weighed:
        words = f"The aim is least cost, and {listed(weighed)} counts price again."
        yield Finding(
            "price-twice",
            "warning",
            words,
            ("aim",),
            "Give it no weight, or aim for most value.",
            source,
        )


def contradictions(seen: Seen) -> Iterator[Finding]:
    """Pass on judgements that contradict one another."""
    for one in seen.judgements:
        if one.acceptable is False:
            problem = one.problem
            yield Finding(
                "contradiction", "warning", problem.message, problem.loc, "", one.measured_by
            )


WEIGHT_CHECKS: tuple[Check, ...] = (
    ranges,
    nearly_a_hundred,
    local_scales,
    definitions,
    importance,
    discriminates,
    correlated,
    price_twice,
    contradictions,
)
