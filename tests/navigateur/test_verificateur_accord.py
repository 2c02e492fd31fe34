"""The two verifiers, Python and JavaScript, must never differ: random draws, and random damage to them."""

import json
from typing import Any

import pytest
from bibliotheque import python_check, python_draw
from fichiers_tirage import sha256
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registres_alea import draws, spoilt

import tirage

pytestmark = pytest.mark.navigateur

QUICK = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@QUICK
@given(case=draws())
def test_same_draw_and_same_report(core: Any, case: tuple[str, str, str]) -> None:
    registre, protocole, dice = case
    drawn = core.draw(registre, protocole, dice)
    assert drawn == python_draw(registre, protocole, dice)
    if isinstance(drawn, str):  # a certificate that proves nothing, or too large
        return
    report = core.verify(registre, protocole, json.dumps(drawn))
    theirs = tirage.verify(registre.encode(), protocole.encode(), json.dumps(drawn).encode())
    assert report["verifie"] is True
    for name in ("tirage", "repetition", "intitule", "protocole_sha256", "places", "plus_grand_foyer"):
        assert report[name] == getattr(theirs, name)
    assert [int(n) for n in report["chance_minimale"]] == list(theirs.chance_minimale)
    assert (report["borne"] and [int(n) for n in report["borne"]]) == (theirs.borne and list(theirs.borne))
    ours = {entry["groupe"]: tuple(int(n) for n in entry["chance"]) for entry in report["chances"]}
    assert ours == dict(theirs.chances)


@QUICK
@given(data=st.data(), case=draws())
def test_same_refusal(core: Any, data: st.DataObject, case: tuple[str, str, str]) -> None:
    registre, protocole, dice = case
    drawn = core.draw(registre, protocole, dice)
    if isinstance(drawn, str):
        drawn = {"methode": "conseil-1", "protocole_sha256": sha256(protocole), "des": dice}
        drawn |= {"composition": 0, "foyer_exception": False, "liste": []}
    resultat = json.dumps(drawn, ensure_ascii=False)
    damaged = data.draw(st.lists(spoilt(registre, protocole, resultat), min_size=10, max_size=10))
    assert core.checks_of(damaged) == [python_check(*files) for files in damaged]


def test_same_protocol_made_from_a_demand(core: Any) -> None:
    """A protocol that the library makes, with its certificate, draws the same list in the browser."""
    people = [f"{n:03d};{'abc'[n % 3] if n % 4 else ''};{'FM'[n % 2]};{'xyz'[n * n % 3]}" for n in range(300)]
    registre = ("numero;foyer;genre;secteur\n" + "\n".join(people) + "\n").encode()
    demande = tirage.Demande(tirage="accord", intitule="Accord", places=12, parite="genre", proportionnels=("secteur",))
    protocole = tirage.make_protocole(tirage.parse_registre(registre), demande).data
    dice = "3" * json.loads(protocole)["nombre_des"]
    drawn = core.draw(registre, protocole, dice)
    assert drawn == python_draw(registre.decode(), protocole.decode(), dice)
    assert core.verify(registre, protocole, json.dumps(drawn))["borne"] is not None
