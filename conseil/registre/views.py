"""Pages of the registers, for the municipal service."""

import json

from flask import Flask, abort, render_template
from flask.typing import ResponseReturnValue

from conseil.access import Role, only
from conseil.database import db
from conseil.messages.registre import MOTIFS
from conseil.registre import (  # noqa: F401  (the pages put themselves on the blueprint)
    arbitrage_views,
    chantier_views,
    chantiers,
    cloture_views,
    services,
    voies_views,
)
from conseil.registre.models import Registre
from conseil.registre.pages import blueprint
from conseil.rooms import Card, rooms


@blueprint.get("")
@only(Role.VILLE)
def registres() -> ResponseReturnValue:
    """The registers in preparation, then the frozen ones."""
    return render_template("registre/registres.html", registres=services.registres(), chantiers=chantiers.chantiers())


@blueprint.get("/<int:numero>")
@only(Role.VILLE)
def registre(numero: int) -> ResponseReturnValue:
    """One register: what was read, kept and set aside, in figures."""
    found = db.session.get(Registre, numero) or abort(404)
    return render_template("registre/registre.html", registre=found, rapport=json.loads(found.rapport), motifs=MOTIFS)


@blueprint.get("/<int:numero>/<any('rapport.json', 'registre.csv', 'identites.csv'):fichier>")
@only(Role.VILLE)
def fichier(numero: int, fichier: str) -> ResponseReturnValue:
    """A file of the register, to the byte."""
    found = db.session.get(Registre, numero) or abort(404)
    data = {
        "rapport.json": found.rapport,
        "registre.csv": found.registre_csv,
        "identites.csv": found.identites_csv,
    }[fichier]
    kind = "application/json" if fichier.endswith("json") else "text/csv; charset=utf-8"
    return data, {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{fichier}"'}


def install(app: Flask) -> None:
    """Hand the room's way in to the menu."""
    app.register_blueprint(blueprint)
    card = Card(
        30,
        "Registres",
        "Les listes lues et les registres figés.",
        "registre.registres",
        frozenset({Role.VILLE}),
    )
    rooms(app).cards.append(card)
