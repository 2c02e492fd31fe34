"""The certificate of fairness: checking it, and the ceiling it proves, in exact integers (§2).

Python's integers have no limit, so nothing here can overflow or round.
"""

from math import gcd
from typing import Protocol

from .errors import InputError
from .protocole import Certificat, Counts, Protocole, Quotas


class Terms(Protocol):
    """What a certificate speaks of: a protocol, or a problem being solved."""

    @property
    def criteres(self) -> tuple[str, ...]: ...
    @property
    def places(self) -> int: ...
    @property
    def effectifs(self) -> Counts: ...
    @property
    def quotas(self) -> Quotas: ...


def check_certificat(protocole: Protocole) -> None:
    """Raise InputError unless the certificate, if there is one, proves its ceiling."""
    certificat = protocole.certificat
    if certificat is None:
        return
    for name in (*certificat.poids, *certificat.types):
        if name not in protocole.effectifs:
            raise InputError("certificat-type", fichier="protocole", type=name)
    for side in (certificat.max, certificat.min):
        for critere, entry in side.items():
            for value in entry:
                if value not in protocole.quotas.get(critere, {}):
                    raise InputError("certificat-quota", fichier="protocole", critere=critere, valeur=value)
    if _weight(protocole, certificat) <= 0:
        raise InputError("certificat-poids", fichier="protocole")
    for name in protocole.effectifs:
        if certificat.poids.get(name, 0) > allowance(protocole, certificat, name):
            raise InputError("certificat-inegalite", fichier="protocole", type=name)


def allowance(terms: Terms, certificat: Certificat, name: str) -> int:
    """The most that `poids` of this type may be: u + types + Σ over criteria of (max - min)."""
    total = certificat.u + certificat.types.get(name, 0)
    for critere, value in zip(terms.criteres, name.split("|"), strict=False):
        total += certificat.max.get(critere, {}).get(value, 0)
        total -= certificat.min.get(critere, {}).get(value, 0)
    return total


def ceiling(terms: Terms, certificat: Certificat) -> tuple[int, int]:
    """The ceiling that a valid certificate proves for the least chance, reduced (num, den)."""
    total = terms.places * certificat.u
    total += sum(n * terms.effectifs[name] for name, n in certificat.types.items())
    for sign, side, bound in ((1, certificat.max, 1), (-1, certificat.min, 0)):
        for critere, entry in side.items():
            quotas = terms.quotas.get(critere, {})
            total += sign * sum(n * quotas[value][bound] for value, n in entry.items())
    denominator = _weight(terms, certificat)
    divisor = gcd(total, denominator)
    return total // divisor, denominator // divisor


def _weight(terms: Terms, certificat: Certificat) -> int:
    """Σ poids · effectifs, the denominator of the ceiling."""
    return sum(n * terms.effectifs[name] for name, n in certificat.poids.items())
