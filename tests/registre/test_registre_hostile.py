"""What is sent by mistake or by malice: read, or refused in one sentence; never anything else."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from registre_classeurs import write_ods, write_text, write_xls, write_xlsx
from registre_lectures import ENTETE, fichier, ligne, lire, liste, motifs, qui, refus

from conseil.registre.errors import RegistreError
from conseil.registre.messages import sentences

ROWS = [line.split(";") for line in liste(ligne()).splitlines()]


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(200))) + chunk(b"IEND", b"")
    )


def repack(data: bytes, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change.get(info.filename, old.read(info)))
    return out.getvalue()


def zipped(member: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "rien")
    return out.getvalue()


def sheet_xml(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4000)


XLSX = write_xlsx({"L": ROWS})
CORNER = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
WIDE_ODS = (
    b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" '
    b'office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table>'
)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("vide.csv", b"", "fichier_vide"),
        ("vide.csv", b"\xef\xbb\xbf\r\n\r\n", "fichier_vide"),
        ("vide.xlsx", write_xlsx({"L": []}), "fichier_vide"),
        ("image.xlsx", png(), "pas_une_liste"),
        ("image.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 4, "pas_une_liste"),
        ("notice.xls", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pas_une_liste"),
        ("export.xls", b"<html><table><tr><td>Nom</td></tr></table></html>", "pas_une_liste"),
        ("export.xls", b'<?xml version="1.0"?><Workbook></Workbook>', "pas_une_liste"),
        ("octets.csv", bytes(range(1, 32)) * 50, "pas_une_liste"),
        ("archive.zip", zipped("lisez-moi.txt"), "pas_une_liste"),
        ("courrier.xlsx", zipped("word/document.xml"), "pas_une_liste"),
        ("creux.xlsx", zipped("xl/workbook.xml"), "classeur_illisible"),
        ("coupe.xlsx", XLSX[: len(XLSX) // 2], "classeur_illisible"),
        ("faux.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000, "classeur_illisible"),
        ("coupe.xls", write_xls("L", ROWS)[:1500], "classeur_illisible"),
        ("secret.xlsx", encrypted(), "mot_de_passe"),
        ("coin.xlsx", repack(XLSX, {"xl/worksheets/sheet1.xml": CORNER}), "classeur_trop_etendu"),
        (
            "large.ods",
            repack(write_ods({"L": ROWS}), {"content.xml": b"<office:document-content>" + WIDE_ODS}),
            "classeur_trop_etendu",
        ),
        ("cellule.csv", (ENTETE + "A" * 6000).encode(), "cellule_geante"),
        ("cellule.csv", (ENTETE + '"' + "A" * 1_100_000).encode(), "cellule_geante"),
    ],
)
def test_refused_in_one_sentence_with_the_file(name: str, data: bytes, code: str) -> None:
    with pytest.raises(RegistreError) as caught:
        lire(fichier(data, name))
    assert [probleme.code for probleme in caught.value.problemes] == [code]
    assert sentences(caught.value)[0].startswith(name)


@pytest.mark.parametrize(
    "nom",
    [
        '=HYPERLINK("http://exemple.invalid";"DUPRÉ")',
        "<script>alert(1)</script>",
        "'; DROP TABLE resident; --",
        "{{ config }}",
        "%s%n",
        "D" * 4000,
        "((((" * 1000 + "D",
        "DUPRÉ\x00\x07\x1b[31m",
        "\u202eÉRPUD",
        "DUPRÉ\u0301\u0301\u0301",
        "محمد",
        "Ω≈ç√",
        "DUPRÉ\nZoé",
        "../../etc/passwd",
        "-1+2",
        "@SUM(A1)",
    ],
)
def test_strange_names_are_people(nom: str) -> None:
    for data, name in (
        (write_text([*ROWS, ["", "Mme", nom, "Awa", "12/03/1981", "3 rue Bégon"]]), "l.csv"),
        (
            write_xlsx({"L": [*ROWS, ["", "Mme", nom.replace("\x00", ""), "Awa", "12/03/1981", "3 rue Bégon"]]}),
            "l.xlsx",
        ),
    ):
        lecture = lire(fichier(data, name))
        assert len(lecture.personnes) == 2
        assert motifs(lecture) == {}
        (person,) = (p for p in lecture.personnes if p.prenom == "Awa")
        assert "|" not in person.nom
        assert all(c.isprintable() for c in person.nom)


def test_long_names_are_said() -> None:
    assert [avis.code for avis in lire(liste(ligne("D" * 101))).avis] == ["nom_tres_long"]


def test_zero_bytes_in_a_text_file() -> None:
    assert qui(lire(liste(ligne()).replace("DUPRÉ", "DU\x00PRÉ").encode())) == ["DUPRÉ Zoé F"]


def test_two_hundred_columns() -> None:
    header = ENTETE.strip() + "".join(f";Zone {chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(200))
    text = f"{header}\n" + "".join(ligne(nom).strip() + ";x" * 200 + "\n" for nom in ("AUBE", "BORD"))
    assert qui(lire(text)) == ["AUBE Zoé F", "BORD Zoé F"]


def test_separators_and_quotes_in_quoted_cells() -> None:
    rows = [*ROWS, ["", "Mme", 'SOW ; "dite" LY', "Awa", "12/03/1981", "3 rue Bégon, Bât B\n41000 Blois"]]
    for separator in ";,\t":
        lecture = lire(fichier(write_text(rows, separator)))
        assert [p.nom for p in lecture.personnes][1] == 'SOW ; "dite" LY'
        assert lecture.personnes[1].complement == "bat b"


def test_everyone_the_same_day_with_the_same_name() -> None:
    """A list filled by a machine, 1,500 times the same given name and day, stays readable."""
    rows = [
        ligne(f"N{n:04}".translate(str.maketrans("0123456789", "abcdefghij")), ne="01/01/1980") for n in range(1500)
    ]
    assert len(lire(liste(*rows)).personnes) == 1500
    assert lire(liste(*[ligne(ne="")] * 1500)).motifs["sans_naissance"] == 1500


def test_logs_hold_no_name() -> None:
    with pytest.raises(RegistreError) as caught:
        lire(ligne("SECRETE") + liste(ligne()), "Nom;Prénom\nSECRETE;Zoé\n", "SECRETE;1\n" * 5)
    assert len(caught.value.problemes) == 4
    for text in (str(caught.value), repr(caught.value), repr(caught.value.args)):
        assert "SECRETE" not in text
    assert "liste1.csv, 1" in str(caught.value)


def test_files_do_not_show_their_bytes() -> None:
    assert "DUPR" not in repr(fichier(liste(ligne())))


def test_the_good_files_do_not_hide_the_bad() -> None:
    assert refus(liste(ligne()), fichier(png(), "image.xlsx"), fichier(b"", "vide.csv")) == [
        ("pas_une_liste", None),
        ("fichier_vide", None),
    ]
