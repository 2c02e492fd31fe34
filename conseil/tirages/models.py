"""Tables of the draws."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from conseil.database import Base, UTCDateTime, now

# methode-tirage, « The kinds of draw ».
NATURES = ("habitants", "volontaires", "associations", "personnes")
ETATS = ("fige", "tire")


class Tirage(Base):
    """A draw and its public files, to the byte: they stay when the identities are erased, and still verify.

    etat: `fige` (protocol published, no die rolled) → `tire` (result published). registre_id: the register the
    residents come from, None for the draws whose names are public.
    """

    __tablename__ = "tirage"
    __table_args__ = (
        CheckConstraint(f"nature IN {NATURES}", name="nature"),
        CheckConstraint(f"etat IN {ETATS}", name="etat"),
        CheckConstraint(
            "(etat = 'tire') = (resultat IS NOT NULL AND des IS NOT NULL AND tire_le IS NOT NULL)",
            name="resultat",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    identifiant: Mapped[str] = mapped_column(String(40), unique=True)
    intitule: Mapped[str] = mapped_column(String(200))
    nature: Mapped[str] = mapped_column(String(20))
    repetition: Mapped[bool]
    etat: Mapped[str] = mapped_column(String(20), default="fige")
    registre_id: Mapped[int | None] = mapped_column(ForeignKey("registre.id"))
    registre_csv: Mapped[bytes] = mapped_column(LargeBinary)
    protocole: Mapped[bytes] = mapped_column(LargeBinary)
    protocole_sha256: Mapped[str] = mapped_column(String(64))
    fige_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    des: Mapped[str | None] = mapped_column(String(60))
    resultat: Mapped[bytes | None] = mapped_column(LargeBinary)
    tire_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
