"""Pages of what serves every register: the street table, objections to contact, the known population."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conseil.access import Role, only
from conseil.database import db
from conseil.errors import ConseilError
from conseil.messages import sentence
from conseil.registre import cloture, comptes_rendus, oppositions, populations, table_voies
from conseil.registre.bilan import Bilan
from conseil.registre.chantier_models import Chantier
from conseil.registre.errors import RegistreError
from conseil.registre.forms import OppositionForm
from conseil.registre.messages import sentences
from conseil.registre.pages import blueprint, me, number, typed, with_reading
from conseil.registre.table_voies import Ligne


@blueprint.get("/voies")
@only(Role.VILLE)
def voies() -> ResponseReturnValue:
    """The street table."""
    return _streets_page()


def _streets_page(saisie: Ligne | None = None, phrases: list[str] | None = None) -> ResponseReturnValue:
    page = render_template(
        "registre/voies.html",
        lignes=table_voies.lignes(),
        secteurs=table_voies.secteurs(),
        rattachements=table_voies.rattachements(),
        saisie=saisie,
        phrases=phrases or [],
    )
    return page, 400 if phrases else 200


@blueprint.post("/voies")
@only(Role.VILLE)
def voie_ecrire() -> ResponseReturnValue:
    """A street, or some of its numbers, added, changed or taken out."""
    line = Ligne(*(typed(name, 120) for name in table_voies.HEADER))
    try:
        if typed("geste") == "retirer":
            table_voies.remove(number("ligne"), number("version"))
            flash("La ligne est retirée.")
        else:
            table_voies.save(line, number("ligne") or None, number("version"))
            flash(f"« {line.voie} » est enregistrée.")
        db.session.commit()
    except (ConseilError, RegistreError) as refusal:
        db.session.rollback()
        told = sentences(refusal) if isinstance(refusal, RegistreError) else [sentence(refusal.code, refusal.params)]
        return _streets_page(line, told)
    return redirect(url_for("registre.voies"))


@blueprint.post("/voies/importer")
@only(Role.VILLE)
def voies_importer() -> ResponseReturnValue:
    """A `voies.csv` in place of the table."""
    file = request.files.get("voies")
    if not file or not file.filename:
        raise ConseilError("aucune_liste")
    count = table_voies.replace_all(file.filename, file.read())
    db.session.commit()
    flash(f"{count} lignes de voies sont enregistrées.")
    return redirect(url_for("registre.voies"))


@blueprint.get("/voies/voies.csv")
@only(Role.VILLE)
def voies_csv() -> ResponseReturnValue:
    """The table as the program and a spreadsheet read it."""
    data = b"\xef\xbb\xbf" + table_voies.csv_text(table_voies.lignes()).encode()
    return _file(data, "voies.csv", "text/csv; charset=utf-8")


def _file(data: bytes, name: str, kind: str) -> Response:
    return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'}, content_type=kind)


@blueprint.get("/chantiers/<int:numero>/voies-inconnues")
@only(Role.VILLE)
@with_reading
def voies_inconnues(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """The streets of the lists that the table does not know, with the nearest one it knows."""
    return render_template(
        "registre/voies_inconnues.html",
        chantier=chantier,
        voies=bilan.voies_inconnues,
        connues=sorted({ligne.voie for ligne in table_voies.lignes()}),
        secteurs=table_voies.secteurs(),
        rattachements=table_voies.rattachements(),
    )


@blueprint.post("/chantiers/<int:numero>/voies-inconnues")
@only(Role.VILLE)
def rattacher(numero: int) -> ResponseReturnValue:
    """An unknown street attached to a known one, added as a street of its own, or the attachment taken back."""
    rue = typed("rue", 200)
    geste = typed("geste")
    if geste == "detacher":
        table_voies.detach(rue)
        flash(f"« {rue} » n'est plus rattachée.")
    elif geste == "ajouter":
        secteur = typed("secteur", 60)
        table_voies.save(Ligne(rue, "" if secteur == "hors" else secteur))
        flash(f"« {rue} » est dans la liste des voies.")
    else:
        voie = typed("voie", 120)
        table_voies.attach(rue, voie, me())
        flash(f"« {rue} » est rattachée à « {voie} ».")
    db.session.commit()
    return redirect(url_for("registre.voies_inconnues", numero=numero))


@blueprint.route("/oppositions", methods=["GET", "POST"])
@only(Role.VILLE)
def oppositions_page() -> ResponseReturnValue:
    """People who asked not to be contacted: recorded without their name."""
    form = OppositionForm()
    if form.validate_on_submit():
        try:
            oppositions.oppose(form.nom.data, form.prenom.data, form.naissance.data, me())
            db.session.commit()
        except ConseilError as refusal:
            db.session.rollback()
            form.form_errors.append(sentence(refusal.code, refusal.params))
        else:
            flash("L'opposition est enregistrée. Le nom n'est pas gardé.")
            return redirect(url_for("registre.oppositions_page"))
    return render_template("registre/oppositions.html", form=form, oppositions=oppositions.oppositions())


@blueprint.post("/oppositions/retirer")
@only(Role.VILLE)
def opposition_retirer() -> ResponseReturnValue:
    """An objection taken back, at the person's own request."""
    oppositions.withdraw(number("opposition"))
    db.session.commit()
    flash("L'opposition est retirée.")
    return redirect(url_for("registre.oppositions_page"))


@blueprint.get("/chantiers/<int:numero>/quartier")
@only(Role.VILLE)
@with_reading
def quartier(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """The register drawn beside the known population of the quartier."""
    return render_template(
        "registre/quartier.html",
        chantier=chantier,
        comparaison=cloture.comparison(chantier, bilan),
        populations={p.secteur: p for p in populations.populations()},
        secteurs=sorted({*table_voies.secteurs(), *(p.secteur for p in populations.populations())}),
        effectifs=bilan.effectifs,
        minces=bilan.types_minces,
        libelle=comptes_rendus.kind_label,
    )


@blueprint.post("/chantiers/<int:numero>/quartier")
@only(Role.VILLE)
def population(numero: int) -> ResponseReturnValue:
    """A sector's figure with its source and year, or none."""
    secteur = typed("secteur", 60)
    try:
        if typed("geste") == "retirer":
            populations.erase(secteur)
        else:
            digits = "".join(c for c in typed("habitants", 20) if not c.isspace())
            figure = int(digits) if digits.isdecimal() else -1
            populations.write(secteur, figure, typed("source", 300), number("annee"), me())
        db.session.commit()
        flash(f"{secteur} : c'est noté.")
    except ConseilError as refusal:
        db.session.rollback()
        flash(f"{secteur} : {sentence(refusal.code, refusal.params)}")
    return redirect(url_for("registre.quartier", numero=numero))
