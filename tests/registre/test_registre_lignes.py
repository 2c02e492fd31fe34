"""One row to the people it names."""

from __future__ import annotations

import pytest
from registre_lectures import fichier, ligne, lire, liste, motifs, qui

SEPARATE = "Civilité;Nom;Prénom;Né(e) le;Adresse\n"
WHOLE = "Civilité;Nom complet;Né(e) le;Adresse\n"
ROLL = "Nom;Prénom;Né(e) le;Adresse;Observations\n"


def people(text: str, **more: bool) -> list[str]:
    """Everyone read, eligible or not, « NOM Prénom genre année »."""
    lecture = lire(fichier(text, **more))
    found = [*lecture.personnes, *(e.personne for e in lecture.ecartes if e.personne)]
    found.sort(key=lambda person: person.sources)
    return [" ".join(f"{p.nom} {p.prenom} {p.genre} {p.naissance.year if p.naissance else ''}".split()) for p in found]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Mme;DUPRÉ;Zoé;12/03/1980;3 rue Bégon", ["DUPRÉ Zoé F 1980"]),
        (";DUPRÉ;Zoé;12/03/1980;3 rue Bégon", ["DUPRÉ Zoé X 1980"]),
        ("Dr;DUPRÉ;Zoé;12/03/1980;3 rue Bégon", ["DUPRÉ Zoé X 1980"]),
        (";Mme DUPRÉ;Zoé;12/03/1980;3 rue Bégon", ["DUPRÉ Zoé F 1980"]),
        (
            "M. et Mme;DUPRÉ;Tom et Zoé;12/03/1980 et 01/02/1981;3 rue Bégon",
            ["DUPRÉ Tom M 1980", "DUPRÉ Zoé F 1981"],
        ),
        ("Mme et M.;DUPRÉ;Zoé & Tom;12/03/1980 / 01/02/1981;3 rue Bégon", ["DUPRÉ Zoé F 1980", "DUPRÉ Tom M 1981"]),
        ("M. et Mme;DUPRÉ;Tom et Zoé;12/03/1980;3 rue Bégon", ["DUPRÉ Tom M", "DUPRÉ Zoé F"]),
        ("M. ou Mme;DUPRÉ;Tom;12/03/1980;3 rue Bégon", ["DUPRÉ Tom X 1980", "DUPRÉ X"]),
        ("Mme;DUPRÉ;Tom et Zoé;12/03/1980;3 rue Bégon", ["DUPRÉ Tom X", "DUPRÉ Zoé X"]),
        (";M. DUPRÉ et Mme SOW;;;3 rue Bégon", ["DUPRÉ M", "SOW F"]),
        ("Mme;DUPRÉ | X;Zoé;12/03/1980;3 rue Bégon", ["DUPRÉ X Zoé F 1980"]),
    ],
)
def test_people_of_a_row_with_its_own_columns(row: str, expected: list[str]) -> None:
    assert people(SEPARATE + row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Mme;DUPRÉ Zoé;12/03/1980;3 rue Bégon", ["DUPRÉ Zoé F 1980"]),
        (";Mme DUPRÉ Zoé;12/03/1980;3 rue Bégon", ["DUPRÉ Zoé F 1980"]),
        (";DUPRÉ Tom et Zoé;12/03/1980 et 01/02/1981;3 rue Bégon", ["DUPRÉ Tom X 1980", "DUPRÉ Zoé X 1981"]),
        (
            ";M. LE GOFF Tom et Mme SOW Zoé;12/03/1980 et 01/02/1981;3 rue Bégon",
            ["LE GOFF Tom M 1980", "SOW Zoé F 1981"],
        ),
        (";M. et Mme LE GOFF Tom et Zoé;;3 rue Bégon", ["LE GOFF Tom M", "LE GOFF Zoé F"]),
        (";Tom et Zoé DUPRÉ;;3 rue Bégon", ["DUPRÉ Tom X", "DUPRÉ Zoé X"]),
    ],
)
def test_people_of_a_row_with_one_cell_of_names(row: str, expected: list[str]) -> None:
    assert people(WHOLE + row) == expected


def test_couples_are_said() -> None:
    lecture = lire(SEPARATE + "M. et Mme;DUPRÉ;Tom et Zoé;12/03/1980;3 rue Bégon\n")
    assert [avis.code for avis in lecture.avis] == ["couple"]
    assert [e.vu for e in lecture.ecartes] == ["? 12/03/1980"] * 2


COTENANTS = "Contrat;Civilité;Nom;Prénom;Né le;Civilité co-titulaire;Nom co-titulaire;Prénom co-titulaire;Né le co-titulaire;Adresse\n"
AGAIN = "Contrat;Civ;Nom;Prénom;Né le;Civ;Nom;Prénom;Né le;Adresse\n"


@pytest.mark.parametrize("header", [COTENANTS, AGAIN])
def test_tenant_and_cotenant(header: str) -> None:
    rows = "1;M.;DUPRÉ;Tom;12/03/1980;Mme;SOW;Awa;01/02/1981;3 rue Bégon\n2;Mme;LY;Zoé;12/03/1983;;;;;4 rue Bégon\n"
    lecture = lire(header + rows)
    assert qui(lecture) == ["DUPRÉ Tom M", "LY Zoé F", "SOW Awa F"]
    assert [p.foyer is not None for p in lecture.personnes] == [True, False, True]
    assert [p.sources[0].reference for p in lecture.personnes] == ["liste1.csv:2", "liste1.csv:3", "liste1.csv:2#2"]
    assert lecture.fichiers[0].lignes == 2
    assert len(lecture.fichiers[0].occurrences) == 3


