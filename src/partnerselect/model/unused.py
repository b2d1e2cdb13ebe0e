"""Keys that are accepted and checked, but whose effect is still to be built."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.errors import dotted
from partnerselect.model.scenario import Scenario
from partnerselect.model.score import FROM_REGISTER

TOP_LEVEL = ("paper",)


def unused(scenario: Scenario) -> Iterator[str]:
    """Yield the paths of what is written but changes nothing yet."""
    yield from (key for key in TOP_LEVEL if key in scenario.data)
    if scenario.committed == FROM_REGISTER:
        yield "committed"
    for name, partner in scenario.partners.items():
        for criterion, score in partner.scores.items():
            if score.score == FROM_REGISTER:
                yield dotted(("partners", name, "scores", criterion))
