"""The draw `conseil-1`: make a protocol, draw, verify, say the odds (methode-tirage.md is the contract).

A pure library: integers and SHA-256 decide, nothing here knows of a web page, a database or a language. Copied
alone into an empty folder, `python -m tirage verifier …` runs on the standard library; numpy and highspy are
imported only by `make_protocole` and `simulate`, which is why every public name below is loaded on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .chances import Chance, odds
    from .demande import Demande
    from .drawing import draw, graine, ticket
    from .errors import InputError, TirageError, VerificationError
    from .identites import check_identites, empreinte_identite, write_identites
    from .preparation import Preparation, make_protocole
    from .protocole import Protocole, Source, parse_protocole
    from .registre import Registre
    from .registre_csv import parse_registre, write_registre
    from .resultat import Place, Resultat, parse_resultat
    from .simulation import Simulation, simulate
    from .verification import Verification, verify

_HOMES = {
    "chances": ("Chance", "odds"),
    "demande": ("Demande",),
    "drawing": ("draw", "graine", "ticket"),
    "errors": ("InputError", "TirageError", "VerificationError"),
    "identites": ("check_identites", "empreinte_identite", "write_identites"),
    "preparation": ("Preparation", "make_protocole"),
    "protocole": ("Protocole", "Source", "parse_protocole"),
    "registre": ("Registre",),
    "registre_csv": ("parse_registre", "write_registre"),
    "resultat": ("Place", "Resultat", "parse_resultat"),
    "simulation": ("Simulation", "simulate"),
    "verification": ("Verification", "verify"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Chance",
    "Demande",
    "InputError",
    "Place",
    "Preparation",
    "Protocole",
    "Registre",
    "Resultat",
    "Simulation",
    "Source",
    "TirageError",
    "Verification",
    "VerificationError",
    "check_identites",
    "draw",
    "empreinte_identite",
    "graine",
    "make_protocole",
    "odds",
    "parse_protocole",
    "parse_registre",
    "parse_resultat",
    "simulate",
    "ticket",
    "verify",
    "write_identites",
    "write_registre",
]


def __getattr__(name: str) -> Any:
    """Load a public name from the module that defines it (PEP 562)."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f".{_HOME_OF[name]}", __name__), name)
    return value
