"""The registers that everything is measured on: invented, realistic, the same on every machine.

`python -m bench.instances NAME FILE` writes one of them, in a process of its own: a process starts with the peak
memory of the one that starts it, so the bench itself must stay small.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

PLACES = 32
CRITERES = ("genre", "secteur", "age", "logement")
SECTEURS = {"Bégon": 22, "Coty": 18, "Croix Chevalier": 33, "Kennedy": 27}
AGES = {"16-24": 17, "25-39": 26, "40-59": 32, "60 et plus": 25}
LOGEMENTS = {"privé": 35, "social": 65}
GENRES = {"F": 520, "M": 480}
GENRES_OF_MANY = {"F": 519, "M": 479, "X": 2}
FOYERS = {1: 38, 2: 32, 3: 14, 4: 10, 5: 4, 6: 2}
"""Households of 1 to 6 people, by share of the households."""


@dataclass(frozen=True)
class Instance:
    """A register of `residents` people, seen through its first `width` criteria."""

    residents: int
    width: int

    @property
    def name(self) -> str:
        return f"{self.residents}-{self.width}"

    def file(self, folder: Path, kind: str) -> Path:
        """One of the files made for this register: `registre.csv`, `protocole.json`, …"""
        return folder / f"{self.name}.{kind}"

    @property
    def criteres(self) -> tuple[str, ...]:
        return CRITERES[: self.width]


SMALL = [Instance(200, 2), Instance(200, 4), Instance(500, 2), Instance(500, 4)]
QUARTIER = [Instance(10_880, 2), Instance(10_880, 4)]
MILLION = Instance(1_000_000, 2)
MILLION_WIDE = Instance(1_000_000, 4)
HUNDRED_THOUSAND = Instance(100_000, 2)
TEN_MILLION = Instance(10_000_000, 2)


def _pick(random: Random, shares: dict[str, int]) -> str:
    return random.choices(list(shares), list(shares.values()))[0]


def _households(random: Random, residents: int) -> Iterator[tuple[int, str, str]]:
    """(people, sector, kind of housing) of each household: those who live together share both."""
    left = residents
    while left:
        people = min(left, random.choices(list(FOYERS), list(FOYERS.values()))[0])
        left -= people
        yield people, _pick(random, SECTEURS), _pick(random, LOGEMENTS)


def _lines(instance: Instance) -> list[str]:
    """One line per resident, without the number: household, then the criteria."""
    random = Random(f"bench-{instance.residents}")
    genres = GENRES_OF_MANY if instance.residents > 5_000 else GENRES
    lines = []
    for code, (people, secteur, logement) in enumerate(_households(random, instance.residents)):
        foyer = str(code) if people > 1 else ""
        for _ in range(people):
            values = (_pick(random, genres), secteur, _pick(random, AGES), logement)
            lines.append(";".join((foyer, *values[: instance.width])))
    random.shuffle(lines)
    return lines


def write(instance: Instance, path: Path) -> None:
    """Write the register (methode-tirage §1); the same bytes every time."""
    digits = len(str(instance.residents))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(";".join(("numero", "foyer", *instance.criteres)) + "\n")
        for numero, line in enumerate(_lines(instance), start=1):
            file.write(f"{numero:0{digits}};{line}\n")


if __name__ == "__main__":
    residents, width = sys.argv[1].split("-")
    write(Instance(int(residents), int(width)), Path(sys.argv[2]))
