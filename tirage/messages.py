"""Plain French for every code, for the command line only (the site has its own table)."""

from collections.abc import Mapping
from typing import Any

from .errors import TirageError

MESSAGES = {
    # Command
    "commande": "commande inconnue. Les commandes sont : {connues}.",
    "option-inconnue": "option inconnue : {option}. Tapez « python -m tirage {commande} --aide ».",
    "option-manquante": "il manque l'option {option}. Tapez « python -m tirage {commande} --aide ».",
    "option-valeur": "l'option {option} attend une valeur.",
    "option-double": "l'option {option} est donnée deux fois : gardez-en une seule.",
    "option-nombre": "l'option {option} attend un nombre entier d'au moins 1, pas « {valeur} ».",
    "option-minimum": "--minimum s'écrit critère:valeur=nombre, par exemple age:16-25=4 ; reçu « {valeur} ».",
    "fichier-lecture": "ce fichier ne peut pas être lu ({raison}). Vérifiez son nom et son dossier.",
    "fichier-ecriture": "ce fichier ne peut pas être écrit ({raison}). Rien n'a été enregistré.",
    "bibliotheque": "il manque la bibliothèque {nom}. Installez-la ; « verifier », « tirer » et « chances » "
    "s'en passent.",
    "calcul": "le calcul n'a pas abouti ({etat}). Rien n'a été enregistré.",
    # JSON
    "json-utf8": "ce n'est pas du texte UTF-8. Redemandez le fichier publié, sans l'ouvrir ni l'enregistrer.",
    "json-bom": "le fichier commence par une marque d'ordre des octets. Redemandez le fichier publié.",
    "json-syntaxe": "ce n'est pas du JSON. Redemandez le fichier publié.",
    "json-nombre": "le nombre {nombre} n'est pas admis : seulement des entiers plus petits que 2^53.",
    "json-doublon": "la clé « {cle} » est écrite deux fois.",
    "json-profondeur": "il y a plus de {maximum} niveaux imbriqués.",
    "json-caractere": "un caractère n'existe pas en UTF-8.",
    "json-canonique": "le fichier n'est pas écrit sous la forme canonique : il a été modifié ou réenregistré. "
    "Redemandez le fichier publié.",
    # Protocol and result
    "protocole-objet": "un protocole est un objet JSON.",
    "protocole-champ-manquant": "il manque le champ « {champ} ».",
    "protocole-champ": "le champ « {champ} » n'a pas la forme prévue.",
    "resultat-champs": "un résultat a exactement les champs {champs}, chacun sous la forme prévue.",
    "empreinte-protocole": "le résultat parle d'un autre protocole : il annonce l'empreinte {attendu}, le fichier "
    "donné a l'empreinte {trouve}.",
    "empreinte-registre": "ce n'est pas le registre du protocole : il annonce l'empreinte {attendu}, le fichier "
    "donné a l'empreinte {trouve}.",
    "effectifs": "le protocole annonce {attendu} habitants du type « {type} », le registre en compte {trouve}.",
    "table-total": "les lignes de la table font {trouve} au lieu de {attendu}.",
    "table-nombre": "la rangée {rangee} de la table n'a aucun numéro.",
    "table-type": "la rangée {rangee} de la table donne {places} places au type « {type} », ce qui ne se peut pas.",
    "table-places": "la rangée {rangee} de la table ne donne pas {attendu} places.",
    "table-quota": "la rangée {rangee} de la table ne respecte pas le quota de {critere} : {valeur}.",
    "table-ordre": "les rangées de la table ne sont pas dans l'ordre prévu, ou deux sont égales.",
    "table-impossible": "la rangée tirée ne peut pas être remplie.",
    "certificat-type": "le certificat parle d'un type absent, « {type} ».",
    "certificat-quota": "le certificat parle d'un quota absent, {critere} : {valeur}.",
    "certificat-poids": "les poids du certificat sont tous nuls.",
    "certificat-inegalite": "le certificat ne prouve rien : l'inégalité est fausse pour le type « {type} ».",
    "des-trop-peu": "le protocole demande {trouve} dés ; il en faut au moins {minimum}.",
    "des-chiffres": "les dés s'écrivent avec les chiffres 0 à 9 seulement, sans espace.",
    "des-nombre": "il faut {attendu} dés, il y en a {trouve}.",
    "composition": "les dés donnent la composition {attendu}, le résultat annonce {trouve}.",
    "foyer_exception": "le résultat se trompe en disant s'il a fallu prendre deux personnes d'un même foyer.",
    "liste-longueur": "la liste a {trouve} rangs au lieu de {attendu}.",
    "liste-place": "au rang {rang}, le tirage refait donne le numéro {attendu} ; la liste annonce {trouve}, ou un "
    "autre rang ou ticket.",
    # Register and identities
    "registre-bom": "le registre commence par une marque d'ordre des octets : enregistrez-le en UTF-8 sans BOM.",
    "registre-retour-chariot": "la ligne finit à la manière de Windows (CR LF). Reprenez le fichier publié.",
    "registre-entete": "la première ligne n'est pas « numero;foyer » suivi des critères attendus.",
    "registre-criteres": "les critères {criteres} ne conviennent pas : noms distincts, sans « ; », autres que "
    "« numero » et « foyer ».",
    "registre-vide": "le registre n'a aucun habitant.",
    "registre-fin": "la dernière ligne doit finir par un retour à la ligne : le fichier est peut-être coupé.",
    "registre-utf8": "ce n'est pas du texte UTF-8.",
    "registre-champs": "il faut {attendu} champs séparés par « ; », il y en a {trouve}.",
    "registre-numero": "le numéro « {numero} » ne s'écrit pas avec les chiffres 0 à 9 seulement.",
    "registre-largeur": "le numéro « {numero} » n'a pas autant de chiffres que ceux d'avant.",
    "registre-doublon": "le numéro « {numero} » est déjà à la ligne d'avant.",
    "registre-ordre": "le numéro « {numero} » n'est pas plus grand que celui de la ligne d'avant.",
    "registre-foyer": "le code de foyer « {foyer} » n'est pas admis.",
    "registre-valeur": "la valeur « {valeur} » du critère {critere} n'est pas admise.",
    "identite-invalide": "le champ {champ} du numéro {numero} ne convient pas.",
    "identites-entete": "la première ligne n'est pas « numero;empreinte ».",
    "identites-fin": "la dernière ligne doit finir par un retour à la ligne.",
    "identites-ligne": "la ligne n'est pas un numéro, « ; » et 64 chiffres hexadécimaux.",
    "identites-numero": "le numéro {numero} n'est pas celui du registre à la même ligne.",
    "identites-manque": "il y a {trouve} identités pour {attendu} habitants.",
    # Request
    "tirage-nom": "« {tirage} » ne convient pas comme nom de tirage : de 1 à 40 lettres minuscules sans accent, "
    "chiffres ou tirets.",
    "intitule": "l'intitulé est vide ou contient un guillemet droit, une barre oblique inversée ou un caractère "
    "invisible.",
    "places": "le nombre de places doit être d'au moins 1.",
    "places-trop-nombreuses": "il y a {places} places pour {residents} habitants.",
    "critere-inconnu": "le registre n'a pas de critère « {critere} ». Il a : {connus}.",
    "valeur-inconnue": "personne n'a la valeur « {valeur} » pour {critere}. Les valeurs sont : {connues}.",
    "quota-nombre": "{critere} : {valeur} ne peut pas recevoir {places} places.",
    "champ-reserve": "le champ « {champ} » est réservé par la méthode.",
    "parite-valeurs": "la parité veut deux valeurs de {critere}, ou trois dont « X » (non déclaré) ; il y a : "
    "{valeurs}.",
    "quotas-incompatibles": "ces demandes ne peuvent pas être tenues ensemble :{quotas}\nLa plus petite "
    "modification qui marche :{relachement}",
}


def explain(error: TirageError, paths: Mapping[str, str]) -> str:
    """« file, ligne 3 : reason », `paths` giving each kind of file (`fichier`) the name it was given under."""
    params = {name: _shown(name, value) for name, value in error.params.items()}
    where = [paths.get(params["fichier"], params["fichier"])] if "fichier" in params else []
    where += [f"{word} {params[word]}" for word in ("ligne", "colonne") if word in params]
    sentence = MESSAGES[error.code].format(**params)
    return f"{', '.join(where)} : {sentence}" if where else sentence[0].upper() + sentence[1:]


def _shown(name: str, value: Any) -> Any:
    if name == "quotas":
        return "".join(f"\n  - {critere} {v} : {_SIDES[side]} {n}" for critere, v, side, n in value)
    if name == "relachement":
        return "".join(
            f"\n  - {critere} {v} : {_bounds(*new)} (demandé : {_bounds(*old)})" for critere, v, old, new in value
        )
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value


def _bounds(low: int, high: int) -> str:
    if low == high:
        return f"exactement {low}"
    return f"de {low} à {high}" if low < high else f"au moins {low} et au plus {high}"


_SIDES = {"min": "au moins", "max": "au plus"}