def test_a_spouse_with_a_given_name_only_takes_the_line_s_family_name_and_it_is_said() -> None:
    header = "Civilité;Nom;Prénom;Né le;Civilité conjoint;Prénom conjoint;Né le conjoint;Adresse\n"
    lecture = lire(header + "M.;DUPRÉ;Tom;12/03/1980;Mme;Zoé;01/02/1981;3 rue Bégon\n")
    assert qui(lecture) == ["DUPRÉ Tom M", "DUPRÉ Zoé F"]
    assert [avis.code for avis in lecture.avis] == ["nom_du_titulaire"]


def test_second_given_names_are_no_second_person() -> None:
    lecture = lire("Nom;Prénom;Prénom 2;Né le;Adresse\nDUPRÉ;Zoé;Awa;12/03/1980;3 rue Bégon\n")
    assert qui(lecture) == ["DUPRÉ Zoé, Awa X"]


@pytest.mark.parametrize(
    "row",
    [
        "TOTAL;;;;",
        "Total : 12 locataires;;;;",
        ";;;;TOTAL",
        "Sous-total;3;;;",
        "Nombre de lignes : 3;;;;",
        "Page 2/10;;;;",
        ";;LOGEMENT VACANT;;3 rue Bégon",
        "Mme;-;;;3 rue Bégon",
        "Résidence Les Pins;;;;",
        ";Habitat du Val;;;",
        "Civilité;NOM;PRENOM;Né(e) le;Adresse",
        "----;----;----;----;----",
    ],
)
def test_rows_that_name_nobody(row: str) -> None:
    lecture = lire(f"{SEPARATE}Mme;DUPRÉ;Zoé;12/03/1980;3 rue Bégon\n{row}\n")
    assert motifs(lecture) == {"lignes_sans_personne": 1}
    assert lecture.fichiers[0].lignes == 1
    assert [s.reference for e in lecture.ecartes for s in e.sources] == ["liste1.csv:3"]


def test_blank_rows_do_not_count() -> None:
    lecture = lire(f"{SEPARATE}\n;;;;\n ; \u00a0;;;\nMme;DUPRÉ;Zoé;12/03/1980;3 rue Bégon\n\n")
    assert motifs(lecture) == {}


def test_bodies_are_lines_not_people() -> None:
    rows = ligne("SCI LES PINS", "", "", ""), ligne("VILLE DE BLOIS", "", "", ""), ligne("LES PINS", "", "", "Société")
    lecture = lire(liste(*rows, ligne()))
    assert motifs(lecture) == {"personnes_morales": 3}
    assert lecture.fichiers[0].lignes == 4
    assert len(lecture.fichiers[0].occurrences) == 1


def test_someone_named_like_a_body_stays() -> None:
    assert len(lire(liste(ligne("MAISON", "Zoé"), ligne("SCI", "Awa"))).personnes) == 2


@pytest.mark.parametrize(
    "row",
    [
        ligne("DUPRÉ (DCD)"),
        ligne(prenom="Zoé DCD"),
        ligne(civilite="Mme décédée"),
        ligne(ne="décédée"),
        ligne(complement="DCD"),
        ligne("Succession de DUPRÉ"),
    ],
)
def test_deaths_wherever_they_are_written(row: str) -> None:
    assert motifs(lire(liste(row))) == {"decedes": 1}


def test_a_column_of_deaths() -> None:
    text = "Nom;Prénom;Né(e) le;Adresse;Décédé(e)\nDUPRÉ;Zoé;12/03/1980;3 rue Bégon;{}\n"
    assert motifs(lire(text.format("12/03/2025"))) == {"decedes": 1}
    assert motifs(lire(text.format("non"))) == {"sans_civilite": 1}


@pytest.mark.parametrize(
    ("remark", "found", "said"),
    [
        ("DCD le 03/02/2020", {"decedes": 1}, []),
        ("conjoint décédé", {"sans_civilite": 1}, ["deces_a_verifier"]),
        ("ne répond pas", {"sans_civilite": 1}, []),
    ],
)
def test_remarks(remark: str, found: dict[str, int], said: list[str]) -> None:
    lecture = lire(f"{ROLL}DUPRÉ;Zoé;12/03/1980;3 rue Bégon;{remark}\n")
    assert motifs(lecture) == found
    assert [a.code for a in lecture.avis if a.code.startswith("deces")] == said


def test_ditto_marks_take_what_stands_above() -> None:
    text = 'Nom;Prénom;Né(e) le;Adresse;CP;Ville\nDUPRÉ;Zoé;12/03/1980;3 rue Bégon;41000;Blois\nSOW;Awa;12/03/1981;idem;"""";id.\n'
    assert {p.adresse for p in lire(text).personnes} == {"3 rue Bégon"}
    assert len(lire(text).personnes) == 2


def test_two_figure_years_are_said() -> None:
    lecture = lire(liste(ligne(ne="12/03/80"), ligne("SOW", ne="12/03/14")))
    assert motifs(lecture) == {"mineurs": 1}
    assert [(a.code, a.params["nombre"], a.params["exemple"]) for a in lecture.avis] == [("siecle", 2, "liste1.csv:2")]
