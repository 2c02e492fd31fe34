"""Making a protocol: quotas, leximin, mixture, numbered table, certificate, bytes (methode-tirage §2)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .canonical import dumps
from .chances import Chance, odds
from .decomposition import Mixture, decompose, fairest_mixture
from .demande import Demande, check_demande
from .examination import check_protocole
from .feasibility import require_feasible
from .leximin import leximin
from .numbering import MAX_DEVIATION, Numbering, number_rows, table_rows
from .problem import Problem
from .progress import Progress, silent
from .proof import make_certificat
from .protocole import DIGITS_OF_LINES, METHODE, SPARE_DICE, Protocole, parse_protocole
from .quotas import make_quotas
from .registre import Registre


@dataclass(frozen=True)
class Preparation:
    """A protocol ready to be published, and what its making found.

    `optimum` is each type's chance at the optimum; `deviation` the largest relative gap between it and the
    table; `reaches_optimum` is False where whole places cannot give what fractions would, and the optimum is
    then that of whole places.
    """

    protocole: Protocole
    data: bytes = field(repr=False)
    chances: Mapping[str, Chance]
    optimum: Mapping[str, float]
    deviation: float
    reaches_optimum: bool

    @property
    def sha256(self) -> str:
        """The fingerprint."""
        return self.protocole.sha256

    @property
    def is_close(self) -> bool:
        """Whether every type's chance is within 0.1 % of the optimum."""
        return self.deviation <= MAX_DEVIATION


def make_protocole(registre: Registre, demande: Demande, progress: Progress = silent) -> Preparation:
    """Prepare a draw from this register. Raises InputError, saying which quotas clash where they do."""
    check_demande(registre, demande)
    quotas = make_quotas(registre, demande)
    problem = Problem(registre.criteres, registre.effectifs, demande.places, quotas)
    require_feasible(problem)
    best = leximin(problem)
    mixture = decompose(problem, best.expected, progress)
    reaches_optimum = mixture is not None
    if mixture is None:
        mixture = fairest_mixture(problem, progress)
    expected = best.expected if reaches_optimum else mixture.expected
    numbering = number_rows(mixture, expected)
    least = float((best.expected / problem.residents).min())
    certificat = make_certificat(problem, best.duals, least)
    data = dumps(
        dict(demande.extra)
        | _asked(registre, demande)
        | {"quotas": quotas, "effectifs": registre.effectifs}
        | _numbered(problem, mixture, numbering)
        | ({"certificat": asdict(certificat)} if certificat else {})
    )
    protocole = parse_protocole(data)
    check_protocole(protocole)
    optimum = dict(zip(problem.types, (expected / problem.residents).tolist(), strict=True))
    return Preparation(protocole, data, odds(protocole), optimum, numbering.deviation, reaches_optimum)


def _asked(registre: Registre, demande: Demande) -> dict[str, Any]:
    """The fields that only repeat what was asked."""
    optional = {
        "identites_sha256": demande.identites_sha256,
        "rapport_sha256": demande.rapport_sha256,
        "sources": None if demande.sources is None else [asdict(source) for source in demande.sources],
    }
    return {
        "methode": METHODE,
        "tirage": demande.tirage,
        "repetition": demande.repetition,
        "intitule": demande.intitule,
        "places": demande.places,
        "criteres": registre.criteres,
        "alternance": demande.alternance or demande.parite,
        "foyer_unique": demande.foyer_unique,
        "registre_sha256": registre.sha256,
    } | {name: value for name, value in optional.items() if value is not None}


def _numbered(problem: Problem, mixture: Mixture, numbering: Numbering) -> dict[str, Any]:
    """The table, in its order, and the dice that choose one of its rows."""
    rows = table_rows(problem, mixture, numbering.counts)
    return {
        "lignes": numbering.lignes,
        "table": sorted(rows, key=lambda row: (-row[0], dumps(row[1]))),
        "nombre_des": SPARE_DICE + DIGITS_OF_LINES[numbering.lignes],
    }
