"""Two figures of fairness: the smallest chance, and how far apart the chances of one type are."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple


class Group(NamedTuple):
    """Residents of one type who have one chance, numerator / denominator, each."""

    type: str
    residents: int
    numerator: int | float
    denominator: int

    @property
    def chance(self) -> float:
        return self.numerator / self.denominator


def summary(groups: Iterable[Group]) -> dict[str, Any]:
    """`min`, the smallest chance; `ecart`, the largest ratio of two chances inside a type (1: all equal).

    `ecart` is None where someone of a type has no chance at all and another has one.
    """
    by_type: dict[str, list[float]] = defaultdict(list)
    residents = 0
    for group in groups:
        by_type[group.type].append(group.chance)
        residents += group.residents
    if not by_type:
        return {"min": None, "ecart": None, "habitants": 0}
    ranges = [(min(chances), max(chances)) for chances in by_type.values()]
    never = any(low == 0 < high for low, high in ranges)
    return {
        "min": min(low for low, _ in ranges),
        "ecart": None if never else max(high / low for low, high in ranges if low),
        "habitants": residents,
    }
