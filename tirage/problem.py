"""What the solvers work on: types, residents, places and quotas as arrays."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .protocole import Counts, Quotas

Vector = NDArray[np.float64]
Composition = NDArray[np.int64]
"""Places of each type, in the order of `Problem.types`."""


@dataclass(frozen=True, eq=False)
class Problem:
    """A draw of `places` among `effectifs` residents of each of `types` (code-point order), under `quotas`."""

    criteres: tuple[str, ...]
    effectifs: Counts
    places: int
    quotas: Quotas

    @cached_property
    def types(self) -> tuple[str, ...]:
        return tuple(sorted(self.effectifs))

    @cached_property
    def residents(self) -> Composition:
        return np.array([self.effectifs[name] for name in self.types], dtype=np.int64)

    @cached_property
    def shares(self) -> Vector:
        """Places each type would have if every resident had the same chance."""
        return self.places * self.residents / self.residents.sum()

    @cached_property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """The (criterion, value) under a quota, in the order of the criteria, then of the values."""
        ordered = (critere for critere in self.criteres if critere in self.quotas)
        return tuple((critere, value) for critere in ordered for value in sorted(self.quotas[critere]))

    @cached_property
    def lower(self) -> Composition:
        return np.array([self.quotas[critere][value][0] for critere, value in self.labels], dtype=np.int64)

    @cached_property
    def upper(self) -> Composition:
        return np.array([self.quotas[critere][value][1] for critere, value in self.labels], dtype=np.int64)

    @cached_property
    def membership(self) -> Vector:
        """One row per label, one column per type: 1 where the type has the value."""
        rows = np.zeros((len(self.labels), len(self.types)))
        position = {critere: i for i, critere in enumerate(self.criteres)}
        for row, (critere, value) in enumerate(self.labels):
            for column, name in enumerate(self.types):
                rows[row, column] = name.split("|")[position[critere]] == value
        return rows

    @cached_property
    def rows(self) -> Vector:
        """The quotas' rows, then one row that adds all types up."""
        return np.vstack([self.membership, np.ones(len(self.types))])

    def admits(self, composition: Composition) -> bool:
        """Whether this composition fills the places within the quotas and the residents there are, exactly."""
        values = self.membership.astype(np.int64) @ composition
        return bool(
            composition.sum() == self.places
            and (composition >= 0).all()
            and (composition <= self.residents).all()
            and (values >= self.lower).all()
            and (values <= self.upper).all()
        )
