"""Sentences of the accounts."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "code_faux": _l("Ce code n'est pas le bon, ou il a déjà servi. Attendez le prochain code de votre appareil."),
    "compte_existe": _l("Un compte existe déjà pour %(courriel)s. Retrouvez-le dans la liste, sous ce formulaire."),
    "connexion_refusee": _l("L'adresse ou le mot de passe n'est pas le bon. Vérifiez les deux et essayez encore."),
    "dernier_administrateur": _l(
        "C'est le dernier compte d'administration ouvert : plus personne ne pourrait gérer les comptes. "
        "Invitez d'abord quelqu'un d'autre."
    ),
    "lien_perime": _l(
        "Ce lien a déjà servi, ou il est trop ancien. Demandez-en un autre à la personne qui vous l'a donné."
    ),
    "mot_de_passe_actuel_faux": _l("Ce n'est pas votre mot de passe actuel."),
    "mot_de_passe_court": _l("Ce mot de passe est trop court : il faut au moins %(minimum)s caractères."),
    "mot_de_passe_devinable": _l(
        "Ce mot de passe se devine trop vite. Choisissez plutôt quatre mots qui n'ont rien à voir entre eux."
    ),
    "mot_de_passe_long": _l("Ce mot de passe est trop long : %(maximum)s caractères au plus."),
    "trop_d_essais": _l("Trop d'essais manqués. Attendez %(minutes)s minutes, puis recommencez. Rien n'est perdu."),
}
