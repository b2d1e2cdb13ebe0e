"""What was put in: every typed score with what stands behind it, and every open question."""

from __future__ import annotations

from partnerselect.analysis import Analysis
from partnerselect.model.score import Score
from partnerselect.robustness.flip_sentences import criterion_title
from partnerselect.rows.board import evidence_of, scored
from partnerselect.rows.report import Row


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
        "score": scored(score, 0.0, leaf.scale.unit if leaf.scale else ""),
        **evidence_of(score),
        "path": f"partners.{partner}.{f'for.{programme}.' if programme else ''}scores.{criterion}",
    }


def price_rows(analysis: Analysis) -> list[Row]:
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
