"""One row of a list to the people it names: tenant, co-tenants, couples; companies and totals told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .adresses import AdresseBrute
from .civilite import Genre, read_civilite, read_sexe_code, split_civilite
from .colonnes import Colonnes
from .complements import labelled
from .folding import fold
from .noms import Nom, is_letterless, read_full, read_separate, split_people
from .particularites import deces_column, is_personne_morale, is_vacant, says_dead, split_deces
from .tables import Cellule, Ligne, texte

_TOTAL = re.compile(r"^(sous )?(totaux|total|nombre|nb|effectif|soit)\b|^fin (de|du)\b|^(page|edite|extrait)\b")
_DATES = re.compile(r"\s+(?:et|/|-)\s+|\s*[&;+]\s*|\n")
_DITTO = {"idem", "id", "ditto"}
_DITTO_MARKS = {'"', "''", "〃", "»", "-//-", "//"}


@dataclass(frozen=True)
class PersonneLue:
    """A person of a row, before dates and addresses are understood. `avis`: codes of what deserves a word."""

    nom: Nom
    genre: Genre
    naissance: Cellule
    decede: bool
    avis: tuple[str, ...] = ()


@dataclass
class LigneLue:
    """What a row holds: people, bodies (their names), or neither."""

    personnes: list[PersonneLue] = field(default_factory=list)
    morales: list[str] = field(default_factory=list)


class LecteurLignes:
    """Reads the rows of one sheet. `codes`: positions of the columns that write sexes 1 and 2."""

    def __init__(self, colonnes: Colonnes, codes: frozenset[int] = frozenset()) -> None:
        self._colonnes, self._codes = colonnes, codes
        self._contrats = sorted(
            colonnes.indices("contrat"),
            key=lambda i: not re.search(r"contrat|bail", fold(colonnes.colonnes[i].libelle)),
        )
        roles = {(c.role, c.rang) for c in colonnes.colonnes}
        self._indices = {key: colonnes.indices(*key) for key in roles}

    def read(self, ligne: Ligne) -> LigneLue:
        read = LigneLue()
        for rang in self._colonnes.rangs:
            self._read_rank(ligne, rang, read)
        if read.personnes:
            read.personnes = self._with_remarks(ligne, read.personnes)
        return read

    def is_total(self, ligne: Ligne) -> bool:
        """« TOTAL ; 3856 contrats »: a first word that counts, and little else on the row."""
        filled = [cell for cell in ligne.cellules if cell != ""]
        return 0 < len(filled) <= 3 and bool(_TOTAL.search(fold(texte(filled[0]))))

    def contrat(self, ligne: Ligne) -> str:
        return next((text for i in self._contrats if (text := _text(ligne, i))), "")

    def adresse(self, ligne: Ligne) -> AdresseBrute:
        """The cells of the row's address, lines of a cell kept apart."""
        get = {role: self._raw(ligne, role) for role in ("adresse", "numero", "repetition", "type_voie", "voie")}
        labels = self._colonnes.colonnes
        extra = [labelled(labels[i].libelle, _raw(ligne, i)) for i in self._indices.get(("complement", 1), ())]
        both = self._raw(ligne, "cp_commune")
        return AdresseBrute(
            **get,
            complement=" , ".join(text for text in extra if text),
            code_postal=self._raw(ligne, "code_postal") or "".join(re.findall(r"\d+", both)[:1]),
            commune=self._raw(ligne, "commune") or re.sub(r"\d+", " ", both).strip(),
        )

    def without_ditto(self, ligne: Ligne, before: Ligne | None) -> Ligne:
        """The row with « idem » and ditto marks replaced by what the row above says."""
        if before is None:
            return ligne
        marks = [i for i, cell in enumerate(ligne.cellules) if _is_ditto(cell) and i < len(before.cellules)]
        if not marks:
            return ligne
        cells = list(ligne.cellules)
        for i in marks:
            cells[i] = before.cellules[i]
        return replace(ligne, cellules=tuple(cells))

    def _raw(self, ligne: Ligne, role: str) -> str:
        return next((text for i in self._indices.get((role, 1), ()) if (text := _raw(ligne, i))), "")

    def _cell(self, ligne: Ligne, role: str, rang: int) -> Cellule:
        for i in self._indices.get((role, rang), ()):
            if texte(cell := _at(ligne, i)):
                return cell
        return ""

    def _read_rank(self, ligne: Ligne, rang: int, read: LigneLue) -> None:
        """Adds the people (or the body) in the columns of one rank."""
        name = {role: texte(self._cell(ligne, role, rang)) for role in ("nom", "prenom", "nom_usage")}
        stripped = {role: split_deces(text) for role, text in name.items()}
        dead = any(found for found, _ in stripped.values()) or self._died(ligne, rang)
        nom, prenom, usage = (stripped[role][1] for role in ("nom", "prenom", "nom_usage"))
        nom, usage = (usage, "") if is_letterless(nom) else (nom, usage)
        if (is_letterless(nom) and is_letterless(prenom)) or is_vacant(nom, prenom):
            return
        naissance = self._cell(ligne, "naissance", rang)
        civilites, odd = self._civilites(ligne, rang)
        if is_personne_morale(nom, prenom, bool(civilites), bool(texte(naissance))):
            read.morales.append(nom)
            return
        inherited = is_letterless(nom)
        if inherited and read.personnes:
            nom = read.personnes[0].nom.nom
        elif inherited:
            nom = ""
        if rang == 1:
            prenom = ", ".join(text for text in (prenom, texte(self._cell(ligne, "autres_prenoms", 1))) if text)
        people = _people(nom, prenom, usage, civilites, naissance, self._reader(rang))
        avis = (*odd, *(("nom_du_titulaire",) if inherited and nom else ()))
        read.personnes += [replace(p, decede=dead, avis=(*p.avis, *avis)) for p in people]

    def _reader(self, rang: int) -> _NameReader:
        return _NameReader(whole=not self._colonnes.has("prenom", rang), colonnes=self._colonnes)

    def _died(self, ligne: Ligne, rang: int) -> bool:
        cells = [texte(_at(ligne, i)) for i in self._indices.get(("deces", rang), ())]
        civilite = texte(self._cell(ligne, "civilite", rang))
        return any(map(deces_column, cells)) or says_dead(civilite) is True

    def _civilites(self, ligne: Ligne, rang: int) -> tuple[tuple[Genre, ...], tuple[str, ...]]:
        """What the civilité and sex columns say together, and the code of what they leave doubtful."""
        found: list[tuple[Genre, ...]] = []
        odd: tuple[str, ...] = ()
        for role in ("civilite", "sexe"):
            for i in self._indices.get((role, rang), ()):
                text = split_deces(_text(ligne, i))[1]
                read = read_sexe_code(text) if i in self._codes else read_civilite(text)
                if read is None:
                    odd = ("civilite_inconnue",)
                elif read:
                    found.append(read)
        if len(set(found)) > 1:
            return (), ("civilites_de_la_ligne",)
        return (found[0] if found else ()), (() if found else odd)

    def _with_remarks(self, ligne: Ligne, people: list[PersonneLue]) -> list[PersonneLue]:
        """Deaths noted in a remark: taken when it can only mean the one person of the row, else shown."""
        said = [says_dead(_text(ligne, i)) for i in self._indices.get(("observation", 1), ())]
        if True in said and len(people) == 1:
            return [replace(people[0], decede=True)]
        if True in said or None in said:
            return [replace(person, avis=(*person.avis, "deces_a_verifier")) for person in people]
        return people


