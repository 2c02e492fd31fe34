"""Sentences of the shared ground."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "demonstration_fermee": _l(
        "La démonstration ne se mélange pas à un vrai conseil : elle ne s'installe qu'avec CONSEIL_MODE=demonstration."
    ),
}
