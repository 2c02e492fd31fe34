"""Time one command of `python -m tirage`, its imports already done.

`python -m bench.command MEASURE.json protocole --registre …`: what the command itself prints is left alone.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from tirage.cli import main


def measure(path: Path, argv: list[str]) -> int:
    if argv[0] == "protocole":
        import tirage.preparation  # noqa: F401  (numpy and the solver, which the command loads by itself)
    start = perf_counter()
    code = main(argv)
    path.write_text(json.dumps({"secondes": perf_counter() - start}), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(measure(Path(sys.argv[1]), sys.argv[2:]))
