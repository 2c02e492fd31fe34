"""What is asked of a draw, before its protocol is made (methode-tirage §2)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .canonical import INTEGER_LIMIT, is_text
from .errors import InputError
from .protocole import FIELDS, Source
from .registre import Registre

Minimum = tuple[str, str, int]
"""(criterion, value, least number of places)."""


@dataclass(frozen=True)
class Demande:
    """A draw asked for: who, how many, under which quotas.

    `parite` and `proportionnels` name criteria; `minima` are (criterion, value, m); `exacts` gives places as
    [n, n] (R18: {"genre": {"F": 3, "M": 4}}). `alternance` None means the criterion of `parite`, if any.
    `extra` holds other fields for the protocol, covered by its fingerprint.
    """

    tirage: str
    intitule: str
    places: int
    parite: str | None = None
    proportionnels: tuple[str, ...] = ()
    minima: tuple[Minimum, ...] = ()
    exacts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    foyer_unique: bool = True
    alternance: str | None = None
    repetition: bool = False
    identites_sha256: str | None = None
    sources: tuple[Source, ...] | None = None
    rapport_sha256: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def check_demande(registre: Registre, demande: Demande) -> None:
    """Refuse a request that this register cannot answer, whatever its quotas. Raises InputError."""
    if not re.fullmatch("[a-z0-9-]{1,40}", demande.tirage):
        raise InputError("tirage-nom", tirage=demande.tirage)
    if not demande.intitule or not is_text(demande.intitule):
        raise InputError("intitule", intitule=demande.intitule)
    if not 1 <= demande.places < INTEGER_LIMIT:
        raise InputError("places", places=demande.places)
    if demande.places > len(registre):
        raise InputError("places-trop-nombreuses", places=demande.places, residents=len(registre))
    for critere in _criteres(demande):
        if critere not in registre.criteres:
            raise InputError("critere-inconnu", critere=critere, connus=list(registre.criteres))
    _check_values(registre, demande)
    reserved = FIELDS & demande.extra.keys()
    if reserved:
        raise InputError("champ-reserve", champ=min(reserved))


def _criteres(demande: Demande) -> Iterable[str]:
    """Every criterion the request names."""
    single = (critere for critere in (demande.parite, demande.alternance) if critere is not None)
    minima = (critere for critere, _, _ in demande.minima)
    return (*single, *demande.proportionnels, *minima, *demande.exacts)


def _check_values(registre: Registre, demande: Demande) -> None:
    exacts = [(critere, v, n) for critere, entry in demande.exacts.items() for v, n in entry.items()]
    for critere, value, n in (*demande.minima, *exacts):
        if not 0 <= n < INTEGER_LIMIT:
            raise InputError("quota-nombre", critere=critere, valeur=value, places=n)
    # A group without candidates may be given no place (R18); a minimum for nobody is a slip of the pen.
    for critere, value, _ in (*demande.minima, *(exact for exact in exacts if exact[2])):
        known = registre.counts(critere)
        if value not in known:
            raise InputError("valeur-inconnue", critere=critere, valeur=value, connues=list(known))
