"""Random draws and ways to spoil them, for the two verifiers to agree on. Shares no code with either."""

import json
from collections import Counter
from typing import Any

from fichiers_tirage import canonical, sha256
from hypothesis import strategies as st

CRITERIA = ["genre", "secteur", "constructor", "toString", "10", "2", "Œ’-+./", "a b"]
VALUES = ["F", "M", "constructor", "valueOf", "10", "2", "9", "L’Hôtel", "É", "Ǆ", "ỿ", "a+b", "X y"]
HOUSEHOLDS = ["", "", "", "a", "b", "valueOf", "É", "10"]
BYTES = [
    *(bytes([n]) for n in (0, 9, 10, 13, 31, 32, 34, 44, 45, 46, 48, 49, 59, 92, 101, 127, 128, 255)),
    *(b"\xef\xbb\xbf", b"\xc2\x85", b"\xc2\xa0", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"e\xcc\x81", b"\xc0\xaf"),
    *(b"\\u0041", b"\\ud83d\\ude00", b"\\ud83d", b"\\/", b"-0", b"1e0", b".0", b"00", b"[]", b"{}", b"null", b"true"),
]  # fmt: skip
ODD: list[Any] = [
    *(None, True, False, 0, 1, -1, 2, 24, 2**53 - 1, 2**53, -(2**53), 1.0, 10_000, 100_000),
    *("", "F", "constructor", "__proto__", "\x7f", "😀", "\uffff", "0" * 64, [], {}, [[]], {"": 0}, [0, 0]),
]


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[str], list[list[str]], str]:
    """(criteria, each resident's values, the register's text)."""
    criteria = draw(st.lists(st.sampled_from(CRITERIA), max_size=3, unique=True))
    pools = [draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=3, unique=True)) for _ in criteria]
    people = draw(st.lists(st.tuples(*(st.sampled_from(pool) for pool in pools)).map(list), min_size=1, max_size=18))
    width = draw(st.integers(2, 12))
    first = draw(st.integers(0, 10**width - 3 * len(people)))
    lines = [";".join(["numero", "foyer", *criteria])]
    for place, values in enumerate(people):
        number = f"{first + 3 * place - draw(st.integers(0, 2)) * (place > 0):0{width}d}"
        lines.append(";".join([number, draw(st.sampled_from(HOUSEHOLDS)), *values]))
    return criteria, people, "\n".join(lines) + "\n"


def _split(draw: st.DrawFn, total: int, parts: int) -> list[int]:
    cuts = sorted(draw(st.lists(st.integers(1, total - 1), min_size=parts - 1, max_size=parts - 1, unique=True)))
    return [end - start for start, end in zip([0, *cuts], [*cuts, total], strict=True)]


def _quotas(draw: st.DrawFn, criteria: list[str], rows: list[Counter[str]]) -> dict[str, dict[str, list[int]]]:
    """Limits that every row respects, some of them on values nobody has."""
    quotas: dict[str, dict[str, list[int]]] = {}
    for column, name in enumerate(criteria):
        for value in draw(st.lists(st.sampled_from(VALUES), max_size=4, unique=True)):
            got = [sum(n for t, n in row.items() if t.split("|")[column] == value) for row in rows]
            slack = draw(st.integers(0, 1))
            quotas.setdefault(name, {})[value] = [max(0, min(got) - slack), max(got) + slack]
    return quotas


def _certificate(draw: st.DrawFn, types: list[str], criteria: list[str], quotas: Any) -> dict[str, Any]:
    """Random duals; now and then too large, or with u one short."""
    scale = draw(st.sampled_from([1, 1, 7, 2**40, 2**51]))
    small = st.integers(0, 3).map(lambda n: n * scale)
    weights = {t: draw(small) for t in types if draw(st.booleans())}
    extra = {t: draw(small) for t in types if draw(st.booleans())}
    sides = [
        {c: {v: draw(small) for v in values if draw(st.booleans())} for c, values in quotas.items()} for _ in range(2)
    ]

    def missing(kind: str) -> int:
        pairs = list(zip(criteria, kind.split("|"), strict=False))
        high, low = (sum(side.get(c, {}).get(v, 0) for c, v in pairs) for side in sides)
        return weights.get(kind, 0) - extra.get(kind, 0) - high + low

    u = max(map(missing, types)) - draw(st.sampled_from([0, 0, 0, 1]))
    return {"poids": weights, "u": u, "types": extra, "max": sides[0], "min": sides[1]}


