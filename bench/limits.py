"""How long the bench may last, and where it puts what it makes."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "resultats"
DOCUMENT = ROOT / "docs" / "mesures.md"

LIMIT = int(os.environ.get("BENCH_LIMITE", "120"))
"""Seconds that one run of the peer may take."""
LIMIT_MILLION = int(os.environ.get("BENCH_LIMITE_MILLION", "180"))
"""The same for a million residents."""
COMPLETE = os.environ.get("BENCH_COMPLET", "") not in ("", "0")
"""Also the longest work: Nash on 500 residents and four criteria, ten million residents."""

SIMULATED_DRAWS = 20_000
"""Pretended draws that measure what the household rule does to our chances."""
PEER_DRAWS = 1_000
"""Real draws that estimate the chances of the peer's algorithm that publishes none."""
