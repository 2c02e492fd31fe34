"""Use cases of the accounts. They flush, never commit."""

import hashlib
import secrets
from collections.abc import Sequence

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app
from sqlalchemy import func, select

from conseil import journal
from conseil.access import Role
from conseil.comptes import rules
from conseil.comptes.models import Compte, Lien
from conseil.database import db, now
from conseil.errors import ConseilError


def hasher() -> PasswordHasher:
    """Argon2 at its recommended cost; cheap only where the configuration says so, in tests."""
    if current_app.extensions["conseil"].argon2_rapide:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return PasswordHasher()


def folded(courriel: str) -> str:
    """The one way an address is written in the table."""
    return courriel.strip().lower()


def comptes() -> Sequence[Compte]:
    """Every account, by role then name."""
    return db.session.scalars(select(Compte).order_by(Compte.role, Compte.nom)).all()


def find(courriel: str) -> Compte | None:
    """The account with this address, however it was typed."""
    return db.session.scalars(select(Compte).where(Compte.courriel == folded(courriel))).first()


def create(courriel: str, nom: str, role: Role, bord: str | None = None) -> Compte:
    """A new account, that nobody can enter before its link is used. Errors: `compte_existe`."""
    if find(courriel):
        raise ConseilError("compte_existe", courriel=folded(courriel))
    compte = Compte(courriel=folded(courriel), nom=nom.strip(), role=role, bord=bord if role == Role.ELU else None)
    db.session.add(compte)
    db.session.flush()
    journal.record("compte_cree", f"compte:{compte.id}", role=role)
    return compte


def token_hash(token: str) -> str:
    """What is kept of a link: the token is random enough (256 bits) for a plain hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_link(compte: Compte) -> str:
    """A fresh single-use token for the account; older unused ones stop working."""
    for old in db.session.scalars(select(Lien).where(Lien.compte_id == compte.id, Lien.utilise_le.is_(None))):
        old.utilise_le = now()
    token = secrets.token_urlsafe(32)
    db.session.add(Lien(compte_id=compte.id, empreinte=token_hash(token), expire_le=now() + rules.LINK_LIFE))
    db.session.flush()
    journal.record("lien_envoye", f"compte:{compte.id}")
    return token


def open_link(token: str) -> Lien:
    """The link of a token, if it still opens something. Errors: `lien_perime`."""
    query = select(Lien).where(Lien.empreinte == token_hash(token)).with_for_update()
    lien = db.session.scalars(query).first()
    if lien is None or lien.utilise_le or lien.expire_le < now() or not lien.compte.actif:
        raise ConseilError("lien_perime", statut=404)
    return lien


def use_link(token: str, password: str | None) -> Compte:
    """Spend a link: set the password (required but for members) and give the account to sign in."""
    lien = open_link(token)
    compte = lien.compte
    if password or rules.needs_password(compte.role):
        set_password(compte, password or "")
    lien.utilise_le = now()
    journal.record("lien_utilise", f"compte:{compte.id}", acteur=f"compte:{compte.id}")
    return compte


def set_password(compte: Compte, password: str) -> None:
    """Replace the password and end every open session. Errors: the codes of `rules.password_fault`."""
    fault = rules.password_fault(password, compte.courriel)
    if fault:
        raise ConseilError(fault, minimum=rules.PASSWORD_MIN, maximum=rules.PASSWORD_MAX)
    compte.mot_de_passe = hasher().hash(password)
    compte.version_session += 1
    db.session.flush()


def password_right(compte: Compte | None, password: str) -> bool:
    """Whether the password is the account's; takes as long for an account that does not exist."""
    kept = compte.mot_de_passe if compte and compte.mot_de_passe else None
    try:
        hasher().verify(kept or _nobody(), password[: rules.PASSWORD_MAX + 1])
    except (VerifyMismatchError, InvalidHashError):
        return False
    if compte is None or kept is None or not compte.actif:
        return False
    if hasher().check_needs_rehash(kept):
        compte.mot_de_passe = hasher().hash(password)
    return True


def _nobody() -> str:
    cache = current_app.extensions.setdefault("comptes.personne", {})
    return str(cache.setdefault("hash", hasher().hash(secrets.token_hex(16))))


def change_password(compte: Compte, current: str, chosen: str) -> None:
    """The person changes their own password. Errors: `mot_de_passe_actuel_faux`, and those of `set_password`."""
    if compte.mot_de_passe and not password_right(compte, current):
        raise ConseilError("mot_de_passe_actuel_faux")
    set_password(compte, chosen)
    journal.record("mot_de_passe_change", f"compte:{compte.id}")


def totp_right(compte: Compte, code: str) -> bool:
    """Whether a six-digit code is right, one step (30 s) early or late; each step serves once."""
    if compte.totp_secret is None:
        return False
    step = matching_step(compte.totp_secret, code)
    if step is None or step <= compte.totp_dernier:
        return False
    compte.totp_dernier = step
    db.session.flush()
    return True


def matching_step(secret: str, code: str) -> int | None:
    """The time step (of 30 s) a code belongs to, among the present one and its two neighbours."""
    typed, totp = "".join(code.split()), pyotp.TOTP(secret)
    present = int(now().timestamp()) // 30
    for step in (present - 1, present, present + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def confirm_totp(compte: Compte, secret: str, code: str) -> None:
    """The person's device gave its first right code: from now on it is asked. Errors: `code_faux`."""
    step = matching_step(secret, code)
    if step is None:
        raise ConseilError("code_faux")
    compte.totp_secret, compte.totp_dernier = secret, step
    journal.record("totp_confirme", f"compte:{compte.id}", acteur=f"compte:{compte.id}")


def forget_totp(compte: Compte) -> None:
    """A lost device: the next sign-in sets a new one up; open sessions end."""
    compte.totp_secret, compte.totp_dernier = None, 0
    compte.version_session += 1
    journal.record("totp_oublie", f"compte:{compte.id}")


def set_active(compte: Compte, active: bool) -> None:
    """Close or reopen an account; a closed one is out at once. Errors: `dernier_administrateur`."""
    if not active and compte.role == Role.ADMINISTRATION and _active_administrators() == [compte.id]:
        raise ConseilError("dernier_administrateur")
    compte.actif = active
    compte.version_session += 1
    journal.record("compte_rouvert" if active else "compte_ferme", f"compte:{compte.id}")


def _active_administrators() -> list[int]:
    query = select(Compte.id).where(Compte.role == Role.ADMINISTRATION, Compte.actif.is_(True)).with_for_update()
    return list(db.session.scalars(query))


def count_comptes() -> int:
    """How many accounts there are."""
    return db.session.scalar(select(func.count()).select_from(Compte)) or 0
