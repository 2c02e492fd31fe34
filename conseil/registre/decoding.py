"""Bytes to text, in the order BOM, UTF-8, Windows-1252: what the office software of a landlord writes.

No statistical guess: on short lists of names they read Windows-1252 as something else.
"""

from __future__ import annotations

import codecs
import re

from .errors import Avis, refuse

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Signs that stand inside words only when a DOS or Macintosh file is read as Windows-1252.
_MISREAD = re.compile(r"\w*(?:[^\W\d_][‚„†‡ˆ‰‹ƒ¤¦¬±¶][^\W\d_]|[a-z][ŠŽ][a-z])\w*")
_MISREAD_LIMIT = 3


def decode(fichier: str, data: bytes) -> tuple[str, str, list[Avis]]:
    """The text, the encoding it was read in, and what to say about it.

    Raises `RegistreError` `encodage_illisible` (file, line) or `encodage_inconnu` (file, words seen) rather
    than letting wrong letters through.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(fichier, data[len(bom) :], encoding), encoding, []
    if guessed := _utf16_without_bom(data):
        return _strict(fichier, data, guessed), guessed, []
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return _windows(fichier, data)


def _strict(fichier: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        raise refuse("encodage_illisible", fichier=fichier, ligne=line, vu=encoding.upper()) from None


def _utf16_without_bom(data: bytes) -> str | None:
    """Latin text in UTF-16 has a zero for every other byte; a text with a stray zero has not."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _windows(fichier: str, data: bytes) -> tuple[str, str, list[Avis]]:
    """Windows-1252, line by line where some lines are UTF-8 (two exports pasted into one file)."""
    lines, mixed = [], 0
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
            mixed += not line.isascii()
        except UnicodeDecodeError:
            lines.append(_windows_line(fichier, line, number))
    text = "\n".join(lines)
    seen = _MISREAD.findall(text)
    if len(seen) >= _MISREAD_LIMIT:
        raise refuse("encodage_inconnu", fichier=fichier, vu=", ".join(sorted(set(seen))[:3]))
    avis = [Avis("encodage_melange", {"fichier": fichier, "nombre": mixed})] if mixed else []
    return text, "cp1252", avis


def _windows_line(fichier: str, line: bytes, number: int) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        raise refuse("encodage_illisible", fichier=fichier, ligne=number, vu="Windows-1252") from None
