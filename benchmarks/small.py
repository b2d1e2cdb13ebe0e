"""Small cases against HiGHS alone on the same rows: `python -m benchmarks.small`, a row a case.

Ours: the first answer that is proven the best, with everything done for it (PuLP builds the model).
HiGHS alone: the same rows passed as arrays, run until proven (gap 0) with nothing else set but one
thread. Formulating is the same for both and counted for neither; what singling out one of several
equally good choices takes on top is a column of its own. Medians of several turns, in one process,
in seconds of the processor, so that a busy machine slows neither.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import cases
from benchmarks.alone import highs_alone
from partnerselect import files
from partnerselect.allocation import Allocator
from partnerselect.allocation.formulate import formulate, value_terms
from partnerselect.allocation.outcome import Kept
from partnerselect.allocation.problem import Formulation
from partnerselect.allocation.solve import first_answer
from partnerselect.model import Scenario
from partnerselect.optimiser.watch import PROVEN
from partnerselect.value.performance import performance_table
from partnerselect.value.scoring import score

SHIPPED = Path(__file__).parents[1] / "scenarios" / "shsc-2021.yaml"
SIZES = ((6, 5, 2), (9, 11, 1), (12, 8, 3))
SEEDS, TURNS = range(1, 6), 3
AIM = 1.1
LIMIT = 60.0
"""Seconds after which a case is given up by both."""


def small_cases(asked: list[str]) -> Iterator[tuple[str, Scenario]]:
    """Yield the shipped scenario and cases in which everything is short, of the sizes asked for."""
    if not asked or "shipped" in asked:
        yield "shipped, 9 × 11", files.load(SHIPPED).scenario
    for size in SIZES:
        if not asked or "x".join(map(str, size)) in asked:
            for seed in SEEDS:
                programmes, partners, needs = size
                made = cases.tight(programmes=programmes, partners=partners, needs=needs, seed=seed)
                yield (
                    f"{' × '.join(map(str, size))}, seed {seed}",
                    Scenario.from_data(made).with_change("analysis.time-limit", LIMIT),
                )


def proven(formulation: Formulation) -> tuple[float, float]:
    """Return the value, and the seconds until it is proven; no number where it is not."""
    allocator = _fresh(formulation)
    begun = time.process_time()
    found = first_answer(allocator)
    seconds = time.process_time() - begun
    if found.objective is None or found.objective - found.bound > PROVEN:
        return float("nan"), seconds
    return -found.objective, seconds


def singled_out(formulation: Formulation) -> float:
    """Return the seconds until one of the best choices is singled out as well."""
    allocator = _fresh(formulation)
    begun = time.process_time()
    allocator.best()
    return time.process_time() - begun


def _fresh(formulation: Formulation) -> Allocator:
    stated = formulation.scenario, formulation.table, formulation.scores
    return Allocator(*stated, kept=Kept(replace(formulation)))


def alone(formulation: Formulation) -> tuple[float, float]:
    """Return the value that HiGHS alone finds and the seconds it takes."""
    begun = time.process_time()
    value, unchanged = value_terms(formulation)
    highs = highs_alone(formulation, value)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("time_limit", LIMIT)
    highs.run()
    return unchanged - float(highs.getInfo().objective_function_value), time.process_time() - begun


def measured(scenario: Scenario) -> tuple[float, float, float]:
    """Return the median seconds of ours, of HiGHS alone, and of ours with one choice singled out.

    A wrong answer ends the run.
    """
    table = performance_table(scenario)
    formulation = formulate(scenario, table, score(scenario, table))
    turns = []
    for _ in range(TURNS):
        (value, seconds), whole = proven(formulation), singled_out(formulation)
        other, theirs = alone(formulation)
        same(value, other)
        turns.append((seconds, theirs, whole))
    return tuple(statistics.median(column) for column in zip(*turns, strict=True))


def same(value: float, other: float) -> None:
    """Stop the run where two answers differ."""
    if not abs(value - other) <= 1e-4 * max(abs(other), 1.0):
        message = f"the answers differ: {value}, {other}"
        raise ValueError(message)


def main(asked: list[str]) -> None:
    """Print a row for every case and one for all together."""
    load = f"; load at the beginning {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {platform.system()},"
        f" {os.cpu_count()} cores{load}\n"
    )
    print(
        f"| programmes × partners × needs | ours, ms | HiGHS alone, ms | ratio | ≤ {AIM:g} | with"
        " tie-breaks, ms |"
    )
    print("| --- | ---: | ---: | ---: | --- | ---: |")
    found = []
    for name, scenario in small_cases(asked):
        found.append(measured(scenario))
        _print_row(name, found[-1])
    _print_row("all together", tuple(sum(column) for column in zip(*found, strict=True)))
    ratios = [ours / theirs for ours, theirs, _ in found]
    print(
        f"\nMedian ratio {statistics.median(ratios):.2f}, greatest {max(ratios):.2f};"
        f" {sum(ratio <= AIM for ratio in ratios)} of {len(ratios)} cases meet it."
    )


def _print_row(name: str, seconds: tuple[float, float, float]) -> None:
    ours, theirs, whole = seconds
    met = "yes" if ours / theirs <= AIM else "NO"
    print(
        f"| {name} | {1000 * ours:.1f} | {1000 * theirs:.1f} | {ours / theirs:.2f} | {met} |"
        f" {1000 * whole:.1f} |",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
