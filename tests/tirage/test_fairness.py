"""Protocols made: fair (leximin, checked in exact fractions), proved so, numbered for the dice."""

import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from exact_leximin import leximin as exact_leximin
from exact_leximin import maximise
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_quotas import problems
from tirage_reference import canonical, chances, compositions, residents, respects
from tirage_reference import draw as naive_draw
from tirage_strategies import registers

from tirage import Demande, InputError, Source, draw, make_protocole, parse_registre, verify, write_registre
from tirage.certificat import allowance, ceiling
from tirage.decomposition import decompose, fairest_mixture
from tirage.feasibility import require_feasible
from tirage.leximin import Duals, leximin
from tirage.numbering import number_rows
from tirage.problem import Problem
from tirage.proof import make_certificat

ODD = {"0|0|1": 2, "0|1|0": 2, "1|0|0": 3, "1|1|1": 4}
"""Eleven people, four places, three criteria, each shared out in proportion: fractions of places give everyone
4 chances in 11, whole places no more than 1 in 3 to all."""


@st.composite
def requests(draw: st.DrawFn) -> tuple[bytes, Demande]:
    register = draw(registers(most=60))
    criteria = register.split("\n")[0].split(";")[2:]
    people = residents(register)
    minima = []
    for position, critere in enumerate(criteria):
        if draw(st.integers(0, 3)) == 0:
            value = draw(st.sampled_from([kind.split("|")[position] for _, _, kind in people]))
            minima.append((critere, value, draw(st.integers(0, 2))))
    return register.encode(), Demande(
        tirage="essai",
        intitule="Un essai d'été",
        places=draw(st.integers(1, min(12, len(people)))),
        parite=draw(st.sampled_from([None, *criteria])),
        proportionnels=tuple(draw(st.lists(st.sampled_from(criteria), unique=True))) if criteria else (),
        minima=tuple(minima),
        foyer_unique=draw(st.booleans()),
    )


@given(requests(), st.integers(0, 10**30 - 1))
@settings(deadline=None, max_examples=60)
def test_a_protocol_made_is_kept_drawn_and_verified(request: tuple[bytes, Demande], dice: int) -> None:
    register, demande = request
    try:
        made = make_protocole(parse_registre(register), demande)
    except InputError as error:
        if error.code in ("quotas-incompatibles", "parite-valeurs"):
            return
        raise
    protocol = json.loads(made.data)
    assert canonical(protocol) == made.data
    assert protocol["alternance"] == demande.parite
    for _, row in protocol["table"]:
        assert sum(row.values()) == demande.places
        assert respects(row, protocol["criteres"], protocol["quotas"])
        assert all(0 < n <= protocol["effectifs"][kind] for kind, n in row.items())
    digits = f"{dice:030}"[: protocol["nombre_des"]]
    result = draw(register, made.data, digits)
    assert json.loads(result.data) == naive_draw(register.decode(), protocol, digits)
    report = verify(register, made.data, result.data)
    least = min(chances(protocol).values())
    assert Fraction(*report.chance_minimale) == least
    assert report.borne is not None
    assert least <= Fraction(*report.borne)
    if made.reaches_optimum and made.is_close:
        assert least >= Fraction(*report.borne) * Fraction(9989, 10000)
    for kind, optimum in made.optimum.items():
        assert abs(float(chances(protocol)[kind]) - optimum) <= made.deviation * optimum + 1e-12


def test_a_group_taken_whole_is_not_taken_more_than_whole() -> None:
    """Every resident of a type is certain to be drawn: the solver's 1.0000000001 place is one place."""
    kinds = {"F|Bégon|16-25": 8, "M|Bégon|16-25": 1, "F|Bégon|26+": 3, "M|Bégon|26+": 1, "F|Coty|16-25": 1}
    kinds |= {"F|Coty|26+": 1}
    people = [kind.split("|") for kind, n in kinds.items() for _ in range(n)]
    register = write_registre(["genre", "secteur", "âge"], [(f"{i:02}", "", *kind) for i, kind in enumerate(people)])
    made = make_protocole(parse_registre(register), Demande("t", "T", 11, parite="âge"))
    assert made.protocole.types_chances()["F|Coty|26+"] == (1, 1)


