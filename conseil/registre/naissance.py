"""Dates of birth in all usual forms, to a day or to nothing; a wrong date is never mended (R5)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .folding import fold
from .tables import Cellule, texte

#: Order of the numbers in the cells of one column: day-month-year (France), or month-day-year.
Ordre = Literal["jma", "mja"]

#: Nobody older is believed: 01/01/1900 is a blank that a program filled in.
AGE_MAXIMUM = 120
_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout"),
    *("septembre", "octobre", "novembre", "decembre"),
)
_SERIAL_ORIGIN = datetime.date(1899, 12, 30)

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_WITH_MONTH = re.compile(r"(\d{1,2})(?:\s?er)? ([a-z]{3,9}) (\d{4}|\d{2})")
_COMPACT = re.compile(r"(\d{8})")
_HOUR = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$")
_BEFORE = re.compile(r"^(n[ée]+(\(e\)|·e|\.e)?\s+)?(le\s+)?(?=\d)", re.IGNORECASE)
_AFTER = re.compile(r"\s*(\(.*\)|à\s.*|\ba\s+[A-Z].*)$")


@dataclass(frozen=True)
class Naissance:
    """A day, or none; `vu`, what stood in the cell; `siecle`, whether the century was worked out."""

    jour: datetime.date | None
    vu: str
    siecle: bool = False


def read_naissance(cell: Cellule, date: datetime.date, ordre: Ordre = "jma", adultes: bool = False) -> Naissance:
    """The date of birth in a cell, as of `date`, the day of the draw.

    No day for a date that does not exist (31/02), lies after the draw or more than 120 years before it.
    A year in two figures is the last one not after the draw, so that « 12/05/10 » is a child; in a list of
    adults only (`adultes`) the one before, where the last would be a minor. `siecle` says so.
    """
    if isinstance(cell, datetime.date):
        return Naissance(_believable(cell, date), cell.isoformat())
    return _read_text(texte(cell), date, ordre, adultes)


@lru_cache(maxsize=65536)
def _read_text(seen: str, date: datetime.date, ordre: Ordre, adultes: bool) -> Naissance:
    parts = _parts(seen, ordre)
    if parts is None:
        return Naissance(None, seen)
    year, month, day = parts
    short = year < 100
    if short:
        year = _century(year, month, day, date, adultes)
    try:
        return Naissance(_believable(datetime.date(year, month, day), date), seen, short)
    except ValueError:
        return Naissance(None, seen)


def looks_like_date(cell: Cellule) -> bool:
    """Whether a cell was meant as a date, right or wrong: what tells a column of dates."""
    if isinstance(cell, datetime.date):
        return True
    return _parts(texte(cell), "jma") is not None


def month_first(cell: Cellule) -> bool | None:
    """True when only month-day-year can be meant (12/25/1980), False for day-month, None when both can."""
    if not isinstance(cell, str) or not (found := _YEAR_LAST.fullmatch(_bare(cell))):
        return None
    first, second = int(found[1]), int(found[2])
    if first > 12 or second > 12:
        return first <= 12
    return None


def age(naissance: datetime.date, date: datetime.date) -> int:
    """Full years on `date`; someone born on 29 February ages on 1 March of common years (R5)."""
    return date.year - naissance.year - ((date.month, date.day) < (naissance.month, naissance.day))


def _bare(seen: str) -> str:
    return _BEFORE.sub("", _AFTER.sub("", _HOUR.sub("", seen.strip(" '\"="))))


def _parts(seen: str, ordre: Ordre) -> tuple[int, int, int] | None:
    """Year, month, day as written, not yet checked against the calendar."""
    bare = _bare(seen)
    if found := _YEAR_FIRST.fullmatch(bare):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _YEAR_LAST.fullmatch(bare):
        first, second = int(found[1]), int(found[2])
        day, month = (second, first) if ordre == "mja" else (first, second)
        return int(found[3]), month, day
    if found := _COMPACT.fullmatch(bare):
        return _compact(found[1])
    if bare.isdecimal() and len(bare) == 5:  # days since 1900, as a spreadsheet counts them
        jour = _SERIAL_ORIGIN + datetime.timedelta(days=int(bare))
        return jour.year, jour.month, jour.day
    if found := _WITH_MONTH.fullmatch(fold(bare)):
        month = _month(found[2])
        return (int(found[3]), month, int(found[1])) if month else None
    return None


def _compact(digits: str) -> tuple[int, int, int] | None:
    """« 19800312 » or « 12031980 »: never both, since no month is 19 or 20."""
    if digits[:2] in ("19", "20") and digits[4:6] <= "12":
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    return int(digits[4:]), int(digits[2:4]), int(digits[:2])


def _month(word: str) -> int:
    """1 to 12 for « mars », « janv », « décembre »; 0 for another word, or « jui »."""
    found = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(word)]
    return found[0] if len(found) == 1 else 0


def _century(year: int, month: int, day: int, date: datetime.date, adultes: bool) -> int:
    recent = (date.year // 100) * 100 + year
    if (recent, month, day) > (date.year, date.month, date.day):
        return recent - 100
    if adultes and recent > date.year - 18:
        return recent - 100
    return recent


def _believable(day: datetime.date, date: datetime.date) -> datetime.date | None:
    return day if day <= date and age(day, date) <= AGE_MAXIMUM else None
