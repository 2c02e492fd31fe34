"""Alembic's entry: the application's own engine and tables, on SQLite and PostgreSQL."""

from alembic import context
from flask import current_app

from conseil.database import db

engine = db.engine


def only_real_changes(migration_context, revision, directives):
    """Write no empty migration."""
    if directives and directives[0].upgrade_ops.is_empty():
        directives[:] = []


if context.is_offline_mode():
    raise RuntimeError("les migrations se font sur une base ouverte")

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        process_revision_directives=only_real_changes,
        **{key: value for key, value in current_app.extensions["migrate"].configure_args.items() if key != "directory"},
    )
    with context.begin_transaction():
        context.run_migrations()