def panels_of(problem: Problem) -> list[list[int]]:
    """Every composition within the quotas."""
    rows = compositions(dict(problem.effectifs), problem.places)
    quotas = {c: dict(entry) for c, entry in problem.quotas.items()}
    return [[row[kind] for kind in problem.types] for row in rows if respects(row, list(problem.criteres), quotas)]


def exact_ceiling(problem: Problem) -> Fraction:
    """The best least chance when places can be split, in exact fractions."""
    kinds = len(problem.types)
    columns = kinds + 1 + kinds * 2 + 2 * len(problem.labels)
    rows: list[list[Fraction]] = []
    bounds: list[Fraction] = []

    def add(entries: dict[int, int], bound: int, slack: int = 0) -> None:
        row = [Fraction(0)] * columns
        for column, value in entries.items():
            row[column] = Fraction(value)
        if slack:
            row[kinds + 1 + slack_count[0]] = Fraction(slack)
            slack_count[0] += 1
        rows.append(row)
        bounds.append(Fraction(bound))

    slack_count = [0]
    for kind, count in enumerate(problem.residents.tolist()):
        add({kind: 1, kinds: -count}, 0, -1)
        add({kind: 1}, count, 1)
    add(dict.fromkeys(range(kinds), 1), problem.places)
    for row, low, high in zip(problem.membership.tolist(), problem.lower.tolist(), problem.upper.tolist(), strict=True):
        add({kind: int(n) for kind, n in enumerate(row)}, low, -1)
        add({kind: int(n) for kind, n in enumerate(row)}, high, 1)
    cost = [Fraction(column == kinds) for column in range(columns)]
    found = maximise(cost, rows, bounds)
    assert found is not None
    return found[0]


def optimum_of(problem: Problem) -> tuple[list[float], bool]:
    """Chances at the optimum found, and whether whole places reach the optimum of fractions."""
    best = leximin(problem)
    mixture = decompose(problem, best.expected)
    expected = best.expected if mixture else fairest_mixture(problem).expected
    return (expected / problem.residents).tolist(), mixture is not None


@given(problems())
@settings(deadline=None, max_examples=60)
def test_the_optimum_is_the_exact_leximin(problem: Problem) -> None:
    try:
        require_feasible(problem)
    except InputError:
        return
    found, _ = optimum_of(problem)
    exact = exact_leximin(panels_of(problem), problem.residents.tolist())
    assert found == pytest.approx([float(chance) for chance in exact], rel=1e-5, abs=1e-9)


@given(problems())
@settings(deadline=None, max_examples=60)
def test_the_certificate_is_a_tight_proof(problem: Problem) -> None:
    try:
        require_feasible(problem)
    except InputError:
        return
    best = leximin(problem)
    least = float((best.expected / problem.residents).min())
    certificat = make_certificat(problem, best.duals, least)
    exact = exact_ceiling(problem)
    assert least == pytest.approx(float(exact), rel=1e-6, abs=1e-9)
    assert certificat is not None
    proved = Fraction(*ceiling(problem, certificat))
    assert exact <= proved <= exact * Fraction(1_000_002, 1_000_000)
    numbers = [certificat.u, *certificat.poids.values(), *certificat.types.values()]
    numbers += [n for side in (certificat.max, certificat.min) for entry in side.values() for n in entry.values()]
    assert all(abs(n) < 2**53 for n in numbers)
    assert all(n > 0 for n in numbers[1:])


POSITIVE = st.floats(0, 3)


@given(st.floats(-3, 3), st.tuples(*[POSITIVE] * 3), st.tuples(*[POSITIVE] * 2), st.tuples(*[POSITIVE] * 2))
@settings(deadline=None, max_examples=60)
def test_any_multipliers_give_a_valid_proof(
    u: float, types: tuple[float, ...], high: tuple[float, ...], low: tuple[float, ...]
) -> None:
    """Whatever the solver says, rounding gives inequalities that hold; checked against the exact optimum."""
    problem = Problem(("a", "b"), {"0|0": 3, "0|1": 2, "1|0": 4}, 4, {"a": {"0": (1, 3)}, "b": {"0": (2, 3)}})
    duals = Duals(u, np.array(types), np.array(high), np.array(low))
    assume(max(abs(u), *types, *high, *low) > 1e-3)
    certificat = make_certificat(problem, duals, 0.0)
    if certificat is None:
        return
    assert all(n > 0 for n in (*certificat.poids.values(), *certificat.types.values()))
    for kind in problem.types:
        assert certificat.poids.get(kind, 0) <= allowance(problem, certificat, kind)
    assert Fraction(*ceiling(problem, certificat)) >= exact_ceiling(problem)


