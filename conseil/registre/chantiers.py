"""Use cases of a register in preparation: open it, send lists, settle their columns. They flush, never commit."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from conseil import journal
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.i18n import french_instant
from conseil.registre import sources
from conseil.registre.chantier_models import Calcul, Chantier, Liste, SourceConnue
from conseil.registre.colonnes import Colonnes

TOTAL_MAXIMUM = 64 * 1024 * 1024
_UNSEEN = re.compile(r"[\x00-\x1f\x7f/\\]+")


@dataclass(frozen=True)
class Reglage:
    """What a chantier is told from the start: its title, the day of the draw, the age on that day (R5)."""

    intitule: str
    date_du_tirage: date
    age_minimum: int


def chantiers() -> Sequence[Chantier]:
    """Those not frozen yet, the last opened first."""
    query = select(Chantier).where(Chantier.fige_le.is_(None)).order_by(Chantier.cree_le.desc(), Chantier.id.desc())
    return db.session.scalars(query).all()


def start(reglage: Reglage, par: int) -> Chantier:
    """A new register in preparation."""
    chantier = Chantier(cree_par=par, **vars(reglage))
    db.session.add(chantier)
    db.session.flush()
    db.session.add(Calcul(chantier_id=chantier.id))
    db.session.flush()
    journal.record("chantier_ouvert", f"chantier:{chantier.id}")
    return chantier


def locked(numero: int) -> Chantier:
    """The chantier, locked until the end of the transaction. Errors: `chantier_absent`, `registre_deja_fige` (R13)."""
    query = select(Chantier).where(Chantier.id == numero).with_for_update()
    chantier = db.session.scalars(query.execution_options(populate_existing=True)).first()
    if chantier is None:
        raise ConseilError("chantier_absent", statut=404)
    if chantier.fige_le is not None:
        raise ConseilError("registre_deja_fige", statut=409, date=french_instant(chantier.fige_le))
    return chantier


def change(numero: int, reglage: Reglage) -> Chantier:
    """Another title, day or age: the reading is redone with them."""
    chantier = locked(numero)
    for name, value in vars(reglage).items():
        setattr(chantier, name, value)
    db.session.flush()
    journal.record("chantier_regle", f"chantier:{numero}")
    return chantier


def add_list(numero: int, nom: str, donnees: bytes, par: int, *, adultes: bool = False) -> Liste:
    """Keep a list as it was sent.

    Its columns are those settled before for the same headings, if any. Errors: `liste_en_double` (same bytes),
    `listes_trop_lourdes` (64 MB in all), RegistreError where it is no table at all.
    """
    chantier = locked(numero)
    sha256 = hashlib.sha256(donnees).hexdigest()
    nom = _plain_name(nom)
    for known in chantier.listes:
        if known.sha256 == sha256:
            raise ConseilError("liste_en_double", statut=409, nom=nom, autre=known.nom)
    if sum(liste.taille for liste in chantier.listes) + len(donnees) > TOTAL_MAXIMUM:
        raise ConseilError("listes_trop_lourdes", nom=nom)
    colonnes, titres = _remembered(nom, donnees)
    liste = Liste(
        nom=_free_name(nom, {liste.nom for liste in chantier.listes}),
        sha256=sha256,
        taille=len(donnees),
        donnees=donnees,
        adultes=adultes,
        colonnes=colonnes,
        titres=titres,
        verifiees=False,
        ajoutee_par=par,
    )
    chantier.listes.append(liste)
    db.session.flush()
    journal.record("liste_ajoutee", f"chantier:{numero}", apres=sha256)
    return liste


def _plain_name(nom: str) -> str:
    """The file's own name, without a folder or anything that cannot be seen."""
    last = nom.replace("\\", "/").rsplit("/", 1)[-1]
    return _UNSEEN.sub("", last).strip()[:150] or "liste"


