"""The register room: lists as landlords and the town hall send them, read into one register of residents.

Here lives the reading: bytes to rows, rows to people, people to one place each (kept, merged with another, or
set aside with a reason), streets to sectors, homes to households, and the report that counts all of it
(`parcours` journey 1; R4, R5, R10). What may not come in: how a draw is made or verified (`tirage`), what
happens to the drawn (`tirages`), and, in the reading itself, Flask, SQLAlchemy and gettext: only `cli` knows a
command line, and errors are codes that one table turns into French.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def install(app: Flask) -> None:
    """Pages of the registers and `flask registre`; imported here, so that the reading stays importable alone."""
    from conseil.registre import cli, views

    views.install(app)
    app.cli.add_command(cli.registre_cli)
