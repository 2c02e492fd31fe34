"""The journal: every act that counts, append-only, each row carrying the hash of the one before.

A row holds no personal content beyond its actor (an account's number); documents print the head, so that
someone who holds a printed page can tell whether a past row was changed since.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from flask_login import current_user
from sqlalchemy import JSON, CheckConstraint, String, event, select, text
from sqlalchemy.orm import Mapped, mapped_column

from conseil.database import Base, UTCDateTime, db, now

ORIGIN = "0" * 64  # what the first row carries as the hash of the one before
SYSTEM = "systeme"


class EntreeJournal(Base):
    """One act. numero: 1, 2, 3… without a gap. avant/apres: SHA-256 of what the act changed, where it has one."""

    __tablename__ = "journal"
    __table_args__ = (CheckConstraint("length(empreinte) = 64", name="empreinte"),)

    numero: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    quand: Mapped[datetime] = mapped_column(UTCDateTime)
    acteur: Mapped[str] = mapped_column(String(40))
    acte: Mapped[str] = mapped_column(String(60))
    objet: Mapped[str] = mapped_column(String(120))
    avant: Mapped[str | None] = mapped_column(String(64))
    apres: Mapped[str | None] = mapped_column(String(64))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    precedente: Mapped[str] = mapped_column(String(64))
    empreinte: Mapped[str] = mapped_column(String(64), unique=True)

    def computed_hash(self) -> str:
        """SHA-256 of the row's content and of the hash before it, over JSON with sorted keys."""
        content = {
            "numero": self.numero,
            "quand": self.quand.isoformat(timespec="microseconds"),
            "acteur": self.acteur,
            "acte": self.acte,
            "objet": self.objet,
            "avant": self.avant,
            "apres": self.apres,
            "details": self.details,
            "precedente": self.precedente,
        }
        written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


def _refuse_change(mapper: Any, connection: Any, entry: EntreeJournal) -> None:
    raise RuntimeError("the journal is append-only")


event.listen(EntreeJournal, "before_update", _refuse_change)
event.listen(EntreeJournal, "before_delete", _refuse_change)


def record(
    acte: str,
    objet: str,
    *,
    avant: str | None = None,
    apres: str | None = None,
    acteur: str | None = None,
    **details: Any,
) -> EntreeJournal:
    """Append an act; flushes, never commits. Call it last in a use case: it holds the chain until the commit.

    acteur: the account's number; the person signed in unless told, `systeme` outside a request.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE journal IN SHARE ROW EXCLUSIVE MODE"))
    last = head()
    entry = EntreeJournal(
        numero=last.numero + 1 if last else 1,
        quand=now(),
        acteur=acteur or _actor(),
        acte=acte,
        objet=objet,
        avant=avant,
        apres=apres,
        details=details,
        precedente=last.empreinte if last else ORIGIN,
    )
    entry.empreinte = entry.computed_hash()
    db.session.add(entry)
    db.session.flush()
    return entry


def _actor() -> str:
    if current_user and current_user.is_authenticated:
        return f"compte:{current_user.id}"
    return SYSTEM


def head() -> EntreeJournal | None:
    """The last row, whose hash stands for the whole journal."""
    return db.session.scalars(select(EntreeJournal).order_by(EntreeJournal.numero.desc()).limit(1)).first()


def breaks() -> Iterator[tuple[int, str]]:
    """Each place where the chain does not hold: (row's number, what is wrong in French)."""
    expected, previous = 1, ORIGIN
    for entry in db.session.scalars(select(EntreeJournal).order_by(EntreeJournal.numero)).yield_per(1000):
        if entry.numero != expected:
            yield entry.numero, f"la ligne {expected} manque"
        if entry.precedente != previous:
            yield entry.numero, "elle ne suit pas la ligne précédente"
        if entry.computed_hash() != entry.empreinte:
            yield entry.numero, "son contenu a été changé après coup"
        expected, previous = entry.numero + 1, entry.empreinte


cli = AppGroup("journal", help="Le journal des actes, chaîné et sans retour en arrière.")


@cli.command("verifier")
def verify_command() -> None:
    """Vérifie la chaîne entière du journal (code de sortie 1 si une ligne a été changée)."""
    found = list(breaks())
    for number, wrong in found:
        click.echo(f"Ligne {number} : {wrong}.", err=True)
    if found:
        raise SystemExit(1)
    last = head()
    click.echo(f"Journal intact : {last.numero} lignes, tête {last.empreinte}." if last else "Journal intact, vide.")


def install(app: Flask) -> None:
    """Add `flask journal`."""
    app.cli.add_command(cli)
