"""The id of a change stands once in all cases of an organisation, not only in its own.

Laptops keep the changes of all their cases by their ids: a member of two cases who gave two changes
the same id would keep one of them away from everybody who is in both.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """One constraint in place of the other."""
    op.execute(
        "ALTER TABLE change DROP CONSTRAINT change_org_id_case_id_change_id_once,"
        " ADD CONSTRAINT change_org_id_change_id_once UNIQUE (org_id, change_id)"
    )
