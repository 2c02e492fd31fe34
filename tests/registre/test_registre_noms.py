"""Names: cut where capitals or commas say so, read every way where nothing does; companies, deaths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conseil.registre.noms import guess_ordre, read_full, read_prenoms, read_separate, split_people
from conseil.registre.particularites import deces_column, is_personne_morale, is_vacant, says_dead, split_deces


@pytest.mark.parametrize(
    ("cell", "nom", "prenom"),
    [
        ("NOEL Lucas", "NOEL", "Lucas"),
        ("Lucas NOEL", "NOEL", "Lucas"),
        ("LE GOFF Jean-Marie", "LE GOFF", "Jean-Marie"),
        ("Le GOFF Anne Laure", "Le GOFF", "Anne Laure"),
        ("Anne Laure de la TOUR", "de la TOUR", "Anne Laure"),
        ("PETIT dit NOEL Awa", "PETIT dit NOEL", "Awa"),
        ("N'DIAYE Awa", "N'DIAYE", "Awa"),
        ("D'ALMEIDA José", "D'ALMEIDA", "José"),
        ("ŒUVRARD Zoé", "ŒUVRARD", "Zoé"),
        ("ŞAHİN İlker", "ŞAHİN", "İlker"),
        ("MARTIN-DUVAL Éva", "MARTIN-DUVAL", "Éva"),
        ("DUPRÉ, ZOÉ", "DUPRÉ", "ZOÉ"),
        ("Dupré, Zoé Marie", "Dupré", "Zoé Marie"),
        ("LY Noor", "LY", "Noor"),
    ],
)
def test_whole_names_are_cut_where_it_is_certain(cell: str, nom: str, prenom: str) -> None:
    for ordre in ("nom_prenom", "prenom_nom", None):
        name = read_full(cell, ordre)  # type: ignore[arg-type]
        assert (name.nom, name.prenom, name.sur) == (nom, prenom, True)


@pytest.mark.parametrize(
    ("cell", "ordre", "nom", "prenom", "readings"),
    [
        ("DUPRÉ ZOÉ", "nom_prenom", "DUPRÉ", "ZOÉ", 1),
        ("ZOÉ DUPRÉ", "prenom_nom", "DUPRÉ", "ZOÉ", 1),
        ("DUPRÉ ZOÉ", None, "DUPRÉ", "ZOÉ", 2),
        ("Dupré Zoé", "nom_prenom", "Dupré", "Zoé", 1),
        ("LE GOFF ANNE", "nom_prenom", "LE GOFF", "ANNE", 1),
        ("ANNE LE GOFF", "prenom_nom", "LE GOFF", "ANNE", 1),
        ("MARTIN DUVAL ANNE", "nom_prenom", "MARTIN", "DUVAL ANNE", 2),
        ("BEN YOUSSEF ANNE LAURE", "nom_prenom", "BEN YOUSSEF", "ANNE LAURE", 2),
        ("DUPRÉ", "nom_prenom", "DUPRÉ", "", 1),
    ],
)
def test_other_whole_names_have_every_reading(
    cell: str, ordre: str | None, nom: str, prenom: str, readings: int
) -> None:
    name = read_full(cell, ordre)  # type: ignore[arg-type]
    assert (name.nom, name.prenom, len(name.variantes)) == (nom, prenom, readings)
    assert name.sur == (" " not in cell)


@given(st.lists(st.text("ABCÉ-'", min_size=1, max_size=4), min_size=2, max_size=6))
def test_no_reading_loses_a_word(parts: list[str]) -> None:
    from conseil.registre.folding import key

    whole = sorted(key("".join(parts)))
    for ordre in ("nom_prenom", "prenom_nom", None):
        for variante in read_full(" ".join(parts), ordre).variantes:  # type: ignore[arg-type]
            given_names = "".join(word for name in variante.prenoms for word in name).replace("-", "")
            assert sorted(variante.nom + given_names) == whole


@pytest.mark.parametrize(
    "cell", ["MARTIN née DUPRÉ Zoé", "MARTIN Zoé née DUPRÉ", "DUPRÉ Zoé épouse MARTIN", "DUPRÉ Zoé ép. MARTIN"]
)
def test_birth_name_and_name_in_use_in_one_cell(cell: str) -> None:
    name = read_full(cell, "nom_prenom")
    assert (name.nom, name.prenom, name.usage, name.usages) == ("DUPRÉ", "Zoé", "MARTIN", ("martin",))


@pytest.mark.parametrize(
    ("nom", "usage"),
    [("MARTIN née DUPRÉ", ""), ("DUPRÉ épouse MARTIN", ""), ("DUPRÉ (MARTIN)", ""), ("DUPRÉ", "MARTIN")],
)
def test_birth_name_and_name_in_use_in_columns(nom: str, usage: str) -> None:
    name = read_separate(nom, "Zoé", usage)
    assert (name.nom, name.usage, name.usages) == ("DUPRÉ", "MARTIN", ("martin",))


def test_given_names_keep_what_joins_them() -> None:
    assert read_prenoms("Anne Laure, Marie-Jo") == (("anne", "laure"), ("marie-jo",))
    assert read_prenoms("Jean - Pierre") == (("jean-pierre",),)
    assert read_prenoms(" , ") == ()


def test_the_order_of_a_column_is_the_one_most_capitals_say() -> None:
    assert guess_ordre(["DUPRÉ Zoé", "SOW Awa", "Tom LY", "KAYA CAN", "Dupré Zoé"]) == "nom_prenom"
    assert guess_ordre(["Zoé DUPRÉ", "Awa SOW"]) == "prenom_nom"
    assert guess_ordre(["KAYA CAN", "Dupré Zoé"]) is None


@pytest.mark.parametrize(
    ("nom", "prenom", "people"),
    [
        ("DUPRÉ", "Zoé", [("DUPRÉ", "Zoé")]),
        ("DUPRÉ", "Tom et Zoé", [("DUPRÉ", "Tom"), ("DUPRÉ", "Zoé")]),
        ("DUPRÉ & SOW", "Tom & Awa", [("DUPRÉ", "Tom"), ("SOW", "Awa")]),
        ("DUPRÉ et SOW", "", [("DUPRÉ", ""), ("SOW", "")]),
        ("MARTIN-DUVAL", "Zoé", [("MARTIN-DUVAL", "Zoé")]),
        ("ETCHEVERRY", "Maëtte", [("ETCHEVERRY", "Maëtte")]),
    ],
)
def test_two_people_in_one_set_of_cells(nom: str, prenom: str, people: list[tuple[str, str]]) -> None:
    assert split_people(nom, prenom) == people


@pytest.mark.parametrize(
    ("cell", "dead", "rest"),
    [
        ("MARTIN (DCD)", True, "MARTIN"),
        ("MARTIN DCD", True, "MARTIN"),
        ("MARTIN (décédée)", True, "MARTIN"),
        ("Martin - décédé(e) le 12/03/2020", True, "Martin"),
        ("Martin décédé·e", True, "Martin"),
        ("DECEDE MARTIN", True, "MARTIN"),
        ("MARTIN †", True, "MARTIN"),
        ("D.C.D.", True, ""),
        ("Succession de MARTIN", True, "MARTIN"),
        ("SUCC. MARTIN", True, "MARTIN"),
        ("feu M. MARTIN", True, "M. MARTIN"),
        ("Héritiers MARTIN", True, "MARTIN"),
        ("Mme veuve MARTIN", False, "Mme veuve MARTIN"),
        ("MARTIN (conjoint décédé)", False, "MARTIN"),
        ("FEU Jean", False, "FEU Jean"),
        ("DECEDRE", False, "DECEDRE"),
        ("ABDCDE", False, "ABDCDE"),
    ],
)
def test_deaths_in_names(cell: str, dead: bool, rest: str) -> None:
    assert split_deces(cell) == (dead, rest)


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        ("DCD", True),
        ("Décédé le 3/2/20", True),
        ("conjoint décédé", None),
        ("père décédé en 2020", None),
        ("RAS", False),
        ("logement repris, locataire décédé", None),
    ],
)
def test_deaths_in_remarks(remark: str, said: bool | None) -> None:
    assert says_dead(remark) is said


def test_deaths_in_their_own_column() -> None:
    assert [deces_column(cell) for cell in ("oui", "O", "12/03/2020", "X")] == [True] * 4
    assert [deces_column(cell) for cell in ("", "non", "N", "0", "-")] == [False] * 5


@pytest.mark.parametrize(
    "nom",
    [
        "SCI LES TILLEULS",
        "SARL BÉGON SERVICES",
        "ASSOCIATION OZÉBULLE",
        "VILLE DE BLOIS",
        "Mairie",
        "CCAS de Blois",
        "LES TILLEULS SCI",
        "Régie de quartier",
        "Syndicat des copropriétaires",
        "Ets Dupré",
        "SAS Immo",
        "Commune de Vineuil",
        "CENTRE SOCIAL MIRABEAU",
        "SA HLM Val de Loire",
        "Indivision Dupré",
        "Maison des associations",
        "Conseil départemental",
    ],
)
def test_bodies(nom: str) -> None:
    assert is_personne_morale(nom, "", civilite=False, naissance=False)


@pytest.mark.parametrize(
    ("nom", "prenom", "civilite", "naissance"),
    [
        ("MAISON", "Zoé", True, True),
        ("MAISON Zoé", "", False, True),
        ("MAISON Zoé", "", False, False),
        ("LAVILLE", "", False, False),
        ("MAISON", "", False, False),
        ("CLUB", "Awa", False, False),
        ("SASSI", "", False, False),
        ("", "", False, False),
    ],
)
def test_people_are_no_bodies(nom: str, prenom: str, civilite: bool, naissance: bool) -> None:
    assert not is_personne_morale(nom, prenom, civilite, naissance)


def test_empty_flats() -> None:
    assert all(is_vacant(cell, "") for cell in ("LOGEMENT VACANT", "Vacant", "néant", "N.C.", "sans", "XXX"))
    assert not any(is_vacant(cell, "") for cell in ("DUPRÉ", "VACANTI", ""))
    assert not is_vacant("NA", "Awa")
