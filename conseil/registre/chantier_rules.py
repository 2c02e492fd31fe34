"""What must be settled, and what may stay open with a reason, before a register is frozen. Pure decisions."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from .folding import key
from .noms import read_separate

#: Beyond this gap between two shares, in points, a sector is said to be under- or over-represented [lecture].
ECART_ALERTE = 5.0
OPPOSITION_ANNEES = 5  # « How long »


@dataclass(frozen=True)
class Point:
    """A line of the checklist. `reste`: how much is open; `bloquant`: no reason replaces doing it."""

    code: str
    reste: int
    bloquant: bool
    raison: str = ""

    @property
    def fait(self) -> bool:
        return self.reste == 0

    @property
    def passe(self) -> bool:
        """Whether the freeze may go on past this point (methode-tirage §1, R10)."""
        return self.fait or (not self.bloquant and bool(self.raison.strip()))


@dataclass(frozen=True)
class Ouvert:
    """What is still open in a reading, counted."""

    listes_absentes: int
    listes_illisibles: int
    colonnes_a_verifier: int
    doublons: int
    voies_inconnues: int
    sans_civilite: int
    sans_naissance: int
    foyers_sans_raison: int
    types_sans_note: int
    populations_absentes: int
    ecarts: int


#: Nothing may be frozen without these; households and thin types ask for a reason each (methode-tirage §1).
BLOQUANTS = ("listes_absentes", "listes_illisibles", "foyers_sans_raison", "types_sans_note")


def checklist(ouvert: Ouvert, raisons: Mapping[str, str]) -> list[Point]:
    """Every point, in the order a person meets them."""
    counts = vars(ouvert)
    return [Point(code, counts[code], code in BLOQUANTS, raisons.get(code, "")) for code in counts]


@dataclass(frozen=True)
class Comparaison:
    """One sector in the register and in the quartier. Shares in percent; None where no figure was entered."""

    secteur: str
    inscrits: int
    part_inscrits: float
    habitants: int | None
    part_habitants: float | None

    @property
    def ecart(self) -> float | None:
        """Points between the two shares."""
        return None if self.part_habitants is None else self.part_inscrits - self.part_habitants

    @property
    def alerte(self) -> bool:
        return self.ecart is not None and abs(self.ecart) > ECART_ALERTE


def compare(inscrits: Mapping[str, int], habitants: Mapping[str, int]) -> list[Comparaison]:
    """Each sector's share of the register beside its share of the known population; shares of the population are
    given only once every sector has its figure, or they would be shares of something else."""
    total = sum(inscrits.values()) or 1
    secteurs = sorted(set(inscrits) | set(habitants))
    complete = bool(habitants) and set(inscrits) <= set(habitants)
    known = sum(habitants.values()) or 1
    return [
        Comparaison(
            secteur,
            inscrits.get(secteur, 0),
            100 * inscrits.get(secteur, 0) / total,
            habitants.get(secteur),
            100 * habitants[secteur] / known if complete else None,
        )
        for secteur in secteurs
    ]


def opposition_hashes(secret: bytes, nom: str, prenom: str, jour: str = "") -> tuple[str, str | None]:
    """The keyed hashes of someone who objects: of the folded family and first given name, and with their day of
    birth (ISO) if it is known. The second narrows the first: two people may bear one name."""
    variante = read_separate(nom, prenom).variantes[0]
    first = "".join(variante.prenoms[0]) if variante.prenoms else ""
    name = f"{variante.nom}|{key(first)}"
    return _keyed(secret, name), _keyed(secret, f"{name}|{jour}") if jour else None


def opposes(secret: bytes, identite: str, known: Mapping[str, set[str | None]]) -> bool:
    """Whether an `Occurrence.identite` is of someone who objected. `known`: name's hash → birth hashes (None: any).

    Without a day of birth in the list, the name is enough: to contact someone who refused is the worse mistake.
    """
    nom, prenoms, where = identite.split("|", 2)
    name = f"{nom}|{key(prenoms.split(',')[0])}"
    days = known.get(_keyed(secret, name))
    if days is None:
        return False
    is_day = len(where) == 10 and where[4] == where[7] == "-"
    return None in days or not is_day or _keyed(secret, f"{name}|{where}") in days


def _keyed(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def household_key(adresses: tuple[str, ...] | list[str]) -> str:
    """A large household by its addresses: 32 hex digits that name nobody."""
    return hashlib.sha256("\n".join(sorted(adresses)).encode()).hexdigest()[:32]
