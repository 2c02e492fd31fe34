"""The sealed list on paper: names, birth dates and salts of the drawn, for the municipal service alone."""

from collections.abc import Mapping
from typing import Any

from conseil.i18n import fingerprint_groups, french_date
from conseil.registre.models import Resident
from conseil.tirages.models import Tirage
from conseil.tirages.presentation import Bilan


def sealed_data(draw: Tirage, bilan: Bilan, people: Mapping[str, Resident], address: str) -> dict[str, Any]:
    """The data of `liste-scellee.typ`; someone whose identity was erased at its date keeps the number alone."""
    return {
        "intitule": draw.intitule,
        "repetition": draw.repetition,
        "adresse": address,
        "date": french_date(draw.tire_le or draw.fige_le),
        "empreinte": fingerprint_groups(draw.protocole_sha256),
        "liste": [{"rang": row.rang, "numero": row.numero, **_person(people.get(row.numero))} for row in bilan.liste],
    }


def _person(resident: Resident | None) -> dict[str, Any]:
    if resident is None:
        return {"nom": None}
    where = ", ".join(part for part in (resident.adresse, resident.complement) if part)
    return {
        "nom": f"{resident.prenom} {resident.nom}",
        # The very words the fingerprint is made of (methode-tirage §1).
        "ligne": f"{resident.sel}|{resident.numero}|{resident.nom}|{resident.prenom}|"
        f"{resident.naissance.isoformat() if resident.naissance else ''}",
        "naissance": resident.naissance.strftime("%d/%m/%Y") if resident.naissance else "",
        "adresse": where,
        "sel": resident.sel,
    }
