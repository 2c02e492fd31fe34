"""The documents of a draw: method annexe, procès-verbal, archive, sealed list."""

import io
import zipfile
from datetime import datetime
from typing import Any

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conseil import journal
from conseil.access import Role, only, public
from conseil.database import db
from conseil.documents import render_pdf
from conseil.errors import ConseilError
from conseil.registre.services import residents
from conseil.tirages import minutes, room, state
from conseil.tirages.annexe import annexe_data
from conseil.tirages.models import Tirage
from conseil.tirages.presentation import Bilan
from conseil.tirages.sealed import sealed_data
from conseil.tirages.verificateur import offline_html
from conseil.tirages.views import FICHIERS, blueprint, file_name, pdf_answer


def public_address(identifiant: str) -> str:
    """The public page's address, as documents print it."""
    base: str = current_app.extensions["conseil"].url
    return base + url_for("tirages.tirage", identifiant=identifiant)


def annexe_pdf(draw: Tirage) -> bytes:
    """The method annexe (R12)."""
    return render_pdf("annexe-methode", annexe_data(draw, public_address(draw.identifiant)), when=draw.fige_le)


def minutes_pdf(dossier: state.Dossier) -> bytes:
    """The procès-verbal."""
    data = minutes.minutes_data(dossier, public_address(dossier.tirage.identifiant))
    return render_pdf("proces-verbal", data, when=minutes.closing_day(dossier))


@blueprint.get("/<identifiant>/annexe.pdf")
@public
def annexe(identifiant: str) -> ResponseReturnValue:
    """The method, from the frozen protocol: for a resident, then for a jurist (R12)."""
    draw = state.opened(identifiant).tirage
    return pdf_answer(annexe_pdf(draw), draw, "annexe-methode.pdf")


@blueprint.get("/<identifiant>/proces-verbal.pdf")
@public
def proces_verbal(identifiant: str) -> ResponseReturnValue:
    """The minutes: numbers only (« Who may see what »)."""
    dossier = state.opened(identifiant)
    if not minutes.printable(dossier):
        abort(404)
    return pdf_answer(minutes_pdf(dossier), dossier.tirage, "proces-verbal.pdf")


@blueprint.get("/<identifiant>/fichiers.zip")
@public
def archive(identifiant: str) -> ResponseReturnValue:
    """The public files, the documents and the offline verifier: all a stranger needs, without network."""
    dossier, packed = state.opened(identifiant), io.BytesIO()
    draw = dossier.tirage
    contents = {name: content(draw) for name, (content, _) in FICHIERS.items()}
    contents["verificateur.html"] = offline_html()
    contents["annexe-methode.pdf"] = annexe_pdf(draw)
    contents["proces-verbal.pdf"] = minutes_pdf(dossier) if minutes.printable(dossier) else None
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        for name, data in contents.items():
            if data is not None:
                inside = f"REPETITION-{name}" if draw.repetition else name
                files.writestr(zipfile.ZipInfo(inside, _stamp(draw.fige_le)), data, zipfile.ZIP_DEFLATED)
    disposition = f'attachment; filename="{file_name(draw, "archive.zip")}"'
    return packed.getvalue(), {"Content-Type": "application/zip", "Content-Disposition": disposition}


def _stamp(when: datetime) -> tuple[int, int, int, int, int, int]:
    return (when.year, when.month, when.day, when.hour, when.minute, when.second)


@blueprint.post("/<identifiant>/noms")
@only(Role.VILLE, Role.PREFECTURE)
def noms(identifiant: str) -> ResponseReturnValue:
    """The sealed list: names and salts of the drawn. By POST, because each opening is an act of the journal."""
    draw, bilan, people = _open_sealed(identifiant)
    return render_template("tirages/noms.html", tirage=draw, bilan=bilan, residents=people)


@blueprint.post("/<identifiant>/noms.pdf")
@only(Role.VILLE, Role.PREFECTURE)
def noms_pdf(identifiant: str) -> ResponseReturnValue:
    """The same on paper, to be kept under seal."""
    draw, bilan, people = _open_sealed(identifiant)
    when = draw.tire_le or draw.fige_le
    data = sealed_data(draw, bilan, people, public_address(identifiant))
    return pdf_answer(render_pdf("liste-scellee", data, when=when), draw, "liste-scellee.pdf", attached=True)


def _open_sealed(identifiant: str) -> tuple[Tirage, Bilan, dict[str, Any]]:
    """Journal the opening, with the reason the préfecture must give, before anything is shown."""
    dossier = state.opened(identifiant)
    draw, bilan = dossier.tirage, room.bilan(dossier)
    if bilan is None or draw.registre_id is None:
        abort(404)
    reason = request.form.get("motif", "").strip()
    if current_user.role == Role.PREFECTURE and not 1 <= len(reason) <= 500:
        raise ConseilError("motif_ouverture", statut=403)
    people = residents(draw.registre_id, [row.numero for row in bilan.liste])
    journal.record("liste_scellee_ouverte", f"tirage:{identifiant}", **({"motif": reason} if reason else {}))
    db.session.commit()
    return draw, bilan, people
