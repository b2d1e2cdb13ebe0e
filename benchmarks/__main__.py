"""Measure everything and print one table: `python -m benchmarks [NAME…]`.

A name picks what contains it.
"""

from __future__ import annotations

import os
import platform
import sys

from benchmarks import answers, batch, comparisons, draws, register, resolve, screens
from benchmarks.measure import run

HEADINGS = ("benchmark", "aim", "ratio: median (min–max)", "met", "ours", "theirs")


def main(names: list[str]) -> None:
    """Run what was asked for and print a row as soon as it is known."""
    every = (
        *comparisons.BENCHMARKS,
        *answers.BENCHMARKS,
        *draws.BENCHMARKS,
        *batch.BENCHMARKS,
        *register.BENCHMARKS,
        *resolve.BENCHMARKS,
        *screens.BENCHMARKS,
    )
    chosen = [
        benchmark
        for benchmark in every
        if not names or any(name in benchmark.name for name in names)
    ]
    load = f"; load at the beginning {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores; each"
        f" ratio from pairs taken in turn{load}\n"
    )
    _print_row(HEADINGS)
    _print_row(tuple("-" * 3 for _ in HEADINGS))
    for benchmark in chosen:
        _print_row(run(benchmark).row())


def _print_row(cells: tuple[str, ...]) -> None:
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
