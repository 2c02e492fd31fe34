"""What people settle about the people of the lists: look-alikes, blanks, reasons. Use cases: they flush, never commit.

Two clerks at once: each act says what its author saw; where someone else settled it otherwise meanwhile, it is
refused and says by whom, and nothing is overwritten.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from conseil import journal
from conseil.comptes.models import Compte
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.registre import chantiers, table_voies
from conseil.registre.chantier_models import Completion, DecisionPaire, Explication

CHOIX = {"meme": "même personne", "deux": "deux personnes"}
GENRES = ("F", "M", "X")


def decisions(numero: int) -> dict[str, DecisionPaire]:
    """What was decided of each pair."""
    query = select(DecisionPaire).where(DecisionPaire.chantier_id == numero)
    return {decision.paire: decision for decision in db.session.scalars(query)}


def decide(numero: int, paire: str, choix: str, par: int, vu: str = "") -> DecisionPaire:
    """One pair settled. `vu`: the choice its author saw there ("" for none).

    The same choice twice (a double click) is one. Errors: `doublon_deja_decide`, `choix_inconnu`.
    """
    if choix not in CHOIX or len(paire) > 16:
        raise ConseilError("choix_inconnu")
    chantiers.locked(numero)
    found = db.session.scalars(select(DecisionPaire).filter_by(chantier_id=numero, paire=paire)).first()
    if found and found.choix == choix:
        return found
    if found and found.choix != vu:
        raise ConseilError("doublon_deja_decide", statut=409, choix=CHOIX[found.choix], qui=name_of(found.par))
    decision = found or DecisionPaire(chantier_id=numero, paire=paire)
    if found:
        decision.avant = {name: getattr(found, name) for name in ("choix", "par", "geste", "avant")}
    decision.choix, decision.par, decision.quand, decision.geste = choix, par, now(), _next_gesture(numero)
    db.session.add(decision)
    db.session.flush()
    journal.record("doublon_decide", f"decision:{decision.id}", choix=choix)
    return decision


def decide_all(numero: int, paires: Iterable[str], par: int) -> int:
    """« Réunir » every one of these pairs that nobody settled, in one gesture; how many."""
    chantiers.locked(numero)
    known, gesture = decisions(numero), _next_gesture(numero)
    wanted = sorted(set(paires) - known.keys())
    for paire in wanted:
        db.session.add(
            DecisionPaire(chantier_id=numero, paire=paire, choix="meme", par=par, quand=now(), geste=gesture)
        )
    db.session.flush()
    if wanted:
        journal.record("doublons_reunis", f"chantier:{numero}", nombre=len(wanted))
    return len(wanted)


def undo(numero: int, par: int) -> list[str]:
    """Take back this person's last gesture (one decision, or all those taken at once): the pairs."""
    chantiers.locked(numero)
    mine = (DecisionPaire.chantier_id == numero, DecisionPaire.par == par)
    last = db.session.scalar(select(func.max(DecisionPaire.geste)).where(*mine))
    if last is None:
        raise ConseilError("rien_a_annuler")
    taken = db.session.scalars(select(DecisionPaire).where(*mine, DecisionPaire.geste == last)).all()
    for decision in taken:
        _take_back(decision)
    db.session.flush()
    journal.record("doublons_annules", f"chantier:{numero}", nombre=len(taken))
    return sorted(decision.paire for decision in taken)


def _take_back(decision: DecisionPaire) -> None:
    """As it was before: open, or decided otherwise."""
    if decision.avant is None:
        db.session.delete(decision)
        return
    for name, value in decision.avant.items():
        setattr(decision, name, value)


def _next_gesture(numero: int) -> int:
    last = db.session.scalar(select(func.max(DecisionPaire.geste)).where(DecisionPaire.chantier_id == numero))
    return (last or 0) + 1


def name_of(par: int) -> str:
    """Who an account is, for the colleagues."""
    compte = db.session.get(Compte, par)
    return compte.nom if compte else "une personne dont le compte n'existe plus"


