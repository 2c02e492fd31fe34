"""What comes after the street number: building, staircase, flat. Two spellings of one flat give one key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .folding import plain

SEPARATOR = ","
_AROUND_DASH = re.compile(r"\s+[-–—/|]+\s*|\s*[-–—/|]+\s+|[–—|]")
_TOKEN = re.compile(r"\d+(?:[-/]\d+)*|[^\W\d_]+|[,;:()\n]")

_KINDS = {
    **dict.fromkeys(("bat", "bt", "batiment", "bati", "immeuble", "imm"), "bat"),
    **dict.fromkeys(("apt", "app", "appt", "appart", "appartement", "apart", "lgt", "logt", "log"), "apt"),
    **dict.fromkeys(("logement", "porte", "pte"), "apt"),
    **dict.fromkeys(("esc", "escalier"), "esc"),
    **dict.fromkeys(("etage", "etg", "niveau", "niv"), "etage"),
    **dict.fromkeys(("entree", "ent", "hall", "cage"), "entree"),
    **dict.fromkeys(("residence", "resid", "res"), "residence"),
    **{word: word for word in ("bloc", "tour", "ilot", "pavillon", "rdc", "chambre", "boite", "bp", "cs", "bal")},
}
KEYWORDS = frozenset(_KINDS) | {"chez", "co"}
#: The host's name says nothing of the flat, and a letter box is no home.
_DROPPED = ("chez", "co", "boite", "bal", "bp", "cs")


def tokenize(text: str) -> list[str]:
    """Words, numbers, and `,` wherever the text breaks: « 7bis r. X - Apt 2 » → 7 bis r x , apt 2."""
    spaced = _AROUND_DASH.sub(" , ", plain(text))
    return [found if found[0].isalnum() else SEPARATOR for found in _TOKEN.findall(spaced)]


@lru_cache(maxsize=65536)
def _key(tokens: tuple[str, ...]) -> str:
    items: list[list[str]] = []
    for token in tokens:
        if token == SEPARATOR:
            items.append([])
        elif token in KEYWORDS:
            items.append([_KINDS.get(token, token)])
        else:
            if not items:
                items.append([])
            items[-1].append((token.lstrip("0") or "0") if token.isdecimal() else token)
    kept = (" ".join(item) for item in items if item and item[0] not in _DROPPED and item != ["n"])
    return " · ".join(sorted(set(kept)))


def complement_key(tokens: Sequence[str]) -> str:
    """One text for one flat: « Apt 037 Bât B », « BATIMENT B, APPT 37 » → `"apt 37 · bat b"`."""
    return _key(tuple(tokens))


def labelled(label: str, cell: str) -> str:
    """A cell of a « Bâtiment » or « Appt » column with its word, where the column alone says it."""
    words = [token for token in tokenize(label) if token in _KINDS]
    already = any(token in _KINDS for token in tokenize(cell))
    return f"{words[0]} {cell}" if len(words) == 1 and cell and not already else cell
