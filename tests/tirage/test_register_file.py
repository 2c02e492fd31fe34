"""`registre.csv` and `identites.csv`: what is read, what is refused and why, what is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tirage_reference import is_register, residents, sha
from tirage_strategies import counts, registers

from tirage import (
    InputError,
    check_identites,
    empreinte_identite,
    parse_registre,
    registre_csv,
    write_identites,
    write_registre,
)

GOOD = "numero;foyer;genre;secteur\n01;;F;Bégon\n02;a;M;Coty\n03;a;X;Œuvre d'Été\n"
CHARACTERS = "09AZaz \u00c0\u024f\u1e00\u1eff'\u2019+./-"


def test_a_register_is_read() -> None:
    registre = parse_registre(GOOD.encode())
    assert registre.criteres == ("genre", "secteur")
    assert list(registre.numeros) == ["01", "02", "03"]
    assert registre.numeros[-1] == "03"
    assert registre.numeros[1:] == ["02", "03"]
    assert list(registre.foyers) == ["", "a", "a"]
    assert registre.foyers[:2] == ["", "a"]
    assert registre.effectifs == {"F|Bégon": 1, "M|Coty": 1, "X|Œuvre d'Été": 1}
    assert (registre.value(1, "secteur"), registre.value(2, "genre")) == ("Coty", "X")
    assert registre.plus_grand_foyer == 2
    assert registre.counts("genre") == {"F": 1, "M": 1, "X": 1}
    assert registre.sha256 == sha(GOOD)
    with pytest.raises(IndexError):
        registre.numeros[3]


def test_every_character_the_method_names_is_read() -> None:
    assert parse_registre(f"numero;foyer;{CHARACTERS}\n1;{CHARACTERS};{CHARACTERS}\n".encode()).foyers[0] == CHARACTERS


@pytest.mark.parametrize(
    "character", ["_", ",", ":", "|", "\u00bf", "\u0250", "\u1dff", "\u1f00", "\u2018", "\t", "\u00a0"]
)
def test_no_other_character_is(character: str) -> None:
    for line in (f"1;{character};F", f"1;;{character}"):
        with pytest.raises(InputError):
            parse_registre(f"numero;foyer;genre\n{line}\n".encode())


def test_everyone_alone_makes_households_of_one() -> None:
    assert parse_registre(b"numero;foyer\n1;\n2;\n").plus_grand_foyer == 1


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("numero;foyer", "\ufeffnumero;foyer", "registre-bom", 1),
        ("secteur\n", "secteur\r\n", "registre-retour-chariot", 1),
        ("Bégon\n", "Bégon\r\n", "registre-retour-chariot", 2),
        ("Bégon\n", "Bégon\r", "registre-champs", 2),
        ("numero;", "Numero;", "registre-entete", 1),
        ("numero;foyer", "foyer;numero", "registre-entete", 1),
        (";secteur", ";genre", "registre-entete", 1),
        (";secteur", ";foyer", "registre-entete", 1),
        (";secteur", "; secteur", "registre-entete", 1),
        ("Été\n", "Été", "registre-fin", 4),
        ("Été\n", "Été\n\n", "registre-champs", 5),
        ("01;;F;Bégon", "01;F;Bégon", "registre-champs", 2),
        ("01;;F;Bégon", "01;;F;Bégon;", "registre-champs", 2),
        ("02;", "٠2;", "registre-numero", 3),
        ("02;", ";", "registre-numero", 3),
        ("02;", " 2;", "registre-numero", 3),
        ("02;", "002;", "registre-largeur", 3),
        ("03;", "0a;", "registre-numero", 4),
        ("03;", "030;", "registre-largeur", 4),
        ("02;", "01;", "registre-doublon", 3),
        ("02;", "00;", "registre-ordre", 3),
        ("02;a;", "02; a;", "registre-foyer", 3),
        ("02;a;", "02;a\u00a0b;", "registre-foyer", 3),
        (";M;", ";;", "registre-valeur", 3),
        (";M;", ";M ;", "registre-valeur", 3),
        (";M;", ";M|F;", "registre-valeur", 3),
        (";M;", ';"M";', "registre-valeur", 3),
        ("Été\n", "E\u0301te\u0301\n", "registre-valeur", 4),
        ("Coty", "x" * 61, "registre-valeur", 3),
        (GOOD[27:], "", "registre-vide", 1),
        (GOOD[26:], "", "registre-vide", 1),
    ],
)
def test_a_register_is_refused_with_its_line(before: str, after: str, code: str, line: int) -> None:
    text = GOOD.replace(before, after, 1)
    assert text != GOOD
    with pytest.raises(InputError) as caught:
        parse_registre(text.encode())
    assert (caught.value.code, caught.value.params["ligne"]) == (code, line)
    assert caught.value.params["fichier"] == "registre"


def test_bytes_that_are_not_utf8_are_refused_with_line_and_column() -> None:
    with pytest.raises(InputError) as caught:
        parse_registre(GOOD.encode("cp1252", "replace"))
    assert (caught.value.code, caught.value.params["ligne"]) == ("registre-utf8", 2)
    assert caught.value.params["colonne"] == len(b"01;;F;B") + 1


CRUMBS = ["0", "1", "01", ";", ";;", "\n", "\r", " ", "F", "é", "e\u0301", "|", "٣", "\ufeff", "numero;foyer", "x" * 30]


@given(registers(most=6), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 3), st.sampled_from(CRUMBS))))
@settings(deadline=None, max_examples=300)
def test_what_is_read_is_what_the_method_allows(register: str, edits: list[tuple[int, int, str]]) -> None:
    text = register
    for position, removed, crumb in edits[:3]:
        text = text[:position] + crumb + text[position + removed :]
    try:
        registre = parse_registre(text.encode())
    except InputError:
        assert not is_register(text.encode())
        return
    assert is_register(text.encode())
    people = residents(text)
    assert list(registre.numeros) == [number for number, _, _ in people]
    assert list(registre.foyers) == [home for _, home, _ in people]
    assert list(registre.types) == [kind for _, _, kind in people]
    assert registre.effectifs == counts(text)


@given(registers(), st.randoms())
@settings(deadline=None, max_examples=50)
def test_writing_sorts_and_gives_back_the_same_bytes(register: str, rng: object) -> None:
    header, *lines = register.splitlines()
    rows = [line.split(";") for line in lines]
    rng.shuffle(rows)  # type: ignore[attr-defined]
    assert write_registre(header.split(";")[2:], rows) == register.encode()


def test_a_register_longer_than_a_chunk_is_read_whole() -> None:
    lines = [f"{i:05};{i // 3:060};{'FM'[i % 2]}" for i in range(4_000)]
    text = "\n".join(["numero;foyer;genre", *lines, ""])
    assert len(text) > 2 * registre_csv._CHUNK
    registre = parse_registre(text.encode())
    assert list(registre.numeros) == [line[:5] for line in lines]
    assert list(registre.foyers) == [line.split(";")[1] for line in lines]
    seam = registre_csv._CHUNK // (len(lines[0]) + 1)
    for number in range(seam - 2, seam + 3):
        swapped = [*lines]
        swapped[number - 1], swapped[number] = swapped[number], swapped[number - 1]
        with pytest.raises(InputError) as caught:
            parse_registre("\n".join(["numero;foyer;genre", *swapped, ""]).encode())
        assert (caught.value.code, caught.value.params["ligne"]) == ("registre-ordre", number + 2)


@pytest.mark.parametrize(
    ("criteria", "rows", "code"),
    [
        (["genre"], [("1", "", "F"), ("1", "", "M")], "registre-doublon"),
        (["genre"], [("1", "", "F"), ("10", "", "M")], "registre-largeur"),
        (["genre"], [("1", "", "F;M")], "registre-champs"),
        (["genre"], [("1", ";F")], "registre-champs"),
        (["genre"], [("1", "", "F\n2;;M")], "registre-champs"),
        (["genre"], [("1", "", "")], "registre-valeur"),
        (["genre"], [("1", "", "\ud800")], "registre-utf8"),
        (["genre"], [], "registre-vide"),
        (["foyer"], [("1", "", "F")], "registre-criteres"),
        (["genre", "genre"], [("1", "", "F", "F")], "registre-criteres"),
        (["a;b"], [("1", "", "F", "F")], "registre-criteres"),
    ],
)
def test_what_would_not_be_a_register_is_not_written(criteria: list[str], rows: list[tuple[str]], code: str) -> None:
    with pytest.raises(InputError, match=code):
        write_registre(criteria, rows)


SALT = "0123456789abcdef" * 2


def test_a_person_is_tied_to_a_number() -> None:
    expected = sha(f"{SALT}|0042|DUPONT-MOREL|Zoé|1990-02-28")
    assert empreinte_identite(SALT, "0042", "DUPONT-MOREL", "Zoé", "1990-02-28") == expected
    assert empreinte_identite(SALT, "1", "N", "P", "") == sha(f"{SALT}|1|N|P|")


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (("ABCD" * 8, "1", "N", "P", ""), "sel"),
        ((SALT[:-1], "1", "N", "P", ""), "sel"),
        ((SALT, "1", "N|O", "P", ""), "nom"),
        ((SALT, "1", "N", "|P", ""), "prenom"),
        ((SALT, "1", "N", "P", "28/02/1990"), "naissance"),
    ],
)
def test_an_identity_that_could_be_read_in_two_ways_is_refused(person: tuple[str, ...], field: str) -> None:
    with pytest.raises(InputError) as caught:
        empreinte_identite(*person)
    assert (caught.value.code, caught.value.params["champ"]) == ("identite-invalide", field)


def test_identities_are_written_in_order_and_checked_against_the_register() -> None:
    prints = {number: sha(number) for number in ("01", "02", "03")}
    data = write_identites([("03", prints["03"]), ("01", prints["01"]), ("02", prints["02"])])
    assert data == "".join(["numero;empreinte\n", *(f"{n};{p}\n" for n, p in prints.items())]).encode()
    check_identites(data, ["01", "02", "03"])


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        (b"numero;", b"Numero;", "identites-entete", 1),
        (b"02;", b"04;", "identites-numero", 3),
        (b"02;", b"02", "identites-ligne", 3),
        (b"03;", b"02;", "identites-numero", 4),
        (b"\n03;" + sha("03").encode(), b"", "identites-manque", None),
        (b"\n03;" + sha("03").encode() + b"\n", b"", "identites-fin", 3),
        (sha("01").encode(), sha("01").upper().encode(), "identites-ligne", 2),
    ],
)
def test_identities_of_another_register_are_refused(before: bytes, after: bytes, code: str, line: int | None) -> None:
    data = write_identites([(number, sha(number)) for number in ("01", "02", "03")]).replace(before, after, 1)
    with pytest.raises(InputError) as caught:
        check_identites(data, ["01", "02", "03"])
    assert (caught.value.code, caught.value.params.get("ligne")) == (code, line)


def test_one_identity_too_many_is_refused() -> None:
    data = write_identites([(number, sha(number)) for number in ("01", "02")])
    with pytest.raises(InputError, match="identites-numero"):
        check_identites(data, ["01"])
    with pytest.raises(InputError, match="identites-ligne"):
        write_identites([("01", "abc")])
