"""One process, measured from outside: how long it lived, the most memory it held."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Timer
from time import perf_counter
from typing import IO

from .limits import ROOT

_UNITS_PER_MEGABYTE = 1 << 20 if sys.platform == "darwin" else 1 << 10


@dataclass(frozen=True)
class Run:
    """`seconds` from start to end, start-up included; `cpu` seconds of processor; `memory` peak in MB."""

    code: int
    seconds: float
    cpu: float
    memory: float
    interrupted: bool
    stdout: str
    stderr: str


def run(argv: Sequence[str], limit: float | None = None, hash_seed: int = 1, check: bool = True) -> Run:
    """Run to the end, or kill after `limit` seconds.

    Raises RuntimeError where the program fails by itself, unless `check` is False.
    """
    environment = os.environ | {"PYTHONHASHSEED": str(hash_seed), "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        start = perf_counter()
        process = subprocess.Popen(argv, stdout=stdout, stderr=stderr, cwd=ROOT, env=environment)
        killed: list[bool] = []

        def kill() -> None:
            killed.append(True)
            os.kill(process.pid, signal.SIGKILL)

        timer = Timer(limit or 86_400, kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        done = Run(
            process.returncode,
            seconds,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / _UNITS_PER_MEGABYTE,
            bool(killed),
            _text(stdout),
            _text(stderr),
        )
    if check and done.code and not killed:
        raise RuntimeError(f"{' '.join(argv)}\n{done.stderr[-4000:]}")
    return done


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
