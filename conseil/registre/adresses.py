"""A written address, in one cell or ten, to a number, a street, a flat and a municipality."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .complements import KEYWORDS, SEPARATOR, complement_key, tokenize
from .folding import fold
from .voies import ARTICLES, TYPES, Voie, Voies, canonical

_REPEATS = {"bis": "bis", "b": "bis", "ter": "ter", "t": "ter", "quater": "quater", "q": "quater"}
_NUMBER = re.compile(r"\d{1,4}(?:[-/]\d{1,4})*")
_POSTCODE = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-8])\d{3}")
_NUMBER_SIGNS = ("n", "no", "numero")


@dataclass(frozen=True)
class AdresseBrute:
    """The cells of one address as the list gives them; blank where it has no such column."""

    adresse: str = ""
    numero: str = ""
    repetition: str = ""
    type_voie: str = ""
    voie: str = ""
    complement: str = ""
    code_postal: str = ""
    commune: str = ""

    @property
    def rue(self) -> str:
        """Number and street on one line."""
        street = f"{self.type_voie} {self.voie}".strip() if self.voie else self.adresse
        return " ".join(part for part in (self.numero, self.repetition, street) if part)


@dataclass(frozen=True)
class Adresse:
    """`rue`: the street's key; `voie`: the known street, if it is one; `complement`: key of the flat."""

    numero: str
    rue: str
    complement: str
    commune: str
    code_postal: str
    voie: Voie | None
    vu: str

    @property
    def texte(self) -> str:
        """Number and street, the street as `voies.csv` writes it where it is known."""
        return f"{self.numero} {self.voie.libelle if self.voie else self.rue}".strip()

    @property
    def numero_entier(self) -> int | None:
        found = re.match(r"\d+", self.numero)
        return int(found[0]) if found else None

    @property
    def logement(self) -> tuple[str, str, str] | None:
        """What two people of one address share, or None where nothing tells one house from another."""
        if not self.rue or not (self.numero or self.complement):
            return None
        return self.numero, self.rue, self.commune


class LecteurAdresses:
    """Reads addresses against the known streets.

    `commune`: folded name of the perimeter's municipality. `commune_en_fin`: the column's one-cell addresses
    end with a municipality, so that « 3 rue X, Vineuil » is in Vineuil, not in a residence of that name.
    """

    def __init__(self, voies: Voies, commune: str, commune_en_fin: bool = False) -> None:
        self._voies = voies
        self._commune = tuple(fold(commune).split())
        self._commune_en_fin = commune_en_fin
        self._types = frozenset(TYPES) | voies.first_words
        self._cache: dict[AdresseBrute, Adresse] = {}

    def read(self, brute: AdresseBrute) -> Adresse:
        if brute not in self._cache:
            self._cache[brute] = self._read(brute)
        return self._cache[brute]

    def _read(self, brute: AdresseBrute) -> Adresse:
        tokens, postcode, commune = self._without_commune(tokenize(brute.rue))
        more = tokenize(brute.complement)
        place = self._known(tokens)
        if place is None and (joined := self._known([*tokens, SEPARATOR, *more])):
            # The street stands in « Adresse 2 », the building in « Adresse 1 ».
            tokens, more, place = [*tokens, SEPARATOR, *more], [], joined
        start, end, voie = place or self._unknown(tokens)
        street = [token for token in tokens[start:end] if token != SEPARATOR]
        numero, first = _number_before(tokens, start)
        if not numero:
            numero, end = _number_after(tokens, end)
        rest = [*tokens[:first], SEPARATOR, *tokens[end:], SEPARATOR, *more]
        return Adresse(
            numero,
            " ".join(canonical(street)),
            complement_key(rest),
            _commune_key(brute.commune) or " ".join(commune),
            "".join(c for c in brute.code_postal if c.isdigit()) or postcode,
            voie,
            " ".join(part for part in (brute.rue, brute.complement, brute.code_postal, brute.commune) if part),
        )

    def _without_commune(self, tokens: list[str]) -> tuple[list[str], str, list[str]]:
        """The address without « 41000 Blois » at its end, and those two."""
        for index in range(len(tokens) - 1, 0, -1):
            if _POSTCODE.fullmatch(tokens[index]) and tokens[index - 1] not in ("bp", "cs", "tsa"):
                after = tokens[index + 1 :]
                after = after[1:] if after[:1] == [SEPARATOR] else after
                if SEPARATOR in after:
                    after = after[: after.index(SEPARATOR)]
                return tokens[:index], tokens[index], [t for t in after if t.isalpha() and t != "cedex"]
        own = len(self._commune)
        if own and tuple(tokens[-own:]) == self._commune and len(tokens) > own:
            return tokens[:-own], "", list(self._commune)
        if self._commune_en_fin and SEPARATOR in tokens:
            cut = len(tokens) - 1 - tokens[::-1].index(SEPARATOR)
            last = tokens[cut + 1 :]
            if last and all(t.isalpha() for t in last) and not (KEYWORDS & set(last) or last[0] in self._types):
                return tokens[:cut], "", last
        return tokens, "", []

    def _starts(self, tokens: Sequence[str]) -> list[int]:
        """Where a street may begin: after a number first, then at a break, then anywhere."""
        found = [i for i, t in enumerate(tokens[:-1]) if t in self._types and tokens[i + 1] != SEPARATOR]
        return sorted(found, key=lambda i: (not _number_before(tokens, i)[0], i > 0 and tokens[i - 1] != SEPARATOR))

    def _known(self, tokens: Sequence[str]) -> tuple[int, int, Voie] | None:
        """Start, end and street of the first known street that is written whole."""
        for start in self._starts(tokens):
            for voie, length in self._voies.prefixes(tokens[start:]):
                if _street_ends(tokens, start + length):
                    return start, start + length, voie
        return None

    def _unknown(self, tokens: Sequence[str]) -> tuple[int, int, None]:
        """Start and end of what stands where a street should."""
        starts = [i for i in self._starts(tokens) if _opens(tokens, i)]
        start = starts[0] if starts else _after_first_number(tokens)
        end = start + 1
        while end < len(tokens) and tokens[end] != SEPARATOR:
            named = any(t not in ARTICLES for t in tokens[start + 1 : end])
            if tokens[end] in KEYWORDS and named:
                break
            end += 1
        return start, min(end, len(tokens)), None


