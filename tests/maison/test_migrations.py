"""The migrations build exactly the tables of the models, on both databases, forth and back."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from conseil.database import db
from tests.conftest import _named, _run, settings
from wsgi import create_app


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'vide.sqlite'}"
    server, name = request.getfixturevalue("postgres"), f"migration_{abs(hash(str(tmp_path)))}"
    _run(server, f'CREATE DATABASE "{name}"')
    return _named(server, name)


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))


def test_migrations_build_the_models(empty_url: str) -> None:
    app = create_app(settings(empty_url))
    with app.app_context():
        assert differences() != []
        upgrade()
        assert differences() == []
        downgrade(revision="base")
        tables = set(db.inspect(db.engine).get_table_names())
        assert tables <= {"alembic_version"}
        db.session.remove()
        db.engine.dispose()
