"""Use cases of the room (journey 2): witnesses, fingerprint, cups, dice, result. They flush, never commit.

Each locks the draw, so that two tabs, two clerks or a double click come one after the other; each may be sent
twice: the second time changes nothing.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import tirage as method
from conseil import journal
from conseil.comptes.models import Compte
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.tirages import rules
from conseil.tirages.models import Correction, De, Gobelet, Incident, Temoin, Tirage
from conseil.tirages.state import Dossier, locked, presence


def open_room(identifiant: str) -> Tirage:
    """The ceremony begins: from now on the witnesses can come. Errors: those of `rules.open_fault`."""
    dossier = locked(identifiant)
    _refuse(rules.open_fault, dossier)
    if dossier.tirage.etat == "fige":
        dossier.tirage.etat, dossier.tirage.ouvert_le = "ceremonie", now()
        _written("ceremonie_ouverte", dossier)
    return dossier.tirage


def arrive(identifiant: str, compte: Compte) -> Temoin:
    """Someone says on their own phone that they attend, in the quality their account gives (R11).

    Errors: `temoin_sans_qualite`, and those of `rules.attendance_fault`.
    """
    dossier = locked(identifiant)
    known = dossier.temoin_du_compte(compte.id)
    if known and known.parti_le is None:
        return known
    _refuse(rules.attendance_fault, dossier)
    quality = rules.witness_quality(compte.role, compte.bord)
    if quality is None:
        raise ConseilError("temoin_sans_qualite", statut=403)
    if known is None:
        known = Temoin(tirage_id=dossier.tirage.id, qualite=quality, nom=compte.nom, compte_id=compte.id)
        known = _same_person(dossier, known)
        db.session.add(known)
    known.parti_le = None
    _written("temoin_present", dossier, qualite=quality, par="appareil")
    return known


def _same_person(dossier: Dossier, arriving: Temoin) -> Temoin:
    """Written in by hand first, signed in later: one witness, who now has their device."""
    for witness in dossier.temoins:
        if witness.compte_id is None and (witness.qualite, witness.nom) == (arriving.qualite, arriving.nom):
            # What was said aloud in their place is theirs to confirm again on their own device.
            witness.compte_id, witness.empreinte_le, witness.des_le = arriving.compte_id, None, None
            return witness
    return arriving


def write_in(identifiant: str, qualite: str, nom: str) -> Temoin:
    """The clerk writes in a witness who has no device; the minutes say so (R11).

    Errors: `temoin_qualite`, `temoin_nom`, and those of `rules.attendance_fault`.
    """
    dossier, name = locked(identifiant), " ".join(nom.split())
    _refuse(rules.attendance_fault, dossier)
    if qualite not in rules.QUALITES:
        raise ConseilError("temoin_qualite")
    if not 1 <= len(name) <= 120:
        raise ConseilError("temoin_nom")
    known = next((w for w in dossier.temoins if (w.qualite, w.nom) == (qualite, name)), None)
    if known and known.parti_le is None:
        return known
    witness = known or Temoin(tirage_id=dossier.tirage.id, qualite=qualite, nom=name)
    witness.parti_le = None
    db.session.add(witness)
    _written("temoin_present", dossier, qualite=qualite, par="main")
    return witness


def leave(identifiant: str, temoin_id: int) -> Temoin:
    """A witness leaves, or was written in by mistake: the row stays, with the time. Errors: `temoin_inconnu`."""
    dossier = locked(identifiant)
    _refuse(rules.attendance_fault, dossier)
    witness = _witness(dossier, temoin_id)
    if witness.parti_le is None:
        witness.parti_le = now()
        _written("temoin_parti", dossier, qualite=witness.qualite)
    return witness


def confirm_fingerprint(identifiant: str, temoin_id: int, empreinte: str) -> Temoin:
    """A witness says that the fingerprint they see is this one (R11).

    Errors: `empreinte_autre` if it is not the protocol's, `confirmation_impossible` for someone written in by
    hand where only devices count, and those of `rules.fingerprint_fault`.
    """
    dossier = locked(identifiant)
    witness = _confirming(dossier, temoin_id)
    if "".join(empreinte.split()).lower() != dossier.tirage.protocole_sha256:
        raise ConseilError("empreinte_autre")
    if witness.empreinte_le is None:
        _refuse(rules.fingerprint_fault, dossier)
        witness.empreinte_le = now()
        _written("empreinte_confirmee", dossier, apres=dossier.tirage.protocole_sha256, qualite=witness.qualite)
    return witness


def set_cups(identifiant: str, cups: Sequence[tuple[str, int]]) -> None:
    """Who shakes how many dice, in the order they will be read (methode-tirage §3).

    Errors: `gobelet_porteur`, and those of `rules.cups_fault`.
    """
    dossier = locked(identifiant)
    wanted = [(" ".join(holder.split()), number) for holder, number in cups]
    if wanted == [(cup.porteur, cup.nombre) for cup in dossier.gobelets]:
        return
    numbers = [number for _, number in wanted]
    _refuse(rules.cups_fault, dossier, numbers, attendu=dossier.tirage.nombre_des, trouve=sum(numbers))
    if any(not 1 <= len(holder) <= 120 for holder, _ in wanted):
        raise ConseilError("gobelet_porteur")
    for cup in dossier.gobelets:
        db.session.delete(cup)
    db.session.flush()
    for order, (holder, number) in enumerate(wanted):
        db.session.add(Gobelet(tirage_id=dossier.tirage.id, ordre=order, porteur=holder, nombre=number))
    _written("gobelets_regles", dossier, nombres=numbers)


def lift(identifiant: str) -> None:
    """All cups were lifted together: what lies on the table is what counts (methode-tirage §3)."""
    dossier = locked(identifiant)
    if dossier.tirage.leves_le is None:
        _refuse(rules.lift_fault, dossier)
        dossier.tirage.leves_le = now()
        _written("gobelets_leves", dossier)


def enter_digit(identifiant: str, position: int, chiffre: int) -> De:
    """One die, read aloud. Errors: `de_deja_saisi` for another digit in its place, and those of `digit_fault`."""
    dossier = locked(identifiant)
    if 0 <= position < len(dossier.des):
        known = dossier.des[position]
        if known.chiffre != chiffre:
            raise ConseilError("de_deja_saisi", statut=409, rang=position + 1, chiffre=known.chiffre)
        return known
    _refuse(lambda situation: rules.digit_fault(situation, position, chiffre), dossier)
    die = De(tirage_id=dossier.tirage.id, position=position, chiffre=chiffre)
    db.session.add(die)
    _written("de_saisi", dossier, position=position, chiffre=chiffre)
    return die


def correct_digit(identifiant: str, position: int, avant: int, chiffre: int) -> De:
    """A typing error is put right; nobody rolls again, and whoever had confirmed must look again (§3).

    avant: the wrong digit that the person saw. Errors: `de_change` if it is no longer there, and those of
    `rules.correction_fault`.
    """
    dossier = locked(identifiant)
    _refuse(lambda situation: rules.correction_fault(situation, position, chiffre), dossier)
    die = dossier.des[position]
    if die.chiffre == chiffre:
        return die
    if die.chiffre != avant:
        raise ConseilError("de_change", statut=409, rang=position + 1, chiffre=die.chiffre)
    die.chiffre, dossier.tirage.relu_le = chiffre, None
    for witness in dossier.temoins:
        witness.des_le = None
    db.session.add(Correction(tirage_id=dossier.tirage.id, position=position, avant=avant, apres=chiffre))
    _written("de_corrige", dossier, position=position, chiffre_avant=avant, chiffre_apres=chiffre)
    return die


def read_back(identifiant: str, chiffres: str) -> None:
    """The dice were read back aloud, these ones. Errors: `des_changes`, and those of `rules.read_back_fault`."""
    dossier = locked(identifiant)
    if dossier.tirage.relu_le is not None and dossier.chiffres == chiffres:
        return
    _refuse(rules.read_back_fault, dossier)
    if dossier.chiffres != chiffres:
        raise ConseilError("des_changes", statut=409)
    dossier.tirage.relu_le = now()
    _written("des_relus", dossier)


def confirm_dice(identifiant: str, temoin_id: int, chiffres: str) -> Temoin:
    """A witness confirms these dice (R11); when enough have, the draw is made in the same instant.

    Errors: `des_changes` if these are not the dice entered, `confirmation_impossible`, `empreinte_d_abord`,
    and those of `rules.dice_fault`.
    """
    dossier = locked(identifiant)
    witness = _confirming(dossier, temoin_id)
    if "".join(chiffres.split()) != dossier.chiffres:
        raise ConseilError("des_changes", statut=409)
    if witness.des_le is not None:
        return witness
    if witness.empreinte_le is None:
        raise ConseilError("empreinte_d_abord")
    _refuse(rules.dice_fault, dossier)
    witness.des_le = now()
    _written("des_confirmes", dossier, qualite=witness.qualite)
    if dossier.tirage.etat == "ceremonie":
        _draw_when_confirmed(locked(identifiant))
    return witness


def confirm_aloud(identifiant: str, temoin_id: int, *, empreinte: str = "", chiffres: str = "") -> Temoin:
    """The clerk writes in what a witness without a device said aloud, where that counts (`rules.may_confirm`).

    Errors: `confirmation_par_appareil` for someone who has a device, and those of the two confirmations.
    """
    if _witness(locked(identifiant), temoin_id).par_appareil:
        raise ConseilError("confirmation_par_appareil")
    if chiffres:
        return confirm_dice(identifiant, temoin_id, chiffres)
    return confirm_fingerprint(identifiant, temoin_id, empreinte)


def _draw_when_confirmed(dossier: Dossier) -> None:
    """Turn the dice into the ranked list, once (R13), and check it before it is kept."""
    if rules.draw_fault(dossier.situation):
        return
    draw = dossier.tirage
    result = method.draw(draw.registre_csv, draw.protocole, dossier.chiffres)
    method.verify(draw.registre_csv, draw.protocole, result.data)
    draw.des, draw.resultat, draw.etat, draw.tire_le = dossier.chiffres, result.data, "tire", now()
    _written("tirage_fait", dossier, avant=draw.protocole_sha256, apres=hashlib.sha256(result.data).hexdigest())


def reveal(identifiant: str, rang: int) -> int:
    """Show the ranks up to this one on the projector, never fewer than before; gives how many are shown."""
    dossier = locked(identifiant)
    _refuse(lambda situation: rules.reveal_fault(situation, rang), dossier)
    dossier.tirage.reveles = max(dossier.tirage.reveles, rang)
    db.session.flush()
    return dossier.tirage.reveles


def note_incident(identifiant: str, texte: str) -> Incident:
    """Something for the minutes. Errors: `incident_texte`; `ceremonie_fermee` before the room is open."""
    dossier, words = locked(identifiant), texte.strip()
    if dossier.tirage.ouvert_le is None:
        raise ConseilError("ceremonie_fermee")
    if not 1 <= len(words) <= 1000:
        raise ConseilError("incident_texte")
    incident = Incident(tirage_id=dossier.tirage.id, texte=words)
    db.session.add(incident)
    _written("incident_note", dossier, apres=hashlib.sha256(words.encode()).hexdigest())
    return incident


def _witness(dossier: Dossier, temoin_id: int) -> Temoin:
    found = next((witness for witness in dossier.temoins if witness.id == temoin_id), None)
    if found is None:
        raise ConseilError("temoin_inconnu", statut=404)
    return found


def _confirming(dossier: Dossier, temoin_id: int) -> Temoin:
    witness = _witness(dossier, temoin_id)
    if witness.parti_le is not None:
        raise ConseilError("temoin_absent")
    if not rules.may_confirm(dossier.situation, presence(witness)):
        raise ConseilError("confirmation_impossible")
    return witness


def _refuse(fault: Callable[..., str | None], dossier: Dossier, *more: Any, **params: Any) -> None:
    if code := fault(dossier.situation, *more):
        # 409: the person's page is behind what the others did; a reload shows where the room stands.
        missing = rules.missing_qualities(dossier.situation)
        raise ConseilError(code, statut=409, manquants=missing, **params)


def _written(
    acte: str, dossier: Dossier, *, avant: str | None = None, apres: str | None = None, **details: Any
) -> None:
    db.session.flush()
    journal.record(acte, f"tirage:{dossier.tirage.identifiant}", avant=avant, apres=apres, **details)
