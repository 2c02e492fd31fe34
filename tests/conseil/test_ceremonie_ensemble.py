"""At once: two tabs, two clerks, two phones, a server killed. Nothing is drawn twice, nothing is lost."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

import tirage as method
from conseil import journal
from conseil.access import Role
from conseil.database import db
from conseil.journal import EntreeJournal
from conseil.tirages import ceremonie
from conseil.tirages.models import Accord, De, Temoin, Tirage
from conseil.tirages.state import opened
from tests.conftest import PASSWORD, SECRET, settings, sign_in
from tests.conseil.salle import DICE, gather, make_compte, make_draw, make_registre, make_witnesses, roll
from wsgi import create_app

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def room(app: Flask) -> Flask:
    """A draw ready to be conducted, a clerk, and no TOTP."""
    object.__setattr__(app.extensions["conseil"], "mode", "demonstration")
    make_draw()
    make_compte(Role.VILLE)
    return app


def client(app: Flask, who: str) -> FlaskClient:
    made = app.test_client()
    sign_in(made, f"{who}@essai.example")
    return made


def at_once(acts: list[Callable[[], int]]) -> list[int]:
    """Run them in parallel threads, started together; their statuses."""
    db.session.rollback()
    barrier = Barrier(len(acts))

    def run(act: Callable[[], int]) -> int:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_clerks_enter_the_same_die_at_once(room: Flask) -> None:
    gather()
    make_compte(Role.TRESORIER)
    clerks = [client(room, "ville") for _ in range(4)]
    for position in range(3):
        digits = (DICE[position], DICE[position], str((int(DICE[position]) + 1) % 10), DICE[position])
        forms = [{"position": position, "chiffre": digit} for digit in digits]
        pairs = zip(clerks, forms, strict=True)
        statuses = at_once(
            [lambda c=clerk, f=form: c.post("/tirages/essai/conduite/de", data=f).status_code for clerk, form in pairs]
        )
        assert set(statuses) <= {303, 409}
        assert len(db.session.scalars(select(De)).all()) == position + 1
        acts = db.session.scalars(select(EntreeJournal.acte)).all()
        assert acts.count("de_saisi") == position + 1


def test_the_last_confirmations_at_once_draw_once(room: Flask) -> None:
    gather()
    digits = roll()
    ceremonie.read_back("essai", digits)
    db.session.commit()
    phones = [client(room, who) for who in ("majorite", "opposition", "prefecture") for _ in range(2)]
    statuses = at_once(
        [lambda p=p: p.post("/tirages/essai/temoin/des", data={"chiffres": digits}).status_code for p in phones]
    )
    assert statuses == [303] * 6
    db.session.expire_all()
    draw = db.session.scalars(select(Tirage)).one()
    assert draw.resultat == method.draw(draw.registre_csv, draw.protocole, digits).data
    assert db.session.scalars(select(EntreeJournal.acte)).all().count("tirage_fait") == 1
    assert all(witness.des_le for witness in db.session.scalars(select(Temoin)))
    assert list(journal.breaks()) == []


def test_a_withdrawal_and_a_first_die_at_once(room: Flask) -> None:
    gather()
    one, two = client(room, "ville"), client(room, "ville")
    at_once(
        [
            lambda: one.post("/tirages/essai/conduite/retirer", data={"motif": "Non"}).status_code,
            lambda: two.post("/tirages/essai/conduite/de", data={"position": 0, "chiffre": 4}).status_code,
        ]
    )
    db.session.expire_all()
    dossier = opened("essai")
    assert (dossier.tirage.etat, len(dossier.des)) in {("retire", 0), ("ceremonie", 1)}


def test_a_correction_and_a_confirmation_at_once(room: Flask) -> None:
    gather()
    digits = roll()
    ceremonie.read_back("essai", digits)
    ceremonie.confirm_dice("essai", opened("essai").temoins[0].id, digits)
    db.session.commit()
    clerk, phone = client(room, "ville"), client(room, "opposition")
    wrong = {"position": 9, "avant": digits[9], "chiffre": (int(digits[9]) + 1) % 10}
    at_once(
        [
            lambda: clerk.post("/tirages/essai/conduite/corriger", data=wrong).status_code,
            lambda: phone.post("/tirages/essai/temoin/des", data={"chiffres": digits}).status_code,
        ]
    )
    db.session.expire_all()
    dossier = opened("essai")
    if dossier.tirage.etat == "tire":
        assert dossier.chiffres == dossier.tirage.des == digits
    else:
        assert dossier.chiffres != digits
        assert not any(witness.des_le for witness in dossier.temoins)


def test_everybody_arrives_and_agrees_at_once(room: Flask) -> None:
    make_witnesses()
    ceremonie.open_room("essai")
    db.session.commit()
    phones = [client(room, who) for who in ("majorite", "opposition", "prefecture") for _ in range(2)]
    at_once([lambda p=p: p.post("/tirages/essai/temoin/presence").status_code for p in phones])
    assert len(db.session.scalars(select(Temoin)).all()) == 3
    sha = opened("essai").tirage.protocole_sha256
    at_once(
        [lambda p=p: p.post("/tirages/essai/temoin/empreinte", data={"empreinte": sha}).status_code for p in phones]
    )
    ceremonie.set_cups("essai", [("A", 24)])
    ceremonie.lift("essai")
    ceremonie.enter_digit("essai", 0, 4)
    db.session.commit()
    clerk = client(room, "ville")
    ask = lambda: clerk.post("/tirages/essai/conduite/demander-annulation", data={"motif": "Doute"}).status_code  # noqa: E731
    assert ask() == 303
    at_once([lambda p=p: p.post("/tirages/essai/temoin/accord").status_code for p in phones])
    db.session.expire_all()
    assert opened("essai").tirage.etat == "annule"
    assert len(db.session.scalars(select(Accord)).all()) == 3
    assert list(journal.breaks()) == []


def test_a_draft_frozen_twice_at_once_is_one_draw(room: Flask) -> None:
    registre = make_registre()
    db.session.commit()
    one, two = client(room, "ville"), client(room, "ville")
    place = one.post("/tirages/preparer", data={"registre": registre.id, "intitule": "Ensemble"}).headers["Location"]
    statuses = at_once([lambda c=c: c.post(f"{place}/figer").status_code for c in (one, two)])
    assert sorted(statuses) == [303, 404]
    assert len(db.session.scalars(select(Tirage)).all()) == 2


# ---- a real kill -----------------------------------------------------------------------------------------


class Server:
    """A real server in a process of its own, that can be killed without warning and started again."""

    def __init__(self, url: str, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.environment = {
            **os.environ,
            "SECRET_KEY": SECRET,
            "DATABASE_URL": url,
            "CONSEIL_ARGON2_RAPIDE": "1",
            "CONSEIL_MODE": "demonstration",
            "CONSEIL_URL": self.base,
        }
        self.port = port
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "1"]
        self.process = subprocess.Popen(
            [*command, "--log-level", "critical", "wsgi:create_app()"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        for _ in range(300):
            try:
                self.get("/tirages")
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        """SIGKILL to the server and its workers, in the middle of whatever they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def get(self, path: str) -> str:
        text: str = self.opener.open(self.base + path, timeout=20).read().decode()
        return text

    def post(self, path: str, page: str, **fields: object) -> str:
        """As a browser: the token of the page, then the form."""
        token = self.get(page).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        data = urlencode({"csrf_token": token, **fields}).encode()
        text: str = self.opener.open(self.base + path, data, timeout=20).read().decode()
        return text


