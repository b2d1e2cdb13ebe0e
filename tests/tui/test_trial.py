"""A change is ranked at once where that takes no time, and the screen waits for nothing that takes longer."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event, Timer

import pytest

from partnerselect.analysis import Analysis
from partnerselect.model.scenario import Scenario
from partnerselect.tui.picture import Picture
from partnerselect.tui.trial import thinker
from partnerselect.tui.trial.desk import Desk
from partnerselect.tui.trial.thinker import Thought
from partnerselect.what_if import answers
from partnerselect.what_if.answers import Scored
from tests.tui.conftest import PATIENCE

WEIGHT = {"criteria.value.weight": 20}


@pytest.fixture
def picture(shipped: Analysis, folder: Path) -> Picture:
    return Picture(shipped, (folder / "shsc-2021.yaml",))


def changed(desk: Desk, picture: Picture) -> None:
    path = picture.sources[0]
    desk.change(path, picture, desk.begun(path, picture).whatif.changed(WEIGHT))


def test_a_ranking_that_is_there_at_once_comes_with_the_change(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinker, "RANKING", PATIENCE)
    delivered: list[Thought] = []
    desk = Desk(delivered.append)
    changed(desk, picture)
    trial = desk.of(picture.sources[0])
    assert trial is not None
    assert not desk.take(picture.sources[0], delivered[0])
    assert trial.ranking.scenario is trial.whatif.scenario
    assert trial.is_current
    assert trial.chosen.layer == "seen"
    assert desk.is_at_rest(PATIENCE)


def test_a_ranking_that_takes_long_is_delivered_when_it_is_there(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_rank, ranked, delivered = Event(), answers.scored, list[Thought]()
    told = Event()

    def slow(scenario: Scenario, before: Scored | None = None) -> Scored:
        may_rank.wait(PATIENCE)
        return ranked(scenario, before)

    def deliver(thought: Thought) -> None:
        delivered.append(thought)
        told.set()

    monkeypatch.setattr(answers, "scored", slow)
    desk = Desk(deliver)
    changed(desk, picture)
    trial = desk.of(picture.sources[0])
    assert trial is not None
    assert trial.scored is None
    may_rank.set()
    assert told.wait(PATIENCE)
    assert desk.take(picture.sources[0], delivered[0])
    trial = desk.of(picture.sources[0])
    assert trial is not None
    assert trial.ranking.scenario is trial.whatif.scenario
    assert desk.is_at_rest(PATIENCE)


def test_the_ranking_of_an_earlier_change_is_not_taken_for_that_of_the_latest(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier one is done only while the latest is waited for."""
    may_rank, ranked = Event(), answers.scored

    def slow(scenario: Scenario, before: Scored | None = None) -> Scored:
        may_rank.wait(PATIENCE)
        time.sleep(0.1)
        return ranked(scenario, before)

    monkeypatch.setattr(answers, "scored", slow)
    desk, path = Desk(lambda _: None), picture.sources[0]
    changed(desk, picture)
    monkeypatch.setattr(thinker, "RANKING", PATIENCE)
    Timer(0.1, may_rank.set).start()
    desk.change(
        path, picture, desk.begun(path, picture).whatif.changed({"criteria.value.weight": 30})
    )
    trial = desk.of(path)
    assert trial is not None
    assert trial.ranking.scenario is trial.whatif.scenario
    assert desk.is_at_rest(PATIENCE)
