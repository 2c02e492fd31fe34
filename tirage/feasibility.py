"""Quotas that cannot hold together: which ones, and the least to change (methode-tirage §2, quotas)."""

import numpy as np

from .errors import InputError
from .problem import Problem, Vector
from .solver import INFINITY, Programme


def require_feasible(problem: Problem) -> None:
    """Raise InputError `quotas-incompatibles` unless some composition respects every quota.

    Its `quotas` are (criterion, value, "min" or "max", places): an irreducible set, which could hold if any one
    of them were dropped. Its `relachement` are (criterion, value, [min, max] asked, [min, max] proposed): the
    fewest units to move in all; among those, the criteria that come first are moved least.
    """
    slacks = _Slacks(problem)
    if slacks.holds(slacks.bounds):
        return
    raise InputError("quotas-incompatibles", quotas=slacks.clash(), relachement=slacks.relaxation())


class _Slacks:
    """An integer programme where every bound may be exceeded by a slack, which can be closed.

    A bound is (label, side): the even rows and slacks are minima, the odd ones maxima.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.types = len(problem.types)
        labels = len(problem.labels)
        self.bounds = list(range(2 * labels))
        rows = np.zeros((2 * labels + 2, self.types + 2 * labels))
        lower, upper = np.full(len(rows), -INFINITY), np.full(len(rows), INFINITY)
        rows[0:-2:2, : self.types] = rows[1:-2:2, : self.types] = problem.membership
        for bound in self.bounds:
            rows[bound, self.types + bound] = -1 if bound % 2 else 1
        lower[0:-2:2], upper[1:-2:2] = problem.lower, problem.upper
        rows[-2, : self.types] = 1
        lower[-2] = upper[-2] = problem.places
        rows[-1, self.types :] = 1
        slack = np.full(len(self.bounds), INFINITY)
        self.programme = Programme(
            np.zeros(rows.shape[1]),
            (np.zeros(rows.shape[1]), np.concatenate([problem.residents, slack])),
            rows,
            (lower, upper),
            integer=True,
        )

    def holds(self, bounds: list[int]) -> bool:
        """Whether some composition respects these bounds, the others being forgotten."""
        for bound in self.bounds:
            self.programme.set_bounds(self.types + bound, 0, 0 if bound in bounds else INFINITY)
        return self.programme.solve() is not None

    def clash(self) -> list[tuple[str, str, str, int]]:
        """An irreducible set of bounds that no composition respects: drop each that is not needed to clash."""
        kept = list(self.bounds)
        for bound in reversed(self.bounds):
            fewer = [other for other in kept if other != bound]
            if not self.holds(fewer):
                kept = fewer
        return [self._describe(bound) for bound in kept]

    def _describe(self, bound: int) -> tuple[str, str, str, int]:
        critere, value = self.problem.labels[bound // 2]
        if bound % 2:
            return critere, value, "max", int(self.problem.upper[bound // 2])
        return critere, value, "min", int(self.problem.lower[bound // 2])

    def relaxation(self) -> list[tuple[str, str, tuple[int, int], tuple[int, int]]]:
        """The least change that works, found exactly; then, of those, the one that spares the first bounds."""
        for bound in self.bounds:
            self.programme.set_bounds(self.types + bound, 0, INFINITY)
        total = self._least(self.bounds)
        self.programme.set_row_bounds(len(self.bounds) + 1, 0, total)
        moved = []
        for bound in self.bounds:
            slack = self._least([bound])
            self.programme.set_bounds(self.types + bound, slack, slack)
            moved.append(slack)
        return [
            (*label, (low, high), (low - less, high + more))
            for label, low, high, less, more in zip(
                self.problem.labels,
                self.problem.lower.tolist(),
                self.problem.upper.tolist(),
                moved[0::2],
                moved[1::2],
                strict=True,
            )
            if less or more
        ]

    def _least(self, bounds: list[int]) -> int:
        cost: Vector = np.zeros(self.types + len(self.bounds))
        cost[[self.types + bound for bound in bounds]] = 1
        self.programme.set_costs(cost)
        solution = self.programme.solve()
        if solution is None:
            raise AssertionError("with every bound free to move, any panel works")
        return round(solution.value)
