"""The reading under way: one worker at a time holds its lease, tells how far it is, and leaves the result.

The lease is a row (`Calcul`): a worker writes a sign of life twice a second; when it dies, whoever looks next
takes over after `BAIL`. What was read but not kept stays in this process's memory only, to save reading the
files again after each decision.
"""

import secrets
import threading
import traceback
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from flask import Flask, current_app
from sqlalchemy import or_, select, update

from conseil.database import db, now
from conseil.registre import assemblage, bilan, entrees, oppositions
from conseil.registre.bilan import Bilan
from conseil.registre.chantier_models import Calcul, Chantier

Value = TypeVar("Value")
BAIL = timedelta(seconds=10)
BATTEMENT = 0.5
#: How long a page waits for a short reading before it shows the progress instead, in seconds.
ATTENTE = 1.5


class Memoire(Generic[Value]):
    """The last values worked out in this process, by fingerprint; they hold names: few, and never on a disk."""

    def __init__(self, size: int) -> None:
        self._size, self._lock = size, threading.Lock()
        self._kept: OrderedDict[str, Value] = OrderedDict()

    def get(self, cle: str) -> Value | None:
        """The value, if it is still there."""
        with self._lock:
            return self._kept.get(cle)

    def put(self, cle: str, value: Value) -> Value:
        """Keep a value; the oldest goes."""
        with self._lock:
            self._kept[cle] = value
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


LUES: Memoire[assemblage.Lues] = Memoire(2)
PROPOSEES: Memoire[assemblage.Proposees] = Memoire(2)
BILANS: Memoire[Bilan] = Memoire(3)


def forget() -> None:
    """Drop every name this process keeps in memory."""
    for memory in (LUES, PROPOSEES, BILANS):
        memory.clear()


