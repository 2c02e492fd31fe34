"""The journal: append-only, chained, also under parallel writers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import text

from conseil import journal
from conseil.database import db


def fill(count: int) -> None:
    for number in range(count):
        journal.record("essai", f"objet:{number}", apres="a" * 64, detail=number)
    db.session.commit()


def test_a_whole_chain_verifies(app: Flask) -> None:
    assert list(journal.breaks()) == []
    fill(5)
    db.session.expire_all()
    assert list(journal.breaks()) == []
    last = journal.head()
    assert last is not None
    assert last.numero == 5


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE journal SET acte = 'autre' WHERE numero = 3",
        "UPDATE journal SET acteur = 'compte:9' WHERE numero = 1",
        "UPDATE journal SET apres = NULL WHERE numero = 5",
        "UPDATE journal SET details = '{\"detail\": 9}' WHERE numero = 2",
        "DELETE FROM journal WHERE numero = 2",
        "DELETE FROM journal WHERE numero = 1",
        "UPDATE journal SET quand = '2020-01-01 00:00:00.000000' WHERE numero = 4",
    ],
)
def test_every_change_behind_its_back_is_seen(app: Flask, tampering: str) -> None:
    fill(5)
    db.session.execute(text(tampering))
    db.session.commit()
    db.session.expire_all()
    assert list(journal.breaks())
    assert app.test_cli_runner().invoke(args=["journal", "verifier"]).exit_code == 1


def test_the_command_prints_the_head(app: Flask) -> None:
    fill(2)
    last = journal.head()
    outcome = app.test_cli_runner().invoke(args=["journal", "verifier"])
    assert outcome.exit_code == 0
    assert last is not None
    assert last.empreinte in outcome.output


def test_a_row_is_neither_changed_nor_deleted(app: Flask) -> None:
    fill(1)
    entry = journal.head()
    assert entry is not None
    entry.acte = "autre"
    with pytest.raises(RuntimeError, match="append-only"):
        db.session.flush()
    db.session.rollback()
    db.session.delete(journal.head())
    with pytest.raises(RuntimeError, match="append-only"):
        db.session.flush()


def test_parallel_writers_make_one_chain(app: Flask) -> None:
    def write(writer: int) -> None:
        with app.app_context():
            for number in range(5):
                journal.record("essai", f"{writer}:{number}")
                db.session.commit()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    db.session.expire_all()
    assert list(journal.breaks()) == []
    last = journal.head()
    assert last is not None
    assert last.numero == 30