@pytest.mark.parametrize(("multiplier", "u"), [(0.013, 39), (0.5, 2), (1.0, 1)])
def test_integers_are_as_large_as_the_proof_needs_and_no_larger(multiplier: float, u: int) -> None:
    """A multiplier of 13 thousandths must not be lost; one of a half is worth 1 beside 2."""
    problem = Problem(("a",), {"0": 50, "1": 50}, 10, {"a": {"0": (0, 4)}})
    duals = Duals(1.0, np.zeros(2), np.array([multiplier]), np.zeros(1))
    proved = (10 + 4 * multiplier) / (100 + 50 * multiplier)
    certificat = make_certificat(problem, duals, proved)
    assert certificat is not None
    assert (certificat.u, certificat.max) == (u, {"a": {"0": 1}})
    assert Fraction(*ceiling(problem, certificat)) <= proved * 1.000001


def odd_register() -> bytes:
    kinds = [kind.split("|") for kind, n in ODD.items() for _ in range(n)]
    return write_registre(["a", "b", "c"], [(f"{i:02}", "", *kind) for i, kind in enumerate(kinds)])


def test_whole_places_may_not_reach_what_fractions_promise() -> None:
    made = make_protocole(parse_registre(odd_register()), Demande("t", "T", 4, proportionnels=("a", "b", "c")))
    assert not made.reaches_optimum
    assert made.is_close
    problem = Problem(("a", "b", "c"), ODD, 4, made.protocole.quotas)
    exact = exact_leximin(panels_of(problem), problem.residents.tolist())
    assert min(exact) == Fraction(1, 3)
    found = [float(Fraction(*chance)) for chance in made.protocole.types_chances().values()]
    assert found == pytest.approx([float(chance) for chance in exact], rel=1e-3)
    assert made.protocole.certificat is not None
    assert Fraction(*ceiling(made.protocole, made.protocole.certificat)) == Fraction(4, 11)


def test_a_real_size_is_fair_close_and_made_of_sensible_panels() -> None:
    """Two genders, four sectors: everyone of a gender has one chance, each row resembles the average."""
    counts = {"F|Bégon": 496, "F|Coty": 1168, "F|Croix Chevalier": 1132, "F|Kennedy": 924}
    counts |= {"M|Bégon": 496, "M|Coty": 1187, "M|Croix Chevalier": 1222, "M|Kennedy": 893}
    kinds = [kind.split("|") for kind, n in counts.items() for _ in range(n)]
    register = write_registre(["genre", "secteur"], [(f"{i:04}", "", *kind) for i, kind in enumerate(kinds)])
    made = make_protocole(parse_registre(register), Demande("t", "T", 32, parite="genre", proportionnels=("secteur",)))
    assert made.reaches_optimum
    assert made.is_close
    assert made.protocole.lignes == 10_000
    women, men = (sum(n for kind, n in counts.items() if kind[0] == gender) for gender in "FM")
    for kind, (numerator, denominator) in made.protocole.types_chances().items():
        assert numerator / denominator == pytest.approx(16 / (women if kind[0] == "F" else men), rel=1e-3)
        expected = made.optimum[kind] * counts[kind]
        assert all(abs(row.get(kind, 0) - expected) < 1 for _, row in made.protocole.table)
    assert made.protocole.certificat is not None
    assert max(made.protocole.certificat.poids.values()) == 1


def test_three_criteria_and_many_types() -> None:
    """Thirty-two types of uneven sizes: many compositions must be found before the mixture is right."""
    kinds = [(g, s, a) for g in "FM" for s in ("Bégon", "Coty", "Croix Chevalier", "Kennedy") for a in "1234"]
    counts = {kind: 40 + 13 * i * i % 307 for i, kind in enumerate(kinds)}
    people = [kind for kind, n in counts.items() for _ in range(n)]
    register = write_registre(["genre", "secteur", "âge"], [(f"{i:04}", "", *kind) for i, kind in enumerate(people)])
    demande = Demande("t", "T", 32, parite="genre", proportionnels=("secteur", "âge"))
    made = make_protocole(parse_registre(register), demande)
    assert made.reaches_optimum
    assert made.is_close
    least = min(Fraction(*chance) for chance in made.protocole.types_chances().values())
    assert made.protocole.certificat is not None
    proved = Fraction(*ceiling(made.protocole, made.protocole.certificat))
    assert proved * Fraction(999, 1000) <= least <= proved


