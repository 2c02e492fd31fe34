"""What can go wrong or deserves a word while reading lists: a code, a place, and what was seen.

`Probleme` stops the reading; `Avis` does not. Neither holds a sentence: `messages` writes those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: Parameters that only say where: the only ones that may reach a technical log (no name, no address).
PLACES = ("fichier", "feuille", "ligne", "colonne")


@dataclass(frozen=True)
class Probleme:
    """One thing that could not be made out: `code` (see `messages`), and its parameters.

    Usual parameters: `fichier`, `feuille`, `ligne` (as a spreadsheet numbers it, from 1), `colonne` (its
    heading), `vu` (what stood there).
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def place(self) -> str:
        """The code and the place, without anything that was read: safe in a log."""
        where = [str(self.params[name]) for name in PLACES if self.params.get(name) not in (None, "")]
        return f"{self.code} ({', '.join(where)})" if where else self.code


@dataclass(frozen=True)
class Avis(Probleme):
    """Something understood in one way where another was possible, or worth a look: never silent."""


class RegistreError(Exception):
    """The lists cannot be read as they are. Holds every problem found, not only the first.

    Its text holds codes and places only, never a cell: what was seen stays in `problemes`, for the person who
    sent the file.
    """

    def __init__(self, problemes: Iterable[Probleme]) -> None:
        self.problemes = tuple(problemes)
        super().__init__("; ".join(probleme.place() for probleme in self.problemes))


def refuse(code: str, **params: object) -> RegistreError:
    """One problem, as an error to raise."""
    return RegistreError([Probleme(code, params)])
