"""Every code has its sentence, and every sentence finds its words."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import tirage
from tirage.errors import TirageError
from tirage.messages import MESSAGES, explain

PACKAGE = Path(tirage.__file__).parent
RAISERS = {"InputError": 0, "TirageError": 0, "_false": 0}


def raised() -> Iterator[tuple[str, set[str]]]:
    """(code, names of the parameters) of each error that the source raises outright."""
    for path in sorted(PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISERS:
                codes = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if codes and all(keyword.arg for keyword in node.keywords):
                    yield str(codes[-1]), {str(keyword.arg) for keyword in node.keywords}


@pytest.mark.parametrize(("code", "params"), list(raised()))
def test_a_code_that_is_raised_has_a_sentence_with_its_parameters(code: str, params: set[str]) -> None:
    words = {name for _, name, _, _ in string.Formatter().parse(MESSAGES[code]) if name}
    assert words <= params
    sentence = explain(TirageError(code, **{name: [] for name in params}), {})
    assert "{" not in sentence


def test_every_sentence_is_of_use() -> None:
    source = "".join(path.read_text("utf-8") for path in PACKAGE.glob("*.py") if path.name != "messages.py")
    assert [code for code in MESSAGES if f'"{code}"' not in source] == []


def test_an_error_says_where() -> None:
    error = TirageError("registre-doublon", fichier="registre", ligne=12, numero="007")
    assert (
        explain(error, {"registre": "a/b.csv"}) == "a/b.csv, ligne 12 : le numéro « 007 » est déjà à la ligne d'avant."
    )
    assert str(error) == "registre-doublon {'fichier': 'registre', 'ligne': 12, 'numero': '007'}"
    assert str(TirageError("places")) == "places"
