"""What a protocol and a result may look like, field by field (methode-tirage §2, §5, check `forme` and after)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from tirage_reference import VECTORS, canonical, sha

from tirage import VerificationError, draw, parse_protocole, verify
from tirage.canonical import dumps, is_text

VECTOR = next(vector for vector in VECTORS["tirages"] if vector["borne"])
REGISTER = VECTOR["registre"].encode()
DICE = VECTOR["des"]
Edit = Callable[[dict[str, Any]], Any]


def refused_by(protocol: bytes, register: bytes = REGISTER, result: bytes | None = None) -> str | None:
    """The check that refuses these files; the result is made to speak of this protocol."""
    if result is None:
        result = canonical(VECTOR["resultat"] | {"protocole_sha256": sha(protocol)})
    try:
        verify(register, protocol, result)
    except VerificationError as error:
        return error.check
    return None


def edited(edit: Edit) -> dict[str, Any]:
    protocol = json.loads(VECTOR["protocole"])
    edit(protocol)
    return protocol


def setting(field: str, value: Any) -> Edit:
    return lambda protocol: protocol.update({field: value})


REQUIRED = [field for field in json.loads(VECTOR["protocole"]) if field != "certificat"]
CERTIFICATE = {"poids": {"M|Bégon": 1}, "u": 1, "types": {}, "max": {}, "min": {}}


@pytest.mark.parametrize("field", REQUIRED)
def test_every_field_is_required(field: str) -> None:
    assert refused_by(canonical(edited(lambda protocol: protocol.pop(field)))) == "forme"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("methode", ["conseil-2", 1, None]),
        ("tirage", ["", "a" * 41, "Essai", "é", "a b", "a\n", 3]),
        ("repetition", [0, 1, "false", None]),
        ("intitule", ["", None, 3]),
        ("places", [0, -1, True, "8", None]),
        ("criteres", [{}, "genre", ["genre", "genre"], ["genre", 1], ["numero"], ["foyer"], [" genre"], ["a|b"], [""]]),
        ("alternance", ["age", 3, False, ""]),
        ("foyer_unique", [1, None]),
        ("quotas", [[], {"age": {}}, {"genre": []}, {"genre": {"F": 4}}, {"genre": {"F": [4]}}]),
        ("quotas", [{"genre": {"F": [4, 3]}}, {"genre": {"F": [-1, 4]}}, {"genre": {"F": [True, 4]}}]),
        ("quotas", [{"genre": {"F": [4, 4, 4]}}, {"genre": {"F": [None, 4]}}]),
        ("effectifs", [[], {"F|Bégon": 0}, {"F|Bégon": -1}, {"F|Bégon": "20"}, {"F|Bégon": True}]),
        ("lignes", [1000, 0, "10000", 10**7, True]),
        ("table", [{}, [[10000]], [[10000, {}, 1]], [["10000", {}]], [[10000, []]], [[10000, {"F|Bégon": True}]]]),
        ("nombre_des", ["24", None, True]),
        ("registre_sha256", ["", "A" * 64, "a" * 63, "a" * 65, "g" * 64, None]),
        ("identites_sha256", [None, "", "A" * 64]),
        ("rapport_sha256", [None, 3]),
        ("sources", [{}, [{}], [{"fichier": "a", "sha256": "a" * 64}], None]),
        ("sources", [[{"fichier": "a", "sha256": "a" * 64, "lignes": -1}]]),
        ("sources", [[{"fichier": "a", "sha256": "a" * 63, "lignes": 1}]]),
        ("sources", [[{"fichier": 1, "sha256": "a" * 64, "lignes": 1}]]),
        ("sources", [[{"fichier": "a", "sha256": "a" * 64, "lignes": 1, "note": "b"}]]),
        ("certificat", [None, {}, CERTIFICATE | {"note": 1}, {k: v for k, v in CERTIFICATE.items() if k != "min"}]),
        ("certificat", [CERTIFICATE | {"u": True}, CERTIFICATE | {"u": "1"}, CERTIFICATE | {"poids": []}]),
        ("certificat", [CERTIFICATE | {"poids": {"M|Bégon": -1}}, CERTIFICATE | {"types": {"M|Bégon": -1}}]),
        ("certificat", [CERTIFICATE | {"max": {"genre": 1}}, CERTIFICATE | {"min": {"genre": {"F": -1}}}]),
    ],
)
def test_fields_have_their_form(field: str, values: list[Any]) -> None:
    for value in values:
        protocol = edited(setting(field, value))
        assert refused_by(canonical(protocol)) == "forme", value


@pytest.mark.parametrize(
    ("edit", "check"),
    [
        (setting("registre_sha256", "0" * 64), "empreinte-registre"),
        (setting("criteres", ["secteur", "genre"]), "registre"),
        (lambda p: p["effectifs"].update({"F|Coty": 1}), "effectifs"),
        (lambda p: p["effectifs"].pop("F|Bégon"), "effectifs"),
        (lambda p: p["effectifs"].update({"F|Bégon": 19}), "effectifs"),
        (setting("table", []), "table"),
        (setting("lignes", 10**5), "table"),
        (setting("places", 9), "table"),
        (lambda p: p["table"][0].__setitem__(0, 5999), "table"),
        (lambda p: p["table"].append([0, p["table"][0][1]]), "table"),
        (lambda p: (p["table"][0].__setitem__(0, 6001), p["table"][2].__setitem__(0, 0)), "table"),
        (lambda p: (p["table"][0].__setitem__(0, 6002), p["table"][2].__setitem__(0, -1)), "table"),
        (lambda p: p["table"].reverse(), "table"),
        (lambda p: (p["table"][1].__setitem__(0, 6000), p["table"][0].__setitem__(0, 3999)), "table"),
        (lambda p: p["table"][2].__setitem__(1, p["table"][0][1]), "table"),
        (lambda p: p["table"][0][1].update({"F|Coty": 0}), "table"),
        (lambda p: p["table"][0][1].update({"F|Coty": 1, "F|Bégon": 1}), "table"),
        (lambda p: p["table"][0][1].update({"F|Bégon": 0, "F|Croix Chevalier": 4}), "table"),
        (lambda p: p["table"][0][1].update({"F|Bégon": -1, "F|Croix Chevalier": 5}), "table"),
        (lambda p: p["quotas"]["genre"].update({"F": [0, 3]}), "table"),
        (lambda p: p["quotas"]["genre"].update({"F": [5, 8]}), "table"),
        (lambda p: p["quotas"]["genre"].update({"X": [1, 1]}), "table"),
        (lambda p: p["certificat"]["poids"].clear(), "certificat"),
        (lambda p: p["certificat"]["poids"].update({"M|Coty": 1}), "certificat"),
        (lambda p: p["certificat"]["types"].update({"M|Coty": 1}), "certificat"),
        (lambda p: p["certificat"]["max"]["genre"].update({"X": 1}), "certificat"),
        (lambda p: p["certificat"]["min"].update({"âge": {}}), None),
        (lambda p: p["certificat"]["min"].update({"âge": {"16-25": 1}}), "certificat"),
        (lambda p: p["certificat"]["poids"].update({"F|Bégon": 1}), "certificat"),
        (lambda p: p["certificat"].update({"u": -1}), "certificat"),
        (lambda p: p["certificat"]["min"].update({"genre": {"M": 1}}), "certificat"),
        (setting("nombre_des", 23), "des"),
        (setting("nombre_des", 25), "des"),
        (setting("nombre_des", 0), "des"),
        (setting("nombre_des", -24), "des"),
    ],
)
def test_the_first_check_that_fails_is_named(edit: Edit, check: str | None) -> None:
    refused = refused_by(canonical(edited(edit)))
    assert refused == (check or "liste")


def test_a_quota_nobody_meets_counts_nothing() -> None:
    protocol = edited(lambda p: p["quotas"].update({"genre": p["quotas"]["genre"] | {"X": [0, 0]}}))
    assert refused_by(canonical(protocol)) == "liste"


def test_equal_numbers_are_sorted_by_the_row_itself() -> None:
    protocol = edited(lambda p: (p["table"][0].__setitem__(0, 5000), p["table"][1].__setitem__(0, 4999)))
    assert refused_by(canonical(protocol)) == "liste"
    first, second = protocol["table"][:2]
    first[0] = second[0] = 4999
    protocol["table"].insert(2, [2, protocol["table"][2][1]])
    protocol["table"].pop()
    in_order = sorted([first, second], key=lambda row: canonical(row[1]))
    for rows, check in ((in_order, "liste"), (in_order[::-1], "table")):
        protocol["table"][:2] = rows
        assert refused_by(canonical(protocol)) == check


def test_other_fields_are_allowed_and_covered() -> None:
    extra = {"note": [None, True, -5, {"😀": "ZWJ", "\ufffd": 2**53 - 1}], "zone": "Ünïcode ’"}
    data = canonical(edited(lambda p: p.update(extra)))
    result = draw(REGISTER, data, DICE)
    verify(REGISTER, data, result.data)
    assert parse_protocole(data).extra == extra


def test_keys_are_sorted_by_code_point() -> None:
    """In UTF-16, as JavaScript compares, the emoji would come first."""
    good = canonical(edited(setting("zz", {"\ufffd": 1, "😀": 2})))
    assert refused_by(good) == "liste"
    assert refused_by(good.replace('"\ufffd":1,"😀":2'.encode(), '"😀":2,"\ufffd":1'.encode())) == "forme"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"places":8', b'"places":8.0'),
        (b'"places":8', b'"places":8e0'),
        (b'"places":8', b'"places":08'),
        (b'"places":8', b'"places":+8'),
        (b'"places":8', b'"places": 8'),
        (b'"places":8', b'"places":8,"places":8'),
        (b'"tirage"', b'"zz":-0,"tirage"'),
        (b'"tirage"', b'"note":-0,"tirage"'),
        (b'"repetition"', b'"note":9007199254740992,"repetition"'),
        (b'"repetition"', b'"note":-9007199254740992,"repetition"'),
        (b'"repetition"', b'"note":' + b"9" * 5000 + b',"repetition"'),
        (b'"repetition"', b'"note":NaN,"repetition"'),
        (b'"repetition"', b'"note":"\\u0061","repetition"'),
        (b'"repetition"', b'"note":"\\n","repetition"'),
        (b'"repetition"', b'"note":"\\ud800","repetition"'),
        (b'"repetition"', b'"note":"\x7f","repetition"'),
        (b'"repetition"', b'"note":"\xc2\x85","repetition"'),
        (b'"repetition"', b'"note":"\t","repetition"'),
        (b'"repetition"', b'"note":"\xff","repetition"'),
        (b'"repetition"', b'"note":' + b"[" * 100 + b"]" * 100 + b',"repetition"'),
        (b'"repetition"', b'"note":' + b"[" * 100_000 + b"]" * 100_000 + b',"repetition"'),
        (b'{"alternance"', b'\xef\xbb\xbf{"alternance"'),
        (b'{"alternance"', b' {"alternance"'),
        (b'"vecteur-7"}', b'"vecteur-7"}\n'),
        (b'"vecteur-7"}', b'"vecteur-7"'),
    ],
)
def test_json_is_strict(before: bytes, after: bytes) -> None:
    data = VECTOR["protocole"].encode()
    assert refused_by(data) is None
    changed = data.replace(before, after, 1)
    assert changed != data
    assert refused_by(changed) == "forme"


@pytest.mark.parametrize("text", ["[]", "3", "null", '"x"', "", " ", "{}"])
def test_a_protocol_is_an_object(text: str) -> None:
    assert refused_by(text.encode()) == "forme"


@pytest.mark.parametrize(("depth", "check"), [(99, "liste"), (100, "forme")])
def test_depth_counts_the_object_itself(depth: int, check: str) -> None:
    nested: Any = "brackets in a string do not count: [[["
    for _ in range(depth):
        nested = [nested]
    assert refused_by(canonical(edited(setting("note", nested)))) == check


RESULT = VECTOR["resultat"]
PLACE = RESULT["liste"][0]


@pytest.mark.parametrize(
    "result",
    [
        *({k: v for k, v in RESULT.items() if k != field} for field in RESULT),
        RESULT | {"note": 1},
        RESULT | {"methode": "conseil-2"},
        RESULT | {"protocole_sha256": None},
        RESULT | {"des": 24},
        RESULT | {"composition": True},
        RESULT | {"composition": "1717"},
        RESULT | {"foyer_exception": 0},
        RESULT | {"liste": {}},
        RESULT | {"liste": [[]]},
        *(RESULT | {"liste": [{k: v for k, v in PLACE.items() if k != field}]} for field in PLACE),
        RESULT | {"liste": [PLACE | {"nom": "x"}]},
        RESULT | {"liste": [PLACE | {"rang": True}]},
        RESULT | {"liste": [PLACE | {"rang": "1"}]},
        RESULT | {"liste": [PLACE | {"numero": 1}]},
        RESULT | {"liste": [PLACE | {"ticket": None}]},
        [],
        None,
    ],
)
def test_a_result_has_its_form(result: Any) -> None:
    assert refused_by(VECTOR["protocole"].encode(), result=canonical(result)) == "forme"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"composition":1717', b'"composition":1717.0'),
        (b'"composition":1717', b'"composition":1717e0'),
        (b'"composition":1717', b'"composition":1717,"composition":1717'),
        (b'"composition":1717', b'"composition":-0'),
        (b'"composition":1717', b'"composition":9007199254740992'),
        (b'"composition":1717', b'"composition":1717,\xc2\xa0"x":1'),
        (b'"rang":1,', b'"rang":1,"rang":1,'),
        (b'"rang":1,', b'"rang":1.0,'),
        (b'"methode":"conseil-1"', b'"methode":"conseil-1\\ud800"'),
        (b'"des":"', b'"des":"\\ud800'),
        (b'"des":"', b'"des":"\t'),
        (b'{"composition"', b'\xef\xbb\xbf{"composition"'),
        (b'{"composition"', b'\x0c{"composition"'),
        (b'{"composition"', b"[" * 100 + b'{"composition"'),
    ],
)
def test_a_result_is_strict_json(before: bytes, after: bytes) -> None:
    data = canonical(RESULT)
    changed = data.replace(before, after, 1)
    assert changed != data
    assert refused_by(VECTOR["protocole"].encode(), result=changed) == "forme"


def test_form_comes_before_everything_and_covers_both_files() -> None:
    """A malformed result is told before a register that does not match."""
    with pytest.raises(VerificationError) as caught:
        verify(b"nothing", VECTOR["protocole"].encode(), b"{}")
    assert caught.value.check == "forme"
    with pytest.raises(VerificationError) as caught:
        verify(b"nothing", VECTOR["protocole"].encode(), canonical(RESULT))
    assert caught.value.check == "empreinte-registre"


def test_canonical_writing() -> None:
    assert dumps({"b": [1, True, None], "a": "é😀"}) == '{"a":"é😀","b":[1,true,null]}'.encode()
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(float("nan"))
    assert is_text("Tirage d’été")
    assert not any(is_text(text) for text in ('"', "\\", "\n", "\x7f", "\x9f", "\ud800", 3))
