"""An analysis as plain rows: what JSON, screens, tables and papers print.

Nothing downstream computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from partnerselect import value
from partnerselect.advice import Chosen, PartnerAdvice, ProgrammeAdvice, kind_of
from partnerselect.allocation import LimitUsage, amounts_of, amounts_of_programme, limit_usage
from partnerselect.analysis import Analysis
from partnerselect.errors import dotted
from partnerselect.latest import latest
from partnerselect.optimiser import solver_name
from partnerselect.rows.choices import shares_of, summary_row
from partnerselect.rows.demands import demand_rows
from partnerselect.rows.plain import (
    FORMAT,
    Row,
    at_levels,
    picked,
    rounded,
    scenario_row,
    weights_of,
)
from partnerselect.rows.reach import reach_rows
from partnerselect.rows.reason_words import programme_reason_words, why_not_words
from partnerselect.rows.with_and_without import alternative_rows
from partnerselect.words import share

if TYPE_CHECKING:
    from partnerselect.value import ProgrammeOpinions, SecondOpinion

A_POINT = 0.01
"""Shares further apart than this are told both."""
NOT_ASKED = "not eligible"
"""Why an ineligible partner has no second opinion."""


def ranking_json(analysis: Analysis) -> Row:
    """Return what `rank --format json` prints, every key present, numbers to 6 decimals."""
    return dict(at_levels(analysis.scenario, ranking_report(analysis)))


def ranking_report(analysis: Analysis) -> Row:
    """Return the same with levels as programmes of their own, for screens."""
    reach = {"reach": reach_rows(analysis)} if analysis.scenario.staff_groups else {}
    report: Row = rounded(
        {
            "format": FORMAT,
            "scenario": scenario_row(analysis),
            "status": _status(analysis),
            "portfolio": _portfolio(analysis),
            "conflict": demand_rows(analysis),
            "weights": analysis.weights,
            "draws": _trials(analysis),
            "choices": summary_row(analysis),
            "programmes": programme_rows(analysis),
            "ranking": printed_ranking_rows(analysis),
            "allocation": allocation_rows(analysis),
            "fixed_costs": fixed_cost_rows(analysis),
            "limits": limit_rows(analysis),
            "if_opened": alternative_rows(analysis, analysis.if_opened),
            **reach,
        },
    )
    return report


def _status(analysis: Analysis) -> Row:
    allocation = analysis.allocation
    kept = picked(allocation, "state", "gap", "bound", "tie_break", "checked")
    return {**kept, "solver": solver_name(), "seconds": allocation.seconds}


def _trials(analysis: Analysis) -> Row | None:
    """Return what the shares are shares of; None without trials."""
    trials = analysis.robustness
    if not trials.samples and not trials.why_none:
        return None
    gates = [picked(gate, "gate", "likelihood", "assumed") for gate in trials.gates]
    return {**picked(trials, "samples", "seed", "weight_set", "why_none"), "gates": gates}


def _portfolio(analysis: Analysis) -> Row | None:
    account = analysis.allocation.account
    if account is None:
        return None
    return {
        "value": account.value,
        **amounts_of(analysis.scenario, account.lines),
        "partners": account.partners,
    }


def programme_rows(analysis: Analysis) -> list[Row]:
    """Return one row a programme, in file order."""
    return [_programme(analysis, advice) for advice in analysis.recommendation.programmes]


def _programme(analysis: Analysis, advice: ProgrammeAdvice) -> Row:
    scenario, programme = analysis.scenario, advice.programme
    leading = analysis.robustness.standing(programme, advice.leader)
    is_own = scenario.programmes[programme].weights is not None
    return {
        "programme": programme,
        **({"level": advice.level} if scenario.programmes[programme].dose else {}),
        **(
            {"run": None, "value": None} if unanswered(analysis) else picked(advice, "run", "value")
        ),
        "baseline": advice.baseline,
        **amounts_of_programme(scenario, analysis.allocation.account, programme),
        "partners": list(advice.partners),
        **picked(advice, "leader", "runner_up"),
        "leader_share": leading.first_share if leading else None,
        **shares_of(analysis, programme),
        "reason": programme_reason_words(scenario, advice.reason),
        "brings_back": way_back_rows(advice),
        "brings_back_complete": advice.brings_back.is_complete,
        "weights": weights_of(analysis, programme) if is_own else None,
    }


def unanswered(analysis: Analysis) -> bool:
    """Tell whether there is no choice to speak of."""
    return analysis.allocation.chosen is None


def way_back_rows(advice: ProgrammeAdvice) -> list[Row]:
    """Return every limit that, changed alone, would bring a programme back, the least first."""
    return [
        {"path": dotted(one.loc), "limit": one.limit, "needed": one.needed, "gain": one.gain}
        for one in advice.brings_back.ways
    ]


def ranking_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every partner of every programme: best first, the ineligible last."""
    return [_partner(analysis, advice) for advice in analysis.recommendation.ranking]


