"""Households: contract, flat, name at one address; closed, and shown when too large."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from registre_lectures import ligne, lire, liste

from conseil.registre.grouping import Groups

NAMES = ["AUBE", "BORD", "CANE", "DUNE", "ÉCHO", "FÊTE", "GARE", "HUIT"]


def homes(*lists: str, **more: bool) -> list[set[str]]:
    """The households of two or more, as sets of family names."""
    found: dict[str, set[str]] = {}
    for person in lire(*lists, **more).personnes:
        if person.foyer:
            found.setdefault(person.foyer, set()).add(f"{person.nom} {person.prenom}")
    return sorted(found.values(), key=sorted)


def row(nom: str, prenom: str = "Zoé", **more: str) -> str:
    """Each name with its own day of birth."""
    day = sum(map(ord, nom + prenom)) % 28 + 1
    return ligne(nom, prenom, f"{day:02}/01/19{50 + len(nom + prenom)}", **more)


def test_the_same_contract_of_the_same_source() -> None:
    one = liste(row("AUBE", contrat="C1", adresse="1 rue Bégon"), row("BORD", contrat="C1", adresse="2 rue Bégon"))
    other = liste(row("CANE", contrat="C1", adresse="3 rue Bégon"))
    assert homes(one, other) == [{"AUBE Zoé", "BORD Zoé"}]


def test_no_contract_is_no_bond() -> None:
    for blank in ("", "0", "-", "000"):
        rows = [row(name, contrat=blank, adresse=f"{n} rue Bégon") for n, name in enumerate(NAMES[:3], 1)]
        assert homes(liste(*rows)) == []


def test_the_same_flat_whoever_sends_it() -> None:
    one, other = liste(row("AUBE", complement="Bât B Apt 03")), liste(row("BORD", complement="APPT 3 BATIMENT B"))
    assert homes(one, other) == [{"AUBE Zoé", "BORD Zoé"}]
    assert homes(one, liste(row("BORD", complement="Bât B Apt 4"))) == []
    assert homes(one, liste(row("BORD", complement="Bât B Apt 3", adresse="12 place Coty"))) == []


def test_address_and_name_where_neither_has_a_flat() -> None:
    assert homes(liste(row("AUBE"), row("Aube", "Tom"), row("BORD"))) == [{"AUBE Zoé", "Aube Tom"}]
    assert homes(liste(row("AUBE"), row("AUBE", "Tom", complement="Apt 3"))) == []
    assert homes(liste(row("AUBE", adresse="rue Bégon"), row("AUBE", "Tom", adresse="rue Bégon"))) == []


def test_bonds_are_closed() -> None:
    rows = [
        row("AUBE", contrat="C1", complement="Apt 1"),
        row("BORD", contrat="C1", complement="Apt 2"),
        row("CANE", complement="Apt 2"),
        row("DUNE", complement="Apt 3"),
    ]
    assert homes(liste(*rows)) == [{"AUBE Zoé", "BORD Zoé", "CANE Zoé"}]


def test_a_child_counts_for_the_bond_not_for_the_household() -> None:
    child = ligne("BORD", "Tom", "01/01/2020", contrat="C1", complement="Apt 2")
    rows = [row("AUBE", contrat="C1", complement="Apt 1"), child, row("CANE", complement="Apt 2")]
    assert homes(liste(*rows)) == [{"AUBE Zoé", "CANE Zoé"}]
    assert homes(liste(row("AUBE", contrat="C1"), child)) == []


def test_merged_people_bring_their_bonds_together() -> None:
    one = liste(row("AUBE", contrat="C1"), row("BORD", contrat="C1"))
    other = liste(row("BORD", complement="Apt 9"), row("CANE", complement="Apt 9"))
    assert homes(one, other) == [{"AUBE Zoé", "BORD Zoé", "CANE Zoé"}]


def test_households_over_twelve_are_shown() -> None:
    def tower(count: int) -> str:
        return liste(*(ligne(f"N{chr(65 + n)}", ne=f"{n + 1:02}/01/1980", complement="Bât A") for n in range(count)))

    assert lire(tower(12)).foyers_trop_grands == []
    (large,) = lire(tower(13)).foyers_trop_grands
    assert (large.taille, large.adresses) == (13, ("12 rue Bégon",))


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_groups_do_not_depend_on_the_order_of_the_joins(pairs: list[tuple[int, int]], rng: random.Random) -> None:
    def groups(joins: list[tuple[int, int]]) -> list[list[int]]:
        found = Groups(20)
        for one, other in joins:
            found.join(one, other)
        return found.members()

    expected = groups(pairs)
    shuffled = [pair[:: rng.choice((1, -1))] for pair in pairs]
    rng.shuffle(shuffled)
    assert groups(shuffled) == expected
    assert sorted(item for group in expected for item in group) == list(range(20))
    assert all(any(a in g and b in g for g in expected) for a, b in pairs)
