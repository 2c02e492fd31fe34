"""Wrong passwords and codes, counted in the database so that the limit holds across processes."""

import hashlib
import hmac

from flask import current_app
from sqlalchemy import delete, func, select

from conseil.comptes import rules
from conseil.comptes.models import EssaiManque
from conseil.database import db, now
from conseil.errors import ConseilError


def _key(kind: str, value: str) -> str:
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, f"{kind}|{value}".encode(), hashlib.sha256).hexdigest()


def check(courriel: str, address: str) -> None:
    """Refuse to try once more after too many errors. Errors: `trop_d_essais` (429)."""
    if rules.too_many(_recent(_key("compte", courriel)), _recent(_key("adresse", address))):
        raise ConseilError("trop_d_essais", statut=429, minutes=int(rules.WINDOW.total_seconds() // 60))


def _recent(key: str) -> int:
    query = select(func.count()).where(EssaiManque.cle == key, EssaiManque.quand > now() - rules.WINDOW)
    return db.session.scalar(query) or 0


def count_error(courriel: str, address: str) -> None:
    """Count one error against the account and the address; old ones are forgotten on the way."""
    db.session.execute(delete(EssaiManque).where(EssaiManque.quand <= now() - rules.WINDOW))
    db.session.add_all(EssaiManque(cle=key) for key in (_key("compte", courriel), _key("adresse", address)))
    db.session.flush()


def forgive(courriel: str) -> None:
    """A right sign-in forgets the account's errors."""
    db.session.execute(delete(EssaiManque).where(EssaiManque.cle == _key("compte", courriel)))
