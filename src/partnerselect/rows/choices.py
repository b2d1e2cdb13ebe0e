"""The choice over the trials, how far a choice is, and how near the best possible it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from partnerselect.advice import certainties
from partnerselect.allocation import teams_of
from partnerselect.analysis import Analysis
from partnerselect.model import LeastCost, Scenario
from partnerselect.optimiser import Progress
from partnerselect.rows.plain import Row, picked, titled
from partnerselect.rows.plan_words import named_partners
from partnerselect.rows.teams import Teams, difference_words, teams_shared_otherwise
from partnerselect.words import (
    amount,
    gap_words,
    points,
    share,
    within_words,
)

if TYPE_CHECKING:
    from partnerselect.allocation import PortfolioShare, PortfolioStability

NEXT_BEST = 5
"""Whole choices told of in words; JSON has them all."""


def shares_of(analysis: Analysis, programme: str) -> Row:
    """Return what a programme's row says of the choice over the trials; null where not asked."""
    found = analysis.choices.programmes.get(programme) if analysis.choices else None
    return {
        "choice_share": found.share if found else None,
        "choice_verdict": certainties(analysis)[programme].kind if found else None,
        "run_share": found.run_share if found else None,
    }


def summary_row(analysis: Analysis) -> Row | None:
    """Return how often the whole choice is the best, of how many trials, and its regret.

    None where it was not asked.
    """
    found = analysis.choices
    if found is None:
        return None
    return {
        **picked(found, "asked", "draws", "why_none"),
        "portfolio_share": _whole_share(found),
        "regret": asdict(found.regret) if found.regret else None,
    }


def choices_json(analysis: Analysis) -> Row | None:
    """Return programmes, pairs, whole choices and regret; None where it was not asked."""
    found, head, certain = analysis.choices, summary_row(analysis), certainties(analysis)
    if found is None or head is None:
        return None
    return {
        **head,
        "programmes": [
            {**asdict(one), "verdict": certain[name].kind} for name, one in found.programmes.items()
        ],
        "pairs": [asdict(one) for one in found.pairs],
        "portfolios": [_whole_row(one) for one in found.portfolios],
        "steadiest": _whole_row(found.minimax_regret) if found.minimax_regret else None,
    }


def _whole_row(one: PortfolioShare) -> Row:
    return {
        **picked(one, "share", "error", "recommended", "mean_regret", "greatest_regret"),
        "programmes": {p: list(names) for p, names in one.partners.items()},
        "allocation": engagement_rows(one.engagements),
    }


def engagement_rows(engagements: Iterable[tuple[str, str, str]]) -> list[Row]:
    """Return who delivers what for which programme, by id."""
    keys = ("programme", "component", "partner")
    return [dict(zip(keys, engagement, strict=True)) for engagement in engagements]


def _whole_share(found: PortfolioStability) -> float | None:
    if not found.draws:
        return None
    return next((one.share for one in found.portfolios if one.recommended), 0.0)


def pair_rows(analysis: Analysis) -> list[Row]:
    """Return how often each partner would work on each programme, by title, most often first."""
    pairs = analysis.choices.pairs if analysis.choices else ()
    return [titled(analysis.scenario, vars(one)) for one in pairs]


def portfolio_rows(analysis: Analysis) -> list[Row]:
    """Return the whole choices that are the best in some trial, most often first.

    `words` is what each does differently from the recommended one.
    """
    found = analysis.choices
    if found is None or not found.draws:
        return []
    told = _differences(analysis, found.portfolios)
    return [
        {**_whole_row(one), "words": words}
        for one, words in zip(found.portfolios, told, strict=True)
    ]


def _ours(found: PortfolioStability, programme: str) -> tuple[str, ...]:
    """Return the recommended partners of an entry, sorted."""
    return tuple(
        sorted(one.partner for one in found.pairs if one.programme == programme and one.recommended)
    )


def _differences(analysis: Analysis, choices: Sequence[PortfolioShare]) -> list[str]:
    """Say what each whole choice does differently, programme by programme."""
    ours, scenario = Teams.recommended(analysis), analysis.scenario
    teams = [Teams(analysis, one.engagements) for one in choices]
    shown = teams_shared_otherwise(teams)
    names = (scenario.partner_titles, scenario.programme_titles)
    return [difference_words(ours, one, *names, shown) or "As recommended" for one in teams]


