"""A draw's state as it is in the database: read it, or lock it and read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, select

from conseil.database import Base, db
from conseil.errors import ConseilError
from conseil.tirages.models import (
    Accord,
    Correction,
    De,
    Fin,
    Gobelet,
    Incident,
    Temoin,
    Tirage,
    Validation,
)
from conseil.tirages.rules import Etape, Presence, Situation, etape

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True)
class Dossier:
    """A draw and every row about it, in order; `situation` is what the rules see of it."""

    tirage: Tirage
    temoins: Sequence[Temoin]
    gobelets: Sequence[Gobelet]
    des: Sequence[De]
    fins: Sequence[Fin]
    accords: Sequence[Accord]
    situation: Situation

    @property
    def etape(self) -> Etape:
        """Where the room stands."""
        return etape(self.situation)

    @property
    def chiffres(self) -> str:
        """The digits entered so far."""
        return "".join(str(die.chiffre) for die in self.des)

    @property
    def annulation(self) -> Fin | None:
        """The cancellation proposed or taken, if any."""
        return next((fin for fin in self.fins if fin.genre == "annule"), None)

    @property
    def fin(self) -> Fin | None:
        """What ended the draw otherwise than by its result."""
        return next((fin for fin in self.fins if fin.prise_le is not None), None)

    def temoin_du_compte(self, compte_id: int) -> Temoin | None:
        """The witness who signed in with this account."""
        return next((witness for witness in self.temoins if witness.compte_id == compte_id), None)

    def porteur(self, position: int) -> str:
        """Who rolled the die at this position, as the cups were set."""
        for gobelet in self.gobelets:
            if position < gobelet.nombre:
                return gobelet.porteur
            position -= gobelet.nombre
        return ""


def find(identifiant: str) -> Tirage | None:
    """The draw with this identifier."""
    return db.session.scalars(select(Tirage).where(Tirage.identifiant == identifiant)).first()


def opened(identifiant: str) -> Dossier:
    """A draw's state, to be shown. Errors: `tirage_inconnu`."""
    draw = find(identifiant)
    if draw is None:
        raise ConseilError("tirage_inconnu", statut=404)
    return _dossier(draw)


def locked(identifiant: str) -> Dossier:
    """A draw's state, to be changed: nobody else can change it before the commit. Errors: `tirage_inconnu`."""
    query = select(Tirage).where(Tirage.identifiant == identifiant).with_for_update()
    draw = db.session.scalars(query.execution_options(populate_existing=True)).first()
    if draw is None:
        raise ConseilError("tirage_inconnu", statut=404)
    return _dossier(draw)


def validations(draw: Tirage) -> Sequence[Validation]:
    """Who validated the method (R12), by date."""
    query = select(Validation).where(Validation.tirage_id == draw.id)
    return _rows(query.order_by(Validation.date_validation, Validation.id))


def corrections(draw: Tirage) -> Sequence[Correction]:
    """The typing errors put right, in order."""
    return _rows(select(Correction).where(Correction.tirage_id == draw.id).order_by(Correction.id))


def incidents(draw: Tirage) -> Sequence[Incident]:
    """What happened in the room, in order."""
    return _rows(select(Incident).where(Incident.tirage_id == draw.id).order_by(Incident.id))


def _rows(query: Select[Row]) -> Sequence[Row]:
    # Under the draw's lock these rows are the present ones, whatever the session read before.
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _dossier(draw: Tirage) -> Dossier:
    temoins = _rows(select(Temoin).where(Temoin.tirage_id == draw.id).order_by(Temoin.id))
    gobelets = _rows(select(Gobelet).where(Gobelet.tirage_id == draw.id).order_by(Gobelet.ordre))
    des = _rows(select(De).where(De.tirage_id == draw.id).order_by(De.position))
    fins = _rows(select(Fin).where(Fin.tirage_id == draw.id).order_by(Fin.id))
    accords = _rows(select(Accord).join(Fin).where(Fin.tirage_id == draw.id).order_by(Accord.id)) if fins else []
    agreed = {accord.temoin_id for accord in accords}
    return Dossier(
        tirage=draw,
        temoins=temoins,
        gobelets=gobelets,
        des=des,
        fins=fins,
        accords=accords,
        situation=Situation(
            etat=draw.etat,
            nombre_des=draw.nombre_des,
            places=draw.places,
            temoins_requis=draw.temoins_requis,
            repetition=draw.repetition,
            temoins=tuple(map(presence, temoins)),
            gobelets=tuple(gobelet.nombre for gobelet in gobelets),
            leves=draw.leves_le is not None,
            saisis=len(des),
            relu=draw.relu_le is not None,
            reveles=draw.reveles,
            lettres=draw.lettres_le is not None,
            accords=tuple(presence(witness) for witness in temoins if witness.id in agreed),
        ),
    )


def presence(witness: Temoin) -> Presence:
    """A witness, as the rules see one."""
    return Presence(
        qualite=witness.qualite,
        par_appareil=witness.par_appareil,
        present=witness.parti_le is None,
        empreinte=witness.empreinte_le is not None,
        des=witness.des_le is not None,
    )
