"""The rows of sensitivity: values as lines over one weight, and what moves the margin most."""

from __future__ import annotations

import numpy as np

from partnerselect.analysis import Analysis, comparison, margins
from partnerselect.model import LevelsScale
from partnerselect.robustness import (
    End,
    Node,
    PartnerComparison,
    Swing,
    band,
    criterion_title,
    crossings,
    ever_first,
)
from partnerselect.rows.plain import Row
from partnerselect.value import TIE
from partnerselect.words import apart, difference, figure, share, with_unit

LINES = 5
"""Partners whose lines are told: all that are first at some weight, and the best of today until
there are so many."""
MOST = 8
"""Lines at most."""
FLAT = 0.05
"""Points of margin below which a swing is not worth a line."""


def line_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return for every criterion and branch the values at none and at all of its weight.

    `whole` figures are shares of all weight; `lines` runs from the best of today to the last; a
    crossing is `first` where it changes the first place.
    """
    compared = comparison(analysis, programme)
    return [_node(analysis, compared, node) for node in compared.nodes] if compared.partners else []


def _node(analysis: Analysis, compared: PartnerComparison, node: Node) -> Row:
    today = node.values_at(node.share)
    order = np.argsort(-today, kind="stable").tolist()
    firsts = ever_first(node.at_none, node.at_all)
    shown = sorted(
        [*firsts, *(row for row in order if row not in firsts)][
            : max(LINES, min(len(firsts), MOST))
        ],
        key=order.index,
    )
    return {
        "criterion": node.path,
        "title": criterion_title(analysis.scenario, node.path),
        "whole": node.parent * node.share,
        "whole_most": node.parent,
        "lines": [_line(analysis, compared, node, row) for row in shown],
        "crossings": [
            {
                "whole": node.parent * found.share,
                "value": found.value,
                "before": compared.partners[found.before],
                "beyond": compared.partners[found.beyond],
                "first": found.first,
            }
            for found in crossings(node.at_none, node.at_all, shown)
        ],
    }


def _line(analysis: Analysis, compared: PartnerComparison, node: Node, row: int) -> Row:
    return {
        "partner": compared.partners[row],
        "title": analysis.scenario.partners[compared.partners[row]].title,
        "at_none": float(node.at_none[row]),
        "today": float(node.values_at(node.share)[row]),
        "at_all": float(node.at_all[row]),
    }


def margin_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return what moves the leader's margin over the next best, most first.

    `low` and `high` have the margin there and whoever would then be ahead.
    """
    today = margin_today(analysis, programme)
    return [
        _margin(analysis, swing, today)
        for swing in margins(analysis, programme)
        if swing.width >= FLAT and today is not None
    ]


def margin_today(analysis: Analysis, programme: str) -> float | None:
    """Return the points by which the first of a programme is ahead of the second.

    None where there are not two.
    """
    ranked = [row for row in analysis.recommendation.ranked(programme) if row.eligible]
    return ranked[0].value - ranked[1].value if len(ranked) > 1 else None


def margin_words(analysis: Analysis, programme: str) -> str:
    """Say whose margin over whom it is, and how far weights are moved.

    Empty where there are not two.
    """
    ranked = [row for row in analysis.recommendation.ranked(programme) if row.eligible]
    if len(ranked) <= 1:
        return ""
    first, second = (analysis.scenario.partners[row.partner].title for row in ranked[:2])
    ahead = apart(difference(ranked[0].value, ranked[1].value), "ahead of", "behind", "level with")
    moved = (
        f"each weight by {share(band(analysis.scenario))} of itself, each open score from its low"
        " to its high end"
    )
    return f"{first} is {ahead} {second}. One thing moved at a time: {moved}."


def _margin(analysis: Analysis, swing: Swing, today: float | None) -> Row:
    partners = analysis.scenario.partners
    return {
        "kind": swing.kind,
        "criterion": swing.subject,
        "partner": swing.partner,
        "title": criterion_title(analysis.scenario, swing.subject),
        "whose": partners[swing.partner].title if swing.partner else None,
        "today": today,
        **{
            side: _end(analysis, swing, end)
            for side, end in (("low", swing.low), ("high", swing.high))
        },
        "turned_by": swing.least.rival if swing.least.margin < -TIE else None,
    }


def _end(analysis: Analysis, swing: Swing, end: End) -> Row:
    return {"at": _at(analysis, swing, end), "margin": end.margin, "rival": end.rival}


def _at(analysis: Analysis, swing: Swing, end: End) -> str:
    """Say where one end stands: a share of all weight, a level, or a score with its unit.

    The end of the scale where it is not known.
    """
    if swing.kind == "weight":
        return share(end.at)
    leaf = analysis.scenario.criteria.leaves[swing.subject]
    scale = leaf.scale
    if isinstance(scale, LevelsScale):
        return next(
            (name for name, worth in scale.levels.items() if abs(worth - end.at) < FLAT),
            f"{figure(end.at)} of 100",
        )
    if swing.is_unknown:
        return "worst" if end is swing.low else "best"
    return with_unit(figure(end.at), leaf.unit)


def sensitivity_rows(analysis: Analysis, programme: str) -> list[Row]:
    """Return each partner's value if a criterion had none and all of its siblings' weight."""
    scenario = analysis.scenario
    compared = comparison(analysis, programme)
    return [
        {
            "programme": scenario.programmes[programme].title,
            "criterion": criterion_title(scenario, node.path),
            "partner": scenario.partners[partner].title,
            "at_none": float(node.at_none[k]),
            "at_all": float(node.at_all[k]),
            "share": node.share,
        }
        for node in compared.nodes
        for k, partner in enumerate(compared.partners)
    ]
