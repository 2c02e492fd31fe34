"""Tables of the draws."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from conseil.database import Base, UTCDateTime, now
from conseil.tirages.rules import ETATS, NATURES, QUALITES, QUALITES_VALIDATION, TEMOINS_REQUIS


class Brouillon(Base):
    """A draw being prepared by the municipal service: nothing is published, everything may change.

    minima: [[criterion, value, least places]]. Freezing turns it into a Tirage; nothing frozen is ever nullable.
    """

    __tablename__ = "brouillon"
    __table_args__ = (CheckConstraint("length(intitule) BETWEEN 1 AND 200", name="intitule"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    identifiant: Mapped[str] = mapped_column(String(40), unique=True)
    intitule: Mapped[str] = mapped_column(String(200))
    registre_id: Mapped[int] = mapped_column(ForeignKey("registre.id"))
    repetition: Mapped[bool]
    minima: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    cree_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Tirage(Base):
    """A draw and its public files, to the byte: they stay when the identities are erased, and still verify.

    etat: see `rules.ETATS`. registre_id: the register the residents come from, None for the other kinds.
    temoins_requis: who must be there (`rules.TEMOINS_REQUIS`). exclusions: {reason: people set aside} of the
    register's report; effet_foyer: [{taille, residents, effet, erreur}] of the simulation; both are kept here
    so that documents can be printed again when the register is erased. reveles: ranks shown on the projector.
    lettres_le: when the first letter left (R13: from then on, only a recorded decision ends the draw).
    """

    __tablename__ = "tirage"
    __table_args__ = (
        CheckConstraint(f"nature IN {NATURES}", name="nature"),
        CheckConstraint(f"etat IN {ETATS}", name="etat"),
        CheckConstraint(f"temoins_requis IN {tuple(TEMOINS_REQUIS)}", name="temoins_requis"),
        CheckConstraint(
            "(resultat IS NOT NULL) = (des IS NOT NULL) AND (resultat IS NOT NULL) = (tire_le IS NOT NULL)",
            name="resultat",
        ),
        CheckConstraint(
            "(etat NOT IN ('tire', 'invalide') OR resultat IS NOT NULL)"
            " AND (etat NOT IN ('fige', 'ceremonie', 'retire') OR resultat IS NULL)",
            name="etat_resultat",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    identifiant: Mapped[str] = mapped_column(String(40), unique=True)
    intitule: Mapped[str] = mapped_column(String(200))
    nature: Mapped[str] = mapped_column(String(20))
    repetition: Mapped[bool]
    etat: Mapped[str] = mapped_column(String(20), default="fige")
    temoins_requis: Mapped[str] = mapped_column(String(10), default="r11")
    registre_id: Mapped[int | None] = mapped_column(ForeignKey("registre.id"))
    registre_csv: Mapped[bytes] = mapped_column(LargeBinary)
    protocole: Mapped[bytes] = mapped_column(LargeBinary)
    protocole_sha256: Mapped[str] = mapped_column(String(64))
    nombre_des: Mapped[int]
    places: Mapped[int]
    exclusions: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    effet_foyer: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    fige_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    ouvert_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    leves_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    relu_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    des: Mapped[str | None] = mapped_column(String(60))
    resultat: Mapped[bytes | None] = mapped_column(LargeBinary)
    tire_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reveles: Mapped[int] = mapped_column(default=0)
    lettres_le: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Validation(Base):
    """Who validated the method annexe, and when (R12). nom: the person or body, as the annexe prints it."""

    __tablename__ = "validation"
    __table_args__ = (CheckConstraint(f"qualite IN {tuple(QUALITES_VALIDATION)}", name="qualite"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tirage_id: Mapped[int] = mapped_column(ForeignKey("tirage.id"), index=True)
    qualite: Mapped[str] = mapped_column(String(20))
    nom: Mapped[str] = mapped_column(String(120))
    date_validation: Mapped[date] = mapped_column(Date)


class Temoin(Base):
    """Someone who attends the draw (R11). compte_id: signed in on their own phone; None: written in by hand.

    nom: published for élus and the délégué, whose attendance is a public function; a resident's never is.
    """

    __tablename__ = "temoin"
    __table_args__ = (
        UniqueConstraint("tirage_id", "compte_id"),
        CheckConstraint(f"qualite IN {tuple(QUALITES)}", name="qualite"),
        CheckConstraint("length(nom) BETWEEN 1 AND 120", name="nom"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tirage_id: Mapped[int] = mapped_column(ForeignKey("tirage.id"), index=True)
    qualite: Mapped[str] = mapped_column(String(20))
    nom: Mapped[str] = mapped_column(String(120))
    compte_id: Mapped[int | None] = mapped_column(ForeignKey("compte.id"))
    arrive_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    parti_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    empreinte_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    des_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def par_appareil(self) -> bool:
        """True where the person signed in on their own device."""
        return self.compte_id is not None


class Gobelet(Base):
    """A cup: who shakes it and how many dice, fixed before any is lifted (methode-tirage §3).

    porteur: who, in words that are published: a name where holding it is a public function, else « une habitante ».
    """

    __tablename__ = "gobelet"
    __table_args__ = (
        UniqueConstraint("tirage_id", "ordre"),
        CheckConstraint("nombre >= 1 AND length(porteur) BETWEEN 1 AND 120", name="valeurs"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tirage_id: Mapped[int] = mapped_column(ForeignKey("tirage.id"))
    ordre: Mapped[int]
    porteur: Mapped[str] = mapped_column(String(120))
    nombre: Mapped[int]


class De(Base):
    """One die read aloud and entered. position: 0, 1, 2… in the set order of the cups."""

    __tablename__ = "de"
    __table_args__ = (
        UniqueConstraint("tirage_id", "position"),
        CheckConstraint("chiffre BETWEEN 0 AND 9 AND position >= 0", name="valeurs"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tirage_id: Mapped[int] = mapped_column(ForeignKey("tirage.id"))
    position: Mapped[int]
    chiffre: Mapped[int]
    saisi_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Correction(Base):
    """A typing error put right before the dice were confirmed; the die itself was not rolled again."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    tirage_id: Mapped[int] = mapped_column(ForeignKey("tirage.id"), index=True)
    position: Mapped[int]
    avant: Mapped[int]
    apres: Mapped[int]
    le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Incident(Base):
    """What happened in the room and must stand in the minutes, in the clerk's words; no name of a drawn person."""

    __tablename__ = "incident"
    __table_args__ = (CheckConstraint("length(texte) BETWEEN 1 AND 1000", name="texte"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tirage_id: Mapped[int] = mapped_column(ForeignKey("tirage.id"), index=True)
    texte: Mapped[str] = mapped_column(Text)
    le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Fin(Base):
    """How a draw ended otherwise than by its result (R13): withdrawn, cancelled, or struck by a decision.

    genre: the state it leads to. prise_le: when it took effect; None while a cancellation waits for its
    witnesses. autorite, reference, date_decision: of the court or the préfet, for `invalide` only.
    """

    __tablename__ = "fin"
    __table_args__ = (
        CheckConstraint("genre IN ('retire', 'annule', 'invalide')", name="genre"),
        CheckConstraint("(genre = 'invalide') = (autorite IS NOT NULL)", name="autorite"),
        CheckConstraint("length(motif) BETWEEN 1 AND 1000", name="motif"),
        # One open proposal at a time, and one end for ever.
        Index("uq_fin_tirage_id_genre", "tirage_id", "genre", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    tirage_id: Mapped[int] = mapped_column(ForeignKey("tirage.id"))
    genre: Mapped[str] = mapped_column(String(10))
    motif: Mapped[str] = mapped_column(Text)
    autorite: Mapped[str | None] = mapped_column(String(120))
    reference: Mapped[str | None] = mapped_column(String(120))
    date_decision: Mapped[date | None] = mapped_column(Date)
    demande_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    prise_le: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Accord(Base):
    """A witness who agrees to a cancellation. par_appareil: on their own device; else said aloud, written by hand."""

    __tablename__ = "accord"
    __table_args__ = (UniqueConstraint("fin_id", "temoin_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fin_id: Mapped[int] = mapped_column(ForeignKey("fin.id"))
    temoin_id: Mapped[int] = mapped_column(ForeignKey("temoin.id"))
    par_appareil: Mapped[bool]
    le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
