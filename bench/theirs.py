"""The peer's side: the same register and quotas, handed over as its documentation asks."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from .environment import PYTHON, SCRIPT
from .fairness import Group, summary
from .instances import PLACES, Instance
from .launch import run
from .limits import PEER_DRAWS

SEED = 20_261_102
QUICK = 30
"""Seconds below which a second process is worth its time."""


def write_inputs(instance: Instance, folder: Path) -> None:
    """The peer's two CSV files, from our register and the quotas of our protocol.

    It takes two empty addresses for the same one, so whoever lives alone gets an address of their own.
    """
    protocole = json.loads(instance.file(folder, "protocole.json").read_bytes())
    with instance.file(folder, "quotas.csv").open("w", encoding="utf-8", newline="") as file:
        quotas = csv.writer(file)
        quotas.writerow(["feature", "value", "min", "max"])
        for critere, bounds in protocole["quotas"].items():
            quotas.writerows([critere, value, *pair] for value, pair in bounds.items())
    with instance.file(folder, "personnes.csv").open("w", encoding="utf-8", newline="") as file:
        people = csv.writer(file)
        people.writerow(["numero", "foyer", *instance.criteres])
        rows = _rows(instance, folder)
        people.writerows([numero, foyer or f"seul-{numero}", *values] for numero, foyer, *values in rows)


def _rows(instance: Instance, folder: Path) -> Iterator[list[str]]:
    with instance.file(folder, "registre.csv").open(encoding="utf-8") as file:
        for line in islice(file, 1, None):
            yield line.rstrip("\n").split(";")


def measure(instance: Instance, folder: Path, algorithm: str, limit: int) -> dict[str, Any]:
    """One draw within `limit` seconds, then, where that was quick, in a second process under another hash seed.

    `secondes` is the faster of the two.
    """
    first = _once(instance, folder, algorithm, limit)
    told = {key: value for key, value in first.items() if key not in ("panel", "chances")}
    told |= {"limite": limit, "meme_resultat": None, "reussi": first.get("panel") is not None}
    if first.get("chances"):
        told |= _published(instance, folder, first["chances"])
    if told["reussi"] and first["secondes"] < QUICK:
        second = _once(instance, folder, algorithm, limit, hash_seed=2)
        if not second["interrompu"]:
            told["meme_resultat"] = first["panel"] == second["panel"]
            told["secondes"] = min(first["secondes"], second["secondes"])
    return told


def estimate(instance: Instance, folder: Path, algorithm: str, limit: int) -> dict[str, Any]:
    """The mean chance of the least lucky type over many draws, where the peer publishes no chances."""
    told = _once(instance, folder, algorithm, limit, draws=PEER_DRAWS)
    if "comptes" not in told:
        return {}
    residents: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for numero, _, *values in _rows(instance, folder):
        residents["|".join(values)] += 1
        taken["|".join(values)] += told["comptes"].get(numero, 0)
    return {"min": min(taken[name] / (n * PEER_DRAWS) for name, n in residents.items()), "tirages": PEER_DRAWS}


def _published(instance: Instance, folder: Path, chances: dict[str, float]) -> dict[str, Any]:
    """What the peer's own probabilities, resident by resident, come to."""
    types = {numero: "|".join(values) for numero, _, *values in _rows(instance, folder)}
    return summary(Group(types[numero], 1, chance, 1) for numero, chance in chances.items())


def _once(
    instance: Instance, folder: Path, algorithm: str, limit: int, hash_seed: int = 1, draws: int = 0
) -> dict[str, Any]:
    request = instance.file(folder, f"{algorithm}.json")
    asked = {
        "quotas": str(instance.file(folder, "quotas.csv")),
        "personnes": str(instance.file(folder, "personnes.csv")),
        "places": PLACES,
        "algorithme": algorithm,
        "graine": SEED,
        "tirages": draws,
    }
    request.write_text(json.dumps(asked), encoding="utf-8")
    result, progress = (request.with_suffix(f".{name}.json") for name in ("result", "progress"))
    for path in (result, progress):
        path.unlink(missing_ok=True)
    done = run([str(PYTHON), str(SCRIPT), str(request)], limit=limit, hash_seed=hash_seed, check=False)
    told: dict[str, Any] = {
        "memoire": done.memory,
        "total": done.seconds,
        "processeur": done.cpu,
        "interrompu": done.interrupted,
    }
    if done.code and not done.interrupted:
        told["erreur"] = done.stderr[-500:]
    if progress.exists():
        told["avancement"] = json.loads(progress.read_text(encoding="utf-8"))
    return told | (json.loads(result.read_text(encoding="utf-8")) if result.exists() else {})
