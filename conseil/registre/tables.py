"""A file, whatever its format, to sheets of rows of clean cells. The contents say the format, never the name."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .decoding import decode
from .delimited import read_rows
from .errors import Avis, refuse
from .folding import clean
from .workbook import RawCell, read_sheets

#: Text, a number (Excel keeps 41000 as 41000.0), or a day.
Cellule = str | float | datetime.date

MAX_BYTES = 60_000_000

#: First bytes of what people send by mistake → what to call it.
_SIGNATURES = (
    (b"\x89PNG", "une image PNG"),
    (b"\xff\xd8\xff", "une photo JPEG"),
    (b"GIF8", "une image GIF"),
    (b"BM", "une image BMP"),
    (b"%PDF", "un document PDF"),
    (b"Rar!", "une archive RAR"),
    (b"7z\xbc\xaf", "une archive 7-Zip"),
    (b"\x1f\x8b", "une archive GZIP"),
    (b"{\\rtf", "un document texte RTF"),
)
_WEB_PAGES = ("<html", "<!doctype", "<table", "<?xml", "<meta", "<div")


@dataclass(frozen=True)
class Ligne:
    """One row: its number as the person sees it (from 1), and its cells."""

    numero: int
    cellules: tuple[Cellule, ...]

    @property
    def vide(self) -> bool:
        return not any(texte(cell) for cell in self.cellules)


@dataclass(frozen=True)
class Feuille:
    """A sheet of a workbook, or the whole of a text file (`nom` empty)."""

    nom: str
    lignes: tuple[Ligne, ...]
    masquee: bool = False


def texte(cell: Cellule) -> str:
    """The cell as one line of text: 41000.0 → « 41000 », a day → « 1980-03-12 »."""
    if isinstance(cell, str):
        return cell if "\n" not in cell and "  " not in cell else " ".join(cell.split())
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return cell.isoformat()


def read_tables(fichier: str, data: bytes) -> tuple[list[Feuille], list[Avis]]:
    """The sheets of a file. Raises `RegistreError` with what was seen when it is no table."""
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf\xfe\xff"):
        raise refuse("fichier_vide", fichier=fichier)
    if len(data) > MAX_BYTES:
        raise refuse("fichier_trop_gros", fichier=fichier, vu=len(data) // 1_000_000)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        sheets = [_sheet(name, enumerate(rows, 1), hidden) for name, hidden, rows in read_sheets(fichier, data)]
        return sheets, []
    _refuse_other_formats(fichier, data)
    text, _, avis = decode(fichier, data)
    if text.lstrip().lower().startswith(_WEB_PAGES):
        raise refuse("pas_une_liste", fichier=fichier, vu="une page web ou un document XML")
    _refuse_binary(fichier, text)
    rows, _ = read_rows(fichier, text)
    return [_sheet("", rows, hidden=False)], avis


def _sheet(name: str, rows: Iterable[tuple[int, Sequence[RawCell]]], hidden: bool) -> Feuille:
    lignes = (Ligne(number, tuple(_cell(cell) for cell in cells)) for number, cells in rows)
    return Feuille(name, tuple(lignes), hidden)


def _cell(cell: RawCell) -> Cellule:
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, int | float):
        return float(cell) if abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date()
    return cell if isinstance(cell, datetime.date) else str(cell)


def _refuse_other_formats(fichier: str, data: bytes) -> None:
    for signature, name in _SIGNATURES:
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:64]):
            raise refuse("pas_une_liste", fichier=fichier, vu=name)


def _refuse_binary(fichier: str, text: str) -> None:
    sample = text[:20000]
    unseen = sum(1 for c in sample if c < " " and c not in "\t\r\n\x00\x0b\x0c\x1a")
    if unseen > max(3, len(sample) // 50):
        raise refuse("pas_une_liste", fichier=fichier, vu="des données qui ne sont pas du texte")
