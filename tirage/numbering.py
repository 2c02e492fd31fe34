"""From probabilities to numbered rows that dice can choose (methode-tirage §2, `lignes`)."""

from dataclasses import dataclass

import numpy as np

from .decomposition import Mixture
from .problem import Composition, Problem, Vector
from .protocole import DIGITS_OF_LINES

MAX_DEVIATION = 0.001
_MOVES = 1000


@dataclass(frozen=True, eq=False)
class Numbering:
    """`counts` numbered rows for each composition, `lignes` in all.

    `deviation` is the largest relative gap between a type's chance in the table and at the optimum.
    """

    lignes: int
    counts: Composition
    deviation: float


def number_rows(mixture: Mixture, expected: Vector) -> Numbering:
    """The smallest table in which every type's chance is within 0.1 %; the largest table where none is."""
    for lignes in DIGITS_OF_LINES:
        numbering = _number(mixture, expected, lignes)
        if numbering.deviation <= MAX_DEVIATION:
            break
    return numbering


def table_rows(problem: Problem, mixture: Mixture, counts: Composition) -> list[tuple[int, dict[str, int]]]:
    """Rows (n, {type: places}) without zeros, in no order yet."""
    return [
        (n, {name: places for name, places in zip(problem.types, composition, strict=True) if places})
        for n, composition in zip(counts.tolist(), mixture.compositions.tolist(), strict=True)
        if n
    ]


def _number(mixture: Mixture, expected: Vector, lignes: int) -> Numbering:
    wanted = expected > 0
    effect = mixture.compositions[:, wanted] / (lignes * expected[wanted])
    counts = np.floor(mixture.weights * lignes).astype(np.int64)
    for _ in range(lignes - int(counts.sum())):
        counts[_cost(counts @ effect - 1 + effect).argmin()] += 1
    counts = _improve(counts, effect)
    return Numbering(lignes, counts, float(np.abs(counts @ effect - 1).max()))


def _improve(counts: Composition, effect: Vector) -> Composition:
    """Move one number at a time from a row to another while that brings the chances closer."""
    for _ in range(_MOVES):
        gaps = counts @ effect - 1
        best, move = float(_cost(gaps[None])[0]), None
        for giver in np.flatnonzero(counts):
            costs = _cost(gaps - effect[giver] + effect)
            if costs.min() < best * (1 - 1e-9):
                best, move = float(costs.min()), (giver, int(costs.argmin()))
        if move is None or np.abs(gaps).max() <= MAX_DEVIATION:
            break
        counts[move[0]] -= 1
        counts[move[1]] += 1
    return counts


def _cost(gaps: Vector) -> Vector:
    """How bad relative gaps are, row by row: the fourth power makes the largest count most."""
    return np.asarray(((gaps / MAX_DEVIATION) ** 4).sum(axis=1))
