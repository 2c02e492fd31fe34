"""Sentences of the draws."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "tirage_identifiant_pris": _l("Un tirage porte déjà l'identifiant « %(identifiant)s ». Choisissez-en un autre."),
    "tirage_deja_fait": _l("Ce tirage a déjà son résultat : il ne peut pas être refait (R13)."),
}
