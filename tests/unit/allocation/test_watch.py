"""Whoever watches a choice sees it come closer, and may have the best so far at any moment."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from benchmarks import cases
from partnerselect.allocation import Allocator
from partnerselect.allocation.outcome import UnansweredError
from partnerselect.analysis import analyse, prices, spending, with_and_without
from partnerselect.model import Scenario
from partnerselect.optimiser import Solution
from partnerselect.optimiser.solver_thread import SolverThread
from partnerselect.optimiser.watch import Progress, Search, Watch
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score


def _scenario(programmes: int, partners: int, needs: int) -> Scenario:
    made = Scenario.from_data(
        cases.many_needs(programmes=programmes, partners=partners, needs=needs, seed=1)
    )
    return made.with_change("analysis.time-limit", 60)


ENOUGH = 20
"""Times that a search has told how far it is, after which it may end."""


def _allocator(scenario: Scenario, watch: Watch) -> Allocator:
    table = performance_table(scenario)
    return Allocator(scenario, table, score(scenario, table), watch)


@pytest.mark.parametrize("sizes", [(14, 12, 4), (40, 20, 4)], ids=["small", "large"])
def test_stopping_gives_the_best_so_far_with_its_gap(sizes: tuple[int, int, int]) -> None:
    heard: list[Progress] = []
    stopped: list[float] = []

    def tell(progress: Progress) -> None:
        heard.append(progress)
        if progress.best is not None and progress.bound is not None and not stopped:
            stopped.append(time.process_time())
            watch.stop()

    watch = Watch(tell)
    found = _allocator(_scenario(*sizes), watch).best()
    assert time.process_time() - stopped[0] < 0.5
    assert found.state == "within-gap"
    assert found.is_stopped
    assert found.account is not None
    assert found.bound is not None
    assert heard[-1].best is not None
    assert heard[-1].best - 1e-6 <= found.account.value <= found.bound
    assert found.gap == pytest.approx(
        (found.bound - found.account.value) / max(found.account.value, 1.0)
    )


def test_the_best_told_never_gets_worse_nor_the_bound_looser() -> None:
    heard: list[Progress] = []

    def tell(progress: Progress) -> None:
        heard.append(progress)
        if progress.best is not None and len(heard) > ENOUGH:
            watch.stop()

    watch = Watch(tell)
    found = _allocator(_scenario(40, 20, 4).with_change("analysis.time-limit", 120), watch).best()
    bests = [progress.best for progress in heard if progress.best is not None]
    bounds = [progress.bound for progress in heard if progress.bound is not None]
    assert bests == sorted(bests)
    assert bounds == sorted(bounds, reverse=True)
    assert found.account is not None
    assert bests[-1] <= found.account.value + 1e-6


def test_another_thread_may_stop_it_before_anything_is_known() -> None:
    watch = Watch()
    threading.Timer(0.05, watch.stop).start()
    begun = time.process_time()
    found = _allocator(_scenario(60, 20, 4), watch).best()
    assert time.process_time() - begun < 5
    assert found.is_stopped
    assert found.state in {"no-answer-yet", "within-gap"}
    assert (found.account is None) == (found.state == "no-answer-yet")


def test_once_stopped_nothing_further_is_asked_and_nothing_is_claimed() -> None:
    """What was not examined says that it was not, and why: never shown as impossible."""
    watch = Watch()
    analysis = analyse(_scenario(6, 5, 2).with_change("analysis.samples", 0), watch)
    assert analysis.allocation.state == "optimal"
    assert analysis.allocation.account is not None
    watch.stop()
    begun = time.process_time()
    traced = spending(analysis)
    assert traced.why == "stopped"
    assert all(point.is_today for point in traced.points)
    assert {price.why for price in prices(analysis)} == {"stopped"}
    assert {(one.state, one.why) for one in with_and_without(analysis)} == {
        ("no-answer-yet", "stopped")
    }
    assert time.process_time() - begun < 1


def test_a_question_beside_stops_where_what_is_asked_meanwhile_fails() -> None:
    """It would otherwise go on for the minute that it is allowed."""
    allocator, found = _allocator(_scenario(40, 20, 4), Watch()), []
    begun = time.process_time()
    with (
        pytest.raises(KeyboardInterrupt),
        allocator.beside(lambda apart: found.append(apart.best())),
    ):
        raise KeyboardInterrupt
    assert found[0].is_stopped
    assert not allocator.watch.is_stopped
    assert time.process_time() - begun < 10


def test_a_question_beside_stops_with_the_allocator() -> None:
    watch = Watch()
    allocator = _allocator(_scenario(40, 20, 4), watch)
    with allocator.beside(Allocator.best) as answer:
        watch.stop()
        assert answer().is_stopped


def test_least_cost_is_told_in_money() -> None:
    heard: list[Progress] = []
    scenario = _scenario(14, 12, 4).with_changes(
        {"aim": {"least-cost": {"value-at-least": 40}}, "analysis.time-limit": 2}
    )
    found = _allocator(scenario, Watch(heard.append)).best()
    assert found.account is not None
    told = [progress for progress in heard if progress.best is not None]
    assert told[-1].best == pytest.approx(found.account.own_cost, rel=0.5)
    assert all(
        progress.bound is None or progress.best is None or progress.bound <= progress.best + 1e-6
        for progress in told
    )


@pytest.mark.parametrize("gap", [0.0, 0.03])
def test_no_gap_is_enough_before_there_is_an_answer(gap: float) -> None:
    """The solver has said nothing yet, and the early search only what no choice can be worth more than."""
    silent = SimpleNamespace(has_ended=False, incumbent=SimpleNamespace(bound=-np.inf, best=np.inf))
    search = Search(Watch(), sign=-1.0)
    search.beside(cast("SolverThread", silent), gap)
    assert not search.whole(-50.0, np.inf)
    assert search.whole(-50.0, -49.0) == (gap > 0)


def test_a_cost_that_was_not_proven_the_least_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time runs out between the value and the cheapest way to it."""
    allocator = _allocator(_scenario(4, 3, 1), Watch())
    allocator.best()
    answers = iter([allocator.solve(), Solution("stopped", None, None, -np.inf, 0.0)])
    monkeypatch.setattr(allocator, "solve", lambda **_: next(answers))
    with pytest.raises(UnansweredError):
        allocator.variation()
