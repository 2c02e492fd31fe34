"""Duplicates: exact ones merged, near ones proposed, decided ones obeyed.

Candidates are looked for within one day of birth (or one home, where a day is missing or may be wrong), through
keys that near names share, so that 20,000 lines stay a matter of seconds.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from .grouping import Groups
from .occurrences import Occurrence
from .ressemblance import Fiche, head, in_any_order, ligatured, likenesses, may_merge, same_prenoms

Decision = Literal["meme", "deux"]
_CROWD = 60  # in a larger set of look-alikes each is compared with its neighbours only
_LONGEST = 40  # letters of a name that count when looking for candidates


@dataclass(frozen=True)
class Paire:
    """Two people who may be one. `id` depends on who they are, not on where they stand in the files."""

    id: str
    motifs: tuple[str, ...]
    a: tuple[Occurrence, ...]
    b: tuple[Occurrence, ...]

    @property
    def references(self) -> tuple[str, str]:
        """« file:line » of each, without a name."""
        first, second = sorted(min(o.source for o in side) for side in (self.a, self.b))
        return first.reference, second.reference


@dataclass(frozen=True)
class Doublons:
    """`groupes`: the people, each a list of positions in the occurrences; `rapproches`: those (by first position)
    that near duplicates, merged or decided, brought together. `exacts` and `fusionnes`: occurrences absorbed by
    an exact duplicate, by a near one."""

    groupes: list[list[int]]
    rapproches: frozenset[int]
    exacts: int
    fusionnes: int
    a_confirmer: list[Paire]


def find_doublons(
    occurrences: Sequence[Occurrence],
    decisions: Mapping[str, Decision] | None = None,
    fusionner_meme_adresse: bool = False,
) -> Doublons:
    """Who is who. The result depends on the people, never on the order of files or lines.

    `decisions`: pair id → « meme » or « deux », as a person settled it on an earlier reading.
    """
    groups = Groups(len(occurrences))
    _join_exact(occurrences, groups)
    exact = groups.members()
    pairs = _Pairs(occurrences, exact, decisions or {})
    pairs.decide(groups, fusionner_meme_adresse)
    final = groups.members()
    merged = Counter(groups.find(group[0]) for group in exact)
    near = frozenset(root for root, parts in merged.items() if parts > 1)
    left = pairs.left(groups, final)
    return Doublons(final, near, len(occurrences) - len(exact), len(exact) - len(final), left)


def _join_exact(occurrences: Sequence[Occurrence], groups: Groups) -> None:
    """Same folded names and same day of birth (order of second given names aside)."""
    homonyms: dict[Hashable, list[tuple[int, int]]] = {}
    for index, occurrence in enumerate(occurrences):
        jour = occurrence.naissance.jour
        for rank, variante in enumerate(occurrence.nom.variantes):
            if jour and variante.nom and variante.prenoms:
                for given in (variante.prenom, in_any_order(variante.prenoms)):
                    homonyms.setdefault((jour, variante.nom, given), []).append((index, rank))
    for bucket in homonyms.values():
        seen: dict[Hashable, int] = {}
        for index, rank in bucket:
            prenoms = occurrences[index].nom.variantes[rank].prenoms
            if prenoms in seen:
                groups.join(seen[prenoms], index)
                continue
            for other, known in list(seen.items())[:_CROWD]:
                if same_prenoms(other, prenoms):  # type: ignore[arg-type]
                    groups.join(known, index)
            seen[prenoms] = index


class _Pairs:
    """The candidate pairs among the exact groups, with what each likeness is."""

    def __init__(
        self, occurrences: Sequence[Occurrence], groupes: list[list[int]], decisions: Mapping[str, Decision]
    ) -> None:
        self.occurrences, self.groupes, self.decisions = occurrences, groupes, decisions
        self.fiches = [Fiche.of(occurrences[i] for i in groupe) for groupe in groupes]
        self.identites = [sorted({occurrences[i].identite for i in groupe}) for groupe in groupes]
        found = {}
        for a, b in _candidates(self.fiches):
            if motifs := likenesses(self.fiches[a], self.fiches[b]):
                found[a, b] = motifs
        self.motifs = dict(sorted(found.items(), key=lambda item: self._id(*item[0])))

    def _id(self, a: int, b: int) -> str:
        return pair_id(self.identites[a][0], self.identites[b][0])

    def _decision(self, a: int, b: int) -> Decision | None:
        """A decision holds for whoever the two people are, under any of the names they stand under."""
        if not self.decisions:
            return None
        ids = (pair_id(x, y) for x in self.identites[a][:_CROWD] for y in self.identites[b][:_CROWD])
        return next((self.decisions[i] for i in ids if i in self.decisions), None)

    def decide(self, groups: Groups, fusionner_meme_adresse: bool) -> None:
        """Join what was decided « meme », then what may merge; never across a « deux »."""
        decided = {pair: self._decision(*pair) for pair in self.motifs}
        apart = [pair for pair, decision in decided.items() if decision == "deux"]
        self.closed = set(apart)
        wanted = [pair for pair, decision in decided.items() if decision == "meme"]
        if fusionner_meme_adresse:
            wanted += [
                (a, b)
                for (a, b), motifs in self.motifs.items()
                if decided[a, b] is None and may_merge(self.fiches[a], self.fiches[b], motifs)
            ]
        for pair in wanted:
            a, b = (groups.find(self.groupes[side][0]) for side in pair)
            if not any({groups.find(self.groupes[x][0]), groups.find(self.groupes[y][0])} == {a, b} for x, y in apart):
                groups.join(a, b)

    def left(self, groups: Groups, final: list[list[int]]) -> list[Paire]:
        """The pairs nobody has settled, between the people as they are now."""
        members = {groups.find(groupe[0]): groupe for groupe in final}
        between: dict[tuple[int, int], tuple[int, int]] = {}
        settled: set[frozenset[int]] = set()
        for pair in self.motifs:
            roots = sorted(groups.find(self.groupes[side][0]) for side in pair)
            if roots[0] == roots[1]:
                continue
            if pair in self.closed:
                settled.add(frozenset(roots))
            between.setdefault((roots[0], roots[1]), pair)
        open_pairs = [
            (self._id(*pair), tuple(sorted(self.motifs[pair])), roots)
            for roots, pair in between.items()
            if frozenset(roots) not in settled
        ]
        return [
            Paire(name, motifs, *(tuple(self.occurrences[i] for i in members[root]) for root in roots))
            for name, motifs, roots in sorted(open_pairs)
        ]


def pair_id(one: str, other: str) -> str:
    """The same for the same two people, whichever comes first."""
    return hashlib.sha256("\n".join(sorted((one, other))).encode()).hexdigest()[:16]


def _candidates(fiches: Sequence[Fiche]) -> set[tuple[int, int]]:
    """Pairs that share a key; a day of birth that one fiche alone has is not worth its keys."""
    days = Counter(jour for fiche in fiches for jour in fiche.jours)
    buckets: dict[Hashable, list[int]] = {}
    for index, fiche in enumerate(fiches):
        for key in set(_keys(fiche, [jour for jour in fiche.jours if days[jour] > 1])):
            buckets.setdefault(key, []).append(index)
    return {pair for bucket in buckets.values() if len(bucket) > 1 for pair in _pairs_of(bucket)}


def _pairs_of(bucket: list[int]) -> Iterable[tuple[int, int]]:
    if len(bucket) <= _CROWD:
        return combinations(bucket, 2)
    return pairwise(bucket)


def _keys(fiche: Fiche, jours: Sequence[datetime.date]) -> Iterator[Hashable]:
    """Keys that two people share when they are alike in one of the ways of `likenesses`."""
    for variante in fiche.variantes:
        if not variante.prenom:
            continue
        nom, prenom = variante.nom[:_LONGEST], variante.prenom[:_LONGEST]
        for home in fiche.logements:
            yield "home", nom, prenom, home
        for jour in jours:
            yield jour, "swap", frozenset((nom, prenom))
            yield jour, "head", nom, head(variante)
            for used in (nom, *fiche.usages):
                yield jour, "used", prenom, used
            for word in {word for words in fiche.mots for word in words}:
                yield jour, "word", prenom, word
            for flat in fiche.homes:
                yield jour, "flat", prenom, flat
            for less in _one_less(nom):
                yield jour, "nom", prenom, less
            for less in _one_less(prenom):
                yield jour, "prenom", nom, less


def _one_less(name: str) -> set[str]:
    """The name and the name less any one letter: two names a letter apart share one of them."""
    forms = {name, ligatured(name)}
    return forms | {form[:i] + form[i + 1 :] for form in forms for i in range(len(form))}