def _free_name(nom: str, taken: set[str]) -> str:
    stem, dot, ending = nom.rpartition(".")
    stem, ending = (stem, dot + ending) if dot else (nom, "")
    names = [nom, *(f"{stem} ({n}){ending}" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _remembered(nom: str, donnees: bytes) -> tuple[dict[str, Any], dict[str, int]]:
    colonnes: dict[str, Any] = {}
    titres: dict[str, int] = {}
    for feuille in sources.sheets(nom, donnees):
        known = db.session.get(SourceConnue, sources.empreinte(feuille))
        if known and (settled := sources.settled_again(feuille, Colonnes.from_dict(known.colonnes))):
            colonnes[feuille.nom] = settled.to_dict()
            if not settled.entete:
                titres[feuille.nom] = sources.title_line(feuille)
    return colonnes, titres


def find_list(chantier: Chantier, liste_id: int) -> Liste:
    """A list of this chantier. Errors: `liste_absente`."""
    found = next((liste for liste in chantier.listes if liste.id == liste_id), None)
    if found is None:
        raise ConseilError("liste_absente", statut=404)
    return found


def withdraw_list(numero: int, liste_id: int) -> str:
    """Take a list out: its lines leave the account; decisions stay, and serve again if it comes back. Its name."""
    chantier = locked(numero)
    liste = find_list(chantier, liste_id)
    nom, sha256 = liste.nom, liste.sha256
    chantier.listes.remove(liste)
    db.session.flush()
    journal.record("liste_retiree", f"chantier:{numero}", avant=sha256)
    return nom


def declare_adults(numero: int, liste_id: int, adultes: bool) -> Liste:
    """Say whether a list names adults only, so that a missing date of birth excludes nobody."""
    liste = find_list(locked(numero), liste_id)
    liste.adultes = adultes
    db.session.flush()
    journal.record("liste_adultes" if adultes else "liste_non_adultes", f"chantier:{numero}", apres=liste.sha256)
    return liste


def settle_columns(numero: int, liste_id: int, feuille: str, roles: Sequence[tuple[str, int]], par: int) -> Liste:
    """Keep what a person says of each column (role, which person), for this list and for the next of its source.

    Errors: `colonnes_incompletes` where no name or no address is left, or (without `adultes`) no date of birth.
    """
    liste = find_list(locked(numero), liste_id)
    sheet = next((s for s in sources.sheets(liste.nom, liste.donnees or b"") if s.nom == feuille), None)
    if sheet is None:
        raise ConseilError("liste_absente", statut=404)
    settled = sources.with_roles(sources.proposed(sheet, liste.colonnes.get(feuille)), roles)
    if wrong := sources.missing(settled, liste.adultes):
        raise ConseilError("colonnes_incompletes", manque=", ".join(wrong))
    liste.colonnes = {**liste.colonnes, feuille: settled.to_dict()}
    if not settled.entete:
        liste.titres = {**liste.titres, feuille: sources.title_line(sheet)}
    liste.verifiees = True
    known = db.session.get(SourceConnue, sources.empreinte(sheet)) or SourceConnue(empreinte=sources.empreinte(sheet))
    known.colonnes, known.titres, known.par, known.quand = settled.to_dict(), len(settled.entete), par, now()
    db.session.add(known)
    db.session.flush()
    journal.record("colonnes_verifiees", f"chantier:{numero}", apres=liste.sha256)
    return liste


def guess_again(numero: int, liste_id: int) -> Liste:
    """Drop what was settled for a list: its columns are guessed from headings and contents again."""
    liste = find_list(locked(numero), liste_id)
    liste.colonnes, liste.titres, liste.verifiees = {}, {}, False
    db.session.flush()
    journal.record("colonnes_oubliees", f"chantier:{numero}", apres=liste.sha256)
    return liste


def regroup(numero: int, secteurs: Sequence[str]) -> Chantier:
    """Count several sectors as one, « Coty + Kennedy » (methode-tirage §1); none: each on its own again."""
    chantier = locked(numero)
    kept = sorted(set(secteurs) - {""})
    joined = " + ".join(kept)
    if len(kept) == 1 or len(joined) > 60:
        raise ConseilError("regroupement_impossible")
    chantier.regroupements = dict.fromkeys(kept, joined)
    db.session.flush()
    journal.record("secteurs_regroupes", f"chantier:{numero}")
    return chantier
