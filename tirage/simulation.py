"""Many pretended draws: how much the household rule moves the published chances (methode-tirage §4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt

import numpy as np

from .pretending import Integers, People, Pretended, pretend
from .progress import Progress, silent
from .protocole import Protocole
from .registre import Registre

_BATCH = 1 << 20


@dataclass(frozen=True)
class SizeEffect:
    """What the household rule does to the `residents` who live in households of one size.

    `expected` is how many of them a draw takes on average by the published chances; `effect` the relative
    change that the rule makes, and `error` its standard error.
    """

    residents: int
    expected: float
    effect: float
    error: float


@dataclass(frozen=True, eq=False)
class Simulation:
    """What happened in `draws` pretended draws.

    `taken` counts, for each resident of the register, the draws that took them; `exceptions` those that had to
    take two people of one household; `sizes` is by size of household (1: alone).
    """

    draws: int
    exceptions: int
    sizes: Mapping[int, SizeEffect]
    taken: Integers = field(repr=False)


def simulate(
    registre: Registre,
    protocole: Protocole,
    draws: int,
    seed: int | None = None,
    progress: Progress = silent,
) -> Simulation:
    """Pretend this many draws; the same `seed` (by default, the protocol's fingerprint) gives the same ones.

    The effect is measured against the same draw made without the household rule: luck mostly cancels out.
    """
    rng = np.random.default_rng(int(protocole.sha256, 16) if seed is None else seed)
    people = People(registre, protocole.foyer_unique)
    tally = _Tally(people)
    ends = np.cumsum([n for n, _ in protocole.table])
    size = max(1, _BATCH // protocole.places)
    for start in range(0, draws, size):
        compositions = rng.integers(protocole.lignes, size=min(size, draws - start))
        chosen = np.searchsorted(ends, compositions, side="right")
        for row, count in enumerate(np.bincount(chosen, minlength=len(ends)).tolist()):
            if count:
                tally.add(pretend(people, protocole.table[row][1], count, rng))
        progress("simulation", min(start + size, draws), draws)
    return Simulation(draws, tally.exceptions, tally.effects(protocole, draws), tally.taken)


class _Tally:
    """Adds pretended draws up."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.exceptions = 0
        self.taken = np.zeros(len(people.types), dtype=np.int64)
        self._sum = np.zeros(len(self._sizes))
        self._squares = np.zeros(len(self._sizes))

    @cached_property
    def _sizes(self) -> Integers:
        return np.unique(self.people.household_sizes)

    def add(self, pretended: Pretended) -> None:
        self.exceptions += pretended.exceptions
        self.taken += np.bincount(pretended.free.ravel(), minlength=len(self.taken))
        for draw, ruled in pretended.ruled.items():
            free = pretended.free[draw]
            np.subtract.at(self.taken, free, 1)
            np.add.at(self.taken, ruled, 1)
            change = self._by_size(ruled) - self._by_size(free)
            self._sum += change
            self._squares += change**2

    def _by_size(self, residents: Integers) -> Integers:
        positions = np.searchsorted(self._sizes, self.people.household_sizes[residents])
        return np.bincount(positions, minlength=len(self._sizes))

    def effects(self, protocole: Protocole, draws: int) -> dict[int, SizeEffect]:
        """By size of household, the mean change, as a share of what the published chances give."""
        chances = protocole.types_chances()
        published = np.array([chances[name][0] / chances[name][1] for name in self.people.words])
        effects = {}
        for size, total, squares in zip(self._sizes.tolist(), self._sum, self._squares, strict=True):
            living = self.people.types[self.people.household_sizes == size]
            expected = float(published[living].sum())
            mean = float(total) / draws
            error = sqrt(max(float(squares) / draws - mean**2, 0) / draws)
            scale = 1 / expected if expected else 0.0
            effects[size] = SizeEffect(len(living), expected, mean * scale, error * scale)
        return effects
