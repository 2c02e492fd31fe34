"""Whether two people on the lists may be one: in how far their names agree (`parcours` journey 1).

Two people with the same name and the same day of birth are the same. Anything less is a likeness, with a name,
proposed to a person; some likenesses may be merged where the home is the same too, if the clerk asks for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from .civilite import Genre
from .folding import words
from .noms import Prenoms, Variante
from .occurrences import Occurrence

#: Likenesses of people who share the day of birth, that name one person in two ways.
MERGEABLE = frozenset({"nom_lettre", "noms_inverses", "nom_usage", "nom_double", "prenoms_en_plus"})
#: Proposed only: two given names are two people until someone says otherwise (twins: Ali and Alia).
GIVEN_NAMES_DIFFER = frozenset({"prenom_lettre", "prenom_compose"})
#: Proposed only, except `nom_different` as `may_merge` says.
PROPOSED = GIVEN_NAMES_DIFFER | {"nom_different", "naissance_proche", "naissance_absente"}

_SHORT = 3  # below, a letter changed leaves nothing of the name


@dataclass(frozen=True)
class Fiche:
    """What is known of one person once exact duplicates are together: every name, home and civilité given."""

    variantes: frozenset[Variante]
    sures: frozenset[Variante]
    usages: frozenset[str]
    mots: frozenset[frozenset[str]]
    jours: frozenset[datetime.date]
    logements: frozenset[tuple[str, str, str]]
    homes: frozenset[tuple[tuple[str, str, str], str]]
    genres: frozenset[Genre]

    @classmethod
    def of(cls, occurrences: Iterable[Occurrence]) -> Fiche:
        people = list(occurrences)
        homes = {(o.adresse.logement, o.adresse.complement) for o in people}
        return cls(
            frozenset(v for o in people for v in o.nom.variantes),
            frozenset(v for o in people if o.nom.sur for v in o.nom.variantes),
            frozenset(u for o in people for u in o.nom.usages),
            frozenset(frozenset(words(o.nom.nom)) for o in people if o.nom.sur),
            frozenset(o.naissance.jour for o in people if o.naissance.jour),
            frozenset(home for home, _ in homes if home),
            frozenset((home, flat) for home, flat in homes if home),
            frozenset(o.genre for o in people if o.genre != "X"),
        )


def same_prenoms(one: Prenoms, other: Prenoms) -> bool:
    """The same given names: the first agree and the others do not clash, or all agree in another order."""
    if not one or not other:
        return one == other
    plain = [["".join(name).replace("-", "") for name in names] for names in (one, other)]
    if plain[0][0] == plain[1][0]:
        seconds = set(plain[0][1:]), set(plain[1][1:])
        return seconds[0] <= seconds[1] or seconds[1] <= seconds[0]
    return in_any_order(one) == in_any_order(other)


def in_any_order(prenoms: Prenoms) -> tuple[str, ...]:
    """Every word of the given names, sorted."""
    return tuple(sorted(word for name in prenoms for whole in name for word in whole.split("-")))


def likenesses(one: Fiche, other: Fiche) -> frozenset[str]:
    """The names of the ways in which two fiches may be one person; empty when nothing suggests it."""
    found: set[str] = set()
    same_name = False
    for a in one.variantes:
        for b in other.variantes:
            found |= _name_likeness(a, b)
            same_name = same_name or (a.nom == b.nom and bool(a.prenom) and same_prenoms(a.prenoms, b.prenoms))
            found |= _usage_likeness(a, one.usages, b, other.usages)
    if _share_given(one, other):
        if any(a < b or b < a for a in one.mots for b in other.mots if a and b):
            found.add("nom_double")
        if one.homes & other.homes and not found:
            found.add("nom_different")
    if one.jours & other.jours:
        return frozenset(found)
    if same_name and one.logements & other.logements:
        if not (one.jours and other.jours):
            return frozenset({"naissance_absente"})
        if any(_close_days(a, b) for a in one.jours for b in other.jours):
            return frozenset({"naissance_proche"})
    return frozenset()


def may_merge(one: Fiche, other: Fiche, found: frozenset[str]) -> bool:
    """Whether « fusionner à même adresse » applies: same day of birth, same home, one given name, no clash.

    Never for two given names that differ as names, nor for a woman and a man. A family name that is another
    altogether (an undeclared nom d'usage) needs the same flat and the same civilité besides.
    """
    if not (one.jours & other.jours and one.logements & other.logements):
        return False
    if len(one.genres | other.genres) > 1:
        return False
    if found & GIVEN_NAMES_DIFFER:
        return False  # one reading of an uncertain cut sees two given names
    if found & MERGEABLE:
        return True
    return "nom_different" in found and bool(one.homes & other.homes) and bool(one.genres & other.genres)


def _name_likeness(a: Variante, b: Variante) -> set[str]:
    found: set[str] = set()
    if not (a.prenom and b.prenom):
        return found
    same_given = same_prenoms(a.prenoms, b.prenoms)
    if same_given and a.nom != b.nom and near(a.nom, b.nom):
        found.add("nom_lettre")
    if a.nom == b.prenom and b.nom == a.prenom and a.nom != b.nom:
        found.add("noms_inverses")
    if a.nom == b.nom and a.nom and not same_given:
        if _begins(a.prenoms, b.prenoms) or _begins(b.prenoms, a.prenoms):
            found.add("prenoms_en_plus")
        elif a.prenom == b.prenom or a.prenom == head(b) or b.prenom == head(a):
            found.add("prenom_compose")
        elif near(a.prenom, b.prenom):
            found.add("prenom_lettre")
    return found


def _begins(short: Prenoms, long: Prenoms) -> bool:
    """« Jean » and « Jean Paul », spaces between: maybe a second given name. « Jean-Paul » is another name."""
    return len(short[0]) < len(long[0]) and long[0][: len(short[0])] == short[0]


def head(variante: Variante) -> str:
    """The first part of the first given name: « Jean » of « Jean-Pierre »."""
    return variante.prenoms[0][0].split("-")[0]


def _usage_likeness(a: Variante, a_usages: frozenset[str], b: Variante, b_usages: frozenset[str]) -> set[str]:
    if a.nom == b.nom or not a.prenom or not same_prenoms(a.prenoms, b.prenoms):
        return set()
    return {"nom_usage"} if b.nom in a_usages or a.nom in b_usages or a_usages & b_usages else set()


def _share_given(one: Fiche, other: Fiche) -> bool:
    return any(
        a.prenom and same_prenoms(a.prenoms, b.prenoms) and a.nom != b.nom for a in one.sures for b in other.sures
    )


def near(one: str, other: str) -> bool:
    """One letter changed, added, left out, doubled or swapped; œ and æ count as one letter or two."""
    if min(len(one), len(other)) < _SHORT:
        return False
    distance = OSA.distance(one, other, score_cutoff=1)
    return distance <= 1 or OSA.distance(ligatured(one), ligatured(other), score_cutoff=1) <= 1


def ligatured(name: str) -> str:
    return name.replace("oe", "œ").replace("ae", "æ")


def _close_days(one: datetime.date, other: datetime.date) -> bool:
    """One figure wrong, or day and month swapped: a slip of the pen, or a father and his son."""
    figures = sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True))
    return figures == 1 or (one.year, one.month, one.day) == (other.year, other.day, other.month)
