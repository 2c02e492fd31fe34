"""The open session: who is signed in, since when, and what they must do before anything else."""

import time

from flask import Flask, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user

from conseil.access import declared_access
from conseil.comptes import rules
from conseil.comptes.models import Compte
from conseil.database import db, now

login_manager = LoginManager()
SINCE = "ouverte_a"
# All that an account without its second factor may open.
BEFORE_TOTP = ("comptes.totp", "comptes.totp_qr", "comptes.deconnexion")


@login_manager.user_loader
def load(identity: str) -> Compte | None:
    """The account of a session cookie, None if it was closed, changed, or the session is too old."""
    number, _, version = identity.partition(".")
    compte = db.session.get(Compte, int(number)) if number.isdecimal() else None
    if compte is None or not compte.actif or str(compte.version_session) != version:
        return None
    age = time.time() - session.get(SINCE, 0)
    return compte if 0 <= age < rules.session_life(compte.role).total_seconds() else None


def open_session(compte: Compte) -> None:
    """Sign in: nothing of the session before is kept."""
    session.clear()
    session[SINCE] = int(time.time())
    session.permanent = not rules.needs_password(compte.role)
    compte.vu_le = now()
    login_user(compte)


def close_session() -> None:
    """Sign out of this device."""
    logout_user()
    session.clear()


def install(app: Flask) -> None:
    """Bind sign-in to the application, and keep an account without its second factor on that page."""
    app.config["PERMANENT_SESSION_LIFETIME"] = rules.MEMBER_SESSION
    login_manager.init_app(app)
    login_manager.session_protection = None

    @app.before_request
    def second_factor_first() -> ResponseReturnValue | None:
        if request.endpoint is None or isinstance(declared_access(app, request.endpoint), str):
            return None
        if request.endpoint in BEFORE_TOTP or not current_user.is_authenticated or current_user.has_totp:
            return None
        demonstration = current_app.extensions["conseil"].demonstration
        return (
            redirect(url_for("comptes.totp"))
            if rules.needs_totp(current_user.role, demonstration=demonstration)
            else None
        )
