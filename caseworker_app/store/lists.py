"""The questions that go over all cases: who is there, what is due, where a word stands."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.lines import PersonLine, WordHit
from caseworker_app.domain.names import tokens
from caseworker_app.domain.people import CaseStatus
from caseworker_app.store import codec, projection
from caseworker_app.store.transactions import Reading

_PEOPLE = """
SELECT p.case_id, p.given_name, p.family_name, p.birth_date, p.place, p.phone,
       f.number, f.status, f.opened, t.next_talk, t.last_talk, s.next_step
FROM case_file f JOIN person p ON p.case_id = f.case_id AND NOT p.removed
LEFT JOIN (
    SELECT case_id,
           min(CASE WHEN status = 'planned' THEN planned_for END) AS next_talk,
           max(CASE WHEN status IN ('held', 'running') THEN started END) AS last_talk
    FROM conversation WHERE NOT removed GROUP BY case_id
) t ON t.case_id = f.case_id
LEFT JOIN (
    SELECT case_id, min(due) AS next_step FROM step
    WHERE NOT removed AND done_on IS NULL AND due IS NOT NULL GROUP BY case_id
) s ON s.case_id = f.case_id
WHERE NOT f.removed
"""


def people(reading: Reading) -> list[PersonLine]:
    """Everybody whose file is not removed, with what is due; in no particular order."""
    others: dict[bytes, list[str]] = defaultdict(list)
    for case, name in reading.connection.exec_driver_sql(
        "SELECT case_id, name FROM relation WHERE NOT removed AND name != ''"
    ):
        others[case].append(name)
    rows = reading.connection.exec_driver_sql(_PEOPLE)
    return [
        PersonLine(
            case=UUID(bytes=row[0]),
            name=" ".join(part for part in row[1:3] if part),
            birth_date=_day(row[3]),
            place=row[4],
            phone=row[5],
            number=row[6],
            status=CaseStatus(row[7]),
            opened=_day(row[8]),
            next_talk=_moment(row[9]),
            last_talk=_moment(row[10]),
            next_step=_day(row[11]),
            others=tuple(others.get(row[0], ())),
        )
        for row in rows
    ]


def next_number(reading: Reading, year: int) -> str:
    """The next own case number of this store in a year: 2026-0001. Removed files keep theirs."""
    last = reading.connection.exec_driver_sql(
        "SELECT max(number) FROM case_file WHERE number LIKE ?", (f"{year}-____%",)
    ).scalar()
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:04d}"


def words(reading: Reading, typed: str, most: int = 50) -> list[WordHit]:
    """Where these words stand, the newest first; the last one may be half typed."""
    terms = tokens(typed)
    if not terms:
        return []
    query = " ".join(f'"{term}"*' for term in terms)
    rows = reading.connection.exec_driver_sql(
        "SELECT f.id, f.kind, f.case_id FROM word w JOIN found f ON f.number = w.rowid"
        " WHERE w.words MATCH ? ORDER BY w.rowid DESC LIMIT ?",
        (query, most),
    ).fetchall()
    hits = (_hit(reading, *row) for row in rows)
    return [hit for hit in hits if hit]


def _hit(reading: Reading, value_id: bytes, kind: str, case: bytes) -> WordHit | None:
    value = reading.get(KINDS[kind], UUID(bytes=value_id))
    name = reading.connection.exec_driver_sql(
        "SELECT p.given_name || ' ' || p.family_name FROM case_file f"
        " JOIN person p ON p.case_id = f.case_id WHERE f.case_id = ? AND NOT f.removed",
        (case,),
    ).scalar()
    if value is None or name is None:
        return None
    shown = [getattr(value, field) for field in projection.SEARCHED[kind]]
    at = getattr(value, "said", None) or getattr(value, "at", None)
    text = " · ".join(part for part in shown if part)
    return WordHit(UUID(bytes=case), name.strip(), kind, value.id, text, at)


def _day(raw: str | None) -> date | None:
    return codec.valued(date, raw) if raw else None


def _moment(raw: str | None) -> datetime | None:
    return codec.valued(datetime, raw) if raw else None
