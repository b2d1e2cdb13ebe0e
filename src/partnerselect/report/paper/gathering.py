"""What a paper asks of an analysis before it is written: the questions that take time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from partnerselect.advice import unwritten
from partnerselect.allocation import Alternative, Frontier
from partnerselect.analysis import (
    Analysis,
    agreement,
    alternatives,
    spending,
    turning_points,
    with_choices,
)
from partnerselect.model import Paper
from partnerselect.rows import Row, alternative_rows, decision_rows, flip_row
from partnerselect.value import Agreement


@dataclass(frozen=True)
class PaperInputs:
    """An analysis and the answers to what the paper asks beyond it."""

    analysis: Analysis
    """With the choice over the draws, where anything was drawn and chosen."""
    frontier: Frontier | None
    alternatives: tuple[Alternative, ...]

    @property
    def paper(self) -> Paper:
        """What was typed for it."""
        return self.analysis.scenario.paper or Paper()

    @property
    def answered(self) -> bool:
        """Whether there is a choice to recommend."""
        return self.analysis.allocation.chosen is not None

    @cached_property
    def decisions(self) -> list[Row]:
        """A row a programme."""
        return decision_rows(self.analysis)

    @cached_property
    def otherwise(self) -> list[Row]:
        """What would be done with each gate turned, each payer gone, each partner left out."""
        return alternative_rows(self.analysis, self.alternatives)

    @cached_property
    def agreement(self) -> Agreement:
        """What the stakeholder groups say."""
        return agreement(self.analysis)

    @cached_property
    def flips(self) -> dict[str, list[Row]]:
        """What would turn the order, programme by programme, nearest first."""
        return {
            name: [flip_row(told) for told in turning_points(self.analysis, name)]
            for name in self.analysis.scenario.programmes
        }

    @cached_property
    def unwritten(self) -> dict[str, str]:
        """By path below `paper`: what is still to be written."""
        return {
            ".".join(str(key) for key in one.loc[1:]): one.what
            for one in unwritten(self.analysis.scenario)
        }

    @property
    def running(self) -> Iterator[Row]:
        """The decisions by which a programme runs."""
        return (row for row in self.decisions if row["partners"])


def with_certainty(analysis: Analysis) -> Analysis:
    """Return the analysis with the choice over the trials, where there are trials and a choice."""
    is_known = analysis.choices is not None or not analysis.robustness.samples
    if is_known or analysis.allocation.chosen is None:
        return analysis
    return with_choices(analysis)


def gather(analysis: Analysis) -> PaperInputs:
    """Ask what the paper needs; nothing of money or trials where there is no choice."""
    if analysis.allocation.chosen is None:
        return PaperInputs(analysis, None, ())
    counted = with_certainty(analysis)
    return PaperInputs(counted, spending(counted), alternatives(counted))
