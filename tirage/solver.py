"""HiGHS, quiet and on one thread: linear and integer programmes written as dense rows.

Same programme in, same answer out: no time limit, no parallelism, no random start.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from .errors import TirageError

Vector = NDArray[np.float64]
Numbers = Sequence[float] | Vector | NDArray[np.int64]
Bounds = tuple[Numbers, Numbers]
INFINITY = float(highspy.kHighsInf)


class _Quiet(highspy.Highs):
    def enableCallbacks(self) -> None:  # noqa: N802
        # HiGHS greets on standard output from here on, where `protocole` must print its bytes and nothing else.
        self.silent()
        super().enableCallbacks()


@dataclass(frozen=True)
class Solution:
    """Values of the columns, duals of the rows and reduced costs, for a cost that is minimised."""

    value: float
    columns: Vector
    row_duals: Vector
    column_duals: Vector


class Programme:
    """Minimise cost · x under lower ≤ x ≤ upper and row_lower ≤ rows · x ≤ row_upper."""

    def __init__(
        self,
        cost: Numbers,
        bounds: Bounds,
        rows: Vector,
        row_bounds: Bounds,
        integer: bool = False,
    ) -> None:
        self._highs = _Quiet()
        self._columns = len(cost)
        for option, value in _OPTIONS.items():
            self._highs.setOptionValue(option, value)
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = rows.shape
        model.col_cost_ = np.asarray(cost, float)
        model.col_lower_, model.col_upper_ = (np.asarray(bound, float) for bound in bounds)
        model.row_lower_, model.row_upper_ = (np.asarray(bound, float) for bound in row_bounds)
        row_of, column_of = np.nonzero(rows)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.searchsorted(row_of, np.arange(len(rows) + 1)).astype(np.int32)
        model.a_matrix_.index_ = column_of.astype(np.int32)
        model.a_matrix_.value_ = rows[row_of, column_of]
        if integer:
            model.integrality_ = [highspy.HighsVarType.kInteger] * self._columns
        self._highs.passModel(model)

    def set_costs(self, cost: Vector) -> None:
        self._highs.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), cost)

    def set_bounds(self, column: int, lower: float, upper: float) -> None:
        self._highs.changeColBounds(column, lower, upper)

    def set_row_bounds(self, row: int, lower: float, upper: float) -> None:
        self._highs.changeRowBounds(row, lower, upper)

    def set_coefficient(self, row: int, column: int, value: float) -> None:
        self._highs.changeCoeff(row, column, value)

    def add_column(self, entries: Vector) -> None:
        """Add a variable ≥ 0 that costs nothing, with these entries, one per row."""
        rows = np.flatnonzero(entries).astype(np.int32)
        self._highs.addCol(0.0, 0.0, INFINITY, len(rows), rows, entries[rows])
        self._columns += 1

    def solve(self) -> Solution | None:
        """The optimum, or None where nothing satisfies the rows. Raises TirageError if HiGHS gives up."""
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise TirageError("calcul", etat=self._highs.modelStatusToString(status))
        found = self._highs.getSolution()
        return Solution(
            float(self._highs.getObjectiveValue()),
            np.array(found.col_value),
            np.array(found.row_dual),
            np.array(found.col_dual),
        )


_OPTIONS: dict[str, bool | float | str] = {
    "threads": 1,
    "parallel": "off",
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}
