"""What must hold for any list: found by trying many."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from registre_classeurs import write_ods, write_text, write_xls, write_xlsx
from registre_lectures import ENTETE, fichier, lire

from conseil.registre.errors import RegistreError
from conseil.registre.fichiers import Fichier
from conseil.registre.lecture import Lecture, check_places
from conseil.registre.messages import sentences

SLOW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
HEADER = ENTETE.strip().split(";")

NOMS = [
    "DUPRÉ",
    "Dupre",
    "DUPPRÉ",
    "SOW",
    "Le Goff",
    "LE GOFFE",
    "ŒUVRARD",
    "Oeuvrard (DCD)",
    "SCI DES PINS",
    "TOTAL",
    "",
    "-",
]
PRENOMS = [
    "Zoé",
    "ZOE",
    "Zoé, Awa",
    "Awa, Zoé",
    "Lina",
    "Lisa",
    "Jean Pierre",
    "Jean-Pierre",
    "Tom et Zoé",
    "Dupré",
    "",
]
DATES = [
    "12/03/1980",
    "1980-03-12",
    "12.03.1980",
    "13/03/1980",
    "12/03/2020",
    "31/02/1980",
    "01/01/1950",
    "12/03/80",
    "",
]
CIVILITES = ["Mme", "M.", "", "Mlle", "M. et Mme", "Dr", "F"]
ADRESSES = [
    "3 rue Bégon",
    "3, R. BEGON",
    "5 place Coty - Bât B",
    "8 rue de la Quinière",
    "9 rue Inconnue",
    "rue Bégon",
    "",
]
FLATS = ["", "", "Apt 3", "APPT 03", "Bât B"]

ROW = st.tuples(
    st.sampled_from(["", "", "C1", "C2"]),
    st.sampled_from(CIVILITES),
    st.sampled_from(NOMS),
    st.sampled_from(PRENOMS),
    st.sampled_from(DATES),
    st.sampled_from(ADRESSES),
    st.sampled_from(FLATS),
    st.sampled_from(["41000", "41000", "41350", ""]),
    st.sampled_from(["Blois", "BLOIS", "Vineuil", ""]),
)
LISTS = st.lists(st.lists(ROW, min_size=1, max_size=12), min_size=1, max_size=3)
Rows = list[list[Any]]


def files(lists: list[Rows]) -> list[Fichier]:
    return [fichier(write_text([HEADER, *rows]), f"liste{n}.csv") for n, rows in enumerate(lists, 1)]


def summary(lecture: Lecture) -> dict[str, object]:
    """Everything counted, and the households, whatever files and lines they come from."""
    homes: dict[str, int] = {}
    for person in lecture.personnes:
        if person.foyer:
            homes[person.foyer] = homes.get(person.foyer, 0) + 1
    return {
        "effectifs": lecture.effectifs,
        "motifs": lecture.motifs,
        "doublons": (lecture.exacts, lecture.fusionnes, sorted(pair.id for pair in lecture.a_confirmer)),
        "personnes": [(p.nom, p.prenom, p.naissance, p.genre, p.secteur, p.adresse) for p in lecture.personnes],
        "foyers": sorted(homes.values()),
    }


def read(fichiers: list[Fichier], merge: bool) -> Lecture:
    try:
        return lire(*fichiers, fusionner_meme_adresse=merge)
    except RegistreError as error:
        assume(error.problemes[0].code != "aucune_personne")
        raise


@given(LISTS, st.booleans(), st.randoms(use_true_random=False))
@SLOW
def test_the_order_of_files_and_lines_changes_nothing(lists: list[Rows], merge: bool, rng: random.Random) -> None:
    expected = summary(read(files(lists), merge))
    named = files([rng.sample(rows, len(rows)) for rows in lists])
    rng.shuffle(named)
    assert summary(read(named, merge)) == expected


@given(st.lists(ROW, min_size=1, max_size=12), st.randoms(use_true_random=False))
@SLOW
def test_the_order_of_columns_changes_nothing(rows: Rows, rng: random.Random) -> None:
    expected = summary(read(files([rows]), merge=True))
    order = rng.sample(range(len(HEADER)), len(HEADER))
    table = [[row[i] for i in order] for row in [HEADER, *rows]]
    assert summary(read([fichier(write_text(table), "liste1.csv")], merge=True)) == expected


@given(
    st.lists(ROW, min_size=1, max_size=12),
    st.sampled_from(["utf-8-sig", "cp1252", "utf-16-le", "utf-16-be"]),
    st.sampled_from(",;\t"),
)
@SLOW
def test_format_encoding_and_separator_change_nothing(rows: Rows, encoding: str, separator: str) -> None:
    table = [HEADER, *rows]
    expected = summary(read(files([rows]), merge=True))
    for data in (
        write_text(table, separator, encoding),
        write_xlsx({"Feuille": table}),
        write_ods({"Feuille": table}),
        write_xls("Feuille", table),
    ):
        assert summary(read([fichier(data, "liste1.csv")], merge=True)) == expected


@given(LISTS, st.booleans())
@SLOW
def test_every_person_of_every_line_is_in_one_place(lists: list[Rows], merge: bool) -> None:
    lecture = read(files(lists), merge)
    occurrences = [o for lu in lecture.fichiers for o in lu.occurrences]
    check_places(lecture, occurrences)
    aside = [e for e in lecture.ecartes if e.personne]
    assert len(occurrences) == len(lecture.personnes) + len(aside) + lecture.exacts + lecture.fusionnes
    assert sum(lecture.effectifs.values()) == len(lecture.personnes)
    for number, rows in enumerate(lists, 1):
        placed = {s.ligne for p in lecture.personnes for s in p.sources if s.fichier == f"liste{number}.csv"}
        placed |= {s.ligne for e in lecture.ecartes for s in e.sources if s.fichier == f"liste{number}.csv"}
        assert placed == {i for i, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}


@given(LISTS)
@SLOW
def test_reading_a_list_twice_adds_only_duplicates(lists: list[Rows]) -> None:
    once, twice = read(files(lists), merge=False), read(files([*lists, lists[0]]), merge=False)
    read_once = once.fichiers[0].occurrences
    # Someone without a birth date, a family name or a given name is never taken for someone else.
    alone = [o for o in read_once if not (o.naissance.jour and o.nom.variantes[0].nom and o.nom.variantes[0].prenoms)]
    assert len(twice.personnes) - len(once.personnes) <= len(alone)
    assert twice.exacts - once.exacts == len(read_once) - len(alone)


@given(LISTS)
@SLOW
def test_deciding_every_pair_leaves_none(lists: list[Rows]) -> None:
    proposed = read(files(lists), merge=False).a_confirmer
    for decision in ("meme", "deux"):
        lecture = lire(*files(lists), decisions={pair.id: decision for pair in proposed})
        assert lecture.a_confirmer == []


def fate(data: bytes, name: str = "liste") -> None:
    """Read, or refused with sentences; any other exception fails the test."""
    try:
        lire(fichier(data, name))
    except RegistreError as error:
        assert error.problemes
        assert all(sentences(error))


@given(st.binary(max_size=400))
@SLOW
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    fate(data)
    fate(b"PK\x03\x04" + data)
    fate(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data * 4)
    fate(b"\xff\xfe" + data)


@given(st.text(max_size=400))
@SLOW
def test_any_text_is_read_or_refused(text: str) -> None:
    fate(text.encode("utf-8", "replace"))
    fate((ENTETE + text).encode("utf-8", "replace"))


CELL = st.one_of(
    st.text(max_size=20), st.sampled_from([*NOMS, *ADRESSES, *DATES, *CIVILITES, *HEADER, "Co-titulaire", "Sexe"])
)


@given(st.lists(st.lists(CELL, max_size=8), min_size=1, max_size=10))
@SLOW
def test_any_table_is_read_or_refused(rows: Rows) -> None:
    fate(write_text(rows))
    fate(write_text([["Nom complet", "Né le", "Adresse", "Décédé", "Observations"], *rows], ","))


WORKBOOKS = [
    write(table)
    for table in ([HEADER, ["C1", "Mme", "DUPRÉ", "Zoé", "12/03/1980", "3 rue Bégon"]],)
    for write in (
        lambda rows: write_xlsx({"L": rows}),
        lambda rows: write_ods({"L": rows}),
        lambda rows: write_xls("L", rows),
    )
]


@given(
    st.sampled_from(WORKBOOKS),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6),
    st.booleans(),
)
@SLOW
def test_damaged_workbooks_are_read_or_refused(data: bytes, damage: list[tuple[int, int]], cut: bool) -> None:
    broken = bytearray(data)
    for position, value in damage:
        broken[position % len(broken)] = value
    fate(bytes(broken[: damage[0][0] % len(broken)] if cut else broken))
