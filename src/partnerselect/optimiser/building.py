"""From plain data to the solver's memory."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from partnerselect.arrays import FloatArray
from partnerselect.optimiser.program import Arrays, Program

ABSOLUTE_GAP = 1e-6
INTEGRALITY = 1e-9
"""How far from whole a binary may be: at the usual 1e-6, £100,000 is overspent by ten pence."""
AGGREGATOR = 1 << 12
"""The presolve rule left out: with it HiGHS 1.15.1 loses optima (docs/decisions/0004)."""
LARGE = 1_000.0
"""Coefficients beyond this are scaled down with their row: sums in the hundred thousands break
tolerances, and the solver."""
TINY = 1e-3
"""A row whose coefficients are all below this is scaled up: the solver drops what is under 1e-9."""
SMALL = 5_000
"""Columns up to which restarts, symmetry detection and feasibility jump cost more than they
bring."""


def build(program: Program | Arrays, objective: FloatArray) -> tuple[Any, FloatArray]:
    """Pass a programme to a solver of its own, to be minimised.

    Args:
        program: columns and rows; the solver numbers both in the same order.
        objective: shape (columns,).

    Returns:
        The solver, and what every row is multiplied with there, (rows,).
    """
    arrays = program.as_arrays() if isinstance(program, Program) else program
    lp, scales = highspy.HighsLp(), row_scales(arrays.largest)
    lp.num_col_, lp.num_row_ = arrays.size, arrays.height
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = (
        np.asarray(objective, dtype=float),
        arrays.lower,
        arrays.upper,
    )
    lp.row_lower_, lp.row_upper_ = arrays.row_lower * scales, arrays.row_upper * scales
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = (
        arrays.starts.astype(np.int32),
        arrays.columns.astype(np.int32),
    )
    lp.a_matrix_.value_ = arrays.coefficients * scales[arrays.row_of]
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[integer] for integer in arrays.integer.tolist()]
    highs = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, **_options(arrays.size)}.items():
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    return highs, scales


def row_scales(largest: FloatArray) -> FloatArray:
    """Return the powers of two that bring rows' largest coefficients down to LARGE, or up to 1.

    (rows,); 1 where they lie between, or there are none.
    """
    some = np.where(largest > 0, largest, 1.0)
    down, up = -np.ceil(np.log2(some / LARGE)), -np.floor(np.log2(some))
    return np.asarray(2.0 ** np.where(some > LARGE, down, np.where(some < TINY, up, 0.0)))


def _options(size: int) -> dict[str, Any]:
    exact = {
        "mip_abs_gap": ABSOLUTE_GAP,
        "mip_feasibility_tolerance": INTEGRALITY,
        "primal_feasibility_tolerance": INTEGRALITY,
        "presolve_rule_off": AGGREGATOR,
        "mip_rel_gap": 0.0,
        "random_seed": 0,
    }
    lean = {
        "mip_heuristic_run_feasibility_jump": False,
        "mip_detect_symmetry": False,
        "mip_allow_restart": False,
    }
    return {**exact, **lean} if size <= SMALL else exact


def row_scale(coefficients: FloatArray) -> float:
    """Return the scale of one row (see `row_scales`)."""
    return float(row_scales(np.abs(coefficients).max(initial=0.0)))
