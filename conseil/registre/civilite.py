"""Civilités and sexes, in all their spellings, to `F` or `M`; nothing else is ever guessed (R3, R10)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from .folding import fold, words

Genre = Literal["F", "M", "X"]

_WOMAN = {"mme", "mmes", "madame", "mesdames", "mlle", "mlles", "melle", "mle", "mademoiselle", "dame", "ms"}
_WOMAN |= {"mrs", "miss", "vve", "veuve", "f", "femme", "feminin", "feminine", "fem", "fille"}
_MAN = {"m", "mm", "mr", "monsieur", "messieurs", "mons", "sieur", "veuf", "h", "homme", "masculin", "masc"}
_MAN |= {"garcon", "mister"}
_UNKNOWN = {"", "x", "nc", "nr", "na", "inconnu", "inconnue", "autre", "neutre", "indetermine", "non"}
#: Words that may stand before a name in the same cell (« F » or « H » there would be an initial).
_BEFORE_A_NAME = {"mme", "madame", "mlle", "melle", "mle", "mademoiselle", "m", "mr", "monsieur", "vve", "veuve"}
_JOINING = {"et", "ou", "and"}
_OPENING = re.compile(r"\s*([^\W\d_]+)(?:[.,]+|(?=\s|$))|\s*([&/+])")


@lru_cache(maxsize=4096)
def read_civilite(text: str) -> tuple[Genre, ...] | None:
    """The people a civilité announces: `("F",)`, `("M",)`, `("M", "F")` for « M. et Mme », `()` when blank.

    `None`: something stands there, and it says neither (« Dr », « Me »).
    « Mme Vve » is one woman; « M./Mme » is a choice nobody made.
    """
    found: list[Genre] = []
    for word in words(text):
        genre: Genre | None = "F" if word in _WOMAN else "M" if word in _MAN else None
        if genre and genre not in found:
            found.append(genre)
    if len(found) == 2 and "/" in text:
        return ()
    if not found and set(words(text)) - _UNKNOWN and not _says_unknown(text):
        return None
    return tuple(found)


def read_sexe_code(text: str) -> tuple[Genre, ...]:
    """The national codes 1 (man) and 2 (woman), for a column that holds nothing else."""
    return {"1": ("M",), "2": ("F",)}.get(text, ())  # type: ignore[return-value]


def _says_unknown(text: str) -> bool:
    folded = words(text)
    return folded[:1] == ("non",) or folded[:1] == ("a",) or text.strip(" -–—./?_*") == ""


@lru_cache(maxsize=65536)
def split_civilite(text: str) -> tuple[tuple[Genre, ...], str]:
    """The civilité at the head of a name cell, and the rest: « Mme DUPONT Zoé » → `(("F",), "DUPONT Zoé")`."""
    end, found = 0, False
    while match := _OPENING.match(text, end):
        word = fold(match[1]) if match[1] else "et"
        if word in _BEFORE_A_NAME:
            found = True
        elif not (found and word in _JOINING and _announces(text, match.end())):
            break
        end = match.end()
    rest = text[end:].strip(" .,")
    if not found or not rest:
        return (), text
    return read_civilite(text[:end]) or (), rest


def _announces(text: str, position: int) -> bool:
    """Whether a civilité follows: « et » joins two civilités, or two names."""
    match = _OPENING.match(text, position)
    return bool(match and match[1] and fold(match[1]) in _BEFORE_A_NAME)
