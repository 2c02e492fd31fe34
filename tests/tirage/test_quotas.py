"""From what is asked to bounds, and what is said when they clash."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tirage_reference import compositions, respects, value_places

from tirage import Demande, InputError, make_protocole, parse_registre, write_registre
from tirage.feasibility import require_feasible
from tirage.problem import Problem
from tirage.quotas import make_quotas


def register(**counts: int) -> bytes:
    """A register where the criterion `genre` has these counts."""
    values = [value for value, n in counts.items() for _ in range(n)]
    return write_registre(["genre"], [(f"{i:05}", "", value) for i, value in enumerate(values)])


def quotas(counts: dict[str, int], places: int, **asked: Any) -> dict[str, Any]:
    return make_quotas(parse_registre(register(**counts)), Demande("t", "T", places, **asked)).get("genre", {})


@pytest.mark.parametrize(
    ("counts", "places", "expected"),
    [
        ({"F": 60, "M": 40}, 32, {"F": (16, 16), "M": (16, 16)}),
        ({"F": 60, "M": 40}, 7, {"F": (3, 4), "M": (3, 4)}),
        ({"F": 60, "M": 40}, 1, {"F": (0, 1), "M": (0, 1)}),
        ({"haut": 6, "bas": 4}, 5, {"haut": (2, 3), "bas": (2, 3)}),
        ({"F": 4000, "M": 4000, "X": 11}, 32, {"F": (15, 16), "M": (15, 16), "X": (0, 1)}),
        ({"F": 40, "M": 40, "X": 20}, 32, {"F": (15, 16), "M": (15, 16), "X": (0, 7)}),
        ({"F": 40, "M": 40, "X": 20}, 7, {"F": (3, 4), "M": (3, 4), "X": (0, 2)}),
        ({"F": 4, "M": 4, "X": 2}, 1, {"F": (0, 1), "M": (0, 1), "X": (0, 1)}),
    ],
)
def test_parity(counts: dict[str, int], places: int, expected: dict[str, tuple[int, int]]) -> None:
    assert quotas(counts, places, parite="genre") == expected


@pytest.mark.parametrize("counts", [{"F": 9}, {"F": 3, "M": 3, "Y": 3}, {"F": 3, "M": 3, "X": 1, "Y": 1}, {"X": 5}])
def test_parity_that_means_nothing_is_refused(counts: dict[str, int]) -> None:
    with pytest.raises(InputError) as caught:
        quotas(counts, 2, parite="genre")
    assert caught.value.code == "parite-valeurs"
    assert caught.value.params["valeurs"] == list(counts)


@pytest.mark.parametrize(
    ("counts", "places", "expected"),
    [
        ({"a": 50, "b": 25, "c": 25}, 4, {"a": (2, 2), "b": (1, 1), "c": (1, 1)}),
        ({"a": 51, "b": 25, "c": 24}, 4, {"a": (2, 3), "b": (1, 1), "c": (0, 1)}),
        ({"a": 5440, "b": 5440}, 31, {"a": (15, 16), "b": (15, 16)}),
        ({"a": 2, "b": 1}, 3, {"a": (2, 2), "b": (1, 1)}),
        ({"a": 9999, "b": 1}, 32, {"a": (31, 32), "b": (0, 1)}),
        ({"a": 3, "b": 1}, 9, {"a": (3, 3), "b": (1, 1)}),
    ],
)
def test_proportional(counts: dict[str, int], places: int, expected: dict[str, tuple[int, int]]) -> None:
    assert quotas(counts, places, proportionnels=("genre",)) == expected


FAR = 3 * 10**15 + 1


def test_shares_are_exact_whatever_their_size() -> None:
    """Floats would round 3 · 10¹⁵ + 1 out of 3 times as much to exactly a third."""
    from tirage.quotas import proportional

    assert proportional({"a": FAR, "b": 2 * FAR - 3}, 3) == {"a": (1, 2), "b": (1, 2)}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"minima": (("genre", "b", 2),)}, {"a": (0, 6), "b": (2, 6), "c": (0, 6)}),
        ({"minima": (("genre", "b", 2), ("genre", "b", 1))}, {"a": (0, 6), "b": (2, 6), "c": (0, 6)}),
        ({"minima": (("genre", "b", 2), ("genre", "c", 1))}, {"a": (0, 6), "b": (2, 6), "c": (1, 6)}),
        (
            {"proportionnels": ("genre",), "minima": (("genre", "c", 1),)},
            {"a": (3, 4), "b": (2, 2), "c": (1, 1)},
        ),
        (
            {"proportionnels": ("genre",), "minima": (("genre", "b", 1),)},
            {"a": (3, 4), "b": (2, 2), "c": (0, 1)},
        ),
        ({"proportionnels": ("genre",), "exacts": {"genre": {"b": 2}}}, {"a": (3, 4), "b": (2, 2), "c": (0, 1)}),
        ({"exacts": {"genre": {"a": 4, "b": 2, "Z": 0}}}, {"a": (4, 4), "b": (2, 2), "Z": (0, 0)}),
        ({"exacts": {"genre": {"a": 4}}, "minima": (("genre", "b", 1),)}, {"a": (4, 4), "b": (1, 6), "c": (0, 6)}),
        ({}, {}),
    ],
)
def test_minima_exact_places_and_nothing(asked: dict[str, Any], expected: dict[str, tuple[int, int]]) -> None:
    assert quotas({"a": 11, "b": 6, "c": 1}, 6, **asked) == expected


def test_parity_and_shares_of_one_criterion_must_both_hold() -> None:
    found = quotas({"F": 60, "M": 40}, 5, parite="genre", proportionnels=("genre",))
    assert found == {"F": (3, 3), "M": (2, 2)}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"tirage": "Été"}, "tirage-nom"),
        ({"tirage": "a" * 41}, "tirage-nom"),
        ({"tirage": ""}, "tirage-nom"),
        ({"intitule": ""}, "intitule"),
        ({"intitule": 'le "grand" tirage'}, "intitule"),
        ({"intitule": "a\nb"}, "intitule"),
        ({"intitule": "\udce9"}, "intitule"),
        ({"places": 0}, "places"),
        ({"places": 10}, "places-trop-nombreuses"),
        ({"parite": "age"}, "critere-inconnu"),
        ({"proportionnels": ("genre", "age")}, "critere-inconnu"),
        ({"alternance": "age"}, "critere-inconnu"),
        ({"minima": (("age", "16-25", 1),)}, "critere-inconnu"),
        ({"exacts": {"age": {"16-25": 1}}}, "critere-inconnu"),
        ({"minima": (("genre", "Y", 1),)}, "valeur-inconnue"),
        ({"minima": (("genre", "Y", 0),)}, "valeur-inconnue"),
        ({"minima": (("genre", "F", -1),)}, "quota-nombre"),
        ({"exacts": {"genre": {"Y": 1}}}, "valeur-inconnue"),
        ({"exacts": {"genre": {"F": -1}}}, "quota-nombre"),
        ({"extra": {"places": 3}}, "champ-reserve"),
        ({"extra": {"certificat": None}}, "champ-reserve"),
        ({"identites_sha256": "abc"}, "protocole-champ"),
        ({"rapport_sha256": "abc"}, "protocole-champ"),
        ({"extra": {"note": 'a"b'}}, "json-canonique"),
        ({"extra": {"note": 1.5}}, "json-nombre"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused(asked: dict[str, Any], code: str) -> None:
    registre = parse_registre(register(F=5, M=4))
    with pytest.raises(InputError) as caught:
        make_protocole(registre, Demande(**({"tirage": "t", "intitule": "T", "places": 2} | asked)))
    assert caught.value.code == code


BINARY = st.sampled_from(["0", "1", "2"])


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Few residents, up to three criteria, arbitrary bounds: small enough to look at every panel."""
    k = draw(st.integers(1, 3))
    kinds = draw(st.sets(st.tuples(*[BINARY] * k), min_size=1, max_size=5))
    effectifs = {"|".join(kind): draw(st.integers(1, 4)) for kind in sorted(kinds)}
    places = draw(st.integers(1, min(5, sum(effectifs.values()))))
    quotas: dict[str, dict[str, tuple[int, int]]] = {}
    for position, critere in enumerate("abc"[:k]):
        for value in sorted({kind[position] for kind in kinds} | {"absent"}):
            bounds = draw(st.none() | st.tuples(st.integers(0, places + 1), st.integers(0, places)))
            if bounds:
                quotas.setdefault(critere, {})[value] = bounds
    return Problem(tuple("abc"[:k]), effectifs, places, quotas)


