"""Households: who shares a landlord's contract, a flat, or an address and a family name (`methode-tirage §1`)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

from .folding import key
from .grouping import Groups
from .occurrences import Occurrence

#: A larger household is shown, and needs a reason: a tower whose flats lack numbers is not a household.
TAILLE_MAXIMUM = 12


def households(people: Sequence[Iterable[Occurrence]]) -> list[list[int]]:
    """The people (positions in `people`) grouped by household, closed: a shared flat and a shared contract
    make one household of three."""
    groups = Groups(len(people))
    groups.join_equal((link, index) for index, person in enumerate(people) for o in person for link in _links(o))
    return groups.members()


def _links(occurrence: Occurrence) -> Iterator[Hashable]:
    """What puts two people in one household: the same contract of the same source; the same full address with
    the same complement; the same address and family name where neither has a complement."""
    if occurrence.contrat:
        yield "contrat", occurrence.source.fichier, occurrence.contrat
    home, flat = occurrence.adresse.logement, occurrence.adresse.complement
    if home is None:
        return
    if flat:
        yield "logement", home, flat
        return
    for nom in {*(variante.nom for variante in occurrence.nom.variantes), key(occurrence.nom.usage)}:
        if nom:
            yield "nom", home, nom
