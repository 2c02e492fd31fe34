"""What the paper documents of a draw say."""

from typing import Any

import tirage as method
from conseil.i18n import fingerprint_groups, french_date, french_instant, french_number
from conseil.qr import qr_svg
from conseil.tirages.models import Tirage
from conseil.tirages.presentation import Bilan, value_label
from conseil.tirages.verificateur import offline_sha256


def result_sheet(draw: Tirage, bilan: Bilan, address: str) -> dict[str, Any]:
    """The data of `affiche-tirage.typ`: numbers only (« Who may see what »), for a draw that has its result."""
    protocole = method.parse_protocole(draw.protocole)
    if draw.tire_le is None or draw.des is None:
        raise ValueError("a draw without its result has no result sheet")
    return {
        "intitule": draw.intitule,
        "repetition": draw.repetition,
        "adresse": address,
        "qr": qr_svg(address, border=2).decode(),
        "date": french_date(draw.tire_le),
        "imprime": french_instant(draw.tire_le),
        "places": protocole.places,
        "residents": french_number(sum(protocole.effectifs.values())),
        "empreinte": fingerprint_groups(draw.protocole_sha256),
        "verificateur": fingerprint_groups(offline_sha256()),
        "des": fingerprint_groups(draw.des),
        "criteres": list(protocole.criteres),
        "liste": [
            {
                "rang": row.rang,
                "numero": row.numero,
                "valeurs": [value_label(c, v) for c, v in zip(protocole.criteres, row.valeurs, strict=True)],
            }
            for row in bilan.liste
        ],
        "chance_minimale": bilan.chance_minimale,
        "borne": bilan.borne,
    }
