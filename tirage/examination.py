"""Whether a register and a protocol hold together: the checks that a draw and a verification share (§5)."""

from collections.abc import Mapping

from .canonical import dumps, sha256_hex
from .certificat import check_certificat
from .errors import InputError, checking
from .progress import Progress, silent
from .protocole import DIGITS_OF_LINES, SPARE_DICE, Counts, Protocole
from .registre import Registre
from .registre_csv import parse_registre


def admit(registre_data: bytes, protocole: Protocole, progress: Progress = silent) -> Registre:
    """Read the register this protocol speaks of, and check both, from `empreinte-registre` to `certificat`.

    Raises InputError whose `check` names the first check that fails.
    """
    with checking("empreinte-registre"):
        found = sha256_hex(registre_data)
        if found != protocole.registre_sha256:
            expected = protocole.registre_sha256
            raise InputError("empreinte-registre", fichier="registre", attendu=expected, trouve=found)
    with checking("registre"):
        registre = parse_registre(registre_data, progress)
        if registre.criteres != protocole.criteres:
            raise InputError("registre-entete", fichier="registre", ligne=1)
    with checking("effectifs"):
        _check_effectifs(registre.effectifs, protocole.effectifs)
    check_protocole(protocole)
    return registre


def check_protocole(protocole: Protocole) -> None:
    """Check what a protocol says by itself: `table`, then `certificat`. Raises InputError."""
    with checking("table"):
        _check_table(protocole)
    with checking("certificat"):
        check_certificat(protocole)


def check_des(protocole: Protocole, des: str) -> None:
    """Check that these are exactly the digits the protocol asks for, and that it asks for enough (§3)."""
    with checking("des"):
        least = SPARE_DICE + DIGITS_OF_LINES[protocole.lignes]
        if protocole.nombre_des < least:
            raise InputError("des-trop-peu", fichier="protocole", minimum=least, trouve=protocole.nombre_des)
        if not (des.isascii() and des.isdigit()):
            raise InputError("des-chiffres")
        if len(des) != protocole.nombre_des:
            raise InputError("des-nombre", attendu=protocole.nombre_des, trouve=len(des))


def _check_effectifs(found: Counts, announced: Counts) -> None:
    for name in sorted(found.keys() | announced.keys()):
        if found.get(name, 0) != announced.get(name, 0):
            raise InputError(
                "effectifs", fichier="protocole", type=name, attendu=announced.get(name, 0), trouve=found.get(name, 0)
            )


def _check_table(protocole: Protocole) -> None:
    total = sum(n for n, _ in protocole.table)
    if total != protocole.lignes:
        raise InputError("table-total", fichier="protocole", attendu=protocole.lignes, trouve=total)
    members = _members(protocole)
    keys = []
    for position, (n, row) in enumerate(protocole.table, start=1):
        if n < 1:
            raise InputError("table-nombre", fichier="protocole", rangee=position)
        _check_row(protocole, row, position, members)
        keys.append((-n, dumps(row)))
    if keys != sorted(keys) or len({row for _, row in keys}) < len(keys):
        raise InputError("table-ordre", fichier="protocole")


def _members(protocole: Protocole) -> Mapping[tuple[str, str], list[str]]:
    """The types of each value of each criterion."""
    members: dict[tuple[str, str], list[str]] = {}
    for name in protocole.effectifs:
        for critere, value in zip(protocole.criteres, name.split("|"), strict=False):
            members.setdefault((critere, value), []).append(name)
    return members


def _check_row(protocole: Protocole, row: Counts, position: int, members: Mapping[tuple[str, str], list[str]]) -> None:
    for name, places in row.items():
        if not 1 <= places <= protocole.effectifs.get(name, 0):
            raise InputError("table-type", fichier="protocole", rangee=position, type=name, places=places)
    if sum(row.values()) != protocole.places:
        raise InputError("table-places", fichier="protocole", rangee=position, attendu=protocole.places)
    for critere, entry in protocole.quotas.items():
        for value, (low, high) in entry.items():
            places = sum(row.get(name, 0) for name in members.get((critere, value), ()))
            if not low <= places <= high:
                raise InputError("table-quota", fichier="protocole", rangee=position, critere=critere, valeur=value)
