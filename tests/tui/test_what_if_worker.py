"""A change is ranked at once where that takes no time, and the screen waits for nothing that takes longer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from partnerselect import what_if as lazy
from partnerselect.analysis import Analysis
from partnerselect.model.scenario import Scenario
from partnerselect.tui import what_if_worker
from partnerselect.tui.session import Session
from partnerselect.tui.view_model import ViewModel
from partnerselect.tui.what_if_worker import PartialResult, WhatIfWorker
from partnerselect.what_if.answers import Scored
from tests.tui.delivered import PATIENCE

WEIGHT = {"criteria.value.weight": 20}


@pytest.fixture
def view_model(shipped: Analysis, folder: Path) -> ViewModel:
    return ViewModel(shipped, (folder / "shsc-2021.yaml",))


def session_on(view_model: ViewModel, deliver: Callable[[PartialResult], object]) -> Session:
    path = view_model.sources[0]
    session = Session([path], WhatIfWorker(deliver))
    session.keep(path, view_model)
    return session


def change(session: Session, changes: dict[str, int]) -> None:
    assert session.what_if is not None
    session.change(session.what_if.edits.changed(changes))


def test_a_ranking_that_is_there_at_once_comes_with_the_change(
    view_model: ViewModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(what_if_worker, "RANKING", PATIENCE)
    delivered: list[PartialResult] = []
    session = session_on(view_model, delivered.append)
    change(session, WEIGHT)
    what_if = session.front.tried
    assert what_if is not None
    assert not session.take(delivered[0])
    assert what_if.ranking.scenario is what_if.edits.scenario
    assert what_if.is_current
    assert what_if.chosen.layer == "seen"
    assert session.is_at_rest(PATIENCE)


def test_a_ranking_that_takes_long_is_delivered_when_it_is_there(
    view_model: ViewModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_rank, ranked, delivered = Event(), lazy.scored, list[PartialResult]()
    told = Event()

    def slow(scenario: Scenario, before: Scored | None = None) -> Scored:
        may_rank.wait(PATIENCE)
        return ranked(scenario, before)

    def deliver(result: PartialResult) -> None:
        delivered.append(result)
        told.set()

    monkeypatch.setattr(lazy, "scored", slow)
    session = session_on(view_model, deliver)
    change(session, WEIGHT)
    what_if = session.front.tried
    assert what_if is not None
    assert what_if.scored is None
    may_rank.set()
    assert told.wait(PATIENCE)
    assert session.take(delivered[0])
    what_if = session.front.tried
    assert what_if is not None
    assert what_if.ranking.scenario is what_if.edits.scenario
    assert session.is_at_rest(PATIENCE)


def test_the_ranking_of_an_earlier_change_is_not_taken_for_that_of_the_latest(
    view_model: ViewModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier one is done only while the latest is waited for."""
    ranked, session = lazy.scored, session_on(view_model, lambda _: None)
    is_latest_asked = Event()

    def slow(scenario: Scenario, before: Scored | None = None) -> Scored:
        is_latest_asked.wait(PATIENCE)
        return ranked(scenario, before)

    class Asking(WhatIfWorker):
        def _interrupt(self) -> None:
            super()._interrupt()
            if self._newest is not None and self._newest.scenario.data["criteria"] != first:
                is_latest_asked.set()

    monkeypatch.setattr(lazy, "scored", slow)
    session.worker = Asking(lambda _: None)
    first = view_model.analysis.scenario.with_changes(WEIGHT).data["criteria"]
    change(session, WEIGHT)
    monkeypatch.setattr(what_if_worker, "RANKING", PATIENCE)
    change(session, {"criteria.value.weight": 30})
    what_if = session.front.tried
    assert what_if is not None
    assert what_if.ranking.scenario is what_if.edits.scenario
    assert session.is_at_rest(PATIENCE)
