"""`resultat.json`: its fields, strict reading, canonical writing (methode-tirage §4, §5)."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from .canonical import dumps, loads
from .errors import InputError, checking
from .protocole import METHODE


@dataclass(frozen=True)
class Place:
    """A resident drawn: rank from 1, number in the register, ticket in lower-case hex."""

    rang: int
    numero: str
    ticket: str


@dataclass(frozen=True)
class Resultat:
    """What a draw gives. `composition` is the number of the row in the table, from 0.

    `foyer_exception` says that places could be filled only by taking two people of one household.
    """

    protocole_sha256: str
    des: str
    composition: int
    foyer_exception: bool
    liste: tuple[Place, ...] = field(repr=False)

    @cached_property
    def data(self) -> bytes:
        """The canonical bytes of `resultat.json`."""
        return dumps({"methode": METHODE, **asdict(self)})


def parse_resultat(data: bytes) -> Resultat:
    """Read `resultat.json`, canonical or not. Raises InputError, of check `forme`."""
    with checking("forme"):
        fields = loads(data, "resultat")
        if not _has_fields(fields, _FIELDS):
            raise InputError("resultat-champs", fichier="resultat", champs=list(_FIELDS))
        liste = tuple(Place(**place) for place in fields["liste"])
        return Resultat(**{name: fields[name] for name in _FIELDS if name not in ("methode", "liste")}, liste=liste)


def _is_int(value: object) -> bool:
    return type(value) is int


def _is_str(value: object) -> bool:
    return isinstance(value, str)


def _has_fields(value: object, fields: dict[str, Callable[[Any], bool]]) -> bool:
    """Whether this is an object with exactly these fields, each valid."""
    if not isinstance(value, dict) or value.keys() != fields.keys():
        return False
    return all(is_valid(value[name]) for name, is_valid in fields.items())


_PLACE: dict[str, Callable[[Any], bool]] = {"rang": _is_int, "numero": _is_str, "ticket": _is_str}
_FIELDS: dict[str, Callable[[Any], bool]] = {
    "methode": lambda value: value == METHODE,
    "protocole_sha256": _is_str,
    "des": _is_str,
    "composition": _is_int,
    "foyer_exception": lambda value: isinstance(value, bool),
    "liste": lambda value: isinstance(value, list) and all(_has_fields(place, _PLACE) for place in value),
}
