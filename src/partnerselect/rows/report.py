"""An analysis as plain rows: what JSON, screens, tables and papers print.

Nothing downstream computes.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

from partnerselect.advice.certainty import kind_of
from partnerselect.advice.recommendation import PartnerAdvice, ProgrammeAdvice
from partnerselect.allocation import Allocation, limit_usage
from partnerselect.allocation.amounts import amounts_of, amounts_of_programme
from partnerselect.analysis import Analysis
from partnerselect.errors import dotted
from partnerselect.model.scenario import Scenario
from partnerselect.optimiser import solver_name
from partnerselect.rows.choices import shares_of, summary_row
from partnerselect.rows.demands import demand_rows
from partnerselect.rows.reason_words import programme_reason_words, why_not_words
from partnerselect.rows.with_and_without import alternative_rows
from partnerselect.value.performance import PerformanceTable
from partnerselect.words.states import ENDED
from partnerselect.words.wording import UNANSWERED, share

FORMAT = 2
DECIMALS = 6
A_POINT = 0.01
"""Shares further apart than this are told both."""

Row = dict[str, Any]


class Chosen(Protocol):
    """A choice made for a scenario: an analysis, or less than one."""

    @property
    def scenario(self) -> Scenario: ...  # noqa: D102 - as of an analysis
    @property
    def table(self) -> PerformanceTable: ...  # noqa: D102 - as above
    @property
    def allocation(self) -> Allocation: ...  # noqa: D102 - as above


def ranking_json(analysis: Analysis) -> Row:
    """Return what `rank --format json` prints, every key present, numbers to 6 decimals."""
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
            "ranking": ranking_rows(analysis),
            "allocation": allocation_rows(analysis),
            "fixed_costs": fixed_cost_rows(analysis),
            "limits": limit_rows(analysis),
            "if_opened": alternative_rows(analysis, analysis.if_opened),
        },
    )
    return report


def title(analysis: Analysis, about: str = "") -> str:
    """Return what stands over a table: what it is about, else the scenario.

    Marked where the figures are made up.
    """
    mark = " · ILLUSTRATIVE FIGURES" if analysis.scenario.illustrative else ""
    return f"{about or analysis.scenario.title}{mark}"


def no_answer_words(analysis: Analysis) -> str:
    """Say why there is no answer, to be put into a sentence; empty where there is one."""
    if analysis.allocation.state == "infeasible":
        return ENDED["infeasible"]
    why = analysis.allocation.why
    return UNANSWERED[why] if why else ""


def rounded(value: Any) -> Any:  # noqa: ANN401 - any plain data
    """Return plain data with its numbers rounded to 6 decimals, never −0.0."""
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list) else value


def scenario_row(analysis: Analysis) -> Row:
    """Return which scenario the rows are about."""
    scenario = analysis.scenario
    return {
        "id": scenario.id,
        "title": scenario.title,
        "as_at": None if scenario.as_at is None else scenario.as_at.isoformat(),
        "illustrative": scenario.illustrative,
        "currency": scenario.currency,
        "sha256": scenario.origin.sha256,  # of what the files say, whatever options override
    }


@cache
def software() -> str:
    """Return the versions that an answer may depend on."""
    try:
        own = version("partnerselect")
    except PackageNotFoundError:  # run from a checkout that is not installed
        own = "(not installed)"
    return f"partnerselect {own}, {solver_name()}"


def _status(analysis: Analysis) -> Row:
    allocation = analysis.allocation
    return {
        "state": allocation.state,
        "gap": allocation.gap,
        "bound": allocation.bound,
        "tie_break": allocation.tie_break,
        "checked": allocation.checked,
        "solver": solver_name(),
        "seconds": allocation.seconds,
    }


def _trials(analysis: Analysis) -> Row | None:
    """Return what the shares are shares of; None without trials."""
    trials = analysis.robustness
    if not trials.samples:
        return None
    gates = [
        {"gate": gate.gate, "likelihood": gate.likelihood, "assumed": gate.assumed}
        for gate in trials.gates
    ]
    return {
        "samples": trials.samples,
        "seed": trials.seed,
        "weight_set": trials.weight_set,
        "gates": gates,
    }


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
    own = analysis.scenario.programmes[advice.programme].weights is not None
    p = analysis.table.workload.programmes.index(advice.programme)
    has_answer = analysis.allocation.chosen is not None
    return {
        "programme": advice.programme,
        "run": advice.run if has_answer else None,
        "value": advice.value if has_answer else None,
        "baseline": advice.baseline,
        **amounts_of_programme(analysis.scenario, analysis.allocation.account, advice.programme),
        "partners": list(advice.partners),
        "leader": advice.leader,
        "runner_up": advice.runner_up,
        "leader_share": _first_share(analysis, advice.programme, advice.leader),
        **shares_of(analysis, advice.programme),
        "reason": programme_reason_words(analysis.scenario, advice.reason),
        "brings_back": way_back_rows(advice),
        "brings_back_complete": advice.brings_back.is_complete,
        "weights": dict(
            zip(analysis.table.criteria, analysis.scores.weights[p].tolist(), strict=True)
        )
        if own
        else None,
    }


def way_back_rows(advice: ProgrammeAdvice) -> list[Row]:
    """Return every limit that, changed alone, would bring a programme back, the least first."""
    return [
        {"path": dotted(one.loc), "limit": one.limit, "needed": one.needed, "gain": one.gain}
        for one in advice.brings_back.ways
    ]


def ranking_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every partner of every programme: best first, the ineligible last."""
    return [_partner(analysis, advice) for advice in analysis.recommendation.ranking]


def highest_share_words(row: Row) -> str:
    """Return how often a partner scores highest, also if decisions vary; empty without trials."""
    found, varied = row["first_rank_share"], row["first_rank_share_with_gates"]
    if found is None:
        return ""
    is_alike = varied is None or abs(varied - found) <= A_POINT
    return share(found) if is_alike else f"{share(found)}, {share(varied)} if decisions vary"


def _first_share(analysis: Analysis, programme: str, partner: str | None) -> float | None:
    """Return the share of trials in which a partner is first.

    None where there are no trials or it is not eligible.
    """
    found = analysis.robustness.programmes.get(programme)
    standing = found.of(partner) if found and partner else None
    return standing.first_share if standing else None


def _partner(analysis: Analysis, advice: PartnerAdvice) -> Row:
    found = analysis.robustness.programmes.get(advice.programme)
    gated = found.with_gates(advice.partner) if found else None
    first_share = _first_share(analysis, advice.programme, advice.partner)
    return {
        "programme": advice.programme,
        "partner": advice.partner,
        "rank": advice.rank,
        "value": advice.value,
        "contributions": advice.contributions,
        "covers": advice.covers,
        "cost": advice.cost,
        "own_cost": advice.own_cost,
        "own_cost_alone": advice.own_cost_alone,
        "eligible": advice.eligible,
        "reason": why_not_words(analysis.scenario, advice.reason),
        "chosen": advice.chosen,
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
    chosen = analysis.allocation.chosen
    if chosen is None:
        return []
    return [
        {
            "path": dotted(one.loc),
            "kind": one.kind.id,
            "subject": one.subject,
            "phase": one.phase,
            "used": one.used,
            "limit": one.limit,
        }
        for one in limit_usage(analysis.scenario, analysis.table.workload, chosen)
    ]
