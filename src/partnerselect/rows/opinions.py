"""Second opinions as rows: scores and ranks beside the ranking, and agreement in words."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect.rows.report import Row
from partnerselect.value.second_opinion import METHODS, ProgrammeOpinions, SecondOpinion

NOT_ASKED = "not eligible"
"""Why an ineligible partner has no second opinion."""


def with_second_opinions(ranking: Sequence[Row], told: Sequence[ProgrammeOpinions]) -> list[Row]:
    """Return ranking rows with `second_opinions` filled: score, rank and reason by method."""
    cells = {
        (of.programme, name): _by_method(of, position)
        for of in told
        for position, name in enumerate(of.partners)
    }
    return [
        {
            **row,
            "second_opinions": cells.get((row["programme"], row["partner"]), _of_the_ineligible()),
        }
        for row in ranking
    ]


def _by_method(of: ProgrammeOpinions, position: int) -> Row:
    return {one.method: _cell(one, position) for one in of.opinions}


def _cell(one: SecondOpinion, position: int) -> Row:
    scores, ranks = one.opinion.scores, one.opinion.ranks
    if scores is None or ranks is None:
        return {"score": None, "rank": None, "reason": one.opinion.reason}
    return {"score": scores[position], "rank": ranks[position], "reason": ""}


def _of_the_ineligible() -> Row:
    return {method: {"score": None, "rank": None, "reason": NOT_ASKED} for method in METHODS}


def opinion_rows(told: Sequence[ProgrammeOpinions]) -> list[Row]:
    """Return one row for every programme and method: whom it puts first, and how it agrees."""
    return [
        {
            "programme": of.programme,
            "method": one.method,
            "name": METHODS[one.method][0],
            "first": list(one.first),
            "agrees": one.agrees,
            "pairs_alike": one.pairs_alike,
            "pairs": one.pairs,
            "words": one.words,
        }
        for of in told
        for one in of.opinions
    ]
