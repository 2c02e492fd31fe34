"""Codes to French: the only place of the reading where sentences are written.

`sentence` gives what is wrong, where, and what to do; labels name reasons and likenesses on screens.
"""

from __future__ import annotations

from .errors import Probleme, RegistreError

#: Problems: the reading stops.
PROBLEMES = {
    "aucun_fichier": "Aucun fichier n'a été donné. Ajoutez au moins une liste.",
    "fichier_en_double": "Deux fichiers portent le même nom. Renommez l'un des deux, ou retirez la copie.",
    "fichier_absent": "Le fichier ne peut pas être ouvert ({vu}). Vérifiez son nom et son emplacement.",
    "fichier_vide": "Le fichier est vide. Demandez à l'expéditeur de l'envoyer à nouveau.",
    "fichier_trop_gros": "Le fichier pèse {vu} Mo, ce qui est trop pour une liste. Découpez-le, ou retirez-en"
    " les images.",
    "pas_une_liste": "Ce n'est pas une liste, mais {vu}, quel que soit le nom du fichier. Envoyez le tableau"
    " lui-même, au format CSV, Excel ou LibreOffice.",
    "mot_de_passe": "Le classeur est protégé par un mot de passe. Ouvrez-le, enregistrez-le sans mot de passe,"
    " puis envoyez cette copie.",
    "classeur_illisible": "Le classeur est abîmé ou incomplet ({vu}). Ouvrez-le dans Excel ou LibreOffice,"
    " enregistrez-le à nouveau, puis renvoyez-le.",
    "classeur_trop_etendu": "Une feuille s'étend sur beaucoup trop de cases ({vu}). Copiez la liste seule dans"
    " un nouveau classeur.",
    "encodage_illisible": "Certains caractères ne peuvent pas être lus (lu comme {vu}). Enregistrez le fichier"
    " en « CSV UTF-8 », puis renvoyez-le.",
    "encodage_inconnu": "Les accents sont écrits d'une façon qui n'est pas reconnue (on lit : {vu})."
    " Enregistrez le fichier en « CSV UTF-8 », puis renvoyez-le.",
    "guillemet_ouvert": "Une case commence par un guillemet qui n'est pas refermé : les lignes suivantes seraient"
    " perdues. Elle commence par : {vu}. Corrigez cette ligne.",
    "cellule_geante": "Une case dépasse {vu} caractères. Le fichier est sans doute abîmé à partir de là.",
    "entete_introuvable": "Aucune ligne de titres n'a été trouvée (Nom, Prénom, Adresse…). La première ligne"
    " est : {vu}. Ajoutez une ligne de titres, ou indiquez les colonnes à la main.",
    "colonne_nom_absente": "Aucune colonne ne semble contenir les noms. Titres lus : {vu}. Indiquez laquelle, ou"
    " renommez-la « Nom ».",
    "colonne_naissance_absente": "Aucune colonne ne semble contenir les dates de naissance. Titres lus : {vu}."
    " Indiquez laquelle ; ou, si la liste ne compte que des adultes, déclarez-le.",
    "colonne_adresse_absente": "Aucune colonne ne semble contenir les adresses. Titres lus : {vu}. Indiquez"
    " laquelle, ou renommez-la « Adresse ».",
    "dates_illisibles": "La colonne devrait contenir des dates de naissance, mais on y lit : {vu}. Indiquez la"
    " bonne colonne.",
    "colonnes_changees": "Les titres ne sont plus ceux de la dernière fois. Vérifiez les colonnes avant de continuer.",
    "ligne_trop_longue": "La ligne compte {vu} cases pour {attendu} titres : elle est mal découpée, et rien ne dit"
    " quelle case est le nom. Corrigez-la (souvent un séparateur dans une adresse).",
    "et_autres_lignes": "{nombre} autres lignes ont le même défaut.",
    "aucune_personne": "Aucune personne n'a été lue ({vu} lignes). Vérifiez les colonnes.",
    "voies_sans_entete": "La liste des voies doit commencer par une ligne de titres « voie;secteur ». On lit : {vu}.",
    "voies_vides": "La liste des voies ne contient aucune voie.",
    "voie_sans_nom": "La ligne ne nomme aucune voie.",
    "secteur_impossible": "Le secteur de « {vu} » contient un caractère interdit, ou plus de 60 caractères."
    " Gardez des lettres, des chiffres, des espaces, et les signes ' + . / -.",
    "tranche_illisible": "Les numéros de « {vu} » ne se comprennent pas. Colonnes « debut » et « fin » : des"
    " nombres, ou rien ; colonne « cote » : pair, impair, ou rien.",
    "voie_contradictoire": "Le n° {numero} de « {vu} » appartiendrait à deux secteurs. Corrigez les lignes de"
    " cette voie.",
    "voies_communes": "La colonne « commune » nomme plusieurs communes ({vu}). Le périmètre n'en a qu'une.",
}

