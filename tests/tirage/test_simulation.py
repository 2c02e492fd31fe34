"""Pretended draws: the same panels as the reference walk, and the chances that real tickets give."""

import itertools
from collections import Counter
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tirage_reference import canonical, residents, walk
from tirage_reference import draw as naive_draw
from tirage_strategies import Drawable, drawables, protocol_of

from tirage import parse_protocole, parse_registre, simulate
from tirage.pretending import People, pretend, ticket_order

HOMES = ["", "", "", "", "a", "a", "b", "b", "b", "c", "c", "c", "c", "d", "d", "", "", "e", "e", ""]
REGISTER = "\n".join(["numero;foyer;genre", *(f"{i:02};{home};{'FM'[i % 2]}" for i, home in enumerate(HOMES)), ""])
PROTOCOL = protocol_of(REGISTER, [(7000, {"F": 3, "M": 3}), (3000, {"F": 4, "M": 2})])


@given(drawables(), st.integers(0, 10**6))
@settings(deadline=None, max_examples=80)
def test_pretended_panels_are_those_of_the_reference_walk(case: Drawable, seed: int) -> None:
    registre = parse_registre(case.register.encode())
    rng = np.random.default_rng(seed)
    people = People(registre, case.protocol["foyer_unique"])
    row = case.protocol["table"][0][1]
    everyone = residents(case.register)
    pretended = pretend(people, row, 5, rng)
    exceptions = 0
    for draw, free in enumerate(pretended.free):
        kinds = Counter(everyone[i][2] for i in free.tolist())
        assert kinds == row
        assert len(set(free.tolist())) == len(free)
        taken = pretended.ruled.get(draw, free)
        homes = Counter(everyone[i][1] for i in taken.tolist() if everyone[i][1])
        assert Counter(everyone[i][2] for i in taken.tolist()) == row
        if draw not in pretended.ruled and people.foyer_unique:
            assert all(n == 1 for n in homes.values())
        exceptions += people.foyer_unique and any(n > 1 for n in homes.values())
    assert pretended.exceptions == exceptions
    places = {kind: row[word] for kind, word in enumerate(people.words) if word in row}
    order = list(ticket_order(people, places, pretended.free[0], rng))
    concerned = [i for i, person in enumerate(everyone) if person[2] in row]
    assert sorted(order) == concerned
    first = [i for i in order if i in set(pretended.free[0].tolist())]
    plain, _ = walk([everyone[i] for i in order], row, False)
    assert {person[0] for person in plain} == {everyone[i][0] for i in first}


@given(drawables(), st.integers(0, 10**6))
@settings(deadline=None, max_examples=80)
def test_pretended_walks_are_the_naive_one_on_their_own_order(case: Drawable, seed: int) -> None:
    """The same generator gives the same tickets: once inside `pretend`, once laid out whole."""
    registre, everyone = parse_registre(case.register.encode()), residents(case.register)
    row = case.protocol["table"][0][1]
    pretended = pretend(People(registre, True), row, 1, np.random.default_rng(seed))
    rng = np.random.default_rng(seed)
    people = People(registre, False)
    free = pretend(people, row, 1, rng).free[0]
    places = {kind: row[word] for kind, word in enumerate(people.words) if word in row}
    order = [everyone[i] for i in ticket_order(people, places, free, rng)]
    taken, exception = walk(order, row, True)
    found = pretended.ruled.get(0, pretended.free[0]).tolist()
    assert {everyone[i][0] for i in found} == {person[0] for person in taken}
    assert pretended.exceptions == exception


def test_simulated_chances_are_those_of_real_tickets() -> None:
    """The same register drawn with real dice, 2,500 times, by the naive reading."""
    registre, protocole = parse_registre(REGISTER.encode()), parse_protocole(canonical(PROTOCOL))
    draws, real = 20_000, 2_500
    simulated = simulate(registre, protocole, draws, seed=1).taken / draws
    found: Counter[str] = Counter()
    rng = np.random.default_rng(2)
    for digits in rng.integers(10, size=(real, 24)).tolist():
        dice = "".join(map(str, digits))
        found.update(place["numero"] for place in naive_draw(REGISTER, PROTOCOL, dice)["liste"])
    for chance, number in zip(simulated, registre.numeros, strict=True):
        error = sqrt(chance * (1 - chance) * (1 / draws + 1 / real))
        assert abs(found[number] / real - chance) < 4.5 * error


