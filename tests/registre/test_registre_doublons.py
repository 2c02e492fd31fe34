"""Who is who: exact duplicates, near ones, twins and namesakes, decisions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registre_lectures import ligne, lire, liste

from conseil.registre.folding import key
from conseil.registre.lecture import Lecture
from conseil.registre.ressemblance import GIVEN_NAMES_DIFFER, MERGEABLE, PROPOSED, near

ROLL = "Nom de naissance;Nom d'usage;Prénoms;Sexe;Né(e) le;Adresse;Complément\n"
WHOLE = "Civilité;Nom complet;Né(e) le;Adresse\n"


def roll(nom: str = "DUPRÉ", prenoms: str = "Zoé", ne: str = "12/03/1980", usage: str = "", **more: str) -> str:
    adresse, flat = more.get("adresse", "12 rue Bégon"), more.get("complement", "")
    return f"{ROLL}{nom};{usage};{prenoms};{more.get('sexe', 'F')};{ne};{adresse};{flat}\n"


def outcome(first: str, second: str) -> str:
    """« exact », « fusion » (with the option, same home), the likeness proposed, or « deux »."""
    plain, merged = lire(first, second), lire(first, second, fusionner_meme_adresse=True)
    if plain.exacts:
        assert (len(plain.personnes), plain.a_confirmer) == (1, [])
        return "exact"
    assert plain.fusionnes == 0
    kinds = ["+".join(pair.motifs) for pair in plain.a_confirmer]
    if merged.fusionnes:
        assert merged.a_confirmer == []
        return f"fusion {kinds[0]}"
    assert [pair.id for pair in merged.a_confirmer] == [pair.id for pair in plain.a_confirmer]
    return kinds[0] if kinds else "deux"


@pytest.mark.parametrize(
    ("nom", "prenoms"),
    [
        ("DUPRÉ", "Zoé"),
        ("Dupre", "ZOE"),
        ("\u00a0DUPRÉ ", "Zoé, Awa"),
        ("Dupré", "Zoé, Awa, Éva"),
        ("DU PRÉ", "Zoé"),
    ],
)
def test_exact_duplicates(nom: str, prenoms: str) -> None:
    assert outcome(liste(ligne(adresse="3 place Coty")), roll(nom, prenoms, "1980-03-12")) == "exact"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marie-Thérèse", "MARIE THERESE"),
        ("Anne Laure", "Annelaure"),
        ("José, Antoine", "Antoine, José"),
        ("José Antoine", "José, Antoine"),
        ("Lætitia", "LAETITIA"),
        ("Işık", "ISIK"),
        ("N'Goran", "Ngoran"),
    ],
)
def test_given_names_that_are_the_same(one: str, other: str) -> None:
    assert outcome(roll(prenoms=one), roll(prenoms=other)) == "exact"


@pytest.mark.parametrize(
    ("cell", "nom", "prenom"),
    [
        ("DUPRÉ Zoé", "Dupré", "Zoé"),
        ("DUPRE ZOE", "Dupré", "Zoé"),
        ("BEN YOUSSEF ANNE LAURE", "Ben Youssef", "Anne-Laure"),
        ("MARTIN DUVAL ANNE", "Martin-Duval", "Anne"),
        ("LE GOFF JEAN PIERRE", "Le Goff", "Jean-Pierre"),
    ],
)
def test_whole_names_and_names_in_columns(cell: str, nom: str, prenom: str) -> None:
    whole = f"{WHOLE}Mme;{cell};12/03/1980;12 rue Bégon\nM.;SOW Tom;12/03/1981;13 rue Bégon\n"
    lecture = lire(whole, roll(nom, prenom))
    assert (lecture.exacts, lecture.a_confirmer) == (1, [])
    assert [key(p.nom + p.prenom) for p in lecture.personnes if len(p.sources) == 2] == [key(nom + prenom)]


@pytest.mark.parametrize(
    ("nom", "prenom", "kind"),
    [
        ("DUPRÈS", "Zoé", "nom_lettre"),
        ("DUPPRÉ", "Zoé", "nom_lettre"),
        ("DUPRÉE", "Zoé", "nom_lettre"),
        ("DPURÉ", "Zoé", "nom_lettre"),
        ("ZOÉ", "Dupré", "noms_inverses"),
        ("DUPRÉ SOW", "Zoé", "nom_double"),
        ("DUPRÉ", "Zoé Awa", "prenoms_en_plus"),
        ("KAYA", "Zoé", "nom_different"),
    ],
)
def test_near_duplicates_at_one_address(nom: str, prenom: str, kind: str) -> None:
    """Merged when asked, proposed otherwise; proposed only, or nothing, when the address differs."""
    assert outcome(liste(ligne()), liste(ligne(nom, prenom))) == f"fusion {kind}"
    elsewhere = outcome(liste(ligne()), liste(ligne(nom, prenom, adresse="3 place Coty")))
    assert elsewhere == ("deux" if kind == "nom_different" else kind)


@pytest.mark.parametrize(
    ("one", "other"), [("ŒUVRARD", "AUVRARD"), ("OEUVRARD", "AUVRARD"), ("BA", "BAA"), ("LY", "LI")]
)
def test_a_letter_of_short_or_ligatured_names(one: str, other: str) -> None:
    assert outcome(liste(ligne(one)), liste(ligne(other))) == "fusion nom_lettre"


def test_name_in_use() -> None:
    assert outcome(roll("DUPRÉ", usage="SOW"), liste(ligne("SOW"))) == "fusion nom_usage"
    assert outcome(roll("DUPRÉ", usage="SOW"), liste(ligne("SOW", adresse="3 place Coty"))) == "nom_usage"
    assert outcome(roll("DUPRÉ", usage="SOW"), liste(ligne("DUPRÉ"))) == "exact"


@pytest.mark.parametrize(
    ("one", "other", "proposed"),
    [
        ("Ali", "Alia", "prenom_lettre"),
        ("Lina", "Lisa", "prenom_lettre"),
        ("Sofia", "Sophia", "deux"),
        ("Hana", "Hanna", "prenom_lettre"),
        ("Jean", "Jeanne", "deux"),
        ("Louis", "Louise", "prenom_lettre"),
        ("Jean", "Jean-Pierre", "prenom_compose"),
        ("Marie-Lou", "Marie-Ange", "deux"),
        ("José, Antoine", "José, Pierre", "prenom_compose"),
        ("Zoé", "Awa", "deux"),
    ],
)
@pytest.mark.parametrize("same_sex", [True, False])
def test_twins_are_never_merged(one: str, other: str, proposed: str, same_sex: bool) -> None:
    """Same name, same day of birth, same home: two given names are two people until someone says otherwise."""
    sexes = ("F", "F") if same_sex else ("F", "M")
    lists = [roll(prenoms=given, sexe=sexe) for given, sexe in zip((one, other), sexes, strict=True)]
    assert outcome(*lists) == proposed


@pytest.mark.parametrize(
    ("ordre", "one", "other"),
    [
        ("Nom complet", "KAYA ALI", "KAYA ALIA"),
        ("Nom et prénom", "LE GOFF LINA", "LE GOFF LISA"),
        ("Nom complet", "LE GOFF LINA", "LE GOFF LISA"),
        ("Nom complet", "KAYA CAN", "KAYA TOM"),
        ("Prénom et nom", "KAYA CAN", "KAYA TOM"),
        ("Nom et prénom", "KAYA CAN", "KAYA TOM"),
    ],
)
def test_twins_in_one_cell_of_capitals_are_never_merged(ordre: str, one: str, other: str) -> None:
    """Whatever the order of the names may be: no reading of « KAYA ALI » makes Alia of Ali."""
    header = f"Civilité;{ordre};Né(e) le;Adresse\n"
    rows = "".join(f"M.;{name};12/03/1980;12 rue Bégon\n" for name in (one, other))
    lecture = lire(header + rows, fusionner_meme_adresse=True)
    assert (len(lecture.personnes), lecture.fusionnes) == (2, 0)


def test_twins_on_two_lists_are_two_people_twice_found() -> None:
    both = liste(ligne(prenom="Lina"), ligne(prenom="Lisa"))
    lecture = lire(both, both, fusionner_meme_adresse=True)
    assert (len(lecture.personnes), lecture.exacts, lecture.fusionnes) == (2, 2, 0)
    assert [pair.motifs for pair in lecture.a_confirmer] == [("prenom_lettre",)]


def test_a_woman_and_a_man_are_never_merged() -> None:
    assert outcome(liste(ligne(civilite="Mme")), liste(ligne("DUPPRÉ", civilite="M."))) == "nom_lettre"
    assert outcome(liste(ligne(civilite="")), liste(ligne("DUPPRÉ", civilite="M."))) == "fusion nom_lettre"


def test_another_name_altogether_needs_the_same_flat_and_a_civilite() -> None:
    one = liste(ligne(complement="Apt 3"))
    assert outcome(one, liste(ligne("KAYA", complement="APPT 3"))) == "fusion nom_different"
    assert outcome(one, liste(ligne("KAYA", complement="Apt 4"))) == "deux"
    assert outcome(one, liste(ligne("KAYA", complement="Apt 3", civilite=""))) == "nom_different"


@pytest.mark.parametrize(
    ("ne", "proposed"),
    [
        ("12/03/1950", "naissance_proche"),
        ("13/03/1980", "naissance_proche"),
        ("03/12/1980", "naissance_proche"),
        ("", "naissance_absente"),
        ("31/02/1980", "naissance_absente"),
        ("25/07/1962", "deux"),
    ],
)
def test_same_name_and_address_another_day(ne: str, proposed: str) -> None:
    """A slip of the pen, or a father and his son of the same name: only a person can tell."""
    lists = liste(ligne()), liste(ligne(ne=ne))
    lecture = lire(*lists, fusionner_meme_adresse=True)
    assert lecture.exacts + lecture.fusionnes == 0
    assert [each for pair in lecture.a_confirmer for each in pair.motifs] == ([] if proposed == "deux" else [proposed])
    assert lire(lists[0], liste(ligne(ne=ne, adresse="3 place Coty"))).a_confirmer == []


def test_namesakes_in_different_homes_and_years_are_two() -> None:
    assert outcome(liste(ligne(ne="01/02/1950")), liste(ligne(ne="01/02/1980", adresse="3 place Coty"))) == "deux"


def proposed(*lists: str) -> Lecture:
    return lire(*lists)


def test_pairs_keep_their_id_and_are_shown_side_by_side() -> None:
    first, second = liste(ligne(), ligne("SOW", "Awa")), liste(ligne("LY", "Tom"), ligne("DUPPRÉ"))
    (pair,) = proposed(first, second).a_confirmer
    assert pair.references == ("liste1.csv:2", "liste2.csv:3")
    assert {o.nom.nom for o in (*pair.a, *pair.b)} == {"DUPRÉ", "DUPPRÉ"}
    (again,) = proposed(second, liste(ligne("KAYA", "Can")), first).a_confirmer
    assert again.id == pair.id
    assert again.references != pair.references


def test_decisions_are_obeyed_and_not_asked_again() -> None:
    lists = liste(ligne(), ligne(prenom="Lina"), ligne(prenom="Lisa")), liste(ligne("DUPPRÉ"), ligne(prenom="Lina"))
    pairs = {pair.motifs: pair.id for pair in lire(*lists).a_confirmer}
    letter, twins = pairs["nom_lettre",], pairs["prenom_lettre",]
    lecture = lire(*lists, decisions={letter: "meme", twins: "deux"})
    assert (lecture.fusionnes, len(lecture.personnes), lecture.a_confirmer) == (1, 3, [])
    refused = lire(*lists, decisions={letter: "deux", twins: "deux"}, fusionner_meme_adresse=True)
    assert (refused.fusionnes, len(refused.personnes), refused.a_confirmer) == (0, 4, [])


def test_two_people_stay_two_even_through_a_third() -> None:
    lists = liste(ligne("DUPRÉ")), liste(ligne("DUPRA")), liste(ligne("DUPRO"))
    pairs = lire(*lists).a_confirmer
    assert len(pairs) == 3
    lecture = lire(*lists, decisions={pairs[0].id: "deux"}, fusionner_meme_adresse=True)
    assert len(lecture.personnes) == 2


def test_exact_merges_take_the_best_of_each_list() -> None:
    lecture = lire(
        liste(ligne("dupre", "zoe", civilite="", complement="Apt 3", contrat="C1")),
        roll("DUPRÉ", "Zoé, Awa", usage="SOW"),
    )
    (person,) = lecture.personnes
    assert (person.genre, person.usage, person.complement, person.contrats) == (
        "F",
        "SOW",
        "apt 3",
        (("liste1.csv", "C1"),),
    )
    assert person.nom == "DUPRÉ"
    assert [fusion.exacte for fusion in lecture.fusions] == [True]


def test_what_lists_contradict_is_reported() -> None:
    lecture = lire(
        liste(ligne(civilite="M.")), liste(ligne(adresse="3 place Coty")), liste(ligne(adresse="8 rue de la Quinière"))
    )
    (person,) = lecture.personnes
    assert person.genre == "X"
    assert person.secteur in ("Bégon", "Coty")  # in the perimeter, since one list says so
    assert person.avis == ("civilites_contraires", "adresses_contraires")
    assert lecture.motifs["sans_civilite"] == 1


@given(st.text("abcdeo", min_size=2, max_size=9), st.integers(0, 8), st.sampled_from("aeoz"), st.sampled_from("cdir"))
@settings(deadline=None)
def test_one_letter_away_is_near(name: str, at: int, letter: str, how: str) -> None:
    at %= len(name)
    other = {
        "c": name[:at] + letter + name[at + 1 :],
        "d": name[:at] + name[at] + name[at:],
        "i": name[:at] + letter + name[at:],
        "r": name[:at] + name[at + 1 :],
    }[how]
    assert near(name, other) or len(other) < 2
    assert near(other, name) == near(name, other)


def test_likenesses_have_one_standing() -> None:
    assert not MERGEABLE & PROPOSED
    assert GIVEN_NAMES_DIFFER < PROPOSED