#: Notices: the reading goes on, and this is shown.
AVIS = {
    "encodage_melange": "Le fichier mélange deux façons d'écrire les accents ({nombre} lignes en UTF-8, les"
    " autres en Windows-1252) : chaque ligne a été lue dans la sienne.",
    "feuille_masquee": "La feuille est masquée : elle n'a pas été lue. Affichez-la si elle fait partie de la liste.",
    "feuille_ignoree": "La feuille n'a pas de ligne de titres : elle n'a pas été lue.",
    "plusieurs_feuilles": "Plusieurs feuilles sont des listes, toutes ont été lues : {vu}.",
    "colonne_devinee": "Le titre de la colonne ne dit pas ce qu'elle contient : cela a été reconnu à son contenu."
    " Vérifiez-la.",
    "colonne_sans_personne": "La colonne parle d'une deuxième personne que la liste ne nomme pas : elle n'a pas"
    " été lue.",
    "colonne_civilite_absente": "Aucune colonne de civilité : les personnes de cette liste restent sans genre"
    " déclaré, sauf si une autre liste le donne.",
    "dates_mois_jour": "Les dates sont écrites mois/jour/année (12/25/1980) : elles ont été lues ainsi.",
    "ordre_nom_prenom": "Nom et prénom sont dans la même case, le nom d'abord : là où les majuscules ne les"
    " distinguent pas, les noms ont été lus ainsi.",
    "ordre_prenom_nom": "Nom et prénom sont dans la même case, le prénom d'abord : là où les majuscules ne les"
    " distinguent pas, les noms ont été lus ainsi.",
    "ordre_inconnu": "Nom et prénom sont dans la même case, et rien ne dit lequel vient d'abord : les doublons"
    " ont été cherchés dans les deux sens. Précisez l'ordre.",
    "sexe_en_chiffres": "Le sexe est écrit 1 ou 2 : lu comme le code de l'INSEE (1 homme, 2 femme).",
    "siecle": "{nombre} dates n'ont que deux chiffres d'année : le siècle le plus récent possible a été retenu"
    " (par exemple {exemple}).",
    "couple": "{nombre} personnes sont nommées à deux dans la même case (par exemple {exemple}) : chacune est"
    " comptée. Vérifiez leurs dates de naissance.",
    "civilite_inconnue": "{nombre} civilités ne disent ni femme ni homme (par exemple {exemple}) : ces personnes"
    " restent sans genre déclaré.",
    "civilites_de_la_ligne": "{nombre} lignes donnent une civilité et un sexe qui se contredisent (par exemple"
    " {exemple}) : ces personnes restent sans genre déclaré.",
    "nom_du_titulaire": "{nombre} seconds occupants n'ont qu'un prénom (par exemple {exemple}) : le nom du"
    " titulaire leur a été donné.",
    "deces_a_verifier": "{nombre} remarques parlent d'un décès sans dire clairement de qui (par exemple"
    " {exemple}) : ces personnes ont été gardées. Vérifiez-les.",
    "commune_supposee": "Aucune adresse n'est à {attendu} ; presque toutes sont à « {vu} » : c'est cette commune"
    " qui a été retenue.",
}

MOTIFS = {
    "mineurs": "n'ont pas l'âge le jour du tirage (R5)",
    "hors_perimetre": "habitent hors du périmètre (R4)",
    "voie_inconnue": "habitent une voie qui n'est pas dans la liste des voies (R4)",
    "sans_civilite": "restent éligibles sans genre déclaré, à compléter (R10)",
    "sans_naissance": "n'ont pas de date de naissance lisible (R5)",
    "personnes_morales": "lignes nomment une personne morale",
    "decedes": "sont signalées décédées",
    "lignes_sans_personne": "lignes ne nomment personne (totaux, titres répétés)",
    "oppositions": "ont demandé à ne pas être contactées",
}

RESSEMBLANCES = {
    "nom_lettre": "une lettre du nom diffère",
    "noms_inverses": "nom et prénom inversés",
    "nom_usage": "nom de naissance et nom d'usage",
    "nom_double": "nom simple et nom double",
    "nom_different": "autre nom, même prénom, même logement",
    "prenoms_en_plus": "un second prénom en plus",
    "prenom_compose": "prénom simple et prénom composé",
    "prenom_lettre": "une lettre du prénom diffère",
    "naissance_proche": "même nom, même adresse, dates de naissance voisines",
    "naissance_absente": "même nom, même adresse, date de naissance absente d'une liste",
}

CONTRADICTIONS = {
    "civilites_contraires": "deux civilités : la personne reste sans genre déclaré",
    "naissances_contraires": "deux dates de naissance : la plus fréquente est retenue",
    "adresses_contraires": "deux adresses : celle du périmètre est retenue",
}


def sentence(probleme: Probleme) -> str:
    """« liste.csv, ligne 12, colonne « Né le » : … », for a problem or a notice."""
    text = PROBLEMES.get(probleme.code) or AVIS[probleme.code]
    place = ", ".join(_places(probleme))
    filled = text.format_map({key: _shown(value) for key, value in probleme.params.items()})
    return f"{place} : {filled}" if place else filled


def sentences(error: RegistreError) -> list[str]:
    """Every problem of an error, in the order of the files."""
    return [sentence(probleme) for probleme in error.problemes]


def _places(probleme: Probleme) -> list[str]:
    params = probleme.params
    found = [str(params["fichier"])] if params.get("fichier") else []
    if params.get("feuille"):
        found.append(f"feuille « {params['feuille']} »")
    if params.get("ligne"):
        found.append(f"ligne {params['ligne']}")
    if params.get("colonne"):
        found.append(f"colonne « {params['colonne']} »")
    return found


def _shown(value: object) -> str:
    """What was seen, on one line, « rien » where nothing was."""
    return " ".join(str(value).split()) or "rien"
