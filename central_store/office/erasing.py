"""Erasing a case at the central store, and doing it again after a backup was put back.

Keys, bodies, documents and tags are deleted; headers and hashes stay, so that chains still verify,
and ids of documents, so that no laptop offers them again. The case is marked, also where nothing of
it is here: what laptops bring of it from then on is taken, so that it does not wait on them for
ever, and kept no more than that.
What was erased is written down in a file outside the database, because a backup forgets it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from central_store import tables as t
from central_store.office.errors import OfficeError
from central_store.office.place import Office
from central_store.tables import ERASED


@dataclass(frozen=True, slots=True)
class Erased:
    """What is left to tell: ids and the day, nothing of the person."""

    org: UUID
    case: UUID
    at: datetime


def erase_case(office: Office, case: UUID, log: Path, now: datetime) -> int:
    """Erase a case for ever; how many changes it had. It is written down first."""
    with office.work() as db:
        s = t.stream.c
        here = (s.org_id == office.org, s.case_id == case)
        if db.execute(select(s.seq).where(*here)).scalar() is None:
            raise OfficeError(
                f"There is no case {case} at this central store.",
                "Nothing was changed.",
                "Take the id from the laptop of whoever leads the case.",
            )
    try:
        _write_down(log, Erased(office.org, case, now))
    except OSError as why:
        raise OfficeError(
            f"The erasure could not be written down in {log}: {why.strerror}.",
            "Nothing was erased.",
            "Make its folder, or name another file: --erasures FILE.",
        ) from None
    return _erase(office, case)


def replay(office: Office, log: Path) -> int:
    """Erase again what was erased before, of this organisation; how many cases."""
    mine = {one.case for one in written_down(log) if one.org == office.org}
    for case in sorted(mine):
        _erase(office, case)
    return len(mine)


def written_down(log: Path) -> Iterator[Erased]:
    """All that were written down. OfficeError where the file is not there or cannot be read."""
    if not log.exists():
        raise OfficeError(
            f"The file of erasures is not here: {log}",
            "Nothing was changed. What was erased since the backup is in the database again.",
            "Put the file back from its own copy. If nothing was ever erased, make an empty one.",
        )
    for number, line in enumerate(log.read_text("utf-8").splitlines(), start=1):
        try:
            said = json.loads(line)
            at = datetime.fromisoformat(said["at"])
            yield Erased(UUID(said["organisation"]), UUID(said["case"]), at)
        except (ValueError, KeyError, TypeError):
            raise OfficeError(
                f"Line {number} of {log} cannot be read.",
                "Nothing was erased because of it.",
                "Put this file back from its own copy.",
            ) from None


def _write_down(log: Path, one: Erased) -> None:
    said = {"organisation": str(one.org), "case": str(one.case), "at": one.at.isoformat()}
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(said) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _erase(office: Office, case: UUID) -> int:
    """Mark first, then lock the stream: who pushes has ended before, or sees the mark afterwards.

    Documents before their pieces: a piece that is just coming holds the row of its document.
    """
    org = office.org
    s, b = t.stream.c, t.blob.c
    with office.work() as db:
        mark = upsert(t.erased_case).values(org_id=org, case_id=case)
        db.execute(mark.on_conflict_do_nothing())
        db.execute(select(s.seq).where(s.org_id == org, s.case_id == case).with_for_update())
        of_case = (b.org_id == org, b.case_id == case)
        db.execute(delete(t.blob).where(*of_case, b.whole.is_(False)))
        db.execute(update(t.blob).where(*of_case).values(size=ERASED, offset=ERASED))
        for table in (t.wrap, t.tag, t.aside, t.blob_part):
            db.execute(delete(table).where(table.c.org_id == org, table.c.case_id == case))
        c = t.change.c
        here = (c.org_id == org, c.case_id == case)
        db.execute(
            update(t.change)
            .where(*here, c.body.is_not(None))
            .values(body=None, body_hash=func.sha256(c.body))
        )
        return db.execute(select(func.count()).select_from(t.change).where(*here)).scalar_one()
