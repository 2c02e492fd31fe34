"""Column headings, as landlords and town halls write them, to what the column holds."""

from __future__ import annotations

import re
from functools import lru_cache

from .folding import fold

#: Roles that describe a person (one set per person on the line), and roles of the line as a whole.
PERSON_ROLES = ("civilite", "sexe", "nom", "nom_usage", "prenom", "autres_prenoms", "naissance", "deces")
_ADDRESS_ROLES = ("adresse", "numero", "repetition", "type_voie", "voie", "complement", "code_postal", "commune")
LINE_ROLES = ("contrat", *_ADDRESS_ROLES, "cp_commune", "observation")
IGNORED = "ignore"
ROLES = (*PERSON_ROLES, *LINE_ROLES, IGNORED)

_N = r"(?:n|no|num|numero)"
_OF = r"(?: (?:du|de|de la|de l|d|des))?"
_CP = r"\b(?:cp|code postal|codepostal|code post|c p|postal)\b"
_TOWN = r"\b(?:commune|ville|localite|municipalite)\b"
_WHO = r"(?:locataire|titulaire|occupant|resident|habitant|electeur|personne|beneficiaire|preneur)s?"
_CO = r"co ?(?:titulaire|locataire|occupant|preneur|signataire|contractant)s?|colocs?"

#: In this order: the first whose pattern is found in the folded heading wins.
_RULES = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        # What looks like a wanted column and is not.
        (r"\b(lieu|pays|departement|dept?|code|commune|ville)\b.*\b(nais\w*|ne)\b", IGNORED),
        (r"\bnais\w*\b.*\b(lieu|pays|departement|dept?|code|commune|ville)\b", IGNORED),
        (r"\b(date|dt)\b.*\b(entree|sortie|effet|signature|bail|depart|inscription|edition|maj)\b", IGNORED),
        (r"\b(tel\w*|portable|mobile|mail|mel|courriel|email|fax|iban|bic|nir|insee)\b", IGNORED),
        (r"\b(loyer|surface|typologie|nationalite|bureau|canton|circonscription|age|solde|bailleur)\b", IGNORED),
        (rf"\b(type|nature|categorie){_OF} (logement|bien|contrat|bail|local|lot|electeur)\b", IGNORED),
        (rf"\b(ref\w*|code|id\w*){_OF} (logement|lot|module|ug|ensemble|groupe|im\w+)\b", IGNORED),
        (rf"\b{_N}{_OF} (ordre|electeur|national)\b|\bprofession\b", IGNORED),
        (r"\b(situation familiale|nb|nombre|quartier|secteur|iris)\b", IGNORED),
        # Deaths, dates of birth.
        (r"\b(deces|decede\w*|dcd)\b", "deces"),
        (rf"\bprenoms?{_OF} naiss\w*", "prenom"),
        (rf"\bnoms?( famille)?{_OF}( famille)?{_OF} nais\w*\b", "nom"),
        (r"\b(nais\w*|ddn|dnais\w*|birth\w*)\b|\bne e? ?le\b|\bnee? le\b", "naissance"),
        (r"^(ne|nee|ne e|ne nee|ne s|ne e s)$", "naissance"),
        # Names.
        (r"\bnom (d|de) (usage|epou\w*|mari\w*)\b|\bnom (usage|marital|usuel|epouse)\b", "nom_usage"),
        (r"\b(autres?|deuxiemes?|seconds?|2e|2eme|suivants?) prenoms?\b", "autres_prenoms"),
        (r"\bnoms?\b.*\bprenoms?\b|\bprenoms?\b.*\bnoms?\b|\betat civil\b", "nom"),
        (r"\bprenoms?\d?\b|\bprn\b|\bfirst ?name\b", "prenom"),
        (rf"\b(noms?|lib\w*){_OF} (voies?|rues?)\b", "voie"),
        (rf"\bnoms?{_OF} (residence|batiment|immeuble|groupe)\b", "complement"),
        (r"\b(noms?\d?|patronymes?|patronymique|last ?name|name|jeune fille|identite)\b", "nom"),
        (r"\b(civ\w*|politesse|titre|m mme|mr mme|mme m|mme mr)\b", "civilite"),
        (r"\b(sexes?|genre)\b|^(h f|f h|m f|f m)$", "sexe"),
        # Addresses.
        (rf"{_CP}.*{_TOWN}|{_TOWN}.*{_CP}", "cp_commune"),
        (_CP, "code_postal"),
        (_TOWN, "commune"),
        (rf"\b(type|nature|typ|genre){_OF} voie\b", "type_voie"),
        (r"\b(indice|repetition|btq|bis ter|suffixe)\b|^bis$", "repetition"),
        (rf"\b{_N}( et)? (voie|rue|adresse)\b|\brue et {_N}\b|\b{_N} et .*\b(voie|rue)\b", "adresse"),
        (rf"^{_N}{_OF}( dans)?( la)? (voie|rue)$|^{_N}$", "numero"),
        (r"^adresse (du|de|d|des)\b", "adresse"),
        (r"\b(complement\w*|compl|cplt|complt|suite adresse)\b|\b(adresse|adr|ligne) ?[2-6]\b", "complement"),
        (r"\b(bat|bats|batiment|bt|esc\w*|etage|etg|apt|appt?|appart\w*|porte|pte)\b", "complement"),
        (r"\b(hall|entree|bloc|tour)\b", "complement"),
        (r"\b(residence|immeuble|logement|lgt|lieu dit|lieudit)\b(?!.*\badresse)", "complement"),
        (r"\b(adresses?|adr\w*|domicile|domiciliation|address)\b", "adresse"),
        (r"\b(voies?|rues?)\b", "voie"),
        (rf"\b({_N}|code|ref\w*|id\w*|compte|dossier|matricule)\b.*\b({_WHO}|clients?|foyers?|menages?)\b", "contrat"),
        (r"\b(observations?|commentaires?|remarques?|notes?|statut|situation|mentions?|infos?)\b", "observation"),
        # A heading that only says who: the cell holds the whole name.
        (rf"\b({_WHO}|{_CO}|conjointe?s?|epoux|epouse)\b", "nom"),
        (r"\b(contrats?|bail|baux|dossier|matricule|ref|references?|identifiant|id|compte|clients?)\b", "contrat"),
    )
)

