"""View 4: how sure are we?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from partnerselect import rows, tables
from partnerselect.tui import refinement
from partnerselect.tui.charts.robustness import (
    PLOT,
    PLOT_ROOMY,
    Again,
    Opened,
    Study,
    robustness_sheet,
)
from partnerselect.tui.charts.sheet import item_of, section_of
from partnerselect.tui.jobs import Failure, Query
from partnerselect.tui.keys import key
from partnerselect.tui.screens.one_programme import OneProgrammeView
from partnerselect.tui.sorting import Order
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.widgets.sheet_view import Layout, SheetView
from partnerselect.words import NO_FINDING

if TYPE_CHECKING:
    from partnerselect.analysis import Analysis
    from partnerselect.tables import Table

NEIGHBOURS = 8
"""Programmes before and after the one looked at that are looked into as well."""


class RobustnessView(OneProgrammeView):
    """Places, weights, turning points and open scores of one programme."""

    guide = """\
How often each partner ranks 1st, 2nd, …: weights and scores are varied within what is known in \
many trials. Each cell says in how many of them a partner takes a place; the darker, the more \
often.

How far each weight can move: the thick part of the line is where the leader stays first while \
one weight moves and the others keep their proportions. ● is the weight as given, ┃ where \
another partner takes the lead. A ● near a ┃ is a weight worth discussing.

{open} on a weight shows the chart: the value of each leading partner, a letter each, as the \
weight goes from nothing on the left to everything on the right. ◆ is where the first place \
changes hands, × where two others cross, ┊ is the weight as given.

What would change the leader: the nearest change of each kind; every one at the end of the page.

Would the same be chosen again?: you approve a plan for all programmes within all limits, not a \
ranking. The best plan is found again in many trials; the bars say how often each partner would \
work on this programme. ● marks those recommended.

What moves the lead most: one bar for each weight and each score that is a range or not yet \
known. The longer the bar, the more depends on it; where it reaches left of ┊ (dotted), another \
partner would lead."""
    orders = (
        Order("Partner", lambda row: row["title"]),
        Order("1st", lambda row: row["ranks"][0] if row["ranks"] else None, falls=True),
        Order(
            "2nd", lambda row: row["ranks"][1] if len(row["ranks"] or ()) > 1 else None, falls=True
        ),
    )
    BINDINGS = [key("open", "open", "Show the chart")]

    def __init__(self) -> None:
        super().__init__()
        self._opened: str | None = None
        self._is_closed = False

    def page(self, view_model: ViewModel, programme: str) -> Layout:
        """Return what lays out what the worker has found, or that it is at work."""
        name = ("robustness", programme)
        found = self.ask(name, partial(study, programme=programme))
        if found is None:
            return partial(self.missing, name)
        opened = Opened(self._open_in(found), PLOT_ROOMY if self.is_roomy else PLOT)
        self._prepare_neighbours(view_model, programme)
        again = self._again(view_model, programme)
        shown = replace(
            found,
            standings=self.ordered(
                [
                    {**row, "title": found.titles[row["partner"]]}
                    for row in rows.with_names(view_model.scenario, found.standings)
                ]
            ),
        )
        return lambda width: self.marked(robustness_sheet(shown, again, width, opened))

    def table(self, view_model: ViewModel) -> Table:
        """Return how often each partner takes the first places."""
        return tables.standings_table(view_model.analysis, self.programme(view_model))

    def _prepare_neighbours(self, view_model: ViewModel, programme: str) -> None:
        """Have the programmes next to this one looked into before anybody turns to them."""
        names = list(view_model.programmes)
        at = names.index(programme)
        for near in names[max(at - NEIGHBOURS, 0) : at + NEIGHBOURS + 1]:
            name = ("robustness", near)
            if name not in view_model.findings:
                self.shell.jobs.ask_in_time(Query(view_model, name, partial(study, programme=near)))

    def _again(self, view_model: ViewModel, programme: str) -> Again | None:
        """Return how often the choice would come out the same.

        Why not where it was given up or went wrong, None while it is being worked out.
        """
        if not view_model.is_priced:
            return None
        fuller = self.ask(refinement.CHOICES, lambda _: refinement.counted(view_model))
        if fuller is not None:
            return _chosen_again(fuller.analysis, programme)
        failure = view_model.findings.get(refinement.CHOICES)
        return Again([failure.reason], "", (), ()) if isinstance(failure, Failure) else None

    def _open_in(self, found: Study) -> str | None:
        """Return the weight whose chart is shown: the one opened, else the most sensitive."""
        if self._is_closed:
            return None
        return self._opened if self._opened in found.lines else found.nearest_weight

    @on(SheetView.Opened, "#page")
    def _open(self, event: SheetView.Opened) -> None:
        if section_of(event.key) != "weights" or self.view_model is None:
            return
        criterion = item_of(event.key).partition("/")[0]
        name = ("robustness", self.programme(self.view_model))
        found = self.view_model.findings.get(name)
        is_open = isinstance(found, Study) and self._open_in(found) == criterion
        self._opened, self._is_closed = (None, True) if is_open else (criterion, False)
        self.draw(self.view_model)
        event.view.lead(event.key)


def study(analysis: Analysis, programme: str) -> Study:
    """Return what is known of how sure a programme's ranking is."""
    from partnerselect.analysis import turning_points
    from partnerselect.robustness import criterion_title

    scenario = analysis.scenario
    standings, turns = rows.standing_rows(analysis, programme), turning_points(analysis, programme)
    said = [rows.leader_words(analysis, programme), f"{rows.how_it_was_drawn(analysis)}."]
    return Study(
        standings=standings,
        standing_words={row["partner"]: rows.shut_words(row) for row in standings},
        drawn=" ".join(said).strip().replace("..", "."),
        intervals=[
            {**row, "title": criterion_title(scenario, row["criterion"])}
            for row in rows.interval_rows(analysis, programme)
        ],
        lines={row["criterion"]: row for row in rows.line_rows(analysis, programme)},
        headlines=rows.headlines(turns),
        turns=[told.words for told in turns],
        margins=rows.margin_rows(analysis, programme),
        margin_words=rows.margin_words(analysis, programme),
        questions=[row["words"] for row in rows.question_rows(analysis, programme)] or [NO_FINDING],
        titles=scenario.partner_titles,
        chosen=frozenset(
            row.partner
            for row in analysis.recommendation.ranking
            if row.programme == programme and row.chosen
        ),
        nearest_weight=next(
            (told.flip.subject for told in turns if told.flip.kind == "weight"), None
        ),
    )


def _chosen_again(analysis: Analysis, programme: str) -> Again:
    """Return how often a programme's choice would come out the same, once that is counted."""
    named = zip(
        analysis.choices.pairs if analysis.choices else (), rows.pair_rows(analysis), strict=True
    )
    how = rows.how_choices_were_drawn(analysis)
    return Again(
        told=[f"{how.removesuffix('.')}."] * bool(how) + rows.regret_words(analysis),
        verdict=rows.choice_words(analysis, programme),
        pairs=[row for pair, row in named if pair.programme == programme],
        others=[row for row in rows.portfolio_rows(analysis) if not row["recommended"]][
            : rows.NEXT_BEST
        ],
    )
