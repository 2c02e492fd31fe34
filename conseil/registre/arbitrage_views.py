"""Pages where people settle things: look-alikes, blanks, large households, thin types."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from conseil.access import Role, only
from conseil.database import db
from conseil.errors import ConseilError
from conseil.messages import sentence
from conseil.registre import arbitrages, calculs, chantiers, comptes_rendus, table_voies
from conseil.registre.bilan import Bilan, reference
from conseil.registre.chantier_models import Chantier, DecisionPaire
from conseil.registre.chantier_rules import household_key
from conseil.registre.comparaison import order_for, side_by_side
from conseil.registre.messages import CONTRADICTIONS, RESSEMBLANCES
from conseil.registre.pages import (
    blueprint,
    chantier_of,
    frozen_page,
    me,
    number,
    paginate,
    typed,
    waiting_page,
    with_reading,
)

CHAMPS = {
    "genre": "Sans civilité",
    "naissance": "Sans date de naissance",
    "secteur": "Voie inconnue",
}


def _open(bilan: Bilan, decided: dict[str, DecisionPaire]) -> list[str]:
    return [paire["id"] for paire in bilan.paires if paire["ouverte"] and paire["id"] not in decided]


@blueprint.get("/chantiers/<int:numero>/doublons")
@only(Role.VILLE)
def doublons(numero: int) -> ResponseReturnValue:
    """Two look-alikes, side by side: the next one, or the one asked for."""
    chantier = chantier_of(numero)
    if answer := frozen_page(chantier):
        return answer
    etat = calculs.look(chantier, start=False)
    if not etat.paires_a_jour:
        etat = calculs.look(chantier)
    chantier = chantier_of(numero)
    if etat.bilan is None or not etat.paires_a_jour:
        return waiting_page(chantier, etat)
    return _pair_page(chantier, etat.bilan, request.args.get("paire", ""))


def _pair_page(chantier: Chantier, bilan: Bilan, asked: str) -> ResponseReturnValue:
    decided = arbitrages.decisions(chantier.id)
    still = order_for(_open(bilan, decided), me())
    paire = bilan.paires_par_id.get(asked or (still[0] if still else ""))
    decision = decided.get(paire["id"]) if paire else None
    return render_template(
        "registre/doublons.html",
        chantier=chantier,
        paire=paire,
        rangs=side_by_side(paire["a"], paire["b"]) if paire else [],
        decision=decision,
        choix=arbitrages.CHOIX,
        qui=arbitrages.name_of(decision.par) if decision else "",
        ressemblances=RESSEMBLANCES,
        reference=reference,
        faits=len(bilan.paires) - len(still),
        total=len(bilan.paires),
        ensemble=sum(bilan.paires_par_id[name]["reunissable"] for name in still),
        a_moi=any(d.par == me() for d in decided.values()),
    )


@blueprint.post("/chantiers/<int:numero>/doublons")
@only(Role.VILLE)
def decider(numero: int) -> ResponseReturnValue:
    """One answer; the next two look-alikes follow."""
    try:
        arbitrages.decide(numero, typed("paire", 16), typed("choix", 8), me(), typed("vu", 8))
        db.session.commit()
    except ConseilError as refusal:
        if refusal.code != "doublon_deja_decide":
            raise
        db.session.rollback()
        flash(sentence(refusal.code, refusal.params))
    return redirect(url_for("registre.doublons", numero=numero))


@blueprint.post("/chantiers/<int:numero>/doublons/annuler")
@only(Role.VILLE)
def annuler(numero: int) -> ResponseReturnValue:
    """Take back the last gesture; its pair comes back under the eyes."""
    paires = arbitrages.undo(numero, me())
    db.session.commit()
    count = len(paires)
    flash("Réponse annulée : la revoici." if count == 1 else f"{count} réponses annulées.")
    return redirect(url_for("registre.doublons", numero=numero, paire=paires[0] if count == 1 else None))


@blueprint.post("/chantiers/<int:numero>/doublons/ensemble")
@only(Role.VILLE)
def ensemble(numero: int) -> ResponseReturnValue:
    """« Même adresse et même date de naissance : réunir », for those that nobody settled."""
    chantier = chantier_of(numero)
    etat = calculs.look(chantier, start=False)
    if etat.bilan is None or not etat.paires_a_jour:
        return redirect(url_for("registre.doublons", numero=numero))
    still = _open(etat.bilan, arbitrages.decisions(numero))
    wanted = [name for name in still if etat.bilan.paires_par_id[name]["reunissable"]]
    if number("nombre") != len(wanted):
        flash(f"Le nombre a changé : il en reste {len(wanted)}. Relisez, puis recommencez si vous êtes d'accord.")
        return redirect(url_for("registre.doublons", numero=numero))
    # Reading the pairs began a transaction: the decisions are written in one of their own.
    db.session.rollback()
    done = arbitrages.decide_all(numero, wanted, me())
    db.session.commit()
    flash(f"{done} ressemblances réunies. « Annuler » les sépare toutes.")
    return redirect(url_for("registre.doublons", numero=numero))


@blueprint.get("/chantiers/<int:numero>/doublons/reponses")
@only(Role.VILLE)
@with_reading
def reponses(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """Every pair with its answer, page by page."""
    decided = arbitrages.decisions(chantier.id)
    shown, pages = paginate(bilan.paires)
    authors = {d.par: arbitrages.name_of(d.par) for d in decided.values()}
    return render_template(
        "registre/reponses.html",
        chantier=chantier,
        paires=shown,
        pagination=pages,
        decisions=decided,
        choix=arbitrages.CHOIX,
        auteurs=authors,
        ressemblances=RESSEMBLANCES,
    )


@blueprint.get("/chantiers/<int:numero>/completer")
@only(Role.VILLE)
@with_reading
def completer(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """The people with a blank, each with what was seen and a box to fill."""
    champ = request.args.get("champ", "genre")
    champ = champ if champ in CHAMPS else "genre"
    shown, pages = paginate(bilan.a_completer(champ))
    filled = arbitrages.completions(chantier.id)
    return render_template(
        "registre/completer.html",
        chantier=chantier,
        champ=champ,
        champs={name: (label, len(bilan.a_completer(name))) for name, label in CHAMPS.items()},
        personnes=[(person, _filled(person, champ, filled)) for person in shown],
        pagination=pages,
        secteurs=table_voies.secteurs(),
        reference=reference,
        contradictions=CONTRADICTIONS,
        auteur=arbitrages.name_of,
    )


def _filled(person: dict[str, Any], champ: str, filled: dict[tuple[str, str], Any]) -> Any:
    return next((filled[cle, champ] for cle in person["cles"] if (cle, champ) in filled), None)


@blueprint.post("/chantiers/<int:numero>/completer")
@only(Role.VILLE)
def completer_envoi(numero: int) -> ResponseReturnValue:
    """One blank filled; or the flat of someone of a large household."""
    cles = [cle for cle in request.form.getlist("cle")[:200] if len(cle) <= 32]
    try:
        changed = arbitrages.complete(numero, cles, typed("champ", 12), typed("valeur", 200), me(), typed("vu", 200))
        db.session.commit()
        flash("C'est noté." if changed else "Rien n'a changé.")
    except ConseilError as refusal:
        if refusal.statut == 404 or refusal.code == "registre_deja_fige":
            raise
        db.session.rollback()
        flash(sentence(refusal.code, refusal.params))
    if typed("champ") == "complement":
        return redirect(url_for("registre.foyers", numero=numero))
    return redirect(url_for("registre.completer", numero=numero, champ=typed("champ", 12)))


@blueprint.get("/chantiers/<int:numero>/foyers")
@only(Role.VILLE)
@with_reading
def foyers(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """Households over 12 (methode-tirage §1): a reason, or the flats that split them."""
    reasons = arbitrages.explications(chantier.id, "foyer")
    filled = arbitrages.completions(chantier.id)
    large = [
        {
            **foyer,
            "cle": household_key(foyer["adresses"]),
            "raison": reasons.get(household_key(foyer["adresses"])),
            "membres": [(p, _filled(p, "complement", filled)) for p in bilan.membres(foyer["foyer"])],
        }
        for foyer in bilan.foyers
    ]
    return render_template("registre/foyers.html", chantier=chantier, foyers=large, reference=reference)


@blueprint.get("/chantiers/<int:numero>/groupes")
@only(Role.VILLE)
@with_reading
def groupes(chantier: Chantier, bilan: Bilan) -> ResponseReturnValue:
    """Types under 5 (methode-tirage §1): a note, or sectors counted together."""
    return render_template(
        "registre/groupes.html",
        chantier=chantier,
        effectifs=bilan.effectifs,
        minces=bilan.types_minces,
        raisons=arbitrages.explications(chantier.id, "type"),
        libelle=comptes_rendus.kind_label,
        secteurs=table_voies.secteurs(),
    )


@blueprint.post("/chantiers/<int:numero>/groupes")
@only(Role.VILLE)
def regrouper(numero: int) -> ResponseReturnValue:
    """Sectors counted as one, or each on its own again."""
    known = set(table_voies.secteurs())
    chantiers.regroup(numero, [name for name in request.form.getlist("secteur") if name in known])
    db.session.commit()
    flash("Les secteurs sont comptés comme vous l'avez demandé.")
    return redirect(url_for("registre.groupes", numero=numero))


@blueprint.post("/chantiers/<int:numero>/raison")
@only(Role.VILLE)
def raison(numero: int) -> ResponseReturnValue:
    """Why a household, a type or an open point stays as it is."""
    sujet = typed("sujet", 10)
    arbitrages.explain(numero, sujet, typed("cle", 140), request.form.get("texte", ""), me())
    db.session.commit()
    flash("La raison est écrite." if typed("texte") else "La raison est retirée.")
    page = {"foyer": "registre.foyers", "type": "registre.groupes"}.get(sujet, "registre.figer")
    return redirect(url_for(page, numero=numero))
