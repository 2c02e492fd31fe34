"""From the lists to the register: every person of every line of every file in exactly one place."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .colonnes import Colonnes
from .doublons import Decision, Doublons, Paire, find_doublons
from .errors import Avis, Probleme, RegistreError
from .fichiers import Contexte, Fichier, FichierLu, read_fichier
from .folding import fold
from .foyers import TAILLE_MAXIMUM, households
from .occurrences import Occurrence, Source
from .personnes import Personne, bring_together
from .rules import AGE_MINIMUM, MOTIFS, Perimetre, motif_of, secteur_of
from .voies import Voies

#: The municipality, where `voies.csv` names none.
COMMUNE = "Blois"
#: A type of fewer residents is shown before publication (`methode-tirage §1`).
TYPE_MINCE = 5

#: Called with (step, done, total): « lecture » (lines), « doublons », « foyers ».
Progress = Callable[[str, int, int], None]
#: Whether someone asked not to be contacted, from one of their `Personne.identites`.
Oppositions = Callable[[str], bool]


@dataclass(frozen=True)
class Ecarte:
    """A person or a line set aside: why (`rules.MOTIFS`), where from, what was seen; `personne` for a person."""

    motif: str
    sources: tuple[Source, ...]
    vu: str
    personne: Personne | None = None


@dataclass(frozen=True)
class Fusion:
    """Lines that are one person; `exacte` when names and day of birth are the same on all of them."""

    sources: tuple[Source, ...]
    exacte: bool


@dataclass(frozen=True)
class FoyerTropGrand:
    """A household of more than 12 residents: to be split by completing addresses, or kept with a reason."""

    foyer: str
    taille: int
    adresses: tuple[str, ...]


@dataclass
class Lecture:
    """The register read from the lists, and everything a person has to see before freezing it.

    `personnes`: the eligible, sorted by name; `ecartes`: the others; `a_confirmer`: near duplicates nobody has
    settled; `voies_inconnues`: street → (people, proposed street or `""`); `effectifs`: type (« F|Bégon ») →
    residents; `types_minces`: those under 5.
    """

    date: datetime.date
    age_minimum: int
    commune: str
    fichiers: tuple[FichierLu, ...]
    personnes: list[Personne] = field(default_factory=list)
    ecartes: list[Ecarte] = field(default_factory=list)
    fusions: list[Fusion] = field(default_factory=list)
    a_confirmer: list[Paire] = field(default_factory=list)
    exacts: int = 0
    fusionnes: int = 0
    foyers_trop_grands: list[FoyerTropGrand] = field(default_factory=list)
    voies_inconnues: dict[str, tuple[int, str]] = field(default_factory=dict)
    avis: list[Avis] = field(default_factory=list)

    @property
    def effectifs(self) -> dict[str, int]:
        return dict(sorted(Counter(f"{p.genre}|{p.secteur}" for p in self.personnes).items()))

    @property
    def types_minces(self) -> dict[str, int]:
        return {kind: count for kind, count in self.effectifs.items() if count < TYPE_MINCE}

    @property
    def motifs(self) -> dict[str, int]:
        """People by reason, every reason named; lines for those that name no person."""
        counts = Counter(ecarte.motif for ecarte in self.ecartes)
        counts["sans_civilite"] = sum(p.genre == "X" for p in self.personnes)
        return {motif: counts[motif] for motif in MOTIFS}

    @property
    def colonnes(self) -> dict[tuple[str, str], Colonnes]:
        """What each column was taken for, by file and sheet, to be shown, corrected and remembered."""
        return {(f.nom, sheet): c for f in self.fichiers for sheet, c in f.colonnes.items()}

    def rapport(self) -> dict[str, object]:
        """The report of the import: see `rapport.build`. Never a name in it."""
        from .rapport import build

        return build(self)


def read_listes(
    fichiers: Sequence[Fichier],
    voies: Voies,
    date: datetime.date,
    age_minimum: int = AGE_MINIMUM,
    decisions: Mapping[str, Decision] | None = None,
    fusionner_meme_adresse: bool = False,
    oppositions: Oppositions | None = None,
    progress: Progress | None = None,
) -> Lecture:
    """Read the lists as of `date`, the day of the draw.

    `decisions`: `Paire.id` → « meme » or « deux ». `fusionner_meme_adresse`: merge the near duplicates that
    share day of birth and address (`ressemblance.may_merge` says which) and propose only the others.
    Raises `RegistreError` with every problem of every file.
    """
    report = progress or (lambda _step, _done, _total: None)
    contexte = Contexte(voies, voies.commune or COMMUNE, date)
    read = _read_all(fichiers, contexte, report)
    occurrences = [o for lu in read for o in lu.occurrences]
    perimetre, avis = find_perimetre(occurrences, contexte.commune)
    report("doublons", 0, len(occurrences))
    doublons = find_doublons(occurrences, decisions, fusionner_meme_adresse)
    lecture = Lecture(date, age_minimum, perimetre.commune, tuple(read))
    lecture.avis = [*avis, *(each for lu in read for each in lu.avis)]
    lecture.a_confirmer, lecture.exacts = doublons.a_confirmer, doublons.exacts
    lecture.fusionnes = doublons.fusionnes
    report("foyers", 0, len(doublons.groupes))
    place_everyone(lecture, occurrences, doublons, perimetre, oppositions or (lambda _identite: False))
    count_unknown_streets(lecture, occurrences, voies, perimetre)
    check_places(lecture, occurrences)
    report("foyers", len(doublons.groupes), len(doublons.groupes))
    return lecture


def _read_all(fichiers: Sequence[Fichier], contexte: Contexte, report: Progress) -> list[FichierLu]:
    read, problemes, done = [], [], 0
    names = Counter(fichier.name for fichier in fichiers)
    total = sum(fichier.data.count(b"\n") for fichier in fichiers)
    problemes += [Probleme("fichier_en_double", {"fichier": name}) for name, count in names.items() if count > 1]
    if not fichiers:
        problemes.append(Probleme("aucun_fichier"))

    def tick(lines: int) -> None:
        nonlocal done
        done += lines
        report("lecture", done, max(done, total))

    for fichier in fichiers:
        try:
            read.append(read_fichier(fichier, replace(contexte, tick=tick)))
        except RegistreError as error:
            problemes += error.problemes
    if problemes:
        raise RegistreError(problemes)
    return read


def find_perimetre(occurrences: Iterable[Occurrence], commune: str) -> tuple[Perimetre, list[Avis]]:
    """The municipality of the perimeter: the one expected; or, where no address is in it, the one where most
    known streets are, and that is said."""
    counts: Counter[str] = Counter()
    codes: dict[str, set[str]] = {}
    for occurrence in occurrences:
        adresse = occurrence.adresse
        if adresse.commune and adresse.voie:
            counts[adresse.commune] += 1
            codes.setdefault(adresse.commune, set()).add(adresse.code_postal)
    expected, avis = fold(commune), []
    if counts and expected not in counts:
        seen = min(counts, key=lambda name: (-counts[name], name))
        if counts[seen] * 2 > sum(counts.values()):
            avis.append(Avis("commune_supposee", {"vu": seen, "attendu": commune}))
            expected = seen
    return Perimetre(expected, frozenset(codes.get(expected, set()) - {""})), avis


def place_everyone(
    lecture: Lecture,
    occurrences: Sequence[Occurrence],
    doublons: Doublons,
    perimetre: Perimetre,
    oppositions: Oppositions,
) -> None:
    """Put each person in one place: eligible with a household, or set aside with the first reason."""
    people = [[occurrences[i] for i in groupe] for groupe in doublons.groupes]
    eligible: dict[int, Personne] = {}
    for index, group in enumerate(people):
        person = bring_together(group, perimetre)
        motif = motif_of(
            any(o.decede for o in group),
            [secteur_of(o.adresse, perimetre) for o in group],
            person.naissance,
            any(o.adulte for o in group),
            lecture.date,
            lecture.age_minimum,
            any(map(oppositions, person.identites)),
        )
        if motif is None:
            eligible[index] = person
        else:
            lecture.ecartes.append(Ecarte(motif, person.sources, _seen(motif, group), person))
        if len(group) > 1:
            near = doublons.groupes[index][0] in doublons.rapproches
            lecture.fusions.append(Fusion(person.sources, exacte=not near))
    _set_households(lecture, households(people), eligible)
    for lu in lecture.fichiers:
        lecture.ecartes += [Ecarte(rebut.motif, (rebut.source,), rebut.vu) for rebut in lu.rebuts]
    lecture.ecartes.sort(key=lambda ecarte: ecarte.sources)


def _set_households(lecture: Lecture, foyers: Iterable[list[int]], eligible: Mapping[int, Personne]) -> None:
    """Number the households that hold two eligible people or more, by their first person's name."""
    ordered = sorted(
        (sorted((eligible[i] for i in foyer if i in eligible), key=_by_name) for foyer in foyers),
        key=lambda members: [_by_name(member) for member in members],
    )
    number = 0
    for members in ordered:
        key = None
        if len(members) > 1:
            number += 1
            key = f"{number:05d}"
        lecture.personnes += [replace(member, foyer=key) for member in members]
        if key and len(members) > TAILLE_MAXIMUM:
            adresses = tuple(sorted({member.adresse for member in members}))
            lecture.foyers_trop_grands.append(FoyerTropGrand(key, len(members), adresses))
    lecture.personnes.sort(key=_by_name)


