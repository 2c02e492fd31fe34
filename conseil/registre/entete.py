"""The heading rows of a sheet, under whatever title lines stand above them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .folding import fold
from .libelles import is_group, rank_of, role_of
from .tables import Cellule, Ligne, texte

_ROWS_LOOKED_AT = 40
_LONGEST_HEADING = 60


@dataclass(frozen=True)
class Entete:
    """Heading rows (their line numbers), and for each column its heading, role and rank."""

    lignes: tuple[int, ...]
    libelles: tuple[str, ...]
    roles: tuple[str | None, ...]
    rangs: tuple[int, ...]


def find_entete(lignes: Sequence[Ligne]) -> Entete | None:
    """The row, or the two rows, whose cells name the most columns, a column of names among them."""
    rows = [ligne for ligne in lignes if not ligne.vide][:_ROWS_LOOKED_AT]
    best: tuple[int, Entete] | None = None
    for index, ligne in enumerate(rows):
        candidates: list[Entete | None] = [_single(ligne)]
        if index + 1 < len(rows) and rows[index + 1].numero == ligne.numero + 1:
            candidates.append(_double(ligne, rows[index + 1]))
        for entete in candidates:
            score = _score(entete) if entete else 0
            if entete and score > (best[0] if best else 1):
                best = score, entete
    return best[1] if best else None


def _score(entete: Entete) -> int:
    return sum(role is not None for role in entete.roles) if "nom" in entete.roles else 0


def _heading(cell: Cellule) -> str:
    """The cell if it can be a heading: words, not too many, no date or number of more than one figure."""
    if isinstance(cell, float | datetime.date):
        return ""
    text = texte(cell)
    return "" if len(text) > _LONGEST_HEADING or re.search(r"\d\d", text) else text


def _single(ligne: Ligne) -> Entete:
    labels = tuple(_heading(cell) for cell in ligne.cellules)
    ranks = tuple(rank_of(label) for label in labels)
    return Entete((ligne.numero,), labels, tuple(role_of(label) for label in labels), ranks)


def _double(upper: Ligne, lower: Ligne) -> Entete | None:
    """Two rows read as one: « Co-titulaire » over « Civ. », « Nom », « Prénom », « Naissance »."""
    above, below = _single(upper).libelles, _single(lower).libelles
    filled = [cell for cell in lower.cellules if texte(cell)]
    known = [label for label in below if role_of(label)]
    if len([label for label in above if label]) < 2 or len(known) * 2 < len(filled):
        return None
    width = max(len(above), len(below))
    above, below = above + ("",) * (width - len(above)), below + ("",) * (width - len(below))
    labels, roles, ranks, group = [], [], [], ""
    for over, under in zip(above, below, strict=True):
        group = over if is_group(over) else "" if over else group
        own = under or over
        label = f"{group} {under}".strip() if under else over
        labels.append(label)
        roles.append(role_of(own))
        ranks.append(max(rank_of(group) if under else 1, rank_of(own)))
    return Entete((upper.numero, lower.numero), tuple(labels), tuple(roles), tuple(ranks))


def repeats_heading(ligne: Ligne, heading_rows: Sequence[Ligne]) -> bool:
    """Whether a row says the headings again (a page break of the program that printed the list)."""
    filled = [(i, cell) for i, cell in enumerate(ligne.cellules) if cell != ""]
    if any(isinstance(cell, float | datetime.date) for _, cell in filled) or len(filled) < 2:
        return False
    for heading in heading_rows:
        told = heading.cellules
        same = sum(i < len(told) and _same_heading(texte(cell), texte(told[i])) for i, cell in filled)
        if same * 10 >= len(filled) * 6:
            return True
    return False


def _same_heading(cell: str, heading: str) -> bool:
    return cell == heading or (len(cell) == len(heading) and fold(cell) == fold(heading))
