"""XLSX, XLS and ODS to rows, through calamine: typed cells, merged cells spread, hostile sizes refused."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from .errors import RegistreError, refuse

#: A sheet is held whole in memory: one stray cell at the far corner would otherwise ask for 17 billion cells.
_MAX_CELLS = 8_000_000
_MAX_UNZIPPED = 400_000_000
_XLSX_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ODS_REPEAT = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"')
_ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")

RawCell = str | float | bool | datetime.date | datetime.time | datetime.timedelta


def read_sheets(fichier: str, data: bytes) -> list[tuple[str, bool, list[list[RawCell]]]]:
    """`(name, hidden, rows)` of each sheet, rows from the first, so that row i is numbered i + 1.

    Raises `RegistreError`: `mot_de_passe`, `classeur_illisible`, `classeur_trop_etendu`.
    """
    _check_archive(fichier, data)
    if _ENCRYPTED_OLE in data[:1_000_000]:
        raise refuse("mot_de_passe", fichier=fichier)
    try:
        return list(_sheets(data))
    except (KeyboardInterrupt, SystemExit, MemoryError, RegistreError):
        raise
    except PasswordError:
        raise refuse("mot_de_passe", fichier=fichier) from None
    except BaseException as error:  # a panic of the Rust library is no Exception
        raise refuse("classeur_illisible", fichier=fichier, vu=type(error).__name__) from None


def _sheets(data: bytes) -> Iterator[tuple[str, bool, list[list[RawCell]]]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for index, metadata in enumerate(workbook.sheets_metadata):
        sheet = workbook.get_sheet_by_index(index)
        rows: list[list[RawCell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
        _spread_merged(sheet, rows)
        yield metadata.name, metadata.visible != SheetVisibleEnum.Visible, rows


def _spread_merged(sheet: CalamineSheet, rows: list[list[RawCell]]) -> None:
    """Give every row of a cell merged downwards the value it shows: one address for two co-tenants.

    Cells merged sideways stay as they are: their value is a title, and belongs to no column.
    """
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left == right and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]


def _check_archive(fichier: str, data: bytes) -> None:
    """Look at what a zipped workbook would unfold to before unfolding it."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise refuse("mot_de_passe", fichier=fichier)
            if sum(info.file_size for info in infos) > _MAX_UNZIPPED:
                raise refuse("classeur_trop_etendu", fichier=fichier, vu="")
            for info in infos:
                _check_extent(fichier, info.filename, archive)
    except RegistreError:
        raise
    except Exception as error:  # a damaged archive fails in many ways, none of which says more
        raise refuse("classeur_illisible", fichier=fichier, vu=type(error).__name__) from None


def _check_extent(fichier: str, member: str, archive: zipfile.ZipFile) -> None:
    if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member):
        columns, last_row = 0, 0
        for letters, row in _XLSX_CELL.findall(archive.read(member)):
            columns = max(columns, _column_number(letters))
            last_row = max(last_row, int(row))
        cells = columns * last_row
    elif member == "content.xml":
        cells = _ods_cells(archive.read(member))
    else:
        return
    if cells > _MAX_CELLS:
        raise refuse("classeur_trop_etendu", fichier=fichier, vu=f"{cells:,}".replace(",", " "))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_cells(xml: bytes) -> int:
    """Cells that repeated cells *with a value* would unfold to: repeated blanks at the edges cost nothing."""
    total = 0
    for row in re.findall(rb"<table:table-row\b.*?</table:table-row>", xml, re.DOTALL):
        opening, _, inside = row.partition(b">")
        times = _repeat(opening)
        filled = [_repeat(cell) for cell in re.findall(rb"<table:table-cell\b[^>]*[^/]>", inside)]
        total += times * sum(filled) if filled else 0
    return total


def _repeat(opening: bytes) -> int:
    found = _ODS_REPEAT.search(opening)
    return int(found[1]) if found else 1
