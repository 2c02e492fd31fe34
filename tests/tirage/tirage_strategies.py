"""Random registers, requests and protocols."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from tirage_reference import DIGITS, canonical, residents, sha

CRITERIA = ("genre", "secteur", "âge", "L'Été")
VALUES = (("F", "M", "X"), ("Bégon", "Coty", "10", "Œuvre"), ("16-25", "26+"), ("oui", "Non"))


@dataclass(frozen=True)
class Drawable:
    """Three inputs of a draw that holds together."""

    register: str
    protocol: dict[str, Any]
    dice: str

    @property
    def protocol_data(self) -> bytes:
        return canonical(self.protocol)


@st.composite
def registers(draw: st.DrawFn, most: int = 40, criteria: int | None = None) -> str:
    """A register of up to `most` residents, households crossing types, numbers not all following."""
    k = draw(st.integers(0, 3)) if criteria is None else criteria
    n = draw(st.integers(1, most))
    width = draw(st.integers(len(str(2 * n)), 6))
    numbers = sorted(draw(st.sets(st.integers(0, 2 * n), min_size=n, max_size=n)))
    homes = draw(st.sampled_from(([""], ["", "a"], ["a", "b", "É 2"], ["", "", *map(str, range(n // 2))])))
    lines = []
    for number in numbers:
        values = [draw(st.sampled_from(VALUES[c])) for c in range(k)]
        lines.append(";".join([f"{number:0{width}}", draw(st.sampled_from(homes)), *values]))
    return "\n".join([";".join(["numero", "foyer", *CRITERIA[:k]]), *lines, ""])


def counts(register: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for _, _, kind in residents(register):
        found[kind] = found.get(kind, 0) + 1
    return found


def protocol_of(register: str, rows: list[tuple[int, dict[str, int]]], **fields: Any) -> dict[str, Any]:
    """A protocol for this register and table, without quotas unless `fields` says so."""
    lignes = sum(n for n, _ in rows)
    return {
        "methode": "conseil-1",
        "tirage": "essai",
        "repetition": False,
        "intitule": "Un essai",
        "places": sum(rows[0][1].values()),
        "criteres": register.split("\n")[0].split(";")[2:],
        "alternance": None,
        "foyer_unique": True,
        "quotas": {},
        "effectifs": counts(register),
        "lignes": lignes,
        "table": [list(row) for row in sorted(rows, key=lambda row: (-row[0], canonical(row[1])))],
        "nombre_des": 20 + DIGITS[lignes],
        "registre_sha256": sha(register),
        **fields,
    }


@st.composite
def drawables(draw: st.DrawFn) -> Drawable:
    """A register, a protocol whose rows are panels of its residents, and dice."""
    register = draw(registers())
    kinds = [kind for _, _, kind in residents(register)]
    places = draw(st.integers(1, len(kinds)))
    panels = draw(st.lists(st.permutations(kinds), min_size=1, max_size=4))
    rows = {canonical(row): row for row in (_count(panel[:places]) for panel in panels)}
    lignes = draw(st.sampled_from(list(DIGITS)))
    cuts = sorted(draw(st.sets(st.integers(1, lignes - 1), min_size=len(rows) - 1, max_size=len(rows) - 1)))
    sizes = [b - a for a, b in zip([0, *cuts], [*cuts, lignes], strict=True)]
    criteria = register.split("\n")[0].split(";")[2:]
    protocol = protocol_of(
        register,
        list(zip(sizes, rows.values(), strict=True)),
        foyer_unique=draw(st.booleans()),
        alternance=draw(st.sampled_from([None, *criteria])),
    )
    more = draw(st.integers(0, 3))
    protocol["nombre_des"] += more
    size = protocol["nombre_des"]
    return Drawable(register, protocol, draw(st.text("0123456789", min_size=size, max_size=size)))


def _count(kinds: list[str]) -> dict[str, int]:
    return {kind: kinds.count(kind) for kind in kinds}
