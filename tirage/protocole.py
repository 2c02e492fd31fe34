"""`protocole.json`: its fields, and the strict reading that is the check `forme` (methode-tirage §2, §5)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import gcd
from typing import Any

from .canonical import is_text, loads_canonical, sha256_hex
from .errors import InputError, checking
from .registre import is_criterion_list

METHODE = "conseil-1"
DIGITS_OF_LINES = {10**4: 4, 10**5: 5, 10**6: 6}
"""How many dice number a row of the table, by `lignes`."""
SPARE_DICE = 20
"""Dice at least, beyond those that number a row."""

Counts = Mapping[str, int]
Quotas = Mapping[str, Mapping[str, tuple[int, int]]]
Row = tuple[int, Counts]


@dataclass(frozen=True)
class Source:
    """One of the lists the register was made from: its name, fingerprint and number of lines."""

    fichier: str
    sha256: str
    lignes: int


@dataclass(frozen=True)
class Certificat:
    """Multipliers that prove a ceiling for the least chance (methode-tirage §2, certificate of fairness)."""

    poids: Counts
    u: int
    types: Counts
    max: Mapping[str, Counts]
    min: Mapping[str, Counts]


@dataclass(frozen=True)
class Protocole:
    """A protocol that was well formed; whether it holds together is for `examination` to say.

    `table` holds rows (n, {type: places}); `extra` the fields that the method does not name; `sha256` is the
    fingerprint of the file.
    """

    tirage: str
    repetition: bool
    intitule: str
    places: int
    criteres: tuple[str, ...]
    alternance: str | None
    foyer_unique: bool
    quotas: Quotas
    effectifs: Counts
    lignes: int
    table: tuple[Row, ...] = field(repr=False)
    nombre_des: int
    registre_sha256: str
    identites_sha256: str | None
    rapport_sha256: str | None
    sources: tuple[Source, ...]
    certificat: Certificat | None
    extra: Mapping[str, Any]
    sha256: str

    def types_chances(self) -> dict[str, tuple[int, int]]:
        """Each type's exact chance as a reduced fraction (num, den), types in code-point order."""
        return {name: self._chance(name) for name in sorted(self.effectifs)}

    def _chance(self, name: str) -> tuple[int, int]:
        places = sum(n * row.get(name, 0) for n, row in self.table)
        total = self.lignes * self.effectifs[name]
        divisor = gcd(places, total)
        return places // divisor, total // divisor

    def row_of(self, composition: int) -> Counts:
        """The row that holds this composition number (from 0 to `lignes` - 1)."""
        for n, row in self.table:
            if composition < n:
                return row
            composition -= n
        total = sum(n for n, _ in self.table)
        raise InputError("table-total", fichier="protocole", attendu=self.lignes, trouve=total)


def parse_protocole(data: bytes) -> Protocole:
    """Read `protocole.json`. Raises InputError, of check `forme`, saying what is wrong."""
    with checking("forme"):
        fields = loads_canonical(data, "protocole")
        if not isinstance(fields, dict):
            raise InputError("protocole-objet", fichier="protocole")
        _check_fields(fields)
        return _build(fields, sha256_hex(data))


def _is_int(value: object, low: int) -> bool:
    return type(value) is int and value >= low


def _is_sha256(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch("[0-9a-f]{64}", value))


def _is_counts(value: object, low: int) -> bool:
    return isinstance(value, dict) and all(_is_int(n, low) for n in value.values())


def _is_criteres(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(c, str) for c in value) and is_criterion_list(value)


def _is_bounds(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and _is_int(value[0], 0) and _is_int(value[1], value[0])


def _is_quotas(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(entry, dict) and all(map(_is_bounds, entry.values())) for entry in value.values()
    )


def _is_row(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2 or type(value[0]) is not int:
        return False
    return isinstance(value[1], dict) and all(type(n) is int for n in value[1].values())


def _is_source(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"fichier", "sha256", "lignes"}
        and isinstance(value["fichier"], str)
        and _is_sha256(value["sha256"])
        and _is_int(value["lignes"], 0)
    )


def _is_certificat(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"poids", "u", "types", "max", "min"}
        and type(value["u"]) is int
        and all(_is_counts(value[key], 0) for key in ("poids", "types"))
        and all(isinstance(value[key], dict) for key in ("max", "min"))
        and all(_is_counts(entry, 0) for key in ("max", "min") for entry in value[key].values())
    )


_REQUIRED: dict[str, Callable[[Any], bool]] = {
    "methode": lambda value: value == METHODE,
    "tirage": lambda value: isinstance(value, str) and bool(re.fullmatch("[a-z0-9-]{1,40}", value)),
    "repetition": lambda value: isinstance(value, bool),
    "intitule": lambda value: is_text(value) and value != "",
    "places": lambda value: _is_int(value, 1),
    "criteres": _is_criteres,
    "alternance": lambda value: value is None or isinstance(value, str),
    "foyer_unique": lambda value: isinstance(value, bool),
    "quotas": _is_quotas,
    "effectifs": lambda value: _is_counts(value, 1),
    "lignes": lambda value: type(value) is int and value in DIGITS_OF_LINES,
    "table": lambda value: isinstance(value, list) and all(map(_is_row, value)),
    "nombre_des": lambda value: type(value) is int,
    "registre_sha256": _is_sha256,
}
_OPTIONAL: dict[str, Callable[[Any], bool]] = {
    "identites_sha256": _is_sha256,
    "rapport_sha256": _is_sha256,
    "sources": lambda value: isinstance(value, list) and all(map(_is_source, value)),
    "certificat": _is_certificat,
}
FIELDS = frozenset(_REQUIRED) | frozenset(_OPTIONAL)
"""Every field the method names."""


def _check_fields(fields: dict[str, Any]) -> None:
    for name in _REQUIRED:
        if name not in fields:
            raise InputError("protocole-champ-manquant", fichier="protocole", champ=name)
    for name, is_valid in (_REQUIRED | _OPTIONAL).items():
        if name in fields and not is_valid(fields[name]):
            raise InputError("protocole-champ", fichier="protocole", champ=name)
    if fields["alternance"] not in (None, *fields["criteres"]):
        raise InputError("protocole-champ", fichier="protocole", champ="alternance")
    if not fields["quotas"].keys() <= set(fields["criteres"]):
        raise InputError("protocole-champ", fichier="protocole", champ="quotas")


def _build(fields: dict[str, Any], sha256: str) -> Protocole:
    named = {name: value for name, value in fields.items() if name in FIELDS and name != "methode"}
    named["criteres"] = tuple(fields["criteres"])
    named["table"] = tuple((n, row) for n, row in fields["table"])
    named["quotas"] = {
        critere: {value: (low, high) for value, (low, high) in entry.items()}
        for critere, entry in fields["quotas"].items()
    }
    named["sources"] = tuple(Source(**source) for source in fields.get("sources", []))
    named["identites_sha256"] = fields.get("identites_sha256")
    named["rapport_sha256"] = fields.get("rapport_sha256")
    named["certificat"] = Certificat(**fields["certificat"]) if "certificat" in fields else None
    extra = {name: value for name, value in fields.items() if name not in FIELDS}
    return Protocole(**named, extra=extra, sha256=sha256)
