"""How near to the best possible, and when: `python -m benchmarks.large`, one table for a day's run.

Cases in which everything is short (`cases.tight`), the same for HiGHS alone on the same model and
for partnerselect, each in a process of its own with the same time limit. Every second counts from
the start of formulating: what a user waits for. The gap is measured against the tighter of the two
bounds that partnerselect found for the case, for both.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from benchmarks import cases

DOSED = "levels and a group"
Size = tuple[int, int, int]
SIZES: tuple[tuple[str, Size], ...] = (
    ("", (20, 12, 4)),
    ("", (50, 20, 4)),
    ("", (200, 50, 5)),
    (DOSED, (200, 50, 5)),
    ("", (1000, 100, 5)),
)
LIMITS = (1.0, 5.0, 20.0)
AIMS = {
    ((50, 20, 4), 1.0): 0.01,
    ((200, 50, 5), 5.0): 0.01,
    ((200, 50, 5), 20.0): 0.005,
    ((1000, 100, 5), 20.0): 0.01,
}
PATIENCE = 300.0
"""Seconds after which a process that does not come back is given up."""


@dataclass(frozen=True)
class Run:
    """What one process found."""

    value: float | None
    bound: float | None
    seconds: float
    work: float
    """Seconds of the processor: what it would have taken on a machine with nothing else to do."""
    memory: float
    """Megabytes, at most."""


def main(asked: list[str]) -> None:
    """Print the table, or run the one case asked for."""
    if asked and asked[0] in {"ours", "highs"}:
        print(
            json.dumps(
                _measured(asked[0], *map(int, asked[1:4]), limit=float(asked[4]), kind=asked[5])
            ),
            flush=True,
        )
        os._exit(0)  # a solver that does not look up is not waited for
    load = f"; load at the beginning {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {platform.system()},"
        f" {os.cpu_count()} cores{load}\n"
    )
    print(
        "| programmes × partners × needs | limit, s | | gap | value | took, s | of the processor, s"
        " | MB | aim | met |"
    )
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for kind, size in SIZES:
        if not asked or not {kind, "x".join(map(str, size))}.isdisjoint(asked):
            _print_size(kind, size)


def _print_size(kind: str, size: Size) -> None:
    found = {
        (who, limit): _in_a_process(who, kind, size, limit)
        for limit in LIMITS
        for who in ("highs", "ours")
    }
    bounds = [run.bound for run in found.values() if run is not None and run.bound is not None]
    best = min(bounds, default=None)
    for (who, limit), run in found.items():
        aim = AIMS.get((size, limit)) if who == "ours" else None
        print(
            f"| {' × '.join(map(str, size))}{kind and f', {kind}'} | {limit:g} | {_NAMES[who]} |"
            f" {_cells(run, best, aim)} |",
            flush=True,
        )


_NAMES = {"ours": "partnerselect", "highs": "HiGHS alone"}


def _cells(run: Run | None, best: float | None, aim: float | None) -> str:
    if run is None:
        return f"did not come back in {PATIENCE:g} s | | | | | |"
    gap = (
        None
        if run.value is None or best is None
        else max(best - run.value, 0.0) / max(run.value, 1.0)
    )
    told = [
        "no answer" if gap is None else f"{100 * gap:.2f}%",
        "" if run.value is None else f"{run.value:.3f}",
    ]
    told += [f"{run.seconds:.1f}", f"{run.work:.1f}", f"{run.memory:.0f}"]
    met = "" if aim is None else "yes" if gap is not None and gap <= aim else "NO"
    return " | ".join([*told, "" if aim is None else f"{100 * aim:g}%", met])


def _in_a_process(who: str, kind: str, size: Size, limit: float) -> Run | None:
    command = [sys.executable, "-m", "benchmarks.large", who, *map(str, size), str(limit), kind]
    try:
        ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    return Run(**json.loads(ran.stdout.splitlines()[-1]))


def _measured(
    who: str, programmes: int, partners: int, needs: int, *, limit: float, kind: str
) -> dict[str, Any]:
    # the process that prints needs none of it
    from partnerselect.model import Scenario  # noqa: PLC0415

    make = cases.dosed if kind else cases.tight
    made = Scenario.from_data(make(programmes=programmes, partners=partners, needs=needs, seed=1))
    before = time.process_time()
    begun = time.perf_counter()
    value, bound = (_ours if who == "ours" else _highs)(made, limit)
    seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "value": value,
        "bound": bound,
        "seconds": seconds,
        "work": time.process_time() - before,
        "memory": used,
    }


# imported by the process that measures
def _ours(scenario: Any, limit: float) -> tuple[float | None, float | None]:  # noqa: ANN401
    # only the process that measures needs it
    from partnerselect.allocation import Allocator  # noqa: PLC0415

    # only the process that measures needs it
    from partnerselect.value.performance import performance_table  # noqa: PLC0415

    # only the process that measures needs it
    from partnerselect.value.scoring import score  # noqa: PLC0415

    begun = time.perf_counter()
    table = performance_table(scenario)
    scores = score(scenario, table)
    left = max(limit - (time.perf_counter() - begun), 0.01)
    found = Allocator(scenario.with_change("analysis.time-limit", left), table, scores).best()
    return found.account.value if found.account else None, found.bound


# imported by the process that measures
def _highs(scenario: Any, limit: float) -> tuple[float | None, float | None]:  # noqa: ANN401
    """Pass the same rows to HiGHS at once, as arrays, with nothing set but the time limit and one thread."""
    import highspy  # noqa: PLC0415 - only the process that measures needs it
    import numpy as np  # noqa: PLC0415 - only the process that measures needs it

    # only the process that measures needs it
    from benchmarks.alone import highs_alone  # noqa: PLC0415

    # only the process that measures needs it
    from partnerselect.allocation.formulate import formulate, value_terms  # noqa: PLC0415

    # only the process that measures needs it
    from partnerselect.value.performance import performance_table  # noqa: PLC0415

    # only the process that measures needs it
    from partnerselect.value.scoring import score  # noqa: PLC0415

    begun = time.perf_counter()
    table = performance_table(scenario)
    formulation = formulate(scenario, table, score(scenario, table))
    value, unchanged = value_terms(formulation)
    highs = highs_alone(formulation, value)
    highs.setOptionValue("time_limit", max(limit - (time.perf_counter() - begun), 0.01))
    highs.run()
    info = highs.getInfo()
    answered = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = unchanged - info.mip_dual_bound
    return unchanged - info.objective_function_value if answered else None, float(
        bound
    ) if np.isfinite(bound) else None


if __name__ == "__main__":
    main(sys.argv[1:])
