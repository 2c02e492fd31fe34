"""Every URL × every role: nobody but `ville` is ever shown a resident's name (« Who may see what »)."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.routing import Rule

from conseil.access import Role
from conseil.comptes.chapter import DEMO_PASSWORD
from conseil.database import db
from conseil.registre.models import Registre, Resident
from conseil.tirages import services
from conseil.tirages.chapter import IDENTIFIANT
from conseil.tirages.models import Tirage
from tests.conftest import FreshClient, settings, sign_in
from wsgi import create_app

ACCOUNTS = (None, "ville", "porteuse", "tresorier", "prefecture", "elu", "opposition", "membre", "administration")
# Every value a part of an address may take in the demonstration; a new part must be given here.
PARTS: dict[str, list[object]] = {
    "identifiant": [IDENTIFIANT],
    "fichier": ["registre.csv", "protocole.json", "resultat.json", "rapport.json", "identites.csv"],
    "numero": [1],
    "jeton": ["inconnu"],
    "geste": ["fermer", "rouvrir", "oublier-appareil"],
    "filename": ["conseil.css", "css/bootstrap.min.css"],
}


def addresses(rule: Rule) -> list[str]:
    """Every address of a rule, with each combination of its parts."""
    found = [rule.rule]
    for part in rule.arguments:
        marks = [text for text in _marks(rule.rule) if text.endswith((f":{part}>", f"<{part}>"))]
        found = [a.replace(marks[0], str(value)) for a in found for value in PARTS[part]]
    return found


def _marks(rule: str) -> list[str]:
    return ["<" + text.split(">")[0] + ">" for text in rule.split("<")[1:]]


@pytest.fixture
def demo_copy(demo_app: Flask, tmp_path: Path) -> Flask:
    """The demonstration on a database of its own, that the walk may harm."""
    original = demo_app.extensions["conseil"].database_url.removeprefix("sqlite:///")
    with demo_app.app_context():
        db.engine.dispose()
    path = tmp_path / "demo.sqlite"
    shutil.copy(original, path)
    app = create_app(settings(f"sqlite:///{path}", CONSEIL_MODE="demonstration"))
    app.test_client_class = FreshClient
    return app


def identities(app: Flask) -> list[Resident]:
    """The drawn, and three hundred others."""
    with app.app_context():
        draw = services.find(IDENTIFIANT)
        assert draw is not None
        assert draw.resultat is not None
        drawn = [r for r in db.session.scalars(select(Resident)) if f'"{r.numero}"'.encode() in draw.resultat]
        assert len(drawn) == 32
        return drawn + list(db.session.scalars(select(Resident).limit(300)))


def shown(text: str, people: list[Resident]) -> list[str]:
    """Names, salts or addresses that a text shows."""
    folded = text.casefold()
    found = []
    for person in people:
        both = (f"{person.prenom} {person.nom}".casefold(), f"{person.nom} {person.prenom}".casefold())
        if person.sel in text or any(name in folded for name in both):
            found.append(person.numero)
    return found


def readable(kind: str, data: bytes) -> str:
    """Everything an answer says, also inside a PDF or an archive."""
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            kinds = {name: "application/pdf" if name.endswith(".pdf") else "" for name in files.namelist()}
            return "\n".join(readable(inside, files.read(name)) for name, inside in kinds.items())
    return data.decode()


@pytest.mark.parametrize("account", ACCOUNTS, ids=str)
def test_no_name_to_anyone_but_ville(demo_copy: Flask, account: str | None) -> None:
    people, seen, walked = identities(demo_copy), set(), 0
    for rule in sorted(demo_copy.url_map.iter_rules(), key=str):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for address in addresses(rule):
                client: FlaskClient = demo_copy.test_client()
                if account:
                    sign_in(client, f"{account}@demo.example", DEMO_PASSWORD)
                answer = client.open(address, method=method)
                assert answer.status_code < 500, address
                walked += 1
                if shown(readable(answer.mimetype, answer.data), people):
                    seen.add(rule.endpoint)
                if address.startswith("/comptes/1"):
                    break
    assert walked > 30
    assert seen == ({"tirages.noms", "tirages.noms_pdf"} if account == "ville" else set())


def test_the_walk_would_see_a_name(demo_app: Flask) -> None:
    people = identities(demo_app)
    assert shown(f"Bonjour {people[0].prenom} {people[0].nom.upper()}", people)
    assert shown(people[0].sel, people)


def test_opening_the_sealed_list_is_journalled(demo_copy: Flask) -> None:
    client = demo_copy.test_client()
    sign_in(client, "ville@demo.example", DEMO_PASSWORD)
    assert client.get(f"/tirages/{IDENTIFIANT}/noms").status_code == 405
    page = client.post(f"/tirages/{IDENTIFIANT}/noms")
    assert page.status_code == 200
    outcome = demo_copy.test_cli_runner().invoke(args=["journal", "verifier"])
    assert outcome.exit_code == 0
    with demo_copy.app_context():
        from conseil.journal import head

        last = head()
        assert last is not None
        assert last.acte == "liste_scellee_ouverte"


def test_an_erased_register_still_shows_and_verifies_its_draw(demo_copy: Flask) -> None:
    with demo_copy.app_context():
        registre = db.session.scalars(select(Registre)).one()
        db.session.query(Resident).delete()
        draw = db.session.scalars(select(Tirage)).one()
        draw.registre_id = None
        db.session.flush()
        db.session.delete(registre)
        db.session.commit()
    client = demo_copy.test_client()
    assert client.get(f"/tirages/{IDENTIFIANT}").status_code == 200


def test_an_empty_council_has_pages_too(app: Flask, client: FlaskClient) -> None:
    assert "Aucun tirage" in client.get("/tirages").text
    assert client.get("/").status_code == 200


def test_roles_of_the_demonstration(demo_app: Flask) -> None:
    page = demo_app.test_client().get("/connexion").text
    for account in ACCOUNTS[1:]:
        assert f"{account}@demo.example" in page
    assert DEMO_PASSWORD in page
    assert set(Role) == {
        Role(r) for r in ("ville", "porteuse", "tresorier", "prefecture", "elu", "membre", "administration")
    }


def test_the_password_is_shown_in_demonstration_only(client: FlaskClient) -> None:
    assert DEMO_PASSWORD not in client.get("/connexion").text