def printed_ranking_rows(analysis: Analysis) -> list[Row]:
    """Return the same for other programs: who is not eligible has no cost."""
    return [
        row if row["eligible"] else {**row, **{key: None for key in row if "cost" in key}}
        for row in ranking_rows(analysis)
    ]


def highest_share_words(row: Row) -> str:
    """Return how often a partner scores highest, also if decisions vary; empty without trials."""
    found, varied = row["first_rank_share"], row["first_rank_share_with_gates"]
    if found is None:
        return ""
    is_alike = varied is None or abs(varied - found) <= A_POINT
    return share(found) if is_alike else f"{share(found)}, {share(varied)} if decisions vary"


def _partner(analysis: Analysis, advice: PartnerAdvice) -> Row:
    found = analysis.robustness.programmes.get(advice.programme)
    gated = found.with_gates(advice.partner) if found else None
    standing = analysis.robustness.standing(advice.programme, advice.partner)
    first_share = standing.first_share if standing else None
    return {
        **vars(advice),
        "reason": why_not_words(analysis.scenario, advice.reason),
        "first_rank_share": first_share,
        "first_rank_share_with_gates": gated.first_share if gated else None,
        "verdict": kind_of(first_share) if first_share is not None and advice.rank == 1 else None,
        "second_opinions": None,
    }


def allocation_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every programme, component, partner and phase: day costs only."""
    account = analysis.allocation.account
    return [] if account is None else [asdict(line) for line in account.day_costs]


def fixed_cost_rows(analysis: Analysis) -> list[Row]:
    """Return prices paid once or per programme, and internal days bought."""
    account = analysis.allocation.account
    return [] if account is None else [asdict(line) for line in account.fixed_costs]


def limit_rows(analysis: Chosen) -> list[Row]:
    """Return every limit and how far it is used, by phase where it has phases."""
    kept = ("subject", "phase", "used", "limit")
    return [
        {"path": dotted(one.loc), "kind": one.kind.id, **picked(one, *kept)}
        for one in usage(analysis)
    ]


@latest(2)
def usage(analysis: Chosen) -> Sequence[LimitUsage]:
    """Return how far the choice uses every limit; of none without a choice."""
    chosen = analysis.allocation.chosen
    return () if chosen is None else limit_usage(analysis.scenario, analysis.table.workload, chosen)


def with_second_opinions(ranking: Sequence[Row], told: Sequence[ProgrammeOpinions]) -> list[Row]:
    """Return ranking rows with `second_opinions` filled: score, rank and reason by method."""
    cells = {
        (of.programme, name): {one.method: _cell(one, position) for one in of.opinions}
        for of in told
        for position, name in enumerate(of.partners)
    }
    none = {method: {"score": None, "rank": None, "reason": NOT_ASKED} for method in value.METHODS}
    return [
        {**row, "second_opinions": cells.get((row["programme"], row["partner"]), none)}
        for row in ranking
    ]


def _cell(one: SecondOpinion, position: int) -> Row:
    scores, ranks = one.opinion.scores, one.opinion.ranks
    if scores is None or ranks is None:
        return {"score": None, "rank": None, "reason": one.opinion.reason}
    return {"score": scores[position], "rank": ranks[position], "reason": ""}


def opinion_rows(told: Sequence[ProgrammeOpinions]) -> list[Row]:
    """Return one row for every programme and method: whom it puts first, and how it agrees."""
    return [
        {
            "programme": of.programme,
            "method": one.method,
            "name": value.METHODS[one.method][0],
            **picked(one, "first", "agrees", "pairs_alike", "pairs", "words"),
        }
        for of in told
        for one in of.opinions
    ]
