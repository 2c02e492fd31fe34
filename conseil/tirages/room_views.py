"""The room on the laptop and the projector: the control page, the full-screen page, the state they follow."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import abort, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

import tirage as method
from conseil.access import Role, only, public
from conseil.database import db
from conseil.errors import ConseilError
from conseil.messages import sentence
from conseil.messages.tirages import ETAPES, ETATS, QUALITES, QUALITES_VALIDATION
from conseil.qr import qr_svg
from conseil.tirages import ceremonie, endings, kinds, room, rules, services, state
from conseil.tirages.state import Dossier
from conseil.tirages.views import blueprint


def picture(dossier: Dossier) -> dict[str, Any]:
    """All that the room's templates need."""
    draw = dossier.tirage
    incidents, validations = state.incidents(draw), state.validations(draw)
    protocole = method.parse_protocole(draw.protocole)
    return {
        "dossier": dossier,
        "tirage": draw,
        "etape": dossier.etape,
        "etapes": ETAPES,
        "etats": ETATS,
        "qualites": QUALITES,
        "qualites_validation": QUALITES_VALIDATION,
        "manquants": rules.missing_qualities(dossier.situation),
        "requis": [q for q in rules.QUALITES if q in rules.TEMOINS_REQUIS[draw.temoins_requis]],
        "presents": [w for w in dossier.temoins if w.parti_le is None],
        "public_name": room.published_name,
        "peut_confirmer": lambda witness: rules.may_confirm(dossier.situation, state.presence(witness)),
        "confirmations": rules.CONFIRMATIONS[draw.temoins_requis],
        "confirmees": {what: rules.confirmations(dossier.situation, what) for what in ("empreinte", "des")},
        "rangees": room.dice_rows(dossier),
        "protocole": protocole,
        "noms": kinds.public_names(protocole),
        "bilan": room.bilan(dossier),
        "montres": room.shown_ranks(dossier),
        "jauges": room.gauges(dossier, protocole.criteres),
        "incidents": incidents,
        "validations": validations,
        "version": room.version(dossier, len(incidents), len(validations)),
    }


def phone_link(endpoint: str, identifiant: str) -> str:
    """The full address of a page for the phones of the room."""
    base = room.phone_address(request.host_url, current_app.extensions["conseil"].url)
    return base + url_for(endpoint, identifiant=identifiant)


def qr_image(address: str) -> str:
    """The QR code as an SVG element to set in a page."""
    return qr_svg(address, border=2).decode().rpartition("?>")[2]


@blueprint.get("/<identifiant>/etat.json")
@public
def etat(identifiant: str) -> ResponseReturnValue:
    """Where the room stands, for the pages that follow it: small, and 304 while nothing changed."""
    dossier = state.opened(identifiant)
    draw = dossier.tirage
    mark = room.version(dossier, len(state.incidents(draw)), len(state.validations(draw)))
    answer = jsonify(version=mark, etape=dossier.etape)
    answer.set_etag(mark)
    return answer.make_conditional(request)


@blueprint.get("/<identifiant>/projection")
@public
def projection(identifiant: str) -> ResponseReturnValue:
    """The projector's page: state, numbers, nothing else; the clerk can drive it from the keyboard."""
    dossier = state.opened(identifiant)
    witness, hall = phone_link("tirages.temoin", identifiant), phone_link("tirages.salle", identifiant)
    return render_template(
        "tirages/projection.html",
        **picture(dossier),
        conduit=current_user.is_authenticated and current_user.role == Role.VILLE,
        lien_temoin=witness,
        qr_temoin=qr_image(witness),
        lien_salle=hall,
        qr_salle=qr_image(hall),
    )


@blueprint.get("/<identifiant>/conduite")
@only(Role.VILLE)
def conduite(identifiant: str) -> ResponseReturnValue:
    """The clerk's page: what to do now, and everything recorded so far."""
    return _conduite(identifiant)


