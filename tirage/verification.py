"""Whether a published list is the one its protocol, register and dice give (methode-tirage §5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from .certificat import ceiling
from .chances import least
from .drawing import composition_of, draw_admitted
from .errors import InputError, VerificationError
from .examination import admit, check_des
from .progress import Progress, silent
from .protocole import Protocole, Source, parse_protocole
from .registre import Registre
from .resultat import Resultat, parse_resultat

CHECKS = (
    "forme",
    "empreinte-protocole",
    "empreinte-registre",
    "registre",
    "effectifs",
    "table",
    "certificat",
    "des",
    "composition",
    "foyer_exception",
    "liste",
)
"""Every check, in the order in which they are made."""


@dataclass(frozen=True)
class Verification:
    """What a verification that passed also says. Fractions are reduced (num, den)."""

    tirage: str
    repetition: bool
    intitule: str
    protocole_sha256: str
    places: int
    chance_minimale: tuple[int, int]
    borne: tuple[int, int] | None
    plus_grand_foyer: int
    chances: Mapping[str, tuple[int, int]]
    sources: tuple[Source, ...]


def verify(
    registre_data: bytes, protocole_data: bytes, resultat_data: bytes, progress: Progress = silent
) -> Verification:
    """Redo the draw and compare. Raises VerificationError, whose `check` is the first that fails."""
    try:
        protocole = parse_protocole(protocole_data)
        resultat = parse_resultat(resultat_data)
        if resultat.protocole_sha256 != protocole.sha256:
            raise _false("empreinte-protocole", attendu=resultat.protocole_sha256, trouve=protocole.sha256)
        registre = admit(registre_data, protocole, progress)
        check_des(protocole, resultat.des)
        _check_resultat(registre, protocole, resultat, progress)
    except InputError as error:
        raise VerificationError(error.check or "forme", error.code, **error.params) from error
    return _report(registre, protocole)


def _false(check: str, code: str | None = None, **params: object) -> VerificationError:
    """What the result announces is not what the protocol, the register and the dice give."""
    return VerificationError(check, code or check, fichier="resultat", **params)


def _check_resultat(registre: Registre, protocole: Protocole, resultat: Resultat, progress: Progress) -> None:
    composition = composition_of(protocole, resultat.des)
    if resultat.composition != composition:
        raise _false("composition", attendu=composition, trouve=resultat.composition)
    redone = draw_admitted(registre, protocole, resultat.des, progress)
    if resultat.foyer_exception != redone.foyer_exception:
        raise _false("foyer_exception", attendu=redone.foyer_exception)
    if len(resultat.liste) != len(redone.liste):
        raise _false("liste", "liste-longueur", attendu=len(redone.liste), trouve=len(resultat.liste))
    for announced, expected in zip(resultat.liste, redone.liste, strict=True):
        if announced != expected:
            numeros = {"attendu": expected.numero, "trouve": announced.numero}
            raise _false("liste", "liste-place", rang=expected.rang, **numeros)


def _report(registre: Registre, protocole: Protocole) -> Verification:
    chances = protocole.types_chances()
    return Verification(
        tirage=protocole.tirage,
        repetition=protocole.repetition,
        intitule=protocole.intitule,
        protocole_sha256=protocole.sha256,
        places=protocole.places,
        chance_minimale=least(chances),
        borne=ceiling(protocole, protocole.certificat) if protocole.certificat else None,
        plus_grand_foyer=registre.plus_grand_foyer,
        chances=chances,
        sources=protocole.sources,
    )
