"""The rows of what stands behind the scores, partner by partner."""

from __future__ import annotations

from collections import Counter

from partnerselect.analysis import Analysis
from partnerselect.model.partner import Partner
from partnerselect.model.score import Score
from partnerselect.rows.report import Row


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
