"""People who asked not to be contacted: recorded as keyed hashes, applied to every reading, forgotten after 5 years.

The key is derived from the site's SECRET_KEY: whoever holds the database alone cannot try names against it, and
a site that changes its SECRET_KEY loses its objections. Use cases: they flush, never commit.
"""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from flask import Flask, current_app
from sqlalchemy import delete, select

from conseil import journal
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.registre.chantier_models import Opposition
from conseil.registre.chantier_rules import OPPOSITION_ANNEES, opposes, opposition_hashes
from conseil.registre.folding import key

DUREE = timedelta(days=365 * OPPOSITION_ANNEES + 1)


def secret_of(app: Flask) -> bytes:
    """The key of the hashes."""
    return hmac.new(str(app.config["SECRET_KEY"]).encode(), b"oppositions", hashlib.sha256).digest()


def oppose(nom: str, prenom: str, jour: date | None, par: int) -> Opposition:
    """Record an objection; the same twice is one. Errors: `opposition_sans_nom`."""
    if not key(nom) or not key(prenom):
        raise ConseilError("opposition_sans_nom")
    forget_old()
    day = jour.isoformat() if jour else ""
    name_hash, day_hash = opposition_hashes(secret_of(current_app), nom, prenom, day)
    found = db.session.scalars(select(Opposition).filter_by(nom_hache=name_hash, jour_hache=day_hash)).first()
    if found:
        return found
    recorded = Opposition(nom_hache=name_hash, jour_hache=day_hash, par=par)
    db.session.add(recorded)
    db.session.flush()
    journal.record("opposition_enregistree", f"opposition:{recorded.id}")
    return recorded


def withdraw(numero: int) -> None:
    """Take an objection back, at the person's request."""
    found = db.session.get(Opposition, numero)
    if found:
        db.session.delete(found)
        db.session.flush()
        journal.record("opposition_retiree", f"opposition:{numero}")


def forget_old() -> None:
    """Delete those older than 5 years (« How long »)."""
    db.session.execute(delete(Opposition).where(Opposition.quand < now() - DUREE))


def oppositions() -> Sequence[Opposition]:
    """Those in force, the last first."""
    recent = select(Opposition).where(Opposition.quand >= now() - DUREE)
    return db.session.scalars(recent.order_by(Opposition.quand.desc(), Opposition.id.desc())).all()


def known_pairs() -> list[tuple[str, str | None]]:
    """The hashes in force."""
    return [(o.nom_hache, o.jour_hache) for o in oppositions()]


def tester(pairs: Sequence[tuple[str, str | None]], secret: bytes) -> Callable[[str], bool]:
    """What `Lecture` asks of each identity."""
    known: dict[str, set[str | None]] = {}
    for name, day in pairs:
        known.setdefault(name, set()).add(day)
    return (lambda identite: opposes(secret, identite, known)) if known else (lambda _identite: False)
