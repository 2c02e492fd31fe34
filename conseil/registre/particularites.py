"""What a name cell says besides a name: a company, a death, an empty flat (R4: residents are people)."""

from __future__ import annotations

import re
from functools import lru_cache

from .folding import words

#: Legal forms and bodies that are no family name.
# fmt: off
_BODIES = {
    "sci", "sarl", "sas", "sasu", "eurl", "snc", "scp", "scop", "scic", "selarl", "scm", "gie", "gaec", "earl",
    "association", "assoc", "asso", "syndicat", "sivom", "copropriete", "indivision", "ccas", "cias", "mairie",
    "prefecture", "hlm", "opac", "oph", "ehpad", "caf", "cpam", "sdis", "sncf", "edf", "enedis", "societe",
    "fondation", "federation", "mutuelle", "amicale", "collectif", "ministere", "etablissements", "ets", "epci",
}
_ANYWHERE = {"sci", "sarl", "sasu", "eurl", "hlm"}
#: Words that begin a body's name, and now and then a person's.
_MAYBE_BODIES = {
    "ville", "commune", "departement", "region", "communaute", "office", "entreprise", "cabinet", "comite", "union",
    "club", "centre", "ecole", "college", "lycee", "creche", "foyer", "maison", "residence", "regie", "agence",
    "banque", "pharmacie", "paroisse", "eglise", "mosquee", "diocese", "etat", "groupe", "institut", "service",
    "services", "atelier", "boulangerie", "garage", "restaurant", "conseil", "direction", "caisse", "tresor",
    "poste", "compagnie", "bureau", "mission", "cooperative",
}
_LINKS = {
    "de", "du", "des", "d", "la", "le", "les", "l", "pour", "et", "social", "sociale", "scolaire", "medical",
    "municipal", "municipale",
}
# fmt: on
_VACANT = {"vacant", "vacante", "vide", "libre", "inoccupe", "inoccupee", "neant", "aucun", "inconnu", "anonyme"}
_VACANT |= {"x", "xx", "xxx", "nc", "nr", "na", "nd"}

_DEAD = re.compile(
    r"(?P<who>(?:conjointe?|[ée]poux|[ée]pouse|mari|femme|p[eè]re|m[eè]re)\s+)?"
    r"[(\[]?\s*(?<!\w)(?:d\.?c\.?d\.?(?:ée?|e)?s?(?!\w)|d[ée]c[ée]d[ée](?:\(e\)|[·.-]e|e)?s?(?!\w)"
    r"|d[ée]funte?(?!\w)|†|✝)"
    r"(?:\s+(?:le|en|depuis|d[eu]puis le)?\s*[\d/.\- ]+)?\s*[)\]]?",
    re.IGNORECASE,
)
_ESTATE = re.compile(
    r"^\s*(?:(?:la\s+)?succ(?:ession|\.)?(?:\s+(?:de|du|d'))?\s+|hoirie\s+|hoirs\s+|h[ée]ritiers?\s+(?:de\s+)?"
    r"|feue?\s+(?=(?:m\.?|mr|mme|monsieur|madame|mlle)\s))",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def split_deces(text: str) -> tuple[bool, str]:
    """Whether a cell says that its person died, and the cell without it: « MARTIN (DCD) » → `(True, "MARTIN")`.

    « Succession de », « feu M. » and « héritiers de » say it too; « veuve » and « conjoint décédé » do not.
    """
    dead = False
    if found := _ESTATE.match(text):
        dead, text = True, text[found.end() :]
    for found in _DEAD.finditer(text):
        dead = dead or not found["who"]
    rest = " ".join(_DEAD.sub(" ", text).split()) if _DEAD.search(text) else text
    return dead, rest.strip(" -,")


def says_dead(text: str) -> bool | None:
    """A remark: True when it says that the person died, None when it speaks of a death otherwise."""
    found = _DEAD.search(text)
    if not found:
        return False
    alone = not found["who"] and not text[: found.start()].strip(" -:,.")
    return True if alone else None


def deces_column(text: str) -> bool:
    """A cell of a column about deaths: a date or « oui » says it; blank, « non » and « 0 » do not."""
    return text.strip(" -") != "" and words(text)[:1] not in (("non",), ("n",), ("0",), ("faux",), ("vivant",))


@lru_cache(maxsize=65536)
def is_personne_morale(nom: str, prenom: str, civilite: bool, naissance: bool) -> bool:
    """Whether a name is a company's or a body's: never with a date of birth and a given name or civilité."""
    found = words(nom)
    if not found:
        return False
    if found[0] in _BODIES or _ANYWHERE & set(found):
        return not (naissance and (prenom or civilite))
    if civilite or naissance or prenom:
        return False
    return found[0] in _MAYBE_BODIES and len(found) > 1 and not _could_be_person(found)


def is_vacant(nom: str, prenom: str) -> bool:
    """« Logement vacant », « néant »: a line that says that nobody lives there."""
    found = [word for word in words(nom) if word not in ("logement", "local", "appartement", "lot")]
    return not prenom and bool(words(nom)) and all(word in _VACANT or word == "sans" for word in found)


def _could_be_person(found: tuple[str, ...]) -> bool:
    """« VILLE DE BLOIS » is none; « MAISON Jean », in a column of full names, is one."""
    return len(found) == 2 and found[1] not in _LINKS
