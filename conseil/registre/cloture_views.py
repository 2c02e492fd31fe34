"""Pages of the end: the report in its four forms, the checklist, the freeze."""

import json

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from conseil.access import Role, only
from conseil.database import db, now
from conseil.documents import render_pdf
from conseil.i18n import french_date, french_instant
from conseil.registre import arbitrages, cloture, comptes_rendus
from conseil.registre.bilan import Bilan
from conseil.registre.chantier_models import Chantier
from conseil.registre.pages import blueprint, with_reading

#: Where each point of the checklist is settled.
PAGES = {
    "listes_absentes": "registre.chantier",
    "listes_illisibles": "registre.chantier",
    "colonnes_a_verifier": "registre.chantier",
    "doublons": "registre.doublons",
    "voies_inconnues": "registre.voies_inconnues",
    "sans_civilite": "registre.completer",
    "sans_naissance": "registre.completer",
    "foyers_sans_raison": "registre.foyers",
    "types_sans_note": "registre.groupes",
    "populations_absentes": "registre.quartier",
    "ecarts": "registre.quartier",
}


def _report(chantier: Chantier, bilan: Bilan) -> dict[str, object]:
    return {**bilan.rapport(), **cloture.settled_report(chantier, bilan)}


@blueprint.get("/chantiers/<int:numero>/rapport")
@only(Role.VILLE)
@with_reading
def rapport(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """The report on screen, with its files."""
    report = _report(chantier, bilan)
    notes = {"date": french_date(chantier.date_du_tirage), "imprime": "", "etat": ""}
    data = comptes_rendus.pdf_data(chantier.intitule, report, bilan.compte, notes)
    return render_template("registre/rapport.html", chantier=chantier, donnees=data)


@blueprint.get("/chantiers/<int:numero>/rapport.pdf")
@only(Role.VILLE)
@with_reading
def rapport_pdf(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """The report on paper: figures only."""
    when = now()
    notes = {
        "date": french_date(chantier.date_du_tirage),
        "imprime": f"Imprimé le {french_instant(when)}",
        "etat": "Ce registre est encore en préparation : ces chiffres peuvent changer jusqu'au gel.",
    }
    data = comptes_rendus.pdf_data(chantier.intitule, _report(chantier, bilan), bilan.compte, notes)
    return _sent(render_pdf("rapport-registre", data, when=when), "rapport.pdf", "application/pdf", "inline")


@blueprint.get("/chantiers/<int:numero>/rapport.csv")
@only(Role.VILLE)
@with_reading
def rapport_csv(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """The report for a spreadsheet."""
    rows = comptes_rendus.report_rows(_report(chantier, bilan))
    return _sent(comptes_rendus.write_csv(rows), "rapport.csv", "text/csv; charset=utf-8")


@blueprint.get("/chantiers/<int:numero>/rapport.json")
@only(Role.VILLE)
@with_reading
def rapport_json(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """The report for a program."""
    text = json.dumps(_report(chantier, bilan), ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    return _sent(text.encode(), "rapport.json", "application/json")


def _sent(data: bytes, name: str, kind: str, way: str = "attachment") -> Response:
    return Response(data, headers={"Content-Disposition": f'{way}; filename="{name}"'}, content_type=kind)


@blueprint.get("/chantiers/<int:numero>/figer")
@only(Role.VILLE)
@with_reading
def figer(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """Everything that is still open, each point done or left with its reason; then the button."""
    points = cloture.points(chantier, bilan)
    return render_template(
        "registre/figer.html",
        chantier=chantier,
        bilan=bilan,
        points=points,
        libelles=comptes_rendus.POINTS,
        pages=PAGES,
        champs={"sans_civilite": "genre", "sans_naissance": "naissance"},
        pret=all(point.passe for point in points),
        auteurs={e.cle: arbitrages.name_of(e.par) for e in arbitrages.explications(chantier.id, "point").values()},
    )


@blueprint.post("/chantiers/<int:numero>/figer")
@only(Role.VILLE)
def figer_pour_de_bon(numero: int) -> ResponseReturnValue:
    """The freeze: random numbers, salts, fingerprints; nothing changes afterwards (R13)."""
    registre = cloture.freeze(numero)
    db.session.commit()
    flash("Le registre est figé. Plus rien ne peut y changer.")
    return redirect(url_for("registre.registre", numero=registre.id))
