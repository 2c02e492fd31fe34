"""Pretended draws, by the thousand: panels as the reference walk would take them (methode-tirage §4).

Pretended tickets come from numpy's generator, which decides nothing real. A resident gets one only where it can
matter: the first of each type, then more of them, one at a time, where two of the first share a household.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heapreplace

import numpy as np
from numpy.typing import NDArray

from .protocole import Counts
from .registre import Registre
from .walk import walk

Integers = NDArray[np.int64]
_PERMUTED = 1 << 22


class People:
    """A register as arrays: type, household (0: alone) and size of household of each resident."""

    def __init__(self, registre: Registre, foyer_unique: bool) -> None:
        self.registre = registre
        self.foyer_unique = foyer_unique
        self.words = registre.types.words
        self.types: Integers = np.asarray(registre.types.indices, dtype=np.int64)
        self.foyers: Integers = np.asarray(registre.foyers.indices, dtype=np.int64)
        sizes = np.bincount(self.foyers)
        sizes[0] = 1
        self.household_sizes: Integers = sizes[self.foyers]
        order = np.argsort(self.types, kind="stable")
        ends = np.cumsum(np.bincount(self.types, minlength=len(self.words)))
        self.members: list[Integers] = np.split(order, ends[:-1])


@dataclass(frozen=True)
class Pretended:
    """Draws of one row of the table.

    `free` has one panel per line, as it is without the household rule, type by type, each in ticket order;
    `ruled` gives, for the lines that the rule changes, the panel it makes; `exceptions` counts the draws that
    had to take two people of one household.
    """

    free: Integers
    ruled: Mapping[int, Integers]
    exceptions: int


def pretend(people: People, row: Counts, count: int, rng: np.random.Generator) -> Pretended:
    """Draw `count` panels of this row, with and without the household rule."""
    places = {kind: row[word] for kind, word in enumerate(people.words) if word in row}
    free = np.hstack([_first(people.members[kind], n, count, rng) for kind, n in places.items()])
    ruled: dict[int, Integers] = {}
    exceptions = 0
    for draw in _with_shared_household(people, free):
        order = ticket_order(people, places, free[draw], rng)
        taken = walk(order, places, people.registre.types.indices, people.registre.foyers.indices)
        ruled[draw] = np.array(taken.residents)
        exceptions += bool(taken.unfilled)
    return Pretended(free, ruled, exceptions)


def ticket_order(people: People, places: Mapping[int, int], panel: Integers, rng: np.random.Generator) -> Iterator[int]:
    """All residents of the row's types in a random order of tickets, `panel` being the first of each type.

    Lazy: the tickets of a type come one by one, each the smallest of those left (n uniform tickets above t have
    their smallest at 1 - (1 - t) · U^(1/n)), so that a walk only pays for the residents it sees.
    """
    streams, heap, start = {}, [], 0
    for kind, n in places.items():
        streams[kind] = _residents(people.members[kind], panel[start : start + n].tolist(), rng)
        left = len(people.members[kind])
        heap.append((1 - rng.random() ** (1 / left), kind, left - 1))
        start += n
    heapify(heap)
    while heap[0][0] < np.inf:
        smallest, kind, left = heap[0]
        yield next(streams[kind])
        following = 1 - (1 - smallest) * rng.random() ** (1 / left) if left else np.inf
        heapreplace(heap, (following, kind, left - 1))


def _residents(members: Integers, first: list[int], rng: np.random.Generator) -> Iterator[int]:
    """These first residents, then the other members in random order."""
    yield from first
    seen = set(first)
    while 2 * len(seen) < len(members):
        resident = int(members[rng.integers(len(members))])
        if resident not in seen:
            seen.add(resident)
            yield resident
    yield from rng.permutation([resident for resident in members.tolist() if resident not in seen]).tolist()


def _first(members: Integers, places: int, count: int, rng: np.random.Generator) -> Integers:
    """`count` lines of `places` distinct members, in uniform random order."""
    if places**2 > len(members):
        return np.vstack([_permuted(members, places, lines, rng) for lines in _slices(count, len(members))])
    picked = rng.integers(len(members), size=(count, places))
    while (repeated := _has_repeats(picked)).any():
        picked[repeated] = rng.integers(len(members), size=(int(repeated.sum()), places))
    return members[picked]


def _slices(count: int, width: int) -> Iterator[int]:
    size = max(1, _PERMUTED // width)
    for start in range(0, count, size):
        yield min(size, count - start)


def _permuted(members: Integers, places: int, count: int, rng: np.random.Generator) -> Integers:
    return np.asarray(rng.permuted(np.tile(members, (count, 1)), axis=1)[:, :places])


def _has_repeats(lines: Integers) -> NDArray[np.bool_]:
    ordered = np.sort(lines, axis=1)
    return np.asarray((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))


def _with_shared_household(people: People, panels: Integers) -> list[int]:
    """The lines in which two residents share a household, where that counts."""
    if not people.foyer_unique:
        return []
    foyers = np.sort(people.foyers[panels], axis=1)
    shared = (foyers[:, 1:] == foyers[:, :-1]) & (foyers[:, 1:] > 0)
    return list(np.flatnonzero(shared.any(axis=1)).tolist())
