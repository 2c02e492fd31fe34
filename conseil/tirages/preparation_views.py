"""Preparing a draw: drafts, what their quotas would give, and the freeze that publishes (R13)."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

import tirage as method
from conseil.access import Role, only
from conseil.database import db
from conseil.errors import ConseilError
from conseil.messages import sentence
from conseil.profil import BLOIS
from conseil.registre.services import registres
from conseil.tirages import drafts
from conseil.tirages.models import Brouillon
from conseil.tirages.presentation import one_in, type_label, value_label
from conseil.tirages.refusals import refusal
from conseil.tirages.services import Minima
from conseil.tirages.views import blueprint
from tirage import TirageError


@blueprint.route("/preparer", methods=["GET", "POST"])
@only(Role.VILLE)
def preparer() -> ResponseReturnValue:
    """The drafts, and the form that begins one."""
    refus = None
    if request.method == "POST":
        number = request.form.get("registre", "")
        try:
            draft = drafts.start(
                int(number) if number.isdecimal() and len(number) < 10 else 0,
                request.form.get("intitule", ""),
                repetition=request.form.get("repetition") == "1",
            )
            db.session.commit()
            return redirect(url_for("tirages.brouillon", numero=draft.id), 303)
        except ConseilError as error:
            db.session.rollback()
            refus = error
    page = render_template(
        "tirages/preparer.html",
        brouillons=drafts.brouillons(),
        registres=registres(),
        saisi=request.form,
        refus=sentence(refus.code, refus.params) if refus else None,
    )
    return page, refus.statut if refus else 200


@blueprint.route("/preparer/<int:numero>", methods=["GET", "POST"])
@only(Role.VILLE)
def brouillon(numero: int) -> ResponseReturnValue:
    """One draft: title, minima, and what the draw would be with them."""
    refus, draft = None, None
    if request.method == "POST":
        try:
            draft = drafts.change(numero, request.form.get("intitule", ""), _minima())
            db.session.commit()
            return redirect(url_for("tirages.brouillon", numero=numero), 303)
        except ConseilError as error:
            db.session.rollback()
            refus = error
    draft = db.session.get(Brouillon, numero)
    if draft is None:
        raise ConseilError("brouillon_inconnu", statut=404)
    return _page(draft, sentence(refus.code, refus.params) if refus else None, refus.statut if refus else 200)


def _minima() -> Minima:
    """The fields « minimum|criterion|value » of the form; what is not a number of places asks nothing."""
    asked = []
    for field, text in request.form.items():
        mark, _, rest = field.partition("|")
        critere, _, valeur = rest.partition("|")
        if mark == "minimum" and text.isascii() and text.isdecimal() and len(text) < 4:
            asked.append((critere, valeur, int(text)))
    return asked


def _page(draft: Brouillon, refus: str | None, statut: int) -> ResponseReturnValue:
    source, apercu, impossible = drafts.registre_of(draft), None, None
    try:
        apercu = drafts.preview(draft, BLOIS)
    except TirageError as error:
        impossible = refusal(error)
    page = render_template(
        "tirages/brouillon.html",
        brouillon=draft,
        registre=source,
        apercu=apercu,
        lignes=_lines(apercu) if apercu else {},
        cotes=_odds(apercu) if apercu else [],
        minces=[type_label(apercu.preparation.protocole.criteres, t) for t in apercu.groupes_minces] if apercu else [],
        valeurs=_values(source, draft),
        impossible=impossible,
        refus=refus,
    )
    return page, statut


def _lines(apercu: drafts.Apercu) -> dict[str, list[dict[str, Any]]]:
    """By criterion with a quota: value, residents, least and most places."""
    protocole = apercu.preparation.protocole
    lines: dict[str, list[dict[str, Any]]] = {}
    for critere, bounds in protocole.quotas.items():
        at = protocole.criteres.index(critere)
        pool = dict.fromkeys(bounds, 0)
        for type_, number in protocole.effectifs.items():
            if type_.split("|")[at] in pool:
                pool[type_.split("|")[at]] += number
        lines[critere] = [
            {"libelle": value_label(critere, value, plural=True), "residents": pool[value], "min": low, "max": high}
            for value, (low, high) in sorted(bounds.items())
        ]
    return lines


def _odds(apercu: drafts.Apercu) -> list[tuple[str, int, str | None]]:
    criteres = apercu.preparation.protocole.criteres
    chances = sorted(apercu.preparation.chances.items())
    return [(type_label(criteres, t), chance.residents, one_in(chance.fraction)) for t, chance in chances]


def _values(source: Any, draft: Brouillon) -> list[tuple[str, list[tuple[str, int | str]]]]:
    """For each criterion but parity's: its values, with the minimum already asked of each."""
    registre = method.parse_registre(source.registre_csv)
    asked = {(critere, valeur): nombre for critere, valeur, nombre in draft.minima}
    return [
        (critere, [(value, asked.get((critere, value), "")) for value in sorted(registre.counts(critere))])
        for critere in registre.criteres
        if critere != BLOIS.critere_parite
    ]


@blueprint.post("/preparer/<int:numero>/figer")
@only(Role.VILLE)
def figer(numero: int) -> ResponseReturnValue:
    """Close and publish: nothing changes afterwards (R13)."""
    try:
        draw = drafts.freeze(numero, BLOIS)
        db.session.commit()
    except TirageError as error:
        db.session.rollback()
        draft = db.session.get(Brouillon, numero)
        if draft is None:
            raise
        return _page(draft, refusal(error), 409)
    flash("Le tirage est fermé et publié. Plus rien n'y change.")
    return redirect(url_for("tirages.conduite", identifiant=draw.identifiant), 303)


@blueprint.post("/preparer/<int:numero>/supprimer")
@only(Role.VILLE)
def supprimer(numero: int) -> ResponseReturnValue:
    """Forget a draft, of which nothing was published."""
    drafts.drop(numero)
    db.session.commit()
    flash("Le brouillon est supprimé.")
    return redirect(url_for("tirages.preparer"), 303)
