"""Use cases of the drafts: a draw being prepared, with what its quotas would give. They flush, never commit."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

import tirage as method
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.profil import Profil
from conseil.registre.models import Registre
from conseil.tirages.models import Brouillon, Tirage
from conseil.tirages.services import Minima, find, freeze_residents_draw, residents_request


@dataclass(frozen=True)
class Apercu:
    """What a draft would give: the protocol as it would be, and the groups too thin to hide anyone (§1)."""

    preparation: method.Preparation
    groupes_minces: Mapping[str, int]


def brouillons() -> Sequence[Brouillon]:
    """Every draft, the last begun first."""
    return db.session.scalars(select(Brouillon).order_by(Brouillon.id.desc())).all()


def start(registre_id: int, intitule: str, *, repetition: bool) -> Brouillon:
    """A new draft on a frozen register. Errors: `registre_inconnu`, `brouillon_intitule`."""
    if db.session.get(Registre, registre_id) is None:
        raise ConseilError("registre_inconnu", statut=404)
    title = _title(intitule)
    draft = Brouillon(
        identifiant=_free_name(repetition), intitule=title, registre_id=registre_id, repetition=repetition
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def _title(intitule: str) -> str:
    title = " ".join(intitule.split())
    # What canonical JSON cannot hold is refused here, where the person can mend it (methode-tirage §2).
    if not 1 <= len(title) <= 200 or re.search(r'["\\\x00-\x1f]', title):
        raise ConseilError("brouillon_intitule")
    return title


def _free_name(repetition: bool) -> str:
    """An identifier that no draw has had: kind, day, and a few random letters."""
    day = f"{now():%Y-%m-%d}"
    start_ = "repetition" if repetition else "habitants"
    while find(name := f"{start_}-{day}-{secrets.token_hex(2)}"):
        pass
    return name


def locked_draft(numero: int) -> Brouillon:
    """A draft, to be changed. Errors: `brouillon_inconnu` (frozen or dropped meanwhile)."""
    query = select(Brouillon).where(Brouillon.id == numero).with_for_update()
    draft = db.session.scalars(query.execution_options(populate_existing=True)).first()
    if draft is None:
        raise ConseilError("brouillon_inconnu", statut=404)
    return draft


def change(numero: int, intitule: str, minima: Minima) -> Brouillon:
    """Another title, other minima (R10). Errors: `brouillon_intitule`, `brouillon_inconnu`."""
    draft = locked_draft(numero)
    draft.intitule = _title(intitule)
    draft.minima = [[critere, valeur, nombre] for critere, valeur, nombre in minima if nombre]
    db.session.flush()
    return draft


def drop(numero: int) -> None:
    """Forget a draft: nothing of it was published."""
    db.session.delete(locked_draft(numero))
    db.session.flush()


def registre_of(draft: Brouillon) -> Registre:
    """The register a draft draws from. Errors: `registre_inconnu`."""
    found = db.session.get(Registre, draft.registre_id)
    if found is None:
        raise ConseilError("registre_inconnu", statut=404)
    return found


def preview(draft: Brouillon, profil: Profil) -> Apercu:
    """Make the protocol without keeping it. Raises the method's refusals: what clashes, the least that mends it."""
    source = registre_of(draft)
    asked = residents_request(
        source, draft.identifiant, draft.intitule, profil, repetition=draft.repetition, minima=_minima(draft)
    )
    prepared = method.make_protocole(method.parse_registre(source.registre_csv), asked)
    effectifs = prepared.protocole.effectifs
    return Apercu(prepared, {t: n for t, n in sorted(effectifs.items()) if n < profil.type_minimum})


def _minima(draft: Brouillon) -> Minima:
    return [(critere, valeur, nombre) for critere, valeur, nombre in draft.minima]


def freeze(numero: int, profil: Profil) -> Tirage:
    """Close and publish: from here nothing changes (R13). Errors: as `preview` and `freeze_residents_draw`."""
    draft = locked_draft(numero)
    draw = freeze_residents_draw(
        registre_of(draft),
        draft.identifiant,
        draft.intitule,
        profil,
        repetition=draft.repetition,
        minima=_minima(draft),
    )
    db.session.delete(draft)
    db.session.flush()
    return draw
