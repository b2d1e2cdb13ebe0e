"""What people typed, not rounded, as a workbook lets it be changed, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np

from partnerselect.allocation import NOBODY
from partnerselect.analysis import Analysis
from partnerselect.model import (
    PRICE_KINDS,
    UNKNOWN,
    Baseline,
    Criterion,
    LevelsScale,
    Score,
)
from partnerselect.rows.plain import Row, picked
from partnerselect.rows.scores import evidence_of
from partnerselect.rows.weights import weighed_rows
from partnerselect.value import US, baseline_values, nominal

SAME = 1e-12
"""Shares this close are the same judgement."""


def weight_input_rows(analysis: Analysis) -> list[Row]:
    """Return a row for every criterion and branch, then of programmes with weights of their own.

    `programme` is None for all. `points` is what was typed, or a hundred times the share where it
    was worked out from judgements; None for an only child, and where a programme `follows` all.
    """
    common = [_weight(None, row, {}) for row in weighed_rows(analysis, None)]
    shares = {row["criterion"]: row["share"] for row in common}
    own = [name for name, one in analysis.scenario.programmes.items() if one.weights is not None]
    special = [_weight(name, row, shares) for name in own for row in weighed_rows(analysis, name)]
    return [*common, *special]


def _weight(programme: str | None, row: Row, common: Mapping[str, float]) -> Row:
    typed = row["typed"]
    share = 1 / row["siblings"] if row["local"] is None else row["local"]
    follows = (
        programme is not None
        and typed is None
        and not row["own"]
        and abs(common[row["criterion"]] - share) <= SAME
    )
    points = 100 * share if typed is None else typed
    return {
        **row,
        "programme": programme,
        "points": None if row["siblings"] == 1 or follows else points,
        "share": share,
        "follows": follows,
    }


def score_input_rows(analysis: Analysis) -> list[Row]:
    """Return a row for every score: of a partner everywhere (`programme` None) or in one programme.

    `counted` is the one number it is taken for.
    """
    leaves = analysis.scenario.criteria.leaves
    order = {of: n for n, of in enumerate(product(analysis.scenario.partners, leaves))}
    typed = [one for one in analysis.scenario.typed_scores if leaves[one.criterion].from_ is None]
    return [
        {
            **picked(one, "partner", "programme", "criterion"),
            "counted": _counted(leaves[one.criterion], one.score),
            **picked(one.score, "low", "likely", "high"),
            **evidence_of(one.score),
        }
        for one in sorted(typed, key=lambda one: order[one.partner, one.criterion])
    ]


def _counted(criterion: Criterion, score: Score) -> float | str:
    """Return the number or level a score counts as.

    The middle of two levels as its value; the word `unknown`.
    """
    if score.is_unknown:
        return UNKNOWN
    mark = score.likely if score.is_range else score.score
    return (
        mark
        if isinstance(criterion.scale, LevelsScale) and isinstance(mark, str)
        else nominal(score, criterion)
    )


def doing_nothing_rows(analysis: Analysis) -> list[Row]:
    """Return the values of doing nothing of programmes whose baseline is scored like a partner."""
    table, found = analysis.table, []
    for p, (name, programme) in enumerate(analysis.scenario.programmes.items()):
        if isinstance(programme.baseline, Baseline):
            values = baseline_values(analysis.scenario, table, p).tolist()
            found.append(
                {
                    "programme": name,
                    "values": dict(zip(table.criteria, values, strict=True)),
                    "value": float(analysis.scores.baseline[p]),
                }
            )
    return found


def price_input_rows(analysis: Analysis) -> list[Row]:
    """Return every partner's prices, who else pays and what share as funding stands.

    After its own (programme None) those for programmes where they differ. Last the price of a day
    for our own team, if any can be bought.
    """
    work = analysis.table.workload
    rows = [
        {
            "partner": name,
            "programme": programme,
            **{kind.key: kind.of(cost) for kind in PRICE_KINDS},
            "payer": None if work.payers[k] == US else work.payers[k],
            "covers": float(1 - work.own_share[k]),
        }
        for k, (name, partner) in enumerate(analysis.scenario.partners.items())
        for programme, cost in partner.costs.items()
    ]
    backfill = analysis.scenario.limits.backfill
    own = (
        {
            "partner": None,
            "programme": None,
            **dict.fromkeys((kind.key for kind in PRICE_KINDS), 0.0),
            "per_day": backfill.per_day,
            "payer": None,
            "covers": 0.0,
        }
        if backfill
        else None
    )
    return [*rows, *([own] if own else [])]


def alone_days(analysis: Analysis) -> dict[tuple[str, str], float]:
    """Return the days of a partner that alone delivers all it offers, by programme and partner."""
    work = analysis.table.workload
    days = work.alone[0]
    return {
        (programme, partner): float(days[p, k])
        for p, programme in enumerate(work.programmes)
        for k, partner in enumerate(work.partners)
    }


def part_rows(analysis: Analysis) -> Iterator[Row]:
    """Yield the share of a programme's value that each chosen partner delivers."""
    work, chosen = analysis.table.workload, analysis.allocation.chosen
    if chosen is None:
        return
    for p, programme in enumerate(work.programmes):
        needs = np.flatnonzero((work.programme_of == p) & (chosen != NOBODY))
        for k in dict.fromkeys(int(chosen[n]) for n in needs):
            yield {
                "programme": programme,
                "partner": work.partners[k],
                "share": float(sum(work.share[n] for n in needs if chosen[n] == k)),
            }


def unpriced_rows(analysis: Analysis) -> Iterator[Row]:
    """Yield what the fixed costs leave out: prices of chosen partners that are nothing today."""
    work, chosen = analysis.table.workload, analysis.allocation.chosen
    if chosen is None:
        return
    for kind, p, k, phase in work.beside_days(chosen):
        if not work.prices[kind][p or 0, k]:
            yield {
                "programme": None if p is None else work.programmes[p],
                "partner": work.partners[k],
                "phase": work.phases[phase],
                "cost": 0.0,
                "own_cost": 0.0,
                "payer": work.payers[k],
                "kind": kind.id,
            }
