"""Tables of the registers: the people of the lists, until their deletion date."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conseil.database import Base, UTCDateTime, now


class Registre(Base):
    """A frozen register: nothing in it changes afterwards (R13).

    criteres: the columns of `registre_csv` after numero and foyer. registre_csv, identites_csv: the files of
    methode-tirage §1, to the byte. rapport: the report of what was kept and set aside, as JSON bytes.
    sources: [{fichier, sha256, lignes}] of the lists read.
    """

    __tablename__ = "registre"
    __table_args__ = (
        CheckConstraint("length(registre_sha256) = 64 AND length(identites_sha256) = 64", name="empreintes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intitule: Mapped[str] = mapped_column(String(200))
    date_du_tirage: Mapped[date] = mapped_column(Date)
    age_minimum: Mapped[int]
    criteres: Mapped[list[str]] = mapped_column(JSON)
    fige_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    registre_csv: Mapped[bytes] = mapped_column(LargeBinary)
    registre_sha256: Mapped[str] = mapped_column(String(64))
    identites_csv: Mapped[bytes] = mapped_column(LargeBinary)
    identites_sha256: Mapped[str] = mapped_column(String(64))
    rapport: Mapped[bytes] = mapped_column(LargeBinary)
    rapport_sha256: Mapped[str] = mapped_column(String(64))
    sources: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    residents: Mapped[list["Resident"]] = relationship(back_populates="registre", cascade="all, delete-orphan")


class Resident(Base):
    """Someone of a register, under a number: only the role `ville` reads this table (« Who may see what »).

    sel: 32 random hex digits; with the name and the birth date they give the line of `identites.csv`.
    genre: F, M or X (not declared, never guessed, R10). foyer: the household's random code, empty for someone alone.
    """

    __tablename__ = "resident"
    __table_args__ = (
        UniqueConstraint("registre_id", "numero"),
        CheckConstraint("length(sel) = 32 AND genre IN ('F', 'M', 'X')", name="valeurs"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registre_id: Mapped[int] = mapped_column(ForeignKey("registre.id"))
    numero: Mapped[str] = mapped_column(String(12))
    sel: Mapped[str] = mapped_column(String(32))
    nom: Mapped[str] = mapped_column(Text)
    prenom: Mapped[str] = mapped_column(Text)
    naissance: Mapped[date | None] = mapped_column(Date)
    genre: Mapped[str] = mapped_column(String(1))
    secteur: Mapped[str] = mapped_column(String(60))
    adresse: Mapped[str] = mapped_column(Text)
    complement: Mapped[str] = mapped_column(Text)
    foyer: Mapped[str] = mapped_column(String(20))

    registre: Mapped[Registre] = relationship(back_populates="residents")
