"""What methode-tirage §7 asks, beside what was measured. Nothing fails here: the reader judges."""

from collections.abc import Mapping
from typing import Any

from .words import megabytes, number, seconds, yes

_COMMANDS = ("protocole", "tirer", "verifier")


def target_rows(told: Mapping[str, Any]) -> list[list[str]]:
    """(work, target, measured, met, processor) for each figure of §7.

    The seconds of processor count Python's start too; far from the seconds that went by, something else was running.
    """
    ours = told["nous"]
    rows = []
    for name, label, limit in (("10880-2", "2 critères", 1.0), ("10880-4", "4 critères", 5.0)):
        whole, cpu = (sum(ours[name][c][clock] for c in _COMMANDS) for clock in ("secondes", "processeur"))
        work = f"10 880 habitants, {label} : protocole, tirage et vérification"
        rows.append(_row(work, f"moins de {number(limit)} s", seconds(whole), whole < limit, seconds(cpu)))
    for name, label in (("1000000-2", "2 critères"), ("1000000-4", "4 critères")):
        rows += _million(ours[name], f"1 000 000 d'habitants, {label}")
    for name, found in told["navigateur"].items():
        slow = found["calcul x6"]
        work = f"vérifier 10 880 habitants, {name[-1]} critères, dans un navigateur 6 fois ralenti (médiane)"
        rows.append(_row(work, "moins de 1 s", seconds(slow["mediane"] / 1000), slow["mediane"] < 1000))
    return rows


def _million(mine: Mapping[str, Any], label: str) -> list[list[str]]:
    rows = []
    for command, name, limit in (("protocole", "protocole", 8), ("tirer", "tirage", 5)):
        step = mine[command]
        met = step["secondes"] < limit
        cpu = seconds(step["processeur"])
        rows.append(_row(f"{label} : {name}", f"moins de {limit} s", seconds(step["secondes"]), met, cpu))
    return [
        *rows,
        _row(f"{label} : mémoire", "moins de 600 Mo", megabytes(mine["memoire"]), mine["memoire"] < 600),
    ]


def _row(work: str, target: str, measured: str, met: bool, cpu: str = "—") -> list[str]:
    return [work, target, measured, yes(met), cpu]
