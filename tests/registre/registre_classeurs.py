"""Workbooks and text files written for the tests: XLSX, ODS and XLS from the same rows, text in any encoding."""

from __future__ import annotations

import csv
import datetime
import io
import struct
import unicodedata
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import xlsxwriter

Cell = str | float | int | datetime.date | None
Rows = Sequence[Sequence[Cell]]

BOMS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def as_text(cell: Cell) -> str:
    """A cell as a French spreadsheet exports it."""
    if cell is None:
        return ""
    return cell.strftime("%d/%m/%Y") if isinstance(cell, datetime.date) else str(cell)


def write_text(rows: Rows, separator: str = ";", encoding: str = "utf-8", eol: str = "\r\n") -> bytes:
    """CSV bytes; letters that an encoding has not are written without their accent."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=eol).writerows([map(as_text, row) for row in rows])
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    return BOMS.get(encoding, b"") + _encodable(out.getvalue(), name).encode(name)


def _encodable(text: str, encoding: str) -> str:
    def keep(letter: str) -> str:
        try:
            letter.encode(encoding)
        except UnicodeEncodeError:
            plain = {"ı": "i", "ł": "l", "đ": "d"}.get(letter.lower(), letter.lower())
            plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
            return plain.upper() if letter.isupper() else plain
        return letter

    return "".join(map(keep, text))


def write_xlsx(sheets: dict[str, Rows], hidden: Sequence[str] = (), merged: Sequence[tuple[int, ...]] = ()) -> bytes:
    """`merged`: (first row, first column, last row, last column) of the first sheet, from 0."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for index, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(i, j, datetime.datetime.combine(cell, datetime.time()), day)
                elif isinstance(cell, str) and cell:
                    sheet.write_string(i, j, cell)
                elif cell is not None and cell != "":
                    sheet.write(i, j, cell)
        for top, left, bottom, right in merged if index == 0 else ():
            sheet.merge_range(top, left, bottom, right, as_text(rows[top][left]))
        if name in hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def write_ods(sheets: dict[str, Rows]) -> bytes:
    """A spreadsheet as LibreOffice saves it, with nothing but values."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">' + "".join(map(_ods_row, rows)) + "</table:table>"
        for name, rows in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        manifest = (
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>"
        )
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _ods_row(row: Sequence[Cell]) -> str:
    return "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, datetime.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def write_xls(name: str, rows: Rows) -> bytes:
    """Excel 97: a BIFF8 stream in an OLE file. Dates are serial numbers under a date format."""
    return _ole(_biff(name, rows))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _biff(name: str, rows: Rows) -> bytes:
    cells = b"".join(_xls_cell(i, j, cell) for i, row in enumerate(rows) for j, cell in enumerate(row))
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + cells + _record(0xA, b"")
    opening = _record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 6)) + _record(0x42, struct.pack("<H", 1200))
    # Two cell formats: 0 general, 1 the built-in date format 14.
    formats = b"".join(_record(0xE0, struct.pack("<HHHBBBBIIH", 0, code, 0, 0, 0, 0, 0, 0, 0, 0)) for code in (0, 14))
    encoded = name.encode("utf-16-le")
    length = len(opening) + len(formats) + 4 + 8 + len(encoded) + 4
    bound = _record(0x85, struct.pack("<IBBBB", length, 0, 0, len(name), 1) + encoded)
    return opening + formats + bound + _record(0xA, b"") + sheet


def _xls_cell(row: int, column: int, cell: Cell) -> bytes:
    if cell is None or cell == "":
        return b""
    if isinstance(cell, datetime.date):
        serial = float((cell - datetime.date(1899, 12, 30)).days)
        return _record(0x203, struct.pack("<HHHd", row, column, 1, serial))
    if isinstance(cell, int | float):
        return _record(0x203, struct.pack("<HHHd", row, column, 0, float(cell)))
    return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(cell), 1) + cell.encode("utf-16-le"))


def _ole(stream: bytes) -> bytes:
    """One stream named « Workbook », long enough to need no small sectors."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    fat_sectors = 1
    while fat_sectors * 128 < count + 1 + fat_sectors:
        fat_sectors += 1
    chain = [*range(1, count), 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFD] * fat_sectors]
    chain += [0xFFFFFFFF] * (fat_sectors * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, count, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    difat = [count + 1 + i for i in range(fat_sectors)]
    header += struct.pack("<109I", *difat, *[0xFFFFFFFF] * (109 - fat_sectors))
    root = _ole_entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    entry = _ole_entry("Workbook", 2, 0xFFFFFFFF, 0, len(stream))
    blank = _ole_entry("", 0, 0xFFFFFFFF, 0, 0)
    return header + stream + root + entry + blank * 2 + struct.pack(f"<{len(chain)}I", *chain)


def _ole_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le") if name else b""
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + b"\0" * 36
    return entry + struct.pack("<IQ", start, size)
