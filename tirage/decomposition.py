"""From chances to real draws: mixing whole compositions by column generation (methode-tirage §2)."""

from dataclasses import dataclass

import numpy as np

from .problem import Composition, Problem, Vector
from .progress import Progress, silent
from .solver import INFINITY, Bounds, Programme, Solution

_TOLERANCE = 1e-9
_POSITIVE = 1e-7
_REACHED = 1 - 1e-11
_ACCURACY = 1e-4
"""Largest relative error, a tenth of what the table may add, for a mixture to have reached its aim."""


@dataclass(frozen=True, eq=False)
class Mixture:
    """Compositions, one per row, the probability of each, and the expected places of each type."""

    compositions: Composition
    weights: Vector

    @property
    def expected(self) -> Vector:
        return np.asarray(self.weights @ self.compositions)


def decompose(problem: Problem, expected: Vector, progress: Progress = silent) -> Mixture | None:
    """A mixture that gives each type these expected places, or None where none does.

    Tried first with every type rounded down or up, so that each row of the table resembles their average; then
    with any composition that the quotas allow.
    """
    everyone = np.where(expected > 0, problem.residents, 0)
    nearest = np.floor(expected), np.minimum(np.ceil(expected), problem.residents)
    boxes = nearest, (np.zeros(len(expected)), everyone)
    for box in boxes:
        pool = _Pool(problem, expected, box, progress)
        solution = None if pool.is_empty else pool.raise_level(ceiling=1)
        if solution is None:
            continue
        mixture = pool.mixture(solution)
        wanted = expected > 0
        error = np.abs(mixture.expected[wanted] / expected[wanted] - 1)
        if error.max() <= _ACCURACY:
            return mixture
    return None


def fairest_mixture(problem: Problem, progress: Progress = silent) -> Mixture:
    """Leximin over whole compositions: exact column generation, one stage after the other.

    For when no mixture reaches the optimum over types, which fractions of places made too good.
    """
    kinds = len(problem.types)
    pool = _Pool(problem, problem.shares, (np.zeros(kinds), problem.residents), progress)
    is_open = np.ones(kinds, dtype=bool)
    while True:
        stage = pool.raise_level()
        assert stage is not None
        multipliers = np.where(is_open, stage.row_duals[:kinds], 0)
        for kind in np.flatnonzero(multipliers >= min(_POSITIVE, multipliers.max())).tolist():
            is_open[kind] = False
            pool.close(kind, stage.columns[0])
        if not is_open.any():
            return pool.mixture(stage)


class _Pool:
    """Compositions found so far, the master programme that mixes them, the integer one that finds more.

    The master maximises the level of which every open type gets at least `scale` times in expected places; its
    multipliers are the prices at which the integer programme looks for a composition worth more.
    """

    def __init__(self, problem: Problem, scale: Vector, box: Bounds, progress: Progress) -> None:
        self._problem, self._progress = problem, progress
        self._inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale > 0)
        self._compositions: list[Composition] = []
        self._known: set[bytes] = set()
        rows = problem.rows
        row_bounds = [*problem.lower, problem.places], [*problem.upper, problem.places]
        self._search = Programme(np.zeros(len(scale)), box, rows, row_bounds, integer=True)
        level = np.append(np.where(scale > 0, -1.0, 0.0), 0.0)
        floors = np.append(np.where(scale > 0, 0.0, -INFINITY), 1.0)
        ceilings = np.append(np.full(len(scale), INFINITY), 1.0)
        self._master = Programme([-1.0], ([0.0], [INFINITY]), level[:, None], (floors, ceilings))
        self._add(self._worth_most(self._inverse))

    @property
    def is_empty(self) -> bool:
        """Whether no composition fits in the box."""
        return not self._compositions

    def raise_level(self, ceiling: float = INFINITY) -> Solution | None:
        """The master's optimum over all compositions; None once it is proved that `ceiling` is out of reach."""
        while True:
            solution = self._master.solve()
            assert solution is not None
            if solution.columns[0] >= ceiling * _REACHED:
                return solution
            prices = np.maximum(solution.row_duals[:-1], 0) * self._inverse
            best = self._worth_most(prices)
            assert best is not None
            worth = float(prices @ best)
            if ceiling < INFINITY and worth < ceiling - _POSITIVE:
                return None
            if worth <= -solution.row_duals[-1] + _TOLERANCE or not self._add(best):
                return solution

    def close(self, kind: int, level: float) -> None:
        """Hold this type at this level, and raise the others without it."""
        self._master.set_coefficient(kind, 0, 0.0)
        self._master.set_row_bounds(kind, level, INFINITY)

    def mixture(self, solution: Solution) -> Mixture:
        """The compositions that this solution of the master uses."""
        weights = np.maximum(solution.columns[1:], 0)
        used = np.flatnonzero(weights)
        return Mixture(np.array(self._compositions)[used], weights[used] / weights.sum())

    def _worth_most(self, prices: Vector) -> Composition | None:
        self._search.set_costs(-prices)
        solution = self._search.solve()
        if solution is None:
            return None
        composition = np.rint(solution.columns).astype(np.int64)
        if not self._problem.admits(composition):
            raise AssertionError("the integer programme left the quotas")
        return composition

    def _add(self, composition: Composition | None) -> bool:
        """Add a composition; False where there is none or it is known."""
        if composition is None or composition.tobytes() in self._known:
            return False
        self._known.add(composition.tobytes())
        self._compositions.append(composition)
        self._master.add_column(np.append(composition * self._inverse, 1.0))
        self._progress("table", len(self._compositions), 0)
        return True
