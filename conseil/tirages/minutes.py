"""What the procès-verbal says: numbers only, who was there and how, dice, list, odds, incidents.

It depends on what is recorded of the draw alone: the same record gives the same bytes.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

import tirage as method
from conseil.database import db
from conseil.i18n import fingerprint_groups, french_date, french_instant
from conseil.journal import EntreeJournal
from conseil.messages.tirages import ETATS, QUALITES, QUALITES_VALIDATION
from conseil.tirages import annexe, kinds, room, state
from conseil.tirages.models import Fin, Temoin
from conseil.tirages.presentation import value_label
from conseil.tirages.rules import Etape
from conseil.tirages.state import Dossier

# Acts that read the draw without changing it: the head that is printed does not move with them.
READING = ("liste_scellee_ouverte",)


def minutes_data(dossier: Dossier, address: str) -> dict[str, Any]:
    """The data of `proces-verbal.typ`, for a draw that has its result or its end."""
    draw = dossier.tirage
    protocole = method.parse_protocole(draw.protocole)
    return {
        **annexe.heading(draw, protocole, address),
        "titre": "Procès-verbal du tirage au sort" if draw.resultat else "Constat de fin de tirage",
        "etat": str(ETATS[draw.etat]),
        "date": french_date(closing_day(dossier)),
        "deroule": _timeline(dossier),
        "exclusions": annexe.exclusions(draw),
        "validations": [
            [str(QUALITES_VALIDATION[v.qualite]), v.nom, french_date(v.date_validation)]
            for v in state.validations(draw)
        ],
        "temoins": [_witness(witness) for witness in dossier.temoins],
        "gobelets": _cups(dossier),
        "des": fingerprint_groups(dossier.chiffres),
        "corrections": [[c.position + 1, c.avant, c.apres, french_instant(c.le)] for c in state.corrections(draw)],
        "incidents": [[french_instant(i.le), i.texte] for i in state.incidents(draw)],
        "resultat": _result(dossier, protocole),
        "types": annexe.types(protocole),
        "fin": _end(dossier.fin),
        "accords": _agreements(dossier),
        "journal": _journal(draw.identifiant),
        "signatures": _signatures(dossier),
    }


def closing_day(dossier: Dossier) -> datetime:
    """The instant the document speaks of: the result, else the end, else the freeze."""
    draw, fin = dossier.tirage, dossier.fin
    return draw.tire_le or (fin.prise_le if fin and fin.prise_le else draw.fige_le)


def printable(dossier: Dossier) -> bool:
    """Whether there is anything to sign: a result, or an end."""
    return dossier.tirage.resultat is not None or dossier.etape == Etape.ARRETE


def _timeline(dossier: Dossier) -> list[list[str]]:
    draw = dossier.tirage
    steps = (
        ("Protocole et registre fermés et publiés", draw.fige_le),
        ("Cérémonie ouverte", draw.ouvert_le),
        ("Gobelets levés, tous ensemble", draw.leves_le),
        ("Dés relus à voix haute", draw.relu_le),
        ("Dés confirmés par les témoins, liste calculée", draw.tire_le),
    )
    return [[label, french_instant(when)] for label, when in steps if when]


def _witness(witness: Temoin) -> dict[str, Any]:
    return {
        "qualite": str(QUALITES[witness.qualite]),
        "nom": room.published_name(witness) or "(nom non publié)",
        "moyen": "connecté sur son téléphone" if witness.par_appareil else "inscrit à la main",
        "arrivee": french_instant(witness.arrive_le),
        "depart": french_instant(witness.parti_le) if witness.parti_le else None,
        "empreinte": french_instant(witness.empreinte_le) if witness.empreinte_le else None,
        "des": french_instant(witness.des_le) if witness.des_le else None,
    }


def _cups(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "porteur": row.porteur,
            "nombre": len(row.cases),
            "chiffres": " ".join("·" if case.chiffre is None else str(case.chiffre) for case in row.cases),
        }
        for row in room.dice_rows(dossier)
    ]


def _result(dossier: Dossier, protocole: method.Protocole) -> dict[str, Any] | None:
    found, names = room.bilan(dossier), kinds.public_names(protocole)
    if found is None:
        return None
    return {
        "criteres": list(protocole.criteres),
        "noms": bool(names),
        "composition": found.composition,
        "foyer_exception": found.foyer_exception,
        "foyer_unique": protocole.foyer_unique,
        "plus_grand_foyer": found.plus_grand_foyer,
        "liste": [
            {
                "rang": row.rang,
                "numero": names.get(row.numero, row.numero),
                "valeurs": [value_label(c, v) for c, v in zip(protocole.criteres, row.valeurs, strict=True)],
                "ticket": row.ticket[:16],
            }
            for row in found.liste
        ],
    }


def _end(fin: Fin | None) -> dict[str, Any] | None:
    if fin is None or fin.prise_le is None:
        return None
    return {
        "genre": str(ETATS[fin.genre]),
        "motif": fin.motif,
        "autorite": fin.autorite,
        "reference": fin.reference,
        "date": french_date(fin.date_decision) if fin.date_decision else None,
        "le": french_instant(fin.prise_le),
    }


def _agreements(dossier: Dossier) -> list[list[str]]:
    by_id = {witness.id: witness for witness in dossier.temoins}
    return [
        [
            str(QUALITES[by_id[accord.temoin_id].qualite]),
            "sur son téléphone" if accord.par_appareil else "à voix haute",
            french_instant(accord.le),
        ]
        for accord in dossier.accords
    ]


def _journal(identifiant: str) -> dict[str, Any] | None:
    """The last row of the journal about this draw: its hash stands for all those before it."""
    query = select(EntreeJournal).where(
        EntreeJournal.objet == f"tirage:{identifiant}", EntreeJournal.acte.not_in(READING)
    )
    last = db.session.scalars(query.order_by(EntreeJournal.numero.desc()).limit(1)).first()
    return {"numero": last.numero, "empreinte": fingerprint_groups(last.empreinte)} if last else None


def _signatures(dossier: Dossier) -> list[str]:
    if dossier.tirage.temoins_requis == "r11":
        return [str(QUALITES[q]) for q in ("elu_majorite", "elu_opposition", "delegue_prefet")] + [
            "Le service municipal"
        ]
    there = [witness for witness in dossier.temoins if witness.parti_le is None]
    return [*(str(QUALITES[witness.qualite]) for witness in there[:4]), "La personne qui a conduit le tirage"]
