"""A reading as plain data: what every page shows, small enough to keep beside the chantier and to load quickly.

`write` turns a `Lecture` into it, `Bilan` reads it back. It holds names: only `ville` is shown it, and it is
deleted at the freeze with the lists.
"""

from __future__ import annotations

import datetime
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .assemblage import Entrees, Lues, Proposees
from .doublons import Paire
from .folding import words
from .lecture import TYPE_MINCE, Lecture
from .messages import sentence
from .occurrences import Occurrence, Source
from .personnes import Personne
from .ressemblance import Fiche, may_merge

GARDES, FUSIONNES = "gardes", "fusionnes"


def write(lecture: Lecture, lues: Lues, proposees: Proposees, entrees: Entrees) -> bytes:
    """The compressed JSON of a reading."""
    # Open again as soon as its own decision is taken back, without reading anew.
    open_pairs = {paire.id for paire in lecture.a_confirmer} | {paire for paire, _ in entrees.decisions}
    data = {
        "cle_paires": entrees.cle_paires,
        "rapport": lecture.rapport(),
        "problemes": lues.problemes,
        "avis": [sentence(avis) for avis in lecture.avis],
        "fichiers": [
            {"nom": lu.nom, "sha256": lu.sha256, "lignes": lu.lignes, "personnes": len(lu.occurrences)}
            for lu in lecture.fichiers
        ],
        "personnes": [_person(p, proposees) for p in lecture.personnes],
        "ecartes": [
            {
                "motif": e.motif,
                "vu": e.vu,
                "sources": _sources(e.sources),
                "personne": _person(e.personne, proposees) if e.personne else None,
            }
            for e in lecture.ecartes
        ],
        "paires": [_pair(paire, paire.id in open_pairs) for paire in proposees.doublons.a_confirmer],
        "foyers": [
            {"foyer": f.foyer, "taille": f.taille, "adresses": list(f.adresses)} for f in lecture.foyers_trop_grands
        ],
    }
    return zlib.compress(json.dumps(data, ensure_ascii=False).encode(), 1)


def _sources(sources: Iterable[Source]) -> list[list[Any]]:
    return [[s.fichier, s.feuille, s.ligne, s.rang] for s in sources]


def _person(person: Personne, proposees: Proposees) -> dict[str, Any]:
    return {
        "nom": person.nom,
        "prenom": person.prenom,
        "usage": person.usage,
        "naissance": person.naissance.isoformat() if person.naissance else None,
        "genre": person.genre,
        "adresse": person.adresse,
        "complement": person.complement,
        "secteur": person.secteur,
        "foyer": person.foyer,
        "avis": list(person.avis),
        "sources": _sources(person.sources),
        "cles": [proposees.cles[source] for source in person.sources],
    }


def _pair(paire: Paire, is_open: bool) -> dict[str, Any]:
    one, other = Fiche.of(paire.a), Fiche.of(paire.b)
    return {
        "id": paire.id,
        "motifs": list(paire.motifs),
        "reunissable": may_merge(one, other, frozenset(paire.motifs)),
        "ouverte": is_open,
        "a": _side(paire.a),
        "b": _side(paire.b),
    }


def _side(occurrences: Sequence[Occurrence]) -> dict[str, Any]:
    """One of the two, as the lists write it: the first line's words, every line's place."""
    first = min(occurrences, key=lambda o: o.source)
    return {
        "nom": first.nom.nom,
        "prenom": first.nom.prenom,
        "usage": first.nom.usage,
        "naissance": next((o.naissance.jour.isoformat() for o in occurrences if o.naissance.jour), None),
        "vu": first.naissance.vu,
        "genre": next((o.genre for o in occurrences if o.genre != "X"), "X"),
        "adresse": first.adresse.texte,
        "complement": first.adresse.complement,
        "sources": _sources(sorted(o.source for o in occurrences)),
    }


def reference(source: Sequence[Any]) -> str:
    """« liste.csv, feuille Nord, ligne 12, 2e personne »: where to look in the file as it was sent."""
    name, sheet, line, rank = source
    parts = [name, *([f"feuille {sheet}"] if sheet else []), f"ligne {line}"]
    return ", ".join([*parts, *([f"{rank}e personne"] if rank > 1 else [])])


@dataclass(frozen=True)
class Place:
    """Where one person of one line ended: `gardes`, `fusionnes`, or a reason of `rules.MOTIFS`."""

    source: Sequence[Any]
    place: str
    fiche: dict[str, Any]
    vu: str = ""
    avec: Sequence[Any] | None = None

    @property
    def lieu(self) -> str:
        return reference(self.source)

    @property
    def lieu_avec(self) -> str:
        """Where the person it was merged with stands, if it was."""
        return reference(self.avec) if self.avec else ""


