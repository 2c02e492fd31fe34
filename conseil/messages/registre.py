"""Sentences of the registers."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "registre_deja_fige": _l("Ce registre est figé depuis le %(date)s : plus rien ne peut y changer (R13)."),
    "registre_vide": _l("Personne n'est éligible dans ces listes : il n'y a rien à figer. Relisez le compte rendu."),
}
