"""Names: one cell or several, to every way they can honestly be read.

« NOEL Lucas » has one reading, because capitals say which is the family name. « BEN YOUSSEF ANNE LAURE » has
three, one per place where the family name may end: two people are the same when some readings agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .folding import fold, key

#: What a « Nom complet » column holds first.
OrdreNom = Literal["nom_prenom", "prenom_nom"]
#: Given names, each as its words: « Anne Laure, Marie-Jo » → `(("anne", "laure"), ("marie-jo",))`.
Prenoms = tuple[tuple[str, ...], ...]

_PARTICLES = {"de", "du", "des", "d", "la", "le", "les", "l", "da", "dos", "das", "do", "di", "del", "dit", "dite"}
_PARTICLES |= {"van", "von", "der", "den", "el", "al", "ould", "bint"}
#: Words that are no family name by themselves.
_LEADING = _PARTICLES | {"ben", "bel", "saint", "sainte", "st", "ste"}
_MAX_WORDS = 8
_BORN = re.compile(r"\s+(?:née?|nee|ne)\s+(?=\D)", re.IGNORECASE)
_MARRIED = re.compile(r"\s+(?:[ée]pouse|[ée]p\.?|[ée]pse\.?|veuve|vve\.?|femme)\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\(([^)]*)\)")
_BETWEEN_GIVEN = re.compile(r"[,;/\n]")
_TWO_PEOPLE = re.compile(r"\s+(?:et|and)\s+|\s*[&+]\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Variante:
    """One reading: the family name's key (`folding.key`) and the given names."""

    nom: str
    prenoms: Prenoms

    @property
    def prenom(self) -> str:
        """The first given name's key: « Marie-Jo » and « Marie Jo » → `"mariejo"`."""
        return "".join(self.prenoms[0]).replace("-", "") if self.prenoms else ""


@dataclass(frozen=True)
class Nom:
    """A name as it will be shown, and its readings; `sur` when the list leaves no doubt on the cut.

    `usages`: keys of the other family names that the same line gives (nom d'usage, nom d'épouse).
    """

    nom: str
    prenom: str
    usage: str
    variantes: tuple[Variante, ...]
    usages: tuple[str, ...] = ()
    sur: bool = True


@lru_cache(maxsize=65536)
def read_separate(nom: str, prenom: str, usage: str = "") -> Nom:
    """A name from its own columns. « MARTIN née DUPONT » is Dupont, using Martin."""
    nom, other = _birth_name(nom)
    nom, aside = _without_aside(nom)
    used = usage or other
    keys = dict.fromkeys(key(name) for name in (used, other, aside) if key(name) not in ("", key(nom)))
    return Nom(nom, prenom, used, (Variante(key(nom), read_prenoms(prenom)),), tuple(keys))


@lru_cache(maxsize=65536)
def read_full(text: str, ordre: OrdreNom | None) -> Nom:
    """A name from one cell; `ordre`, what the column holds first where capitals do not say (None: unknown)."""
    if found := _BORN.search(text):
        return _with_birth_name(text[: found.start()], text[found.end() :], ordre)
    if found := _MARRIED.search(text):
        return _with_birth_name(text[found.end() :], text[: found.start()], ordre)
    text, aside = _without_aside(text)
    if "," in text:
        nom, _, prenom = text.partition(",")
        return read_separate(nom.strip(), prenom.strip(), aside)
    parts = tuple(text.split())
    cut = cut_by_case(parts)
    if cut is not None:
        nom_parts, prenom_parts = cut
        return read_separate(" ".join(nom_parts), " ".join(prenom_parts), aside)
    return _uncertain(parts, ordre)


def read_prenoms(text: str) -> Prenoms:
    """Given names apart: commas separate them, spaces may, hyphens do not."""
    text = re.sub(r"\s*[-‐‑–]\s*", "-", text)
    names = (tuple(filter(None, map(_hyphened, chunk.split()))) for chunk in _BETWEEN_GIVEN.split(text))
    return tuple(name for name in names if name)


def _hyphened(word: str) -> str:
    return "-".join(filter(None, map(key, word.split("-"))))


