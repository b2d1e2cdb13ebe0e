"""What partners score, and what stands behind it."""

from __future__ import annotations

import math
from collections import Counter

from partnerselect.analysis import Analysis
from partnerselect.model import PRICE_KINDS, Score
from partnerselect.robustness import computed_scores, criterion_title
from partnerselect.rows.plain import Row, picked, titled
from partnerselect.words import figure, sum_figure, with_unit


def score_rows(analysis: Analysis, programme: str, partner: str) -> list[Row]:
    """Return what a partner scores for a programme by criterion, with what stands behind it."""
    table, scores = analysis.table, analysis.scores
    p, k = table.workload.programmes.index(programme), table.workload.partners.index(partner)
    stated = analysis.scenario.partners[partner]
    special = stated.for_.get(programme)
    given = {**stated.scores, **(special.scores if special else {})}
    rows, spans = [], _spans(analysis, p, k)
    for c, (path, criterion) in enumerate(analysis.scenario.criteria.leaves.items()):
        score, nominal = None if criterion.from_ else given.get(path), float(table.scores[p, k, c])
        rows.append(
            {
                "criterion": path,
                "title": criterion.title,
                "score": spans.get(path) or scored(score, nominal, criterion.unit),
                "unknown": _is_unknown(score, nominal),
                "value": float(scores.values[p, k, c]),
                "weight": float(scores.weights[p, c]),
                "contribution": float(scores.contributions[p, k, c]),
                **evidence_of(score),
                "computed": criterion.from_ is not None,
            },
        )
    return rows


def _spans(analysis: Analysis, p: int, k: int) -> dict[str, str]:
    """Say what a partner's computed criteria may come to, where prices or days are ranges."""
    leaves, table = analysis.scenario.criteria.leaves, analysis.table
    told = {}
    for one in computed_scores(analysis.scenario, table, (p, k)) if table.eligible[p, k] else ():
        (low, high), likely = one.ends, table.scores[p, k, table.criteria.index(one.criterion)]
        if high > low:
            least, most, counted = map(sum_figure, (low, high, float(likely)))
            words = f"{least} to {most}, counted as {counted}"
            told[one.criterion] = with_unit(words, leaves[one.criterion].unit)
    return told


def evidence_of(score: Score | None) -> Row:
    """Return what stands behind a score."""
    if score is None:
        return {"evidence": "", "source": "", "published": None, "grade": ""}
    published = score.published.isoformat() if score.published else None
    return {**picked(score, "evidence", "source"), "published": published, "grade": score.grade}


def _is_unknown(score: Score | None, nominal: float) -> bool:
    return math.isnan(nominal) or (score is not None and score.is_unknown)


def scored(score: Score | None, nominal: float, unit: str) -> str:
    """Say a score in the words of its scale: a level, a number, a range, or not yet known."""
    if _is_unknown(score, nominal):
        return "not yet known"
    if score is None:
        return with_unit(sum_figure(nominal), unit)
    if not score.is_range:
        return with_unit(figure(score.score), unit)
    likely = f", likely {figure(score.likely)}" if score.likely is not None else ""
    return with_unit(f"{figure(score.low)} to {figure(score.high)}{likely}", unit)


def input_rows(analysis: Analysis) -> list[Row]:
    """Return every typed score, a partner's own first, then what differs for a programme."""
    leaves = analysis.scenario.criteria.leaves
    return [
        {
            **titled(analysis.scenario, vars(one)),
            "score": scored(one.score, 0.0, leaves[one.criterion].unit),
            **evidence_of(one.score),
        }
        for one in analysis.scenario.typed_scores
    ]


def partner_cost_rows(analysis: Analysis) -> list[Row]:
    """Return every partner's prices, who pays them, and what it hangs on.

    Its own first, then those for programmes where they differ.
    """
    scenario = analysis.scenario
    return [
        {
            "partner": f"{partner.title} for {scenario.programmes[programme].title}"
            if programme
            else partner.title,
            **{kind.key: kind.of(cost) for kind in PRICE_KINDS},
            "payer": scenario.payer_title(partner.funding.payer) if partner.funding else "",
            "covers": partner.funding.covers if partner.funding else 0.0,
            "gate": scenario.gates[partner.gate].title if partner.gate else "",
        }
        for partner in scenario.partners.values()
        for programme, cost in partner.costs.items()
    ]


def evidence_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every partner: how many scores, with what evidence and grades."""
    return [
        _behind(
            {"partner": name, "title": title},
            [one.score for one in analysis.scenario.typed_scores if one.partner == name],
        )
        for name, title in analysis.scenario.partner_titles.items()
    ]


def _behind(row: Row, given: list[Score]) -> Row:
    graded = Counter(score.grade for score in given if score.grade)
    return {
        **row,
        "scores": len(given),
        "evidenced": sum(score.is_evidenced for score in given),
        "ranged": sum(score.is_range for score in given),
        "unknown": sum(score.is_unknown for score in given),
        "grades": {grade: graded[grade] for grade in sorted(graded)},
    }


def contribution_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return what each criterion adds to each eligible partner's value, partners best first."""
    scenario = analysis.scenario
    return [
        {
            "programme": scenario.programmes[programme].title,
            "partner": scenario.partners[row.partner].title,
            "criterion": criterion_title(scenario, criterion),
            "contribution": part,
            "chosen": row.chosen,
        }
        for row in analysis.recommendation.ranked(programme)
        if row.eligible
        for criterion, part in row.contributions.items()
    ]
