"""`registre.csv`: strict reading, line by line where it must be explained, and writing (methode-tirage §1)."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import repeat
from operator import lt
from typing import NoReturn

from .canonical import sha256_hex
from .errors import InputError
from .progress import Progress, silent
from .registre import Column, Numeros, Registre, are_values, is_criterion_list, is_value

_CHUNK = 1 << 17


def parse_registre(data: bytes, progress: Progress = silent) -> Registre:
    """Read `registre.csv` strictly. Raises InputError naming the first wrong line and the reason."""
    criteres = _header(data)
    reader = _Reader(len(criteres))
    try:
        for end, rows in _chunks(data, reader.fields):
            reader.take(rows)
            progress("lecture", end, len(data))
        return reader.registre(criteres, sha256_hex(data))
    except _FaultyError:
        _refuse(data, criteres)


def write_registre(criteres: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Bytes of `registre.csv` for these rows (numero, foyer, then one value per criterion), sorted by numero.

    Raises InputError where the register would not be one (`numero` names the row where a row is at fault).
    """
    if not is_criterion_list(criteres):
        raise InputError("registre-criteres", criteres=list(criteres))
    fields = 2 + len(criteres)
    lines = []
    for row in rows:
        line = ";".join(row)
        if len(row) != fields or line.count(";") != fields - 1:
            raise InputError("registre-champs", numero=row[0] if row else "", attendu=fields, trouve=len(row))
        lines.append(line.encode("utf-8", "surrogatepass"))
    lines.sort()
    header = ";".join(["numero", "foyer", *criteres]).encode()
    data = b"\n".join([header, *lines, b""])
    parse_registre(data)
    return data


class _FaultyError(Exception):
    """Some line of the register is wrong: `_refuse` finds which."""


class _Index(dict[bytes, int]):
    """Gives each new word the next index."""

    def __missing__(self, word: bytes) -> int:
        self[word] = index = len(self)
        return index


class _Reader:
    """Gathers the columns of a register, chunk by chunk; notices any fault without saying where."""

    def __init__(self, criteria: int) -> None:
        self.criteria = criteria
        self.fields = 2 + bool(criteria)
        self.digits = bytearray()
        self.width = 0
        self.last = b""
        self.foyers, self.types = _Index({b"": 0}), _Index()
        self.foyer_column, self.type_column = array("I"), array("I")

    def take(self, rows: list[list[bytes]]) -> None:
        """Add these rows of (numero, foyer, values joined by `;` where there are criteria)."""
        try:
            numeros, foyers, *values = zip(*rows, strict=True)
        except ValueError:
            raise _FaultyError from None
        if len(values) != self.fields - 2:
            raise _FaultyError
        self._take_numeros(numeros)
        self.foyer_column.extend(map(self.foyers.__getitem__, foyers))
        self.type_column.extend(map(self.types.__getitem__, values[0] if values else repeat(b"", len(numeros))))

    def _take_numeros(self, numeros: tuple[bytes, ...]) -> None:
        self.width = self.width or len(numeros[0])
        digits = b"".join(numeros)
        ascending = self.last < numeros[0] and all(map(lt, numeros, numeros[1:]))
        if set(map(len, numeros)) != {self.width} or not digits.isdigit() or not ascending:
            raise _FaultyError
        self.digits += digits
        self.last = numeros[-1]

    def registre(self, criteres: tuple[str, ...], sha256: str) -> Registre:
        foyers = _decode(b"\n".join(self.foyers)).split("\n")
        if not are_values("\n".join([*foyers[1:], ""])):
            raise _FaultyError
        types = [self._type(values) for values in self.types]
        numeros = Numeros(bytes(self.digits), self.width)
        return Registre(criteres, numeros, Column(self.foyer_column, foyers), Column(self.type_column, types), sha256)

    def _type(self, line: bytes) -> str:
        values = _decode(line).split(";") if self.criteria else []
        if len(values) != self.criteria or not all(map(is_value, values)):
            raise _FaultyError
        return "|".join(values)


def _decode(words: bytes) -> str:
    try:
        return words.decode("utf-8")
    except UnicodeDecodeError:
        raise _FaultyError from None


def _chunks(data: bytes, fields: int) -> Iterator[tuple[int, list[list[bytes]]]]:
    """The lines after the header, cut into at most `fields` fields, about 128 KiB at a time."""
    start = data.find(b"\n") + 1
    if not data.endswith(b"\n") or start == len(data):
        raise _FaultyError
    while start < len(data):
        end = data.find(b"\n", min(start + _CHUNK, len(data) - 1))
        yield end + 1, [line.split(b";", 2) for line in data[start:end].split(b"\n")]
        start = end + 1


def _header(data: bytes) -> tuple[str, ...]:
    line = data.partition(b"\n")[0]
    if line.startswith(b"\xef\xbb\xbf"):
        raise InputError("registre-bom", fichier="registre", ligne=1)
    if line.endswith(b"\r"):
        raise InputError("registre-retour-chariot", fichier="registre", ligne=1)
    words = line.decode("utf-8", "replace").split(";")
    if words[:2] != ["numero", "foyer"] or not is_criterion_list(words[2:]):
        raise InputError("registre-entete", fichier="registre", ligne=1)
    return tuple(words[2:])


def _refuse(data: bytes, criteres: tuple[str, ...]) -> NoReturn:
    """Raise the InputError of the first wrong line."""
    previous, number = b"", 1
    lines = BytesIO(data)
    lines.readline()
    for number, line in enumerate(lines, start=2):
        code, params = _fault(line, previous, criteres)
        if code:
            raise InputError(code, fichier="registre", ligne=number, **params)
        previous = line.partition(b";")[0]
    if number == 1:
        raise InputError("registre-vide", fichier="registre", ligne=1)
    raise AssertionError("the two readings of the register disagree")


def _fault(line: bytes, previous: bytes, criteres: tuple[str, ...]) -> tuple[str, dict[str, object]]:
    """Code and parameters of what is wrong with this line; an empty code where nothing is."""
    if not line.endswith(b"\n"):
        return "registre-fin", {}
    if line.endswith(b"\r\n"):
        return "registre-retour-chariot", {}
    try:
        numero, *words = line[:-1].decode("utf-8").split(";")
    except UnicodeDecodeError as error:
        return "registre-utf8", {"colonne": error.start + 1}
    if len(words) != 1 + len(criteres):
        return "registre-champs", {"attendu": 2 + len(criteres), "trouve": 1 + len(words)}
    return _numero_fault(numero.encode(), previous) or _value_fault(words, criteres) or ("", {})


def _numero_fault(numero: bytes, previous: bytes) -> tuple[str, dict[str, object]] | None:
    shown: dict[str, object] = {"numero": numero.decode()}
    if not numero.isdigit():
        return "registre-numero", shown
    if previous and len(numero) != len(previous):
        return "registre-largeur", shown
    if numero == previous:
        return "registre-doublon", shown
    if numero < previous:
        return "registre-ordre", shown
    return None


def _value_fault(words: list[str], criteres: tuple[str, ...]) -> tuple[str, dict[str, object]] | None:
    foyer, *values = words
    if foyer and not is_value(foyer):
        return "registre-foyer", {"foyer": foyer}
    for critere, value in zip(criteres, values, strict=True):
        if not is_value(value):
            return "registre-valeur", {"critere": critere, "valeur": value}
    return None
