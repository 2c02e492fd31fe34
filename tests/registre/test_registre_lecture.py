"""Who stays and who is set aside, by the first reason; the report, without a name."""

from __future__ import annotations

import datetime
import json
from itertools import pairwise

import pytest
from registre_lectures import JOUR, VOIES, fichier, ligne, lire, liste, motifs, qui

from conseil.registre.adresses import AdresseBrute, LecteurAdresses
from conseil.registre.rules import MOTIFS, MOTIFS_LIGNE, MOTIFS_PERSONNE, Perimetre, motif_of, secteur_of

BORN = datetime.date(1980, 3, 12)
CHILD = datetime.date(2015, 3, 12)


@pytest.mark.parametrize(
    ("decede", "secteurs", "naissance", "adulte", "oppose", "motif"),
    [
        (False, ["Nord"], BORN, False, False, None),
        (False, ["Nord"], None, True, False, None),
        (True, [None], None, False, True, "decedes"),
        (False, [""], None, False, True, "hors_perimetre"),
        (False, ["", None], None, False, True, "hors_perimetre"),
        (False, [None], None, False, True, "voie_inconnue"),
        (False, [], BORN, False, False, "voie_inconnue"),
        (False, ["Nord"], None, False, True, "sans_naissance"),
        (False, ["Nord"], CHILD, False, True, "mineurs"),
        (False, ["Nord"], CHILD, True, False, "mineurs"),
        (False, ["Nord"], BORN, False, True, "oppositions"),
        (False, [None, "", "Nord"], BORN, False, False, None),
    ],
)
def test_the_first_reason_is_taken(
    decede: bool,
    secteurs: list[str | None],
    naissance: datetime.date | None,
    adulte: bool,
    oppose: bool,
    motif: str | None,
) -> None:
    assert motif_of(decede, secteurs, naissance, adulte, JOUR, 16, oppose) == motif


@pytest.mark.parametrize(
    ("cells", "secteur"),
    [
        ({"adresse": "3 rue Bégon", "commune": "BLOIS"}, "Bégon"),
        ({"adresse": "3 rue Bégon"}, "Bégon"),
        ({"adresse": "3 rue Bégon", "code_postal": "41000"}, "Bégon"),
        ({"adresse": "3 rue Bégon", "code_postal": "41350"}, ""),
        ({"adresse": "3 rue Bégon", "commune": "Vineuil", "code_postal": "41000"}, ""),
        ({"adresse": "3 rue Inconnue", "commune": "Vineuil"}, ""),
        ({"adresse": "3 rue de la Quinière", "commune": "Blois"}, ""),
        ({"adresse": "3 rue Inconnue", "commune": "Blois"}, None),
        ({}, None),
    ],
)
def test_sector_of_an_address(cells: dict[str, str], secteur: str | None) -> None:
    from registre_lectures import voies

    adresse = LecteurAdresses(voies(), "Blois").read(AdresseBrute(**cells))
    assert secteur_of(adresse, Perimetre("blois", frozenset({"41000"}))) == secteur


ONE_OF_EACH = liste(
    ligne("AUBE"),
    ligne("BORD", civilite="", ne="13/07/1980"),
    ligne("CANE", ne="12/03/2020"),
    ligne("DUNE", ne="31/02/1980"),
    ligne("ECHO (DCD)", adresse="8 rue de la Quinière"),
    ligne("FETE", adresse="8 rue de la Quinière", ne="12/03/2020"),
    ligne("GARE", adresse="8 rue Bégonn", ne=""),
    ligne("HUIT", ville="41350;Vineuil"),
    ligne("SCI DES PINS", "", "", ""),
    "TOTAL;9 lignes;;;;;;;\n",
)


def test_each_person_once_by_the_first_reason() -> None:
    lecture = lire(ONE_OF_EACH)
    assert qui(lecture) == ["AUBE Zoé F", "BORD Zoé X"]
    assert motifs(lecture) == {
        "mineurs": 1,
        "hors_perimetre": 2,
        "voie_inconnue": 1,
        "sans_civilite": 1,
        "sans_naissance": 1,
        "personnes_morales": 1,
        "decedes": 1,
        "lignes_sans_personne": 1,
    }
    seen = {e.personne.nom: (e.motif, e.vu) for e in lecture.ecartes if e.personne}
    assert seen["DUNE"] == ("sans_naissance", "31/02/1980")
    assert seen["GARE"] == ("voie_inconnue", "8 rue Bégonn 41000 Blois")
    assert lecture.voies_inconnues == {"rue begonn": (1, "rue Bégon")}
    assert lecture.types_minces == {"F|Bégon": 1, "X|Bégon": 1}


def test_the_age_is_the_one_of_the_day_of_the_draw() -> None:
    text = liste(ligne(ne="02/11/2010"), ligne("SOW", ne="03/11/2010"))
    assert qui(lire(text)) == ["DUPRÉ Zoé F"]
    assert len(lire(text, age_minimum=15).personnes) == 2
    assert len(lire(text, age_minimum=18).personnes) == 0


