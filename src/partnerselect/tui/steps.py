"""From the first picture of a choice to the full one: its reasons priced, then how often the same would be chosen again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from partnerselect.tui.analyst import Analyst, Further, Trouble
from partnerselect.tui.picture import Picture

if TYPE_CHECKING:
    from textual.timer import Timer

    from partnerselect.analysis import Analysis
    from partnerselect.tui.app import PartnerselectApp

REASONS, CHOICES, TOLD = "reasons", "choices", "choices told"
"""The questions: after the reasons, after the best choice of every draw, and after the words for both."""
QUIET = 0.5
"""Seconds in which nobody asks for anything before the draws are begun unasked."""


def next_step(picture: Picture) -> Further | None:
    """Return what makes a picture fuller, without what takes long and nobody has asked for.

    None where nothing does.
    """
    if not picture.is_priced:
        return (
            None
            if REASONS in picture.findings
            else Further(picture, REASONS, lambda _: _with_reasons(picture))
        )
    drawn = picture.findings.get(CHOICES)
    if (
        picture.analysis.choices is None
        and TOLD not in picture.findings
        and drawn is not None
        and not isinstance(drawn, Trouble)
    ):
        return Further(picture, TOLD, lambda _: _with_choices(picture, drawn))
    return None


def unasked(picture: Picture) -> Further | None:
    """Return what takes long and makes a picture fuller; None where nothing does."""
    from partnerselect.tui import studies

    is_open = (
        picture.has_answer
        and picture.is_priced
        and bool(picture.report["draws"])
        and picture.analysis.choices is None
    )
    return (
        Further(picture, CHOICES, studies.choice_in_draws)
        if is_open and CHOICES not in picture.findings
        else None
    )


def is_awaited(picture: Picture) -> bool:
    """Tell whether it is still to be said how often the same would be chosen again."""
    return (
        picture.analysis.choices is None
        and bool(picture.report["draws"])
        and not isinstance(picture.findings.get(CHOICES), Trouble)
    )


def _with_reasons(picture: Picture) -> Picture:
    from partnerselect.analysis import priced

    return picture.fuller(priced(picture.analysis)).drawn()


def _with_choices(picture: Picture, drawn: Analysis) -> Picture:
    return picture.fuller(replace(picture.analysis, choices=drawn.choices)).drawn()


class Steps:
    """Has the pictures on the screen made fuller.

    What takes long is begun once nobody has asked for anything for a while.
    """

    def __init__(self, app: PartnerselectApp, analyst: Analyst) -> None:
        self._app, self._analyst = app, analyst
        self._quiet: Timer | None = None

    def go_on(self, picture: Picture) -> None:
        """Take the next step."""
        step = next_step(picture)
        if step is not None:
            self._analyst.ask_next(step)
        self._await_quiet()

    def stand_back(self) -> None:
        """Leave every step until it is quiet again: a lever is being moved, and the answer to that goes first."""
        self._analyst.forget(REASONS, CHOICES)
        self._await_quiet()

    def _await_quiet(self) -> None:
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self._app.set_timer(QUIET, self._use_the_quiet)

    def _use_the_quiet(self) -> None:
        picture, tried = self._app.picture, self._app.desk.of(self._app.path)
        if tried is not None and tried.is_thinking:
            self._await_quiet()
            return
        if picture is None:
            return
        if (step := next_step(picture)) is not None:
            self._analyst.ask_next(step)
        elif (further := unasked(picture)) is not None and self._analyst.is_idle:
            self._analyst.ask_in_time(further)