def is_feasible(problem: Problem, quotas: dict[str, dict[str, tuple[int, int]]]) -> bool:
    panels = compositions(dict(problem.effectifs), problem.places)
    return any(respects(panel, list(problem.criteres), quotas) for panel in panels)


def only(problem: Problem, bounds: list[tuple[str, str, str, int]]) -> dict[str, dict[str, tuple[int, int]]]:
    """Quotas where only these bounds are asked."""
    quotas: dict[str, dict[str, tuple[int, int]]] = {}
    for critere, value, side, places in bounds:
        low, high = quotas.setdefault(critere, {}).get(value, (0, problem.places))
        quotas[critere][value] = (places, high) if side == "min" else (low, places)
    return quotas


@given(problems())
@settings(deadline=None, max_examples=120)
def test_a_clash_is_irreducible_and_its_relaxation_works_and_is_the_smallest(problem: Problem) -> None:
    quotas = {c: dict(entry) for c, entry in problem.quotas.items()}
    if is_feasible(problem, quotas):
        require_feasible(problem)
        return
    with pytest.raises(InputError) as caught:
        require_feasible(problem)
    assert caught.value.code == "quotas-incompatibles"
    clash = caught.value.params["quotas"]
    assert not is_feasible(problem, only(problem, clash))
    for fewer in itertools.combinations(clash, len(clash) - 1):
        assert is_feasible(problem, only(problem, list(fewer)))
    for critere, value, side, places in clash:
        assert quotas[critere][value][side == "max"] == places
    moved = 0
    for critere, value, old, new in caught.value.params["relachement"]:
        assert quotas[critere][value] == old != new
        assert 0 <= new[0] <= old[0]
        assert old[1] <= new[1]
        moved += old[0] - new[0] + new[1] - old[1]
        quotas[critere][value] = new
    assert is_feasible(problem, quotas)
    assert moved == min(distance(problem, panel) for panel in compositions(dict(problem.effectifs), problem.places))


