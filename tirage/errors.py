"""What can go wrong, as codes and parameters: `messages.py` (and the site) turn them into French."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class TirageError(Exception):
    """Something the draw refuses. `code` names the reason; `params` say what and where.

    Usual parameters: `fichier` ("registre", "protocole", "resultat", "identites"), `ligne` and `colonne`
    (both from 1).
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


class InputError(TirageError):
    """A request, a file or dice that cannot be used.

    `check` is the verification (methode-tirage §5) that refuses, where it is one that does.
    """

    check: str | None = None


class VerificationError(TirageError):
    """The published files do not hold together: `check` is the first check that failed (§5)."""

    def __init__(self, check: str, code: str, **params: Any) -> None:
        super().__init__(code, **params)
        self.check = check


@contextmanager
def checking(check: str) -> Iterator[None]:
    """Name, on any InputError raised inside, the check of methode-tirage §5 that refuses."""
    try:
        yield
    except InputError as error:
        error.check = check
        raise
