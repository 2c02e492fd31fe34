"""The Python library as these tests see it: a black box behind its public names."""

import json
from typing import Any

import tirage


def _bytes(file: str | bytes) -> bytes:
    return file.encode() if isinstance(file, str) else file


def python_draw(registre: str | bytes, protocole: str | bytes, dice: str) -> Any:
    """The result, or the name of the check that refuses: what the browser's `draw` gives."""
    try:
        return json.loads(tirage.draw(_bytes(registre), _bytes(protocole), dice).data)
    except tirage.InputError as error:
        return error.check


def python_check(*files: str | bytes) -> str:
    """The check that refuses (registre, protocole, resultat), or "" where the draw verifies."""
    try:
        tirage.verify(*map(_bytes, files))
    except tirage.VerificationError as error:
        return error.check
    return ""
