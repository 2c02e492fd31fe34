"""The room on the phones: the witness's page, and the one for everybody else in the room."""

from collections.abc import Callable

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conseil.access import public, signed_in
from conseil.database import db
from conseil.errors import ConseilError
from conseil.messages import sentence
from conseil.tirages import ceremonie, endings, rules, state
from conseil.tirages.models import Temoin
from conseil.tirages.room_views import picture
from conseil.tirages.views import blueprint


@blueprint.get("/<identifiant>/temoin")
@signed_in
def temoin(identifiant: str) -> ResponseReturnValue:
    """What a witness does on their own phone (R11): be there, confirm, and redo the draw."""
    return _temoin(identifiant)


def _temoin(identifiant: str, refus: ConseilError | None = None) -> ResponseReturnValue:
    dossier = state.opened(identifiant)
    page = render_template(
        "tirages/temoin.html",
        **picture(dossier),
        moi=dossier.temoin_du_compte(current_user.id),
        qualite=rules.witness_quality(current_user.role, current_user.bord),
        refus=sentence(refus.code, refus.params) if refus else None,
    )
    return page, refus.statut if refus else 200


def _mine(identifiant: str) -> Temoin:
    found = state.opened(identifiant).temoin_du_compte(current_user.id)
    if found is None:
        raise ConseilError("temoin_inconnu", statut=403)
    return found


GESTES: dict[str, Callable[[str], object]] = {
    "presence": lambda name: ceremonie.arrive(name, current_user),
    "empreinte": lambda name: ceremonie.confirm_fingerprint(name, _mine(name).id, request.form.get("empreinte", "")),
    "des": lambda name: ceremonie.confirm_dice(name, _mine(name).id, request.form.get("chiffres", "")),
    "accord": lambda name: endings.agree_to_cancel(name, _mine(name).id, par_appareil=True),
}


@blueprint.post("/<identifiant>/temoin/<geste>")
@signed_in
def temoigner(identifiant: str, geste: str) -> ResponseReturnValue:
    """One act of a witness, in their own name; a refusal comes back on the same page."""
    act = GESTES.get(geste) or abort(404)
    try:
        act(identifiant)
        db.session.commit()
    except ConseilError as refusal:
        db.session.rollback()
        if refusal.code == "tirage_inconnu":
            raise
        return _temoin(identifiant, refusal)
    return redirect(url_for("tirages.temoin", identifiant=identifiant), 303)


@blueprint.get("/<identifiant>/salle")
@public
def salle(identifiant: str) -> ResponseReturnValue:
    """For anyone in the room: their phone keeps the fingerprint and redoes the draw, without being a witness."""
    return render_template("tirages/salle.html", **picture(state.opened(identifiant)))
