"""Two look-alikes side by side: what is the same, what differs, letter by letter. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .folding import fold, plain

#: Field of a side → its label.
CHAMPS = {
    "nom": "Nom",
    "prenom": "Prénom",
    "usage": "Nom d'usage",
    "naissance": "Date de naissance",
    "genre": "Civilité",
    "adresse": "Adresse",
    "complement": "Bâtiment, appartement",
}
GENRES = {"F": "femme", "M": "homme", "X": "non dite"}
Morceaux = list[tuple[str, bool]]


@dataclass(frozen=True)
class Rang:
    """A field of both: the pieces of each text, marked where they differ."""

    libelle: str
    a: Morceaux
    b: Morceaux
    differe: bool


def side_by_side(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Rang]:
    """The fields that at least one of the two has, in the order a person looks at them."""
    rows = []
    for champ, libelle in CHAMPS.items():
        one, other = (_shown(champ, side[champ]) for side in (a, b))
        if one or other:
            differs = fold(one) != fold(other)
            pieces = _pieces(one, other) if differs else ([(one, False)], [(other, False)])
            rows.append(Rang(libelle, *pieces, differs))
    return rows


def _shown(champ: str, value: Any) -> str:
    if champ == "genre":
        return GENRES[value]
    if champ == "naissance" and value:
        year, month, day = value.split("-")
        return f"{day}/{month}/{year}"
    return value or ""


def _pieces(one: str, other: str) -> tuple[Morceaux, Morceaux]:
    """Both texts cut where they differ, spelling aside where folding keeps their length."""
    folded = [plain(text) if len(plain(text)) == len(text) else text for text in (one, other)]
    left: Morceaux = []
    right: Morceaux = []
    for tag, i, j, k, m in SequenceMatcher(None, folded[0], folded[1], autojunk=False).get_opcodes():
        left += [(one[i:j], tag != "equal")] if j > i else []
        right += [(other[k:m], tag != "equal")] if m > k else []
    return left, right


def order_for(identifiants: Iterable[str], who: int) -> list[str]:
    """The pairs in an order of each person's own, so that two clerks at once rarely meet the same one."""
    return sorted(identifiants, key=lambda name: hashlib.sha256(f"{who}|{name}".encode()).digest())
