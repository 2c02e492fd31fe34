"""What the room's pages share: the blueprint, the chantier of an address, the reading that a page waits for."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conseil.database import db
from conseil.registre import calculs
from conseil.registre.bilan import Bilan
from conseil.registre.calculs import Etat
from conseil.registre.chantier_models import Chantier
from conseil.registre.errors import RegistreError
from conseil.registre.messages import sentences

blueprint = Blueprint("registre", __name__, url_prefix="/registres")
PAR_PAGE = 50
Rest = ParamSpec("Rest")
Item = TypeVar("Item")


def me() -> int:
    """The number of the account signed in."""
    number: int = current_user.id
    return number


def chantier_of(numero: int) -> Chantier:
    """The register in preparation of an address, or 404."""
    return db.session.get(Chantier, numero) or abort(404)


def frozen_page(chantier: Chantier) -> ResponseReturnValue | None:
    """Where a frozen one is seen; None where it is still in preparation."""
    if chantier.fige_le is None:
        return None
    if chantier.registre_id is None:
        abort(404)
    return redirect(url_for("registre.registre", numero=chantier.registre_id))


def waiting_page(chantier: Chantier, etat: Etat) -> ResponseReturnValue:
    """How far the reading is; comes back by itself, without a script too."""
    page = render_template("registre/patience.html", chantier=chantier, etat=etat, suite=request.full_path)
    return make_response(page, 503 if etat.echec else 200)


def with_reading(
    view: Callable[Concatenate[Chantier, Bilan, Rest], ResponseReturnValue],
) -> Callable[Concatenate[int, Rest], ResponseReturnValue]:
    """A page that shows an up-to-date reading: waits for it, and says how far it is meanwhile."""

    @wraps(view)
    def page(numero: int, *args: Rest.args, **kwargs: Rest.kwargs) -> ResponseReturnValue:
        chantier = chantier_of(numero)
        if answer := frozen_page(chantier):
            return answer
        etat = calculs.look(chantier)
        if not etat.a_jour or etat.bilan is None:
            return waiting_page(chantier, etat)
        return view(chantier, etat.bilan, *args, **kwargs)

    return page


def paginate(items: Sequence[Item]) -> tuple[Sequence[Item], dict[str, Any]]:
    """The items of the page asked for, and what its links need."""
    last = max(1, -(-len(items) // PAR_PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    shown = items[(number - 1) * PAR_PAGE : number * PAR_PAGE]
    return shown, {"page": number, "pages": last, "total": len(items)}


def typed(name: str, longest: int = 500) -> str:
    """A field of the form as typed, cut at a length no honest value reaches."""
    return request.form.get(name, "").strip()[:longest]


def number(name: str) -> int:
    """A whole number of the form, 0 where there is none."""
    return request.form.get(name, 0, type=int)


@blueprint.errorhandler(RegistreError)
def unreadable(error: RegistreError) -> ResponseReturnValue:
    """What could not be read: every problem, in words."""
    db.session.rollback()
    return render_template("registre/illisible.html", phrases=sentences(error)), 400