_OTHER_PERSON = re.compile(
    rf"\b({_CO}|conjointe?s?|epoux|epouse|partenaire|pacse\w*|second\w*|deuxieme|2e|2eme|2nd|autre)\b"
)
_RANK = re.compile(r"(?<!\d)([1-4])\b")
_GROUP = re.compile(rf"\b({_WHO}|{_CO}|conjointe?s?|signataire|identite|epoux|epouse)\b")


@lru_cache(maxsize=4096)
def role_of(label: str) -> str | None:
    """What a heading announces: a role, `IGNORED` for what is known and useless, None for the unknown."""
    folded = fold(label)
    for pattern, role in _RULES:
        if pattern.search(folded):
            return role
    return None


def rank_of(label: str) -> int:
    """Which person of the line a heading speaks of: 1, or more for « Co-titulaire », « Nom 2 »."""
    folded = fold(label)
    if role_of(label) == "nom_usage":
        folded = re.sub(r"\bepou\w*", "", folded)
    other = 2 if _OTHER_PERSON.search(folded) else 1
    found = _RANK.search(folded)
    number = int(found[1]) if found else 1
    # « Co-titulaire 1 » is the second person of the line, « Titulaire 2 » too.
    return number + 1 if other == 2 and found else max(other, number)


def is_group(label: str) -> bool:
    """Whether a heading of an upper row says whose columns stand under it."""
    return bool(_GROUP.search(fold(label)))
