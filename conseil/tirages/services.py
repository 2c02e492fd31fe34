"""Use cases of the draws: freeze, validations, and what later rooms ask. They flush, never commit."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

import tirage as method
from conseil import journal
from conseil.database import db
from conseil.errors import ConseilError
from conseil.profil import Profil
from conseil.registre.models import Registre
from conseil.tirages import rules
from conseil.tirages.models import Tirage, Validation
from conseil.tirages.state import find, locked

__all__ = ["add_validation", "counting", "find", "freeze_residents_draw", "publish", "residents_request", "tirages"]

# Pretended draws behind the size of the household effect: enough for a tenth of a per cent.
SIMULATED = 20_000
Minima = Sequence[tuple[str, str, int]]


def residents_request(
    registre: Registre, identifiant: str, intitule: str, profil: Profil, *, repetition: bool, minima: Minima = ()
) -> method.Demande:
    """What is asked of a draw of residents (R10): parity, sectors, one per household, optional minima."""
    criteres = set(registre.criteres)
    return method.Demande(
        tirage=identifiant,
        intitule=intitule,
        places=profil.places_tirage,
        parite=profil.critere_parite if profil.critere_parite in criteres else None,
        proportionnels=tuple(c for c in (profil.critere_proportionnel,) if c in criteres),
        minima=tuple((critere, valeur, nombre) for critere, valeur, nombre in minima if nombre),
        repetition=repetition,
        identites_sha256=registre.identites_sha256,
        sources=tuple(method.Source(**source) for source in registre.sources),
        rapport_sha256=registre.rapport_sha256,
    )


def freeze_residents_draw(
    registre: Registre,
    identifiant: str,
    intitule: str,
    profil: Profil,
    *,
    repetition: bool = False,
    minima: Minima = (),
) -> Tirage:
    """The frozen protocol of a draw of residents (R10, R11), R13 from here on.

    Errors: `tirage_identifiant_pris`, and those of the method where the quotas clash.
    """
    asked = residents_request(registre, identifiant, intitule, profil, repetition=repetition, minima=minima)
    draw = publish(registre.registre_csv, asked, nature="habitants", temoins_requis="r11", registre_id=registre.id)
    draw.exclusions = _exclusions(registre.rapport)
    db.session.flush()
    return draw


def _exclusions(rapport: bytes) -> dict[str, int]:
    """How many people the register set aside, by reason: counts alone, for the minutes."""
    counted = json.loads(rapport).get("motifs", {}) if rapport else {}
    return {str(reason): number for reason, number in counted.items() if isinstance(number, int)}


def publish(
    registre_csv: bytes, asked: method.Demande, *, nature: str, temoins_requis: str, registre_id: int | None = None
) -> Tirage:
    """Make the protocol, close it and publish it with its register (R13).

    Errors: `tirage_identifiant_pris`, and the method's own.
    """
    if find(asked.tirage):
        raise ConseilError("tirage_identifiant_pris", identifiant=asked.tirage)
    registre = method.parse_registre(registre_csv)
    prepared = method.make_protocole(registre, asked)
    draw = Tirage(
        identifiant=asked.tirage,
        intitule=asked.intitule,
        nature=nature,
        repetition=asked.repetition,
        temoins_requis=temoins_requis,
        registre_id=registre_id,
        registre_csv=registre_csv,
        protocole=prepared.data,
        protocole_sha256=prepared.sha256,
        nombre_des=prepared.protocole.nombre_des,
        places=prepared.protocole.places,
        effet_foyer=_household_effect(registre, prepared.protocole),
    )
    db.session.add(draw)
    db.session.flush()
    journal.record("tirage_fige", f"tirage:{asked.tirage}", apres=prepared.sha256)
    return draw


def _household_effect(registre: method.Registre, protocole: method.Protocole) -> list[dict[str, Any]]:
    """By size of household, how much the rule of one per household moves the published chances (methode §4)."""
    if not protocole.foyer_unique:
        return []
    simulated = method.simulate(registre, protocole, SIMULATED)
    return [
        {"taille": size, "residents": found.residents, "effet": found.effect, "erreur": found.error}
        for size, found in sorted(simulated.sizes.items())
    ]


def add_validation(identifiant: str, qualite: str, nom: str, le: date) -> Validation:
    """Someone validated the method annexe (R12). Errors: `validation_qualite`, `validation_nom`."""
    draw, name = locked(identifiant).tirage, " ".join(nom.split())
    if qualite not in rules.QUALITES_VALIDATION:
        raise ConseilError("validation_qualite")
    if not 1 <= len(name) <= 120:
        raise ConseilError("validation_nom")
    known = db.session.scalars(
        select(Validation).filter_by(tirage_id=draw.id, qualite=qualite, nom=name, date_validation=le)
    ).first()
    if known:
        return known
    made = Validation(tirage_id=draw.id, qualite=qualite, nom=name, date_validation=le)
    db.session.add(made)
    db.session.flush()
    journal.record("methode_validee", f"tirage:{identifiant}", qualite=qualite, date=le.isoformat())
    return made


def tirages() -> Sequence[Tirage]:
    """Every draw, the last frozen first; none ever leaves the list (R13)."""
    return db.session.scalars(select(Tirage).order_by(Tirage.fige_le.desc(), Tirage.id.desc())).all()


def counting(nature: str) -> Sequence[Tirage]:
    """The draws of a kind whose result counts, the last drawn first: no rehearsal, none that ended (R13)."""
    query = select(Tirage).where(Tirage.nature == nature).order_by(Tirage.tire_le.desc())
    return [draw for draw in db.session.scalars(query) if rules.counts(draw.etat, draw.repetition)]


def ranked(draw: Tirage) -> Mapping[int, str]:
    """Rank → number, of a draw that has its result; empty where it has none."""
    return {place.rang: place.numero for place in method.parse_resultat(draw.resultat).liste} if draw.resultat else {}
