"""What the method annexe says (R12): one page for a resident, the following ones for a jurist, this draw's figures.

Printed from the frozen protocol and what was frozen with it, so that a reprint is the same bytes.
"""

from typing import Any

import tirage as method
from conseil.i18n import fingerprint_groups, french_date, french_instant, french_number
from conseil.messages.registre import MOTIFS
from conseil.tirages import kinds
from conseil.tirages.models import Tirage
from conseil.tirages.presentation import one_in, type_label, value_label
from conseil.tirages.verificateur import offline_sha256
from tirage import certificat
from tirage.chances import least
from tirage.protocole import DIGITS_OF_LINES, Protocole

CRITERES = {"genre": "Femmes et hommes", "secteur": "Secteurs du quartier"}


def annexe_data(draw: Tirage, address: str) -> dict[str, Any]:
    """The data of `annexe-methode.typ`."""
    protocole = method.parse_protocole(draw.protocole)
    return {
        **heading(draw, protocole, address),
        "nature": draw.nature,
        "noms": bool(kinds.public_names(protocole)),
        "quotas": quotas(protocole),
        "types": types(protocole),
        "lignes": french_number(protocole.lignes),
        "rangees": french_number(len(protocole.table)),
        "des_de_ligne": DIGITS_OF_LINES[protocole.lignes],
        "alternance": protocole.alternance,
        "foyer_unique": protocole.foyer_unique,
        "exclusions": exclusions(draw),
        "foyers": household_effect(draw),
        "identites": fingerprint_groups(protocole.identites_sha256) if protocole.identites_sha256 else None,
        "rapport": fingerprint_groups(protocole.rapport_sha256) if protocole.rapport_sha256 else None,
    }


def heading(draw: Tirage, protocole: Protocole, address: str) -> dict[str, Any]:
    """What every document of a draw says of it: title, figures, fingerprints, odds."""
    chances = protocole.types_chances()
    proof = protocole.certificat
    return {
        "intitule": draw.intitule,
        "identifiant": draw.identifiant,
        "repetition": draw.repetition,
        "adresse": address,
        "fige": french_instant(draw.fige_le),
        "fige_jour": french_date(draw.fige_le),
        "places": protocole.places,
        "nombre_des": protocole.nombre_des,
        "residents": french_number(sum(protocole.effectifs.values())),
        "groupes": population(protocole),
        "empreinte": fingerprint_groups(draw.protocole_sha256),
        "empreinte_registre": fingerprint_groups(protocole.registre_sha256),
        "verificateur": fingerprint_groups(offline_sha256()),
        "chance_minimale": one_in(least(chances)),
        "chance_maximale": one_in(max(chances.values(), key=lambda c: c[0] / c[1])),
        "borne": one_in(certificat.ceiling(protocole, proof)) if proof else None,
        "sources": [
            {"fichier": s.fichier, "lignes": french_number(s.lignes), "sha256": s.sha256} for s in protocole.sources
        ],
    }


def population(protocole: Protocole) -> list[dict[str, Any]]:
    """By criterion, how many residents of each value."""
    found = []
    for at, critere in enumerate(protocole.criteres):
        pool: dict[str, int] = {}
        for type_, number in protocole.effectifs.items():
            value = type_.split("|")[at]
            pool[value] = pool.get(value, 0) + number
        values = [[value_label(critere, v, plural=True), french_number(n)] for v, n in sorted(pool.items())]
        found.append({"critere": CRITERES.get(critere, critere), "valeurs": values})
    return found


def quotas(protocole: Protocole) -> list[dict[str, Any]]:
    """Each quota as computed: criterion, group, least and most places."""
    return [
        {
            "critere": CRITERES.get(critere, critere),
            "groupe": value_label(critere, value, plural=True),
            "min": low,
            "max": high,
        }
        for critere, bounds in protocole.quotas.items()
        for value, (low, high) in sorted(bounds.items())
    ]


def types(protocole: Protocole) -> list[dict[str, Any]]:
    """Each type: residents, exact chance, one in how many."""
    return [
        {
            "groupe": type_label(protocole.criteres, name),
            "residents": french_number(chance.residents),
            "fraction": f"{french_number(chance.fraction[0])} / {french_number(chance.fraction[1])}",
            "un_sur": one_in(chance.fraction) or "aucune",
        }
        for name, chance in sorted(method.odds(protocole).items())
    ]


def exclusions(draw: Tirage) -> list[list[str]]:
    """Who the register set aside, by reason, in figures."""
    return [[str(MOTIFS.get(reason, reason)), french_number(n)] for reason, n in draw.exclusions.items() if n]


def household_effect(draw: Tirage) -> list[dict[str, Any]]:
    """How much the rule of one per household moves the chance, by size, in per cent with its sign."""
    return [
        {"taille": row["taille"], "residents": french_number(row["residents"]), "effet": signed(row["effet"])}
        for row in draw.effet_foyer
    ]


def signed(share: float) -> str:
    """« −0,90 % », « +0,21 % »."""
    value = round(100 * share, 2)
    sign = "−" if value < 0 else "+"
    return f"{sign}{f'{abs(value):.2f}'.replace('.', ',')} %"
