"""The method read naively, apart from `tirage/`: what the tests compare it with."""

import hashlib
import itertools
import json
import re
import unicodedata
from fractions import Fraction
from pathlib import Path
from typing import Any

VECTORS = json.loads((Path(__file__).parent.parent / "donnees" / "vecteurs-tirage.json").read_text("utf-8"))
DIGITS = {10_000: 4, 100_000: 5, 1_000_000: 6}
VALUE = re.compile("[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff'\u2019+./ -]{1,60}")


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha(text: str | bytes) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def is_register(data: bytes) -> bool:
    """Whether these bytes are a register, one rule of methode-tirage §1 after the other."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    if not text.endswith("\n"):
        return False
    header, *lines = text[:-1].split("\n")
    names = header.split(";")
    criteria = names[2:]
    if names[:2] != ["numero", "foyer"] or len(set(names)) < len(names) or not lines:
        return False
    rows = [line.split(";") for line in lines]
    if not all(map(is_value, criteria)) or any(len(row) != len(names) for row in rows):
        return False
    numbers = [row[0] for row in rows]
    if not all(re.fullmatch("[0-9]+", number) for number in numbers) or len({len(n) for n in numbers}) > 1:
        return False
    if any(a >= b for a, b in itertools.pairwise(numbers)):
        return False
    return all((i == 0 and not text) or is_value(text) for row in rows for i, text in enumerate(row[1:]))


def is_value(text: str) -> bool:
    return bool(VALUE.fullmatch(text)) and text == text.strip(" ") and text == unicodedata.normalize("NFC", text)


def residents(register: str) -> list[tuple[str, str, str]]:
    """(numero, foyer, type) of each line."""
    rows = [line.split(";") for line in register.splitlines()[1:]]
    return [(row[0], row[1], "|".join(row[2:])) for row in rows]


def draw(register: str, protocol: dict[str, Any], dice: str, fingerprint: str | None = None) -> dict[str, Any]:
    """The result, by sorting everyone and walking (methode-tirage §4)."""
    fingerprint = fingerprint or sha(canonical(protocol))
    seed = f"conseil-1|{fingerprint}|{dice}"
    composition = int(dice[: DIGITS[protocol["lignes"]]])
    numbered = (row for n, row in protocol["table"] for _ in range(n))
    row = next(itertools.islice(numbered, composition, None))
    order = sorted((sha(f"{seed}|ticket|{number}"), number, home, kind) for number, home, kind in residents(register))
    taken, exception = walk(order, row, protocol["foyer_unique"])
    if protocol["alternance"] is None:
        ranked = sorted(taken)
    else:
        position = protocol["criteres"].index(protocol["alternance"])
        groups: dict[str, list[Any]] = {}
        for person in sorted(taken):
            groups.setdefault(person[3].split("|")[position], []).append(person)
        turns = sorted(groups, key=lambda value: (sha(f"{seed}|alternance|{value}"), value))
        ranked = []
        while any(groups.values()):
            ranked += [groups[value].pop(0) for value in turns if groups[value]]
    return {
        "methode": "conseil-1",
        "protocole_sha256": fingerprint,
        "des": dice,
        "composition": composition,
        "foyer_exception": exception,
        "liste": [{"rang": i, "numero": p[1], "ticket": p[0]} for i, p in enumerate(ranked, start=1)],
    }


def walk(order: list[Any], row: dict[str, int], one_per_household: bool) -> tuple[list[Any], bool]:
    """Whom the row takes along this order of (…, home, kind), and whether two of one household had to be."""
    left = dict(row)
    homes: set[str] = set()
    taken = []
    for person in order:
        home, kind = person[-2:]
        if left.get(kind, 0) > 0 and not (one_per_household and home and home in homes):
            taken.append(person)
            left[kind] -= 1
            homes.add(home)
    exception = any(left.values())
    for person in order:
        if person not in taken and left.get(person[-1], 0) > 0:
            taken.append(person)
            left[person[-1]] -= 1
    return taken, exception


def compositions(counts: dict[str, int], places: int) -> list[dict[str, int]]:
    """Every way of giving these places to types of so many residents."""
    if not counts:
        return [] if places else [{}]
    kind, *others = counts
    return [
        {kind: n, **rest}
        for n in range(min(counts[kind], places) + 1)
        for rest in compositions({other: counts[other] for other in others}, places - n)
    ]


def value_places(row: dict[str, int], position: int, value: str) -> int:
    return sum(n for kind, n in row.items() if kind.split("|")[position] == value)


def respects(row: dict[str, int], criteria: list[str], quotas: dict[str, dict[str, Any]]) -> bool:
    return all(
        low <= value_places(row, criteria.index(c), v) <= high
        for c, entry in quotas.items()
        for v, (low, high) in entry.items()
    )


def chances(protocol: dict[str, Any]) -> dict[str, Fraction]:
    """The exact chance of each type."""
    return {
        kind: Fraction(sum(n * row.get(kind, 0) for n, row in protocol["table"]), protocol["lignes"] * count)
        for kind, count in protocol["effectifs"].items()
    }
