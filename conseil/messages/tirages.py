"""Sentences and labels of the draws."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "accord_par_appareil": _l("Cette personne est connectée : elle donne son accord sur son propre téléphone (R13)."),
    "adresse_locale": _l(
        "Les téléphones ne peuvent pas suivre cette adresse : ouvrez cette page par l'adresse de l'ordinateur "
        "sur le réseau de la salle (par exemple http://192.168.1.20:8000)."
    ),
    "adresse_sans_https": _l(
        "Le site est réglé pour https et cette adresse est en http : les témoins ne pourront pas se connecter. "
        "Ouvrez la page en https, ou réglez CONSEIL_URL sur l'adresse de la salle."
    ),
    "annulation_absente": _l("Aucune annulation n'est demandée pour ce tirage."),
    "annulation_trop_tard": _l(
        "Les lettres sont parties : seule une décision écrite d'un juge ou du préfet peut encore l'arrêter (R13)."
    ),
    "annulation_trop_tot": _l("Aucun dé n'est saisi : ce tirage peut être retiré, avec une raison (R13)."),
    "brouillon_inconnu": _l("Ce brouillon n'existe plus : il a été figé ou supprimé. Regardez la liste des tirages."),
    "brouillon_intitule": _l(
        "Le titre est vide, trop long (200 signes au plus), ou contient un guillemet droit ou une barre inversée."
    ),
    "ceremonie_fermee": _l("La cérémonie n'est pas ouverte. Ouvrez-la d'abord sur la page de conduite."),
    "ceremonie_ouverte": _l("La cérémonie est en cours : le résultat n'existe pas encore."),
    "chiffre_faux": _l("Un dé à dix faces donne un chiffre de 0 à 9."),
    "confirmation_impossible": _l(
        "Cette confirmation se donne sur le téléphone d'un élu ou du délégué du préfet, "
        "pas par une personne inscrite à la main (R11)."
    ),
    "confirmation_par_appareil": _l("Cette personne est connectée : elle confirme sur son propre téléphone (R11)."),
    "date_fausse": _l("Écrivez une date, par exemple 02/11/2026."),
    "de_absent": _l("Ce dé n'est pas encore saisi."),
    "de_change": _l(
        "Le dé %(rang)s a été changé entre-temps : il vaut maintenant %(chiffre)s. Regardez avant de corriger."
    ),
    "de_deja_saisi": _l(
        "Le dé %(rang)s est déjà saisi : %(chiffre)s. Si c'est une erreur de frappe, utilisez « Corriger »."
    ),
    "de_pas_son_tour": _l("Ce n'est pas le tour de ce dé. Rechargez la page pour voir le suivant."),
    "decision_incomplete": _l("Écrivez qui a pris la décision, et sa référence."),
    "des_a_confirmer": _l("Les témoins n'ont pas encore confirmé les dés (R11)."),
    "des_a_relire": _l("Les dés n'ont pas encore été relus à voix haute."),
    "des_changes": _l("Les dés affichés ont changé depuis. Rechargez la page et comparez encore une fois."),
    "des_commences": _l("Les dés sont commencés : l'empreinte ne se confirme plus."),
    "des_complets": _l("Tous les dés sont déjà saisis."),
    "des_incomplets": _l("Il manque encore des dés."),
    "empreinte_a_confirmer": _l("Les témoins n'ont pas encore confirmé l'empreinte sur leur téléphone (R11)."),
    "empreinte_autre": _l(
        "Ce n'est pas l'empreinte de ce tirage. Arrêtez tout, et comparez les deux empreintes à voix haute."
    ),
    "empreinte_d_abord": _l("Confirmez d'abord l'empreinte : vous êtes arrivé après qu'elle a été comparée."),
    "gobelet_porteur": _l("Écrivez qui tient chaque gobelet."),
    "gobelet_vide": _l("Chaque gobelet contient au moins un dé."),
    "gobelets_a_lever": _l("Les gobelets ne sont pas encore levés."),
    "gobelets_a_regler": _l("Fixez d'abord combien de dés chaque personne secoue."),
    "gobelets_leves": _l("Les gobelets sont levés : leur nombre de dés ne change plus."),
    "gobelets_total": _l("Il faut %(attendu)s dés en tout, vous en avez réparti %(trouve)s."),
    "incident_texte": _l("Écrivez ce qui s'est passé, en 1 000 signes au plus."),
    "motif_manquant": _l("Écrivez la raison, en 1 000 signes au plus : elle restera publiée."),
    "motif_ouverture": _l(
        "Écrivez pourquoi vous ouvrez la liste scellée, en 500 signes au plus : la raison est gardée au journal."
    ),
    "nature_inconnue": _l("Cette sorte de tirage n'existe pas."),
    "participants_noms": _l("Les noms des participants manquent, sont en double, ou n'ont pas à être donnés ici."),
    "rang_inconnu": _l("Ce rang n'existe pas."),
    "registre_inconnu": _l("Ce registre n'existe pas ou a été effacé à sa date."),
    "repetition_ne_compte_pas": _l("C'est une répétition : elle ne donne rien à personne (R13)."),
    "retrait_trop_tard": _l("Un dé est déjà saisi : ce tirage se termine, ou les témoins l'annulent ensemble (R13)."),
    "temoin_absent": _l("Cette personne est notée comme partie. Faites-la d'abord revenir dans la liste."),
    "temoin_inconnu": _l("Ce témoin n'est pas dans la liste de ce tirage."),
    "temoin_nom": _l("Écrivez le nom du témoin."),
    "temoin_qualite": _l("Choisissez en quelle qualité cette personne est là."),
    "temoin_sans_qualite": _l(
        "Votre compte n'est pas celui d'un élu, du délégué du préfet ou d'un membre du conseil. "
        "La personne qui conduit le tirage peut vous inscrire à la main."
    ),
    "temoins_manquants": _l(
        "Il manque un témoin : il faut un élu de la majorité, un élu de l'opposition et le délégué du préfet (R11)."
    ),
    "temoins_trop_peu": _l("Il n'y a pas assez de témoins : ce tirage en demande deux au moins."),
    "tirage_arrete": _l("Ce tirage est arrêté : il a été retiré, annulé ou invalidé, et il le reste (R13)."),
    "tirage_deja_fait": _l("Ce tirage a déjà son résultat : il ne peut pas être refait (R13)."),
    "tirage_identifiant_pris": _l("Un tirage porte déjà l'identifiant « %(identifiant)s ». Choisissez-en un autre."),
    "tirage_inconnu": _l("Ce tirage n'existe pas. Regardez la liste des tirages."),
    "tirage_sans_resultat": _l("Ce tirage n'a pas de résultat."),
    "validation_nom": _l("Écrivez qui a validé la méthode."),
    "validation_qualite": _l("Choisissez en quelle qualité la méthode a été validée."),
    # The method's other refusals have their own sentences; these need the names of the groups.
    "quotas_incompatibles": _l(
        "Ces demandes ne peuvent pas être tenues ensemble : %(quotas)s. "
        "La plus petite modification qui marche : %(relachement)s."
    ),
}
QUALITES = {
    "elu_majorite": _l("Élu ou élue de la majorité"),
    "elu_opposition": _l("Élu ou élue de l'opposition"),
    "delegue_prefet": _l("Délégué ou déléguée du préfet"),
    "seance": _l("La séance du conseil"),
    "habitant": _l("Habitant ou habitante"),
    "autre": _l("Autre témoin"),
}
QUALITES_VALIDATION = {
    "maire": _l("Le Maire"),
    "prefet": _l("Le Préfet"),
    "signataire": _l("Un autre signataire du contrat"),
    "echantillon": _l("L'échantillon d'habitants du dialogue citoyen"),
}
ETATS = {
    "fige": _l("Fermé et publié, dés à lancer"),
    "ceremonie": _l("Cérémonie en cours"),
    "tire": _l("Tiré"),
    "retire": _l("Retiré avant les dés"),
    "annule": _l("Annulé par les témoins"),
    "invalide": _l("Invalidé par une décision"),
}
ETAPES = {
    "fige": _l("La cérémonie n'est pas ouverte"),
    "temoins": _l("Les témoins arrivent"),
    "empreinte": _l("On compare l'empreinte"),
    "gobelets": _l("On prépare les gobelets"),
    "lever": _l("On secoue, puis on lève tous ensemble"),
    "des": _l("On lit les dés"),
    "relecture": _l("On relit les dés"),
    "confirmation": _l("Les témoins confirment les dés"),
    "revelation": _l("Les numéros tirés"),
    "fini": _l("Le tirage est fait"),
    "arrete": _l("Ce tirage est arrêté"),
}