@pytest.fixture
def server(sqlite_model: Path, tmp_path: Path) -> Iterator[Server]:
    path = tmp_path / "tuee.sqlite"
    shutil.copy(sqlite_model, path)
    app = create_app(settings(f"sqlite:///{path}"))
    with app.app_context():
        make_draw()
        make_compte(Role.VILLE)
        gather()
        db.session.remove()
        db.engine.dispose()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Server(f"sqlite:///{path}", port)
    yield made
    if made.process.poll() is None:
        made.kill()


def test_the_server_killed_between_two_digits_loses_nothing(server: Server) -> None:
    server.start()
    server.post("/connexion", "/connexion", courriel="ville@essai.example", mot_de_passe=PASSWORD)
    control = "/tirages/essai/conduite"
    for position in range(24):
        page = server.post(f"{control}/de", control, position=position, chiffre=DICE[position])
        if position in (4, 17):
            server.kill()
            server.start()
            page = server.get(control)
            assert f"Dé {position + 2} sur 24" in page
            # The clerk does not know whether it arrived, and sends it again.
            server.post(f"{control}/de", control, position=position, chiffre=DICE[position])
    assert "relus" in page
    app = create_app(settings(server.environment["DATABASE_URL"]))
    with app.app_context():
        assert opened("essai").chiffres == DICE[:24]
        assert list(journal.breaks()) == []
        assert db.session.scalars(select(EntreeJournal.acte)).all().count("de_saisi") == 24
        db.session.remove()
        db.engine.dispose()
