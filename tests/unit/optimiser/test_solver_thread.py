"""A solve that is listened to tells how far it is, and ends when it is asked to, whatever the solver does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import highspy
import numpy as np
import pytest

from partnerselect.optimiser import Model, Program, is_at_rest, solver_thread


def knapsacks(columns: int = 300, rows: int = 30) -> Model:
    """Return a programme that takes minutes to prove."""
    rng = np.random.default_rng(0)
    program = Program()
    things = [program.column(f"x{number}") for number in range(columns)]
    for number in range(rows):
        weights = rng.integers(1, 100, size=columns)
        program.row(
            "room",
            f"r{number}",
            [(thing, float(weight)) for thing, weight in zip(things, weights, strict=True)],
            upper=float(weights.sum() / 3),
        )
    return Model(program, -rng.integers(1, 100, size=columns).astype(float), offset=1000.0)


@pytest.fixture(autouse=True)
def _wait_for_the_solver() -> Iterator[None]:
    """Let no abandoned solver live into the next test."""
    yield
    until = time.perf_counter() + 10
    while not is_at_rest() and time.perf_counter() < until:
        time.sleep(0.01)
    assert is_at_rest()


def test_who_listens_hears_a_bound_and_a_best_that_only_come_closer() -> None:
    heard: list[tuple[float, float]] = []

    def listen(bound: float, best: float) -> bool:
        heard.append((bound, best))
        return False

    solution = knapsacks().solve(time_limit=1.0, listener=listen)
    bounds, bests = (list(column) for column in zip(*heard, strict=True))
    assert bounds == sorted(bounds)
    assert bests == sorted(bests, reverse=True)
    assert solution.objective is not None
    assert bounds[-1] <= solution.bound <= solution.objective <= bests[-1] < 0, (
        "the constant is part of all of them"
    )


def test_a_search_that_is_stopped_ends_at_once_with_the_best_so_far() -> None:
    begun = time.process_time()
    asked: list[float] = []

    def enough(_bound: float, best: float) -> bool:
        if best < np.inf:
            asked.append(time.process_time())
        return bool(asked)

    solution = knapsacks().solve(time_limit=60, listener=enough)
    assert time.process_time() - asked[0] < 0.5
    assert time.process_time() - begun < 30
    assert solution.state == "stopped"
    assert solution.values is not None
    assert solution.objective is not None
    assert solution.bound <= solution.objective


def test_whoever_only_listens_changes_nothing_about_the_answer() -> None:
    program = Program()
    gold, silver = program.column("gold"), program.column("silver")
    program.row("room", "room", [(gold, 4.0), (silver, 3.0)], upper=5.0)
    solution = Model(program, np.array([-10.0, -6.0])).solve(listener=lambda *_: False)
    assert solution.state == "optimal"
    assert (solution.objective, solution.bound) == pytest.approx((-10, -10))


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put a solver behind the door that does not look up while the test lasts: the one thing that the real one cannot be made to do at will."""
    is_over = threading.Event()
    monkeypatch.setattr(highspy.Highs, "run", lambda _: is_over.wait(60))
    monkeypatch.setattr(solver_thread, "OVERRUN", 0.1)
    yield
    is_over.set()


@pytest.mark.usefixtures("hanging")
def test_a_solver_that_hangs_is_abandoned_and_nothing_stale_is_read_from_it() -> None:
    model = knapsacks()
    solution = model.solve(time_limit=0.1, listener=lambda *_: False)
    assert (solution.state, solution.values, solution.objective, solution.bound) == (
        "stopped",
        None,
        None,
        -np.inf,
    )
    assert model.is_abandoned


@pytest.mark.usefixtures("hanging")
def test_an_abandoned_model_takes_every_change_and_answers_nothing() -> None:
    model = knapsacks()
    model.solve(time_limit=60, listener=lambda *_: True)
    model.set_objective(np.zeros(300))
    model.set_column_bounds([0, 1], 1.0, 1.0)
    model.set_row_bounds(0, 0.0, 0.0)
    model.set_row_bounds(model.add_row(np.ones(300)), -np.inf, 1.0)
    for _ in range(2):
        solution, relaxation = model.solve(), model.relaxed()
        assert (solution.state, solution.values, solution.objective) == ("stopped", None, None)
        assert (relaxation.bound, relaxation.values) == (-np.inf, None)


def test_what_breaks_in_the_solver_is_raised_where_it_was_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(_: object) -> None:
        message = "out of memory"
        raise MemoryError(message)

    model = knapsacks()
    monkeypatch.setattr(highspy.Highs, "run", breaks)
    with pytest.raises(MemoryError, match="out of memory"):
        model.solve(listener=lambda *_: False)
