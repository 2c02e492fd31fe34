"""Addresses in one cell or ten, matched to known streets or to none; ranges; flats."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registre_lectures import VOIES, voies

from conseil.registre.adresses import Adresse, AdresseBrute, LecteurAdresses
from conseil.registre.complements import complement_key, labelled, tokenize
from conseil.registre.errors import RegistreError
from conseil.registre.voies import canonical, read_voies

LECTEUR = LecteurAdresses(voies(), "Blois")


def read(adresse: str, **more: str) -> Adresse:
    return LECTEUR.read(AdresseBrute(adresse=adresse, **more))


@pytest.mark.parametrize(
    ("cell", "numero", "voie", "complement", "commune"),
    [
        ("12 rue Bégon", "12", "rue Bégon", "", ""),
        ("12, RUE  BEGON", "12", "rue Bégon", "", ""),
        ("12 R. BÉGON", "12", "rue Bégon", "", ""),
        ("12bis r begon", "12 bis", "rue Bégon", "", ""),
        ("12 bis, rue Bégon", "12 bis", "rue Bégon", "", ""),
        ("12 B rue Bégon", "12 bis", "rue Bégon", "", ""),
        ("12 TER RUE BEGON", "12 ter", "rue Bégon", "", ""),
        ("012 rue Bégon", "12", "rue Bégon", "", ""),
        ("n° 12 rue Bégon", "12", "rue Bégon", "", ""),
        ("12-14 rue Bégon", "12-14", "rue Bégon", "", ""),
        ("rue Bégon, 12", "12", "rue Bégon", "", ""),
        ("place Coty n° 5", "5", "place Coty", "", ""),
        ("5 PL COTY", "5", "place Coty", "", ""),
        ("5 av pdt coty", "5", "avenue du Président Coty", "", ""),
        ("5 AVE. DU PRÉSIDENT COTY", "5", "avenue du Président Coty", "", ""),
        ("3 rue de l’hotel pasquier", "3", "rue de l'Hôtel Pasquier", "", ""),
        ("3 R DE L HOTEL PASQUIER", "3", "rue de l'Hôtel Pasquier", "", ""),
        ("3 rue du onze novembre", "3", "rue du 11 Novembre", "", ""),
        ("11 rue du 11 novembre", "11", "rue du 11 Novembre", "", ""),
        ("7 rue Bégon - Bât C Apt 37, 41000 Blois", "7", "rue Bégon", "apt 37 · bat c", "blois"),
        ("7 rue Bégon BAT C APPT 037 41000 BLOIS CEDEX 9", "7", "rue Bégon", "apt 37 · bat c", "blois"),
        ("7 rue Bégon\n41000 Blois", "7", "rue Bégon", "", "blois"),
        ("7 rue Bégon, Blois", "7", "rue Bégon", "", "blois"),
        ("7 rue Bégon Blois", "7", "rue Bégon", "", "blois"),
        ("Résidence Les Pins, 7 rue Bégon, 41350 Vineuil", "7", "rue Bégon", "residence les pins", "vineuil"),
        ("Bât A Apt 12 - 7 rue Bégon", "7", "rue Bégon", "apt 12 · bat a", ""),
        ("Apt 12, rue Bégon", "", "rue Bégon", "apt 12", ""),
        ("7 rue Bégon (3e étage)", "7", "rue Bégon", "3 e · etage", ""),
        ("chez Mme SOW, 7 rue Bégon", "7", "rue Bégon", "", ""),
        ("7 rue Bégon chez M. LY", "7", "rue Bégon", "", ""),
        ("7 rue Bégon BP 123 41000 Blois", "7", "rue Bégon", "", "blois"),
    ],
)
def test_known_streets(cell: str, numero: str, voie: str, complement: str, commune: str) -> None:
    found = read(cell)
    assert found.voie is not None
    assert (found.numero, found.voie.libelle, found.complement, found.commune) == (numero, voie, complement, commune)


@pytest.mark.parametrize(
    ("cell", "proposed"),
    [
        ("12 rue Bégonn", "rue Bégon"),
        ("12 rue Bégon Prolongée", ""),
        ("12 rue Coty", "place Coty"),
        ("12 avenue du 11 Novembre", "rue du 11 Novembre"),
        ("12 Hôtel Pasquier", "rue de l'Hôtel Pasquier"),
        ("12 chemin de la Noue", ""),
        ("12 LE CLOS", ""),
        ("", ""),
        ("12", ""),
        ("rue", ""),
        ("Bât B", ""),
    ],
)
def test_unknown_streets_are_proposed_never_taken(cell: str, proposed: str) -> None:
    found = read(cell)
    assert found.voie is None
    assert (voies().suggest(found.rue) if found.rue else "") == proposed


@pytest.mark.parametrize(
    "brute",
    [
        AdresseBrute(numero="7 bis", voie="RUE BEGON", complement="Apt 3", code_postal="41000", commune="BLOIS"),
        AdresseBrute(numero="7", repetition="bis", type_voie="R.", voie="Bégon", complement="APPT 3", commune="Blois"),
        AdresseBrute(adresse="Apt 3", complement="7bis rue Bégon", commune="Blois", code_postal="41 000"),
        AdresseBrute(adresse="7 bis rue Bégon", complement="apt. n° 03", commune="41000 Blois", code_postal="41000"),
        AdresseBrute(adresse="7 bis rue Bégon - Apt 3, 41000 BLOIS"),
    ],
)
def test_however_the_cells_are_cut(brute: AdresseBrute) -> None:
    found = LECTEUR.read(brute)
    assert (found.numero, found.rue, found.complement, found.commune) == ("7 bis", "rue begon", "apt 3", "blois")
    assert found.code_postal == "41000" or not brute.code_postal
    assert found.texte == "7 bis rue Bégon"


def test_a_last_word_is_a_municipality_where_the_column_ends_with_one() -> None:
    brute = AdresseBrute(adresse="7 rue Bégon, Vineuil")
    assert LECTEUR.read(brute).complement == "vineuil"
    found = LecteurAdresses(voies(), "Blois", commune_en_fin=True).read(brute)
    assert (found.complement, found.commune) == ("", "vineuil")


def test_neighbours_need_a_number_or_a_flat() -> None:
    assert read("rue Bégon").logement is None
    assert read("rue Bégon", complement="Apt 3").logement is not None
    assert read("7 rue Bégon").logement == read("7, R. BEGON").logement


@given(st.text(max_size=60), st.text(max_size=30))
@settings(deadline=None)
def test_any_text_is_an_address(adresse: str, complement: str) -> None:
    found = read(adresse, complement=complement)
    assert found.vu == " ".join(part for part in (adresse, complement) if part)


@given(st.sampled_from(["rue Bégon", "place Coty", "avenue du Président Coty"]), st.integers(1, 999), st.randoms())
@settings(deadline=None)
def test_case_accents_and_blanks_change_nothing(street: str, number: int, rng: object) -> None:
    plain = street.upper().replace("É", "E")
    forms = [
        f"{number} {street}",
        f"{number},  {plain}",
        f"{number} {street.replace('rue', 'R.')}",
        f" {number} {plain} ",
    ]
    assert len({(read(form).numero, read(form).rue) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bât B Apt 37", "APPT 037 - BATIMENT B"),
        ("Apt 3", "appartement n° 3"),
        ("Esc. 2, porte 4", "PTE 4 ESCALIER 2"),
        ("Logement 12", "LGT 12"),
    ],
)
def test_two_spellings_of_one_flat(one: str, other: str) -> None:
    assert complement_key(tokenize(one)) == complement_key(tokenize(other)) != ""


@pytest.mark.parametrize(("one", "other"), [("Apt 3", "Apt 33"), ("Bât A Apt 3", "Bât B Apt 3"), ("Apt 3", "")])
def test_two_flats(one: str, other: str) -> None:
    assert complement_key(tokenize(one)) != complement_key(tokenize(other))


def test_the_heading_tells_what_a_bare_number_is() -> None:
    cells = [("Appt", "12"), ("Bâtiment", "Bât C"), ("Bâtiment", "C"), ("Bât./Apt", "12"), ("Appt", "")]
    keys = [complement_key(tokenize(labelled(label, cell))) for label, cell in cells]
    assert keys == ["apt 12", "bat c", "bat c", "12", ""]


def test_canonical_streets() -> None:
    assert canonical(tokenize("all. du dr st exupéry")) == ("allee", "docteur", "saint", "exupery")


RANGES = """voie;secteur;debut;fin;cote
rue Longue;Nord;1;49;impair
rue Longue;Sud;2;50;pair
rue Longue;;51;;
rue Courte;Nord;;;
"""


@pytest.mark.parametrize(
    ("numero", "secteur"),
    [
        ("1", "Nord"),
        ("49 bis", "Nord"),
        ("2", "Sud"),
        ("50", "Sud"),
        ("51", ""),
        ("52", ""),
        ("900", ""),
        ("", None),
        ("12-14", "Sud"),
    ],
)
def test_number_ranges(numero: str, secteur: str | None) -> None:
    found = LecteurAdresses(voies(RANGES), "Blois").read(AdresseBrute(adresse=f"{numero} rue Longue"))
    assert found.voie is not None
    assert found.voie.secteur(found.numero_entier) == secteur


def test_a_number_no_range_covers_is_nowhere() -> None:
    street = voies("voie;secteur;debut;fin\nrue Longue;Nord;10;20\n").voies[0]
    assert [street.secteur(number) for number in (9, 10, 20, 21)] == [None, "Nord", "Nord", None]


def test_streets_that_differ_by_an_article_are_two() -> None:
    streets = "voie;secteur\nrue des Pins;Nord\nrue les Pins;Sud\n"
    found = [
        LecteurAdresses(voies(streets), "Blois").read(AdresseBrute(adresse=f"3 rue {a}Pins"))
        for a in ("des ", "les ", "")
    ]
    assert [each.voie and each.voie.secteur(3) for each in found] == ["Nord", "Sud", None]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [("fichier_vide", None)]),
        ("rue Bégon;Bégon\n", [("voies_sans_entete", None)]),
        ("voie;secteur\n", [("voies_vides", None)]),
        ("voie;secteur\n;Nord\nrue X;A|B\n", [("voie_sans_nom", 2), ("secteur_impossible", 3)]),
        ("voie;secteur\nrue X;Nord\nRUE X;Sud\n", [("voie_contradictoire", None)]),
        ("voie;secteur;debut;fin\nrue X;Nord;1;20\nrue X;Sud;15;30\n", [("voie_contradictoire", None)]),
        (
            "voie;secteur;debut;fin;cote\nrue X;Nord;b;20;\nrue Y;Nord;9;2;\nrue Z;Nord;;;gauche\n",
            [("tranche_illisible", 2), ("tranche_illisible", 3), ("tranche_illisible", 4)],
        ),
        ("voie;secteur;commune\nrue X;Nord;Blois\nrue Y;Sud;Mer\n", [("voies_communes", None)]),
    ],
)
def test_wrong_street_files_say_every_line(text: str, problems: list[tuple[str, int | None]]) -> None:
    with pytest.raises(RegistreError) as caught:
        read_voies("voies.csv", text.encode())
    assert [(p.code, p.params.get("ligne")) for p in caught.value.problemes] == problems


def test_street_files_in_other_dresses() -> None:
    other = VOIES.replace(";", "\t").replace("voie\tsecteur", "Secteur\tVOIE")
    lines = [line.split("\t") for line in other.splitlines()]
    swapped = "\n".join("\t".join([lines[0][0], lines[0][1]] if i == 0 else line[::-1]) for i, line in enumerate(lines))
    assert {(v.libelle, v.tranches) for v in voies(swapped).voies} == {(v.libelle, v.tranches) for v in voies().voies}
    assert read_voies("v", VOIES.encode("utf-16")).voies == voies().voies
    assert read_voies("v", VOIES.encode("cp1252")).voies == voies().voies
