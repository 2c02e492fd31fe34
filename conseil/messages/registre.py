"""Sentences of the registers."""

from typing import Any

from flask_babel import lazy_gettext as _l

MESSAGES: dict[str, Any] = {
    "registre_deja_fige": _l("Ce registre est figé depuis le %(date)s : plus rien ne peut y changer (R13)."),
    "registre_vide": _l("Personne n'est éligible dans ces listes : il n'y a rien à figer. Relisez le compte rendu."),
    "chantier_absent": _l("Ce registre en préparation n'existe pas, ou plus."),
    "liste_absente": _l("Cette liste n'est plus là : quelqu'un l'a peut-être retirée. Rechargez la page."),
    "liste_en_double": _l("« %(nom)s » est exactement la même liste que « %(autre)s », déjà déposée. Rien n'a changé."),
    "listes_trop_lourdes": _l(
        "« %(nom)s » ferait dépasser 64 Mo pour l'ensemble des listes. Retirez-en une, ou enlevez les images et les "
        "feuilles inutiles."
    ),
    "aucune_liste": _l("Aucun fichier n'a été choisi. Touchez « Choisir des fichiers », puis « Déposer »."),
    "colonnes_incompletes": _l("Il manque %(manque)s. Dites quelle colonne c'est, puis enregistrez."),
    "regroupement_impossible": _l("Choisissez au moins deux secteurs à compter ensemble, ou aucun."),
    "choix_inconnu": _l("Ce choix n'existe pas. Touchez « Même personne » ou « Deux personnes »."),
    "doublon_deja_decide": _l(
        "%(qui)s a déjà répondu « %(choix)s » pour ces deux-là. Rien n'a été changé. Regardez-les dans la liste des "
        "réponses si vous n'êtes pas d'accord."
    ),
    "rien_a_annuler": _l("Vous n'avez rien à annuler."),
    "completion_deja_faite": _l("%(qui)s a déjà rempli cette case : « %(valeur)s ». Rien n'a été changé."),
    "valeur_impossible": _l("Cette valeur ne va pas. Choisissez-en une dans la liste, ou corrigez le nombre."),
    "date_impossible": _l("Cette date de naissance n'est pas possible. Écrivez jour, mois et année."),
    "raison_trop_longue": _l("Cette raison est trop longue. 500 caractères au plus, sans nom de personne."),
    "opposition_sans_nom": _l("Écrivez le nom et le prénom de la personne, comme dans les listes."),
    "population_sans_source": _l("Écrivez d'où vient ce chiffre (par exemple « Insee, recensement »)."),
    "voie_partie": _l("Cette voie n'est plus dans la liste des voies. Rechargez la page."),
    "voie_changee": _l("« %(voie)s » a été changée par quelqu'un d'autre. Rien n'a été écrasé : rechargez la page."),
    "rue_vide": _l("Ces personnes n'ont pas de voie du tout. Complétez-les une par une."),
    "lecture_en_retard": _l(
        "Quelque chose vient de changer dans ce registre. Attendez la fin de la lecture, relisez la liste, puis figez."
    ),
    "points_ouverts": _l("Points qui restent ouverts : %(nombre)s. Faites-les, ou écrivez pourquoi ils restent ainsi."),
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