def distance(problem: Problem, panel: dict[str, int]) -> int:
    """By how many units this panel leaves the bounds."""
    total = 0
    for critere, entry in problem.quotas.items():
        for value, (low, high) in entry.items():
            places = value_places(panel, problem.criteres.index(critere), value)
            total += max(low - places, 0) + max(places - high, 0)
    return total


def test_the_first_criteria_are_spared() -> None:
    """Parity, sectors and an impossible minimum: what gives way is the minimum."""
    rows = [(f"{i:02}", "", "FM"[i % 2], "AB"[i // 2 % 2], "jeune" if i < 3 else "autre") for i in range(20)]
    registre = parse_registre(write_registre(["genre", "secteur", "age"], rows))
    with pytest.raises(InputError) as caught:
        make_protocole(
            registre,
            Demande("t", "T", 8, parite="genre", proportionnels=("secteur",), minima=(("age", "jeune", 5),)),
        )
    assert caught.value.params["quotas"] == [("age", "jeune", "min", 5)]
    assert caught.value.params["relachement"] == [("age", "jeune", (5, 8), (3, 8))]


def test_clashes_that_only_whole_places_have() -> None:
    """Half of each pair of three would do; whole places can't: an odd sum must be even."""
    effectifs = {"1|1|0": 2, "1|0|1": 2, "0|1|1": 2, "0|0|0": 2}
    quotas = {c: {"1": (1, 1)} for c in "abc"}
    problem = Problem(("a", "b", "c"), effectifs, 2, quotas)
    with pytest.raises(InputError) as caught:
        require_feasible(problem)
    assert caught.value.code == "quotas-incompatibles"
    assert len(caught.value.params["quotas"]) >= 3
