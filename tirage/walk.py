"""Who is taken, and in which order: the walk and the turns of methode-tirage §4, free of any file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Taken:
    """Residents taken, by position in the register, in the order of their tickets.

    `unfilled` gives, by index of type, the places that the first walk left; `missing` those that nobody could
    fill, even without the household rule.
    """

    residents: list[int]
    unfilled: Mapping[int, int]
    missing: Mapping[int, int]


def walk(order: Iterable[int], places: Mapping[int, int], types: Sequence[int], foyers: Sequence[int] | None) -> Taken:
    """Take residents along `order` while their type has places and nobody of their household is taken.

    `places` is by index of type; `foyers` None means no household rule, and 0 in it means alone. Stops as soon
    as every place is filled, so `order` may be lazy. If places remain, walks once more without the rule.
    """
    taken, unfilled, seen = _pass(order, places, types, foyers)
    if not unfilled or foyers is None:
        return Taken(taken, unfilled, unfilled)
    kept = set(taken)
    added, missing, _ = _pass((i for i in seen if i not in kept), unfilled, types, None)
    kept.update(added)
    return Taken([i for i in seen if i in kept], unfilled, missing)


def _pass(
    order: Iterable[int], places: Mapping[int, int], types: Sequence[int], foyers: Sequence[int] | None
) -> tuple[list[int], dict[int, int], list[int]]:
    """One walk: the residents taken, the places left by type, and all the residents seen."""
    left = {kind: n for kind, n in places.items() if n}
    taken: list[int] = []
    seen: list[int] = []
    households: set[int] = set()
    for resident in order if left else ():
        seen.append(resident)
        kind = types[resident]
        household = foyers[resident] if foyers is not None else 0
        if kind not in left or household in households:
            continue
        taken.append(resident)
        if household:
            households.add(household)
        left[kind] -= 1
        if not left[kind]:
            del left[kind]
            if not left:
                break
    return taken, left, seen


def take_turns(groups: Sequence[Sequence[int]]) -> list[int]:
    """Residents in their final order: the groups in turn give their next one, empty groups are skipped."""
    longest = max(map(len, groups), default=0)
    return [group[turn] for turn in range(longest) for group in groups if turn < len(group)]
