"""What each laptop asks about all its cases every few minutes is found in an index."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Late work by case, and the few keys that were false."""
    op.execute("CREATE INDEX aside_by_org_id_case_id ON aside (org_id, case_id)")
    op.execute("CREATE INDEX wrap_empty ON wrap (org_id, case_id) WHERE wrapped = ''::bytea")
