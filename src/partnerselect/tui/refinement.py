"""Work in the background: reasons priced, then the choice in every trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnerselect.tui.charts.words import Row
from partnerselect.tui.jobs import Failure, Query
from partnerselect.tui.view_model import ViewModel

if TYPE_CHECKING:
    from textual.timer import Timer

    from partnerselect.allocation import Alternative, Alternatives, Frontier
    from partnerselect.analysis import Analysis
    from partnerselect.tui.shell import Shell

REASONS, CHOICES = "reasons", "choices"
"""The questions: after the reasons, and after the best choice of every trial."""
NEAR, OTHERWISE, SPENDING, FINDING = "near", "otherwise", "spending", "finding"
"""What the opening screen says besides: how many plans are almost as good, without the decisions of
others, for less money, and what is worth finding out."""
QUIET = 0.5
"""Seconds in which nobody asks for anything before the trials are begun unasked."""


def next_step(view_model: ViewModel) -> Query | None:
    """Return what makes a view model fuller, without what takes long and nobody has asked for.

    None where nothing does.
    """
    is_open = not view_model.is_priced and REASONS not in view_model.findings
    return Query(view_model, REASONS, lambda _: _with_reasons(view_model)) if is_open else None


def unasked(view_model: ViewModel) -> Query | None:
    """Return what takes long and makes a view model fuller; None where nothing does."""
    if not (view_model.has_answer and view_model.is_priced):
        return None
    if NEAR not in view_model.findings:
        return Query(view_model, NEAR, almost_as_good)
    if is_awaited(view_model) and CHOICES not in view_model.findings:
        return Query(view_model, CHOICES, lambda _: counted(view_model))
    further = {OTHERWISE: _otherwise, SPENDING: traced, FINDING: worth_finding_out}
    open_ones = (name for name in further if name not in view_model.findings)
    return next((Query(view_model, name, further[name]) for name in open_ones), None)


def almost_as_good(analysis: Analysis) -> Alternatives:
    """Return the plans almost as good as the recommended one, without the trials."""
    from partnerselect.analysis import alternatives

    return alternatives(analysis, over_trials=False)


def _otherwise(analysis: Analysis) -> tuple[Alternative, ...]:
    from partnerselect.analysis import with_and_without

    return with_and_without(analysis)


def traced(analysis: Analysis) -> Frontier:
    """Return what more or less money would buy."""
    from partnerselect.analysis import spending

    return spending(analysis)


def worth_finding_out(analysis: Analysis) -> list[Row]:
    """Return the facts worth finding out, across programmes."""
    from partnerselect.rows import finding_rows

    return finding_rows(analysis)


def is_awaited(view_model: ViewModel) -> bool:
    """Tell whether it is still to be said how often the same would be chosen again."""
    return (
        view_model.analysis.choices is None
        and bool(view_model.report["draws"])
        and not isinstance(view_model.findings.get(CHOICES), Failure)
    )


def counted(view_model: ViewModel) -> ViewModel:
    """Return the view model with the best choice of every trial; it takes seconds."""
    from partnerselect.analysis import with_choices

    return view_model.fuller(with_choices(view_model.analysis)).drawn()


def _with_reasons(view_model: ViewModel) -> ViewModel:
    from partnerselect.analysis import priced

    return view_model.fuller(priced(view_model.analysis)).drawn()


class BackgroundRefinement:
    """Has the view models on the screen made fuller.

    What takes long is begun once nobody has asked for anything for a while.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell, self._jobs, self._session = shell, shell.jobs, shell.session
        self._quiet: Timer | None = None

    def go_on(self) -> None:
        """Take the next step."""
        view_model = self._session.view_model
        if view_model is not None and (step := next_step(view_model)) is not None:
            self._jobs.ask_next(step)
        self._await_quiet()

    def stand_back(self) -> None:
        """Leave every step until it is quiet again: the answer to a change goes first."""
        self._jobs.forget(REASONS, CHOICES)
        self._await_quiet()

    def _await_quiet(self) -> None:
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self._shell.set_timer(QUIET, self._use_the_quiet)

    def _use_the_quiet(self) -> None:
        view_model, tried = self._session.view_model, self._session.front.tried
        if tried is not None and tried.is_thinking:
            self._await_quiet()
        elif view_model is None:
            return
        elif (step := next_step(view_model)) is not None:
            self._jobs.ask_next(step)
        elif self._jobs.is_idle and (query := unasked(view_model)) is not None:
            self._jobs.ask_in_time(query)
