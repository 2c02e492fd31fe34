"""The method's refusals in plain French, on the page of a draft: quotas that clash are told by group."""

from collections.abc import Sequence
from typing import Any

from conseil.errors import FICHIERS
from conseil.messages import sentence
from conseil.tirages.presentation import value_label
from tirage import TirageError
from tirage.messages import explain


def refusal(error: TirageError) -> str:
    """The sentence of a refusal of the method, with what clashes and the least change that works."""
    if error.code != "quotas-incompatibles":
        return explain(error, FICHIERS)
    return sentence(
        "quotas_incompatibles",
        {"quotas": _clash(error.params["quotas"]), "relachement": _relaxation(error.params["relachement"])},
    )


def _clash(quotas: Sequence[Any]) -> str:
    return " ; ".join(f"{_who(c, v)} : {_SIDES[side]} {number}" for c, v, side, number in quotas)


def _relaxation(changes: Sequence[Any]) -> str:
    return " ; ".join(f"{_who(c, v)} : {_bounds(new)} au lieu de {_bounds(old)}" for c, v, old, new in changes)


def _who(critere: str, value: str) -> str:
    label = value_label(critere, value, plural=True)
    return label if critere in ("genre", "secteur") else f"{critere} {label}"


def _bounds(bounds: tuple[int, int]) -> str:
    low, high = bounds
    if low == high:
        return f"exactement {low}"
    return f"de {low} à {high}" if low < high else f"au moins {low} et au plus {high}"


_SIDES = {"min": "au moins", "max": "au plus"}
