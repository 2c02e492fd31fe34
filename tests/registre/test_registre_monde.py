"""Lists of an invented quartier, in every layout and format: the reading counts exactly who is there."""

from __future__ import annotations

import random

import pytest
from registre_monde import JOUR, Monde, Saleté, build, voies_csv
from registre_sources import bailleur_a, bailleur_b, bailleur_c, electeurs, write_columns

from conseil.registre.fichiers import Fichier
from conseil.registre.lecture import Lecture, read_listes
from conseil.registre.voies import read_voies

FORMATS = ["utf-8 ;", "utf-8-sig ,", "cp1252 ;", "utf-16-le tab", "utf-16-be ;", "xlsx", "ods", "xls"]


def write_all(monde: Monde, seed: int) -> tuple[list[Fichier], int]:
    """The four files of a quartier, and how many of their lines name nobody."""
    rng = random.Random(seed)
    formats = [FORMATS[(seed + shift) % len(FORMATS)] for shift in (0, 5, 3, 6)]
    s = Saleté(rng)
    written = [
        write_columns(monde, "bailleur_a", bailleur_a(s), s, formats[0]),
        bailleur_b(monde, s, formats[1]),
        write_columns(monde, "bailleur_c", bailleur_c(s), s, formats[2]),
        write_columns(monde, "electeurs", electeurs(s), s, formats[3]),
    ]
    return [Fichier(name, data) for name, data, _ in written], sum(nobody for _, _, nobody in written)


def read(fichiers: list[Fichier], seed: int = 0) -> Lecture:
    voies = read_voies("voies.csv", voies_csv(random.Random(seed)))
    return read_listes(fichiers, voies, JOUR, fusionner_meme_adresse=True)


@pytest.mark.parametrize("seed", range(16))
def test_reading_finds_the_people_who_are_there(seed: int) -> None:
    monde = build(seed)
    fichiers, nobody = write_all(monde, seed)
    lecture = read(fichiers, seed)
    attendu = monde.attendu()
    assert lecture.effectifs == attendu["effectifs"]
    assert {motif: lecture.motifs[motif] for motif in attendu["motifs"]} == attendu["motifs"]  # type: ignore[union-attr]
    assert lecture.exacts + lecture.fusionnes == attendu["doublons"]
    assert lecture.motifs["lignes_sans_personne"] == nobody
    assert len(lecture.personnes) == sum(lecture.effectifs.values())
