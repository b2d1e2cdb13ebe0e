"""Ratios measured in pairs: ours and theirs in turn, in one run, so that a busy machine slows both."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

Pair = tuple[float, float]
"""Seconds of ours, seconds of theirs, measured one after the other."""


@dataclass(frozen=True)
class Benchmark:
    """What is compared, the ratio aimed at, and how one pair is measured."""

    name: str
    theirs: str
    aim: float
    prepare: Callable[[], Callable[[], Pair]]
    """Makes the inputs, outside the measured time, and returns what measures one pair."""
    pairs: int = 9
    each: bool = False
    """Whether every pair is another case, and each has to meet the aim; none then warms up."""


@dataclass(frozen=True)
class Outcome:
    """All pairs of one benchmark, the warm-up left out."""

    benchmark: Benchmark
    pairs: tuple[Pair, ...]

    @property
    def ratios(self) -> list[float]:
        """Ours over theirs, pair by pair."""
        return [ours / theirs for ours, theirs in self.pairs]

    @property
    def met(self) -> bool:
        """Whether the median ratio meets the aim, or every one where each has to."""
        typical = max if self.benchmark.each else statistics.median
        return typical(self.ratios) <= self.benchmark.aim

    def row(self) -> tuple[str, ...]:
        """Return the cells of the printed table."""
        ratios = self.ratios
        ours, theirs = (statistics.median(column) for column in zip(*self.pairs, strict=True))
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        return (
            self.benchmark.name,
            f"≤ {self.benchmark.aim:g}",
            spread,
            "yes" if self.met else "**NO**",
            _seconds(ours),
            f"{_seconds(theirs)}  {self.benchmark.theirs}",
        )


def run(benchmark: Benchmark) -> Outcome:
    """Measure one benchmark; the first pair warms up and is not counted, but where it is a case."""
    pair = benchmark.prepare()
    if not benchmark.each:
        pair()
    return Outcome(benchmark, tuple(pair() for _ in range(benchmark.pairs)))


def timed(action: Callable[[], object]) -> float:
    """Return the seconds that one call takes, the rubbish of earlier calls collected before."""
    gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turn(ours: Callable[[], object], theirs: Callable[[], object]) -> Callable[[], Pair]:
    """Return what measures ours, then theirs."""
    return lambda: (timed(ours), timed(theirs))


@contextmanager
def stopwatch(owner: type, method: str) -> Iterator[list[float]]:
    """Collect the seconds in which a method of a library is at work while the block runs.

    In however many threads: time in which several are at work counts once.
    """
    original, lock = getattr(owner, method), Lock()
    spent, at_work, since = list[float](), 0, 0.0

    def watched(*args: object, **options: object) -> object:
        nonlocal at_work, since
        with lock:
            since = since if at_work else time.perf_counter()
            at_work += 1
        try:
            return original(*args, **options)
        finally:
            with lock:
                at_work -= 1
                if not at_work:
                    spent.append(time.perf_counter() - since)

    setattr(owner, method, watched)
    try:
        yield spent
    finally:
        setattr(owner, method, original)


def _seconds(value: float) -> str:
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"
