"""The draws that do not come from a register of residents: volunteers, associations, ties (R18, R19, R36).

What later rooms call: they give the people in any order and get the number of each; the ceremony, its pages and
its documents are those of every draw (methode-tirage, « The kinds of draw »).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import SystemRandom

import tirage as method
from conseil.errors import ConseilError
from conseil.tirages.models import Tirage
from conseil.tirages.services import publish

# Kinds whose names are public, and therefore stand in the protocol, under its fingerprint.
NAMED = frozenset({"associations", "personnes"})
KINDS = ("volontaires", *sorted(NAMED))


@dataclass(frozen=True)
class Participant:
    """Someone who takes part. nom: public, for associations and persons; never given for volunteers.
    valeurs: one per criterion of the draw, in order (volunteers: their gender)."""

    nom: str | None = None
    valeurs: tuple[str, ...] = ()


@dataclass(frozen=True)
class DrawRequest:
    """A draw to prepare. quotas: exact places, {criterion: {value: places}} (R18).

    temoins_requis: `deux` (two witnesses of any quality) or `seance` (the meeting itself).
    """

    nature: str
    identifiant: str
    intitule: str
    places: int
    criteres: tuple[str, ...] = ()
    quotas: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    temoins_requis: str = "deux"
    repetition: bool = False


@dataclass(frozen=True)
class Prepared:
    """A frozen draw. numeros: the number of each participant, in the order they were given."""

    tirage: Tirage
    numeros: tuple[str, ...]


def prepare(request: DrawRequest, participants: Sequence[Participant]) -> Prepared:
    """Give everyone a random number, close and publish the protocol (R13).

    Errors: `nature_inconnue`, `participants_noms` where a public name is missing, doubled or unfit, or where a
    volunteer's is given; and those of `publish`.
    """
    if request.nature not in KINDS or request.temoins_requis not in ("deux", "seance"):
        raise ConseilError("nature_inconnue")
    names = [participant.nom for participant in participants]
    if not _fit(names, named=request.nature in NAMED):
        raise ConseilError("participants_noms")
    numeros = _random_numbers(len(participants))
    lines = sorted((numero, "", *p.valeurs) for numero, p in zip(numeros, participants, strict=True))
    extra = {"noms": dict(zip(numeros, names, strict=True))} if request.nature in NAMED else {}
    asked = method.Demande(
        tirage=request.identifiant,
        intitule=request.intitule,
        places=request.places,
        exacts=request.quotas,
        foyer_unique=False,
        repetition=request.repetition,
        extra=extra,
    )
    registre = method.write_registre(request.criteres, lines)
    draw = publish(registre, asked, nature=request.nature, temoins_requis=request.temoins_requis)
    return Prepared(draw, numeros)


def _fit(names: Sequence[str | None], *, named: bool) -> bool:
    if not named:
        return not any(names)
    given = [name for name in names if name and not re.search(r'["\\\x00-\x1f]', name)]
    return len(given) == len(names) == len(set(given))


def _random_numbers(count: int) -> tuple[str, ...]:
    """A random permutation from the operating system: a number says nothing about anyone (methode-tirage §1)."""
    positions = list(range(1, count + 1))
    SystemRandom().shuffle(positions)
    return tuple(str(position).zfill(len(str(count))) for position in positions)


def public_names(protocole: method.Protocole) -> Mapping[str, str]:
    """Number → name, for the kinds whose names are public; empty for the others."""
    names = protocole.extra.get("noms", {})
    return names if isinstance(names, Mapping) else {}
