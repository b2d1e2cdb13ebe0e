"""The same rows given to HiGHS at once, as arrays, with nothing of ours set: what partnerselect is held against."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from partnerselect.allocation.problem import Formulation
from partnerselect.arrays import FloatArray


# highspy is untyped
def highs_alone(formulation: Formulation, value: FloatArray) -> Any:  # noqa: ANN401
    """Return HiGHS with the rows of an allocation, on one thread, to maximise a value.

    (columns,).
    """
    arrays, lp, highs = formulation.program.as_arrays(), highspy.HighsLp(), highspy.Highs()
    lp.num_col_, lp.num_row_ = arrays.size, arrays.height
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = -value, arrays.lower, arrays.upper
    lp.row_lower_, lp.row_upper_ = arrays.row_lower, arrays.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = (
        arrays.starts.astype(np.int32),
        arrays.columns.astype(np.int32),
    )
    lp.a_matrix_.value_ = arrays.coefficients
    kinds: Any = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[integer] for integer in arrays.integer.tolist()]
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.passModel(lp)
    return highs
