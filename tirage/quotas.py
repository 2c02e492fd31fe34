"""From what is asked to bounds on every value, in integers (methode-tirage §2, quotas)."""

from collections.abc import Mapping

from .demande import Demande
from .errors import InputError
from .protocole import Quotas
from .registre import Registre

UNDECLARED = "X"
"""The value of whoever declared nothing; parity is between the others."""

Bounds = dict[str, tuple[int, int]]


def make_quotas(registre: Registre, demande: Demande) -> Quotas:
    """Bounds [min, max] for each value of each criterion about which something is asked.

    Where several things are asked of a value all must hold, so a min may come out above its max: whether the
    quotas can hold together is for `feasibility` to say. Raises InputError for a parity that means nothing.
    """
    places = demande.places
    quotas: dict[str, Bounds] = {}
    if demande.parite is not None:
        counts = registre.counts(demande.parite)
        _narrow(quotas.setdefault(demande.parite, {}), parity(demande.parite, counts, places))
    for critere in demande.proportionnels:
        _narrow(quotas.setdefault(critere, {}), proportional(registre.counts(critere), places))
    for critere, entry in demande.exacts.items():
        _narrow(quotas.setdefault(critere, {}), {value: (n, n) for value, n in entry.items()})
    for critere, value, least in demande.minima:
        bounds = quotas.setdefault(critere, {})
        for other in registre.counts(critere):
            bounds.setdefault(other, (0, places))
        low, high = bounds.get(value, (0, places))
        bounds[value] = (max(low, least), high)
    return quotas


def parity(critere: str, counts: Mapping[str, int], places: int) -> Bounds:
    """Half each for two values; with a third, undeclared, its share at most, and the two as even as that lets."""
    half_up = _ceil(places, 2)
    if len(counts) == 2:
        return dict.fromkeys(counts, (places // 2, half_up))
    if len(counts) != 3 or UNDECLARED not in counts:
        raise InputError("parite-valeurs", critere=critere, valeurs=list(counts))
    bounds = dict.fromkeys(counts, ((places - 1) // 2, half_up))
    bounds[UNDECLARED] = (0, _ceil(places * counts[UNDECLARED], sum(counts.values())))
    return bounds


def proportional(counts: Mapping[str, int], places: int) -> Bounds:
    """Each value's share of the places, rounded down and up, never above its residents."""
    total = sum(counts.values())
    return {value: (min(places * n // total, n), min(_ceil(places * n, total), n)) for value, n in counts.items()}


def _narrow(bounds: Bounds, more: Bounds) -> None:
    """Ask this as well of these values."""
    for value, (low, high) in more.items():
        old_low, old_high = bounds.get(value, (low, high))
        bounds[value] = (max(low, old_low), min(high, old_high))


def _ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
