"""Groups closed under « goes with »: if A goes with B and B with C, all three are one group."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


class Groups:
    """Disjoint groups of the integers 0 … size − 1; the result never depends on the order of the joins."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, item: int) -> int:
        """The group's smallest member."""
        root = item
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[item] != root:
            self._parent[item], item = root, self._parent[item]
        return root

    def join(self, one: int, other: int) -> None:
        one, other = self.find(one), self.find(other)
        self._parent[max(one, other)] = min(one, other)

    def join_equal(self, keyed: Iterable[tuple[Hashable, int]]) -> None:
        """Join the items that share a key."""
        first: dict[Hashable, int] = {}
        for key, item in keyed:
            self.join(first.setdefault(key, item), item)

    def members(self) -> list[list[int]]:
        """The groups, by their smallest member."""
        groups: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            groups.setdefault(self.find(item), []).append(item)
        return list(groups.values())
