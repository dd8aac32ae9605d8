"""The questions that go over all cases: who is there, what is due, where a word stands."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.goals import Step
from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.lines import PersonLine, WordHit
from caseworker_app.domain.names import tokens
from caseworker_app.domain.people import CaseStatus
from caseworker_app.domain.talk import Conversation
from caseworker_app.domain.today import Promise
from caseworker_app.store import codec, projection, wording
from caseworker_app.store.transactions import Reading

# Steps that somebody still has to take. Those of a goal that was removed or put aside do not wait.
_WAITING = """
step JOIN goal ON goal.id = step.goal AND goal.case_id = step.case_id
AND NOT goal.removed AND goal.status != 'not_now'
WHERE NOT step.removed AND step.done_on IS NULL AND step.what != ''
"""

_PEOPLE = f"""
SELECT f.case_id, trim(p.given_name || ' ' || p.family_name), f.number, p.birth_date, p.place,
       p.phone, f.status, f.opened, t.next_talk, s.next_step, t.last_talk
FROM case_file f JOIN person p ON p.case_id = f.case_id AND NOT p.removed
LEFT JOIN (
    SELECT case_id,
           min(CASE WHEN status = 'planned' THEN planned_for END) AS next_talk,
           max(CASE WHEN status IN ('held', 'running') THEN started END) AS last_talk
    FROM conversation WHERE NOT removed GROUP BY case_id
) t ON t.case_id = f.case_id
LEFT JOIN (
    SELECT step.case_id, min(step.due) AS next_step FROM {_WAITING}
    AND step.due IS NOT NULL GROUP BY step.case_id
) s ON s.case_id = f.case_id
WHERE NOT f.removed
"""  # noqa: S608

_PROMISES = f"""
SELECT trim(p.given_name || ' ' || p.family_name), s.* FROM (
    SELECT step.id, step.case_id, {", ".join(f"step.{c}" for c in projection.COLUMNS["step"])},
           step._row
    FROM {_WAITING}
) s
JOIN case_file f ON f.id = s.case_id AND NOT f.removed AND f.status = 'open'
JOIN person p ON p.case_id = s.case_id AND NOT p.removed
WHERE ? IS NULL OR s.due <= ?
ORDER BY s.due IS NULL, s.due, s._row
"""  # noqa: S608


def people(reading: Reading) -> list[PersonLine]:
    """Everybody whose file is not removed, with what is due; in no particular order."""
    others: dict[bytes, tuple[str, ...]] = {}
    for case, name in reading.connection.exec_driver_sql(
        "SELECT case_id, name FROM relation WHERE NOT removed AND name != ''"
    ).fetchall():
        others[case] = (*others.get(case, ()), name)
    day, moment = date.fromisoformat, datetime.fromisoformat
    return [
        PersonLine(
            UUID(bytes=case),
            name,
            number,
            born and day(born),
            place,
            phone,
            CaseStatus(status),
            opened and day(opened),
            next_talk and moment(next_talk),
            next_step and day(next_step),
            last_talk and moment(last_talk),
            others.get(case, ()),
        )
        for (
            case, name, number, born, place, phone, status, opened, next_talk, next_step, last_talk
        ) in reading.connection.exec_driver_sql(_PEOPLE).fetchall()
    ]  # fmt: skip


def promises(reading: Reading, until: date | None = None) -> list[Promise]:
    """The steps of open files that wait to be taken, up to a day or all; the most urgent first."""
    day = until.isoformat() if until else None
    rows = reading.connection.exec_driver_sql(_PROMISES, (day, day)).fetchall()
    steps = [(name, projection.value(Step, row)) for name, *row, _row in rows]
    return [Promise(step, step.case, name) for name, step in steps]


def held_since(reading: Reading, moment: datetime) -> list[Conversation]:
    """The conversations of all cases that are over and began after this moment."""
    rows = reading.connection.exec_driver_sql(
        f"{projection.select('conversation')}"
        " WHERE NOT removed AND status = 'held' AND started >= ?",
        (codec.plain(moment),),
    ).fetchall()
    return [projection.value(Conversation, row) for row in rows]


def next_number(reading: Reading, year: int) -> str:
    """The next own case number of this store in a year: 2026-0001. Removed files keep theirs."""
    last = reading.connection.exec_driver_sql(
        "SELECT max(CAST(substr(number, 6) AS INTEGER)) FROM case_file WHERE number GLOB ?",
        (f"{year}-[0-9]*",),
    ).scalar()
    return f"{year}-{(last or 0) + 1:04d}"


def words(reading: Reading, typed: str, most: int = 50) -> list[WordHit]:
    """Where these words stand, the newest first; the last one may be half typed."""
    terms = tokens(typed)
    if not terms:
        return []
    query = " ".join(f'"{term}"*' for term in terms)
    rows = reading.connection.exec_driver_sql(_FOUND, (query, most)).fetchall()
    values = _values(reading, [(row[0], row[1]) for row in rows])
    return [
        _hit(values[value_id], kind, UUID(bytes=case), name.strip())
        for value_id, kind, case, name in rows
        if value_id in values
    ]


def words_wait(reading: Reading) -> bool:
    """Whether words of what was fetched are not in the index yet, so that `words` lacks them."""
    return wording.waits(reading.connection)


_FOUND = """
SELECT f.id, f.kind, f.case_id, p.given_name || ' ' || p.family_name
FROM word JOIN found f ON f.number = word.rowid
JOIN case_file c ON c.id = f.case_id AND NOT c.removed
JOIN person p ON p.case_id = f.case_id AND NOT p.removed
WHERE word MATCH ? ORDER BY word.rowid DESC LIMIT ?
"""


def _values(reading: Reading, wanted: list[tuple[bytes, str]]) -> dict[bytes, Entity]:
    """The values with these ids, one query for each kind."""
    found: dict[bytes, Entity] = {}
    for kind in dict.fromkeys(kind for _, kind in wanted):
        ids = tuple(value_id for value_id, k in wanted if k == kind)
        marks = ", ".join("?" for _ in ids)
        rows = reading.connection.exec_driver_sql(
            f"{projection.select(kind)} WHERE id IN ({marks})", ids
        )
        found |= {row[0]: projection.value(KINDS[kind], row) for row in rows}
    return found


def _hit(value: Entity, kind: str, case: UUID, name: str) -> WordHit:
    shown = [getattr(value, field) for field in wording.SEARCHED[kind]]
    at = getattr(value, "said", None) or getattr(value, "at", None)
    return WordHit(case, name, kind, value.id, " · ".join(part for part in shown if part), at)
