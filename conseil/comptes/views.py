"""Pages of the accounts: sign-in, link, own account."""

from urllib.parse import urlsplit

import pyotp
from flask import Blueprint, Flask, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from flask_login import current_user
from wtforms import Field

from conseil.access import SIGNED_IN, public, signed_in
from conseil.comptes import limits, rules, services
from conseil.comptes.chapter import DEMO_PASSWORD, demo_comptes
from conseil.comptes.forms import ChangementForm, CodeForm, ConnexionForm, MotDePasseForm
from conseil.comptes.models import Compte
from conseil.comptes.session import close_session, open_session
from conseil.database import db
from conseil.errors import ConseilError
from conseil.messages import sentence
from conseil.qr import qr_svg
from conseil.rooms import Card, rooms
from conseil.security import limiter

blueprint = Blueprint("comptes", __name__)
PENDING, NEW_SECRET = "a_confirmer", "nouveau_totp"


def tell(field: Field, error: ConseilError) -> None:
    """Write a refusal under the field it is about."""
    field.errors = [*field.errors, sentence(error.code, error.params)]


def local_path(following: str | None) -> str:
    """Where to go after the sign-in: a path of this site, never another host."""
    parts = urlsplit(following or "")
    safe = following and following.startswith("/") and not following.startswith(("//", "/\\"))
    return following if following and safe and not parts.netloc and not parts.scheme else url_for("accueil.accueil")


@blueprint.route("/connexion", methods=["GET", "POST"])
@public
@limiter.limit("60/minute", methods=["POST"])
def connexion() -> ResponseReturnValue:
    """Sign-in by e-mail and password."""
    form = ConnexionForm(suite=request.args.get("suite", ""))
    status = 200
    if form.validate_on_submit():
        outcome = _tried(form)
        db.session.commit()
        if isinstance(outcome, Compte):
            return _second_step(outcome, form.suite.data)
        form.form_errors.append(sentence(outcome.code, outcome.params))
        status = outcome.statut
    demo = demo_comptes() if current_app.extensions["conseil"].demonstration else []
    return render_template("comptes/connexion.html", form=form, demo=demo, demo_password=DEMO_PASSWORD), status


def _tried(form: ConnexionForm) -> Compte | ConseilError:
    courriel, address = services.folded(form.courriel.data), get_remote_address()
    try:
        limits.check(courriel, address)
    except ConseilError as refusal:
        return refusal
    compte = services.find(courriel)
    if not services.password_right(compte, form.mot_de_passe.data) or compte is None:
        limits.count_error(courriel, address)
        return ConseilError("connexion_refusee")
    if not compte.has_totp:
        limits.forgive(courriel)
    return compte


def _second_step(compte: Compte, following: str | None) -> ResponseReturnValue:
    if compte.has_totp:
        session.clear()
        session[PENDING] = [compte.get_id(), local_path(following)]
        return redirect(url_for("comptes.code"))
    return _enter(compte, local_path(following))


def _enter(compte: Compte, path: str) -> ResponseReturnValue:
    open_session(compte)
    db.session.commit()
    return redirect(path)


@blueprint.route("/connexion/code", methods=["GET", "POST"])
@public
@limiter.limit("60/minute", methods=["POST"])
def code() -> ResponseReturnValue:
    """Sign-in, second step: the code of the person's device."""
    identity, path = session.get(PENDING, ("", ""))
    compte = db.session.get(Compte, int(identity.partition(".")[0] or 0))
    if compte is None or compte.get_id() != identity or not compte.actif:
        return redirect(url_for("comptes.connexion"))
    form = CodeForm()
    if form.validate_on_submit():
        limits.check(compte.courriel, get_remote_address())
        if services.totp_right(compte, form.code.data):
            limits.forgive(compte.courriel)
            return _enter(compte, path)
        limits.count_error(compte.courriel, get_remote_address())
        db.session.commit()
        tell(form.code, ConseilError("code_faux"))
    return render_template("comptes/code.html", form=form)


@blueprint.post("/deconnexion")
@signed_in
def deconnexion() -> ResponseReturnValue:
    """Sign-out, by POST alone: no picture or link can do it."""
    close_session()
    flash("Vous êtes déconnecté de cet appareil.")
    return redirect(url_for("accueil.accueil"))


@blueprint.route("/lien/<jeton>", methods=["GET", "POST"])
@public
@limiter.limit("60/minute")
def lien(jeton: str) -> ResponseReturnValue:
    """The single-use link: choose a password (a member may leave it empty), and enter."""
    compte = services.open_link(jeton).compte
    form, required = MotDePasseForm(), rules.needs_password(compte.role)
    if form.validate_on_submit():
        try:
            compte = services.use_link(jeton, form.mot_de_passe.data)
        except ConseilError as error:
            db.session.rollback()
            tell(form.mot_de_passe, error)
        else:
            return _second_step_after_link(compte)
    return render_template("comptes/lien.html", form=form, compte=compte, obligatoire=required)


def _second_step_after_link(compte: Compte) -> ResponseReturnValue:
    # A stolen link must not go round the device: an account that has one still gives its code.
    db.session.commit()
    return _second_step(compte, None)


@blueprint.route("/compte", methods=["GET", "POST"])
@signed_in
def compte() -> ResponseReturnValue:
    """The person's own account: password, second factor."""
    form = ChangementForm()
    if form.validate_on_submit():
        try:
            services.change_password(current_user, form.actuel.data or "", form.mot_de_passe.data or "")
        except ConseilError as error:
            db.session.rollback()
            tell(_at_fault(form, error), error)
        else:
            open_session(current_user._get_current_object())
            db.session.commit()
            flash("Votre mot de passe est changé. Vos autres appareils sont déconnectés.")
            return redirect(url_for("comptes.compte"))
    required = rules.needs_totp(current_user.role, demonstration=current_app.extensions["conseil"].demonstration)
    return render_template("comptes/compte.html", form=form, totp_obligatoire=required)


def _at_fault(form: ChangementForm, error: ConseilError) -> Field:
    return form.actuel if error.code == "mot_de_passe_actuel_faux" else form.mot_de_passe


@blueprint.route("/compte/appareil", methods=["GET", "POST"])
@signed_in
def totp() -> ResponseReturnValue:
    """Set the second factor up: a QR code to scan, a first code to type."""
    if current_user.has_totp:
        return redirect(url_for("comptes.compte"))
    form, secret = CodeForm(), session.setdefault(NEW_SECRET, pyotp.random_base32())
    if form.validate_on_submit():
        try:
            services.confirm_totp(current_user, secret, form.code.data)
        except ConseilError as error:
            db.session.rollback()
            tell(form.code, error)
        else:
            db.session.commit()
            session.pop(NEW_SECRET)
            flash("C'est fait : ce code vous sera demandé à chaque connexion.")
            return redirect(url_for("accueil.accueil"))
    return render_template("comptes/appareil.html", form=form, secret=secret)


@blueprint.get("/compte/appareil.svg")
@signed_in
def totp_qr() -> ResponseReturnValue:
    """The QR code of the secret being set up, for an authenticator application."""
    secret = session.get(NEW_SECRET) or abort(404)
    uri = pyotp.TOTP(secret).provisioning_uri(name=current_user.courriel, issuer_name="Conseil citoyen")
    return qr_svg(uri), {"Content-Type": "image/svg+xml"}


def install(app: Flask) -> None:
    """Hand the room's way in to the menu."""
    rooms(app).cards.append(Card(90, "Mon compte", "Mot de passe et appareil.", "comptes.compte", SIGNED_IN))
