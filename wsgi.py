"""The one place that knows every room and puts them together."""

from collections.abc import Mapping

from flask import Flask
from flask_bootstrap import Bootstrap5

import conseil.accueil
import conseil.comptes
import conseil.registre
import conseil.tirages
from conseil import access, cli, database, errors, i18n, journal, rooms, security
from conseil.config import ROOT, load_config

# In the order of the arrows, lowest first.
ROOMS = (conseil.comptes, conseil.registre, conseil.tirages, conseil.accueil)


def create_app(config: Mapping[str, object] | None = None) -> Flask:
    """The application, ready to serve.

    config: settings by their environment names (`SECRET_KEY`, `DATABASE_URL`, `CONSEIL_MODE`…) or Flask's own;
    None reads the environment and the checkout's `.env`. Raises ConfigError for a wrong setting, AccessError
    for a view that does not say who may open it.
    """
    typed, passed = load_config(config)
    app = Flask(
        "conseil",
        root_path=str(ROOT / "conseil"),
        instance_path=typed.dossier,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.from_mapping(typed.flask_settings())
    app.config.from_mapping(passed)
    app.extensions["conseil"] = typed
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Bootstrap5(app)
    rooms.install(app)
    database.install(app)
    i18n.install(app)
    errors.install(app)
    access.install(app)
    for room in ROOMS:
        room.install(app)
    security.install(app, typed)
    journal.install(app)
    cli.install(app)
    access.check_declared(app)
    return app
