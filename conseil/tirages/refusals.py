"""The method's refusals in plain French, where their parameters are lists (quotas that clash)."""

from typing import Any

from conseil.messages import sentence
from conseil.tirages.presentation import value_label
from tirage import TirageError


def refusal(error: TirageError) -> str:
    """The sentence of a refusal of the method, with what clashes and the least change that works."""
    return sentence(error.code, {name: _shown(name, value) for name, value in error.params.items()})


def _shown(name: str, value: Any) -> Any:
    if name == "quotas":
        return " ; ".join(f"{_who(c, v)} : {_SIDES[side]} {number}" for c, v, side, number in value)
    if name == "relachement":
        return " ; ".join(f"{_who(c, v)} : {_bounds(new)} au lieu de {_bounds(old)}" for c, v, old, new in value)
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value


def _who(critere: str, value: str) -> str:
    label = value_label(critere, value, plural=True)
    return label if critere in ("genre", "secteur") else f"{critere} {label}"


def _bounds(bounds: tuple[int, int]) -> str:
    low, high = bounds
    if low == high:
        return f"exactement {low}"
    return f"de {low} à {high}" if low < high else f"au moins {low} et au plus {high}"


_SIDES = {"min": "au moins", "max": "au plus"}