def test_a_list_of_adults_needs_no_date() -> None:
    text = "Civilité;Nom;Prénom;Adresse\nMme;DUPRÉ;Zoé;3 rue Bégon\nM.;SOW;Tom;4 rue Bégon\n"
    lecture = lire(fichier(text, adultes=True))
    assert qui(lecture) == ["DUPRÉ Zoé F", "SOW Tom M"]
    dated = liste(ligne(ne=""), ligne("SOW", ne="12/03/2020"))
    assert motifs(lire(fichier(dated, adultes=True))) == {"mineurs": 1}
    assert motifs(lire(fichier(dated))) == {"mineurs": 1, "sans_naissance": 1}


def test_without_a_civilite_the_other_list_s_is_used_else_none() -> None:
    assert qui(lire(liste(ligne(civilite="")), liste(ligne()))) == ["DUPRÉ Zoé F"]
    assert qui(lire(liste(ligne(civilite="")), liste(ligne(civilite="Dr")))) == ["DUPRÉ Zoé X"]
    assert qui(lire(liste(ligne(civilite="M.")), liste(ligne()))) == ["DUPRÉ Zoé X"]


def test_objections_set_aside_who_would_have_stayed() -> None:
    text = liste(ligne(), ligne("SOW", "Awa"), ligne("LY", ne="12/03/2020"))
    asked = [key for p in lire(text).personnes if p.nom == "SOW" for key in p.identites]
    assert asked == ["sow|awa|1980-03-12"]
    lecture = lire(text, oppositions=asked.__contains__)
    assert motifs(lecture) == {"mineurs": 1, "oppositions": 1}
    assert motifs(lire(text, oppositions=lambda _key: True)) == {"mineurs": 1, "oppositions": 2}


def test_another_municipality_everywhere_is_taken_and_said() -> None:
    text = liste(
        *(ligne(name, ville="41100;Vendôme") for name in ("AUBE", "BORD", "CANE")), ligne("DUNE", ville="41350;Vineuil")
    )
    lecture = lire(text)
    assert len(lecture.personnes) == 3
    assert [(a.code, a.params["vu"]) for a in lecture.avis] == [("commune_supposee", "vendome")]
    assert lire(text, liste(ligne("ÉCHO"))).motifs["hors_perimetre"] == 4


def test_the_streets_file_may_name_the_municipality() -> None:
    streets = VOIES.replace("secteur\n", "secteur;commune\n").replace("Bégon\n", "Bégon;Mer\n")
    text = liste(ligne("AUBE", ville="41500;Mer"), ligne("BORD"))
    assert qui(lire(text, streets=streets)) == ["AUBE Zoé F"]


def test_number_ranges_decide_the_sector() -> None:
    streets = "voie;secteur;debut;fin;cote\nrue Longue;Nord;1;49;impair\nrue Longue;Sud;2;50;pair\nrue Longue;;51;;\n"
    rows = [
        ligne(name, adresse=f"{number} rue Longue")
        for name, number in zip("ABCDE", ["7", "8 bis", "51", "", "49"], strict=True)
    ]
    lecture = lire(liste(*rows), streets=streets)
    assert [(p.nom, p.secteur) for p in lecture.personnes] == [("A", "Nord"), ("B", "Sud"), ("E", "Nord")]
    assert motifs(lecture) == {"hors_perimetre": 1, "voie_inconnue": 1}


def test_two_files_of_one_name_are_refused() -> None:
    from registre_lectures import refus

    assert refus(fichier(liste(ligne())), fichier(liste(ligne("SOW")))) == [("fichier_en_double", None)]
    assert refus() == [("aucun_fichier", None)]


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    rows = [
        ligne(f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}", ne=f"{n % 28 + 1}/0{n % 9 + 1}/19{n % 60 + 30}")
        for n in range(1200)
    ]
    lire(liste(*rows), progress=lambda *args: told.append(args))
    reading = [done for step, done, _ in told if step == "lecture"]
    assert reading == [500, 1000, 1200]
    assert all(done <= total for _, done, total in told)
    assert [step for step, after in pairwise(step for step, _, _ in told) if step != after] == ["lecture", "doublons"]


def test_the_report_has_every_key_and_no_name() -> None:
    second = liste(ligne("AUBBE"), ligne("BORD", civilite="", ne="13/07/1980"))
    lecture = lire(ONE_OF_EACH, second)
    report = lecture.rapport()
    assert report["fichiers"] == {
        "liste1.csv": {"lignes": 9, "personnes": 8},
        "liste2.csv": {"lignes": 2, "personnes": 2},
    }
    assert report["doublons"] == {
        "exacts": 1,
        "fusionnes": 0,
        "a_confirmer": [["liste1.csv:2", "liste2.csv:2", "nom_lettre"]],
    }
    assert report["motifs"] == lecture.motifs
    assert list(report["motifs"]) == list(MOTIFS)  # type: ignore[call-overload]
    assert report["eligibles"] == 3
    assert report["effectifs"] == {"F|Bégon": 2, "X|Bégon": 1}
    text = json.dumps(report, ensure_ascii=False)
    assert json.loads(text) == report
    for name in ("AUBE", "BORD", "CANE", "DUNE", "ECHO", "Zoé", "1980", "12 rue", "8 rue"):
        assert name not in text


def test_reasons_are_the_ones_counted() -> None:
    assert set(MOTIFS) == {*MOTIFS_PERSONNE, *MOTIFS_LIGNE, "sans_civilite"}
