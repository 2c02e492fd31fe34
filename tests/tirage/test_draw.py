"""The draw: the published vectors, and the naive reading of the method on anything else."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tirage_reference import VECTORS, canonical, sha
from tirage_reference import draw as naive_draw
from tirage_strategies import Drawable, drawables, protocol_of

from tirage import InputError, draw, graine, odds, parse_protocole, ticket, verify
from tirage.walk import take_turns

TIRAGES = pytest.mark.parametrize("vector", VECTORS["tirages"], ids=lambda vector: vector["nom"])


@TIRAGES
def test_vector_is_drawn(vector: dict[str, Any]) -> None:
    result = draw(vector["registre"].encode(), vector["protocole"].encode(), vector["des"])
    assert json.loads(result.data) == vector["resultat"]
    assert result.data == canonical(vector["resultat"])
    assert result.protocole_sha256 == vector["protocole_sha256"]


@TIRAGES
def test_vector_is_verified(vector: dict[str, Any]) -> None:
    report = verify(vector["registre"].encode(), vector["protocole"].encode(), canonical(vector["resultat"]))
    assert {kind: list(chance) for kind, chance in report.chances.items()} == vector["chances"]
    assert report.borne == (tuple(vector["borne"]) if vector["borne"] else None)
    assert report.places == len(vector["resultat"]["liste"])


@TIRAGES
def test_naive_reading_agrees_with_vector(vector: dict[str, Any]) -> None:
    protocol = json.loads(vector["protocole"])
    assert naive_draw(vector["registre"], protocol, vector["des"]) == vector["resultat"]


@given(drawables())
@settings(deadline=None, max_examples=150)
def test_draw_is_the_naive_reading(case: Drawable) -> None:
    result = draw(case.register.encode(), case.protocol_data, case.dice)
    assert json.loads(result.data) == naive_draw(case.register, case.protocol, case.dice)
    report = verify(case.register.encode(), case.protocol_data, result.data)
    assert report.places == case.protocol["places"]


@given(st.integers(0, 10**9), st.sampled_from([1, 5, 40]), st.booleans(), st.sampled_from([0, 3, 60]))
@settings(deadline=None, max_examples=25)
def test_low_tickets_are_enough(seed: int, places: int, unique: bool, crowd: int) -> None:
    """Large types, so that only low tickets are kept; crowded households, so that they may not be enough."""
    rng = random.Random(seed)
    homes = [rng.choice(["", "tour", "tour", *map(str, range(crowd))]) for _ in range(1500)]
    kinds = [rng.choice("FFFM") for _ in homes]
    lines = [f"{i:04};{home};{kind}" for i, (home, kind) in enumerate(zip(homes, kinds, strict=True))]
    register = "\n".join(["numero;foyer;genre", *lines, ""])
    row = {"F": places, "M": min(places, 2)}
    protocol = protocol_of(register, [(10_000, row)], foyer_unique=unique, alternance="genre")
    dice = f"{rng.randrange(10**24):024}"
    result = draw(register.encode(), canonical(protocol), dice)
    assert json.loads(result.data) == naive_draw(register, protocol, dice)


def test_one_tower_needs_more_tickets_then_the_second_walk() -> None:
    """Nearly everybody lives together: the first tickets cannot fill the panel, and at last nobody's can."""
    for alone, exception in ((60, False), (20, True)):
        lines = [f"{i:04};{'' if i < alone else 'tour'};F" for i in range(3000)]
        register = "\n".join(["numero;foyer;genre", *lines, ""])
        protocol = protocol_of(register, [(10_000, {"F": 40})])
        result = draw(register.encode(), canonical(protocol), "3" * 24)
        assert result.foyer_exception is exception
        assert json.loads(result.data) == naive_draw(register, protocol, "3" * 24)


def test_small_pure_functions() -> None:
    seed = graine("ab" * 32, "0123")
    assert seed == f"conseil-1|{'ab' * 32}|0123"
    assert ticket(seed, "007") == sha(f"{seed}|ticket|007")
    assert take_turns([[1, 2, 3], [], [4]]) == [1, 4, 2, 3]
    assert take_turns([]) == []


@pytest.mark.parametrize(
    ("dice", "code"),
    [
        ("0" * 23, "des-nombre"),
        ("0" * 25, "des-nombre"),
        ("", "des-chiffres"),
        ("0" * 23 + " ", "des-chiffres"),
        ("0" * 23 + "٣", "des-chiffres"),
        ("0" * 23 + "²", "des-chiffres"),
        ("-" + "0" * 23, "des-chiffres"),
    ],
)
def test_dice_are_refused(dice: str, code: str) -> None:
    vector = VECTORS["tirages"][0]
    with pytest.raises(InputError) as caught:
        draw(vector["registre"].encode(), vector["protocole"].encode(), dice)
    assert (caught.value.code, caught.value.check) == (code, "des")


def test_every_row_of_the_table_is_reached_by_its_numbers() -> None:
    protocol = parse_protocole(VECTORS["tirages"][0]["protocole"].encode())
    reached = [protocol.row_of(composition) for composition in range(protocol.lignes)]
    assert reached == [row for n, row in protocol.table for _ in range(n)]


def test_odds_are_fractions_and_words() -> None:
    vector = VECTORS["tirages"][10]
    found = odds(parse_protocole(vector["protocole"].encode()))
    assert {kind: list(chance.fraction) for kind, chance in found.items()} == vector["chances"]
    assert found["10"].un_sur == "8.00"
    assert found["Zup+"].un_sur is None
    assert list(found) == sorted(found)
