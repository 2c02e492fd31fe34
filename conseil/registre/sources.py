"""Where a list comes from, told by its headings, and what its columns hold: guessed, then settled by a person.

Pure: bytes and values in, values out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .colonnes import Colonne, Colonnes
from .entete import find_entete
from .errors import RegistreError
from .folding import fold
from .libelles import IGNORED, ROLES, role_of
from .messages import sentences
from .reperage import locate
from .tables import Feuille, read_tables, texte

ROWS_SHOWN = 6


def sheets(nom: str, donnees: bytes) -> list[Feuille]:
    """The visible sheets that hold something. Raises `RegistreError` where the file is no table."""
    found, _ = read_tables(nom, donnees)
    return [f for f in found if not f.masquee and any(not ligne.vide for ligne in f.lignes)]


def _titles(feuille: Feuille) -> tuple[int, tuple[str, ...]]:
    """The last line of headings and their texts: as recognised, else the first line that is not blank."""
    entete = find_entete(feuille.lignes)
    if entete:
        return entete.lignes[-1], entete.libelles
    first = next(ligne for ligne in feuille.lignes if not ligne.vide)
    return first.numero, tuple(texte(cell) for cell in first.cellules)


def title_line(feuille: Feuille) -> int:
    """The number of the last line of headings."""
    return _titles(feuille)[0]


def empreinte(feuille: Feuille) -> str:
    """The same for the same headings in the same order, accents and case aside: recognises a source."""
    headings = "\x1f".join(fold(label) for label in _titles(feuille)[1])
    return hashlib.sha256(headings.encode()).hexdigest()[:16]


def proposed(feuille: Feuille, settled: Mapping[str, Any] | None = None) -> Colonnes:
    """The columns of a sheet: as settled, else as guessed, else with every role to be given by hand."""
    if settled:
        return Colonnes.from_dict(settled)
    try:
        return locate("", feuille, adultes=True)[0]
    except RegistreError:
        labels = _titles(feuille)[1]
        roles = [role_of(label) or IGNORED for label in labels]
        # Without a heading line that the reading knows, columns go by position; `title_line` is set aside.
        return Colonnes(feuille.nom, (), tuple(map(Colonne, labels, roles)))


def settled_again(feuille: Feuille, known: Colonnes) -> Colonnes | None:
    """What was settled for a source, put on a new list of it."""
    if not known.entete:
        return replace(known, feuille=feuille.nom)
    try:
        found, _ = locate("", feuille, adultes=True)
    except RegistreError:
        return None
    return replace(known, feuille=feuille.nom, entete=found.entete)


def with_roles(colonnes: Colonnes, roles: Sequence[tuple[str, int]]) -> Colonnes:
    """The columns with the role and rank that a person gives each; unknown ones are ignored columns."""
    for index, (role, rang) in enumerate(roles[: len(colonnes.colonnes)]):
        known = role if role in ROLES else IGNORED
        if (known, rang) != (colonnes.colonnes[index].role, colonnes.colonnes[index].rang):
            colonnes = colonnes.corrected(index, known, max(1, min(rang, 4)))
    return colonnes


def missing(colonnes: Colonnes, adultes: bool) -> list[str]:
    """What a list cannot do without, in words."""
    found = []
    if not any(colonnes.has("nom", rang) for rang in (1, 2, 3, 4)):
        found.append("le nom")
    if not (colonnes.has("adresse") or colonnes.has("voie")):
        found.append("l'adresse")
    if not adultes and not any(colonnes.has("naissance", rang) for rang in (1, 2, 3, 4)):
        found.append("la date de naissance (ou déclarez la liste « adultes seulement »)")
    return found


@dataclass(frozen=True)
class Apercu:
    """A sheet to be shown: its first rows, its columns, and what could not be made out."""

    feuille: str
    colonnes: Colonnes
    lignes: list[tuple[int, list[str]]]
    problemes: list[str]


def preview(nom: str, donnees: bytes, settled: Mapping[str, Any], adultes: bool) -> list[Apercu]:
    """Every sheet's first rows under its columns."""
    found = []
    for feuille in sheets(nom, donnees):
        problemes: list[str] = []
        if feuille.nom not in settled:
            try:
                locate(nom, feuille, adultes)
            except RegistreError as error:
                problemes = sentences(error)
        colonnes = proposed(feuille, settled.get(feuille.nom))
        after = max(colonnes.entete, default=title_line(feuille))
        body = [ligne for ligne in feuille.lignes if ligne.numero > after and not ligne.vide][:ROWS_SHOWN]
        width = len(colonnes.colonnes)
        rows = [(x.numero, [texte(cell) for cell in x.cellules[:width]]) for x in body]
        padded = [(number, cells + [""] * (width - len(cells))) for number, cells in rows]
        found.append(Apercu(feuille.nom, colonnes, padded, problemes))
    return found
