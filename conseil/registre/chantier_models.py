"""Tables of the registers in preparation: what was sent, and what people settled. Everything else is derived.

A reading is never kept as the truth: it is worked out again from the files and the decisions, and `Calcul` only
holds the last one, under the fingerprint of what it was worked out from.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conseil.database import Base, UTCDateTime, now


class Chantier(Base):
    """A register in preparation. `registre_id`: the register it was frozen into; nothing changes from then (R13).

    regroupements: sector → the wider value it counts as, where a type was too thin (methode-tirage §1).
    cree_par, and `par` below: the number of an account.
    """

    __tablename__ = "chantier"

    id: Mapped[int] = mapped_column(primary_key=True)
    intitule: Mapped[str] = mapped_column(String(200))
    date_du_tirage: Mapped[date] = mapped_column(Date)
    age_minimum: Mapped[int]
    regroupements: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    cree_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    cree_par: Mapped[int]
    registre_id: Mapped[int | None] = mapped_column(ForeignKey("registre.id", ondelete="SET NULL"))
    fige_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    listes: Mapped[list["Liste"]] = relationship(
        back_populates="chantier", order_by="Liste.id", cascade="all, delete-orphan"
    )


class Liste(Base):
    """A file as it was sent, to the byte, until the freeze. `nom`: what it is called everywhere, unique here.

    colonnes: {sheet: Colonnes.to_dict()} where a person settled them, now or for the same source before;
    titres: {sheet: last line of headings} where they are settled by position. verifiees: a person looked at them.
    """

    __tablename__ = "liste"
    __table_args__ = (UniqueConstraint("chantier_id", "sha256"), UniqueConstraint("chantier_id", "nom"))

    id: Mapped[int] = mapped_column(primary_key=True)
    chantier_id: Mapped[int] = mapped_column(ForeignKey("chantier.id"))
    nom: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    taille: Mapped[int]
    donnees: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    adultes: Mapped[bool] = mapped_column(default=False)
    colonnes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    titres: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    verifiees: Mapped[bool] = mapped_column(default=False)
    ajoutee_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    ajoutee_par: Mapped[int]

    chantier: Mapped[Chantier] = relationship(back_populates="listes")


class Calcul(Base):
    """The last reading of a chantier, and the one under way with its lease.

    cle: fingerprint of what is being read; jeton: who reads; battement: their last sign of life. resultat: the
    figures and people (compressed JSON) for `resultat_cle`.
    """

    __tablename__ = "calcul"

    chantier_id: Mapped[int] = mapped_column(ForeignKey("chantier.id"), primary_key=True)
    cle: Mapped[str] = mapped_column(String(64), default="")
    jeton: Mapped[str] = mapped_column(String(32), default="")
    battement: Mapped[datetime | None] = mapped_column(UTCDateTime)
    etape: Mapped[str] = mapped_column(String(20), default="")
    fait: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    echec: Mapped[str] = mapped_column(String(64), default="")
    resultat_cle: Mapped[str] = mapped_column(String(64), default="")
    resultat: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class DecisionPaire(Base):
    """Two look-alikes settled: `meme` person or `deux`. geste: what was decided in one go is undone in one go.

    avant: the decision this one took the place of ({choix, par, geste, avant}), that an undo puts back.
    """

    __tablename__ = "decision_paire"
    __table_args__ = (
        UniqueConstraint("chantier_id", "paire"),
        CheckConstraint("choix IN ('meme', 'deux')", name="choix"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chantier_id: Mapped[int] = mapped_column(ForeignKey("chantier.id"))
    paire: Mapped[str] = mapped_column(String(16))
    choix: Mapped[str] = mapped_column(String(4))
    geste: Mapped[int]
    avant: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    par: Mapped[int]
    quand: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Completion(Base):
    """What a person filled in for someone of the lists. `cle`: a hash of the line as it was sent (`corrections`)."""

    __tablename__ = "completion"
    __table_args__ = (
        UniqueConstraint("chantier_id", "cle", "champ"),
        CheckConstraint("champ IN ('genre', 'naissance', 'secteur', 'complement')", name="champ"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    chantier_id: Mapped[int] = mapped_column(ForeignKey("chantier.id"))
    cle: Mapped[str] = mapped_column(String(32))
    champ: Mapped[str] = mapped_column(String(12))
    valeur: Mapped[str] = mapped_column(String(100))
    par: Mapped[int]
    quand: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Explication(Base):
    """Why something stays as it is: a household over 12 (`foyer`), a thin type (`type`), an open point (`point`)."""

    __tablename__ = "explication"
    __table_args__ = (UniqueConstraint("chantier_id", "sujet", "cle"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chantier_id: Mapped[int] = mapped_column(ForeignKey("chantier.id"))
    sujet: Mapped[str] = mapped_column(String(10))
    cle: Mapped[str] = mapped_column(String(140))
    texte: Mapped[str] = mapped_column(String(500))
    par: Mapped[int]
    quand: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class SourceConnue(Base):
    """The columns a person settled for a source, recognised by its headings the next time."""

    __tablename__ = "source_connue"

    empreinte: Mapped[str] = mapped_column(String(16), primary_key=True)
    colonnes: Mapped[dict[str, Any]] = mapped_column(JSON)
    titres: Mapped[int] = mapped_column(default=0)
    par: Mapped[int]
    quand: Mapped[datetime] = mapped_column(UTCDateTime, default=now, onupdate=now)


class LigneVoie(Base):
    """A line of the street table: a street, or some of its numbers, and their sector (empty: outside, R4)."""

    __tablename__ = "ligne_voie"

    id: Mapped[int] = mapped_column(primary_key=True)
    voie: Mapped[str] = mapped_column(String(120))
    secteur: Mapped[str] = mapped_column(String(60))
    debut: Mapped[int | None]
    fin: Mapped[int | None]
    cote: Mapped[str] = mapped_column(String(6), default="")
    commune: Mapped[str] = mapped_column(String(80), default="")
    version: Mapped[int] = mapped_column(default=1)


class Rattachement(Base):
    """A street as some list writes it, attached by a person to one of the table. rue: its folded key."""

    __tablename__ = "rattachement"

    rue: Mapped[str] = mapped_column(String(200), primary_key=True)
    voie: Mapped[str] = mapped_column(String(120))
    par: Mapped[int]
    quand: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Opposition(Base):
    """Someone asked not to be contacted: keyed hashes only, for 5 years (« How long »). Never their name."""

    __tablename__ = "opposition"
    __table_args__ = (CheckConstraint("length(nom_hache) = 64", name="nom_hache"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nom_hache: Mapped[str] = mapped_column(String(64))
    jour_hache: Mapped[str | None] = mapped_column(String(64))
    par: Mapped[int]
    quand: Mapped[datetime] = mapped_column(UTCDateTime, default=now)


class Population(Base):
    """Inhabitants of a sector as a person read them somewhere: the figure, its source and its year."""

    __tablename__ = "population"

    secteur: Mapped[str] = mapped_column(String(60), primary_key=True)
    habitants: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))
    annee: Mapped[int]
    par: Mapped[int]
    quand: Mapped[datetime] = mapped_column(UTCDateTime, default=now, onupdate=now)
