"""Everything the lists say of one person, brought together: one name, one address, one sector, one gender."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .adresses import Adresse
from .civilite import Genre
from .noms import Nom
from .occurrences import Occurrence, Source
from .rules import Perimetre, genre_of, secteur_of


@dataclass(frozen=True)
class Personne:
    """A person of the register. `foyer`: a household's key, None for someone alone; `contrats`: (file, number);
    `avis`: codes of what the lists contradict each other on (`messages`)."""

    nom: str
    prenom: str
    usage: str
    naissance: datetime.date | None
    genre: Genre
    adresse: str
    complement: str
    secteur: str
    sources: tuple[Source, ...]
    contrats: tuple[tuple[str, str], ...]
    identites: tuple[str, ...]
    foyer: str | None = None
    avis: tuple[str, ...] = ()


def bring_together(occurrences: Sequence[Occurrence], perimetre: Perimetre) -> Personne:
    """The person that several occurrences are. What is taken never depends on the order of files or lines."""
    nom = _best_name(occurrences)
    adresse = _best_address(occurrences, perimetre)
    jours = Counter(o.naissance.jour for o in occurrences if o.naissance.jour)
    naissance = min(jours, key=lambda jour: (-jours[jour], jour), default=None)
    usage = nom.usage or min((o.nom.usage for o in occurrences if o.nom.usage), default="")
    return Personne(
        nom.nom,
        nom.prenom,
        usage,
        naissance,
        genre_of(o.genre for o in occurrences),
        adresse.texte,
        adresse.complement,
        secteur_of(adresse, perimetre) or "",
        tuple(sorted(o.source for o in occurrences)),
        tuple(sorted({(o.source.fichier, o.contrat) for o in occurrences if o.contrat})),
        tuple(sorted({o.identite for o in occurrences})),
        avis=tuple(_contradictions(occurrences, perimetre, len(jours))),
    )


def _best_name(occurrences: Sequence[Occurrence]) -> Nom:
    """The name whose cut is certain, then the most frequent, then the one with the most letters and accents."""
    counts = Counter(o.nom.variantes[0] for o in occurrences)

    def rank(nom: Nom) -> tuple[bool, int, int, str, str]:
        plain = sum(c.isascii() for c in nom.nom + nom.prenom)
        return not nom.sur, -counts[nom.variantes[0]], plain - 2 * len(nom.nom + nom.prenom), nom.nom, nom.prenom

    return min((o.nom for o in occurrences), key=rank)


def _best_address(occurrences: Sequence[Occurrence], perimetre: Perimetre) -> Adresse:
    """Inside the perimeter first, then the address of a landlord's contract, then the most complete."""

    def rank(occurrence: Occurrence) -> tuple[bool, bool, bool, str, str, str]:
        adresse = occurrence.adresse
        outside = not secteur_of(adresse, perimetre)
        texts = adresse.rue, adresse.numero, adresse.complement
        return outside, not occurrence.contrat, not adresse.complement, *texts

    return min(occurrences, key=rank).adresse


def _contradictions(occurrences: Sequence[Occurrence], perimetre: Perimetre, days: int) -> list[str]:
    found = []
    if len({o.genre for o in occurrences} - {"X"}) > 1:
        found.append("civilites_contraires")
    if days > 1:
        found.append("naissances_contraires")
    if len({secteur_of(o.adresse, perimetre) for o in occurrences}) > 1:
        found.append("adresses_contraires")
    return found
