"""Leximin over types: raise the least chance, then the second least, and so on (methode-tirage §2).

A type's chance is counted here as a multiple of the chance everyone would have without quotas, so that numbers
stay around 1 whatever the number of residents.
"""

from dataclasses import dataclass

import numpy as np

from .problem import Problem, Vector
from .solver import INFINITY, Programme, Solution

_POSITIVE = 1e-7


@dataclass(frozen=True)
class Duals:
    """Multipliers of the first stage, per place: what proves that the least chance cannot be higher."""

    u: float
    types: Vector
    max: Vector
    min: Vector


@dataclass(frozen=True)
class Leximin:
    """`expected` places of each type at the optimum, and the proof for the least chance."""

    expected: Vector
    duals: Duals


def leximin(problem: Problem) -> Leximin:
    """The leximin optimum over all that the quotas allow, fractions of places included.

    Each stage maximises the least chance among the types still open, and closes those whose multiplier is
    positive: they cannot rise without another falling below.
    """
    kinds = len(problem.types)
    programme = _first_stage(problem)
    chances = np.zeros(kinds)
    is_open = np.ones(kinds, dtype=bool)
    duals = None
    while is_open.any():
        solution = programme.solve()
        if solution is None:
            raise AssertionError("a feasible composition satisfies every stage")
        duals = duals or _duals(problem, solution)
        multipliers = np.where(is_open, solution.row_duals[:kinds], 0)
        # Multipliers of the open types add up to 1; rounding noise is far below the largest.
        for kind in np.flatnonzero(multipliers >= min(_POSITIVE, multipliers.max())).tolist():
            chances[kind] = solution.columns[kinds]
            is_open[kind] = False
            programme.set_coefficient(kind, kinds, 0.0)
            programme.set_row_bounds(kind, chances[kind], INFINITY)
    assert duals is not None
    chances[chances < _POSITIVE] = 0
    return Leximin(_tidied(chances * problem.shares), duals)


def _tidied(expected: Vector) -> Vector:
    """A whole number of places is one, whatever the last digits of the solver say."""
    whole = np.rint(expected)
    return np.where((whole > 0) & (np.abs(expected - whole) < _POSITIVE), whole, expected)


def _first_stage(problem: Problem) -> Programme:
    """Columns: each type's chance, then the least of them. Rows: one per type, the quotas, all places."""
    kinds = len(problem.types)
    rows = np.zeros((kinds + len(problem.rows), kinds + 1))
    rows[:kinds, :kinds] = np.eye(kinds)
    rows[:kinds, kinds] = -1
    rows[kinds:, :kinds] = problem.rows * problem.shares
    lower = np.concatenate([np.zeros(kinds), problem.lower, [problem.places]])
    upper = np.concatenate([np.full(kinds, INFINITY), problem.upper, [problem.places]])
    certain = problem.residents.sum() / problem.places
    cost = np.zeros(kinds + 1)
    cost[kinds] = -1
    highest = np.append(np.full(kinds, certain), INFINITY)
    return Programme(cost, (np.zeros(kinds + 1), highest), rows, (lower, upper))


def _duals(problem: Problem, solution: Solution) -> Duals:
    """Turn the multipliers of a minimisation (≥ 0 on a floor, ≤ 0 on a ceiling) into those of §2."""
    kinds = len(problem.types)
    quotas = solution.row_duals[kinds:-1]
    return Duals(
        u=-float(solution.row_duals[-1]),
        types=np.maximum(-solution.column_duals[:kinds], 0) / problem.shares,
        max=np.maximum(-quotas, 0),
        min=np.maximum(quotas, 0),
    )
