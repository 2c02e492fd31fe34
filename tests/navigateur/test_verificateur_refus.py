"""What both verifiers refuse, and under which check: tables of small changes to a valid draw."""

import json
from typing import Any

import pytest
from bibliotheque import python_check, python_draw
from fichiers_tirage import DICE, SIMPLE, sha256, trio

pytestmark = pytest.mark.navigateur


def draw(core: Any, registre: str | bytes, protocole: str | bytes, dice: str = DICE) -> Any:
    """The result that both verifiers draw, or the check under which both refuse."""
    drawn = core.draw(registre, protocole, dice)
    assert drawn == python_draw(registre, protocole, dice)
    return drawn


def check_of(core: Any, *files: str | bytes) -> str:
    """The check under which both refuse, or "" where both accept."""
    check = core.check_of(*files)
    assert check == python_check(*files)
    return check


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"autre": 2**53 - 1}, ""),
        ({"autre": -(2**53) + 1}, ""),
        ({"autre": 2**53}, "forme"),
        ({"autre": 10**30}, "forme"),
        ({"autre": "tab\x7f"}, "forme"),
        ({"autre": "\x9f"}, "forme"),
        ({"autre": "\xa0"}, ""),
        ({"autre": '"'}, "forme"),
        ({"autre": "\\"}, "forme"),
        ({"autre": 1.5}, "forme"),
        ({"methode": "conseil-2"}, "forme"),
        ({"tirage": "Essai"}, "forme"),
        ({"tirage": "a" * 41}, "forme"),
        ({"repetition": 0}, "forme"),
        ({"repetition": ...}, "forme"),
        ({"intitule": ""}, "forme"),
        ({"places": 0}, "forme"),
        ({"places": True}, "forme"),
        ({"criteres": ["genre", "genre"]}, "forme"),
        ({"criteres": ["foyer"]}, "forme"),
        ({"alternance": "secteur"}, "forme"),
        ({"quotas": {"secteur": {}}}, "forme"),
        ({"quotas": {"genre": {"F": [2, 1]}}}, "forme"),
        ({"quotas": {"genre": {"F": [0, 1, 2]}}}, "forme"),
        ({"effectifs": {"F": 1, "M": 0}}, "forme"),
        ({"lignes": 1000}, "forme"),
        ({"table": [[10_000, {"F": 1}, 0]]}, "forme"),
        ({"registre_sha256": "A" * 64}, "forme"),
        ({"identites_sha256": "0"}, "forme"),
        ({"rapport_sha256": None}, "forme"),
        ({"sources": [{"fichier": "a", "sha256": "0" * 64}]}, "forme"),
        ({"sources": [{"fichier": "a", "sha256": "0" * 64, "lignes": 3}]}, ""),
        ({"certificat": None}, "forme"),
        ({"certificat": {"poids": {}, "u": 0, "types": {}, "max": {}}}, "forme"),
        ({"certificat": {"poids": {}, "u": 0, "types": {}, "max": {}, "min": {}}}, "certificat"),
        ({"certificat": {"poids": {"F": 1}, "u": 1, "types": {"Z": 0}, "max": {}, "min": {}}}, "certificat"),
        ({"certificat": {"poids": {"F": 1}, "u": 1, "types": {}, "max": {"genre": {"F": 0}}, "min": {}}}, "certificat"),
        ({"certificat": {"poids": {"F": 1}, "u": 1, "types": {}, "max": {}, "min": {}}}, ""),
        ({"certificat": {"poids": {"F": 1}, "u": 1, "types": {}, "max": {"genre": {}}, "min": {"x": {}}}}, ""),
        ({"certificat": {"poids": {"F": 1}, "u": 0, "types": {}, "max": {}, "min": {}}}, "certificat"),
        ({"quotas": {"genre": {"F": [0, 1]}},
          "certificat": {"poids": {"F": 1}, "u": 1, "types": {}, "max": {}, "min": {"genre": {"F": 1}}}}, "certificat"),
        ({"quotas": {"genre": {"F": [0, 1]}},
          "certificat": {"poids": {"M": 1}, "u": 1, "types": {}, "max": {}, "min": {"genre": {"F": 1}}}}, ""),
        ({"certificat": {"poids": {"M": 1}, "u": -1, "types": {"M": 2, "F": 1}, "max": {}, "min": {}}}, ""),
        ({"certificat": {"poids": {"F": 2**53 - 1}, "u": 2**53 - 1, "types": {}, "max": {}, "min": {}}}, ""),
        ({"certificat": {"poids": {"F": 2**53 - 1}, "u": 2**53 - 2, "types": {}, "max": {}, "min": {}}}, "certificat"),
        ({"effectifs": {"F": 1}}, "effectifs"),
        ({"effectifs": {"F": 1, "M": 1, "X": 1}}, "effectifs"),
        ({"table": []}, "table"),
        ({"table": [[10_000, {}]]}, "table"),
        ({"table": [[10_000, {"F": 1, "M": 0}]]}, "table"),
        ({"table": [[10_000, {"X": 1}]]}, "table"),
        ({"table": [[9_999, {"F": 1}]]}, "table"),
        ({"table": [[10_000, {"F": 1}], [0, {"M": 1}]]}, "table"),
        ({"table": [[5_000, {"F": 1}], [5_000, {"F": 1}]]}, "table"),
        ({"table": [[6_000, {"F": 1}], [4_000, {"F": 1}]]}, "table"),
        ({"table": [[5_000, {"M": 1}], [5_000, {"F": 1}]]}, "table"),
        ({"table": [[5_000, {"F": 1}], [5_000, {"M": 1}]]}, ""),
        ({"places": 2}, "table"),
        ({"places": 2, "table": [[10_000, {"F": 2}]]}, "table"),
        ({"places": 2, "table": [[9_999, {"F": 1, "M": 1}], [1, {"F": 2}]]}, "table"),
        ({"quotas": {"genre": {"F": [0, 0]}}}, "table"),
        ({"quotas": {"genre": {"Z": [1, 1]}}}, "table"),
        ({"quotas": {"genre": {"Z": [0, 0]}}}, ""),
        ({"nombre_des": 23}, "des"),
    ],
)  # fmt: skip
def test_protocol(core: Any, fields: dict[str, Any], check: str) -> None:
    registre, protocole = trio(SIMPLE, **fields)
    drawn = draw(core, registre, protocole)
    assert (drawn if isinstance(drawn, str) else "") == check
    if not check:
        assert check_of(core, registre, protocole, json.dumps(drawn)) == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda t: "\ufeff" + t,
        lambda t: t.replace("1;;F", "1;;F;"),
        lambda t: t.replace("1;;F", "1;;F;G"),
        lambda t: t.replace("1;;F", "1;F"),
        lambda t: t.replace("1;;F", "01;;F"),
        lambda t: t.replace("2;;M", "١;;M"),
        lambda t: t.replace("1;;F", "21;;F").replace("2;;M", "12;;M"),
        lambda t: t.replace("1;;F", "2;;F"),
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t[:-1],
        lambda t: t + "\n",
        lambda t: t.replace("foyer", "Foyer"),
        lambda t: t.replace("1;;F", "1; a;F"),
        lambda t: t.replace("1;;F", "1;a_b;F"),
        lambda t: t.replace("1;;F", "1;;e\u0301"),
        lambda t: t.replace("1;;F", "1;;" + "a" * 61),
        lambda t: t.replace("1;;F", "1;;"),
        lambda t: t.replace("1;;F", "1;;F "),
        lambda t: t.replace("1;;F", "1;;\U0001f600"),
        lambda t: t.encode().replace(b"1;;F", b"1;;\xe9"),
        lambda t: t.encode().replace(b"1;;F", b"1;;\xc0\xaf"),
        lambda t: "numero;foyer;genre\n",
        lambda t: "",
    ],
)
def test_register_refused(core: Any, change: Any) -> None:
    registre = change(SIMPLE)
    _, protocole = trio(SIMPLE, registre_sha256=sha256(registre))
    assert draw(core, registre, protocole) == "registre"


