"""Pages of the draws: the list of all of them, each one's public page and files, the sealed list."""

from collections.abc import Callable

from flask import Blueprint, Flask, abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

import tirage as method
from conseil.access import Role, public
from conseil.documents import render_pdf
from conseil.messages import sentence
from conseil.messages.tirages import ETATS, QUALITES, QUALITES_VALIDATION
from conseil.rooms import Card, rooms
from conseil.tirages import affiches, kinds, presentation, rules, services, state
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
    return render_template("tirages/tirages.html", tirages=services.tirages(), etats=ETATS)


@blueprint.get("/<identifiant>")
@public
def tirage(identifiant: str) -> ResponseReturnValue:
    """The public page of a draw: what happened, who was drawn (numbers), the odds, the files, the verifier."""
    dossier = state.opened(identifiant)
    draw = dossier.tirage
    protocole = method.parse_protocole(draw.protocole)
    return render_template(
        "tirages/tirage.html",
        tirage=draw,
        dossier=dossier,
        etats=ETATS,
        qualites=QUALITES,
        qualites_validation=QUALITES_VALIDATION,
        validations=state.validations(draw),
        qualites_publiques=rules.PUBLIC_QUALITES,
        noms=kinds.public_names(protocole),
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
    draw = _draw(identifiant)
    data = content(draw)
    if data is None:
        abort(404)
    disposition = f'attachment; filename="{file_name(draw, fichier)}"'
    return data, {"Content-Type": kind, "Content-Disposition": disposition}


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
    return pdf_answer(pdf, draw, "resultat.pdf")


def pdf_answer(pdf: bytes, draw: Tirage, name: str, *, attached: bool = False) -> ResponseReturnValue:
    """A document, under a file name that says which draw, and RÉPÉTITION where it is one."""
    how = "attachment" if attached else "inline"
    disposition = f'{how}; filename="{file_name(draw, name)}"'
    return pdf, {"Content-Type": "application/pdf", "Content-Disposition": disposition}


def file_name(draw: Tirage, name: str) -> str:
    """« habitants-2026-proces-verbal.pdf », a rehearsal's saying so first."""
    return f"{'REPETITION-' if draw.repetition else ''}{draw.identifiant}-{name}"


@blueprint.get("/verificateur.html")
@public
def verificateur() -> ResponseReturnValue:
    """The verifier as one file, to keep before the day and to open without network."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Disposition": 'attachment; filename="verificateur.html"',
    }
    return offline_html(), headers


def install(app: Flask) -> None:
    """Hand the room's way in to the home page and the menu."""
    card = Card(
        20,
        "Tirages au sort",
        "Comment les habitants ont été tirés, et comment le vérifier.",
        "tirages.tirages",
    )
    rooms(app).cards.append(card)
    preparing = Card(
        25,
        "Préparer un tirage",
        "Fermer une règle, la publier, conduire la cérémonie.",
        "tirages.preparer",
        frozenset({Role.VILLE}),
    )
    rooms(app).cards.append(preparing)
    app.jinja_env.globals.update(libelle=presentation.value_label, sentence=sentence)
