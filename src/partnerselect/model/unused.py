"""Keys that are accepted and checked, but whose effect is still to be built."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.errors import Loc, dotted
from partnerselect.model.programme import Baseline
from partnerselect.model.scenario import Scenario
from partnerselect.model.score import FROM_REGISTER, Score


def unused(scenario: Scenario) -> Iterator[str]:
    """Yield the paths of what is written but changes nothing yet."""
    if scenario.committed == FROM_REGISTER:
        yield "committed"
    for loc, scores in _all_scores(scenario):
        yield from (
            dotted((*loc, criterion))
            for criterion, score in scores.items()
            if score.score == FROM_REGISTER
        )


def _all_scores(scenario: Scenario) -> Iterator[tuple[Loc, dict[str, Score]]]:
    for name, partner in scenario.partners.items():
        yield ("partners", name, "scores"), partner.scores
        for programme, special in partner.for_.items():
            yield ("partners", name, "for", programme, "scores"), special.scores
    for name, stated in scenario.programmes.items():
        if isinstance(stated.baseline, Baseline):
            yield ("programmes", name, "baseline", "scores"), stated.baseline.scores
