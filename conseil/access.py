"""Who may open what: closed by default, declared on each view, checked when the program starts."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Role(StrEnum):
    """The roles of parcours.md; each account has exactly one."""

    ADMINISTRATION = "administration"
    VILLE = "ville"
    PORTEUSE = "porteuse"
    TRESORIER = "tresorier"
    PREFECTURE = "prefecture"
    ELU = "elu"
    MEMBRE = "membre"


EVERYONE = "everyone"
SIGNED_IN = frozenset(Role)
# Views that extensions bring, which cannot carry a declaration of ours: style sheets and the like.
OPEN_ENDPOINTS = ("static", "bootstrap.static")


class AccessError(RuntimeError):
    """A view says nothing about who may open it: the program does not start."""


def public(view: View) -> View:
    """Declare a view open to anyone, signed in or not."""
    view._access = EVERYONE  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Declare a view open to any account."""
    view._access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def only(*roles: Role) -> Callable[[View], View]:
    """Declare a view open to the accounts of these roles, and to nobody else."""

    def declare(view: View) -> View:
        view._access = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def declared_access(app: Flask, endpoint: str) -> str | frozenset[Role] | None:
    """What the view behind an endpoint declares; None where it says nothing."""
    if endpoint in OPEN_ENDPOINTS:
        return EVERYONE
    return getattr(app.view_functions[endpoint], "_access", None)


def check_declared(app: Flask) -> None:
    """Raise AccessError, naming them all, if a view does not say who may open it."""
    silent = sorted({rule.endpoint for rule in app.url_map.iter_rules() if not declared_access(app, rule.endpoint)})
    if silent:
        raise AccessError(
            "Ces pages ne disent pas qui peut les ouvrir, le site ne démarre pas : "
            + ", ".join(silent)
            + ". Ajoutez @public, @signed_in ou @only(…) au-dessus de chacune."
        )


def install(app: Flask) -> None:
    """Refuse every request that its view's declaration does not admit."""

    @app.before_request
    def guard() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        allowed = declared_access(app, request.endpoint)
        if allowed == EVERYONE:
            return None
        if not current_user.is_authenticated:
            following = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("comptes.connexion", suite=following))
        if not allowed or current_user.role not in allowed:
            abort(403)
        return None
