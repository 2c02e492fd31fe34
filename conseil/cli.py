"""Commands that belong to no room: the demonstration, the translations."""

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext
from flask_migrate import upgrade

from conseil.config import ROOT
from conseil.database import db
from conseil.errors import FICHIERS, ConseilError
from conseil.i18n import fill_french
from conseil.messages import sentence
from conseil.rooms import rooms
from tirage import TirageError
from tirage.messages import explain

traductions = AppGroup("traductions", help="Les catalogues de traduction.")


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Construit le conseil de démonstration ; relancée, elle ne refait que ce qui manque."""
    if not current_app.extensions["conseil"].demonstration:
        raise click.ClickException(sentence("demonstration_fermee"))
    upgrade()
    for chapter in sorted(rooms().chapters, key=lambda chapter: chapter.rank):
        try:
            chapter.tell(click.echo)
        except ConseilError as error:
            raise click.ClickException(f"{chapter.name} : {sentence(error.code, error.params)}") from error
        except TirageError as error:
            raise click.ClickException(f"{chapter.name} : {explain(error, FICHIERS)}") from error
        db.session.commit()


@traductions.command("francais")
def french() -> None:
    """Recopie chaque phrase source dans le catalogue français (sans lui, « 0 votes »)."""
    fill_french(ROOT / "translations" / "fr" / "LC_MESSAGES" / "messages.po")


def install(app: Flask) -> None:
    """Add `flask demo` and `flask traductions`."""
    app.cli.add_command(demo)
    app.cli.add_command(traductions)
