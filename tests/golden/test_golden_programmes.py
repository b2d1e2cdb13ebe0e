from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest

from partnerselect.optimiser import Model, Row
from partnerselect.optimiser.building import as_pulp
from tests.golden.differences import difference
from tests.golden.families import FAMILIES
from tests.golden.places import PROGRAMS
from tests.golden.programs import formulated, text


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_of_constraints_is_written_as_committed(family: str) -> None:
    f, objective = formulated(FAMILIES[family])
    changed = difference(PROGRAMS / f"{family}.lp", text(f.program, objective))
    assert not changed, changed


def test_every_golden_programme_belongs_to_a_family() -> None:
    assert {path.stem for path in PROGRAMS.glob("*.lp")} == set(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_solver_that_reads_the_committed_file_finds_what_our_model_finds(family: str) -> None:
    f, objective = formulated(FAMILIES[family])
    ours = Model(f.program, objective).solve()
    read = _read(PROGRAMS / f"{family}.lp")
    read.run()
    assert ours.state == "optimal"
    assert read.modelStatusToString(read.getModelStatus()) == "Optimal"
    assert read.getInfo().objective_function_value == pytest.approx(ours.objective, abs=1e-6)


def _read(path: Path) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # a process that solves with one thread may not change it
    solver.readModel(str(path))
    return solver


@pytest.mark.parametrize("family", FAMILIES)
def test_pulp_is_given_the_programme_as_it_stands(family: str) -> None:
    f, objective = formulated(FAMILIES[family])
    problem, variables = as_pulp(f.program, objective)
    program, given, names = f.program, problem.toDict(), [one.name for one in variables]
    assert {v["name"]: (v["lowBound"], v["upBound"], v["cat"]) for v in given["variables"]} == {
        name: (lower, upper, "Integer" if integer else "Continuous")
        for name, lower, upper, integer in zip(
            names, program.lower, program.upper, program.integer, strict=True
        )
    }
    assert _terms(given["objective"]) == _named(names, range(program.size), objective)
    assert {
        row["name"]: (_terms(row), -row["constant"], row["sense"]) for row in given["constraints"]
    } == {
        row.name: (
            _named(names, row.columns, row.coefficients),
            row.lower if row.upper == np.inf else row.upper,
            _sense(row),
        )
        for row in program.rows
    }


def _terms(linear: dict[str, Any]) -> dict[str, float]:
    return {term["name"]: term["value"] for term in linear["coefficients"] if term["value"]}


def _named(
    names: list[str], columns: Iterable[int], coefficients: Iterable[float]
) -> dict[str, float]:
    return {
        names[column]: coefficient
        for column, coefficient in zip(columns, coefficients, strict=True)
        if coefficient
    }


def _sense(row: Row) -> int:
    """Return PuLP's sign of a relation: 0 for =, 1 for ≥, −1 for ≤."""
    return 0 if row.lower == row.upper else 1 if row.upper == np.inf else -1
