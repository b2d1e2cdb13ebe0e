"""Plans measured: `python -m benchmarks.plans`, one table for a day's run, in seconds of the processor.

What is almost as good against the loop that a plain script would write: solve with PuLP, exclude
what was found by a row, solve again until the margin is passed. A plan judged against three solves
of the scenario. And 200 plans of a made-up case of 20 programmes and 12 partners.
"""

from __future__ import annotations

import platform
import sys
import time
from pathlib import Path

import pulp

from benchmarks.cases import many_needs
from partnerselect import files
from partnerselect.allocation import Allocator, Alternatives
from partnerselect.allocation.formulate import value_terms
from partnerselect.analysis import Analysis, alternatives, analyse_unpriced, judge
from partnerselect.model import Scenario
from partnerselect.optimiser.building import ABSOLUTE_GAP, as_pulp

SCENARIOS = Path(__file__).parents[1] / "scenarios"
SHIPPED = ("shsc-2021", "shsc-2021-smaller-team")
MARGIN, BORDER = 1.0, 1e-6
TIMES_FASTER, SOLVES, SECONDS = 20.0, 2.0, 30.0
"""What is aimed at: against cuts, against three solves, and of the larger case."""
HALF = 0.5


def main() -> None:
    """Print the table."""
    print(f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {platform.system()}\n")
    print("| what | ours, s | theirs, s | aim | met |")
    print("| --- | ---: | ---: | --- | --- |")
    for name in SHIPPED:
        _print_by_cuts(name)
    _print_judged()
    case = many_needs(programmes=20, partners=12, needs=2, seed=1)
    found, ours = _listed(analyse_unpriced(Scenario.from_data(case | {"analysis": {"samples": 0}})))
    met = _met(holds=ours <= SECONDS)
    what = f"{found.count} plans within a point, 20 × 12 × 2"
    print(f"| {what} | {ours:.2f} | | ≤ {SECONDS:g} s | {met} |", flush=True)


def _listed(analysis: Analysis) -> tuple[Alternatives, float]:
    begun = time.process_time()
    return alternatives(analysis, within=MARGIN), time.process_time() - begun


def _print_by_cuts(name: str) -> None:
    analysis = analyse_unpriced(_without_trials(files.load(SCENARIOS / f"{name}.yaml").scenario))
    found, ours = _listed(analysis)
    begun = time.process_time()
    count = _by_cuts(analysis)
    theirs = time.process_time() - begun
    if count != found.count:
        sys.exit(f"{name}: {found.count} plans, and {count} by cuts")
    met = _met(holds=theirs >= TIMES_FASTER * ours)
    what = f"{count} plans within a point, {name}, against cuts"
    aim = f"≥ {TIMES_FASTER:g} times faster"
    print(f"| {what} | {ours:.2f} | {theirs:.2f} | {aim} | {met} |", flush=True)


def _print_judged() -> None:
    scenario = _without_trials(files.load(SCENARIOS / "shsc-2021.yaml").scenario)
    national = {
        name: "nhsei-icbd"
        for name, programme in scenario.programmes.items()
        if set(programme.needs) & set(scenario.partners["nhsei-icbd"].offers)
    }
    plan = {"title": "The national team wherever it can", "choose": national}
    analysis = analyse_unpriced(scenario.with_change("plans", {"national": plan}))
    begun = time.process_time()
    for _ in range(3):
        Allocator(analysis.scenario, analysis.table, analysis.scores).best()
    solved = time.process_time()
    judge(analysis, ["national"])
    ours, theirs = time.process_time() - solved, solved - begun
    met = _met(holds=ours <= SOLVES * theirs)
    what = "one plan judged, shsc-2021, against three solves"
    print(f"| {what} | {ours:.2f} | {theirs:.2f} | ≤ {SOLVES:g} | {met} |", flush=True)


def _without_trials(scenario: Scenario) -> Scenario:
    return scenario.with_change("analysis.samples", 0)


def _met(*, holds: bool) -> str:
    return "yes" if holds else "NO"


def _by_cuts(analysis: Analysis) -> int:
    """Count the plans within the margin as a plain script would."""
    f = analysis.allocator.formulation
    terms, unchanged = value_terms(f)
    problem, variables = as_pulp(f.program, -terms)
    best, count = None, 0
    while True:
        solver = pulp.HiGHS(msg=False, threads=1, mip_abs_gap=ABSOLUTE_GAP, mip_rel_gap=0.0)
        problem.solve(solver)
        if problem.status != pulp.LpStatusOptimal:
            return count
        value = unchanged - float(pulp.value(problem.objective))
        best = value if best is None else best
        if value < best - MARGIN - BORDER:
            return count
        count += 1
        chosen = [variables[c] for c in f.telling if variables[c].value() > HALF]
        others = [variables[c] for c in f.telling if variables[c].value() <= HALF]
        problem += pulp.lpSum(chosen) - pulp.lpSum(others) <= len(chosen) - 1


if __name__ == "__main__":
    main()
