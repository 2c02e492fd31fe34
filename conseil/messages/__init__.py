"""The one table that turns codes into French, for every page and command of the site.

One file per room, so that each stays short; a code stands in one of them only.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from conseil.access import Role
from conseil.messages import comptes, registre, socle, tirages

MESSAGES: dict[str, Any] = {}
for table in (socle, comptes, registre, tirages):
    if MESSAGES.keys() & table.MESSAGES.keys():
        raise RuntimeError(f"{table.__name__}: a code stands in two files")
    MESSAGES |= table.MESSAGES

ROLES = {
    Role.ADMINISTRATION: _l("Administration des comptes"),
    Role.VILLE: _l("Service municipal"),
    Role.PORTEUSE: _l("Association porteuse"),
    Role.TRESORIER: _l("Trésorier ou trésorière"),
    Role.PREFECTURE: _l("Délégué du préfet"),
    Role.ELU: _l("Élu ou élue"),
    Role.MEMBRE: _l("Membre du conseil"),
}
BORDS = {"majorite": _l("majorité"), "opposition": _l("opposition")}
GENRES = {"F": _l("femmes"), "M": _l("hommes"), "X": _l("non déclaré")}
GENRE = {"F": _l("femme"), "M": _l("homme"), "X": _l("non déclaré")}


def sentence(code: str, params: Mapping[str, Any] | None = None) -> str:
    """The French sentence of a code. A code without one is a defect: KeyError, never a blank page."""
    return str(MESSAGES[code]) % dict(params or {})
