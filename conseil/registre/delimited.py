"""Text to rows: CSV and TXT with `,` `;` tab or `|`, whatever the quoting."""

from __future__ import annotations

import csv
import io
from collections import Counter

from .errors import refuse

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 400
_FIELD_LIMIT = 1_000_000
#: A quoted cell may hold the lines of an address; more lines, or whole rows, is a quote left open.
_CELL_LINES = 6


def read_rows(fichier: str, text: str) -> tuple[list[tuple[int, list[str]]], str]:
    """The rows with the line each starts on (from 1), and the separator.

    Raises `RegistreError`: `guillemet_ouvert` where a quote swallows the following lines, `cellule_geante`.
    """
    text = text.replace("\x00", "")
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        separator = first.strip("\r\n \ufeff")[4:5] or "\t"
        rows = [(line + 1, cells) for line, cells in _parse(fichier, rest, separator)]
    else:
        separator = _separator(fichier, text)
        rows = _parse(fichier, text, separator)
    _check_quotes(fichier, rows, separator)
    return rows, separator


def _parse(fichier: str, text: str, separator: str, limit: int | None = None) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
            if limit and len(rows) >= limit:
                break
    except csv.Error:
        raise refuse("cellule_geante", fichier=fichier, ligne=start, vu=_FIELD_LIMIT) from None
    return rows


def _separator(fichier: str, text: str) -> str:
    """The separator that cuts the most rows into the same number of cells, and more than one.

    Commas inside unquoted addresses cut rows unevenly; the real separator does not.
    """

    def score(separator: str) -> tuple[float, int]:
        rows = _parse(fichier, text, separator, _SAMPLE_ROWS)
        widths = Counter(len(cells) for _, cells in rows if any(cell.strip() for cell in cells))
        if not widths:
            return 0.0, 0
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        return (count / sum(widths.values()) if width > 1 else 0.0), width

    return max(SEPARATORS, key=lambda separator: (*score(separator), -SEPARATORS.index(separator)))


def _check_quotes(fichier: str, rows: list[tuple[int, list[str]]], separator: str) -> None:
    width = max(Counter(len(cells) for _, cells in rows).items(), key=lambda item: item[1])[0] if rows else 0
    for line, cells in rows:
        for cell in cells:
            if "\n" not in cell:
                continue
            inner = cell.splitlines()
            # Addresses hold commas, so only a whole row of them tells; other separators are never innocent.
            counted = inner[1:] if separator == "," else [cell]
            swallowed = any(part.count(separator) >= max(width - 1, 1) for part in counted)
            if swallowed or len(inner) > _CELL_LINES:
                raise refuse("guillemet_ouvert", fichier=fichier, ligne=line, vu=cell[:40])
