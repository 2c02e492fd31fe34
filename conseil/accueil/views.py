"""The public home, and what every page's frame needs."""

from typing import Any

from flask import Blueprint, Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conseil.access import EVERYONE, declared_access, public
from conseil.messages import BORDS, ROLES
from conseil.rooms import Card, rooms

blueprint = Blueprint("accueil", __name__)


def visible_cards() -> list[Card]:
    """What the person may open, in order."""
    role = current_user.role if current_user.is_authenticated else None
    return rooms().cards_for(role)


@blueprint.get("/")
@public
def accueil() -> ResponseReturnValue:
    """What the council is, and the ways into it."""
    cards = visible_cards()
    open_to_all = [card for card in cards if declared_access(current_app, card.endpoint) == EVERYONE]
    return render_template(
        "accueil/accueil.html", publiques=open_to_all, travail=[c for c in cards if c not in open_to_all]
    )


def install(app: Flask) -> None:
    """Give every page its menu."""

    @app.context_processor
    def frame() -> dict[str, Any]:
        return {
            "menu": visible_cards,
            "demonstration": app.extensions["conseil"].demonstration,
            "roles": ROLES,
            "bords": BORDS,
        }
