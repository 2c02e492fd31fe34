"""Who is in the register: one place per person, and the rule that puts them there. Pure decisions.

The reasons, in the order in which the first that applies is taken (a person is counted once).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Set
from dataclasses import dataclass

from .adresses import Adresse
from .civilite import Genre
from .naissance import age

#: Reasons to set a person aside, in order.
MOTIFS_PERSONNE = ("decedes", "hors_perimetre", "voie_inconnue", "sans_naissance", "mineurs", "oppositions")
#: Reasons to set a line aside: it names no natural person.
MOTIFS_LIGNE = ("personnes_morales", "lignes_sans_personne")
#: Everything the report counts; `sans_civilite` counts people who stay (R10).
MOTIFS = (
    *("mineurs", "hors_perimetre", "voie_inconnue", "sans_civilite", "sans_naissance"),
    *("personnes_morales", "decedes", "lignes_sans_personne", "oppositions"),
)

AGE_MINIMUM = 16


@dataclass(frozen=True)
class Perimetre:
    """The municipality of the perimeter (folded), and the postcodes it is written under; see `voies` for the rest."""

    commune: str
    codes_postaux: Set[str] = frozenset()


def secteur_of(adresse: Adresse, perimetre: Perimetre) -> str | None:
    """R4: the sector of an address; `""` outside the perimeter; None when its street is unknown.

    Another municipality, or another postcode where no municipality is written, is outside.
    """
    if adresse.commune and adresse.commune != perimetre.commune:
        return ""
    known = perimetre.codes_postaux
    if not adresse.commune and adresse.code_postal and known and adresse.code_postal not in known:
        return ""
    return adresse.voie.secteur(adresse.numero_entier) if adresse.voie else None


def motif_of(
    decede: bool,
    secteurs: Iterable[str | None],
    naissance: datetime.date | None,
    adulte: bool,
    date: datetime.date,
    age_minimum: int = AGE_MINIMUM,
    oppose: bool = False,
) -> str | None:
    """The first reason to set someone aside, or None (R4, R5).

    `secteurs`: of each address the lists give: one inside the perimeter is enough. `adulte`: named by a list
    declared as one of adults only, so that a missing date of birth excludes nobody; a date that is given is
    believed all the same. `oppose`: asked not to be contacted.
    """
    found = list(secteurs)
    if decede:
        return "decedes"
    if not any(found):
        return "hors_perimetre" if "" in found else "voie_inconnue"
    if naissance is None and not adulte:
        return "sans_naissance"
    if naissance is not None and age(naissance, date) < age_minimum:
        return "mineurs"
    return "oppositions" if oppose else None


def genre_of(genres: Iterable[Genre]) -> Genre:
    """R10: what the lists say of one person; X when they say nothing, or contradict each other."""
    said = {genre for genre in genres if genre != "X"}
    return said.pop() if len(said) == 1 else "X"
