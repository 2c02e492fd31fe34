"""Pages of a register in preparation: opening it, its lists, their columns, the account of every person."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conseil.access import Role, only
from conseil.database import db
from conseil.errors import ConseilError
from conseil.messages import sentence
from conseil.registre import arbitrages, calculs, chantiers, cloture, comptes_rendus, sources, table_voies
from conseil.registre.bilan import Bilan
from conseil.registre.chantier_models import Chantier
from conseil.registre.chantiers import Reglage
from conseil.registre.errors import RegistreError
from conseil.registre.forms import ChantierForm
from conseil.registre.libelles import IGNORED, PERSON_ROLES, ROLES
from conseil.registre.messages import sentences
from conseil.registre.pages import (
    blueprint,
    chantier_of,
    frozen_page,
    me,
    number,
    paginate,
    typed,
    with_reading,
)

ROLE_LABELS = {
    "civilite": "civilité",
    "sexe": "sexe",
    "nom": "nom (ou nom et prénom)",
    "nom_usage": "nom d'usage",
    "prenom": "prénom",
    "autres_prenoms": "autres prénoms",
    "naissance": "date de naissance",
    "deces": "décès",
    "contrat": "n° de contrat",
    "adresse": "adresse",
    "numero": "n° dans la voie",
    "repetition": "bis, ter",
    "type_voie": "type de voie",
    "voie": "voie",
    "complement": "complément (bâtiment, appartement)",
    "code_postal": "code postal",
    "commune": "commune",
    "cp_commune": "code postal et commune",
    "observation": "observation",
    IGNORED: "— ne pas lire —",
}


def home(numero: int) -> ResponseReturnValue:
    """Back to the chantier's page."""
    return redirect(url_for("registre.chantier", numero=numero))


def _asked(form: ChantierForm) -> Reglage:
    return Reglage(form.intitule.data.strip(), form.date_du_tirage.data, form.age_minimum.data)


@blueprint.route("/chantiers/nouveau", methods=["GET", "POST"])
@only(Role.VILLE)
def nouveau() -> ResponseReturnValue:
    """A new register in preparation."""
    form = ChantierForm()
    if form.validate_on_submit():
        chantier = chantiers.start(_asked(form), me())
        db.session.commit()
        return home(chantier.id)
    return render_template("registre/reglage.html", form=form, titre="Préparer un registre")


@blueprint.route("/chantiers/<int:numero>/reglage", methods=["GET", "POST"])
@only(Role.VILLE)
def reglage(numero: int) -> ResponseReturnValue:
    """Title, day and age changed."""
    chantier = chantier_of(numero)
    form = ChantierForm(obj=chantier)
    if form.validate_on_submit():
        chantiers.change(numero, _asked(form))
        db.session.commit()
        return home(numero)
    return render_template("registre/reglage.html", form=form, titre=chantier.intitule, chantier=chantier)


@blueprint.get("/chantiers/<int:numero>")
@only(Role.VILLE)
def chantier(numero: int) -> ResponseReturnValue:
    """Where the register stands: lists, what is done, what is open."""
    found = chantier_of(numero)
    if answer := frozen_page(found):
        return answer
    etat = calculs.look(found)
    found = chantier_of(numero)
    fresh = etat.bilan if etat.a_jour else None
    points = {p.code: p for p in cloture.points(found, fresh)} if fresh else {}
    return render_template(
        "registre/chantier.html",
        chantier=found,
        etat=etat,
        bilan=fresh,
        points=points,
        voies=len(table_voies.lignes()),
        auteurs={liste.id: arbitrages.name_of(liste.ajoutee_par) for liste in found.listes},
    )


@blueprint.get("/chantiers/<int:numero>/etat.json")
@only(Role.VILLE)
def etat_json(numero: int) -> ResponseReturnValue:
    """How far the reading is, for the page that waits; starts it where nobody is at it."""
    etat = calculs.look(chantier_of(numero))
    return jsonify(fini=etat.a_jour or bool(etat.echec), etape=etat.etape, fait=etat.fait, total=etat.total)


@blueprint.post("/chantiers/<int:numero>/relire")
@only(Role.VILLE)
def relire(numero: int) -> ResponseReturnValue:
    """Try again after a reading that failed."""
    chantiers.locked(numero)
    calculs.retry(numero)
    db.session.commit()
    return home(numero)