@dataclass(frozen=True)
class Inscrit:
    """Someone to be frozen into the register; the fields of `Personne` that it keeps."""

    nom: str
    prenom: str
    naissance: datetime.date | None
    genre: str
    adresse: str
    complement: str
    secteur: str
    foyer: str | None


@dataclass(frozen=True)
class ListeLue:
    """A list as the protocol names it."""

    nom: str
    sha256: str
    lignes: int


class Bilan:
    """A reading, read back."""

    def __init__(self, stored: bytes) -> None:
        self._data: dict[str, Any] = json.loads(zlib.decompress(stored))
        for name in ("cle_paires", "problemes", "avis", "ecartes", "paires", "foyers"):
            setattr(self, name, self._data[name])

    cle_paires: str
    problemes: dict[str, list[str]]
    avis: list[str]
    ecartes: list[dict[str, Any]]
    paires: list[dict[str, Any]]
    foyers: list[dict[str, Any]]

    @property
    def gens(self) -> list[dict[str, Any]]:
        """The eligible people, as data."""
        people: list[dict[str, Any]] = self._data["personnes"]
        return people

    @property
    def personnes(self) -> list[Inscrit]:
        """The eligible people, for `services.freeze`."""
        kept = ("nom", "prenom", "genre", "adresse", "complement", "secteur", "foyer")
        return [
            Inscrit(
                naissance=datetime.date.fromisoformat(p["naissance"]) if p["naissance"] else None,
                **{name: p[name] for name in kept},
            )
            for p in self.gens
        ]

    @property
    def fichiers(self) -> list[ListeLue]:
        return [ListeLue(f["nom"], f["sha256"], f["lignes"]) for f in self._data["fichiers"]]

    def rapport(self) -> dict[str, Any]:
        """The report of the reading (`rapport.build`): counts and references, no name."""
        report: dict[str, Any] = dict(self._data["rapport"])
        return report

    @cached_property
    def places(self) -> list[Place]:
        """Every person of every line of every file, and every line set aside, once."""
        found = []
        for person in self.gens:
            first = person["sources"][0]
            found.append(Place(first, GARDES, person))
            found += [Place(source, FUSIONNES, person, avec=first) for source in person["sources"][1:]]
        for ecarte in self.ecartes:
            fiche = ecarte["personne"] or {}
            found += [Place(source, ecarte["motif"], fiche, ecarte["vu"]) for source in ecarte["sources"]]
        return sorted(found, key=lambda place: tuple(place.source))

    @cached_property
    def compte(self) -> dict[str, Counter[str]]:
        """File → place → how many lines' people ended there."""
        counts: dict[str, Counter[str]] = {f.nom: Counter() for f in self.fichiers}
        for place in self.places:
            counts[place.source[0]][place.place] += 1
        return counts

    def en(self, place: str, fichier: str = "") -> list[Place]:
        """Those that ended in one place, of one file or of all."""
        return [p for p in self.places if p.place == place and fichier in ("", p.source[0])]

    def cherche(self, texte: str) -> list[Place]:
        """The lines of everyone whose names hold all these words, spelling aside."""
        asked = set(words(texte))
        if not asked:
            return []
        return [p for p in self.places if asked <= _name_words(p)]

    def a_completer(self, champ: str) -> list[dict[str, Any]]:
        """The people who lack a `genre` (they stay, R10), a `naissance` or a `secteur` (set aside)."""
        if champ == "genre":
            return [person for person in self.gens if person["genre"] == "X"]
        motif = {"naissance": "sans_naissance", "secteur": "voie_inconnue"}[champ]
        return [{**e["personne"], "vu": e["vu"]} for e in self.ecartes if e["motif"] == motif]

    def membres(self, foyer: str) -> list[dict[str, Any]]:
        """The people of one household."""
        return [person for person in self.gens if person["foyer"] == foyer]

    @cached_property
    def effectifs(self) -> dict[str, int]:
        return dict(sorted(Counter(f"{p['genre']}|{p['secteur']}" for p in self.gens).items()))

    @property
    def types_minces(self) -> dict[str, int]:
        return {kind: count for kind, count in self.effectifs.items() if count < TYPE_MINCE}

    @cached_property
    def par_secteur(self) -> dict[str, int]:
        return dict(sorted(Counter(p["secteur"] for p in self.gens).items()))

    @cached_property
    def voies_inconnues(self) -> list[dict[str, Any]]:
        unknown: list[dict[str, Any]] = self._data["rapport"]["voies_inconnues"]
        return unknown

    @cached_property
    def paires_par_id(self) -> dict[str, dict[str, Any]]:
        return {paire["id"]: paire for paire in self.paires}


def _name_words(place: Place) -> set[str]:
    """A person's names; for a line that names no person, what stood there."""
    names = [str(place.fiche.get(name) or "") for name in ("nom", "prenom", "usage")]
    return set(words(" ".join(names) if place.fiche else place.vu))
