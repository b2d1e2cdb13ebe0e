"""Other scenarios, read and worked out beside the one on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerselect.tui.analyst import Question
from partnerselect.tui.picture import Row

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis


def now(analysis: Analysis) -> Row:
    """Return what the scenario on the screen chooses, as the first of all courses."""
    from partnerselect.rows.scenario_comparison import other_scenario_row

    return other_scenario_row(analysis, analysis)


def elsewhere(analysis: Analysis, question: Question) -> Row:
    """Read and work out another scenario, and return what it chooses beside the one on the screen."""
    from partnerselect import files
    from partnerselect.allocation import Watch
    from partnerselect.analysis import analyse_unpriced
    from partnerselect.rows.scenario_comparison import other_scenario_row

    scenario = files.load(question.path, root=question.root).scenario
    changed = scenario.with_changes(dict(question.changes)) if question.changes else scenario
    return other_scenario_row(
        analysis, analyse_unpriced(changed, Watch(within=analysis.allocator.watch))
    )


def otherwise(analysis: Analysis) -> list[Row]:
    """Return what would be chosen with and without each gate, payer and partner."""
    from partnerselect.analysis import alternatives
    from partnerselect.rows.scenario_comparison import alternative_scenario_rows

    return alternative_scenario_rows(analysis, alternatives(analysis))


def awaited(title: str, words: str = "", *, is_given_up: bool = False) -> Row:
    """Return a course that is not there: still to be worked out, or why it cannot be."""
    return {
        "kind": "scenario",
        "title": title,
        "state": None,
        "is_given_up": is_given_up,
        "value": None,
        "gained": None,
        "own_cost": None,
        "currency": "",
        "caution": "",
        "words": words,
        "programmes": {},
    }
