"""From an analysis to the paper: one content, section by section, built from rows and from what was typed."""

from __future__ import annotations

from partnerselect.analysis import Analysis
from partnerselect.report.paper.content import PaperContent
from partnerselect.report.paper.sections.cover import cover, footer

ILLUSTRATIVE = "Illustrative figures: made up to show the method, not findings."


def compose(analysis: Analysis) -> PaperContent:
    """Compose the paper of a scenario, whatever its state: without an answer, without draws, without a word typed for it."""
    return PaperContent(cover(analysis), ILLUSTRATIVE if analysis.scenario.illustrative else "", (), footer(analysis))
