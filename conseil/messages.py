"""The one table that turns codes into French, for every page and command of the site."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from conseil.access import Role

MESSAGES = {
    "adresse_refusee": _l("Cette adresse n'est pas complète. Une adresse ressemble à prenom.nom@ville.fr."),
    "code_faux": _l(
        "Ce code n'est pas le bon, ou il a déjà servi. Attendez le prochain code de votre appareil."
    ),
    "compte_existe": _l(
        "Un compte existe déjà pour %(courriel)s. Retrouvez-le dans la liste, sous ce formulaire."
    ),
    "connexion_refusee": _l(
        "L'adresse ou le mot de passe n'est pas le bon. Vérifiez les deux et essayez encore."
    ),
    "demonstration_fermee": _l(
        "La démonstration ne se mélange pas à un vrai conseil : elle ne s'installe qu'avec CONSEIL_MODE=demonstration."
    ),
    "dernier_administrateur": _l(
        "C'est le dernier compte d'administration ouvert : plus personne ne pourrait gérer les comptes. "
        "Invitez d'abord quelqu'un d'autre."
    ),
    "lien_perime": _l(
        "Ce lien a déjà servi, ou il est trop ancien. Demandez-en un autre à la personne qui vous l'a donné."
    ),
    "mot_de_passe_actuel_faux": _l("Ce n'est pas votre mot de passe actuel."),
    "mot_de_passe_court": _l("Ce mot de passe est trop court : il faut au moins %(minimum)s caractères."),
    "mot_de_passe_devinable": _l(
        "Ce mot de passe se devine trop vite. Choisissez plutôt quatre mots qui n'ont rien à voir entre eux."
    ),
    "mot_de_passe_long": _l("Ce mot de passe est trop long : %(maximum)s caractères au plus."),
    "registre_deja_fige": _l("Ce registre est figé depuis le %(date)s : plus rien ne peut y changer (R13)."),
    "registre_vide": _l(
        "Personne n'est éligible dans ces listes : il n'y a rien à figer. Relisez le compte rendu."
    ),
    "tirage_identifiant_pris": _l(
        "Un tirage porte déjà l'identifiant « %(identifiant)s ». Choisissez-en un autre."
    ),
    "tirage_deja_fait": _l("Ce tirage a déjà son résultat : il ne peut pas être refait (R13)."),
    "trop_d_essais": _l(
        "Trop d'essais manqués. Attendez %(minutes)s minutes, puis recommencez. Rien n'est perdu."
    ),
}

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
