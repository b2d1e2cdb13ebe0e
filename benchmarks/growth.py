"""How it grows, `python -m benchmarks.growth`: build and first answer with the size of the case, the study with the draws.

No ratio and no aim here but the ones printed; every row is one run in a process of its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import cases

SHIPPED = Path(__file__).parents[1] / "scenarios" / "shsc-2021.yaml"
SIZES = ((5, 5, 2), (10, 10, 2), (20, 12, 4), (50, 20, 4), (200, 50, 5))
TIME_LIMIT = 20.0
DRAWS = (1_000, 10_000, 100_000, 1_000_000)


def main(asked: list[str]) -> None:
    """Print the tables, or measure the one row asked for."""
    if asked:
        print(
            *(_allocated(*map(int, asked[1:])) if asked[0] == "size" else _studied(int(asked[1]))),
            sep=" | ",
        )
        return
    print(
        "| programmes × partners × needs | build, s | answer, s | state | gap |\n| --- | ---: |"
        " ---: | --- | ---: |"
    )
    for size in ((0, 0, 0), *SIZES):
        print(
            f"| {'shipped scenario' if not any(size) else ' × '.join(map(str, size))} |"
            f" {_in_a_process('size', *size)} |",
            flush=True,
        )
    print("\n| draws, shipped scenario | seconds | peak memory, MB |\n| ---: | ---: | ---: |")
    for draws in DRAWS:
        print(f"| {draws:,} | {_in_a_process('draws', draws)} |", flush=True)


def _in_a_process(*words: object) -> str:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", *map(str, words)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def _allocated(programmes: int, partners: int, needs: int) -> tuple[str, str, str, str]:
    # the process that prints needs none of it
    from partnerselect.allocation import Allocator  # noqa: PLC0415
    from partnerselect.files import load  # noqa: PLC0415 - only the process that measures needs it

    # only the process that measures needs it
    from partnerselect.model import Scenario  # noqa: PLC0415

    # only the process that measures needs it
    from partnerselect.value.performance import performance_table  # noqa: PLC0415

    # only the process that measures needs it
    from partnerselect.value.scoring import score  # noqa: PLC0415

    made = (
        Scenario.from_data(
            cases.many_needs(programmes=programmes, partners=partners, needs=needs, seed=1)
        )
        if programmes
        else load(SHIPPED).scenario
    )
    scenario = made.with_change("analysis.time-limit", TIME_LIMIT)
    start = time.perf_counter()
    table = performance_table(scenario)
    allocator = Allocator(scenario, table, score(scenario, table))
    _ = allocator.model
    built = time.perf_counter() - start
    found = allocator.best()
    return (
        f"{built:.3f}",
        f"{found.seconds:.3f}",
        found.state,
        "" if found.gap is None else f"{100 * found.gap:.2f}%",
    )


def _studied(draws: int) -> tuple[str, str]:
    # only the process that measures needs it
    from partnerselect.advice import examine  # noqa: PLC0415
    from partnerselect.files import load  # noqa: PLC0415 - only the process that measures needs it

    # only the process that measures needs it
    from partnerselect.robustness.simulation import simulate  # noqa: PLC0415

    scenario = load(SHIPPED).scenario.with_change("analysis.samples", draws)
    examined = examine(scenario)
    start = time.perf_counter()
    simulate(scenario, examined.table, examined.scores)
    return (
        f"{time.perf_counter() - start:.3f}",
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}",
    )


if __name__ == "__main__":
    main(sys.argv[1:])
