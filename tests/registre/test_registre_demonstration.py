"""The four sample lists against the truth about them, in every format they could have come in."""

from __future__ import annotations

import datetime
import functools
import json
import random
from pathlib import Path
from typing import Any

import pytest
from registre_classeurs import Rows, write_ods, write_text, write_xls, write_xlsx

from conseil.registre.fichiers import Fichier
from conseil.registre.lecture import Lecture, check_places, read_listes
from conseil.registre.tables import read_tables
from conseil.registre.voies import read_voies

LISTES = Path(__file__).parents[2] / "conseil" / "demonstration" / "listes"
ATTENDU: dict[str, Any] = json.loads((Path(__file__).parents[1] / "donnees" / "attendu.json").read_text("utf-8"))
JOUR = datetime.date.fromisoformat(ATTENDU["date_du_tirage"])
VOIES = read_voies("voies.csv", (LISTES / "voies.csv").read_bytes())


def read(fichiers: list[Fichier], merge: bool = True) -> Lecture:
    return read_listes(fichiers, VOIES, JOUR, ATTENDU["age_minimum"], fusionner_meme_adresse=merge)


def originals() -> list[Fichier]:
    return [Fichier(name, (LISTES / name).read_bytes()) for name in ATTENDU["lignes"]]


@functools.cache
def lecture() -> Lecture:
    return read(originals())


def assert_is_the_truth(found: Lecture) -> None:
    counts = dict(ATTENDU["counts"])
    duplicates = counts.pop("doublons_exacts") + counts.pop("doublons_a_confirmer")
    assert found.effectifs == ATTENDU["effectifs"]
    assert len(found.personnes) == ATTENDU["eligibles"]
    assert found.motifs == {**counts, "oppositions": 0}
    assert found.exacts + found.fusionnes == duplicates


def test_the_sample_lists_give_the_truth() -> None:
    assert_is_the_truth(lecture())
    assert {lu.nom: lu.lignes for lu in lecture().fichiers} == ATTENDU["lignes"]
    people = {source for p in lecture().personnes for source in p.sources}
    aside = [e for e in lecture().ecartes if e.personne]
    assert len(lecture().personnes) + len(aside) == ATTENDU["personnes"]
    assert len(people) == sum(len(p.sources) for p in lecture().personnes)


def test_every_person_of_every_line_is_in_one_place() -> None:
    occurrences = [o for lu in lecture().fichiers for o in lu.occurrences]
    check_places(lecture(), occurrences)
    lost = lecture().personnes.pop()
    with pytest.raises(RuntimeError, match="out of place"):
        check_places(lecture(), occurrences)
    lecture().personnes.append(lost)
    lecture().personnes.append(lost)
    with pytest.raises(RuntimeError, match="out of place"):
        check_places(lecture(), occurrences)
    lecture().personnes.pop()


def test_without_merging_the_near_duplicates_are_proposed() -> None:
    found = read(originals(), merge=False)
    assert found.fusionnes == 0
    assert found.exacts + len(found.a_confirmer) == lecture().exacts + lecture().fusionnes
    assert lecture().a_confirmer == []
    decided = read_listes(originals(), VOIES, JOUR, decisions={pair.id: "meme" for pair in found.a_confirmer})
    assert_is_the_truth(decided)
    assert decided.a_confirmer == []


def rows_of(name: str) -> list[list[Any]]:
    sheets, _ = read_tables(name, (LISTES / name).read_bytes())
    width = max(len(ligne.cellules) for ligne in sheets[0].lignes)
    return [[*ligne.cellules, *[""] * (width - len(ligne.cellules))] for ligne in sheets[0].lignes]


def rewrite(stem: str, rows: Rows, form: str) -> Fichier:
    if form == "xlsx":
        return Fichier(f"{stem}.xlsx", write_xlsx({"Feuille 1": rows}))
    if form == "ods":
        return Fichier(f"{stem}.ods", write_ods({"Feuille 1": rows}))
    if form == "xls":
        return Fichier(f"{stem}.xls", write_xls("Feuille 1", rows))
    encoding, separator = form.split(" ")
    return Fichier(f"{stem}.txt", write_text(rows, separator.replace("tab", "\t"), encoding))


@pytest.mark.parametrize(
    "forms",
    [
        ("xlsx", "utf-8 ,", "ods", "utf-16-le ;"),
        ("utf-16-be tab", "xls", "cp1252 tab", "xlsx"),
        ("ods", "cp1252 ;", "utf-8-sig ;", "cp1252 ,"),
        ("utf-8 |", "utf-16-le ,", "xls", "ods"),
    ],
    ids=" / ".join,
)
def test_any_format_gives_the_same_reading(forms: tuple[str, ...]) -> None:
    """Columns are shuffled as well, where one row of headings lets them be."""
    rng = random.Random(" ".join(forms))
    files = []
    for name, form in zip(ATTENDU["lignes"], forms, strict=True):
        rows = rows_of(name)
        if name.startswith("loir"):
            files.append(rewrite(name.split(".")[0], rows, form))
            continue
        order = rng.sample(range(len(rows[0])), len(rows[0]))
        files.append(rewrite(name.split(".")[0], [[row[i] for i in order] for row in rows], form))
    rng.shuffle(files)
    assert_is_the_truth(read(files))
