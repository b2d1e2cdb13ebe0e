"""Scores against the scales they are given on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from partnerselect.errors import Gap, Loc, Problem
from partnerselect.model.content import Content
from partnerselect.model.criteria import (
    UNKNOWN,
    Criterion,
    LevelsScale,
    LinearScale,
    PointsScale,
    RatioScale,
    Score,
)
from partnerselect.model.messages import nearest, number_meant, odd_character, shown
from partnerselect.model.prices import PROGRAMME_PRICES
from partnerselect.model.programme import Baseline

MOST = 100
"""Points of any value."""
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:to|-|–|\.\.)\s*(\d+(?:\.\d+)?)")


def score_problems(content: Content) -> Iterator[Problem]:
    """Yield scores that are missing, outside their scale, out of order or from the future."""
    for name, criterion in content.criteria.nodes.items():
        if criterion.at_least is not None:
            yield from _threshold_problems(
                (*criterion_loc(name), "at-least"), criterion, criterion.at_least
            )
    leaves = content.criteria.leaves
    for criterion in leaves.values():
        if criterion.from_ is not None and isinstance(criterion.scale, RatioScale):
            yield from _free_of_charge(content, criterion)
    typed = [name for name, criterion in leaves.items() if criterion.from_ is None]
    for partner_name, partner in content.partners.items():
        loc: Loc = ("partners", partner_name)
        yield from _scores_problems(content, leaves, (*loc, "scores"), partner.scores)
        for programme, special in partner.for_.items():
            yield from _scores_problems(
                content, leaves, (*loc, "for", programme, "scores"), special.scores
            )
        everywhere = {
            criterion
            for criterion in typed
            if all(
                p in partner.for_ and criterion in partner.for_[p].scores
                for p in content.programmes
            )
        }
        yield from _missing((*loc, "scores"), typed, set(partner.scores) | everywhere)
    for programme, stated in content.programmes.items():
        if isinstance(stated.baseline, Baseline):
            at: Loc = ("programmes", programme, "baseline", "scores")
            yield from _scores_problems(content, leaves, at, stated.baseline.scores)
            yield from _missing(at, typed, set(stated.baseline.scores))


def _free_of_charge(content: Content, criterion: Criterion) -> Iterator[Problem]:
    """Yield the prices that come to nothing where a criterion divides by them."""
    why = f'"{criterion.title}" marks in proportion to prices (`ratio`)'
    places: dict[Loc, None] = {}
    for name, partner in content.partners.items():
        serves = {
            p for p, of in content.programmes.items() if of.components.keys() & {*partner.offers}
        }
        for programme in serves:
            cost, special = partner.cost_for(programme), partner.for_.get(programme)
            if not any(kind.of(cost) for kind in PROGRAMME_PRICES):
                first = PROGRAMME_PRICES[0]
                own = special is not None and getattr(special.cost, first.key) is not None
                where: Loc = ("for", programme) if own else ()
                places["partners", name, *where, "cost", first.id] = None
        funding = partner.funding if str(criterion.from_).startswith("own-") else None
        if serves and funding is not None and funding.covers == 1:
            places["partners", name, "funding", "covers"] = None
    for place in places:
        what = "leaves nothing for us to pay" if "covers" in place else "must be more than 0"
        yield Problem(place, f"{what}: {why}")


def _threshold_problems(loc: Loc, criterion: Criterion, mark: float | str) -> Iterator[Problem]:
    if criterion.criteria is not None:
        if isinstance(mark, str) or not 0 <= mark <= MOST:
            meant = (
                number_meant(mark, lambda number: 0 <= number <= MOST)
                if isinstance(mark, str)
                else ""
            )
            yield Problem(
                loc,
                f"must be a number from 0 to {MOST}, points of the branch's own value"
                f" (found {shown(mark)}){meant}",
            )
    elif isinstance(mark, str) and not isinstance(criterion.scale, LevelsScale):
        found = f"(found {shown(mark)}){_number_meant(criterion, mark, is_whole=False)}"
        yield Problem(loc, f"must be a number on the criterion's scale {found}")
    else:
        yield from _mark_problems(loc, criterion, mark)


def criterion_loc(path: str) -> Loc:
    """Return the keys of a leaf criterion in a content, from its dotted path."""
    return ("criteria", *(key for name in path.split(".") for key in ("criteria", name)))


def _missing(loc: Loc, typed: list[str], given: set[str]) -> Iterator[Problem]:
    for name in typed:
        if name not in given:
            yield Problem(
                (*loc, name),
                "is missing: every criterion needs a score, or the word `unknown`",
                gap=Gap.VALUE,
            )


def _scores_problems(
    content: Content, leaves: dict[str, Criterion], loc: Loc, scores: dict[str, Score]
) -> Iterator[Problem]:
    for name, score in scores.items():
        criterion = leaves.get(name)
        if criterion is None:
            continue
        at = (*loc, name)
        if criterion.from_ is not None and "baseline" not in loc:
            yield Problem(
                at,
                f"this criterion is computed (`from: {criterion.from_}`); it takes no typed score",
                at_key=True,
            )
        elif not score.is_unknown:
            yield from _range_problems(at, criterion, score)
        if (
            score.published is not None
            and content.as_at is not None
            and score.published > content.as_at
        ):
            yield Problem(
                (*at, "published"),
                f"lies after the date of the decision, `as-at` {content.as_at} (found"
                f" {score.published})",
            )


def _range_problems(loc: Loc, criterion: Criterion, score: Score) -> Iterator[Problem]:
    if not score.is_range:
        yield from _mark_problems(loc, criterion, score.score)
        return
    marks = {
        key: mark
        for key, mark in (("low", score.low), ("likely", score.likely), ("high", score.high))
        if mark is not None
    }
    found = [
        problem
        for key, mark in marks.items()
        for problem in _mark_problems((*loc, key), criterion, mark)
    ]
    yield from found
    if not found:
        places = [_position(criterion, mark) for mark in marks.values()]
        if places != sorted(places):
            yield Problem(
                loc,
                "must rise from low through likely to high (found"
                f" {', '.join(f'{key} {shown(mark)}' for key, mark in marks.items())})",
            )


def _position(criterion: Criterion, mark: float | str | None) -> float:
    """Return where a mark stands on its scale: levels by their value."""
    return (
        criterion.scale.levels[str(mark)]
        if isinstance(criterion.scale, LevelsScale)
        else float(mark)  # type: ignore[arg-type]
    )


def _mark_problems(loc: Loc, criterion: Criterion, mark: float | str | None) -> Iterator[Problem]:
    scale = criterion.scale
    if isinstance(scale, LevelsScale):
        if mark not in scale.levels:
            yield Problem(
                loc,
                f"must be one of the levels {', '.join(scale.levels)} (found"
                f" {shown(mark)}){_near(mark, scale)}",
            )
        return
    if isinstance(mark, str) or mark is None:
        is_whole = "scores" in loc[-2:]
        expected = f"must be a number{' or `unknown`' if is_whole else ''} (found {shown(mark)})"
        yield Problem(loc, expected + _number_meant(criterion, mark or "", is_whole=is_whole))
        return
    if isinstance(scale, RatioScale) and mark <= 0:
        yield Problem(
            loc, f"must be more than 0: the scale is a `ratio` of scores (found {shown(mark)})"
        )
    ends = scale_ends(scale)
    if ends and not ends[0] <= mark <= ends[1] and not (scale and scale.beyond == "clip"):
        yield Problem(
            loc,
            f"lies outside the scale, {shown(ends[0])} to {shown(ends[1])} (found"
            f" {shown(mark)}); correct"
            " the score, or let the scale say `beyond: clip`",
        )


def _number_meant(criterion: Criterion, mark: str, *, is_whole: bool) -> str:
    """Return what to type for text in the place of a score, or of an end of one."""
    if is_whole and (parts := _RANGE.fullmatch(mark.strip())):
        return f"; write {{low: {parts[1]}, high: {parts[2]}}}"
    if is_whole and not any(map(str.isdigit, mark)):
        return f"; write {UNKNOWN}, if it is not known"
    if (ends := scale_ends(criterion.scale)) is None:
        return number_meant(mark)
    if ends == (0, 1) and (share := re.fullmatch(r"(\d+(?:\.\d+)?) ?%", mark.strip())):
        mark = f"{Decimal(share[1]) / 100}%"
    is_clipped = criterion.scale is not None and criterion.scale.beyond == "clip"
    meant = number_meant(mark, lambda number: is_clipped or ends[0] <= number <= ends[1])
    return meant or f"; write a number from {shown(ends[0])} to {shown(ends[1])}"


def _near(mark: object, scale: LevelsScale) -> str:
    near = nearest(str(mark), tuple(scale.levels))
    return odd_character(str(mark)) or (f'; did you mean "{near}"?' if near else "")


def scale_ends(scale: object) -> tuple[float, float] | None:
    """Return the least and the greatest score of a scale, None where it has no fixed ends."""
    if isinstance(scale, LinearScale):
        return min(scale.worst, scale.best), max(scale.worst, scale.best)
    if isinstance(scale, PointsScale):
        scores = [score for score, _ in scale.points]
        return min(scores), max(scores)
    return None