def _by_name(person: Personne) -> tuple[object, ...]:
    return (*person.identites, person.adresse, person.complement, person.sources)


def _seen(motif: str, group: Sequence[Occurrence]) -> str:
    """What made the reason: the date that could not be read, or the address."""
    if motif in ("sans_naissance", "mineurs"):
        return " / ".join(sorted({o.naissance.vu for o in group if o.naissance.vu}))
    if motif in ("hors_perimetre", "voie_inconnue"):
        return " / ".join(sorted({o.adresse.vu for o in group}))
    return ""


def count_unknown_streets(
    lecture: Lecture, occurrences: Iterable[Occurrence], voies: Voies, perimetre: Perimetre
) -> None:
    """Count the people set aside by unknown street, with the known street each may be, for a person to settle."""
    by_source = {o.source: o for o in occurrences}
    counts: Counter[str] = Counter()
    for ecarte in lecture.ecartes:
        if ecarte.motif == "voie_inconnue":
            streets = {
                by_source[s].adresse for s in ecarte.sources if secteur_of(by_source[s].adresse, perimetre) is None
            }
            counts.update({adresse.voie.libelle if adresse.voie else adresse.rue for adresse in streets})
    for rue, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        lecture.voies_inconnues[rue] = (count, voies.suggest(rue) if rue else "")


def check_places(lecture: Lecture, occurrences: Iterable[Occurrence]) -> None:
    """Raise `RuntimeError` unless every person and every set-aside line of the files is in exactly one place."""
    expected = Counter(o.source for o in occurrences)
    expected.update(rebut.source for lu in lecture.fichiers for rebut in lu.rebuts)
    placed = Counter(s for person in lecture.personnes for s in person.sources)
    placed.update(s for ecarte in lecture.ecartes for s in ecarte.sources)
    if expected != placed or any(count != 1 for count in placed.values()):
        wrong = [source.reference for source in (expected - placed) + (placed - expected)]
        raise RuntimeError(f"people out of place: {wrong[:5]}")