def completions(numero: int) -> dict[tuple[str, str], Completion]:
    """(line's key, field) → what was filled in."""
    query = select(Completion).where(Completion.chantier_id == numero)
    return {(found.cle, found.champ): found for found in db.session.scalars(query)}


def complete(numero: int, cles: Sequence[str], champ: str, valeur: str, par: int, vu: str = "") -> int:
    """Fill a blank for someone, on every line of theirs; an empty value takes it back. How many lines changed.

    Errors: `completion_deja_faite`, `valeur_impossible`.
    """
    chantier = chantiers.locked(numero)
    checked = _checked(champ, valeur, chantier.date_du_tirage) if valeur else ""
    query = select(Completion).where(Completion.chantier_id == numero, Completion.champ == champ)
    known = {c.cle: c for c in db.session.scalars(query.where(Completion.cle.in_(cles)))}
    changed = 0
    for cle in dict.fromkeys(cles):
        found = known.get(cle)
        present = found.valeur if found else ""
        if present == checked:
            continue
        if found and present != vu:
            raise ConseilError("completion_deja_faite", statut=409, valeur=present, qui=name_of(found.par))
        _write(numero, found, cle, champ, checked, par)
        changed += 1
    db.session.flush()
    if changed:
        journal.record("ligne_completee" if checked else "completion_retiree", f"chantier:{numero}", champ=champ)
    return changed


def _write(numero: int, found: Completion | None, cle: str, champ: str, valeur: str, par: int) -> None:
    if not valeur and found:
        db.session.delete(found)
        return
    completion = found or Completion(chantier_id=numero, cle=cle[:32], champ=champ)
    completion.valeur, completion.par, completion.quand = valeur, par, now()
    db.session.add(completion)


def _checked(champ: str, valeur: str, jour_du_tirage: date) -> str:
    """The value as it is kept; « hors » stands for a sector outside the perimeter."""
    if champ == "genre" and valeur in GENRES:
        return valeur
    if champ == "naissance":
        try:
            day = date.fromisoformat(valeur)
        except ValueError:
            raise ConseilError("date_impossible") from None
        if day.year > jour_du_tirage.year - 121 and day < jour_du_tirage:
            return day.isoformat()
        raise ConseilError("date_impossible")
    if champ == "secteur" and (valeur == "hors" or valeur in table_voies.secteurs()):
        return valeur
    if champ == "complement" and 0 < len(valeur.strip()) <= 100:
        return valeur.strip()
    raise ConseilError("valeur_impossible")


def explications(numero: int, sujet: str) -> dict[str, Explication]:
    """Why things stay as they are: by key."""
    query = select(Explication).filter_by(chantier_id=numero, sujet=sujet)
    return {found.cle: found for found in db.session.scalars(query)}


def explain(numero: int, sujet: str, cle: str, texte: str, par: int) -> Explication | None:
    """Write why something stays as it is; an empty text takes it back. Errors: `raison_trop_longue`."""
    chantiers.locked(numero)
    text = " ".join(texte.split())
    if len(text) > 500 or len(cle) > 140 or sujet not in ("foyer", "type", "point"):
        raise ConseilError("raison_trop_longue")
    found = db.session.scalars(select(Explication).filter_by(chantier_id=numero, sujet=sujet, cle=cle)).first()
    if not text:
        if found:
            db.session.delete(found)
            db.session.flush()
        return None
    explication = found or Explication(chantier_id=numero, sujet=sujet, cle=cle)
    explication.texte, explication.par, explication.quand = text, par, now()
    db.session.add(explication)
    db.session.flush()
    journal.record("raison_ecrite", f"chantier:{numero}", sujet=sujet)
    return explication


def reasons(numero: int, sujet: str) -> Mapping[str, str]:
    """The texts alone."""
    return {cle: found.texte for cle, found in explications(numero, sujet).items()}
