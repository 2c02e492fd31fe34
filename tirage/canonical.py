"""Strict JSON reading, and the one way of writing it (methode-tirage §2)."""

import hashlib
import json
import re
from typing import Any, NoReturn

from .errors import InputError

MAX_DEPTH = 100
INTEGER_LIMIT = 2**53
_LONGEST_INTEGER = len(str(-INTEGER_LIMIT))
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
# Outside strings canonical JSON holds none of these, inside strings they are forbidden: one search does both.
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\\"\ud800-\udfff]')


def is_text(value: object) -> bool:
    """Whether this is a string that canonical JSON can carry (no control character, `"`, `\\`)."""
    return isinstance(value, str) and not _UNSAFE.search(value)


def sha256_hex(data: bytes) -> str:
    """SHA-256 of these bytes, in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def dumps(value: Any) -> bytes:
    """Canonical bytes: keys sorted by code point, no space, UTF-8 unescaped, no final newline.

    The caller answers for what canonical JSON excludes (`loads_canonical` refuses it).
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def loads(data: bytes, fichier: str) -> Any:
    """Read JSON strictly: no duplicate key, integers below 2⁵³ only, depth ≤ 100, no lone surrogate.

    Raises InputError, naming `fichier`.
    """
    text = _decode(data, fichier)
    _check_depth(text, fichier)
    value = _parse(text, fichier)
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise InputError("json-caractere", fichier=fichier) from None
    return value


def loads_canonical(data: bytes, fichier: str) -> Any:
    """Read canonical JSON; refuse bytes that writing again would not give."""
    text = _decode(data, fichier)
    _check_depth(text, fichier)
    value = _parse(text, fichier)
    if _FORBIDDEN.search(text) or dumps(value) != data:
        raise InputError("json-canonique", fichier=fichier)
    return value


def _decode(data: bytes, fichier: str) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("json-utf8", fichier=fichier, ligne=line) from None
    if text.startswith("\ufeff"):
        raise InputError("json-bom", fichier=fichier, ligne=1)
    return text


def _check_depth(text: str, fichier: str) -> None:
    depth = 0
    for token in _BRACKETS.finditer(text):
        mark = token.group()
        if mark in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise InputError("json-profondeur", fichier=fichier, maximum=MAX_DEPTH)
        elif mark in "]}":
            depth -= 1


def _parse(text: str, fichier: str) -> Any:
    def integer(literal: str) -> int:
        if len(literal) <= _LONGEST_INTEGER and literal != "-0":
            number = int(literal)
            if abs(number) < INTEGER_LIMIT:
                return number
        return refuse_number(literal)

    def refuse_number(literal: str) -> NoReturn:
        raise InputError("json-nombre", fichier=fichier, nombre=literal[:40])

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            keys = [key for key, _ in pairs]
            raise InputError("json-doublon", fichier=fichier, cle=next(k for k in keys if keys.count(k) > 1))
        return value

    try:
        return json.loads(
            text,
            parse_int=integer,
            parse_float=refuse_number,
            parse_constant=refuse_number,
            object_pairs_hook=unique,
        )
    except json.JSONDecodeError as error:
        raise InputError("json-syntaxe", fichier=fichier, ligne=error.lineno, colonne=error.colno) from None