@dataclass(frozen=True)
class Etat:
    """What a page can show. `bilan`: the last reading, maybe of an earlier state; `a_jour`: it is of this one."""

    bilan: Bilan | None
    a_jour: bool
    paires_a_jour: bool
    etape: str = ""
    fait: int = 0
    total: int = 0
    echec: str = ""

    @property
    def cent(self) -> int:
        return min(99, 100 * self.fait // self.total) if self.total else 0


def look(chantier: Chantier, *, start: bool = True) -> Etat:
    """The reading of a chantier; where it is not up to date, have it read, and wait a moment for it.

    Call it with nothing left to commit: the session starts a new transaction.
    """
    numero = chantier.id
    etat = _look(numero)
    if etat.a_jour or etat.echec or not start:
        return etat
    worker = _start(current_app._get_current_object(), numero)  # type: ignore[attr-defined]
    if worker:
        worker.join(current_app.config.get("REGISTRE_ATTENTE", ATTENTE))
    db.session.rollback()
    return _look(numero)


def _look(numero: int) -> Etat:
    chantier = db.session.get_one(Chantier, numero)
    wanted = entrees.load(chantier)
    calcul = db.session.get_one(Calcul, numero, populate_existing=True)
    found = _bilan(calcul) if calcul.resultat_cle else None
    return Etat(
        found,
        calcul.resultat_cle == wanted.cle,
        found is not None and found.cle_paires == wanted.cle_paires,
        calcul.etape,
        calcul.fait,
        calcul.total,
        calcul.echec if calcul.cle == wanted.cle else "",
    )


def _bilan(calcul: Calcul) -> Bilan | None:
    return BILANS.get(calcul.resultat_cle) or (
        BILANS.put(calcul.resultat_cle, Bilan(calcul.resultat)) if calcul.resultat else None
    )


def _start(app: Flask, numero: int) -> threading.Thread | None:
    """A thread that reads, unless somebody alive is at it already."""
    calcul = db.session.get_one(Calcul, numero)
    if calcul.jeton and calcul.battement and calcul.battement > now() - BAIL:
        return None
    worker = threading.Thread(target=_work, args=(app, numero), name=f"lecture-{numero}", daemon=True)
    worker.start()
    return worker


def _work(app: Flask, numero: int) -> None:
    with app.app_context():
        try:
            jeton = _take_lease(numero)
            if jeton:
                _read(app, numero, jeton)
        except Exception as error:
            # The frames and the kind, never the message: it could hold what stood in a list.
            frames = "".join(traceback.format_tb(error.__traceback__))
            app.logger.error("the reading of chantier %s failed: %s\n%s", numero, type(error).__name__, frames)
        finally:
            db.session.remove()


def _take_lease(numero: int) -> str:
    """Our token, or nothing where another worker is alive."""
    jeton, present = secrets.token_hex(16), now()
    free = or_(Calcul.jeton == "", Calcul.battement.is_(None), Calcul.battement < present - BAIL)
    statement = update(Calcul).where(Calcul.chantier_id == numero, free)
    taken = db.session.execute(statement.values(jeton=jeton, battement=present, etape="lecture", fait=0, echec=""))
    db.session.commit()
    return jeton if taken.rowcount == 1 else ""  # type: ignore[attr-defined]


class _Suivi:
    """How far the reading is; a second thread writes it down, which is also the sign of life."""

    def __init__(self, numero: int, jeton: str) -> None:
        self._where = (Calcul.chantier_id == numero, Calcul.jeton == jeton)
        self._now = ("lecture", 0, 0)
        self._over = threading.Event()

    def __call__(self, step: str, done: int, total: int) -> None:
        self._now = (step, done, total)

    def beat(self, app: Flask) -> None:
        """Until the end; a lease that was taken over is seen by `_finish`, not here."""
        with app.app_context():
            while not self._over.wait(BATTEMENT):
                step, done, total = self._now
                with db.engine.begin() as connection:
                    told = {"battement": now(), "etape": step, "fait": done, "total": total}
                    connection.execute(update(Calcul).where(*self._where).values(told))

    def end(self) -> None:
        self._over.set()


def _read(app: Flask, numero: int, jeton: str) -> None:
    suivi = _Suivi(numero, jeton)
    pulse = threading.Thread(target=suivi.beat, args=(app,), daemon=True)
    pulse.start()
    asked, echec, data = "", "", None
    try:
        chantier = db.session.get_one(Chantier, numero)
        wanted, contents = entrees.load(chantier), entrees.contents(numero)
        asked = wanted.cle
        db.session.rollback()
        data = _worked_out(wanted, contents, suivi)
    except Exception as error:
        echec = type(error).__name__
        raise
    finally:
        suivi.end()
        pulse.join()
        db.session.rollback()
        _finish(numero, jeton, asked, data, echec)


def _worked_out(wanted: assemblage.Entrees, contents: dict[str, bytes], suivi: _Suivi) -> bytes:
    lues = LUES.get(wanted.cle_listes)
    if lues is None:
        lues = LUES.put(wanted.cle_listes, assemblage.read_lists(wanted, contents, suivi))
    proposees = PROPOSEES.get(wanted.cle_paires)
    if proposees is None:
        proposees = PROPOSEES.put(wanted.cle_paires, assemblage.propose(lues, wanted, suivi))
    tester = oppositions.tester(wanted.oppositions, entrees.secret())
    lecture = assemblage.assemble(lues, proposees, wanted, tester, suivi)
    return bilan.write(lecture, lues, proposees, wanted)


def _finish(numero: int, jeton: str, cle: str, data: bytes | None, echec: str) -> None:
    """Leave the result and the lease; nothing where someone took over, or where the register was frozen."""
    frozen = db.session.scalar(select(Chantier.fige_le).where(Chantier.id == numero).with_for_update())
    values: dict[str, object] = {"jeton": "", "cle": cle, "echec": echec, "etape": ""}
    if data is not None and frozen is None:
        values |= {"resultat": data, "resultat_cle": cle}
    db.session.execute(update(Calcul).where(Calcul.chantier_id == numero, Calcul.jeton == jeton).values(values))
    db.session.commit()


def retry(numero: int) -> None:
    """Forget a failure, so that the next look reads again."""
    db.session.execute(update(Calcul).where(Calcul.chantier_id == numero).values(echec=""))
