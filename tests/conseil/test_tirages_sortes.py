"""The draws of volunteers, associations and ties (R18, R19, R36): same objects, same pages, other witnesses."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

import tirage as method
from conseil.access import Role
from conseil.database import db
from conseil.errors import ConseilError
from conseil.tirages import ceremonie, kinds, services
from conseil.tirages.kinds import DrawRequest, Participant
from conseil.tirages.models import Tirage
from conseil.tirages.state import opened
from tests.conseil.salle import make_compte, roll

ASSOCIATIONS = [f"Association des jardins n° {position}" for position in range(1, 13)]


@pytest.fixture
def base_url(sqlite_model: Path, tmp_path: Path) -> str:
    """SQLite: nothing here depends on the database."""
    path = tmp_path / "conseil.sqlite"
    shutil.copy(sqlite_model, path)
    return f"sqlite:///{path}"


def associations(temoins: str = "seance") -> kinds.Prepared:
    request = DrawRequest("associations", "assos", "Huit sièges ouverts", places=8, temoins_requis=temoins)
    return kinds.prepare(request, [Participant(nom=name) for name in ASSOCIATIONS])


def volunteers() -> kinds.Prepared:
    request = DrawRequest(
        "volontaires", "volontaires", "Volontaires", places=6, criteres=("genre",), quotas={"genre": {"F": 4, "M": 2}}
    )
    return kinds.prepare(request, [Participant(valeurs=("FM"[n % 2],)) for n in range(20)])


def hold(name: str, people: list[tuple[str, str]]) -> Tirage:
    ceremonie.open_room(name)
    sha = opened(name).tirage.protocole_sha256
    witnesses = [ceremonie.write_in(name, quality, who) for quality, who in people]
    for witness in witnesses:
        ceremonie.confirm_aloud(name, witness.id, empreinte=sha)
    ceremonie.set_cups(name, [("La salle", opened(name).tirage.nombre_des)])
    ceremonie.lift(name)
    digits = roll(name)
    ceremonie.read_back(name, digits)
    for witness in witnesses:
        ceremonie.confirm_aloud(name, witness.id, chiffres=digits)
    return opened(name).tirage


def test_associations_before_the_seance_with_public_names(app: Flask) -> None:
    prepared = associations()
    draw = hold("assos", [("seance", "Séance du 12 mai")])
    assert draw.etat == "tire"
    assert [d.identifiant for d in services.counting("associations")] == ["assos"]
    names = kinds.public_names(method.parse_protocole(draw.protocole))
    assert {names[number] for number in prepared.numeros} == set(ASSOCIATIONS)
    assert [names[number] for number in prepared.numeros] == ASSOCIATIONS
    db.session.commit()
    client = app.test_client()
    first = names[services.ranked(draw)[1]]
    for page in ("", "/proces-verbal.pdf", "/annexe.pdf", "/projection", "/salle"):
        answer = client.get(f"/tirages/assos{page}")
        assert answer.status_code == 200, page
    assert first in client.get("/tirages/assos").text


def test_two_witnesses_of_any_quality(app: Flask) -> None:
    volunteers()
    ceremonie.open_room("volontaires")
    ceremonie.write_in("volontaires", "habitant", "Une voisine")
    with pytest.raises(ConseilError, match="temoins_trop_peu"):
        ceremonie.lift("volontaires")
    draw = hold("volontaires", [("habitant", "Une voisine"), ("autre", "Un passant")])
    values = method.parse_registre(draw.registre_csv)
    ranks = services.ranked(draw).values()
    drawn = [values.value(list(values.numeros).index(number), "genre") for number in ranks]
    assert sorted(drawn) == ["F", "F", "F", "F", "M", "M"]


def test_a_member_may_witness_on_their_phone(app: Flask) -> None:
    prepared = volunteers()
    ceremonie.open_room("volontaires")
    witness = ceremonie.arrive("volontaires", make_compte(Role.MEMBRE))
    ceremonie.confirm_fingerprint("volontaires", witness.id, prepared.tirage.protocole_sha256)
    assert opened("volontaires").situation.temoins[0].empreinte


def test_names_of_volunteers_stand_nowhere(app: Flask) -> None:
    request = DrawRequest("volontaires", "v", "Volontaires", places=1)
    with pytest.raises(ConseilError, match="participants_noms"):
        kinds.prepare(request, [Participant(nom="Zélie Quelqu'un"), Participant()])


@pytest.mark.parametrize("names", [["A", "A"], ["A", None], ["A", ""], ["A", 'B "b"'], ["A", "B\nC"]])
def test_public_names_are_whole_and_distinct(app: Flask, names: list[str | None]) -> None:
    request = DrawRequest("personnes", "p", "Ex æquo", places=1)
    with pytest.raises(ConseilError, match="participants_noms"):
        kinds.prepare(request, [Participant(nom=name) for name in names])


@pytest.mark.parametrize(("nature", "temoins"), [("habitants", "deux"), ("personnes", "r11"), ("autre", "deux")])
def test_other_kinds_are_refused(app: Flask, nature: str, temoins: str) -> None:
    with pytest.raises(ConseilError, match="nature_inconnue"):
        kinds.prepare(DrawRequest(nature, "x", "X", places=1, temoins_requis=temoins), [Participant(nom="A")])


def test_numbers_say_nothing_of_the_order_given(app: Flask) -> None:
    orders = set()
    for position in range(4):
        request = DrawRequest("personnes", f"p-{position}", "Ex æquo", places=1)
        orders.add(kinds.prepare(request, [Participant(nom=name) for name in ASSOCIATIONS]).numeros)
    assert len(orders) > 1
    assert all(sorted(numbers) == [f"{n:02}" for n in range(1, 13)] for numbers in orders)
