"""Pages of the draws: the list of all of them, each one's public page and files, the sealed list."""

import io
import zipfile
from collections.abc import Callable

from flask import Blueprint, Flask, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

import tirage as method
from conseil import journal
from conseil.access import Role, only, public
from conseil.database import db
from conseil.documents import render_pdf
from conseil.registre.services import residents
from conseil.rooms import Card, rooms
from conseil.tirages import affiches, presentation, services
from conseil.tirages.models import Tirage
from conseil.tirages.verificateur import offline_html, offline_sha256

blueprint = Blueprint("tirages", __name__, url_prefix="/tirages")
# Public file → (what the draw keeps it as, type). identites.csv is not public: it is shown to whoever may check.
FICHIERS: dict[str, tuple[Callable[[Tirage], bytes | None], str]] = {
    "registre.csv": (lambda draw: draw.registre_csv, "text/csv; charset=utf-8"),
    "protocole.json": (lambda draw: draw.protocole, "application/json"),
    "resultat.json": (lambda draw: draw.resultat, "application/json"),
}


@blueprint.get("")
@public
def tirages() -> ResponseReturnValue:
    """Every draw there ever was."""
    return render_template("tirages/tirages.html", tirages=services.tirages())


@blueprint.get("/<identifiant>")
@public
def tirage(identifiant: str) -> ResponseReturnValue:
    """The public page of a draw: what happened, who was drawn (numbers), the odds, the files, the verifier."""
    draw = _draw(identifiant)
    protocole = method.parse_protocole(draw.protocole)
    return render_template(
        "tirages/tirage.html",
        tirage=draw,
        protocole=protocole,
        bilan=_bilan(draw),
        fichiers=[name for name, (content, _) in FICHIERS.items() if content(draw) is not None],
        verificateur_sha256=offline_sha256(),
    )


def _draw(identifiant: str) -> Tirage:
    return services.find(identifiant) or abort(404)


def _bilan(draw: Tirage) -> presentation.Bilan | None:
    return presentation.bilan(draw.registre_csv, draw.protocole, draw.resultat) if draw.resultat else None


@blueprint.get("/<identifiant>/<any('registre.csv', 'protocole.json', 'resultat.json'):fichier>")
@public
def fichier(identifiant: str, fichier: str) -> ResponseReturnValue:
    """One of the three public files, to the byte."""
    content, kind = FICHIERS[fichier]
    data = content(_draw(identifiant))
    if data is None:
        abort(404)
    return data, {
        "Content-Type": kind,
        "Content-Disposition": f'attachment; filename="{identifiant}-{fichier}"',
    }


@blueprint.get("/<identifiant>/fichiers.zip")
@public
def archive(identifiant: str) -> ResponseReturnValue:
    """The public files and the offline verifier in one archive: all a stranger needs, without network."""
    draw, packed = _draw(identifiant), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for name, (content, _) in FICHIERS.items():
            data = content(draw)
            if data is not None:
                files.writestr(zipfile.ZipInfo(name, draw.fige_le.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
        verifier = zipfile.ZipInfo("verificateur.html", draw.fige_le.timetuple()[:6])
        files.writestr(verifier, offline_html(), zipfile.ZIP_DEFLATED)
    name = f'attachment; filename="{identifiant}.zip"'
    return packed.getvalue(), {"Content-Type": "application/zip", "Content-Disposition": name}


@blueprint.get("/<identifiant>/affiche.pdf")
@public
def affiche(identifiant: str) -> ResponseReturnValue:
    """The result on paper, for the wall: numbers only, fingerprint, dice, and a QR code to the public page."""
    draw = _draw(identifiant)
    bilan = _bilan(draw)
    if bilan is None or draw.tire_le is None:
        abort(404)
    address = current_app.extensions["conseil"].url + url_for("tirages.tirage", identifiant=identifiant)
    pdf = render_pdf("affiche-tirage", affiches.result_sheet(draw, bilan, address), when=draw.tire_le)
    name = f'inline; filename="{identifiant}-resultat.pdf"'
    return pdf, {"Content-Type": "application/pdf", "Content-Disposition": name}


@blueprint.get("/verificateur.html")
@public
def verificateur() -> ResponseReturnValue:
    """The verifier as one file, to keep before the day and to open without network."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Disposition": 'attachment; filename="verificateur.html"',
    }
    return offline_html(), headers


@blueprint.post("/<identifiant>/noms")
@only(Role.VILLE)
def noms(identifiant: str) -> ResponseReturnValue:
    """The sealed list: names and salts of the drawn. By POST, because each opening is an act of the journal."""
    draw = _draw(identifiant)
    bilan = _bilan(draw)
    if bilan is None or draw.registre_id is None:
        abort(404)
    people = residents(draw.registre_id, [row.numero for row in bilan.liste])
    journal.record("liste_scellee_ouverte", f"tirage:{identifiant}")
    db.session.commit()
    return render_template("tirages/noms.html", tirage=draw, bilan=bilan, residents=people)


def install(app: Flask) -> None:
    """Hand the room's way in to the home page and the menu."""
    card = Card(
        20,
        "Tirages au sort",
        "Comment les habitants ont été tirés, et comment le vérifier.",
        "tirages.tirages",
    )
    rooms(app).cards.append(card)
    app.jinja_env.globals["libelle"] = presentation.value_label
