"""The names of the drawn are nowhere but where « Who may see what » says: database and documents searched."""

import hashlib
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

import tirage as method
from conseil.access import Role
from conseil.database import db
from conseil.journal import EntreeJournal
from conseil.registre.models import Registre, Resident
from conseil.tirages import ceremonie, room
from conseil.tirages.sealed import sealed_data
from conseil.tirages.state import opened
from tests.conftest import sign_in
from tests.conseil.salle import finish, make_compte, make_draw

PAGES = ("", "/projection", "/salle", "/etat.json", "/registre.csv", "/protocole.json", "/resultat.json")
PAGES += ("/annexe.pdf", "/proces-verbal.pdf", "/affiche.pdf", "/fichiers.zip", "/temoin", "/conduite")


@pytest.fixture
def base_url(sqlite_model: Path, tmp_path: Path) -> str:
    """SQLite: the search reads the whole file."""
    path = tmp_path / "conseil.sqlite"
    shutil.copy(sqlite_model, path)
    return f"sqlite:///{path}"


@pytest.fixture
def drawn(app: Flask) -> list[Resident]:
    """A finished draw with an incident, a resident written in as a witness, and everyone revealed."""
    object.__setattr__(app.extensions["conseil"], "mode", "demonstration")
    make_draw()
    make_compte(Role.VILLE)
    make_compte(Role.MEMBRE)
    finish()
    ceremonie.reveal("essai", 8)
    ceremonie.note_incident("essai", "Rien.")
    db.session.commit()
    numbers = [place.numero for place in method.parse_resultat(opened("essai").tirage.resultat or b"").liste]
    people = db.session.scalars(select(Resident).where(Resident.numero.in_(numbers))).all()
    assert len(people) == 8
    return list(people)


def secrets_of(people: list[Resident]) -> list[str]:
    return [word for person in people for word in (person.nom, person.sel, person.adresse)]


def texts(kind: str, data: bytes) -> Iterator[str]:
    """Everything an answer says, also inside a PDF or an archive."""
    if kind == "application/pdf":
        yield "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    elif kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            for name in files.namelist():
                yield from texts("application/pdf" if name.endswith("pdf") else "text", files.read(name))
    else:
        yield data.decode()


def leaks(answer_kind: str, data: bytes, words: list[str]) -> list[str]:
    return [word for text in texts(answer_kind, data) for word in words if word in text]


def client_of(app: Flask, who: str | None) -> FlaskClient:
    client = app.test_client()
    if who:
        sign_in(client, f"{who}@essai.example")
    return client


@pytest.mark.parametrize("who", [None, "ville", "majorite", "opposition", "prefecture", "membre"])
def test_no_page_and_no_document_says_a_name(app: Flask, drawn: list[Resident], who: str | None) -> None:
    client, words = client_of(app, who), secrets_of(drawn)
    for page in PAGES:
        answer = client.get(f"/tirages/essai{page}")
        assert answer.status_code in (200, 302, 403), page
        assert leaks(answer.mimetype, answer.data, words) == [], page


def test_the_search_would_find_a_name(app: Flask, drawn: list[Resident]) -> None:
    ville, words = client_of(app, "ville"), secrets_of(drawn)
    for address in ("/tirages/essai/noms", "/tirages/essai/noms.pdf"):
        answer = ville.post(address)
        assert answer.status_code == 200
        assert {p.nom for p in drawn} <= set(leaks(answer.mimetype, answer.data, words)), address


def test_each_line_of_the_sealed_list_is_the_one_the_protocol_binds(app: Flask, drawn: list[Resident]) -> None:
    draw = opened("essai").tirage
    registre = db.session.get(Registre, draw.registre_id)
    bilan = room.bilan(opened("essai"))
    assert registre is not None
    assert bilan is not None
    bound = dict(line.split(";") for line in registre.identites_csv.decode().splitlines()[1:])
    assert method.parse_protocole(draw.protocole).identites_sha256 == registre.identites_sha256
    for line in sealed_data(draw, bilan, {p.numero: p for p in drawn}, "")["liste"]:
        assert hashlib.sha256(line["ligne"].encode()).hexdigest() == bound[line["numero"]]


def test_no_table_but_the_register_s_holds_a_name(app: Flask, drawn: list[Resident]) -> None:
    client_of(app, "ville").post("/tirages/essai/noms")
    words, found = secrets_of(drawn), set()
    for name, table in db.metadata.tables.items():
        for row in db.session.execute(select(table)):
            written = " ".join(v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row)
            if any(word in written for word in words):
                found.add(name)
    assert found == {"resident"}


def test_the_prefecture_opens_the_list_with_a_written_reason_only(app: Flask, drawn: list[Resident]) -> None:
    client = client_of(app, "prefecture")
    for motif in ("", "   ", "x" * 501):
        refused = client.post("/tirages/essai/noms", data={"motif": motif})
        assert refused.status_code == 403
        assert leaks(refused.mimetype, refused.data, secrets_of(drawn)) == []
    opened_list = client.post("/tirages/essai/noms", data={"motif": "Contrôle de légalité"})
    assert drawn[0].nom in opened_list.text
    entries = db.session.scalars(select(EntreeJournal).where(EntreeJournal.acte == "liste_scellee_ouverte")).all()
    assert [entry.details for entry in entries] == [{"motif": "Contrôle de légalité"}]


@pytest.mark.parametrize("who", [None, "majorite", "opposition", "membre"])
@pytest.mark.parametrize("address", ["/tirages/essai/noms", "/tirages/essai/noms.pdf"])
def test_nobody_else_opens_it(app: Flask, drawn: list[Resident], who: str | None, address: str) -> None:
    answer = client_of(app, who).post(address, data={"motif": "Curiosité"})
    assert answer.status_code in (302, 403)
    assert leaks(answer.mimetype, answer.data, secrets_of(drawn)) == []


def test_a_resident_witness_is_never_named_in_public(app: Flask) -> None:
    object.__setattr__(app.extensions["conseil"], "mode", "demonstration")
    make_draw()
    ceremonie.open_room("essai")
    ceremonie.write_in("essai", "habitant", "Zoé Habitante-Témoin")
    ceremonie.write_in("essai", "delegue_prefet", "Paule Bertin")
    db.session.commit()
    finish()
    client = app.test_client()
    seen = [client.get(f"/tirages/essai{page}") for page in PAGES[:-2]]
    assert not any(leaks(answer.mimetype, answer.data, ["Habitante-Témoin"]) for answer in seen)
    assert "Paule Bertin" in seen[0].text
