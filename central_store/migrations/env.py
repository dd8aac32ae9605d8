"""Alembic runs this; the connection comes from `central_store.migrating`."""

from __future__ import annotations

from alembic import context

from central_store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.server.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
