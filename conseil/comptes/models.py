"""Tables of the accounts."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conseil.access import Role
from conseil.database import Base, UTCDateTime, now

ROLES = ", ".join(f"'{role.value}'" for role in Role)


class Compte(UserMixin, Base):
    """An account. bord: `majorite` or `opposition`, for an élu only (R11). version_session: raised to end
    every open session. totp_dernier: last time step used, so that a code read over a shoulder serves once."""

    __tablename__ = "compte"
    __table_args__ = (
        CheckConstraint(f"role IN ({ROLES})", name="role"),
        CheckConstraint(
            "(role = 'elu') = (bord IS NOT NULL) AND (bord IS NULL OR bord IN ('majorite', 'opposition'))",
            name="bord",
        ),
        CheckConstraint("length(courriel) <= 254 AND length(nom) BETWEEN 1 AND 120", name="longueurs"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    courriel: Mapped[str] = mapped_column(String(254), unique=True)
    nom: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    bord: Mapped[str | None] = mapped_column(String(12))
    mot_de_passe: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_dernier: Mapped[int] = mapped_column(default=0)
    version_session: Mapped[int] = mapped_column(default=1)
    actif: Mapped[bool] = mapped_column(default=True)
    cree_le: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    vu_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def is_active(self) -> bool:
        """What Flask-Login asks before it lets the account in."""
        return self.actif

    @property
    def has_totp(self) -> bool:
        """True once a first code from the person's device was right: the secret is kept only then."""
        return self.totp_secret is not None

    def get_id(self) -> str:
        """What the session cookie holds; a raised version makes every older cookie worthless."""
        return f"{self.id}.{self.version_session}"


class Lien(Base):
    """A single-use link to an account: invitation, or a forgotten password. Only its hash is kept."""

    __tablename__ = "lien"

    id: Mapped[int] = mapped_column(primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("compte.id"))
    empreinte: Mapped[str] = mapped_column(String(64), unique=True)
    expire_le: Mapped[datetime] = mapped_column(UTCDateTime)
    utilise_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    compte: Mapped[Compte] = relationship()


class EssaiManque(Base):
    """A wrong password or code. cle: keyed hash of what was tried (account or address), never the thing itself."""

    __tablename__ = "essai_manque"
    __table_args__ = (Index("ix_essai_manque_cle_quand", "cle", "quand"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(64))
    quand: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
