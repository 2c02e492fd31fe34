"""A person as one line of one list names them; the same person may occur in several."""

from __future__ import annotations

from dataclasses import dataclass

from .adresses import Adresse
from .civilite import Genre
from .naissance import Naissance
from .noms import Nom


@dataclass(frozen=True, order=True)
class Source:
    """A person's place in the lists: file, sheet (blank when the file has one list), line, rank on the line."""

    fichier: str
    feuille: str
    ligne: int
    rang: int = 1

    @property
    def reference(self) -> str:
        """« liste.csv:12 », « liste.xlsx[Nord]:12#2 » for the second person of the line: no name in it."""
        sheet = f"[{self.feuille}]" if self.feuille else ""
        rank = f"#{self.rang}" if self.rang > 1 else ""
        return f"{self.fichier}{sheet}:{self.ligne}{rank}"


@dataclass(frozen=True)
class Occurrence:
    """One person of one line. `adulte`: the list was declared as one of adults only."""

    source: Source
    nom: Nom
    genre: Genre
    naissance: Naissance
    adresse: Adresse
    contrat: str = ""
    decede: bool = False
    adulte: bool = False

    @property
    def identite(self) -> str:
        """What stays of the person when files are cut or sorted otherwise: the base of stable pair ids."""
        first = self.nom.variantes[0]
        given = ",".join(" ".join(name) for name in first.prenoms)
        jour = self.naissance.jour
        where = jour.isoformat() if jour else " ".join(self.adresse.logement or ("", self.adresse.rue, ""))
        return f"{first.nom}|{given}|{where}"


@dataclass(frozen=True)
class Rebut:
    """A line, or part of one, that holds no natural person: why, and what stood there."""

    source: Source
    motif: str
    vu: str