@st.composite
def draws(draw: st.DrawFn) -> tuple[str, str, str]:
    """(register, protocol, dice): valid but, sometimes, for the certificate."""
    criteria, people, registre = draw(registers())
    types = ["|".join(values) for values in people]
    places = draw(st.integers(1, len(people)))
    panels = draw(st.lists(st.permutations(range(len(people))), min_size=1, max_size=4))
    rows = {canonical(row): row for row in (Counter(types[i] for i in panel[:places]) for panel in panels)}
    digits = draw(st.integers(4, 6))
    numbers = _split(draw, 10**digits, len(rows))
    table = sorted(zip(numbers, rows.items(), strict=True), key=lambda entry: (-entry[0], entry[1][0]))
    quotas = _quotas(draw, criteria, list(rows.values()))
    dice = draw(st.text("0123456789", min_size=digits + 20, max_size=digits + 24))
    protocole = {
        "methode": "conseil-1",
        "tirage": "alea-1",
        "repetition": draw(st.booleans()),
        "intitule": draw(st.sampled_from(["Essai", "É", "😀 \uffff", "a/b"])),
        "places": places,
        "criteres": criteria,
        "alternance": draw(st.sampled_from([None, *criteria])),
        "foyer_unique": draw(st.booleans()),
        "quotas": quotas,
        "effectifs": Counter(types),
        "lignes": 10**digits,
        "table": [[n, row] for n, (_, row) in table],
        "nombre_des": len(dice),
        "registre_sha256": sha256(registre),
    }
    if draw(st.booleans()):
        protocole["certificat"] = _certificate(draw, sorted(set(types)), criteria, quotas)
    if draw(st.booleans()):
        protocole["sources"] = [{"fichier": "é.csv", "sha256": "ab" * 32, "lignes": 0}]
        protocole["😀"] = {"\uffff": [True, None, -5], "__proto__": {}}
    return registre, canonical(protocole), dice


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, child in inside for found in _paths(child, (*path, key)))]


def _spoil_json(draw: st.DrawFn, text: str) -> Any:
    """One place of the document replaced, removed, added to, shifted by one, or exchanged with its neighbour."""
    document = json.loads(text)
    *parents, last = draw(st.sampled_from(_paths(document)[1:]))
    holder = document
    for key in parents:
        holder = holder[key]
    act = draw(st.sampled_from(["replace", "remove", "add", "shift", "shift", "exchange"]))
    if act == "remove":
        del holder[last]
    elif act == "shift" and type(holder[last]) is int:
        holder[last] += draw(st.sampled_from([-1, 1]))
    elif act == "exchange" and isinstance(holder, list):
        holder[last], holder[last - 1] = holder[last - 1], holder[last]
    elif act == "add" and isinstance(holder, list):
        holder.insert(last, draw(st.sampled_from([*ODD, holder[last]])))
    elif act == "add":
        holder[draw(st.sampled_from(["", "constructor", "__proto__", "X", "note"]))] = draw(st.sampled_from(ODD))
    else:
        holder[last] = draw(st.sampled_from(ODD))
    return document


def _spoil_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    at = draw(st.integers(0, len(data)))
    end = at + draw(st.integers(0, 2))
    return data[:at] + draw(st.sampled_from([b"", *BYTES])) + data[end:]


@st.composite
def spoilt(draw: st.DrawFn, registre: str, protocole: str, resultat: str) -> tuple[bytes, bytes, bytes]:
    """The three files with one of them changed; usually the fingerprints are made right again, so that
    the change itself has to be found."""
    which = draw(st.integers(0, 2))
    files = [registre.encode(), protocole.encode(), resultat.encode()]
    if which and draw(st.booleans()):
        document = _spoil_json(draw, (registre, protocole, resultat)[which])
        files[which] = (canonical if which == 1 else json.dumps)(document).encode()
    else:
        files[which] = _spoil_bytes(draw, files[which])
    if draw(st.integers(0, 4)):
        old = sha256(registre)
        files[1] = files[1].replace(old.encode(), sha256(files[0]).encode())
        files[2] = files[2].replace(sha256(protocole).encode(), sha256(files[1]).encode())
    return files[0], files[1], files[2]
