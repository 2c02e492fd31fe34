"""`identites.csv`: fingerprints that tie numbers to persons without showing them (methode-tirage §1)."""

import re
from collections.abc import Iterable, Sequence

from .canonical import sha256_hex
from .errors import InputError

_HEADER = b"numero;empreinte"
_SALT = re.compile(r"[0-9a-f]{32}")
_BIRTH = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?")
_LINE = re.compile(rb"([0-9]+);([0-9a-f]{64})")


def empreinte_identite(sel: str, numero: str, nom: str, prenom: str, naissance: str) -> str:
    """SHA-256 of `sel|numero|NOM|Prénom|AAAA-MM-JJ`, in hex.

    `sel` is 32 hex digits; `naissance` may be empty where a list gives none. Raises InputError when the parts
    could be read in two ways.
    """
    parts = {"sel": sel, "numero": numero, "nom": nom, "prenom": prenom, "naissance": naissance}
    for name, text in parts.items():
        if "|" in text or (name == "sel" and not _SALT.fullmatch(text)):
            raise InputError("identite-invalide", champ=name, numero=numero)
    if not _BIRTH.fullmatch(naissance):
        raise InputError("identite-invalide", champ="naissance", numero=numero)
    return sha256_hex("|".join(parts.values()).encode("utf-8"))


def write_identites(rows: Iterable[tuple[str, str]]) -> bytes:
    """Bytes of `identites.csv` for these (numero, empreinte), sorted by numero."""
    lines = sorted(f"{numero};{empreinte}".encode() for numero, empreinte in rows)
    data = b"\n".join([_HEADER, *lines, b""])
    for position, line in enumerate(lines):
        if not _LINE.fullmatch(line):
            raise InputError("identites-ligne", fichier="identites", ligne=position + 2)
    return data


def check_identites(data: bytes, numeros: Sequence[str]) -> None:
    """Refuse an `identites.csv` that is not one line per number of the register, in its order."""
    lines = data.split(b"\n")
    if lines[0] != _HEADER:
        raise InputError("identites-entete", fichier="identites", ligne=1)
    if lines.pop() != b"":
        raise InputError("identites-fin", fichier="identites", ligne=len(lines) + 1)
    for number, line in enumerate(lines[1:], start=2):
        match = _LINE.fullmatch(line)
        if not match:
            raise InputError("identites-ligne", fichier="identites", ligne=number)
        if number - 2 >= len(numeros) or match[1].decode() != numeros[number - 2]:
            raise InputError("identites-numero", fichier="identites", ligne=number, numero=match[1].decode())
    if len(lines) - 1 < len(numeros):
        raise InputError("identites-manque", fichier="identites", attendu=len(numeros), trouve=len(lines) - 1)
