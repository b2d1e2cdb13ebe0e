from __future__ import annotations

from pathlib import Path

import highspy
import pytest

from partnerselect.optimiser import Model
from partnerselect.optimiser.building import build
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
def test_the_solver_holds_the_programme_as_it_stands(family: str) -> None:
    f, objective = formulated(FAMILIES[family])
    solver, scales = build(f.program, objective)
    held = solver.getLp()
    assert list(held.col_cost_) == objective.tolist()
    assert (list(held.col_lower_), list(held.col_upper_)) == (f.program.lower, f.program.upper)
    assert [
        kind == highspy.HighsVarType.kInteger for kind in held.integrality_
    ] == f.program.integer
    for number, (row, scale) in enumerate(zip(f.program.rows, scales, strict=True)):
        _, lower, upper, _ = solver.getRow(number)
        _, columns, coefficients = solver.getRowEntries(number)
        assert (lower, upper) == (row.lower * scale, row.upper * scale), row.name
        assert dict(zip(columns, coefficients, strict=True)) == {
            column: coefficient * scale
            for column, coefficient in zip(row.columns, row.coefficients, strict=True)
            if coefficient
        }, row.name
