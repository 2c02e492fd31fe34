"""Pages of the person who manages the accounts (role `administration`)."""

from collections.abc import Callable

from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from conseil.access import Role, only
from conseil.comptes import services
from conseil.comptes.forms import CompteForm
from conseil.comptes.models import Compte
from conseil.comptes.views import tell
from conseil.database import db
from conseil.errors import ConseilError
from conseil.qr import qr_svg
from conseil.rooms import Card, rooms

blueprint = Blueprint("administration", __name__, url_prefix="/comptes")
GESTURES: dict[str, tuple[Callable[[Compte], None], str]] = {
    "fermer": (lambda compte: services.set_active(compte, False), "Le compte est fermé."),
    "rouvrir": (lambda compte: services.set_active(compte, True), "Le compte est rouvert."),
    "oublier-appareil": (
        services.forget_totp,
        "Son appareil est oublié : il en choisira un autre en se connectant.",
    ),
}


@blueprint.route("", methods=["GET", "POST"])
@only(Role.ADMINISTRATION)
def comptes() -> ResponseReturnValue:
    """Every account, and the form that makes one."""
    form = CompteForm()
    if form.validate_on_submit():
        try:
            made = services.create(form.courriel.data, form.nom.data, Role(form.role.data), form.bord.data or None)
        except ConseilError as error:
            db.session.rollback()
            tell(form.courriel, error)
        else:
            return _show_link(made)
    return render_template("comptes/comptes.html", form=form, comptes=services.comptes())


@blueprint.post("/<int:numero>/lien")
@only(Role.ADMINISTRATION)
def nouveau_lien(numero: int) -> ResponseReturnValue:
    """A fresh link for someone who lost theirs or their password."""
    return _show_link(_compte(numero))


@blueprint.post("/<int:numero>/<any(fermer, rouvrir, 'oublier-appareil'):geste>")
@only(Role.ADMINISTRATION)
def changer(numero: int, geste: str) -> ResponseReturnValue:
    """Close, reopen, or forget the device of an account."""
    act, done = GESTURES[geste]
    act(_compte(numero))
    db.session.commit()
    flash(done)
    return redirect(url_for("administration.comptes"))


def _compte(numero: int) -> Compte:
    compte = db.session.get(Compte, numero)
    return compte if compte else abort(404)


def _show_link(compte: Compte) -> ResponseReturnValue:
    token = services.issue_link(compte)
    db.session.commit()
    address = current_app.extensions["conseil"].url + url_for("comptes.lien", jeton=token)
    # Shown once: only the hash is kept, so this answer is the only place where the link stands.
    svg = qr_svg(address).decode().rpartition("?>")[2]
    return render_template("comptes/invitation.html", compte=compte, adresse=address, qr=svg)


def install(app: Flask) -> None:
    """Hand the room's way in to the menu."""
    app.register_blueprint(blueprint)
    card = Card(80, "Comptes", "Inviter, fermer, aider.", "administration.comptes", frozenset({Role.ADMINISTRATION}))
    rooms(app).cards.append(card)
