"""Finding which column holds what: headings first, contents to confirm, correct, or fill the gaps.

Nothing is guessed silently: what contents alone decided is an `Avis`, what they cannot decide a `Probleme`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from . import contenus
from .colonnes import Colonne, Colonnes
from .entete import Entete, find_entete
from .errors import Avis, Probleme, RegistreError
from .folding import fold
from .libelles import IGNORED, PERSON_ROLES
from .noms import OrdreNom, guess_ordre
from .tables import Cellule, Feuille, Ligne, texte

_ENOUGH = 5  # filled cells from which contents may contradict a heading


def locate(fichier: str, feuille: Feuille, adultes: bool) -> tuple[Colonnes, list[Avis]]:
    """The columns of a sheet. Raises `RegistreError` with everything that cannot be told at once.

    `adultes`: a list of adults only needs no date of birth.
    """
    entete = find_entete(feuille.lignes)
    if entete is None:
        first = next((ligne for ligne in feuille.lignes if not ligne.vide), None)
        seen = " ; ".join(text for text in map(texte, first.cellules) if text) if first else ""
        raise RegistreError([Probleme("entete_introuvable", {**_where(fichier, feuille), "vu": seen[:200]})])
    return _Reperage(fichier, feuille, entete, adultes).run()


def _where(fichier: str, feuille: Feuille) -> dict[str, object]:
    return {"fichier": fichier, "feuille": feuille.nom}


class _Reperage:
    """One sheet's headings being settled, column by column."""

    def __init__(self, fichier: str, feuille: Feuille, entete: Entete, adultes: bool) -> None:
        self.where = _where(fichier, feuille)
        self.feuille, self.entete, self.adultes = feuille, entete, adultes
        self.unknown = {i for i, role in enumerate(entete.roles) if role is None}
        triples = zip(entete.libelles, entete.roles, entete.rangs, strict=True)
        self.columns = [
            Colonne(label, role or IGNORED, rank if role in PERSON_ROLES else 1) for label, role, rank in triples
        ]
        body: list[Ligne] = [ligne for ligne in feuille.lignes if ligne.numero > entete.lignes[-1]]
        self.cells = [contenus.sample(body, i) for i in range(len(self.columns))]
        self.avis: list[Avis] = []
        self.problemes: list[Probleme] = []

    def run(self) -> tuple[Colonnes, list[Avis]]:
        for step in (self._sexes, self._births, self._maiden_names, self._ranks, self._orphans, self._streets):
            step()
        self._fill_gaps()
        self._require()
        if self.problemes:
            raise RegistreError(self.problemes)
        return self._result(), self.avis

    def _having(self, role: str, rang: int | None = None) -> list[int]:
        return [i for i, c in enumerate(self.columns) if c.role == role and rang in (None, c.rang)]

    def _set(self, index: int, role: str, **changes: int | bool) -> None:
        self.columns[index] = replace(self.columns[index], role=role, **changes)  # type: ignore[arg-type]

    def _tell(self, code: str, index: int) -> None:
        self.avis.append(Avis(code, {**self.where, "colonne": self.columns[index].libelle}))

    def _sexes(self) -> None:
        """A « Sexe » column stands for the civilité, or beside it."""
        for i in self._having("sexe"):
            if not self._having("civilite", self.columns[i].rang):
                self._set(i, "civilite")

    def _births(self) -> None:
        """« Né(e) » may head dates or maiden names; a column of dates that holds none is a mistake to show."""
        for i in self._having("naissance"):
            cells = self.cells[i]
            if len(cells) < _ENOUGH or contenus.share(contenus.is_date, cells) >= 0.2:
                continue
            if contenus.share(contenus.is_name, cells) > 0.8 and "naissance" not in fold(self.columns[i].libelle):
                self._set(i, "nom")
                continue
            seen = ", ".join(sorted({texte(cell) for cell in cells})[:3])
            colonne = self.columns[i].libelle
            self.problemes.append(Probleme("dates_illisibles", {**self.where, "colonne": colonne, "vu": seen}))

    def _maiden_names(self) -> None:
        """« Nom » beside « Nom de naissance » (or « Né(e) ») is the name in use."""
        for rang in {c.rang for c in self.columns}:
            names = self._having("nom", rang)
            born = [i for i in names if _is_birth_name(self.columns[i].libelle)]
            if len(names) == 2 and len(born) == 1:
                self._set(next(i for i in names if i not in born), "nom_usage")

    def _ranks(self) -> None:
        """« Nom ; Prénom ; Nom ; Prénom »: the second set is a second person."""
        for role in ("civilite", "nom", "prenom", "naissance", "nom_usage"):
            columns = self._having(role)
            if len(columns) > 1 and len({self.columns[i].rang for i in columns}) == 1:
                for rang, i in enumerate(columns, 1):
                    self._set(i, role, rang=rang)

    def _orphans(self) -> None:
        """Columns of a second person who has no name are second given names, or nothing."""
        for i, colonne in enumerate(self.columns):
            if colonne.role == "autres_prenoms":
                self._set(i, "autres_prenoms", rang=1)
            elif colonne.rang > 1 and colonne.role in PERSON_ROLES and not self._having("nom", colonne.rang):
                if self._having("prenom", colonne.rang) and self._having("civilite", colonne.rang):
                    continue  # « Civilité conjoint ; Prénom conjoint »: the family name is the line's
                if colonne.role == "prenom" and "conjoint" not in fold(colonne.libelle):
                    self._set(i, "autres_prenoms", rang=1)
                elif colonne.role != "prenom" and not self._having("prenom", colonne.rang):
                    self._set(i, IGNORED)
                    self._tell("colonne_sans_personne", i)

    def _streets(self) -> None:
        """Which of the address columns hold the number and the street."""
        voies, adresses, numeros = self._having("voie"), self._having("adresse"), self._having("numero")
        for i in [*adresses, *numeros]:
            is_number = contenus.share(contenus.is_number, self.cells[i]) > 0.5
            if self.columns[i].role == "adresse" and is_number and (voies or len(adresses) > 1):
                self._set(i, "numero")
            elif self.columns[i].role == "numero" and contenus.share(contenus.is_address, self.cells[i]) > 0.5:
                self._set(i, "adresse")
        adresses = self._having("adresse")
        if adresses and self._whole(adresses[0]):
            for i in [*voies, *self._having("numero"), *self._having("type_voie"), *self._having("repetition")]:
                self._set(i, IGNORED)
        elif voies:
            for i in adresses:
                self._set(i, "complement")
        for i in self._having("adresse")[1:]:
            self._set(i, "complement")
        for i in self._having("complement"):
            if contenus.share(contenus.is_typology, self.cells[i]) > 0.5:
                self._set(i, IGNORED)

    def _whole(self, index: int) -> bool:
        """Whether a column holds number and street together."""
        cells = self.cells[index]
        return contenus.share(lambda cell: any(c.isdigit() for c in texte(cell)), cells) > 0.5

    def _fill_gaps(self) -> None:
        if not self._having("nom", 1):
            self._guess("nom", contenus.is_name, sure=0.9)
        if not self._having("naissance", 1):
            self._guess("naissance", contenus.is_date)
        if not (self._having("adresse") or self._having("voie")):
            self._guess("adresse", contenus.is_address)
        if not (self._having("civilite", 1) or self._having("sexe", 1)):
            self._guess("civilite", contenus.is_civilite)
        if not (self._having("code_postal") or self._having("cp_commune")):
            self._guess("code_postal", contenus.is_postcode)

    def _guess(self, role: str, test: Callable[[Cellule], bool], sure: float = 0.8) -> None:
        """Give a role to the only unknown column whose contents fit, and say so; two that fit: neither."""
        fitting = [i for i in sorted(self.unknown) if contenus.share(test, self.cells[i]) >= sure]
        fitting = [i for i in fitting if self.columns[i].role == IGNORED and self.cells[i]]
        if len(fitting) == 1:
            self._set(fitting[0], role, rang=1, devinee=True)
            self._tell("colonne_devinee", fitting[0])

    def _require(self) -> None:
        seen = " ; ".join(c.libelle for c in self.columns if c.libelle)[:300]
        missing = []
        if not self._having("nom", 1):
            missing.append("colonne_nom_absente")
        if not self._having("naissance", 1) and not self.adultes:
            missing.append("colonne_naissance_absente")
        if not (self._having("adresse") or self._having("voie")):
            missing.append("colonne_adresse_absente")
        self.problemes += [Probleme(code, {**self.where, "vu": seen}) for code in missing]
        if not (self._having("civilite", 1) or self._having("sexe", 1)):
            self.avis.append(Avis("colonne_civilite_absente", dict(self.where)))

    def _result(self) -> Colonnes:
        dates = [cell for i in self._having("naissance") for cell in self.cells[i]]
        month_first = contenus.says_month_first(dates)
        if month_first:
            self.avis.append(Avis("dates_mois_jour", dict(self.where)))
        return Colonnes(
            self.feuille.nom,
            self.entete.lignes,
            tuple(self.columns),
            self._ordre_nom(),
            "mja" if month_first else "jma",
        )

    def _ordre_nom(self) -> OrdreNom | None:
        """For whole names in one cell: what capitals say, then the heading, else unknown, and said."""
        whole = [i for i in self._having("nom") if not self._having("prenom", self.columns[i].rang)]
        if not whole:
            return None
        by_case = guess_ordre(texte(cell) for i in whole for cell in self.cells[i])
        ordre = by_case or _ordre_of_heading(self.columns[whole[0]].libelle)
        self._tell(f"ordre_{ordre or 'inconnu'}", whole[0])
        return ordre


def _is_birth_name(label: str) -> bool:
    folded = fold(label)
    return any(word in folded for word in ("naiss", "jeune fille", "patronym")) or folded[:2] == "ne"


def _ordre_of_heading(label: str) -> OrdreNom | None:
    """« Prénom et nom » or « Nom, prénom »."""
    folded = fold(label)
    if "prenom" not in folded or "nom" not in folded.replace("prenom", ""):
        return None
    return "prenom_nom" if folded.index("prenom") < folded.replace("prenom", "######").index("nom") else "nom_prenom"
