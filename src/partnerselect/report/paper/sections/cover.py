"""The front of the paper, and the line that reproduces it."""

from __future__ import annotations

from platform import python_version

from partnerselect.analysis import Analysis
from partnerselect.model import Cover as Stated
from partnerselect.report.paper.content import Cover
from partnerselect.report.paper.sections.writing import day, missing, plain, typed
from partnerselect.rows import scenario_row, software
from partnerselect.tables import Text
from partnerselect.words import figure


def cover(analysis: Analysis) -> Cover:
    """Return the front: what was typed, and what is still to be said."""
    paper = analysis.scenario.paper
    stated = paper.cover if paper else Stated()
    return Cover(stated.title or analysis.scenario.title, _body(stated), _lines(stated))


def _body(stated: Stated) -> str:
    in_public = {True: "public", False: "private", None: ""}[stated.public]
    return " · ".join(part for part in (stated.body, in_public) if part)


def _lines(stated: Stated) -> tuple[tuple[str, Text], ...]:
    item = (
        ""
        if stated.item is None
        else figure(stated.item)
        if isinstance(stated.item, float)
        else stated.item
    )
    before = plain(
        "; ".join(stated.considered_before) if stated.considered_before else "Not stated"
    )
    return (
        ("Meeting", typed(stated.body, "the body that decides")),
        ("Date", plain(day(stated.date)) if stated.date else missing("the date of the meeting")),
        ("Agenda item", typed(item, "the agenda item")),
        ("Author", typed(stated.author, "the author's role")),
        ("Accountable director", typed(stated.director, "the accountable director's role")),
        ("Considered before by", before),
    )


def footer(analysis: Analysis) -> str:
    """Say what reproduces the paper: the hash of the files' content, the seed, the versions."""
    stated, drawn = scenario_row(analysis), analysis.robustness
    trials = f"{drawn.samples:,} trials, seed {drawn.seed}" if drawn.samples else "no trials"
    return (
        f"What reproduces this paper: scenario {stated['id']}, content {stated['sha256'][:12]};"
        f" {trials}; {software()}, Python {python_version()}."
    )
