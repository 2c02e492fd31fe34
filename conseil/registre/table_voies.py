"""The street table kept in the site: streets, their sector, the numbers they are cut at, the spellings attached.

Use cases: they flush, never commit. Whatever is written is first read as `voies.csv` would be, so that a table
that contradicts itself cannot be kept.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from conseil import journal
from conseil.database import db
from conseil.errors import ConseilError
from conseil.registre.chantier_models import LigneVoie, Rattachement
from conseil.registre.folding import fold
from conseil.registre.voies import Voies, read_voies

HEADER = ("voie", "secteur", "debut", "fin", "cote", "commune")
FICHIER = "voies.csv"


@dataclass(frozen=True)
class Ligne:
    """A line of `voies.csv`; `debut` and `fin` as typed."""

    voie: str
    secteur: str
    debut: str = ""
    fin: str = ""
    cote: str = ""
    commune: str = ""


def lignes() -> Sequence[LigneVoie]:
    """The table, by sector then street."""
    order = (LigneVoie.secteur == "", LigneVoie.secteur, LigneVoie.voie, LigneVoie.debut, LigneVoie.id)
    return db.session.scalars(select(LigneVoie).order_by(*order)).all()


def csv_text(table: Iterable[Any]) -> str:
    """`voies.csv` of lines that have the six fields."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(HEADER)
    for ligne in table:
        values = [getattr(ligne, name) for name in HEADER]
        writer.writerow(["" if value is None else str(value) for value in values])
    return out.getvalue()


def voies() -> Voies:
    """The table as the reading takes it; empty where nothing was entered."""
    table = lignes()
    return read_voies(FICHIER, csv_text(table).encode()) if table else Voies([])


def secteurs() -> list[str]:
    """The sectors of the quartier."""
    return sorted({ligne.secteur for ligne in lignes()} - {""})


def save(typed: Ligne, numero: int | None = None, version: int = 0) -> LigneVoie:
    """Add a line, or change line `numero` if it is still as the person saw it (`version`).

    Errors: RegistreError (what the table would contradict), `voie_changee`, `voie_partie`.
    """
    table = list(lignes())
    others = [ligne for ligne in table if ligne.id != numero]
    read_voies(FICHIER, csv_text([*others, typed]).encode())
    ligne = _found(table, numero, version) if numero else LigneVoie(version=0)
    ligne.voie, ligne.secteur, ligne.commune = typed.voie.strip(), typed.secteur.strip(), typed.commune.strip()
    ligne.debut, ligne.fin = (int(text) if text.strip() else None for text in (typed.debut, typed.fin))
    ligne.cote = {"pairs": "pair", "impairs": "impair"}.get(fold(typed.cote), fold(typed.cote))
    ligne.version += 1
    db.session.add(ligne)
    db.session.flush()
    journal.record("voie_ecrite", f"voie:{ligne.id}")
    return ligne


def _found(table: Iterable[LigneVoie], numero: int, version: int) -> LigneVoie:
    found = next((ligne for ligne in table if ligne.id == numero), None)
    if found is None:
        raise ConseilError("voie_partie", statut=409)
    if found.version != version:
        raise ConseilError("voie_changee", statut=409, voie=found.voie)
    return found


def remove(numero: int, version: int) -> None:
    """Take a line out. Errors: `voie_changee`, `voie_partie`."""
    db.session.delete(_found(lignes(), numero, version))
    db.session.flush()
    journal.record("voie_retiree", f"voie:{numero}")


def replace_all(fichier: str, data: bytes) -> int:
    """Put the lines of a `voies.csv` (or a workbook) in place of the table; how many. Errors: RegistreError."""
    read = read_voies(fichier, data)
    before = len(lignes())
    db.session.execute(delete(LigneVoie))
    for voie in read.voies:
        for t in voie.tranches:
            db.session.add(
                LigneVoie(
                    voie=voie.libelle, secteur=t.secteur, debut=t.debut, fin=t.fin, cote=t.cote, commune=read.commune
                )
            )
    db.session.flush()
    after = sum(len(voie.tranches) for voie in read.voies)
    journal.record("voies_remplacees", "voies", lignes_avant=before, lignes_apres=after)
    return after


def attach(rue: str, voie: str, par: int) -> Rattachement:
    """Say that an unknown street of the lists is one of the table. Errors: `voie_partie`, `rue_vide`."""
    if not rue:
        raise ConseilError("rue_vide")
    if voie not in {ligne.voie for ligne in lignes()}:
        raise ConseilError("voie_partie", statut=409)
    found = db.session.get(Rattachement, rue) or Rattachement(rue=rue)
    found.voie, found.par = voie, par
    db.session.add(found)
    db.session.flush()
    journal.record("voie_rattachee", "voies")
    return found


def detach(rue: str) -> None:
    """Take an attachment back; none: nothing to do."""
    found = db.session.get(Rattachement, rue)
    if found:
        db.session.delete(found)
        db.session.flush()
        journal.record("voie_detachee", "voies")


def rattachements() -> Sequence[Rattachement]:
    """The attachments, the last first."""
    return db.session.scalars(select(Rattachement).order_by(Rattachement.quand.desc())).all()
