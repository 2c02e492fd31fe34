"""No order of calls, retries and roles gets round the rules (R11, R12, R13): a state machine on the services.

What it checks is read back from the tables in plain SQL, never from the code that decides.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import event, select, text

import tirage as method
from conseil import journal
from conseil.access import Role
from conseil.comptes.models import Compte
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.tirages import ceremonie, endings, rules, services
from conseil.tirages.models import Temoin, Tirage
from conseil.tirages.state import opened
from tests.conftest import settings as app_settings
from tests.conseil.salle import DICE, make_compte, make_draw, make_witnesses
from wsgi import create_app

THREE = {"elu_majorite", "elu_opposition", "delegue_prefet"}
# From → to: nothing else ever happens to a draw (R13).
MOVES = {
    "fige": {"ceremonie", "retire"},
    "ceremonie": {"tire", "retire", "annule"},
    "tire": {"annule", "invalide"},
}
NAMES = ("vrai", "repetition")
small = st.integers(0, 5)


@pytest.fixture(scope="module")
def model(sqlite_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a draw, its rehearsal, and an account of every role that might try."""
    path = tmp_path_factory.mktemp("etats") / "modele.sqlite"
    shutil.copy(sqlite_model, path)
    app = create_app(app_settings(f"sqlite:///{path}"))
    with app.app_context():
        draw = make_draw("vrai", count=60)
        copy = {c.name: getattr(draw, c.name) for c in Tirage.__table__.columns if c.name != "id"}
        db.session.add(Tirage(**{**copy, "identifiant": "repetition", "repetition": True}))
        make_witnesses()
        for role in (Role.MEMBRE, Role.VILLE, Role.PORTEUSE):
            make_compte(role)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return path


