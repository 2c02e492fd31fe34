"""Our side: the three commands, each in its process, twice under two hash seeds."""

import json
import sys
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from typing import Any

from .instances import PLACES, Instance
from .launch import Run, run

PUBLISHED = ("registre.csv", "protocole.json", "resultat.json")
COMMANDS = ("protocole", "tirer", "verifier")


def write_register(instance: Instance, folder: Path) -> Path:
    """The instance's register, written anew by a process of its own."""
    path = instance.file(folder, "registre.csv")
    run([sys.executable, "-m", "bench.instances", instance.name, str(path)])
    return path


def measure(instance: Instance, folder: Path, again: bool = True) -> dict[str, Any]:
    """Protocol, draw, verification of one register: times, memory, and whether a second process agrees.

    Each time is the faster of the two processes'; `secondes` is from the register to the list.
    """
    told = _once(instance, folder, 1)
    if again:
        second = _once(instance, folder, 2)
        told["meme_resultat"] = told["empreintes"] == second["empreintes"]
        for name in COMMANDS:
            told[name] = min(told[name], second[name], key=itemgetter("secondes"))
    told["secondes"] = told["protocole"]["secondes"] + told["tirer"]["secondes"]
    told["memoire"] = max(told[name]["memoire"] for name in COMMANDS)
    return told


def odds(instance: Instance, folder: Path, draws: int) -> dict[str, Any]:
    """Our chances, exact and, where `draws` are asked, simulated."""
    files = [str(instance.file(folder, kind)) for kind in ("registre.csv", "protocole.json")]
    return json.loads(run([sys.executable, "-m", "bench.odds", *files, str(draws)]).stdout)


def _once(instance: Instance, folder: Path, hash_seed: int) -> dict[str, Any]:
    registre, protocole, resultat = (instance.file(folder, kind) for kind in PUBLISHED)
    asked = ["--tirage", "bench", "--intitule", "Mesure", "--places", str(PLACES), "--parite", "genre"]
    for critere in instance.criteres[1:]:
        asked += ["--proportionnel", critere]
    told: dict[str, Any] = {}
    told["protocole"], _ = _timed(["protocole", "--registre", registre, *asked, "-o", protocole], hash_seed)
    both: list[str | Path] = ["--registre", registre, "--protocole", protocole]
    told["tirer"], _ = _timed(["tirer", *both, "--des", dice(protocole), "-o", resultat], hash_seed)
    told["verifier"], verification = _timed(["verifier", *both, "--resultat", resultat], hash_seed)
    told["verification"] = json.loads(verification.stdout)
    told["empreintes"] = [sha256(path.read_bytes()).hexdigest() for path in (protocole, resultat)]
    return told


def dice(protocole: Path) -> str:
    """Dice that nobody chose: as many digits as the protocol wants, from its own fingerprint."""
    data = protocole.read_bytes()
    return str(int(sha256(data).hexdigest(), 16))[: json.loads(data)["nombre_des"]]


def _timed(argv: list[str | Path], hash_seed: int) -> tuple[dict[str, float], Run]:
    """One command: `secondes` inside the process, `total` with Python's start, `memoire` its peak in MB."""
    command = list(map(str, argv))
    measure_file = Path(command[command.index("--registre") + 1]).with_suffix(".mesure.json")
    done = run([sys.executable, "-m", "bench.command", str(measure_file), *command], hash_seed=hash_seed)
    inside = json.loads(measure_file.read_text(encoding="utf-8"))
    return {**inside, "total": done.seconds, "processeur": done.cpu, "memoire": done.memory}, done
