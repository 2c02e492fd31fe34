"""One file to the people it names, every row accounted for."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from . import contenus
from .adresses import LecteurAdresses
from .colonnes import Colonnes
from .entete import repeats_heading
from .errors import Avis, Probleme, RegistreError, refuse
from .folding import fold
from .lignes import LecteurLignes, LigneLue
from .naissance import read_naissance
from .occurrences import Occurrence, Rebut, Source
from .reperage import locate
from .tables import Feuille, Ligne, read_tables, texte
from .voies import Voies

#: Called with a number of lines just read.
Tick = Callable[[int], None]
_MAX_LISTED = 20


@dataclass(frozen=True)
class Fichier:
    """A list as it was sent. `colonnes`: what a person settled for its sheets, by sheet name; `adultes`: the
    sender declares that it names adults only, so that a date of birth is not needed."""

    name: str
    data: bytes = field(repr=False)
    colonnes: Mapping[str, Colonnes] | None = None
    adultes: bool = False


@dataclass
class FichierLu:
    """What a file held. `lignes`: rows that name someone (a person or a body); blank ones do not count."""

    nom: str
    sha256: str
    lignes: int = 0
    occurrences: list[Occurrence] = field(default_factory=list)
    rebuts: list[Rebut] = field(default_factory=list)
    colonnes: dict[str, Colonnes] = field(default_factory=dict)
    avis: list[Avis] = field(default_factory=list)


@dataclass(frozen=True)
class Contexte:
    """What every file is read against."""

    voies: Voies
    commune: str
    date: datetime.date
    tick: Tick = lambda _lines: None


def read_fichier(fichier: Fichier, contexte: Contexte) -> FichierLu:
    """Every list of a file, all its problems at once in one `RegistreError`."""
    read = FichierLu(fichier.name, hashlib.sha256(fichier.data).hexdigest())
    feuilles, read.avis = read_tables(fichier.name, fichier.data)
    lists = _lists(fichier, feuilles, read)
    problemes: list[Probleme] = []
    for feuille, colonnes in lists:
        read.colonnes[feuille.nom] = colonnes
        try:
            _LecteurFeuille(fichier, feuille, colonnes, contexte, read, several=len(lists) > 1).run()
        except RegistreError as error:
            problemes += error.problemes
    if problemes:
        raise RegistreError(problemes)
    if not read.occurrences:
        raise refuse("aucune_personne", fichier=fichier.name, vu=read.lignes)
    return read


def _lists(fichier: Fichier, feuilles: Sequence[Feuille], read: FichierLu) -> list[tuple[Feuille, Colonnes]]:
    """The sheets that are lists, and their columns; the others are named in `read.avis`, never dropped unsaid."""
    lists: list[tuple[Feuille, Colonnes]] = []
    failures: list[tuple[Feuille, RegistreError]] = []
    for feuille in feuilles:
        if feuille.masquee or all(ligne.vide for ligne in feuille.lignes):
            if not all(ligne.vide for ligne in feuille.lignes):
                read.avis.append(Avis("feuille_masquee", {"fichier": fichier.name, "feuille": feuille.nom}))
            continue
        try:
            lists.append((feuille, _columns(fichier, feuille, read)))
        except RegistreError as error:
            failures.append((feuille, error))
    if not lists and not failures:
        raise refuse("fichier_vide", fichier=fichier.name)
    # A sheet without any heading is a note; one whose headings lack a column is a list to be mended.
    broken = [error for _, error in failures if error.problemes[0].code != "entete_introuvable"]
    if broken or not lists:
        raise RegistreError(p for error in (broken or [e for _, e in failures]) for p in error.problemes)
    for feuille, _ in failures:
        read.avis.append(Avis("feuille_ignoree", {"fichier": fichier.name, "feuille": feuille.nom}))
    if len(lists) > 1:
        names = ", ".join(feuille.nom for feuille, _ in lists)
        read.avis.append(Avis("plusieurs_feuilles", {"fichier": fichier.name, "vu": names}))
    return lists


def _columns(fichier: Fichier, feuille: Feuille, read: FichierLu) -> Colonnes:
    """The columns a person settled, if they are still those of the file; else found."""
    settled = (fichier.colonnes or {}).get(feuille.nom)
    if settled is None:
        colonnes, avis = locate(fichier.name, feuille, fichier.adultes)
        read.avis += avis
        return colonnes
    if settled.entete:
        found, _ = locate(fichier.name, feuille, adultes=True)
        if found.empreinte != settled.empreinte:
            raise refuse("colonnes_changees", fichier=fichier.name, feuille=feuille.nom)
        # Title lines come and go: the headings are the same, the line they stand on may not be.
        return Colonnes(
            feuille.nom, found.entete, settled.colonnes, settled.ordre_nom or found.ordre_nom, settled.ordre_dates
        )
    return settled


class _LecteurFeuille:
    """One sheet being read, row after row, into the `FichierLu`."""

    def __init__(
        self,
        fichier: Fichier,
        feuille: Feuille,
        colonnes: Colonnes,
        contexte: Contexte,
        read: FichierLu,
        several: bool,
    ) -> None:
        self.fichier, self.colonnes, self.contexte, self.read = fichier, colonnes, contexte, read
        self.sheet = feuille.nom if several else ""
        first = max(colonnes.entete, default=0)
        self.headings = [ligne for ligne in feuille.lignes if ligne.numero in colonnes.entete]
        self.body = [ligne for ligne in feuille.lignes if ligne.numero > first and not ligne.vide]
        self.rows = LecteurLignes(colonnes, self._sex_codes())
        self.adresses = LecteurAdresses(contexte.voies, contexte.commune, self._commune_at_end())
        self.told: Counter[str] = Counter()
        self.first_told: dict[str, str] = {}

    def run(self) -> None:
        self._check_widths()
        before: Ligne | None = None
        for count, raw in enumerate(self.body, 1):
            ligne = self.rows.without_ditto(raw, before)
            self._read(ligne)
            before = ligne
            if count % 500 == 0:
                self.contexte.tick(500)
        self.contexte.tick(len(self.body) % 500)
        for code, count in self.told.items():
            where = {"fichier": self.fichier.name, "feuille": self.sheet}
            self.read.avis.append(Avis(code, {**where, "nombre": count, "exemple": self.first_told[code]}))

    def _read(self, ligne: Ligne) -> None:
        if repeats_heading(ligne, self.headings) or self.rows.is_total(ligne):
            return self._set_aside(ligne, "lignes_sans_personne")
        found = self.rows.read(ligne)
        if not found.personnes and not found.morales:
            return self._set_aside(ligne, "lignes_sans_personne")
        self.read.lignes += 1
        for rank, name in enumerate(found.morales, len(found.personnes) + 1):
            self.read.rebuts.append(Rebut(self._source(ligne, rank), "personnes_morales", name))
        self._keep(ligne, found)
        return None

    def _keep(self, ligne: Ligne, found: LigneLue) -> None:
        adresse = self.adresses.read(self.rows.adresse(ligne)) if found.personnes else None
        contrat = self.rows.contrat(ligne)
        for rank, person in enumerate(found.personnes, 1):
            source = self._source(ligne, rank)
            birth = read_naissance(
                person.naissance, self.contexte.date, self.colonnes.ordre_dates, self.fichier.adultes
            )
            for code in (*person.avis, *(("siecle",) if birth.siecle else ())):
                self.told[code] += 1
                self.first_told.setdefault(code, source.reference)
            assert adresse is not None
            self.read.occurrences.append(
                Occurrence(
                    source, person.nom, person.genre, birth, adresse, contrat, person.decede, self.fichier.adultes
                )
            )

    def _source(self, ligne: Ligne, rank: int = 1) -> Source:
        return Source(self.fichier.name, self.sheet, ligne.numero, rank)

    def _set_aside(self, ligne: Ligne, motif: str) -> None:
        seen = " ; ".join(text for text in map(texte, ligne.cellules) if text)
        self.read.rebuts.append(Rebut(self._source(ligne), motif, seen[:200]))

    def _check_widths(self) -> None:
        """A row with more filled cells than columns was cut in the wrong places: which cell is the name?"""
        width = len(self.colonnes.colonnes)
        too_long = [
            ligne
            for ligne in self.body
            if len(ligne.cellules) > width and any(texte(cell) for cell in ligne.cellules[width:])
        ]
        where = {"fichier": self.fichier.name, "feuille": self.sheet}
        problemes = [
            Probleme("ligne_trop_longue", {**where, "ligne": ligne.numero, "vu": len(ligne.cellules), "attendu": width})
            for ligne in too_long[:_MAX_LISTED]
        ]
        if len(too_long) > _MAX_LISTED:
            problemes.append(Probleme("et_autres_lignes", {**where, "nombre": len(too_long) - _MAX_LISTED}))
        if problemes:
            raise RegistreError(problemes)

    def _sex_codes(self) -> frozenset[int]:
        """Columns of civilités that hold nothing but 1 and 2."""
        columns = [i for i, c in enumerate(self.colonnes.colonnes) if c.role in ("civilite", "sexe")]
        codes = {i for i in columns if {texte(c) for c in contenus.sample(self.body, i)} in ({"1"}, {"2"}, {"1", "2"})}
        for i in codes:
            where = {"fichier": self.fichier.name, "colonne": self.colonnes.colonnes[i].libelle}
            self.read.avis.append(Avis("sexe_en_chiffres", where))
        return frozenset(codes)

    def _commune_at_end(self) -> bool:
        """Whether one-cell addresses end with the municipality, without a postcode."""
        if self.colonnes.has("commune") or self.colonnes.has("cp_commune") or not self.colonnes.has("adresse"):
            return False
        cells = contenus.sample(self.body, self.colonnes.indices("adresse")[0])
        commune = fold(self.contexte.commune)
        return contenus.share(lambda cell: fold(texte(cell)).endswith(commune), cells) > 0.5
