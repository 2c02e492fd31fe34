"""From a register in preparation to a frozen one: what is still open, then the freeze (R13).

At the freeze the lists, the readings and what was filled in from them are deleted: they hold minors, people of
other quarters, everyone who was set aside. The people kept stay in `Resident` as long as « How long » says; the
fingerprints of the lists stay in the protocol, so that their senders can show that the same files were read.
"""

import hashlib
from collections import Counter
from typing import Any

from sqlalchemy import delete, update

from conseil import journal
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.registre import arbitrages, calculs, chantiers, entrees, populations, services
from conseil.registre.bilan import Bilan
from conseil.registre.chantier_models import Calcul, Chantier, Completion, DecisionPaire, Liste
from conseil.registre.chantier_rules import Comparaison, Ouvert, Point, checklist, compare, household_key
from conseil.registre.models import Registre


def comparison(chantier: Chantier, bilan: Bilan) -> list[Comparaison]:
    """The register beside the known population, the sectors grouped as the chantier groups them."""
    known: Counter[str] = Counter()
    for figure in populations.populations():
        known[chantier.regroupements.get(figure.secteur, figure.secteur)] += figure.habitants
    return compare(bilan.par_secteur, known)


def points(chantier: Chantier, bilan: Bilan) -> list[Point]:
    """The checklist of the freeze."""
    return checklist(_open(chantier, bilan), arbitrages.reasons(chantier.id, "point"))


def _open(chantier: Chantier, bilan: Bilan) -> Ouvert:
    decided = arbitrages.decisions(chantier.id)
    settled = arbitrages.completions(chantier.id)
    households, kinds = (arbitrages.reasons(chantier.id, subject) for subject in ("foyer", "type"))
    without = [p for p in bilan.a_completer("genre") if not _said(p, "genre", settled)]
    compared = comparison(chantier, bilan)
    return Ouvert(
        listes_absentes=int(not chantier.listes),
        listes_illisibles=len(bilan.problemes),
        colonnes_a_verifier=sum(not liste.verifiees for liste in chantier.listes),
        doublons=sum(p["ouverte"] and p["id"] not in decided for p in bilan.paires),
        voies_inconnues=len(bilan.a_completer("secteur")),
        sans_civilite=len(without),
        sans_naissance=len(bilan.a_completer("naissance")),
        foyers_sans_raison=sum(household_key(f["adresses"]) not in households for f in bilan.foyers),
        types_sans_note=sum(kind not in kinds for kind in bilan.types_minces),
        populations_absentes=sum(c.habitants is None for c in compared),
        ecarts=sum(c.alerte for c in compared),
    )


def _said(person: dict[str, Any], champ: str, settled: dict[tuple[str, str], Completion]) -> bool:
    return any((cle, champ) in settled for cle in person["cles"])


def settled_report(chantier: Chantier, bilan: Bilan) -> dict[str, Any]:
    """What people decided, counted, and why things stay as they are: the part of the report that is theirs."""
    filled = Counter(champ for _, champ in arbitrages.completions(chantier.id))
    choices = Counter(decision.choix for decision in arbitrages.decisions(chantier.id).values())
    asked = entrees.load(chantier)
    taken = {household_key(f["adresses"]): f for f in bilan.foyers}
    households = arbitrages.reasons(chantier.id, "foyer")
    kinds = arbitrages.reasons(chantier.id, "type")
    return {
        "decisions": {choix: choices[choix] for choix in arbitrages.CHOIX},
        "completions": dict(sorted(filled.items())),
        "rattachements": dict(asked.rattachements),
        "regroupements": dict(asked.regroupements),
        "adultes_seulement": sorted(liste.nom for liste in chantier.listes if liste.adultes),
        "voies_sha256": hashlib.sha256(asked.voies.encode()).hexdigest(),
        "raisons": {
            "foyers": [
                {"personnes": taken[cle]["taille"], "raison": text} for cle, text in households.items() if cle in taken
            ],
            "types": {kind: text for kind, text in kinds.items() if kind in bilan.types_minces},
            "points": [
                {"point": point.code, "reste": point.reste, "raison": point.raison}
                for point in points(chantier, bilan)
                if not point.fait and point.raison
            ],
        },
        "populations": [
            {"secteur": p.secteur, "habitants": p.habitants, "annee": p.annee, "source": p.source}
            for p in populations.populations()
        ],
    }


def freeze(numero: int) -> Registre:
    """Freeze the chantier as it was last read, if that reading is of its present state and every point is passed.

    Errors: `registre_deja_fige`, `lecture_en_retard`, `points_ouverts`, `registre_vide`.
    """
    chantier = chantiers.locked(numero)
    calcul = db.session.get_one(Calcul, numero, populate_existing=True)
    if calcul.resultat is None or calcul.resultat_cle != entrees.load(chantier).cle:
        raise ConseilError("lecture_en_retard", statut=409)
    bilan = Bilan(calcul.resultat)
    still = [point for point in points(chantier, bilan) if not point.passe]
    if still:
        raise ConseilError("points_ouverts", statut=409, nombre=len(still))
    asked = services.Freeze(chantier.intitule, chantier.date_du_tirage, chantier.age_minimum)
    registre = services.freeze(bilan, asked, settled_report(chantier, bilan))
    chantier.registre_id, chantier.fige_le = registre.id, registre.fige_le or now()
    _erase(numero)
    journal.record("chantier_fige", f"chantier:{numero}", apres=registre.registre_sha256)
    return registre


def _erase(numero: int) -> None:
    """Everything that names people, but the register itself; only the lists' names and fingerprints stay."""
    for table in (Completion, DecisionPaire):
        db.session.execute(delete(table).where(table.chantier_id == numero))
    db.session.execute(update(Liste).where(Liste.chantier_id == numero).values(donnees=None))
    gone = {"resultat": None, "resultat_cle": "", "cle": "", "jeton": "", "etape": ""}
    db.session.execute(update(Calcul).where(Calcul.chantier_id == numero).values(gone))
    db.session.flush()
    calculs.forget()