def _conduite(identifiant: str, refus: ConseilError | None = None) -> ResponseReturnValue:
    dossier, config = state.opened(identifiant), current_app.extensions["conseil"]
    warning = room.address_warning(request.host_url, config.url, https=config.https)
    page = render_template(
        "tirages/conduite.html",
        **picture(dossier),
        refus=sentence(refus.code, refus.params) if refus else None,
        saisi=request.form,
        adresse_mauvaise=warning,
        lien_temoin=phone_link("tirages.temoin", identifiant),
        proposes=_proposed_cups(dossier),
        aujourdhui=date.today().isoformat(),  # noqa: DTZ011
    )
    return page, refus.statut if refus else 200


def _proposed_cups(dossier: Dossier) -> list[tuple[str, int | str]]:
    """The cups as they are, or a fair share among those present, with two empty lines for residents."""
    if request.form.getlist("porteur"):
        return list(zip(request.form.getlist("porteur"), request.form.getlist("nombre"), strict=False))
    if dossier.gobelets:
        return [(cup.porteur, cup.nombre) for cup in dossier.gobelets]
    there = [w for w in dossier.temoins if w.parti_le is None]
    holders = [room.published_name(w) or str(QUALITES[w.qualite]) for w in there] or [""]
    return list(zip(holders, rules.fair_cups(dossier.tirage.nombre_des, len(holders)), strict=True))


def _number(field: str) -> int:
    text = request.form.get(field, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _day(field: str) -> date:
    try:
        return date.fromisoformat(request.form.get(field, ""))
    except ValueError:
        raise ConseilError("date_fausse") from None


def _cups() -> list[tuple[str, int]]:
    lines = zip(request.form.getlist("porteur"), request.form.getlist("nombre"), strict=False)
    return [
        (holder, int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0)
        for holder, number in lines
        if holder.strip() or number.strip()
    ]


def _text(field: str) -> str:
    return request.form.get(field, "")


# What the clerk can do, by the last word of the address; each says itself what it refuses.
GESTES: dict[str, Callable[[str], object]] = {
    "ouvrir": ceremonie.open_room,
    "inscrire": lambda name: ceremonie.write_in(name, _text("qualite"), _text("nom")),
    "partir": lambda name: ceremonie.leave(name, _number("temoin")),
    "confirmer-empreinte": lambda name: ceremonie.confirm_aloud(name, _number("temoin"), empreinte=_text("empreinte")),
    "gobelets": lambda name: ceremonie.set_cups(name, _cups()),
    "lever": ceremonie.lift,
    "de": lambda name: ceremonie.enter_digit(name, _number("position"), _number("chiffre")),
    "corriger": lambda name: ceremonie.correct_digit(name, _number("position"), _number("avant"), _number("chiffre")),
    "relire": lambda name: ceremonie.read_back(name, _text("chiffres")),
    "confirmer-des": lambda name: ceremonie.confirm_aloud(name, _number("temoin"), chiffres=_text("chiffres")),
    "montrer": lambda name: ceremonie.reveal(name, _number("rang")),
    "incident": lambda name: ceremonie.note_incident(name, _text("texte")),
    "valider": lambda name: services.add_validation(name, _text("qualite"), _text("nom"), _day("date")),
    "retirer": lambda name: endings.withdraw(name, _text("motif")),
    "demander-annulation": lambda name: endings.propose_cancellation(name, _text("motif")),
    "abandonner-annulation": endings.give_up_cancellation,
    "accord": lambda name: endings.agree_to_cancel(name, _number("temoin"), par_appareil=False),
    "invalider": lambda name: endings.invalidate(
        name, _text("motif"), _text("autorite"), _text("reference"), _day("date")
    ),
}


@blueprint.post("/<identifiant>/conduite/<geste>")
@only(Role.VILLE)
def conduire(identifiant: str, geste: str) -> ResponseReturnValue:
    """One act of the clerk; a refusal comes back on the same page, with what was typed."""
    act = GESTES.get(geste) or abort(404)
    try:
        act(identifiant)
        db.session.commit()
    except ConseilError as refusal:
        db.session.rollback()
        if refusal.code == "tirage_inconnu":
            raise
        return _conduite(identifiant, refusal)
    page = "projection" if request.form.get("retour") == "projection" else "conduite"
    return redirect(url_for(f"tirages.{page}", identifiant=identifiant), 303)
