"""Which cases were erased: what laptops bring of them again is let fall.

What was erased before this revision is not in it: `case erase` once more marks a case.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

MINE = "org_id = nullif(current_setting('caseworker.org', true), '')::uuid"


def upgrade() -> None:
    """Create the table; who serves laptops may only read it."""
    op.execute(
        "CREATE TABLE erased_case ("
        " org_id UUID NOT NULL, case_id UUID NOT NULL,"
        " CONSTRAINT erased_case_key PRIMARY KEY (org_id, case_id),"
        " CONSTRAINT erased_case_organisation"
        " FOREIGN KEY (org_id) REFERENCES organisation (org_id))"
    )
    op.execute("ALTER TABLE erased_case ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE erased_case FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY of_the_org ON erased_case USING ({MINE}) WITH CHECK ({MINE})")
    op.execute("GRANT SELECT ON erased_case TO caseworker_app")