@pytest.mark.parametrize(
    ("counts", "lignes", "is_close"),
    [
        ({"a": 3, "b": 5}, 10_000, True),
        ({"a": 9_990, "b": 10}, 10_000, True),
        ({"a": 496, "b": 1}, 100_000, True),
        ({"a": 99_993, "b": 7}, 100_000, True),
        ({"a": 999_993, "b": 7}, 1_000_000, True),
        ({"a": 1_299_999, "b": 1}, 1_000_000, False),
    ],
)
def test_the_table_is_the_smallest_that_is_close(counts: dict[str, int], lignes: int, is_close: bool) -> None:
    problem = Problem(("c",), counts, 3, {})
    best = leximin(problem)
    mixture = decompose(problem, best.expected)
    assert mixture is not None
    numbering = number_rows(mixture, best.expected)
    assert numbering.counts.sum() == numbering.lignes == lignes
    shares = Fraction(3, sum(counts.values()))
    found = [Fraction(n, lignes) for n in (numbering.counts @ mixture.compositions).tolist()]
    gaps = [abs(n / (shares * count) - 1) for n, count in zip(found, counts.values(), strict=True)]
    assert numbering.deviation == pytest.approx(float(max(gaps)), abs=1e-9)
    assert (numbering.deviation <= 0.001) is is_close


def test_a_group_without_a_place_has_no_chance_and_that_is_proved_too() -> None:
    register = write_registre(["genre"], [(f"{i}", "", "FM"[i % 2]) for i in range(6)])
    demande = Demande("t", "T", 2, exacts={"genre": {"F": 2, "M": 0}}, alternance="genre")
    made = make_protocole(parse_registre(register), demande)
    assert made.protocole.alternance == "genre"
    assert made.protocole.quotas == {"genre": {"F": (2, 2), "M": (0, 0)}}
    assert made.protocole.types_chances() == {"F": (2, 3), "M": (0, 1)}
    assert ceiling(made.protocole, made.protocole.certificat)[0] == 0  # type: ignore[arg-type]


@pytest.mark.parametrize("places", [1, 19])
def test_no_criterion_at_all(places: int) -> None:
    register = write_registre([], [(f"{i:02}", "") for i in range(19)])
    made = make_protocole(parse_registre(register), Demande("t", "T", places, foyer_unique=False))
    protocol = json.loads(made.data)
    assert protocol["table"] == [[10_000, {"": places}]]
    assert protocol["effectifs"] == {"": 19}
    assert ceiling(made.protocole, made.protocole.certificat) == ((places, 19) if places < 19 else (1, 1))  # type: ignore[arg-type]


def test_what_is_asked_is_in_the_protocol() -> None:
    register = odd_register()
    demande = Demande(
        tirage="essai-1",
        intitule="Répétition d’avril",
        places=3,
        foyer_unique=False,
        alternance="b",
        repetition=True,
        identites_sha256="1" * 64,
        sources=(Source("liste.csv", "2" * 64, 12),),
        rapport_sha256="3" * 64,
        extra={"coupes": [12, 12], "date": "2026-11-02"},
    )
    made = make_protocole(parse_registre(register), demande)
    fields: dict[str, Any] = json.loads(made.data)
    assert fields["sources"] == [{"fichier": "liste.csv", "sha256": "2" * 64, "lignes": 12}]
    expected = {
        "methode": "conseil-1",
        "tirage": "essai-1",
        "intitule": "Répétition d’avril",
        "places": 3,
        "criteres": ["a", "b", "c"],
        "alternance": "b",
        "foyer_unique": False,
        "repetition": True,
        "identites_sha256": "1" * 64,
        "rapport_sha256": "3" * 64,
        "coupes": [12, 12],
        "date": "2026-11-02",
        "effectifs": ODD,
        "quotas": {},
    }
    assert {name: fields[name] for name in expected} == expected
    assert made.protocole.sources == demande.sources
    assert fields["nombre_des"] == 20 + len(str(fields["lignes"])) - 1
    assert made.sha256 == made.protocole.sha256
    assert set(made.chances) == set(ODD)