@blueprint.post("/chantiers/<int:numero>/listes")
@only(Role.VILLE)
def deposer(numero: int) -> ResponseReturnValue:
    """Several files at once: each is kept, or refused with its reason; one refusal does not lose the others."""
    received = [file for file in request.files.getlist("listes") if file.filename]
    if not received:
        raise ConseilError("aucune_liste")
    adultes = bool(request.form.get("adultes"))
    kept = []
    for file in received:
        try:
            liste = chantiers.add_list(numero, file.filename or "", file.read(), me(), adultes=adultes)
            db.session.commit()
            kept.append(f"« {liste.nom} »")
        except ConseilError as refusal:
            db.session.rollback()
            if refusal.code in ("registre_deja_fige", "chantier_absent"):
                raise
            flash(sentence(refusal.code, refusal.params))
        except RegistreError as refusal:
            db.session.rollback()
            for phrase in sentences(refusal):
                flash(phrase)
    if kept:
        flash(f"Déposé : {', '.join(kept)}.")
    return home(numero)


@blueprint.post("/chantiers/<int:numero>/listes/retirer")
@only(Role.VILLE)
def retirer(numero: int) -> ResponseReturnValue:
    """Take a list out, once the person has seen what goes with it."""
    nom = chantiers.withdraw_list(numero, number("liste"))
    db.session.commit()
    flash(f"« {nom} » est retirée. Ses personnes ne comptent plus. Vos réponses sont gardées, au cas où elle revient.")
    return home(numero)


@blueprint.post("/chantiers/<int:numero>/listes/adultes")
@only(Role.VILLE)
def adultes(numero: int) -> ResponseReturnValue:
    """Declare a list « adultes seulement », or not."""
    liste = chantiers.declare_adults(numero, number("liste"), typed("adultes") == "oui")
    db.session.commit()
    flash(f"« {liste.nom} » : " + ("adultes seulement." if liste.adultes else "l'âge de chacun est demandé."))
    return home(numero)


@blueprint.route("/chantiers/<int:numero>/colonnes", methods=["GET", "POST"])
@only(Role.VILLE)
def colonnes(numero: int) -> ResponseReturnValue:
    """The first rows of a list under its columns, each with its meaning, to be corrected."""
    chantier = chantier_of(numero)
    if answer := frozen_page(chantier):
        return answer
    liste = chantiers.find_list(chantier, request.values.get("liste", 0, type=int))
    refusal = ""
    if request.method == "POST":
        try:
            return _settle(numero, liste.id)
        except ConseilError as error:
            db.session.rollback()
            refusal = sentence(error.code, error.params)
            liste = chantiers.find_list(chantier_of(numero), liste.id)
    apercus = sources.preview(liste.nom, liste.donnees or b"", liste.colonnes, liste.adultes)
    page = render_template(
        "registre/colonnes.html",
        chantier=chantier,
        liste=liste,
        apercus=apercus,
        refus=refusal,
        sens=[(role, ROLE_LABELS[role]) for role in (IGNORED, *(r for r in ROLES if r != IGNORED))],
        de_personne=PERSON_ROLES,
    )
    return page, 400 if refusal else 200


def _settle(numero: int, liste_id: int) -> ResponseReturnValue:
    if typed("geste") == "deviner":
        liste = chantiers.guess_again(numero, liste_id)
        flash(f"« {liste.nom} » : les colonnes sont devinées de nouveau.")
    else:
        roles = []
        for value in request.form.getlist("role")[:500]:
            role, _, rank = value.partition(":")
            roles.append((role, int(rank) if rank.isdecimal() else 1))
        liste = chantiers.settle_columns(numero, liste_id, request.form.get("feuille", ""), roles, me())
        flash(f"« {liste.nom} » : les colonnes sont vérifiées. La prochaine liste de cette source sera lue ainsi.")
    db.session.commit()
    return redirect(url_for("registre.chantier", numero=numero))


@blueprint.get("/chantiers/<int:numero>/compte")
@only(Role.VILLE)
@with_reading
def compte(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """The account of every person: where each line ended, in figures."""
    return render_template("registre/compte.html", chantier=chantier, bilan=bilan, libelles=comptes_rendus.PLACES)


@blueprint.get("/chantiers/<int:numero>/compte/lignes")
@only(Role.VILLE)
@with_reading
def lignes(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """The people who ended in one place, page by page, with their file and line."""
    place, fichier = request.args.get("place", ""), request.args.get("fichier", "")
    if place not in comptes_rendus.PLACES:
        abort(404)
    shown, pages = paginate(bilan.en(place, fichier))
    return render_template(
        "registre/lignes.html",
        chantier=chantier,
        places=shown,
        pagination=pages,
        place=place,
        fichier=fichier,
        titre=comptes_rendus.PLACES[place],
    )


@blueprint.get("/chantiers/<int:numero>/chercher")
@only(Role.VILLE)
@with_reading
def chercher(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """« Am I in? »: every line that bears a name, and where it ended."""
    asked = request.args.get("nom", "").strip()[:120]
    shown, pages = paginate(bilan.cherche(asked))
    return render_template(
        "registre/chercher.html",
        chantier=chantier,
        places=shown,
        pagination=pages,
        nom=asked,
        libelles=comptes_rendus.PLACES,
    )