def cut_by_case(parts: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Family name and given names where capitals tell them apart, at one end or the other; else None."""
    kinds = [_kind(part) for part in parts]
    if "U" not in kinds or "L" not in kinds:
        return None
    first_lower, last_lower = kinds.index("L"), len(kinds) - 1 - kinds[::-1].index("L")
    if "U" not in kinds[first_lower:]:
        return parts[:first_lower], parts[first_lower:]
    if "U" not in kinds[: last_lower + 1]:
        return parts[last_lower + 1 :], parts[: last_lower + 1]
    return None


def guess_ordre(cells: Iterable[str]) -> OrdreNom | None:
    """What a column of full names holds first, by the majority of the names whose capitals say it."""
    votes = 0
    for cell in cells:
        parts = tuple(cell.split())
        if cut := cut_by_case(parts):
            votes += 1 if cut[0] == parts[: len(cut[0])] else -1
    return "nom_prenom" if votes > 0 else "prenom_nom" if votes < 0 else None


def split_people(nom: str, prenom: str) -> list[tuple[str, str]]:
    """The people one line names together: « DUPONT », « Jean et Marie » → two; most lines → one."""
    noms, prenoms = _TWO_PEOPLE.split(nom), _TWO_PEOPLE.split(prenom)
    if len(noms) == 1:
        return [(nom, each) for each in prenoms]
    if len(noms) == len(prenoms):
        return list(zip(noms, prenoms, strict=True))
    return [(each, "") for each in noms] if not prenom else [(nom, prenom)]


def is_letterless(text: str) -> bool:
    """Whether a cell holds no name at all: nothing, dashes, « ??? », a number."""
    return not any(c.isalpha() for c in text)


def _kind(part: str) -> str:
    """`U` in capitals, `P` a particle (« de », « Le »), `L` anything else that is a name."""
    letters = [c for c in part if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() or not c.islower() for c in letters):
        return "U"
    if fold(part) in _PARTICLES or not letters or len(letters) == 1:
        return "P"
    return "L"


def _uncertain(parts: tuple[str, ...], ordre: OrdreNom | None) -> Nom:
    """Every cut; shown with the shortest family name, particles included (« LE GOFF » / « JEAN MARIE »)."""
    if len(parts) < 2:
        return read_separate(" ".join(parts), "")
    shortest = _shortest(parts, at_end=False)
    cuts: Sequence[int] = range(shortest, len(parts)) if len(parts) <= _MAX_WORDS else [shortest]
    readings = []
    if ordre != "prenom_nom":
        readings += [(parts[:cut], parts[cut:]) for cut in cuts]
    if ordre != "nom_prenom":
        cuts = range(_shortest(parts, at_end=True), len(parts)) if len(parts) <= _MAX_WORDS else cuts
        readings += [(parts[-cut:], parts[:-cut]) for cut in cuts]
    noms = [read_separate(" ".join(nom), " ".join(prenom)) for nom, prenom in readings]
    variantes = tuple(dict.fromkeys(variante for nom in noms for variante in nom.variantes))
    return Nom(noms[0].nom, noms[0].prenom, "", variantes, sur=len(variantes) == 1)


def _shortest(parts: tuple[str, ...], at_end: bool) -> int:
    """How many words the family name takes at least, particles counted with what they introduce."""
    count = 1
    while count < len(parts) - 1 and fold(parts[-count - 1] if at_end else parts[count - 1]) in _LEADING:
        count += 1
    return count


def _birth_name(nom: str) -> tuple[str, str]:
    """The name at birth and the other one, in a family-name cell that gives both."""
    if len(parts := _BORN.split(" " + nom, 1)) == 2:
        return parts[1].strip(), parts[0].strip()
    if len(parts := _MARRIED.split(nom, 1)) == 2:
        return parts[0].strip(), parts[1].strip()
    return nom, ""


def _with_birth_name(used: str, born: str, ordre: OrdreNom | None) -> Nom:
    """A full-name cell with two family names: the given names stand with either of them."""
    one, other = read_full(used.strip(), ordre), read_full(born.strip(), ordre)
    prenom = other.prenom or one.prenom
    nom = other.nom if other.prenom or not other.nom else born.strip()
    return read_separate(nom, prenom, one.nom if one.prenom or not one.nom else used.strip())


def _without_aside(text: str) -> tuple[str, str]:
    """The text without what stands in brackets, and that, where it may be another name."""
    found = _ASIDE.search(text)
    if not found:
        return text, ""
    aside = found[1] if not any(c.isdigit() for c in found[1]) else ""
    return " ".join(_ASIDE.sub(" ", text).split()), aside.strip()
