"""Decisions about accounts: who needs a second factor, what a password must be, how many errors are too many."""

from datetime import timedelta

from conseil.access import Role

TOTP_ROLES = frozenset({Role.ADMINISTRATION, Role.VILLE, Role.TRESORIER})
PASSWORD_MIN, PASSWORD_MAX = 12, 200
LINK_LIFE = timedelta(days=7)
STAFF_SESSION = timedelta(hours=12)
MEMBER_SESSION = timedelta(days=90)
WINDOW = timedelta(minutes=15)
ERRORS_PER_ACCOUNT, ERRORS_PER_ADDRESS = 10, 40


def needs_totp(role: str, *, demonstration: bool) -> bool:
    """Whether an account must give a code from a device (parcours.md, « Roles »); never in demonstration."""
    return not demonstration and role in TOTP_ROLES


def needs_password(role: str) -> bool:
    """Members may come by link alone; everyone else has a password (parcours.md, « Roles »)."""
    return role != Role.MEMBRE


def session_life(role: str) -> timedelta:
    """How long a sign-in holds: a member's phone stays in, an office computer does not."""
    return MEMBER_SESSION if role == Role.MEMBRE else STAFF_SESSION


def password_fault(password: str, courriel: str) -> str | None:
    """The code of what is wrong with a chosen password, None where nothing is."""
    if len(password) < PASSWORD_MIN:
        return "mot_de_passe_court"
    if len(password) > PASSWORD_MAX:
        return "mot_de_passe_long"
    local = courriel.partition("@")[0].lower()
    if len(set(password)) < 5 or (len(local) > 3 and local in password.lower()):
        return "mot_de_passe_devinable"
    return None


def too_many(account_errors: int, address_errors: int) -> bool:
    """Whether a sign-in must wait, from the errors of the last WINDOW."""
    return account_errors >= ERRORS_PER_ACCOUNT or address_errors >= ERRORS_PER_ADDRESS
