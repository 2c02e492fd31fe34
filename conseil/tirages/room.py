"""What the room's pages show: one picture of the ceremony for the laptop, the projector and the phones."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from conseil.tirages import presentation, rules
from conseil.tirages.models import Temoin
from conseil.tirages.presentation import Bilan, Rang, value_label
from conseil.tirages.state import Dossier

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class CaseDe:
    """The place of one die on the screen. chiffre: None until it is entered; suivant: the one to read now."""

    position: int
    chiffre: int | None
    suivant: bool


@dataclass(frozen=True)
class RangeeDes:
    """The dice of one cup, in order."""

    porteur: str
    cases: tuple[CaseDe, ...]


@dataclass(frozen=True)
class Jauge:
    """A bar that fills as the ranks appear: so many of so many."""

    libelle: str
    atteint: int
    total: int

    @property
    def part(self) -> float:
        """Per cent filled."""
        return round(100 * self.atteint / self.total, 1) if self.total else 0.0


def version(dossier: Dossier, incidents: int = 0, validations: int = 0) -> str:
    """A short mark that changes when anything the room shows has changed."""
    draw = dossier.tirage
    seen = (
        dossier.situation,
        dossier.chiffres,
        [(w.id, w.nom, w.parti_le is None, w.par_appareil) for w in dossier.temoins],
        [(cup.porteur, cup.nombre) for cup in dossier.gobelets],
        [(fin.id, fin.prise_le is not None) for fin in dossier.fins],
        [accord.temoin_id for accord in dossier.accords],
        (draw.etat, incidents, validations),
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def dice_rows(dossier: Dossier) -> tuple[RangeeDes, ...]:
    """The dice by cup, in the order they are read."""
    rows, position, entered = [], 0, len(dossier.des)
    for cup in dossier.gobelets:
        places = range(position, position + cup.nombre)
        cells = tuple(CaseDe(p, dossier.des[p].chiffre if p < entered else None, p == entered) for p in places)
        rows.append(RangeeDes(cup.porteur, cells))
        position += cup.nombre
    return tuple(rows)


def bilan(dossier: Dossier) -> Bilan | None:
    """The result laid out, where there is one."""
    draw = dossier.tirage
    return presentation.bilan(draw.registre_csv, draw.protocole, draw.resultat) if draw.resultat else None


def shown_ranks(dossier: Dossier) -> tuple[Rang, ...]:
    """The ranks already shown on the projector."""
    found = bilan(dossier)
    return found.liste[: dossier.tirage.reveles] if found else ()


def gauges(dossier: Dossier, criteres: tuple[str, ...]) -> dict[str, tuple[Jauge, ...]]:
    """By criterion, how much of each group's places the ranks shown have filled."""
    found, shown = bilan(dossier), shown_ranks(dossier)
    if found is None:
        return {}
    return {
        critere: _bars(critere, [r.valeurs[at] for r in found.liste], [r.valeurs[at] for r in shown])
        for at, critere in enumerate(criteres)
    }


def _bars(critere: str, everyone: list[str], shown: list[str]) -> tuple[Jauge, ...]:
    total, reached = Counter(everyone), Counter(shown)
    return tuple(
        Jauge(value_label(critere, value, plural=True), reached[value], total[value]) for value in sorted(total)
    )


def published_name(witness: Temoin) -> str | None:
    """The witness's name where it may be published (« Who may see what »): attending is their public function."""
    return witness.nom if witness.qualite in rules.PUBLIC_QUALITES else None


def phone_address(host_url: str, configured: str) -> str:
    """The address the phones in the room must use: the one this laptop really uses (journey 2).

    On a laptop that opened the site by its own name for itself, no phone could follow: then the configured
    address, which is all that is left.
    """
    here = urlsplit(host_url)
    return configured if here.hostname in LOOPBACK else host_url.rstrip("/")


def address_warning(host_url: str, configured: str, *, https: bool) -> str | None:
    """The code of what is wrong with the address for the phones, None where nothing is."""
    address = urlsplit(phone_address(host_url, configured))
    if address.hostname in LOOPBACK:
        return "adresse_locale"
    return "adresse_sans_https" if https and address.scheme == "http" else None