@pytest.mark.parametrize("value", ["À", "ɏ", "ỿ", "L’Hôtel", "a" * 60, "+./-'", "0", "ǅ"])
def test_register_value_accepted(core: Any, value: str) -> None:
    registre, protocole = trio(f"numero;foyer;genre\n1;{value};{value}\n")
    assert check_of(core, registre, protocole, core.redraw(registre, protocole, DICE)) == ""


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda t: json.dumps(json.loads(t), indent=2) + "\n", ""),
        (lambda t: t.replace("conseil-1", "\\u0063onseil\\u002d1"), ""),
        (lambda t: t.replace("{", "{\v", 1), "forme"),
        (lambda t: "\ufeff" + t, "forme"),
        (lambda t: t + "x", "forme"),
        (lambda t: t[:-1] + ",}", "forme"),
        (lambda t: t[:-1] + ',"des":"1"}', "forme"),
        (lambda t: t[:-1] + ',"\\u0064es":"1"}', "forme"),
        (lambda t: t.replace('"rang": 1', '"rang": 1.0'), "forme"),
        (lambda t: t.replace('"rang": 1', '"rang": 1e0'), "forme"),
        (lambda t: t.replace('"rang": 1', '"rang": 01'), "forme"),
        (lambda t: t.replace('"rang": 1', '"rang": true'), "forme"),
        (lambda t: t.replace('"rang": 1', '"rang": -0'), "forme"),
        (lambda t: t.replace('"rang": 1', '"rang": 9007199254740992'), "forme"),
        (lambda t: t.replace('"rang": 1', '"rang": 2'), "liste"),
        (lambda t: t.replace('"liste": [', '"liste": [{"rang": 1, "numero": "2", "ticket": ""}, '), "liste"),
        (lambda t: t.replace("}]", '}, {"rang": 2, "numero": "2", "ticket": ""}]'), "liste"),
        (lambda t: t.replace('"rang": 1', '"rang": NaN'), "forme"),
        (lambda t: t.replace('"numero": "', '"numero": "\\ud800'), "forme"),
        (lambda t: t.replace('"numero": "', '"numero": "\\ude00\\ude00'), "forme"),
        (lambda t: t.replace('"numero": "', '"numero": "\\ud83d\\u0041'), "forme"),
        (lambda t: t.replace('"numero": "', '"numero": "\\ud83d\\ude00'), "liste"),
        (lambda t: t.replace('"numero": "', '"numero": "\t'), "forme"),
        (lambda t: t.replace('"numero": "', '"numero": "\\x31'), "forme"),
        (lambda t: t.encode().replace(b'"numero": "', b'"numero": "\xed\xa0\x80'), "forme"),
        (lambda t: t.replace('"foyer_exception": false', '"foyer_exception": true'), "foyer_exception"),
        (lambda t: t.replace('"foyer_exception": false', '"foyer_exception": null'), "forme"),
        (lambda t: t.replace('"composition": ', '"composition": -'), "composition"),
        (lambda t: "[" * 200_000, "forme"),
        (lambda t: '{"a":' * 200_000, "forme"),
        (lambda t: "", "forme"),
        (lambda t: "[]", "forme"),
        (lambda t: "null", "forme"),
    ],
)
def test_result(core: Any, change: Any, check: str) -> None:
    registre, protocole = trio(SIMPLE)
    result = json.dumps(json.loads(core.redraw(registre, protocole, DICE)))
    assert check_of(core, registre, protocole, change(result)) == check


@pytest.mark.parametrize("digits", [4, 5, 6])
def test_at_least_twenty_dice_after_those_of_the_row(core: Any, digits: int) -> None:
    for dice, check in ((digits + 20, ""), (digits + 19, "des")):
        rows = {"lignes": 10**digits, "table": [[10**digits, {"F": 1}]], "nombre_des": dice}
        registre, protocole = trio(SIMPLE, **rows)
        drawn = draw(core, registre, protocole, "7" * dice)
        assert (drawn if isinstance(drawn, str) else "") == check


@pytest.mark.parametrize("dice", [DICE[:-1], DICE + "0", DICE[:-1] + "٣", DICE[:-1] + "x", DICE + "\n", ""])
def test_dice_are_exactly_the_digits_foreseen(core: Any, dice: str) -> None:
    assert draw(core, *trio(SIMPLE), dice) == "des"


def test_nesting_stops_at_a_hundred(core: Any) -> None:
    for depth, check in ((99, ""), (100, "forme")):
        registre, protocole = trio(SIMPLE, autre=json.loads("[" * depth + "]" * depth))
        drawn = draw(core, registre, protocole)
        assert (drawn if isinstance(drawn, str) else "") == check
