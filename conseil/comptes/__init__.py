"""Accounts: who a person is, how they prove it, and nothing of what they may do elsewhere.

One account per person, one role per account (`conseil.access.Role`). Staff sign in with e-mail and password,
and a TOTP code where the role asks for one; members come by single-use link. No resident has an account:
codes on letters are the business of `tirages`. Imports the shared ground only.
"""

from flask import Flask

from conseil.comptes import administration, chapter, cli, session, views


def install(app: Flask) -> None:
    """Sign-in, pages of accounts, `flask comptes`, demonstration accounts."""
    session.install(app)
    app.register_blueprint(views.blueprint)
    administration.install(app)
    app.cli.add_command(cli.group)
    chapter.install(app)
    views.install(app)
