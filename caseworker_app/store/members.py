"""Who is in which case, as the signed records say, and what the coach wants to be different."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from caseworker_app.domain.changes import Header
from caseworker_app.domain.sharing import Role
from caseworker_app.store import organisations
from caseworker_app.store.connection import driver
from caseworker_app.store.receiving import Admits
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.membership import Membership, SignedMembership, is_named


@dataclass(frozen=True, slots=True)
class Wish:
    """What the coach wants to be different in a case; `role` is None for somebody who shall go."""

    case: UUID
    org: UUID
    user: UUID
    role: Role | None
    made: int


def leads_until(reading: Reading, home: UUID, case: UUID, who: tuple[UUID, UUID]) -> int:
    """Up to which version the organisation of a case lets somebody lead it; 0: it names others."""
    known = organisations.of(reading, home)
    directory = known.directory if known else None
    return directory.leads_until(case, *who) if directory else 0


def may_write_next(
    reading: Reading, chain: Sequence[SignedMembership], who: tuple[UUID, UUID]
) -> bool:
    """Whether somebody may write the record after these, all that there are of a case.

    They lead by the latest one, or the organisation has named them because nobody else could.
    """
    latest = chain[-1].record
    until = leads_until(reading, latest.org, latest.case, who)
    return latest.leads(*who) or is_named(chain, who, until)


# --- who is in a case ---------------------------------------------------------------------------


def latest(reading: Reading, case: UUID) -> SignedMembership | None:
    """The latest record of a case; None when it has no stream."""
    query = "SELECT body, signature FROM membership WHERE case_id = ? ORDER BY version DESC LIMIT 1"
    row = driver(reading.connection).execute(query, (case.bytes,)).fetchone()
    return SignedMembership(*row) if row else None


def records(reading: Reading, case: UUID, after: int = 0) -> tuple[SignedMembership, ...]:
    """All records of a case after this version."""
    rows = reading.connection.exec_driver_sql(
        "SELECT body, signature FROM membership WHERE case_id = ? AND version > ? ORDER BY version",
        (case.bytes, after),
    )
    return tuple(SignedMembership(*row) for row in rows)


def keep_record(reading: Reading, record: Membership, signed: SignedMembership) -> None:
    """Remember a record that was checked."""
    reading.connection.exec_driver_sql(
        "INSERT INTO membership (case_id, version, body, signature) VALUES (?, ?, ?, ?)",
        (record.case.bytes, record.version, signed.body, signed.signature),
    )


def go_on(reading: Reading, case: UUID, after: int, believed: Iterable[SignedMembership]) -> None:
    """Let these records follow the one of this version, instead of what is here after it."""
    reading.connection.exec_driver_sql(
        "DELETE FROM membership WHERE case_id = ? AND version > ?", (case.bytes, after)
    )
    for signed in believed:
        keep_record(reading, signed.record, signed)


def keep_key(reading: Reading, case: UUID, epoch: int, wrapped: bytes) -> None:
    """Keep the key of an epoch, wrapped for this device and checked against its record."""
    reading.connection.exec_driver_sql(
        "INSERT OR IGNORE INTO case_key (case_id, epoch, wrapped) VALUES (?, ?, ?)",
        (case.bytes, epoch, wrapped),
    )


def admitting(reading: Reading, record: Membership) -> Admits:
    """Which changes count by this record: see `Membership.admits`.

    Those of a revoked device count only up to where a record, or the organisation, ended its chain.
    """
    found: dict[UUID, Admits] = {}

    def admits(header: Header) -> bool:
        of_device = found.get(header.device)
        if of_device is None:
            of_device = found[header.device] = _admitting(reading, record, header.device)
        return of_device(header)

    return admits


def _admitting(reading: Reading, record: Membership, device: UUID) -> Admits:
    """Which changes of this device count by this record."""
    whose, end = organisations.owner(reading, device, record.org), record.end_of(device)
    if whose is None:
        return lambda _header: False
    if whose.revoked and end is None:
        return lambda header: _released(reading, whose.org, header)
    if end is None:  # what the record says of one that is open, it says of all its changes
        counts = record.admits(whose.org, whose.user, device, 1)
        return lambda _header: counts
    return lambda header: record.admits(whose.org, whose.user, device, header.sequence)


def _released(reading: Reading, org: UUID, header: Header) -> bool:
    known = organisations.of(reading, org)
    directory = known.directory if known else None
    return directory is not None and any(
        one.device == header.device and one.case == header.case and header.sequence <= one.sequence
        for one in directory.released
    )


# --- wishes -------------------------------------------------------------------------------------


def wishes(reading: Reading, case: UUID | None = None) -> list[Wish]:
    """What shall be different, in all cases or in one."""
    where, values = ("WHERE case_id = ?", (case.bytes,)) if case else ("", ())
    rows = reading.connection.exec_driver_sql(
        f"SELECT case_id, org, user, role, made FROM wish {where} ORDER BY made, user",  # noqa: S608
        values,
    )
    return [
        Wish(UUID(bytes=c), UUID(bytes=o), UUID(bytes=u), Role(role) if role else None, made)
        for c, o, u, role, made in rows
    ]


def keep_wish(reading: Reading, wish: Wish) -> None:
    """Remember a wish, instead of an earlier one about the same person."""
    role = wish.role.value if wish.role else None
    reading.connection.exec_driver_sql(
        "INSERT OR REPLACE INTO wish (case_id, org, user, role, made) VALUES (?, ?, ?, ?, ?)",
        (wish.case.bytes, wish.org.bytes, wish.user.bytes, role, wish.made),
    )


def drop_wish(reading: Reading, wish: Wish) -> None:
    """Forget a wish: it was carried out, or taken back. A later one about the same person stays."""
    reading.connection.exec_driver_sql(
        "DELETE FROM wish WHERE case_id = ? AND org = ? AND user = ? AND made <= ?",
        (wish.case.bytes, wish.org.bytes, wish.user.bytes, wish.made),
    )


def state(reading: Reading, case: UUID) -> int:
    """A number that grows with every new record of the case and every new directory."""
    known = latest(reading, case)
    directories = (one.directory for one in organisations.known(reading))
    versions = sum(one.version for one in directories if one)
    return versions + (known.record.version if known else 0)
