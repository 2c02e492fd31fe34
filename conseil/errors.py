"""Errors that carry a code and parameters, and the pages that tell them to a person."""

from typing import Any

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from tirage import TirageError
from tirage.messages import explain


class ConseilError(Exception):
    """A use case was refused.

    code: key of `conseil.messages.MESSAGES`. params: what its sentence needs, never translated, never
    formatted. statut: HTTP status where a page shows the refusal (400 unless told).
    """

    def __init__(self, code: str, *, statut: int = 400, **params: Any) -> None:
        super().__init__(code)
        self.code, self.statut, self.params = code, statut, params


# What the draw's own sentences call its files, on a page.
FICHIERS = {name: f"{name}.{kind}" for name, kind in (("registre", "csv"), ("protocole", "json"), ("resultat", "json"))}
# Status → (title, what to do). Anything else is told as the server's own fault.
PAGES = {
    400: ("Cette demande n'a pas pu être comprise", "Revenez en arrière et essayez encore une fois."),
    403: (
        "Cette page ne vous est pas ouverte",
        "Votre compte ne donne pas accès à cette page. Une erreur ? Demandez à la personne qui gère les comptes.",
    ),
    404: (
        "Cette page n'existe pas",
        "L'adresse est peut-être incomplète. L'accueil mène à toutes les pages.",
    ),
    405: ("Cette demande n'a pas pu être comprise", "Revenez à l'accueil et suivez les boutons."),
    413: (
        "Ce fichier est trop lourd",
        "Un envoi ne peut pas dépasser 64 Mo. Envoyez les fichiers un par un.",
    ),
    429: ("Trop d'essais", "Attendez quelques minutes avant de recommencer. Rien n'est perdu."),
    500: (
        "Le site a rencontré un problème",
        "Ce n'est pas de votre faute. Rien n'a été enregistré à moitié. Réessayez dans quelques minutes.",
    ),
}


def install(app: Flask) -> None:
    """Turn every refusal into a page in plain French, with its status and nothing of the inside."""
    from conseil.messages import sentence

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return _page(error.code or 500)

    @app.errorhandler(CSRFError)
    def csrf_error(error: CSRFError) -> Response:
        return _page(
            400,
            "Votre page était ouverte depuis longtemps",
            "Par sécurité, rien n'a été enregistré. Revenez en arrière, rechargez la page, et envoyez de nouveau.",
        )

    @app.errorhandler(ConseilError)
    def conseil_error(error: ConseilError) -> Response:
        return _page(error.statut, "Ce n'est pas possible", sentence(error.code, error.params))

    @app.errorhandler(TirageError)
    def tirage_error(error: TirageError) -> Response:
        return _page(400, "Ce n'est pas possible", explain(error, FICHIERS))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        app.logger.exception("unexpected error on %s %s", request.method, request.endpoint)
        return _page(500)


def _page(status: int, title: str | None = None, advice: str | None = None) -> Response:
    known = PAGES.get(status, PAGES[500] if status >= 500 else PAGES[400])
    body = render_template("erreur.html", statut=status, titre=title or known[0], conseil=advice or known[1])
    response = make_response(body, status)
    if status >= 400:
        response.headers["Cache-Control"] = "no-store"
    return response
