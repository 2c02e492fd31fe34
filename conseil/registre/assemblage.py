"""The reading of a register in preparation: the files one by one, then the decisions put on top of them.

Two steps, because one is slow and rarely changes (`read_lists`), and the other is redone after each decision
(`assemble`). A file that cannot be read says why and does not stop the others.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from .colonnes import Colonnes
from .corrections import correct, line_key
from .doublons import Decision, Doublons, find_doublons
from .errors import RegistreError
from .fichiers import Contexte, Fichier, FichierLu, read_fichier
from .lecture import (
    COMMUNE,
    Lecture,
    Oppositions,
    Progress,
    check_places,
    count_unknown_streets,
    find_perimetre,
    place_everyone,
)
from .messages import sentences
from .occurrences import Occurrence, Rebut, Source
from .voies import Voies, read_voies


@dataclass(frozen=True)
class ListeRecue:
    """A list and what a person said of it; `titres`: {sheet: last line of headings} for columns by position."""

    nom: str
    sha256: str
    adultes: bool = False
    colonnes: Mapping[str, dict[str, object]] = field(default_factory=dict)
    titres: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Entrees:
    """Everything a reading depends on, without the bytes of the files. Lists of pairs, so that it can be hashed.

    voies: `voies.csv` as text. oppositions: (name's hash, birth's hash or None).
    """

    listes: tuple[ListeRecue, ...]
    voies: str
    date: datetime.date
    age_minimum: int
    rattachements: tuple[tuple[str, str], ...] = ()
    completions: tuple[tuple[str, str, str], ...] = ()
    decisions: tuple[tuple[str, Decision], ...] = ()
    oppositions: tuple[tuple[str, str | None], ...] = ()
    regroupements: tuple[tuple[str, str], ...] = ()

    @property
    def cle_listes(self) -> str:
        """The same while the files would be read the same."""
        return _digest([asdict(liste) for liste in self.listes], self.voies, self.date.isoformat())

    @property
    def cle_paires(self) -> str:
        """The same while the same look-alikes would be proposed."""
        return _digest(self.cle_listes, sorted(self.rattachements), sorted(self.completions))

    @property
    def cle(self) -> str:
        """The same while the whole reading would be the same."""
        rest = [self.decisions, [(a, b or "") for a, b in self.oppositions], self.regroupements]
        return _digest(self.cle_paires, self.age_minimum, *(sorted(each) for each in rest))


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass
class Lues:
    """The lists that could be read, and the sentences of those that could not, by name."""

    fichiers: list[FichierLu]
    problemes: dict[str, list[str]]
    voies: Voies
    commune: str


def read_lists(entrees: Entrees, contents: Mapping[str, bytes], progress: Progress) -> Lues:
    """Every list of the chantier. `contents`: bytes by name of list."""
    voies = read_voies("voies.csv", entrees.voies.encode()) if entrees.voies.count("\n") > 1 else Voies([])
    commune = voies.commune or COMMUNE
    lues = Lues([], {}, voies, commune)
    total = sum(data.count(b"\n") for data in contents.values())
    done = 0

    def tick(lines: int) -> None:
        nonlocal done
        done += lines
        progress("lecture", done, max(done, total))

    contexte = Contexte(voies, commune, entrees.date, tick)
    for liste in entrees.listes:
        try:
            lues.fichiers.append(_read_one(liste, contents[liste.nom], contexte))
        except RegistreError as error:
            lues.problemes[liste.nom] = sentences(error)
    return lues


def _read_one(liste: ListeRecue, data: bytes, contexte: Contexte) -> FichierLu:
    settled = {sheet: Colonnes.from_dict(columns) for sheet, columns in liste.colonnes.items()}
    lu = read_fichier(Fichier(liste.nom, data, settled or None, liste.adultes), contexte)
    return _without_titles(lu, liste.titres) if liste.titres else lu


def _without_titles(lu: FichierLu, titres: Mapping[str, int]) -> FichierLu:
    """The lines that a person said are headings, set aside as lines that name nobody."""

    def is_title(source: Source) -> bool:
        last = titres.get(source.feuille or "", titres.get(next(iter(titres)), 0) if len(titres) == 1 else 0)
        return source.ligne <= last

    titles = {o.source.ligne: o.source for o in lu.occurrences if is_title(o.source)}
    rebuts = [r for r in lu.rebuts if not is_title(r.source)]
    rebuts += [Rebut(replace(s, rang=1), "lignes_sans_personne", "ligne de titres") for s in titles.values()]
    rebuts += [
        replace(r, motif="lignes_sans_personne")
        for r in lu.rebuts
        if is_title(r.source) and r.source.ligne not in titles
    ]
    kept = [o for o in lu.occurrences if not is_title(o.source)]
    return replace(lu, occurrences=kept, rebuts=rebuts, lignes=lu.lignes - len(titles))


@dataclass
class Proposees:
    """The people of the lists once corrected, and every look-alike before any decision."""

    fichiers: list[FichierLu]
    occurrences: list[Occurrence]
    cles: dict[Source, str]
    doublons: Doublons


def propose(lues: Lues, entrees: Entrees, progress: Progress) -> Proposees:
    """Put the corrections on, then look for who may be whom."""
    completions = {(key, champ): valeur for key, champ, valeur in entrees.completions}
    attached = dict(entrees.rattachements)
    raw = [o for lu in lues.fichiers for o in lu.occurrences]
    cles = {o.source: line_key(o) for o in raw}
    fichiers = [
        replace(lu, occurrences=correct(lu.occurrences, completions, attached, lues.voies)) for lu in lues.fichiers
    ]
    occurrences = [o for lu in fichiers for o in lu.occurrences]
    progress("doublons", 0, len(occurrences))
    return Proposees(fichiers, occurrences, cles, find_doublons(occurrences))


def assemble(
    lues: Lues, proposees: Proposees, entrees: Entrees, oppositions: Oppositions, progress: Progress
) -> Lecture:
    """The register as it stands with every decision; the same as `read_listes` where there is none."""
    occurrences = proposees.occurrences
    perimetre, avis = find_perimetre(occurrences, lues.commune)
    decided = dict(entrees.decisions)
    doublons = find_doublons(occurrences, decided) if decided else proposees.doublons
    lecture = Lecture(entrees.date, entrees.age_minimum, perimetre.commune, tuple(proposees.fichiers))
    lecture.avis = [*avis, *(each for lu in proposees.fichiers for each in lu.avis)]
    lecture.a_confirmer, lecture.exacts, lecture.fusionnes = doublons.a_confirmer, doublons.exacts, doublons.fusionnes
    progress("foyers", 0, len(doublons.groupes))
    place_everyone(lecture, occurrences, doublons, perimetre, oppositions)
    count_unknown_streets(lecture, occurrences, lues.voies, perimetre)
    check_places(lecture, occurrences)
    regroupes = dict(entrees.regroupements)
    lecture.personnes = [replace(p, secteur=regroupes.get(p.secteur, p.secteur)) for p in lecture.personnes]
    progress("foyers", len(doublons.groupes), len(doublons.groupes))
    return lecture


def sorted_by_name(listes: Sequence[ListeRecue]) -> tuple[ListeRecue, ...]:
    """Lists in one order, whatever the order they came in: the fingerprint of a reading must not depend on it."""
    return tuple(sorted(listes, key=lambda liste: liste.nom))
