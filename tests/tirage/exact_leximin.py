"""Leximin in exact fractions, by a textbook simplex: slow, simple, and sharing nothing with `tirage/`."""

from collections.abc import Sequence
from fractions import Fraction

Row = list[Fraction]


def maximise(cost: Sequence[Fraction], rows: Sequence[Row], bounds: Sequence[Fraction]) -> tuple[Fraction, Row] | None:
    """Maximum of cost · x, and an x, under rows · x = bounds and x ≥ 0; None where there is no x (Bland's rule)."""
    signs = [-1 if bound < 0 else 1 for bound in bounds]
    count = len(rows)
    table = [
        [s * a for a in row] + [Fraction(i == j) for j in range(count)] + [s * bound]
        for i, (row, bound, s) in enumerate(zip(rows, bounds, signs, strict=True))
    ]
    columns = len(cost)
    basis = list(range(columns, columns + count))
    artificial = [Fraction(0)] * columns + [Fraction(-1)] * count
    _pivot_to_optimum(table, basis, artificial, columns + count)
    if any(table[i][-1] for i in range(count) if basis[i] >= columns):
        return None
    full = [*cost, *[Fraction(0)] * count]
    for i in range(count):
        if basis[i] >= columns:
            entering = next((j for j in range(columns) if table[i][j]), None)
            if entering is not None:
                _pivot(table, basis, i, entering)
    _pivot_to_optimum(table, basis, full, columns)
    x = [Fraction(0)] * columns
    for i, j in enumerate(basis):
        if j < columns:
            x[j] = table[i][-1]
    return sum((c * v for c, v in zip(cost, x, strict=True)), Fraction(0)), x


def _pivot_to_optimum(table: list[Row], basis: list[int], cost: Sequence[Fraction], allowed: int) -> None:
    while True:
        reduced = (
            j
            for j in range(allowed)
            if j not in basis and cost[j] > sum(cost[basis[i]] * table[i][j] for i in range(len(table)))
        )
        entering = next(reduced, None)
        if entering is None:
            return
        ratios = [(table[i][-1] / table[i][entering], basis[i], i) for i in range(len(table)) if table[i][entering] > 0]
        assert ratios, "unbounded"
        _pivot(table, basis, min(ratios)[2], entering)


def _pivot(table: list[Row], basis: list[int], leaving: int, entering: int) -> None:
    divisor = table[leaving][entering]
    table[leaving] = [a / divisor for a in table[leaving]]
    for i, row in enumerate(table):
        if i != leaving and row[entering]:
            table[i] = [a - row[entering] * b for a, b in zip(row, table[leaving], strict=True)]
    basis[leaving] = entering


def leximin(panels: Sequence[Sequence[int]], residents: Sequence[int]) -> list[Fraction]:
    """Each type's chance at the leximin optimum over all mixtures of these panels.

    The classical way: find the highest level that every open type can reach together; a type is closed when it
    cannot rise above it while the others keep it.
    """
    kinds = range(len(residents))
    closed: dict[int, Fraction] = {}
    while len(closed) < len(residents):
        level, _ = _best(panels, residents, closed, [k for k in kinds if k not in closed])
        floors = {k: closed.get(k, level) for k in kinds}
        for kind in kinds:
            if kind not in closed and _best(panels, residents, floors, [kind])[0] == level:
                closed[kind] = level
    return [closed[k] for k in kinds]


def _best(
    panels: Sequence[Sequence[int]],
    residents: Sequence[int],
    floors: dict[int, Fraction],
    raised: list[int],
) -> tuple[Fraction, Row]:
    """Highest level that `raised` reach together, the types of `floors` keeping theirs."""
    count, kinds = len(panels), len(residents)
    rows, bounds = [], []
    for kind in range(kinds):
        for is_raised, floor in ((kind in raised, Fraction(0)), (False, floors.get(kind, Fraction(0)))):
            if is_raised or floor:
                chance = [Fraction(panel[kind], residents[kind]) for panel in panels]
                slack = [Fraction(0)] * (2 * kinds)
                slack[2 * kind + (not is_raised)] = Fraction(-1)
                rows.append([*chance, Fraction(-1 if is_raised else 0), *slack])
                bounds.append(floor)
    rows.append([Fraction(1)] * count + [Fraction(0)] * (1 + 2 * kinds))
    bounds.append(Fraction(1))
    cost = [Fraction(0)] * count + [Fraction(1)] + [Fraction(0)] * (2 * kinds)
    found = maximise(cost, rows, bounds)
    assert found is not None
    return found
