"""A register in memory: compact columns (methode-tirage §1). Read and written by `registre_csv`.

A million residents must fit in memory beside their tickets, so a register is three columns (numbers of one
width put end to end, one small integer for the type and one for the household), never a list of objects.
"""

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload
from unicodedata import is_normalized

_WORD = "(?! )[0-9A-Za-zÀ-ɏḀ-ỿ'’+./ -]{1,60}+(?<! )"
_VALUE = re.compile(_WORD)
_VALUES = re.compile(rf"(?:{_WORD}\n)*+")


def is_value(text: str) -> bool:
    """Whether this may name a criterion, one of its values or a household (methode-tirage §1)."""
    return bool(_VALUE.fullmatch(text)) and is_normalized("NFC", text)


def are_values(lines: str) -> bool:
    """Whether each of these lines, all ended by LF, may name a household: `is_value`, for many at once."""
    return bool(_VALUES.fullmatch(lines)) and is_normalized("NFC", lines)


def is_criterion_list(criteres: Sequence[str]) -> bool:
    """Whether these may be the criteria of a header: distinct, well formed, not a reserved name."""
    distinct = len(set(criteres)) == len(criteres)
    return distinct and all(is_value(c) and c not in ("numero", "foyer") for c in criteres)


@dataclass(frozen=True, eq=False, repr=False)
class Numeros(Sequence[str]):
    """The residents' numbers in ascending order, all of `width` digits, kept end to end in `digits`."""

    digits: bytes
    width: int

    def __len__(self) -> int:
        return len(self.digits) // self.width

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        start = range(len(self))[index] * self.width
        return self.digits[start : start + self.width].decode("ascii")


@dataclass(frozen=True, eq=False, repr=False)
class Column(Sequence[str]):
    """A column of words kept as indices into the list of distinct words."""

    indices: "array[int]"
    words: list[str]

    def __len__(self) -> int:
        return len(self.indices)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self.words[i] for i in self.indices[index]]
        return self.words[self.indices[index]]


@dataclass(frozen=True, eq=False)
class Registre:
    """A register, resident by resident in ascending `numero`.

    `types` gives each resident's type (the criteria's values joined by `|`), `foyers` their household code,
    "" (always index 0 of its words) for someone alone. `sha256` is the fingerprint of the file.
    """

    criteres: tuple[str, ...]
    numeros: Numeros = field(repr=False)
    foyers: Column = field(repr=False)
    types: Column = field(repr=False)
    sha256: str

    def __len__(self) -> int:
        return len(self.numeros)

    @cached_property
    def effectifs(self) -> dict[str, int]:
        """Residents of each type, types in code-point order."""
        counts = Counter(self.types.indices)
        return dict(sorted((self.types.words[i], n) for i, n in counts.items()))

    @cached_property
    def plus_grand_foyer(self) -> int:
        """Size of the largest household; 1 when everyone is alone."""
        sizes = Counter(self.foyers.indices)
        return max([1, *(n for foyer, n in sizes.items() if foyer)])

    def value(self, index: int, critere: str) -> str:
        """The value of this criterion for the resident at this position (from 0)."""
        return self.types[index].split("|")[self.criteres.index(critere)]

    def counts(self, critere: str) -> dict[str, int]:
        """Residents by value of this criterion, values in code-point order."""
        position = self.criteres.index(critere)
        counts: Counter[str] = Counter()
        for name, residents in self.effectifs.items():
            counts[name.split("|")[position]] += residents
        return dict(sorted(counts.items()))
