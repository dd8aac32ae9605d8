"""What the office wants to have signed: a table that the server itself never touches."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

MINE = "org_id = nullif(current_setting('caseworker.org', true), '')::uuid"


def upgrade() -> None:
    """Create the table for the owner alone, under the same row security as all others."""
    op.execute(
        "CREATE TABLE wish ("
        " org_id UUID NOT NULL, kind TEXT NOT NULL, subject BYTEA NOT NULL,"
        " content BYTEA NOT NULL, at TIMESTAMP WITH TIME ZONE NOT NULL,"
        " CONSTRAINT wish_key PRIMARY KEY (org_id, kind, subject),"
        " CONSTRAINT wish_organisation FOREIGN KEY (org_id) REFERENCES organisation (org_id))"
    )
    op.execute("ALTER TABLE wish ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE wish FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY of_the_org ON wish USING ({MINE}) WITH CHECK ({MINE})")
