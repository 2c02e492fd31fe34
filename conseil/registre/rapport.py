"""The report of an import, as data: what was kept, merged, set aside and why.

It holds counts, street names and references « file:line », never a person's name, date of birth or house
number: its hash is published with the protocol of the draw (`methode-tirage §2`, `sources`), the report itself
stays with the municipal service, and whoever is shown it learns nothing of anyone. Pairs to confirm are two
references and what differs; names side by side are for the screen, from `Lecture.a_confirmer`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import Avis
from .messages import sentence

if TYPE_CHECKING:
    from .lecture import Lecture


def build(lecture: Lecture) -> dict[str, object]:
    """`fichiers`, `motifs`, `doublons`, `eligibles`, `effectifs`, as scripts expect them, and what explains them.

    `doublons.exacts` and `.fusionnes` count lines absorbed by another; `a_confirmer` holds
    `[reference, reference, what differs]`. `fichiers[…].personnes` counts people on the lines, before merging.
    """
    return {
        "date": lecture.date.isoformat(),
        "age_minimum": lecture.age_minimum,
        "commune": lecture.commune,
        "fichiers": {lu.nom: {"lignes": lu.lignes, "personnes": len(lu.occurrences)} for lu in lecture.fichiers},
        "empreintes": {lu.nom: lu.sha256 for lu in lecture.fichiers},
        "colonnes": _columns(lecture),
        "motifs": lecture.motifs,
        "doublons": {
            "exacts": lecture.exacts,
            "fusionnes": lecture.fusionnes,
            "a_confirmer": [[*pair.references, "+".join(pair.motifs)] for pair in lecture.a_confirmer],
        },
        "eligibles": len(lecture.personnes),
        "effectifs": lecture.effectifs,
        "types_minces": lecture.types_minces,
        "foyers": _households(lecture),
        "voies_inconnues": [
            {"voie": voie, "personnes": count, "proposition": proposed}
            for voie, (count, proposed) in lecture.voies_inconnues.items()
        ],
        "a_completer": {
            "sans_civilite": [p.sources[0].reference for p in lecture.personnes if p.genre == "X"],
            "contradictions": _contradictions(lecture),
        },
        "avis": [_avis(avis) for avis in lecture.avis],
    }


def _columns(lecture: Lecture) -> dict[str, dict[str, str]]:
    found = {}
    for (fichier, feuille), colonnes in lecture.colonnes.items():
        name = f"{fichier}[{feuille}]" if feuille else fichier
        found[name] = {
            c.libelle or str(i + 1): c.role + (f" {c.rang}" if c.rang > 1 else "")
            for i, c in enumerate(colonnes.colonnes)
        }
    return found


def _households(lecture: Lecture) -> dict[str, object]:
    sizes: dict[str, int] = {}
    for person in lecture.personnes:
        if person.foyer:
            sizes[person.foyer] = sizes.get(person.foyer, 0) + 1
    return {
        "nombre": len(sizes),
        "plus_grand": max(sizes.values(), default=min(1, len(lecture.personnes))),
        "plus_de_12": [{"foyer": f.foyer, "personnes": f.taille} for f in lecture.foyers_trop_grands],
    }


def _contradictions(lecture: Lecture) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    people = [*lecture.personnes, *(ecarte.personne for ecarte in lecture.ecartes if ecarte.personne)]
    for person in sorted(people, key=lambda person: person.sources):
        for code in person.avis:
            found.setdefault(code, []).append(" ".join(source.reference for source in person.sources))
    return found


def _avis(avis: Avis) -> dict[str, object]:
    return {"code": avis.code, "fichier": avis.params.get("fichier", ""), "phrase": sentence(avis)}