def test_the_effect_is_the_gap_between_simulated_and_published_chances() -> None:
    registre, protocole = parse_registre(REGISTER.encode()), parse_protocole(canonical(PROTOCOL))
    draws = 15_000
    simulation = simulate(registre, protocole, draws, seed=3)
    sizes = [HOMES.count(home) if home else 1 for home in HOMES]
    assert list(simulation.sizes) == sorted(set(sizes))
    assert simulation.taken.sum() == 6 * draws
    chances = protocole.types_chances()
    total = 0.0
    for size, effect in simulation.sizes.items():
        living = [i for i, n in enumerate(sizes) if n == size]
        published = sum(chances[registre.types[i]][0] / chances[registre.types[i]][1] for i in living)
        taken = simulation.taken[living].sum() / draws
        assert effect.residents == len(living)
        assert effect.expected == pytest.approx(published)
        assert taken == pytest.approx(published * (1 + effect.effect), abs=6 * sqrt(published / draws))
        assert 0 < effect.error < 0.02
        total += effect.expected * effect.effect
    assert total == pytest.approx(0, abs=1e-9)
    assert simulation.sizes[4].effect < -5 * simulation.sizes[4].error
    assert simulation.sizes[1].effect > 5 * simulation.sizes[1].error


def test_without_the_household_rule_nothing_moves() -> None:
    registre = parse_registre(REGISTER.encode())
    protocole = parse_protocole(canonical(PROTOCOL | {"foyer_unique": False}))
    draws = 30_000
    simulation = simulate(registre, protocole, draws, seed=5)
    assert {effect.effect for effect in simulation.sizes.values()} == {0.0}
    for i, taken in enumerate(simulation.taken.tolist()):
        chance = np.divide(*protocole.types_chances()[registre.types[i]])
        assert abs(taken / draws - chance) < 4.5 * sqrt(chance * (1 - chance) / draws)


def test_the_same_seed_gives_the_same_draws() -> None:
    registre, protocole = parse_registre(REGISTER.encode()), parse_protocole(canonical(PROTOCOL))
    again = [simulate(registre, protocole, 500).taken.tolist() for _ in range(2)]
    assert again[0] == again[1] != simulate(registre, protocole, 500, seed=1).taken.tolist()
    fields = PROTOCOL | {"tirage": "autre"}
    assert again[0] != simulate(registre, parse_protocole(canonical(fields)), 500).taken.tolist()


def test_exceptions_are_counted() -> None:
    register = "\n".join(["numero;foyer", *(f"{i};{'ab'[i % 2]}" for i in range(8)), ""])
    protocole = parse_protocole(canonical(protocol_of(register, [(10_000, {"": 3})])))
    steps = []
    simulation = simulate(parse_registre(register.encode()), protocole, 50, progress=lambda *step: steps.append(step))
    assert simulation.exceptions == 50
    assert list(simulation.sizes) == [4]
    assert steps == [("simulation", 50, 50)]


def test_orders_of_tickets_are_all_as_likely() -> None:
    """Two types of 2 and 1: by symmetry, each of the six orders of three residents once in six."""
    register = "numero;foyer;genre\n1;;F\n2;;F\n3;;M\n"
    people = People(parse_registre(register.encode()), True)
    rng = np.random.default_rng(7)
    found: Counter[tuple[int, ...]] = Counter()
    for _ in range(6000):
        free = pretend(people, {"F": 1, "M": 1}, 1, rng).free[0]
        found[tuple(ticket_order(people, {0: 1, 1: 1}, free, rng))] += 1
    assert set(found) == set(itertools.permutations(range(3)))
    assert all(abs(n - 1000) < 4.5 * sqrt(1000 * 5 / 6) for n in found.values())


def test_rows_are_chosen_by_their_numbers() -> None:
    """One number in ten thousand gives two women: some 20 draws of 200,000, never none."""
    register = "numero;foyer;genre\n1;;F\n2;;F\n3;;M\n4;;M\n"
    protocole = parse_protocole(canonical(protocol_of(register, [(9999, {"F": 1, "M": 1}), (1, {"F": 2})])))
    taken = simulate(parse_registre(register.encode()), protocole, 200_000, seed=11).taken
    assert 0 < taken[:2].sum() - 200_000 < 60
