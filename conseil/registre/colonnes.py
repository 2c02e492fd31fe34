"""What each column of a list holds: a value that can be shown, corrected by a person and remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from .folding import fold
from .libelles import IGNORED, ROLES
from .naissance import Ordre
from .noms import OrdreNom


@dataclass(frozen=True)
class Colonne:
    """One column: its heading, its role (`libelles.ROLES`), and which person of the line it speaks of."""

    libelle: str
    role: str = IGNORED
    rang: int = 1
    devinee: bool = False


@dataclass(frozen=True)
class Colonnes:
    """The columns of one sheet.

    `entete`: line numbers of the heading rows (empty: the list has none, and `colonnes` are by position).
    `ordre_nom`: what a column of whole names holds first (None: cannot be told; each name is then read both
    ways). `ordre_dates`: day or month first. `empreinte` recognises the same source the next time.
    """

    feuille: str
    entete: tuple[int, ...]
    colonnes: tuple[Colonne, ...]
    ordre_nom: OrdreNom | None = None
    ordre_dates: Ordre = "jma"

    @property
    def empreinte(self) -> str:
        """The same for the same headings in the same order, accents and case aside."""
        headings = "\x1f".join(fold(colonne.libelle) for colonne in self.colonnes)
        return hashlib.sha256(headings.encode()).hexdigest()[:16]

    @property
    def rangs(self) -> tuple[int, ...]:
        """The people a line may hold: ranks that have a column of names."""
        return tuple(sorted({c.rang for c in self.colonnes if c.role in ("nom", "prenom")}))

    def indices(self, role: str, rang: int = 1) -> tuple[int, ...]:
        """The positions of the columns of a role."""
        return tuple(i for i, c in enumerate(self.colonnes) if c.role == role and c.rang == rang)

    def has(self, role: str, rang: int = 1) -> bool:
        return bool(self.indices(role, rang))

    def corrected(self, index: int, role: str, rang: int = 1) -> Colonnes:
        """The same with one column given another role by a person. Raises `ValueError` on an unknown role."""
        if role not in ROLES or rang < 1:
            raise ValueError(role)
        columns = list(self.colonnes)
        columns[index] = replace(columns[index], role=role, rang=rang, devinee=False)
        return replace(self, colonnes=tuple(columns))

    def to_dict(self) -> dict[str, Any]:
        """Plain data, to store; `from_dict` gives the value back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Colonnes:
        columns = tuple(Colonne(**colonne) for colonne in data["colonnes"])
        return cls(**{**data, "entete": tuple(data["entete"]), "colonnes": columns})
