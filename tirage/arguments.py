"""The options of the command line, read strictly and explained in French (methode-tirage §6)."""

import re
from argparse import ArgumentError, ArgumentParser, Namespace
from collections.abc import Mapping, Sequence

from .demande import Minimum
from .errors import InputError

USAGE = """\
python -m tirage protocole --registre registre.csv --tirage ID --intitule T --places 32 --parite genre
                           --proportionnel secteur [--minimum age:16-25=4] [--sans-foyer] [--repetition]
                           [--identites identites.csv] [-o protocole.json]
python -m tirage tirer     --registre R --protocole P --des 4821… [-o resultat.json]
python -m tirage verifier  --registre R --protocole P --resultat S
python -m tirage chances   --protocole P
python -m tirage simuler   --registre R --protocole P --tirages 100000

--proportionnel et --minimum peuvent être répétés ; --parite fixe aussi l'alternance des rangs.
Le résultat est écrit sur la sortie standard (ou dans le fichier donné par -o), les messages à part.
Sortie : 0, c'est fait ou vérifié ; 1, la vérification échoue ; 2, une donnée ou un fichier ne convient pas.
"""

_REQUIRED: Mapping[str, Sequence[str]] = {
    "protocole": ("--registre", "--tirage", "--intitule", "--places"),
    "tirer": ("--registre", "--protocole", "--des"),
    "verifier": ("--registre", "--protocole", "--resultat"),
    "chances": ("--protocole",),
    "simuler": ("--registre", "--protocole", "--tirages"),
}
_OPTIONAL: Mapping[str, Sequence[str]] = {"protocole": ("--parite", "--identites", "-o"), "tirer": ("-o",)}
_REPEATED: Mapping[str, Sequence[str]] = {"protocole": ("--proportionnel", "--minimum")}
_SWITCHES: Mapping[str, Sequence[str]] = {"protocole": ("--sans-foyer", "--repetition")}


def wants_help(argv: Sequence[str]) -> bool:
    """Whether the user asks how to use this."""
    return any(word in ("-h", "--help", "--aide", "aide") for word in argv[:2])


def parse_arguments(argv: Sequence[str]) -> Namespace:
    """Read the command and its options. Raises InputError on the first thing that cannot be understood."""
    command = argv[0] if argv else ""
    if command not in _REQUIRED:
        raise InputError("commande", connues=list(_REQUIRED))
    try:
        options, unknown = _parser(command).parse_known_args(argv[1:])
    except ArgumentError as error:
        raise InputError("option-valeur", option=error.argument_name) from None
    if unknown:
        raise InputError("option-inconnue", option=unknown[0], commande=command)
    for option in (*_REQUIRED[command], *_OPTIONAL.get(command, ())):
        name = option.lstrip("-")
        values = getattr(options, name)
        if option in _REQUIRED[command] and not values:
            raise InputError("option-manquante", option=option, commande=command)
        if len(values) > 1:
            raise InputError("option-double", option=option)
        setattr(options, name, values[0] if values else None)
    options.command = command
    return options


def _parser(command: str) -> ArgumentParser:
    parser = ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    for table in (_REQUIRED, _OPTIONAL, _REPEATED):
        for option in table.get(command, ()):
            parser.add_argument(option, action="append", default=[])
    for option in _SWITCHES.get(command, ()):
        parser.add_argument(option, action="store_true")
    return parser


def positive(option: str, text: str) -> int:
    """An integer of at least 1, written with the digits 0 to 9."""
    if not re.fullmatch("[0-9]{1,15}", text) or int(text) < 1:
        raise InputError("option-nombre", option=option, valeur=text)
    return int(text)


def minimum(text: str) -> Minimum:
    """`critère:valeur=nombre`."""
    match = re.fullmatch("([^:=]+):([^:=]+)=([0-9]{1,15})", text)
    if not match:
        raise InputError("option-minimum", valeur=text)
    return match[1], match[2], int(match[3])
