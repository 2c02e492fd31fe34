"""Small lists written in a test, and their reading."""

from __future__ import annotations

import datetime
from typing import Any

from conseil.registre.errors import RegistreError
from conseil.registre.fichiers import Fichier
from conseil.registre.lecture import Lecture, read_listes
from conseil.registre.messages import sentences
from conseil.registre.voies import Voies, read_voies

JOUR = datetime.date(2026, 11, 2)
VOIES = """voie;secteur
rue Bégon;Bégon
avenue du Président Coty;Coty
place Coty;Coty
rue de l'Hôtel Pasquier;Kennedy
rue du 11 Novembre;Kennedy
rue de la Quinière;
"""
ENTETE = "Contrat;Civilité;Nom;Prénom;Né(e) le;Adresse;Complément;CP;Ville\n"


def voies(text: str = VOIES) -> Voies:
    return read_voies("voies.csv", text.encode())


def fichier(text: str | bytes, name: str = "liste.csv", **more: Any) -> Fichier:
    return Fichier(name, text if isinstance(text, bytes) else text.encode(), **more)


def lire(*lists: str | bytes | Fichier, streets: str = VOIES, **more: Any) -> Lecture:
    """Read texts (named liste1.csv, liste2.csv…) or files as of 2 November 2026."""
    files = [
        each if isinstance(each, Fichier) else fichier(each, f"liste{number}.csv")
        for number, each in enumerate(lists, 1)
    ]
    return read_listes(files, voies(streets), JOUR, **more)


def ligne(
    nom: str = "DUPRÉ",
    prenom: str = "Zoé",
    ne: str = "12/03/1980",
    civilite: str = "Mme",
    adresse: str = "12 rue Bégon",
    complement: str = "",
    contrat: str = "",
    ville: str = "41000;Blois",
) -> str:
    """A row under `ENTETE`, right in every cell unless told."""
    return f"{contrat};{civilite};{nom};{prenom};{ne};{adresse};{complement};{ville}\n"


def liste(*rows: str) -> str:
    return ENTETE + "".join(rows)


def refus(*lists: str | bytes | Fichier, **more: Any) -> list[tuple[str, Any]]:
    """(code, line) of each problem; every one has its sentence."""
    try:
        lire(*lists, **more)
    except RegistreError as error:
        assert len(sentences(error)) == len(error.problemes)
        return [(probleme.code, probleme.params.get("ligne")) for probleme in error.problemes]
    raise AssertionError("the lists were read")


def qui(lecture: Lecture) -> list[str]:
    """The eligible, « NOM Prénom genre »."""
    return [f"{p.nom} {p.prenom} {p.genre}".replace("  ", " ") for p in lecture.personnes]


def motifs(lecture: Lecture) -> dict[str, int]:
    """The reasons that count someone."""
    return {motif: count for motif, count in lecture.motifs.items() if count}
