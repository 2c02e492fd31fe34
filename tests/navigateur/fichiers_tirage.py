"""Small draws made by hand for the browser tests, sharing no code with either verifier."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

VECTORS = json.loads((Path(__file__).resolve().parents[1] / "donnees" / "vecteurs-tirage.json").read_text("utf-8"))
DICE = "482139075516240931758642"
SIMPLE = "numero;foyer;genre\n1;;F\n2;;M\n"


def canonical(value: Any) -> str:
    """Canonical JSON, as methode-tirage §2 has it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(data: str | bytes) -> str:
    """Lower-case hex SHA-256."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def trio(registre: str, **fields: Any) -> tuple[str, str]:
    """A register and a canonical protocol for it: one row, all but `fields` deduced (`...` leaves out)."""
    header, *lines = registre.splitlines()
    types = ["|".join(line.split(";")[2:]) for line in lines]
    protocole = {
        "methode": "conseil-1",
        "tirage": "essai-1",
        "repetition": False,
        "intitule": "Essai",
        "places": 1,
        "criteres": header.split(";")[2:],
        "alternance": None,
        "foyer_unique": True,
        "quotas": {},
        "effectifs": Counter(types),
        "lignes": 10_000,
        "table": [[10_000, {types[0]: 1}]],
        "nombre_des": 24,
        "registre_sha256": sha256(registre),
        **fields,
    }
    return registre, canonical({key: value for key, value in protocole.items() if value is not ...})
