"""What the public page of a draw shows, computed from its public files alone."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import tirage as method
from conseil.i18n import french_number
from conseil.messages import GENRE, GENRES
from tirage import chances


@dataclass(frozen=True)
class Rang:
    """One of the drawn: rank, public number, the values of the criteria in the register's order, ticket."""

    rang: int
    numero: str
    valeurs: tuple[str, ...]
    ticket: str


@dataclass(frozen=True)
class Barre:
    """One value of a criterion: how many in the register and among the drawn, with both shares in per cent."""

    libelle: str
    registre: int
    tires: int
    part_registre: float
    part_tires: float


@dataclass(frozen=True)
class Cote:
    """The odds of a group: residents, exact fraction (numerator, denominator), « 1 chance sur … »."""

    libelle: str
    residents: int
    fraction: tuple[int, int]
    un_sur: str | None


@dataclass(frozen=True)
class Bilan:
    """A finished draw, ready to be shown. borne: what no way of drawing could beat (certificate), as « 1 sur … »."""

    liste: tuple[Rang, ...]
    barres: dict[str, tuple[Barre, ...]]
    cotes: tuple[Cote, ...]
    chance_minimale: str | None
    borne: str | None
    plus_grand_foyer: int
    foyer_exception: bool
    composition: int


def value_label(critere: str, value: str, *, plural: bool = False) -> str:
    """« femmes » for F; a sector or an age band is its own label."""
    return str((GENRES if plural else GENRE).get(value, value)) if critere == "genre" else value


def type_label(criteres: tuple[str, ...], type_: str) -> str:
    """« femmes, Bégon » for « F|Bégon »; « tout le monde » where there is no criterion."""
    labels = (
        [value_label(c, v, plural=True) for c, v in zip(criteres, type_.split("|"), strict=True)] if criteres else []
    )
    return ", ".join(labels) or "tout le monde"


def one_in(fraction: tuple[int, int]) -> str | None:
    """« 361,13 »: the inverse of a chance, rounded to two decimals; None for no chance."""
    rounded = chances.one_in(fraction)
    return french_number(float(rounded)) if rounded else None


@lru_cache(maxsize=16)
def bilan(registre_csv: bytes, protocole_csv: bytes, resultat: bytes) -> Bilan:
    """Verify a finished draw and lay it out; the three files never change, so neither does this."""
    checked = method.verify(registre_csv, protocole_csv, resultat)
    registre, protocole = method.parse_registre(registre_csv), method.parse_protocole(protocole_csv)
    result = method.parse_resultat(resultat)
    index = {numero: position for position, numero in enumerate(registre.numeros)}
    ranks = tuple(
        Rang(p.rang, p.numero, tuple(registre.value(index[p.numero], c) for c in protocole.criteres), p.ticket)
        for p in result.liste
    )
    return Bilan(
        liste=ranks,
        barres={c: _bars(c, position, protocole, ranks) for position, c in enumerate(protocole.criteres)},
        cotes=_odds(protocole),
        chance_minimale=one_in(checked.chance_minimale),
        borne=one_in(checked.borne) if checked.borne else None,
        plus_grand_foyer=checked.plus_grand_foyer,
        foyer_exception=result.foyer_exception,
        composition=result.composition,
    )


def _bars(critere: str, position: int, protocole: method.Protocole, ranks: tuple[Rang, ...]) -> tuple[Barre, ...]:
    pool: Counter[str] = Counter()
    for type_, residents in protocole.effectifs.items():
        pool[type_.split("|")[position]] += residents
    drawn = Counter(rank.valeurs[position] for rank in ranks)
    total, places = sum(pool.values()), len(ranks)
    return tuple(
        Barre(
            libelle=value_label(critere, value, plural=True),
            registre=pool[value],
            tires=drawn[value],
            part_registre=round(100 * pool[value] / total, 1),
            part_tires=round(100 * drawn[value] / places, 1),
        )
        for value in sorted(pool)
    )


def _odds(protocole: method.Protocole) -> tuple[Cote, ...]:
    return tuple(
        Cote(type_label(protocole.criteres, t), chance.residents, chance.fraction, one_in(chance.fraction))
        for t, chance in sorted(method.odds(protocole).items())
    )
