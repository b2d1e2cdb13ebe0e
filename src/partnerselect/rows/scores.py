"""What partners score, and what stands behind it."""

from __future__ import annotations

import math
from collections import Counter

from partnerselect.analysis import Analysis
from partnerselect.model import Partner, Score
from partnerselect.robustness import criterion_title
from partnerselect.rows.plain import Row, picked
from partnerselect.words import figure, with_unit


def score_rows(analysis: Analysis, programme: str, partner: str) -> list[Row]:
    """Return what a partner scores for a programme by criterion, with what stands behind it."""
    table, scores = analysis.table, analysis.scores
    p, k = table.workload.programmes.index(programme), table.workload.partners.index(partner)
    stated = analysis.scenario.partners[partner]
    special = stated.for_.get(programme)
    given = {**stated.scores, **(special.scores if special else {})}
    rows = []
    for c, (path, criterion) in enumerate(analysis.scenario.criteria.leaves.items()):
        score, nominal = None if criterion.from_ else given.get(path), float(table.scores[p, k, c])
        rows.append(
            {
                "criterion": path,
                "title": criterion.title,
                "score": scored(score, nominal, criterion.unit),
                "unknown": _is_unknown(score, nominal),
                "value": float(scores.values[p, k, c]),
                "weight": float(scores.weights[p, c]),
                "contribution": float(scores.contributions[p, k, c]),
                **evidence_of(score),
                "computed": criterion.from_ is not None,
            },
        )
    return rows


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
        return with_unit(f"{nominal:,.0f}", unit)
    if not score.is_range:
        return with_unit(figure(score.score), unit)
    likely = f", likely {figure(score.likely)}" if score.likely is not None else ""
    return with_unit(f"{figure(score.low)} to {figure(score.high)}{likely}", unit)


def input_rows(analysis: Analysis) -> list[Row]:
    """Return every typed score, a partner's own first, then what differs for a programme."""
    scenario = analysis.scenario
    rows = []
    for name, partner in scenario.partners.items():
        rows += [
            _row(analysis, name, "", criterion, score)
            for criterion, score in partner.scores.items()
        ]
        for programme, special in partner.for_.items():
            rows += [
                _row(analysis, name, programme, criterion, score)
                for criterion, score in special.scores.items()
            ]
    return rows


def _row(analysis: Analysis, partner: str, programme: str, criterion: str, score: Score) -> Row:
    scenario = analysis.scenario
    leaf = scenario.criteria.leaves[criterion]
    return {
        "partner": scenario.partners[partner].title,
        "programme": scenario.programmes[programme].title if programme else "",
        "criterion": criterion_title(scenario, criterion),
        "score": scored(score, 0.0, leaf.unit),
        **evidence_of(score),
        "path": f"partners.{partner}.{f'for.{programme}.' if programme else ''}scores.{criterion}",
    }


def partner_cost_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every partner: its prices, who pays them, and what it hangs on."""
    scenario = analysis.scenario
    return [
        {
            "partner": partner.title,
            "per_day": partner.cost.per_day,
            "per_programme": partner.cost.per_programme,
            "once": partner.cost.once,
            "payer": partner.funding.payer if partner.funding else "",
            "covers": partner.funding.covers if partner.funding else 0.0,
            "gate": scenario.gates[partner.gate].title if partner.gate else "",
        }
        for partner in scenario.partners.values()
    ]


def evidence_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every partner: how many scores, with what evidence and grades."""
    return [_partner(name, partner) for name, partner in analysis.scenario.partners.items()]


def _partner(name: str, partner: Partner) -> Row:
    given = _given(partner)
    graded = Counter(score.grade for score in given if score.grade)
    return {
        "partner": name,
        "title": partner.title,
        "scores": len(given),
        "evidenced": sum(bool(score.evidence or score.source) for score in given),
        "ranged": sum(score.is_range for score in given),
        "unknown": sum(score.is_unknown for score in given),
        "grades": {grade: graded[grade] for grade in sorted(graded)},
    }


def _given(partner: Partner) -> list[Score]:
    """Return all scores of a partner, those for one programme included."""
    special = [score for own in partner.for_.values() for score in own.scores.values()]
    return [*partner.scores.values(), *special]


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
        for row in analysis.recommendation.ranking
        if row.programme == programme and row.eligible
        for criterion, part in row.contributions.items()
    ]
