"""Alembic's revisions of the tables, the oldest first."""
