"""Our chances: exact from the table, then simulated with the household rule, which the table leaves out.

`python -m bench.odds REGISTRE PROTOCOLE DRAWS` prints them as JSON.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tirage import Protocole, Registre, Simulation, odds, parse_protocole, parse_registre, simulate

from .fairness import Group, summary

RELIABLE = 5_000
"""A group must have been taken this often for its chance to mean something (within 1.4 %)."""
MANY = 5_000
"""Above this many residents groups are taken too seldom: the mean effect by size of household tells more."""


def measure(registre: Registre, protocole: Protocole, draws: int) -> dict[str, Any]:
    """The exact chances, and what `draws` pretended draws show once the household rule is applied."""
    told: dict[str, Any] = {"types": len(protocole.effectifs), "lignes": protocole.lignes}
    exact = [Group(name, chance.residents, *chance.fraction) for name, chance in odds(protocole).items()]
    told["exact"] = summary(exact)
    if draws:
        simulation = simulate(registre, protocole, draws)
        told["simulation"] = {
            "tirages": draws,
            "exceptions": simulation.exceptions,
            "effets": {size: effect.effect for size, effect in simulation.sizes.items()},
            **(_by_size(told["exact"], simulation) if len(registre) > MANY else summary(_groups(registre, simulation))),
        }
    return told


def _by_size(exact: dict[str, Any], simulation: Simulation) -> dict[str, float]:
    """The exact chances moved by what the rule does, on average, to households of each size."""
    factors = [1 + effect.effect for effect in simulation.sizes.values()]
    return {"min": exact["min"] * min(factors), "ecart": max(factors) / min(factors)}


def _groups(registre: Registre, simulation: Simulation) -> list[Group]:
    """Those of one type who live in households of one size: what the rule treats alike, or nearly."""
    people: Counter[int] = Counter(registre.foyers.indices)
    residents: Counter[tuple[int, int]] = Counter()
    taken: Counter[tuple[int, int]] = Counter()
    counts = simulation.taken.tolist()
    for kind, foyer, count in zip(registre.types.indices, registre.foyers.indices, counts, strict=True):
        key = kind, people[foyer] if foyer else 1
        residents[key] += 1
        taken[key] += count
    return [
        Group(registre.types.words[kind], n, taken[kind, size], n * simulation.draws)
        for (kind, size), n in residents.items()
        if taken[kind, size] >= RELIABLE
    ]


if __name__ == "__main__":
    registre = parse_registre(Path(sys.argv[1]).read_bytes())
    protocole = parse_protocole(Path(sys.argv[2]).read_bytes())
    print(json.dumps(measure(registre, protocole, int(sys.argv[3]))))