@dataclass(frozen=True)
class _NameReader:
    """How the names of one rank are cut: from their own columns, or from one cell."""

    whole: bool
    colonnes: Colonnes

    def read(self, nom: str, prenom: str, usage: str) -> Nom:
        if self.whole and not prenom:
            return read_full(nom, self.colonnes.ordre_nom)
        return read_separate(nom, prenom, usage)


def _people(
    nom: str, prenom: str, usage: str, civilites: tuple[Genre, ...], naissance: Cellule, reader: _NameReader
) -> list[PersonneLue]:
    """The person or people of one set of cells, each with what is theirs for certain."""
    from_name, nom = split_civilite(nom)
    civilites = civilites or from_name
    parts = [(*split_civilite(family), given) for family, given in split_people(nom, prenom)]
    noms = _noms([(family, given) for _, family, given in parts], usage, reader)
    own = [genres for genres, _, _ in parts]
    if len(noms) == 1 and len(civilites) == 2:
        # « M. et Mme DUPONT Jean »: two people, one of them not named, and nothing says which is Jean.
        noms, own, civilites = [*noms, read_separate(noms[0].nom, "")], [(), ()], ()
    count = len(noms)
    dates = _dates(naissance, [bool(name.prenom) for name in noms])
    people = []
    for index, name in enumerate(noms):
        shared = civilites[index : index + 1] if len(civilites) == count else ()
        genre = (own[index] or shared)[:1]
        avis = ("couple",) if count > 1 else ()
        people.append(PersonneLue(name, genre[0] if genre else "X", dates[index], False, avis))
    return people


def _noms(pairs: Sequence[tuple[str, str]], usage: str, reader: _NameReader) -> list[Nom]:
    """Each person's name. « DUPONT Jean et Marie », « Jean et Marie DUPONT »: Jean and Marie are Duponts."""
    noms = [reader.read(family, given, usage if i == 0 else "") for i, (family, given) in enumerate(pairs)]
    named = next((name for name in noms if name.prenom), None)
    if not reader.whole or named is None:
        return noms
    return [name if name.prenom else read_separate(named.nom, name.nom) for name in noms]


def _dates(cell: Cellule, named: Sequence[bool]) -> list[Cellule]:
    """The dates of several people from one cell. One date between two named people is nobody's for certain."""
    if len(named) == 1:
        return [cell]
    if isinstance(cell, str) and len(parts := _DATES.split(cell)) == len(named):
        return list(parts)
    if sum(named) == 1:
        return [cell if each else "" for each in named]
    return [texte(cell) and f"? {texte(cell)}"] * len(named)


def _at(ligne: Ligne, index: int) -> Cellule:
    return ligne.cellules[index] if index < len(ligne.cellules) else ""


def _text(ligne: Ligne, index: int) -> str:
    return texte(_at(ligne, index))


def _raw(ligne: Ligne, index: int) -> str:
    cell = _at(ligne, index)
    return cell if isinstance(cell, str) else texte(cell)


def _is_ditto(cell: Cellule) -> bool:
    return isinstance(cell, str) and 0 < len(cell) < 7 and (cell in _DITTO_MARKS or fold(cell) in _DITTO)
