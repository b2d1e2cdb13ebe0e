"""How far a choice is, and how near it came to the best possible, in words."""

from __future__ import annotations

from partnerselect.allocation import Progress
from partnerselect.analysis import Analysis
from partnerselect.model.options import LeastCost
from partnerselect.model.scenario import Scenario
from partnerselect.words.wording import amount, gap_words, within_words


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