def choice_words(analysis: Analysis, programme: str) -> str:
    """Return how sure a programme's choice is: sensitive 72%; empty without an answer."""
    found = certainties(analysis).get(programme)
    return found.words if found else ""


def how_choices_were_drawn(analysis: Analysis) -> str:
    """Say what the shares of the choice are shares of, or why there are none."""
    found = analysis.choices
    if found is None or not found.asked:
        return ""
    if not found.draws:
        return missing_shares(analysis)
    short = f" (time sufficed for these of {found.asked:,})" if found.draws < found.asked else ""
    return (
        f"For {found.draws:,} of these trials the best choice within all limits was worked out"
        f" again{short}"
    )


def missing_shares(analysis: Analysis) -> str:
    """Say why the choice was not worked out over the trials; empty where it was, or not asked."""
    found = analysis.choices
    if found is None or found.draws or not found.asked:
        return ""
    return f"How often the same would be chosen again was not worked out. {found.why_none}"


def regret_words(analysis: Analysis) -> list[str]:
    """Say what this plan loses in trials, and what loses less."""
    found = analysis.choices
    if found is None or found.regret is None or not found.draws:
        return []
    if not round(found.regret.greatest, 9):
        return ["No other plan is better in any trial."]
    regret = found.regret
    often = f", by more than {points(regret.high)} in one trial of twenty"
    often = often if round(regret.high, 9) else ""
    short = f"{points(regret.mean)} on average{often}, by {points(regret.greatest)} at most"
    told = [f"This plan falls short of the best by {short}."]
    if found.minimax_regret is not None and not found.minimax_regret.recommended:
        other = _differences(analysis, [found.minimax_regret])[0]
        told.append(
            "Of the plans found, one would never fall short by more than"
            f" {points(found.minimax_regret.greatest_regret)}. {other}."
        )
    elif found.minimax_regret is not None:
        told.append("No other plan found has a smaller loss at worst.")
    return told


def usual_words(analysis: Analysis, programme: str) -> str:
    """Say who else would be chosen for a programme, most often first; empty where nobody would."""
    found = analysis.choices
    mine = found.programmes.get(programme) if found else None
    if found is None or mine is None:
        return ""
    titles, work = analysis.scenario.partner_titles, analysis.table.workload
    ours, shares = _ours(found, programme), defaultdict[tuple[str, ...], float](float)
    named: dict[tuple[str, ...], str] = {}
    for one in found.portfolios:
        others = one.partners[programme]
        if others != ours:
            shares[others] += one.share
            in_turn = teams_of(work, one.engagements)[programme]
            named.setdefault(others, named_partners(titles, in_turn))
    ordered = sorted(shares.items(), key=lambda each: (-round(each[1], 9), each[0]))[:NEXT_BEST]
    return "; ".join(f"{named[names]} in {share(part)}" for names, part in ordered)


def proof_words(analysis: Analysis) -> str:
    """Say how near the choice is to the best possible where it is not proven to be the best.

    Else nothing.
    """
    if analysis.allocation.state != "within-gap":
        return ""
    return f"Not proven to be the best: {within_words(analysis.allocation.gap or 0.0)}."


def progress_words(progress: Progress, scenario: Scenario) -> str:
    """Say on one line what the best choice so far reaches and what is possible at most."""
    is_cost = isinstance(scenario.aim, LeastCost)
    told = [
        f"{progress.seconds:.0f} s",
        "looking for a first choice"
        if progress.best is None
        else f"best so far {_reached(progress.best, scenario)}",
    ]
    if progress.bound is not None:
        told.append(f"{'at least' if is_cost else 'at most'} {_reached(progress.bound, scenario)}")
    if progress.gap is not None:
        told.append(gap_words(progress.gap))
    return " · ".join(told)


def _reached(reached: float, scenario: Scenario) -> str:
    return (
        amount(reached, scenario.currency)
        if isinstance(scenario.aim, LeastCost)
        else f"{reached:.1f}"
    )
