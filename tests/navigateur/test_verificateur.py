"""The in-browser verifier against the shared vectors, and byte for byte against Python's own tools."""

import json
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from fichiers_tirage import DICE, SIMPLE, VECTORS, sha256, trio

pytestmark = pytest.mark.navigateur

CHECKS = [
    "forme",
    "empreinte-protocole",
    "empreinte-registre",
    "registre",
    "effectifs",
    "table",
    "certificat",
    "des",
    "composition",
    "foyer_exception",
    "liste",
]


@pytest.mark.parametrize("vector", VECTORS["tirages"], ids=lambda v: v["nom"])
def test_vector(core: Any, vector: dict[str, Any]) -> None:
    drawn = core.draw(vector["registre"], vector["protocole"], vector["des"])
    assert drawn == vector["resultat"]
    report = core.verify(vector["registre"], vector["protocole"], json.dumps(vector["resultat"]))
    assert report["verifie"] is True
    assert report["controles"] == CHECKS
    assert report["protocole_sha256"] == vector["protocole_sha256"]
    assert {c["groupe"]: [int(n) for n in c["chance"]] for c in report["chances"]} == vector["chances"]
    assert (report["borne"] and [int(n) for n in report["borne"]]) == vector["borne"]
    told = json.loads(vector["protocole"])
    assert [report[key] for key in ("tirage", "repetition", "places", "intitule")] == [
        told[key] for key in ("tirage", "repetition", "places", "intitule")
    ]
    households = [line.split(";")[1] for line in vector["registre"].splitlines()[1:]]
    assert report["plus_grand_foyer"] == max([households.count(foyer) for foyer in households if foyer] + [1])


@pytest.mark.parametrize("refusal", VECTORS["refus"], ids=lambda v: v["nom"])
def test_refusal(core: Any, refusal: dict[str, Any]) -> None:
    report = core.verify(refusal["registre"], refusal["protocole"], refusal["resultat"])
    assert report["verifie"] is False
    assert report["controle"] == refusal["refus"]
    assert report["controles"] == CHECKS[: CHECKS.index(refusal["refus"])]
    json.dumps(report)


def test_sha256_agrees_with_hashlib(core: Any) -> None:
    random = Random(1)
    lengths = [*range(130), 255, 256, 257, 4096, 300_000, *(random.randrange(20_000) for _ in range(60))]
    messages = [random.randbytes(length) for length in lengths]
    hashes = core.sha256_all(messages)
    assert hashes == [sha256(message) for message in messages]


@pytest.mark.parametrize("name", ["constructor", "toString", "hasOwnProperty", "valueOf", "length"])
def test_names_of_the_language_are_ordinary_values(core: Any, name: str) -> None:
    """A criterion, a value, a household and a type may bear the name of an object's own property."""
    registre, protocole = trio(
        f"numero;foyer;{name}\n1;{name};{name}\n2;{name};M\n3;;M\n",
        places=2,
        alternance=name,
        quotas={name: {name: [1, 1], "M": [1, 1]}},
        table=[[10_000, {name: 1, "M": 1}]],
        certificat={"poids": {name: 1}, "u": 0, "types": {}, "max": {name: {name: 1}}, "min": {}},
    )
    report = core.verify(registre, protocole, core.redraw(registre, protocole, DICE))
    assert report["verifie"] is True, report
    assert {c["groupe"]: c["chance"] for c in report["chances"]} == {name: ["1", "1"], "M": ["1", "2"]}
    assert report["borne"] == ["1", "1"]


@pytest.mark.parametrize("key", ["__proto__", "constructor", "10", "2", "é", "😀", "\uffff", ""])
def test_other_fields_may_have_any_name(core: Any, key: str) -> None:
    other = {key: {"__proto__": 1, "constructor": None, "10": [], "2": {}, "\U0001f600": 1, "\uffff": 2}}
    registre, protocole = trio(SIMPLE, **other)
    assert core.check_of(registre, protocole, core.redraw(registre, protocole, DICE)) == ""


def test_keys_are_sorted_by_code_point(core: Any) -> None:
    """UTF-16 order would put U+1F600 before U+FFFF: the protocol must not be accepted that way."""
    registre, right = trio(SIMPLE, autre={"\uffff": 1, "\U0001f600": 2})
    wrong = right.replace('{"\uffff":1,"\U0001f600":2}', '{"\U0001f600":2,"\uffff":1}')
    assert wrong != right
    result = json.loads(core.redraw(registre, right, DICE)) | {"protocole_sha256": sha256(wrong)}
    assert core.check_of(registre, wrong, json.dumps(result)) == "forme"


def test_bound_beyond_2_to_the_53(core: Any) -> None:
    """Products pass 2**53: they are exact, and given as decimal strings."""
    u, weight = 2**53 - 1, 2**53 - 3
    certificate = {"poids": {"F": weight, "M": 1}, "u": u, "types": {"M": u}, "max": {}, "min": {}}
    registre, protocole = trio(SIMPLE, certificat=certificate)
    report = core.verify(registre, protocole, core.redraw(registre, protocole, DICE))
    bound = Fraction(u + u, weight + 1)
    assert report["borne"] == [str(bound.numerator), str(bound.denominator)]


def test_equal_ticket_heads_are_settled_by_the_whole_ticket(core: Any) -> None:
    """Forty thousand residents, and dice under which two share the first bits that the draw sorts by."""
    numbers = [f"{n:05d}" for n in range(40_000)]
    lines = "".join(f"{number};;F\n" for number in numbers)
    registre, protocole = trio("numero;foyer;genre\n" + lines, places=40_000, table=[[10_000, {"F": 40_000}]])

    dice = "0" * 23 + "8"
    graine = f"conseil-1|{sha256(protocole)}|{dice}|ticket|"
    expected = sorted((sha256(graine + number), number) for number in numbers)
    assert len({ticket[:8] for ticket, _ in expected}) < 40_000
    drawn = core.draw(registre, protocole, dice)
    assert [(person["ticket"], person["numero"]) for person in drawn["liste"]] == expected
