"""`flask comptes`: the first account, made by whoever installs."""

import click
from flask import current_app
from flask.cli import AppGroup

from conseil.access import Role
from conseil.comptes import services
from conseil.database import db
from conseil.errors import ConseilError
from conseil.messages import sentence

group = AppGroup("comptes", help="Les comptes des personnes qui travaillent avec le conseil.")


@group.command("inviter")
@click.argument("courriel")
@click.option("--nom", required=True, help="Prénom et nom.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--bord", type=click.Choice(["majorite", "opposition"]), help="Pour un élu.")
def invite(courriel: str, nom: str, role: str, bord: str | None) -> None:
    """Crée un compte, ou reprend celui qui existe, et donne son lien à usage unique."""
    if (role == Role.ELU) != (bord is not None):
        raise click.UsageError("--bord (majorite ou opposition) va avec le rôle elu, et seulement avec lui.")
    try:
        compte = services.find(courriel) or services.create(courriel, nom, Role(role), bord)
    except ConseilError as error:
        raise click.ClickException(sentence(error.code, error.params)) from error
    token = services.issue_link(compte)
    db.session.commit()
    click.echo(f"{current_app.extensions['conseil'].url}/lien/{token}")
