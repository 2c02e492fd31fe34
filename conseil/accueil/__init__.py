"""Home and the pages that belong to no room.

The home page shows the cards the rooms handed to the registry: it imports none of them.
"""

from flask import Flask

from conseil.accueil import views


def install(app: Flask) -> None:
    """The public home."""
    app.register_blueprint(views.blueprint)
    views.install(app)
