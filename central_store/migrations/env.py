"""Alembic runs this; the connection comes from `central_store.migrating`."""

from __future__ import annotations

from alembic import context

from central_store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
