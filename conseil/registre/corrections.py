"""What people filled in or attached, put on the lines as they were read, before anyone is matched with anyone.

A completion is keyed by what the line says, not by where it stands: the same list sent again, sorted otherwise,
finds its completions.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .complements import complement_key, tokenize
from .folding import fold, words
from .naissance import Naissance
from .occurrences import Occurrence
from .voies import Tranche, Voie, Voies, canonical

#: (line_key, field) → value, as `chantier_models.Completion` keeps them.
Completions = Mapping[tuple[str, str], str]


def line_key(occurrence: Occurrence) -> str:
    """Who and where, as the list wrote it: 32 hex digits, the same wherever the line stands."""
    seen = (occurrence.identite, fold(occurrence.adresse.vu), fold(occurrence.naissance.vu), occurrence.contrat)
    return hashlib.sha256("\x1f".join(seen).encode()).hexdigest()[:32]


def correct(
    occurrences: Iterable[Occurrence], completions: Completions, rattachements: Mapping[str, str], voies: Voies
) -> list[Occurrence]:
    """The occurrences with streets attached and blanks filled; what was not touched is the same object."""
    streets = {voie.libelle: voie for voie in voies.voies}
    attached = {rue: streets[name] for rue, name in rattachements.items() if name in streets}
    touched = {key for key, _ in completions}
    return [_corrected(o, completions if touched else {}, touched, attached) for o in occurrences]


def _corrected(
    occurrence: Occurrence, completions: Completions, touched: set[str], attached: Mapping[str, Voie]
) -> Occurrence:
    key = line_key(occurrence) if touched else ""
    if occurrence.adresse.voie is None and occurrence.adresse.rue in attached:
        occurrence = _attach(occurrence, attached[occurrence.adresse.rue])
    if key not in touched:
        return occurrence
    if genre := completions.get((key, "genre")):
        occurrence = replace(occurrence, genre=genre)  # type: ignore[arg-type]
    if jour := completions.get((key, "naissance")):
        birth = Naissance(datetime.date.fromisoformat(jour), occurrence.naissance.vu)
        occurrence = replace(occurrence, naissance=birth)
    secteur = completions.get((key, "secteur"))  # « hors »: outside the perimeter
    if secteur is not None:
        name = occurrence.adresse.voie.libelle if occurrence.adresse.voie else occurrence.adresse.rue
        chosen = Voie(name, (Tranche("" if secteur == "hors" else secteur),))
        occurrence = replace(occurrence, adresse=replace(occurrence.adresse, voie=chosen))
    if flat := completions.get((key, "complement")):
        adresse = replace(occurrence.adresse, complement=complement_key(tokenize(flat)))
        occurrence = replace(occurrence, adresse=adresse)
    return occurrence


def _attach(occurrence: Occurrence, voie: Voie) -> Occurrence:
    """The address under the street's own name, so that homes and households meet too."""
    adresse = replace(occurrence.adresse, voie=voie, rue=" ".join(canonical(words(voie.libelle))))
    return replace(occurrence, adresse=adresse)
