"""`python -m bench`: measure everything, write the raw figures, rewrite the section of docs/mesures.md."""

import json
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from . import environment, machine, ours, theirs
from .document import rewrite
from .instances import HUNDRED_THOUSAND, MILLION, MILLION_WIDE, QUARTIER, SMALL, TEN_MILLION, Instance
from .launch import run
from .limits import COMPLETE, DOCUMENT, LIMIT, LIMIT_MILLION, RESULTS, SIMULATED_DRAWS
from .report import section

_START = perf_counter()


def _say(text: str) -> None:
    print(f"[{perf_counter() - _START:5.0f} s] {text}", file=sys.stderr, flush=True)


def _measure_ours(folder: Path) -> dict[str, Any]:
    told = {}
    huge = [HUNDRED_THOUSAND, MILLION, MILLION_WIDE, *([TEN_MILLION] if COMPLETE else [])]
    for instance in [*SMALL, *QUARTIER, *huge]:
        _say(f"nous : {instance.name}")
        ours.write_register(instance, folder)
        told[instance.name] = ours.measure(instance, folder, again=instance != TEN_MILLION)
        draws = SIMULATED_DRAWS if instance in [*SMALL, *QUARTIER] else 0
        told[instance.name]["chances"] = ours.odds(instance, folder, draws)
    return told


def _measure_browser(folder: Path) -> dict[str, Any]:
    told = {}
    for instance in QUARTIER:
        _say(f"navigateur : {instance.name}")
        files = [str(instance.file(folder, kind)) for kind in ours.PUBLISHED]
        done = run([sys.executable, "-m", "bench.browser", *files], check=False)
        if done.code:
            _say(f"navigateur : non mesuré ({done.stderr.strip().splitlines()[-1]})")
        else:
            told[instance.name] = json.loads(done.stdout)
    return told


def _algorithms(instance: Instance) -> list[str]:
    """Nash begins with twice the rounds of maximin: never quicker, so it is left out where maximin can't finish."""
    nash = SMALL if COMPLETE else SMALL[:3]
    return ["legacy", "maximin", *(["nash"] if instance in nash else [])]


def _measure_theirs(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for instance in [*SMALL, *QUARTIER, MILLION]:
        theirs.write_inputs(instance, folder)
        limit = LIMIT_MILLION if instance == MILLION else LIMIT
        for algorithm in _algorithms(instance):
            _say(f"pair : {instance.name}, {algorithm} ({limit} s au plus)")
            found = theirs.measure(instance, folder, algorithm, limit)
            if algorithm == "legacy" and instance in SMALL and instance.width == 2:
                found |= theirs.estimate(instance, folder, algorithm, limit)
            told.setdefault(instance.name, {})[algorithm] = found
    return told


def main() -> None:
    """Measure, then write: an interrupted bench leaves the document as it was."""
    folder = RESULTS / "fichiers"
    folder.mkdir(parents=True, exist_ok=True)
    told: dict[str, Any] = {"machine": machine.describe(), "charge": machine.busy()}
    environment.prepare()
    told |= {"versions": environment.versions(), "gurobi": environment.has_gurobi()}
    settings = [f"{name}={os.environ[name]}" for name in sorted(os.environ) if name.startswith("BENCH_")]
    told["commande"] = " ".join([*settings, "make bench"])
    told |= {"nous": _measure_ours(folder), "navigateur": _measure_browser(folder), "pair": _measure_theirs(folder)}
    told["duree"] = perf_counter() - _START
    (RESULTS / "mesures.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    rewrite(DOCUMENT, section(told))
    _say(f"écrit : {DOCUMENT.name}")


if __name__ == "__main__":
    main()