def _commune_key(commune: str) -> str:
    return " ".join(word for word in fold(commune).split() if word.isalpha() and word != "cedex")


def _street_ends(tokens: Sequence[str], end: int) -> bool:
    """Whether a street may end there: « rue Montaigne Prolongée » is not « rue Montaigne »."""
    return end >= len(tokens) or tokens[end] == SEPARATOR or tokens[end] in KEYWORDS or tokens[end][0].isdigit()


def _opens(tokens: Sequence[str], start: int) -> bool:
    return start == 0 or tokens[start - 1] == SEPARATOR or bool(_number_before(tokens, start)[0])


def _after_first_number(tokens: Sequence[str]) -> int:
    """Where a street without a kind may begin (« 12 LE CLOS »)."""
    if not tokens or not _NUMBER.fullmatch(tokens[0]):
        return 0
    index = 2 if len(tokens) > 1 and tokens[1] in ("bis", "ter", "quater") else 1
    return index + 1 if index < len(tokens) and tokens[index] == SEPARATOR else index


def _number_before(tokens: Sequence[str], start: int) -> tuple[str, int]:
    """The house number that stands before `start` (« 11 bis, »), and where it begins."""
    index = start - 1
    if index >= 0 and tokens[index] == SEPARATOR:
        index -= 1
    repeat = ""
    if index > 0 and (tokens[index] in _REPEATS or (len(tokens[index]) == 1 and tokens[index].isalpha())):
        repeat, index = _REPEATS.get(tokens[index], tokens[index]), index - 1
    if index < 0 or not _NUMBER.fullmatch(tokens[index]) or (index > 0 and tokens[index - 1] in KEYWORDS):
        return "", start
    first = index - 1 if index > 0 and tokens[index - 1] in _NUMBER_SIGNS else index
    return f"{tokens[index].lstrip('0') or '0'} {repeat}".strip(), first


def _number_after(tokens: Sequence[str], end: int) -> tuple[str, int]:
    """The house number that follows the street (« place Lorjou, n° 5 »), and what it ends at."""
    index = end
    while index < len(tokens) and (tokens[index] == SEPARATOR or tokens[index] in _NUMBER_SIGNS):
        index += 1
    if index >= len(tokens) or not _NUMBER.fullmatch(tokens[index]):
        return "", end
    repeat = _REPEATS.get(tokens[index + 1], "") if index + 1 < len(tokens) else ""
    after = index + 2 if repeat else index + 1
    if after < len(tokens) and tokens[after] != SEPARATOR and tokens[after] not in KEYWORDS:
        return "", end
    return f"{tokens[index].lstrip('0') or '0'} {repeat}".strip(), after
