"""After a backup was put back: every laptop must notice, and what was erased stays erased."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, delete

from central_store import organisations
from central_store import tables as t
from central_store.office.erasing import replay
from central_store.office.place import offices


@dataclass(frozen=True, slots=True)
class Restored:
    """How many organisations there are, and how many cases were erased again."""

    organisations: int
    erased: int


def restored(engine: Engine, log: Path) -> Restored:
    """Give the central store a new epoch, and replay the erasures.

    With the new epoch each laptop offers what the backup did not have yet. Codes and tokens from
    before are void: some may have been used since.
    """
    there = offices(engine)
    erased = 0
    for office in there:
        erased += replay(office, log)
        with office.work() as db:
            for table in (t.code, t.token, t.spent):
                db.execute(delete(table).where(table.c.org_id == office.org))
    organisations.restored(engine, uuid4())
    return Restored(len(there), erased)