class Room(RuleBasedStateMachine):
    """Clerks, witnesses and strangers who do anything in any order, on one draw or its rehearsal."""

    app: Flask
    seed: Path
    path: Path

    @initialize(name=st.sampled_from(NAMES), depth=st.sampled_from([0, 1, 1, 6, 8, 10, 10, 11, 14]))
    def start(self, name: str, depth: int) -> None:
        """A fresh draw, or one already that many steps on, so that every state is met often."""
        shutil.copy(self.seed, self.path)
        self.context = self.app.app_context()
        self.context.push()
        self.name = name
        self.frozen = self.sql("SELECT registre_csv, protocole, protocole_sha256, places FROM tirage")
        self.state = dict.fromkeys(NAMES, "fige")
        self.results: dict[str, Any] = {}
        for _ in range(depth):
            self.next_step()

    def teardown(self) -> None:
        if not hasattr(self, "context"):
            return
        assert list(journal.breaks()) == []
        db.session.remove()
        db.engine.dispose()
        self.context.pop()

    def sql(self, query: str, **values: Any) -> list[Any]:
        return list(db.session.execute(text(query), values).all())

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do it as a request would: all of it, or nothing; sometimes it is sent twice."""
        try:
            act()
            db.session.commit()
        except ConseilError:
            db.session.rollback()
            return False
        return True

    # ---- what anybody may try ------------------------------------------------------------------------

    def witness(self, at: int) -> int:
        ids = [row[0] for row in self.sql("SELECT t.id FROM temoin t ORDER BY t.id")]
        return ids[at % len(ids)] if ids else 99

    @rule()
    def open_room(self) -> None:
        self.attempt(lambda: ceremonie.open_room(self.name))

    @rule(at=small, twice=st.booleans())
    def arrive(self, at: int, twice: bool) -> None:
        compte = db.session.scalars(select(Compte).order_by(Compte.id)).all()[at % 6]
        for _ in range(1 + twice):
            self.attempt(lambda: ceremonie.arrive(self.name, compte))

    @rule(quality=st.sampled_from(rules.QUALITES))
    def write_in(self, quality: str) -> None:
        self.attempt(lambda: ceremonie.write_in(self.name, quality, f"À la main {quality}"))

    @rule(at=small)
    def leave(self, at: int) -> None:
        self.attempt(lambda: ceremonie.leave(self.name, self.witness(at)))

    @rule(at=small, right=st.booleans(), aloud=st.booleans())
    def confirm_fingerprint(self, at: int, right: bool, aloud: bool) -> None:
        empreinte = self.frozen[0][2] if right else "0" * 64
        if aloud:
            self.attempt(lambda: ceremonie.confirm_aloud(self.name, self.witness(at), empreinte=empreinte))
        else:
            self.attempt(lambda: ceremonie.confirm_fingerprint(self.name, self.witness(at), empreinte))

    @rule(numbers=st.sampled_from([(8, 8, 8), (24,), (12, 12), (8, 8), (25,), (24, 0)]))
    def set_cups(self, numbers: tuple[int, ...]) -> None:
        self.attempt(lambda: ceremonie.set_cups(self.name, [(f"G{i}", n) for i, n in enumerate(numbers)]))

    @rule()
    def lift(self) -> None:
        self.attempt(lambda: ceremonie.lift(self.name))

    @rule(shift=st.sampled_from([0, 0, 0, -1, 1]), digit=st.integers(-1, 10), many=st.booleans(), gone=small)
    def enter_digits(self, shift: int, digit: int, many: bool, gone: int) -> None:
        """In turn or not, a digit or not, and sometimes just after a witness has left."""
        if gone < 2:
            self.attempt(lambda: ceremonie.leave(self.name, self.witness(gone)))
        for step in range(24 if many and not shift else 1):
            entered = len(opened(self.name).des)
            value = int(DICE[entered % 24]) if many else digit
            before = self.there()
            if self.attempt(lambda e=entered, v=value: ceremonie.enter_digit(self.name, e + shift, v)) and (
                len(opened(self.name).des) > entered
            ):
                self.check_room_was_ready(before)
            elif step:
                break

    @rule(position=st.integers(0, 25), digit=st.integers(0, 9))
    def correct(self, position: int, digit: int) -> None:
        digits = opened(self.name).chiffres
        seen = int(digits[position]) if position < len(digits) else 0
        self.attempt(lambda: ceremonie.correct_digit(self.name, position, seen, digit))

    @rule(right=st.booleans())
    def read_back(self, right: bool) -> None:
        digits = opened(self.name).chiffres if right else DICE[:24]
        self.attempt(lambda: ceremonie.read_back(self.name, digits))

    @rule(at=small, right=st.booleans(), aloud=st.booleans())
    def confirm_dice(self, at: int, right: bool, aloud: bool) -> None:
        digits = opened(self.name).chiffres if right else "1" * 24
        if aloud:
            self.attempt(lambda: ceremonie.confirm_aloud(self.name, self.witness(at), chiffres=digits))
        else:
            self.attempt(lambda: ceremonie.confirm_dice(self.name, self.witness(at), digits))

    @rule(aloud=st.booleans())
    def everybody_confirms_everything(self, aloud: bool) -> None:
        """Too early, perhaps, and perhaps by people who have no device."""
        for quality in sorted(THREE) if aloud else ():
            self.attempt(lambda q=quality: ceremonie.write_in(self.name, q, f"À la main {q}"))
        digits, sha = opened(self.name).chiffres, self.frozen[0][2]
        for one in [witness.id for witness in opened(self.name).temoins]:
            self.attempt(lambda i=one: ceremonie.confirm_fingerprint(self.name, i, sha))
            self.attempt(lambda i=one: ceremonie.confirm_aloud(self.name, i, empreinte=sha))
            self.attempt(lambda i=one: ceremonie.confirm_dice(self.name, i, digits))
            self.attempt(lambda i=one: ceremonie.confirm_aloud(self.name, i, chiffres=digits))

    @rule(rank=st.integers(0, 9))
    def reveal(self, rank: int) -> None:
        self.attempt(lambda: ceremonie.reveal(self.name, rank))

    @rule(which=st.integers(0, 25), at=small, aloud=st.booleans())
    def end(self, which: int, at: int, aloud: bool) -> None:
        acts: dict[int, Callable[[], object]] = {
            0: lambda: endings.withdraw(self.name, "Salle fermée"),
            1: lambda: endings.propose_cancellation(self.name, "Dé tombé"),
            2: lambda: endings.give_up_cancellation(self.name),
            3: lambda: endings.invalidate(self.name, "Illégal", "Tribunal", "n° 1", now().date()),
            4: lambda: endings.letters_left(self.name),
        }
        agree = lambda: endings.agree_to_cancel(self.name, self.witness(at), par_appareil=not aloud)  # noqa: E731
        self.attempt(acts.get(which, agree))

    @rule(steps=st.integers(1, 12))
    def go_on_well(self, steps: int) -> None:
        """Do what the room should do next, so that the deep states are reached as well."""
        for _ in range(steps):
            self.next_step()

    def next_step(self) -> None:
        dossier = opened(self.name)
        step, ids = dossier.etape, [witness.id for witness in dossier.temoins]
        if step == rules.Etape.FIGE:
            self.attempt(lambda: ceremonie.open_room(self.name))
        elif step == rules.Etape.TEMOINS:
            for at in range(3):
                self.come(at)
        elif step == rules.Etape.EMPREINTE:
            one = next((w.id for w in dossier.temoins if not w.empreinte_le), ids[0])
            self.attempt(lambda: ceremonie.confirm_fingerprint(self.name, one, self.frozen[0][2]))
        elif step == rules.Etape.GOBELETS:
            self.attempt(lambda: ceremonie.set_cups(self.name, [("A", 12), ("B", 12)]))
        elif step == rules.Etape.LEVER:
            self.attempt(lambda: ceremonie.lift(self.name))
        elif step == rules.Etape.DES:
            for position in range(len(dossier.des), min(24, len(dossier.des) + 6)):
                self.attempt(lambda p=position: ceremonie.enter_digit(self.name, p, int(DICE[p])))
        elif step == rules.Etape.RELECTURE:
            self.attempt(lambda: ceremonie.read_back(self.name, dossier.chiffres))
        elif step == rules.Etape.CONFIRMATION:
            one = next((w.id for w in dossier.temoins if not w.des_le), ids[0])
            self.attempt(lambda: ceremonie.confirm_dice(self.name, one, dossier.chiffres))

    def come(self, at: int) -> None:
        compte = db.session.scalars(select(Compte).order_by(Compte.id)).all()[at]
        self.attempt(lambda: ceremonie.arrive(self.name, compte))

    # ---- what must hold, read from the tables ----------------------------------------------------------

    def there(self) -> list[Any]:
        return self.sql(
            "SELECT t.qualite, t.compte_id, t.parti_le, t.empreinte_le, d.leves_le, d.repetition,"
            " (SELECT sum(nombre) FROM gobelet g WHERE g.tirage_id = d.id), d.etat"
            " FROM tirage d JOIN temoin t ON t.tirage_id = d.id WHERE d.identifiant = :name",
            name=self.name,
        )

    def check_room_was_ready(self, before: list[Any]) -> None:
        """A die was just entered: the three were there, two devices had confirmed, the cups were lifted."""
        present = {row[0] for row in before if row[2] is None}
        assert present >= THREE
        devices = [row for row in before if row[3] and (row[1] or row[5]) and row[0] in THREE]
        assert len(devices) >= 2
        assert all(row[4] and row[6] == 24 and row[7] == "ceremonie" for row in before)

    @invariant()
    def nothing_frozen_changes(self) -> None:
        if not hasattr(self, "name"):
            return
        assert self.sql("SELECT registre_csv, protocole, protocole_sha256, places FROM tirage") == self.frozen

    @invariant()
    def states_move_forward(self) -> None:
        if not hasattr(self, "name"):
            return
        for name, state in self.sql("SELECT identifiant, etat FROM tirage"):
            if state != self.state[name]:
                # One act may open and finish nothing else: each move is a single one.
                assert state in MOVES.get(self.state[name], set()) or self.passed_by_well(self.state[name], state)
                self.state[name] = state

    def passed_by_well(self, before: str, after: str) -> bool:
        """`go_on_well` makes several moves before anybody looks."""
        return (before, after) == ("fige", "tire")

    @invariant()
    def one_result_and_it_is_the_method_s(self) -> None:
        if not hasattr(self, "name"):
            return
        query = "SELECT id, identifiant, des, resultat, registre_csv, protocole, repetition, relu_le FROM tirage"
        for id_, name, des, result, registre, protocole, repetition, read in self.sql(query):
            if result is None:
                assert name not in self.results
                continue
            entered = self.sql("SELECT chiffre FROM de WHERE tirage_id = :id ORDER BY position", id=id_)
            assert des == "".join(str(row[0]) for row in entered)
            assert read is not None
            assert result == method.draw(registre, protocole, des).data
            assert self.results.setdefault(name, result) == result
            witnesses = db.session.scalars(select(Temoin).where(Temoin.tirage_id == id_)).all()
            sure = [w for w in witnesses if w.des_le and w.empreinte_le and (w.compte_id or repetition)]
            assert len([w for w in sure if w.qualite in THREE]) >= 2

    @invariant()
    def a_rehearsal_never_counts(self) -> None:
        if not hasattr(self, "name"):
            return
        assert not any(draw.repetition for draw in services.counting("habitants"))
        assert self.sql("SELECT count(*) FROM tirage WHERE repetition AND lettres_le IS NOT NULL") == [(0,)]
        assert len(services.tirages()) == 2


def test_no_order_of_calls_gets_round_the_rules(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "salle.sqlite"
    shutil.copy(model, path)

    app = create_app(app_settings(f"sqlite:///{path}"))
    with app.app_context():
        # The disk need not be waited for: no power is cut here (the real kill is tested apart).
        event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    this_room = type("ThisRoom", (Room,), {"app": app, "seed": model, "path": path})
    run_state_machine_as_test(
        this_room,
        settings=settings(
            max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
