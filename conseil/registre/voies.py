"""Streets to sectors: `voies.csv`, and finding its streets at the head of a written address (R4).

`voies.csv` holds `voie;secteur`, and optionally `debut;fin;cote;commune`. An empty sector is a known street
outside the perimeter. A street may stand on several lines, each for a range of numbers: `debut` and `fin` are
its first and last numbers (blank: no limit), `cote` is `pair`, `impair` or blank (both); a number covered by
no line belongs nowhere. `commune` names the municipality of the perimeter, the same on every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .errors import Probleme, RegistreError
from .folding import fold, words
from .tables import Ligne, read_tables, texte

#: Kinds of street, from their abbreviations.
TYPES = {
    **dict.fromkeys(("r", "rue"), "rue"),
    **dict.fromkeys(("av", "ave", "aven", "avenue"), "avenue"),
    **dict.fromkeys(("bd", "bld", "blv", "blvd", "bvd", "boul", "bould", "boulevard"), "boulevard"),
    **dict.fromkeys(("pl", "plc", "pce", "place"), "place"),
    **dict.fromkeys(("all", "al", "alee", "allee", "allees"), "allee"),
    **dict.fromkeys(("imp", "impas", "impasse"), "impasse"),
    **dict.fromkeys(("sq", "squ", "square"), "square"),
    **dict.fromkeys(("ch", "che", "chem", "chemin"), "chemin"),
    **dict.fromkeys(("rte", "route"), "route"),
    **dict.fromkeys(("crs", "cours"), "cours"),
    **dict.fromkeys(("qu", "quai"), "quai"),
    **dict.fromkeys(("pas", "pass", "passage"), "passage"),
    **dict.fromkeys(("fg", "fbg", "faub", "faubourg"), "faubourg"),
    **dict.fromkeys(("ham", "hameau"), "hameau"),
    **dict.fromkeys(("lotis", "lotissement"), "lotissement"),
    **dict.fromkeys(("esp", "esplanade"), "esplanade"),
    **dict.fromkeys(("prom", "promenade"), "promenade"),
    **dict.fromkeys(("sent", "sentier"), "sentier"),
    **dict.fromkeys(("venelle", "ven"), "venelle"),
    **{word: word for word in ("mail", "parvis", "ruelle", "villa", "cite", "cour", "clos", "chaussee", "pont")},
}
#: Titles inside a street's name, from their abbreviations; and numbers written out.
_TITLES = {
    **dict.fromkeys(("dr", "doct"), "docteur"),
    **dict.fromkeys(("pdt", "pres", "prst", "presid", "prdt"), "president"),
    **dict.fromkeys(("gal", "gen", "gener", "gnal"), "general"),
    **dict.fromkeys(("mal", "mar", "marech", "mchal"), "marechal"),
    **dict.fromkeys(("prof", "pr", "profess"), "professeur"),
    **dict.fromkeys(("capt", "cap", "cne"), "capitaine"),
    **dict.fromkeys(("cdt", "cmdt", "comdt"), "commandant"),
    **{"st": "saint", "ste": "sainte", "sts": "saints", "col": "colonel", "lt": "lieutenant", "mgr": "monseigneur"},
    **{"adj": "adjudant", "sgt": "sergent", "cpl": "caporal", "ab": "abbe", "nd": "notredame"},
    **{"quatre": "4", "huit": "8", "onze": "11", "quatorze": "14", "premier": "1", "1er": "1"},
}
ARTICLES = frozenset(("de", "du", "des", "d", "la", "le", "les", "l"))

_SECTEUR = re.compile(r"[0-9A-Za-zÀ-ɏḀ-ỿ'’+./ -]{1,60}")
_HEADINGS = {
    "voie": ("voie", "voies", "rue", "rues", "adresse", "nom de la voie", "libelle", "libelle voie"),
    "secteur": ("secteur", "secteurs", "quartier"),
    "debut": ("debut", "du", "de", "numero debut", "n debut", "premier numero"),
    "fin": ("fin", "au", "a", "numero fin", "n fin", "dernier numero"),
    "cote": ("cote", "parite", "pair impair"),
    "commune": ("commune", "ville"),
}
_SIDES = {"": "", "pair": "pair", "pairs": "pair", "paire": "pair", "impair": "impair", "impairs": "impair"}
_SIDES |= {"les deux": "", "tous": "", "impaire": "impair"}
_CLOSE = 84.0


@dataclass(frozen=True)
class Tranche:
    """Numbers of one street that belong to one sector (`""`: outside the perimeter)."""

    secteur: str
    debut: int | None = None
    fin: int | None = None
    cote: str = ""

    def covers(self, numero: int | None) -> bool:
        if numero is None:
            return self.debut is None and self.fin is None and not self.cote
        if self.cote and numero % 2 != (self.cote == "impair"):
            return False
        return (self.debut or 0) <= numero and (self.fin is None or numero <= self.fin)


@dataclass(frozen=True)
class Voie:
    """A street as `voies.csv` writes it, with its ranges."""

    libelle: str
    tranches: tuple[Tranche, ...]

    def secteur(self, numero: int | None) -> str | None:
        """The sector of a number, `""` outside the perimeter, None when no range covers it."""
        found = {tranche.secteur for tranche in self.tranches if tranche.covers(numero)}
        if not found and numero is None and len({tranche.secteur for tranche in self.tranches}) == 1:
            return self.tranches[0].secteur
        return found.pop() if len(found) == 1 else None


class Voies:
    """The streets of the perimeter and around it. `commune`: the municipality, where the file names it."""

    def __init__(self, voies: Iterable[Voie], commune: str = "") -> None:
        self.voies = tuple(voies)
        self.commune = commune
        self._by_key: dict[tuple[str, ...], list[Voie]] = {}
        for voie in self.voies:
            self._by_key.setdefault(canonical(words(voie.libelle)), []).append(voie)
        self.first_words = frozenset(found[0] for found in self._by_key if found)
        self._longest = max((len(words(voie.libelle)) for voie in self.voies), default=0) + 3

    def prefixes(self, tokens: Sequence[str]) -> Iterable[tuple[Voie, int]]:
        """The streets written at the head of `tokens`, longest first, with how many tokens each takes.

        Articles are put aside (« avenue Président Coty »), except where two streets differ by them alone.
        """
        for end in range(min(len(tokens), self._longest), 0, -1):
            if tokens[end - 1] in ARTICLES:
                continue
            found = self._by_key.get(canonical(tokens[:end]), [])
            if len(found) > 1:
                found = [voie for voie in found if words(voie.libelle) == tuple(tokens[:end])]
            if found:
                yield found[0], end

    def suggest(self, rue: str) -> str:
        """The street that an unknown one most looks like, or `""`: proposed to a person, never applied."""
        key = " ".join(canonical(words(rue)))
        names = {voie.libelle: " ".join(canonical(words(voie.libelle))) for voie in self.voies}
        best = process.extractOne(key, names, scorer=fuzz.ratio, score_cutoff=_CLOSE)
        if best:
            return str(best[2])
        bare = {key, key.partition(" ")[2]} - {""}
        same = [name for name, known in names.items() if known.partition(" ")[2] in bare]
        return same[0] if len(same) == 1 else ""


def canonical(tokens: Sequence[str]) -> tuple[str, ...]:
    """The words that tell a street from another: abbreviations written out, articles put aside."""
    if not tokens:
        return ()
    head = TYPES.get(tokens[0]) or _TITLES.get(tokens[0], tokens[0])
    return (head, *(_TITLES.get(token, token) for token in tokens[1:] if token not in ARTICLES))


def read_voies(fichier: str, data: bytes) -> Voies:
    """`voies.csv` (or the same columns in a workbook). Raises `RegistreError` with every wrong line at once."""
    sheets, _ = read_tables(fichier, data)
    lignes = [ligne for ligne in sheets[0].lignes if not ligne.vide]
    columns = _columns(lignes[0]) if lignes else {}
    if "voie" not in columns or "secteur" not in columns:
        seen = " ; ".join(map(texte, lignes[0].cellules)) if lignes else ""
        raise RegistreError([Probleme("voies_sans_entete", {"fichier": fichier, "vu": seen[:200]})])
    problemes: list[Probleme] = []
    streets: dict[tuple[str, ...], tuple[str, list[Tranche]]] = {}
    communes: set[str] = set()
    for ligne in lignes[1:]:
        cells = {name: _at(ligne, index) for name, index in columns.items()}
        communes.add(cells.get("commune", ""))
        problem, tranche = _tranche(cells)
        if problem or tranche is None:
            problemes.append(Probleme(problem, {"fichier": fichier, "ligne": ligne.numero, "vu": cells["voie"]}))
            continue
        streets.setdefault(words(cells["voie"]), (cells["voie"], []))[1].append(tranche)
    voies = [Voie(libelle, tuple(tranches)) for libelle, tranches in streets.values()]
    problemes += _clashes(fichier, voies)
    if len({fold(commune) for commune in communes} - {""}) > 1:
        problemes.append(Probleme("voies_communes", {"fichier": fichier, "vu": ", ".join(sorted(communes))}))
    if not voies and not problemes:
        problemes.append(Probleme("voies_vides", {"fichier": fichier}))
    if problemes:
        raise RegistreError(problemes)
    return Voies(voies, max(communes, default=""))


def _columns(ligne: Ligne) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(ligne.cellules):
        for name, headings in _HEADINGS.items():
            if fold(texte(cell)) in headings:
                found.setdefault(name, index)
    return found


def _at(ligne: Ligne, index: int) -> str:
    return texte(ligne.cellules[index]) if index < len(ligne.cellules) else ""


def _tranche(cells: dict[str, str]) -> tuple[str, Tranche | None]:
    """The code of what is wrong with a line, or `""` and its range."""
    if not words(cells["voie"]):
        return "voie_sans_nom", None
    if cells["secteur"] and not _SECTEUR.fullmatch(cells["secteur"]):
        return "secteur_impossible", None
    side = _SIDES.get(fold(cells.get("cote", "")))
    bounds = [cells.get("debut", ""), cells.get("fin", "")]
    if side is None or any(bound and not bound.isdecimal() for bound in bounds):
        return "tranche_illisible", None
    debut, fin = (int(bound) if bound else None for bound in bounds)
    if debut is not None and fin is not None and debut > fin:
        return "tranche_illisible", None
    return "", Tranche(cells["secteur"], debut, fin, side)


def _clashes(fichier: str, voies: list[Voie]) -> Iterable[Probleme]:
    """Streets of which one number would belong to two sectors."""
    for voie in voies:
        ends = [bound for t in voie.tranches for bound in (t.debut, t.fin) if bound is not None]
        for numero in sorted({n for end in [1, *ends] for n in (end, end + 1, max(end - 1, 1))}):
            if len({t.secteur for t in voie.tranches if t.covers(numero)}) > 1:
                yield Probleme("voie_contradictoire", {"fichier": fichier, "vu": voie.libelle, "numero": numero})
                break
