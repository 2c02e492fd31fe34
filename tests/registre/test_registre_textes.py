"""Folding, decoding, cutting text into rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registre_classeurs import BOMS
from registre_lectures import refus

from conseil.registre.decoding import decode
from conseil.registre.delimited import read_rows
from conseil.registre.errors import RegistreError
from conseil.registre.folding import clean, fold, key, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éléonore", "ELEONORE"),
        ("Œuvrard", "OEUVRARD"),
        ("Lætitia", "laetitia"),
        ("Groß", "GROSS"),
        ("Yıldız", "YILDIZ"),
        ("İlker", "ilker"),
        ("Łukasz", "lukasz"),
        ("N'Diaye", "NDIAYE"),
        ("N’Diaye", "N' DIAYE"),
        ("El-Amrani", "EL AMRANI"),
        ("Martin\u2011Duval", "Martin-Duval"),
        ("e\u0301tienne", "Étienne"),
        ("ﬁlali", "Filali"),
        ("Nguyễn", "NGUYEN"),
    ],
)
def test_spellings_of_one_word_fold_together(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Ali", "Alia"), ("Jean", "Jeanne"), ("Noël", "Nöela"), ("Öz", "Oze")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert key(key(text)) == key(text)
    assert words(fold(text)) == words(text)


@given(st.text())
def test_cleaning_leaves_nothing_hidden(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(c < " " and c != "\n" for c in cleaned)
    assert "\ufeff" not in cleaned
    assert "\u200b" not in cleaned


LATIN = st.text(st.characters(codec="cp1252", min_codepoint=32), min_size=1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
@given(text=st.text(st.characters(codec="utf-8")))
@settings(deadline=None, max_examples=30)
def test_a_byte_order_mark_is_believed(encoding: str, text: str) -> None:
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    assert decode("f", BOMS[encoding] + text.encode(name))[0] == text


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: "\x00" not in text))
@settings(deadline=None)
def test_utf8_without_mark(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode("f", text.encode())[0] == text


def test_windows_1252() -> None:
    text = "Lefèvre;Œuvrard;Noël;L’Étang;12 €"
    assert decode("f", text.encode("cp1252"))[:2] == (text, "cp1252")


def test_utf16_without_mark() -> None:
    text = "Nom;Prénom\r\nDUPRÉ;Zoé\r\n"
    assert decode("f", text.encode("utf-16-le"))[:2] == (text, "utf-16-le")
    assert decode("f", text.encode("utf-16-be"))[:2] == (text, "utf-16-be")


def test_two_exports_pasted_together() -> None:
    text, _, avis = decode("f", "Noël\n".encode() + "Zoé\n".encode("cp1252"))
    assert text == "Noël\nZoé\n"
    assert [each.code for each in avis] == ["encodage_melange"]


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman"])
def test_old_encodings_are_refused_not_misread(encoding: str) -> None:
    text = "Nom;Adresse\n" + "Lefèvre;place de la Laïcité, Bât é\nGuérin;rue Bégon, près de là\n" * 5
    with pytest.raises(RegistreError) as caught:
        decode("f", text.encode(encoding))
    assert caught.value.problemes[0].code in ("encodage_inconnu", "encodage_illisible")


def test_a_truncated_utf16_file_says_where() -> None:
    assert refus(b"\xff\xfe" + "Nom;Prénom\nDUPRÉ;Zoé".encode("utf-16-le") + b"\x00") == [("encodage_illisible", 2)]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_that_cuts_evenly(separator: str) -> None:
    rows = [["Nom", "Adresse", "Ville"], ["A", "1 r. X - Bât B", "Blois"], ["B", "", ""], ["C", "3", "Blois"]]
    text = "\n".join(separator.join(row) for row in rows)
    assert read_rows("f", text) == ([(i, row) for i, row in enumerate(rows, 1)], separator)


def test_commas_in_addresses_do_not_pass_for_separators() -> None:
    text = "Nom;Adresse\n" + "\n".join(f"A;{n}, rue X, Bât B" for n in range(9))
    assert read_rows("f", text)[1] == ";"


def test_quoted_cells_hold_anything() -> None:
    rows, _ = read_rows("f", 'Nom;Adresse\n"A;B";"1 rue ""X""\n41000 Blois"\nC;D\n')
    assert rows == [(1, ["Nom", "Adresse"]), (2, ["A;B", '1 rue "X"\n41000 Blois']), (4, ["C", "D"])]


def test_the_line_that_excel_adds_is_obeyed() -> None:
    assert read_rows("f", "sep=,\nNom,Ville\nA,B\n") == ([(2, ["Nom", "Ville"]), (3, ["A", "B"])], ",")


@pytest.mark.parametrize("rest", ["B;2;b;y\nC;3;c;z\n", "B;2;b;y\n" * 30])
def test_an_open_quote_that_swallows_lines_is_refused(rest: str) -> None:
    with pytest.raises(RegistreError) as caught:
        read_rows("f", f'Nom;N;V;W\n"A;1;a;x\n{rest}')
    assert caught.value.problemes[0].place() == "guillemet_ouvert (f, 2)"
