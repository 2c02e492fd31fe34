"""Nothing can be changed in the three files without being seen, or without changing nothing that counts."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tirage_reference import VECTORS, canonical

from tirage import InputError, Verification, VerificationError, draw, verify

TINY = VECTORS["tirages"][9]
FILES = ("registre", "protocole", "resultat")


def files_of(vector: dict[str, Any]) -> dict[str, bytes]:
    files = {name: vector[name] if isinstance(vector[name], str) else None for name in FILES}
    return {name: text.encode() if text is not None else canonical(vector[name]) for name, text in files.items()}


def check(files: dict[str, bytes]) -> Verification | None:
    """The report, or None where the files are refused."""
    try:
        return verify(files["registre"], files["protocole"], files["resultat"])
    except VerificationError:
        return None


@pytest.mark.parametrize("vector", VECTORS["refus"], ids=lambda vector: vector["nom"])
def test_vector_is_refused_by_the_right_check(vector: dict[str, Any]) -> None:
    files = files_of(vector)
    with pytest.raises(VerificationError) as caught:
        verify(files["registre"], files["protocole"], files["resultat"])
    assert caught.value.check == vector["refus"]


@pytest.mark.parametrize("name", FILES)
def test_every_byte_of_a_tiny_draw_counts(name: str) -> None:
    files = files_of(TINY)
    expected, data = check(files), files[name]
    assert expected is not None
    accepted = set()
    for position in range(len(data) + 1):
        old = data[position : position + 1]
        news = [bytes([old[0] ^ mask]) for mask in (1, 2, 16, 32, 128)] if old else []
        variants = [data[:position] + new + data[position + 1 :] for new in (*news, b"", b"0", b"9", b" ", b'"')]
        variants += [data[:position] + new + data[position:] for new in (b" ", b"0", b"\n", b"\\", b"\xff", old)]
        for variant in variants:
            if variant != data:
                report = check(files | {name: variant})
                assert report in (None, expected)
                if report:
                    accepted.add(variant)
    if name == "resultat":
        assert {json.dumps(json.loads(variant)) for variant in accepted} == {json.dumps(json.loads(data))}
    else:
        assert not accepted


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_bytes_changed_anywhere_are_seen(data: st.DataObject) -> None:
    vector = data.draw(st.sampled_from(VECTORS["tirages"]))
    files = files_of(vector)
    name = data.draw(st.sampled_from(FILES))
    position = data.draw(st.integers(0, len(files[name])))
    removed = data.draw(st.integers(0, 3))
    added = data.draw(st.binary(max_size=3))
    changed = files[name][:position] + added + files[name][position + removed :]
    report = check(files | {name: changed})
    assert report is None or (report == check(files) and (changed == files[name] or name == "resultat"))


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_another_draw_cannot_be_passed_off(data: st.DataObject) -> None:
    """Values, not bytes: any field of the result set to another value of its kind."""
    vector = data.draw(st.sampled_from(VECTORS["tirages"]))
    files, result = files_of(vector), json.loads(canonical(vector["resultat"]))
    place = data.draw(st.sampled_from(result["liste"]))
    target, field = data.draw(
        st.sampled_from([*((result, field) for field in result), *((place, field) for field in place)])
    )
    old = target[field]
    if isinstance(old, bool):
        target[field] = not old
    elif isinstance(old, int):
        target[field] = data.draw(st.integers(-(10**6), 10**6).filter(lambda n: n != old))
    elif isinstance(old, list):
        target[field] = data.draw(st.permutations(old).filter(lambda order: order != old))
    else:
        target[field] = data.draw(st.text("0123456789abcdef", max_size=64).filter(lambda text: text != old))
    assert check(files | {"resultat": canonical(result)}) is None


@pytest.mark.parametrize("vector", VECTORS["refus"], ids=lambda vector: vector["nom"])
def test_draw_refuses_what_does_not_hold_together(vector: dict[str, Any]) -> None:
    """Where the fault is in the register or the protocol, nothing can even be drawn from them."""
    early = ("forme", "empreinte-registre", "registre", "effectifs", "table", "certificat")
    files = files_of(vector)
    dice = json.loads(vector["resultat"])["des"]
    if vector["refus"] in early and "résultat" not in vector["nom"]:
        with pytest.raises(InputError) as caught:
            draw(files["registre"], files["protocole"], dice)
        assert caught.value.check == vector["refus"]


def test_a_result_may_be_written_freely() -> None:
    files = files_of(TINY)
    result = json.loads(files["resultat"])
    spaced = json.dumps(dict(reversed(result.items())), indent=2).replace("true", "true\t").encode() + b"\r\n"
    escaped = files["resultat"].replace(b'"methode"', b'"\\u006dethode"').replace(b"conseil-1", b"conseil\\u002d1")
    assert check(files | {"resultat": spaced}) == check(files)
    assert check(files | {"resultat": escaped}) == check(files)
