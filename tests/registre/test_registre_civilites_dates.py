"""Civilités and dates of birth in their usual forms."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registre_lectures import JOUR

from conseil.registre.civilite import read_civilite, split_civilite
from conseil.registre.naissance import age, looks_like_date, read_naissance
from conseil.registre.rules import genre_of


@pytest.mark.parametrize(
    ("genre", "spellings"),
    [
        ("F", "Mme|MME.|Mme.|mme|Madame|MADAME|Mlle|Melle|Mle|Mademoiselle|F|Femme|Féminin|FÉM.|Vve|Mme Vve"),
        ("M", "M|M.|Mr|MR.|Mr.|Monsieur|MONSIEUR|H|Homme|Masculin|masc."),
    ],
)
def test_spellings(genre: str, spellings: str) -> None:
    assert {read_civilite(each) for each in spellings.split("|")} == {(genre,)}


@pytest.mark.parametrize("text", ["", "-", "?", "X", "n.c.", "NR", "non précisé", "Autre", "M./Mme", "F/H", "..."])
def test_nothing_said_is_nothing_guessed(text: str) -> None:
    assert read_civilite(text) == ()


@pytest.mark.parametrize("text", ["Dr", "Me", "Docteur", "2", "Société"])
def test_other_words_are_not_understood(text: str) -> None:
    assert read_civilite(text) is None


@pytest.mark.parametrize("text", ["M. et Mme", "Mr ou Mme", "M & Mme", "Monsieur et Madame", "MR MME"])
def test_couples(text: str) -> None:
    assert read_civilite(text) == ("M", "F")


@pytest.mark.parametrize(
    ("cell", "genres", "rest"),
    [
        ("Mme DUPRÉ Zoé", ("F",), "DUPRÉ Zoé"),
        ("M.DUPRÉ Tom", ("M",), "DUPRÉ Tom"),
        ("M. et Mme DUPRÉ Tom", ("M", "F"), "DUPRÉ Tom"),
        ("M. DUPRÉ et Mme SOW", ("M",), "DUPRÉ et Mme SOW"),
        ("M'BENGUE Awa", (), "M'BENGUE Awa"),
        ("F DUPRÉ", (), "F DUPRÉ"),
        ("Mme", (), "Mme"),
    ],
)
def test_civilite_before_a_name(cell: str, genres: tuple[str, ...], rest: str) -> None:
    assert split_civilite(cell) == (genres, rest)


def test_one_gender_of_several_lists() -> None:
    assert genre_of(["X", "F"]) == "F"
    assert genre_of(["F", "F"]) == "F"
    assert genre_of(["F", "M"]) == "X"
    assert genre_of([]) == "X"


TWELFTH = datetime.date(1980, 3, 12)


@pytest.mark.parametrize(
    "cell",
    [
        "12/03/1980",
        "12.03.1980",
        "12-03-1980",
        "12 03 1980",
        "12/3/1980",
        "1980-03-12",
        "1980/03/12",
        "12 mars 1980",
        "12-mars-1980",
        "12 MARS 80",
        "12/03/80",
        "12-03-80",
        "19800312",
        "12031980",
        "29292",
        "1980-03-12 00:00:00",
        "1980-03-12T00:00:00",
        "12/03/1980 0:00",
        "né le 12/03/1980",
        "Née le 12 mars 1980 à Tours",
        "né(e) le 12/03/1980",
        "le 12/03/1980",
        " 12 / 03 / 1980 ",
        "12/03/1980 (46 ans)",
        "'12/03/1980",
    ],
)
def test_forms_of_one_day(cell: str) -> None:
    assert read_naissance(cell, JOUR).jour == TWELFTH


def test_typed_cells() -> None:
    assert read_naissance(TWELFTH, JOUR).jour == TWELFTH
    assert read_naissance(29292.0, JOUR).jour == TWELFTH


@pytest.mark.parametrize("cell", ["1er mars 1980", "1 mars 1980", "01/03/1980", "1ER MARS 80"])
def test_first_of_the_month(cell: str) -> None:
    assert read_naissance(cell, JOUR).jour == datetime.date(1980, 3, 1)


@pytest.mark.parametrize(
    "month",
    [
        "janvier",
        "fév.",
        "Févr",
        "mars",
        "avril",
        "avr",
        "mai",
        "juin",
        "juillet",
        "juil.",
        "août",
        "aout",
        "sept",
        "septembre",
        "oct",
        "nov",
        "déc",
        "DECEMBRE",
    ],
)
def test_months_written_out(month: str) -> None:
    found = read_naissance(f"5 {month} 1971", JOUR).jour
    assert found is not None
    assert found.strftime("%d/%Y") == "05/1971"


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "31/02/1990",
        "00/00/1956",
        "29/02/1981",
        "1956",
        "inconnue",
        "n.c.",
        "12/13/1980",
        "5 jui 1971",
        "01/01/1900",
        "03/11/2026",
        "12/03/2080",
        "12/03",
        "32/01/1980",
        "060785",
        "? 12/03/1980",
        "12/03/180",
    ],
)
def test_wrong_dates_are_no_date_and_keep_what_was_seen(cell: str) -> None:
    found = read_naissance(cell, JOUR)
    assert found.jour is None
    assert found.vu == cell


@pytest.mark.parametrize(
    ("cell", "adultes", "year"),
    [
        ("12/05/85", False, 1985),
        ("12/05/10", False, 2010),
        ("12/05/26", False, 2026),
        ("12/12/26", False, None),
        ("12/05/10", True, None),
        ("12/05/06", True, 2006),
        ("12/05/20", True, 1920),
    ],
)
def test_two_figure_years(cell: str, adultes: bool, year: int | None) -> None:
    """The last century possible; for adults, the last in which they are adults; over 120 years is believed of nobody."""
    found = read_naissance(cell, JOUR, adultes=adultes)
    expected = {"12/12/26": 1926, "12/05/10": 1910}.get(cell) if year is None else year
    assert found.siecle
    assert found.jour is not None
    assert found.jour.year == expected


def test_month_first_when_the_column_says_so() -> None:
    assert read_naissance("03/12/1980", JOUR, "mja").jour == TWELFTH
    assert read_naissance("1980-03-12", JOUR, "mja").jour == TWELFTH


@given(st.dates(datetime.date(1930, 1, 1), datetime.date(2026, 11, 1)))
def test_every_form_gives_the_day_back(day: datetime.date) -> None:
    for form in ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y"):
        assert read_naissance(day.strftime(form), JOUR).jour == day
        assert looks_like_date(day.strftime(form))


@given(st.text(max_size=80))
def test_any_text_is_a_day_or_none(text: str) -> None:
    found = read_naissance(text, JOUR)
    assert found.jour is None or found.jour <= JOUR


@pytest.mark.parametrize("cell", ["41000", "0612345678", "C-1234", "DUPRÉ", "", "12 rue Bégon", "1234567890"])
def test_what_is_no_date(cell: str) -> None:
    assert not looks_like_date(cell)


@pytest.mark.parametrize(
    ("born", "day", "expected"),
    [
        ("2010-11-02", "2026-11-02", 16),
        ("2010-11-03", "2026-11-02", 15),
        ("2012-02-29", "2028-02-28", 15),
        ("2012-02-29", "2028-02-29", 16),
        ("2008-02-29", "2025-02-28", 16),
        ("2008-02-29", "2025-03-01", 17),
    ],
)
def test_age(born: str, day: str, expected: int) -> None:
    assert age(datetime.date.fromisoformat(born), datetime.date.fromisoformat(day)) == expected
