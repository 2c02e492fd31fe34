"""Sentences of the registers."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "registre_deja_fige": _l("Ce registre est figé depuis le %(date)s : plus rien ne peut y changer (R13)."),
    "registre_vide": _l("Personne n'est éligible dans ces listes : il n'y a rien à figer. Relisez le compte rendu."),
}

# Why someone of the lists is not in the register, or is shown apart (parcours, journey 1).
MOTIFS = {
    "mineurs": _l("Trop jeunes le jour du tirage"),
    "hors_perimetre": _l("Hors du quartier prioritaire"),
    "voie_inconnue": _l("Rue absente de la table des rues"),
    "sans_civilite": _l("Sans civilité (gardés, genre à demander)"),
    "sans_naissance": _l("Sans date de naissance lisible"),
    "personnes_morales": _l("Sociétés et associations"),
    "decedes": _l("Personnes décédées"),
    "lignes_sans_personne": _l("Lignes qui ne nomment personne"),
    "oppositions": _l("Ont demandé à ne pas être contactés"),
}
