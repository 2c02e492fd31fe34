"""Use cases that end a draw otherwise than by its result (R13). They flush, never commit."""

from collections.abc import Callable
from datetime import date

from flask import Flask, current_app

from conseil import journal
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.tirages import rules
from conseil.tirages.models import Accord, Fin, Tirage
from conseil.tirages.state import Dossier, locked

Listener = Callable[[Tirage, Fin], None]


def on_invalidated(app: Flask, listener: Listener) -> None:
    """Hand over what must follow when a decision strikes a draw: the places it gave end (R13)."""
    app.extensions.setdefault("tirages.invalides", []).append(listener)


def withdraw(identifiant: str, motif: str) -> Tirage:
    """Before the first die: the draw will not take place, and says why (R13)."""
    dossier = locked(identifiant)
    _refuse(rules.withdraw_fault(dossier.situation))
    return _end(dossier, Fin(genre="retire", motif=_reason(motif)))


def propose_cancellation(identifiant: str, motif: str) -> Fin:
    """After the first die: the witnesses are asked to agree, together (R13, methode-tirage §3)."""
    dossier, reason = locked(identifiant), _reason(motif)
    if dossier.annulation is not None:
        return dossier.annulation
    _refuse(rules.cancel_fault(dossier.situation))
    fin = Fin(tirage_id=dossier.tirage.id, genre="annule", motif=reason)
    db.session.add(fin)
    db.session.flush()
    journal.record("annulation_demandee", f"tirage:{identifiant}")
    return fin


def give_up_cancellation(identifiant: str) -> None:
    """The cancellation is not wanted any more: the draw goes on. Errors: `annulation_absente`."""
    dossier = locked(identifiant)
    fin = dossier.annulation
    if fin is None or fin.prise_le is not None:
        raise ConseilError("annulation_absente")
    for accord in dossier.accords:
        db.session.delete(accord)
    db.session.flush()
    db.session.delete(fin)
    db.session.flush()
    journal.record("annulation_abandonnee", f"tirage:{identifiant}")


def agree_to_cancel(identifiant: str, temoin_id: int, *, par_appareil: bool) -> Tirage:
    """A witness agrees; when all those the rule names have, the draw is cancelled (R13).

    par_appareil: False where the clerk writes in the word of a witness who has no device. Errors:
    `annulation_absente`, `temoin_inconnu`, `accord_par_appareil` for the word of someone who has one.
    """
    dossier = locked(identifiant)
    fin, witness = dossier.annulation, next((w for w in dossier.temoins if w.id == temoin_id), None)
    if fin is None:
        raise ConseilError("annulation_absente")
    if witness is None:
        raise ConseilError("temoin_inconnu", statut=404)
    if witness.par_appareil and not par_appareil:
        raise ConseilError("accord_par_appareil")
    if fin.prise_le is not None or any(accord.temoin_id == temoin_id for accord in dossier.accords):
        return dossier.tirage
    _refuse(rules.cancel_fault(dossier.situation))
    db.session.add(Accord(fin_id=fin.id, temoin_id=temoin_id, par_appareil=par_appareil))
    db.session.flush()
    journal.record("annulation_acceptee", f"tirage:{identifiant}", qualite=witness.qualite)
    dossier = locked(identifiant)
    return _end(dossier, fin) if rules.cancellation_agreed(dossier.situation) else dossier.tirage


def invalidate(identifiant: str, motif: str, autorite: str, reference: str, le: date) -> Tirage:
    """A court's or the préfet's decision ends the draw and the places it gave (R13).

    Errors: `decision_incomplete`, and those of `rules.invalidate_fault`.
    """
    dossier = locked(identifiant)
    _refuse(rules.invalidate_fault(dossier.situation))
    authority, number = autorite.strip(), reference.strip()
    if not (1 <= len(authority) <= 120 and 1 <= len(number) <= 120):
        raise ConseilError("decision_incomplete")
    fin = Fin(genre="invalide", motif=_reason(motif), autorite=authority, reference=number, date_decision=le)
    draw = _end(dossier, fin)
    for listener in current_app.extensions.get("tirages.invalides", []):
        listener(draw, fin)
    return draw


def letters_left(identifiant: str) -> Tirage:
    """The first letter left: from now on only a recorded decision ends the draw (R13).

    Errors: `repetition_ne_compte_pas`; `tirage_sans_resultat` where there is none that counts.
    """
    dossier = locked(identifiant)
    draw = dossier.tirage
    if draw.repetition:
        raise ConseilError("repetition_ne_compte_pas")
    if not rules.counts(draw.etat, draw.repetition):
        raise ConseilError("tirage_sans_resultat")
    if draw.lettres_le is None:
        draw.lettres_le = now()
        db.session.flush()
        journal.record("lettres_parties", f"tirage:{identifiant}")
    return draw


def _end(dossier: Dossier, fin: Fin) -> Tirage:
    draw = dossier.tirage
    fin.tirage_id, fin.prise_le, draw.etat = draw.id, now(), fin.genre
    db.session.add(fin)
    db.session.flush()
    journal.record(f"tirage_{fin.genre}", f"tirage:{draw.identifiant}", avant=draw.protocole_sha256)
    return draw


def _reason(motif: str) -> str:
    words = motif.strip()
    if not 1 <= len(words) <= 1000:
        raise ConseilError("motif_manquant")
    return words


def _refuse(code: str | None) -> None:
    if code:
        raise ConseilError(code, statut=409)
