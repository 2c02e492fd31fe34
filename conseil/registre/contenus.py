"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from .civilite import read_civilite
from .folding import words
from .naissance import looks_like_date, month_first
from .tables import Cellule, Ligne, texte
from .voies import TYPES

_SAMPLE = 400
_TYPOLOGY = re.compile(r"(?:[tf]\s?\d{1,2}(?:\s?bis)?|studio|duplex)", re.IGNORECASE)


def sample(lignes: Sequence[Ligne], index: int) -> list[Cellule]:
    """The filled cells of one column, spread over the whole sheet."""
    step = max(1, len(lignes) // _SAMPLE)
    cells = (ligne.cellules[index] for ligne in lignes[::step] if index < len(ligne.cellules))
    return [cell for cell in cells if texte(cell)]


def share(test: Callable[[Cellule], bool], cells: Sequence[Cellule]) -> float:
    """The part of the cells that pass a test, 0 where there is none."""
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def is_date(cell: Cellule) -> bool:
    """A date, or a number that a spreadsheet would show as one."""
    return looks_like_date(cell)


def is_civilite(cell: Cellule) -> bool:
    return bool(read_civilite(texte(cell)))


def is_postcode(cell: Cellule) -> bool:
    return bool(re.fullmatch(r"(?:0[1-9]|[1-8]\d|9[0-8])\s?\d{3}", texte(cell)))


def is_number(cell: Cellule) -> bool:
    """A house number (« 12 », « 12 bis »), not an address."""
    return bool(re.fullmatch(r"\d{1,4}\s*(?:[a-z]|bis|ter|quater)?", texte(cell), re.IGNORECASE))


def is_address(cell: Cellule) -> bool:
    """A number and a kind of street."""
    found = words(texte(cell))
    return any(word[0].isdigit() for word in found) and any(word in TYPES for word in found)


def is_street(cell: Cellule) -> bool:
    return any(word in TYPES for word in words(texte(cell))[:1])


def is_name(cell: Cellule) -> bool:
    """Letters, and nothing that a name does not hold."""
    text = texte(cell)
    return bool(re.fullmatch(r"[^\W\d_][^\W\d_]*(?:[ '’.,()-]+[^\W\d_]+)*[ .)]*", text)) and not is_civilite(text)


def is_typology(cell: Cellule) -> bool:
    """« T3 », « F4 bis », « studio »: the kind of a flat, not which one."""
    return bool(_TYPOLOGY.fullmatch(texte(cell)))


def says_month_first(cells: Iterable[Cellule]) -> bool:
    """Whether a column writes 12/25/1980: some of its dates can be read no other way, none the French way."""
    votes = [vote for vote in map(month_first, cells) if vote is not None]
    return len(votes) > 2 and votes.count(True) * 10 > len(votes) * 9
