"""Everything there was when laptops first exchanged: the tables in SQL, and who may do what."""

from __future__ import annotations

import secrets
from pathlib import Path
from uuid import uuid4

from alembic import op
from sqlalchemy import text

revision = "0001"
down_revision = None

TABLES = Path(__file__).with_suffix(".sql")
APP = "caseworker_app"
OF_NOBODY = ("server", "alembic_version")
READ_ONLY = ("organisation", *OF_NOBODY)
MINE = "org_id = nullif(current_setting('caseworker.org', true), '')::uuid"


def upgrade() -> None:
    """Create the tables, and let nobody past the organisation that a transaction belongs to."""
    op.execute(TABLES.read_text("utf-8"))
    for table in _tables():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        rule = "true" if table in OF_NOBODY else MINE
        op.execute(f"CREATE POLICY of_the_org ON {table} USING ({rule}) WITH CHECK ({rule})")
        op.execute(f"GRANT {_rights(table)} ON {table} TO {APP}")
    # Whoever owns the tables may list the organisations, which says no more than their handles.
    op.execute("CREATE POLICY listed ON organisation FOR SELECT TO CURRENT_USER USING (true)")
    for table, column in (("change", "body"), ("aside", "body"), ("blob_part", "data")):
        op.execute(f"ALTER TABLE {table} ALTER {column} SET STORAGE EXTERNAL")  # it is random
    op.get_bind().execute(
        text("INSERT INTO server (one, epoch, secret) VALUES (1, :epoch, :secret)"),
        {"epoch": uuid4(), "secret": secrets.token_bytes(32)},
    )


def _tables() -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    return list(op.get_bind().execute(text(query)).scalars())


def _rights(table: str) -> str:
    """Codes are made by the administration alone; the server only uses them up."""
    if table in READ_ONLY:
        return "SELECT"
    return "SELECT, UPDATE, DELETE" if table == "code" else "SELECT, INSERT, UPDATE, DELETE"
