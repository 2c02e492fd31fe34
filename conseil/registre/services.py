"""Use cases of the registers. They flush, never commit."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import SystemRandom
from typing import Any

from sqlalchemy import select

import tirage
from conseil import journal
from conseil.database import db
from conseil.errors import ConseilError
from conseil.registre.bilan import Bilan, Inscrit
from conseil.registre.lecture import Lecture
from conseil.registre.models import Registre, Resident
from conseil.registre.personnes import Personne

CRITERES = ("genre", "secteur")


@dataclass(frozen=True)
class Freeze:
    """What a frozen register is told: its title, the day of the draw (R5) and the age asked on that day."""

    intitule: str
    date_du_tirage: date
    age_minimum: int


def freeze(lecture: Lecture | Bilan, asked: Freeze, settled: Mapping[str, Any] | None = None) -> Registre:
    """Give every eligible person a random number, a salt and their household's code, and close the register.

    methode-tirage §1: the numbers are a permutation from the operating system, so that a number says nothing
    about a name. settled: what people decided and why, added to the report (no name). Errors: `registre_vide`.
    """
    residents = _numbered(lecture)
    if not residents:
        raise ConseilError("registre_vide")
    public = tirage.write_registre(CRITERES, ((r.numero, r.foyer, r.genre, r.secteur) for r in residents))
    identities = tirage.write_identites((r.numero, fingerprint(r)) for r in residents)
    told = {**lecture.rapport(), **(settled or {})}
    report = json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
    registre = Registre(
        intitule=asked.intitule,
        date_du_tirage=asked.date_du_tirage,
        age_minimum=asked.age_minimum,
        criteres=list(CRITERES),
        registre_csv=public,
        registre_sha256=_sha256(public),
        identites_csv=identities,
        identites_sha256=_sha256(identities),
        rapport=report,
        rapport_sha256=_sha256(report),
        sources=sources(lecture),
        residents=residents,
    )
    db.session.add(registre)
    db.session.flush()
    journal.record("registre_fige", f"registre:{registre.id}", apres=registre.registre_sha256)
    return registre


def _numbered(lecture: Lecture | Bilan) -> list[Resident]:
    people: list[Personne | Inscrit] = list(lecture.personnes)
    SystemRandom().shuffle(people)
    width = len(str(len(people)))
    codes = _household_codes({person.foyer for person in people if person.foyer is not None})
    return [
        Resident(
            numero=str(position).zfill(width),
            sel=secrets.token_hex(16),
            nom=person.nom,
            prenom=person.prenom,
            naissance=person.naissance,
            genre=person.genre,
            secteur=person.secteur,
            adresse=person.adresse,
            complement=person.complement,
            foyer=codes[person.foyer] if person.foyer is not None else "",
        )
        for position, person in enumerate(people, start=1)
    ]


def _household_codes(households: set[Any]) -> dict[Any, str]:
    codes: set[str] = set()
    while len(codes) < len(households):
        codes.add(secrets.token_hex(4))
    return dict(zip(households, codes, strict=True))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fingerprint(resident: Resident) -> str:
    """The line of `identites.csv` that binds this number to this person (methode-tirage §1)."""
    born = resident.naissance.isoformat() if resident.naissance else ""
    return tirage.empreinte_identite(resident.sel, resident.numero, resident.nom, resident.prenom, born)


def sources(lecture: Lecture | Bilan) -> list[dict[str, Any]]:
    """The lists read, as the protocol names them: {fichier, sha256, lignes}."""
    return [{"fichier": source.nom, "sha256": source.sha256, "lignes": source.lignes} for source in lecture.fichiers]


def registres() -> Sequence[Registre]:
    """Every register, the last frozen first."""
    return db.session.scalars(select(Registre).order_by(Registre.fige_le.desc())).all()


def residents(registre_id: int, numeros: Sequence[str]) -> dict[str, Resident]:
    """The people behind some numbers: for `ville` alone, and only where a page journals it."""
    query = select(Resident).where(Resident.registre_id == registre_id, Resident.numero.in_(numeros))
    return {resident.numero: resident for resident in db.session.scalars(query)}
