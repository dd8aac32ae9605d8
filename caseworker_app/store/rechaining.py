"""Putting this device's latest changes behind others of its own that it did not know any more.

A laptop that was put back from an older copy writes on from there, while the central store has
what it wrote before: two changes would have the same number in one chain. Nobody else has seen the
newer ones, so they are made anew, with the same edits, behind those that were lost here. What an
older program wrote may be larger than what travels: it is kept, and goes on waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from caseworker_app.domain.changes import Edit, Header
from caseworker_app.domain.kinds import KINDS
from caseworker_app.store import log, projection, wording
from caseworker_app.store.receiving import NotTaken
from caseworker_app.store.transactions import Changing, Reading


def lift(changing: Changing, case: UUID, sequence: int) -> list[tuple[UUID, tuple[Edit, ...]]]:
    """Take this device's changes from this number of the chain on out of the log, as they were.

    The caller takes in what comes instead, then calls `lay_back`. NotTaken when one of them has a
    number in the stream: others know it, so nothing else can stand in its place.
    """
    device = changing.place.keys.device_id.bytes
    own = "case_id = ? AND device = ? AND sequence >= ?"
    confirmed = changing.connection.exec_driver_sql(
        f"SELECT count(*) FROM change WHERE {own} AND {log.CONFIRMED}",  # noqa: S608
        (case.bytes, device, sequence),
    ).scalar_one()
    if confirmed:
        raise NotTaken("another end of this device's own chain")
    lifted = [(header.change, edits) for header, edits in _taken_out(changing, case, sequence)]
    rebuild_case(changing, case)
    return lifted


def lay_back(changing: Changing, case: UUID, lifted: list[tuple[UUID, tuple[Edit, ...]]]) -> None:
    """Write the same edits again, as new changes at the end of the chain."""
    renamed: dict[UUID, UUID] = {}
    for old, edits in lifted:
        renamed[old] = changing.append(case, _on(renamed, edits), travels=False)


def lay_behind(changing: Changing, case: UUID, sequence: int, end: tuple[int, bytes]) -> None:
    """Chain this device's changes from this number on anew behind an end that is not here.

    For handing in a case that is erased then: there is a gap in the chain, and the tables are not
    made anew. `end` is (number, hash) of the last change that the central store has.
    """
    keys = changing.place.keys
    wrapped = log.wrapped_keys(changing.connection, case)
    renamed: dict[UUID, UUID] = {}
    number, previous = end
    for old, edits in _taken_out(changing, case, sequence):
        number += 1
        new = replace(old, change=changing.place.new_id(), sequence=number, previous=previous)
        renamed[old.change] = new.change
        entry = log.append(
            changing.connection,
            keys,
            new,
            wrapped[case, new.epoch],
            _on(renamed, edits),
            travels=False,
        )
        previous = entry.hash


def _taken_out(
    changing: Changing, case: UUID, sequence: int
) -> list[tuple[Header, tuple[Edit, ...]]]:
    """This device's changes from this number on, opened and out of the log."""
    keys = changing.place.keys
    here = (case.bytes, keys.device_id.bytes, sequence)
    rows = changing.connection.exec_driver_sql(
        f"{log.SELECT} WHERE case_id = ? AND device = ? AND sequence >= ? ORDER BY sequence", here
    ).fetchall()
    wrapped = log.wrapped_keys(changing.connection, case)
    found = [
        (entry.header, log.opened(keys, entry, wrapped).edits) for entry in map(log.entry, rows)
    ]
    for table in ("change", "waiting"):
        changing.connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE case_id = ? AND device = ? AND sequence >= ?",  # noqa: S608
            here,
        )
    return found


def _on(renamed: Mapping[UUID, UUID], edits: Iterable[Edit]) -> list[Edit]:
    """The edits, on what the changes before them are called now."""
    return [
        edit._replace(bases=tuple(renamed.get(base, base) for base in edit.bases)) for edit in edits
    ]


def rebuild_case(reading: Reading, case: UUID) -> None:
    """Make the tables of one case anew from the log."""
    clear_case(reading, case)
    wrapped = log.wrapped_keys(reading.connection, case)
    changes = [
        log.opened(reading.place.keys, entry, wrapped)
        for entry in list(log.entries(reading.connection, case))
    ]
    projection.apply_many(reading.connection, changes)


def clear_case(reading: Reading, case: UUID) -> None:
    """Take everything of a case out of the tables and out of the index."""
    run = reading.connection.exec_driver_sql
    wording.forget(reading.connection, case)
    for kind in KINDS:
        run(f"DELETE FROM {kind} WHERE case_id = ?", (case.bytes,))  # noqa: S608
