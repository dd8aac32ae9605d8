"""Whom this laptop knows: organisations with their signed directories, and who is in which case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from caseworker_app.domain.changes import Header
from caseworker_app.domain.sharing import Role
from caseworker_app.store.connection import driver
from caseworker_app.store.receiving import Admits
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.directory import Directory, NewRoot, SignedDirectory, believed
from caseworker_app.sync.wire.membership import Membership, SignedMembership, is_named
from caseworker_app.sync.wire.packing import pack, unpack


@dataclass(frozen=True, slots=True, repr=False)
class Organisation:
    """An organisation whose root key (32 bytes) this laptop has pinned.

    `directory` is None until the first one was fetched and believed. In which cases it counts: see
    `counts`.
    """

    org: UUID
    handle: str
    own: bool
    root: bytes
    signed: SignedDirectory | None

    @property
    def directory(self) -> Directory | None:
        """The latest directory that was believed."""
        return self.signed.directory if self.signed else None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose device it is. `revoked` when the organisation has said so."""

    org: UUID
    user: UUID
    revoked: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What the coach wants to be different in a case; `role` is None for somebody who shall go."""

    case: UUID
    org: UUID
    user: UUID
    role: Role | None
    made: int


# --- organisations ------------------------------------------------------------------------------


def organisations(reading: Reading) -> list[Organisation]:
    """All that are known, the own one first."""
    return _organisations(reading, "true ORDER BY own DESC, org")


def _organisations(reading: Reading, which: str, *values: object) -> list[Organisation]:
    rows = driver(reading.connection).execute(
        f"SELECT org, handle, own, root, body, signature, roots FROM organisation WHERE {which}",  # noqa: S608
        values,
    )
    found = []
    for org, handle, own, root, body, signature, roots in rows:
        steps = unpack(tuple[NewRoot, ...], roots) if roots else ()
        signed = SignedDirectory(body, signature, steps) if body else None
        found.append(Organisation(UUID(bytes=org), handle, bool(own), root, signed))
    return found


def own_organisation(reading: Reading) -> Organisation | None:
    """The organisation this laptop is connected to; None when it is connected to none."""
    return next(iter(_organisations(reading, "own")), None)


def organisation(reading: Reading, org: UUID) -> Organisation | None:
    """The organisation with this id, if it is known."""
    return next(iter(_organisations(reading, "org = ?", org.bytes)), None)


def counts(reading: Reading, org: UUID, home: UUID | None = None) -> bool:
    """Whether what is known of an organisation is believed in the cases of `home`.

    The own one counts everywhere, and so do its partners. What another organisation signed about a
    partner of its own is believed for the cases that lie with it, and for nothing else.
    """
    query = "SELECT own FROM organisation WHERE org = ?"
    row = driver(reading.connection).execute(query, (org.bytes,)).fetchone()
    if row is None or row[0]:
        return row is not None
    own, known = own_organisation(reading), organisation(reading, org)
    if own is None or known is None:
        return False
    host = organisation(reading, home) if home else None
    return vouches(own, known) or (host is not None and vouches(own, host) and vouches(host, known))


def vouches(one: Organisation, other: Organisation) -> bool:
    """Whether an organisation has signed that the other one is a partner, with this very root."""
    entry = one.directory.partner(other.org) if one.directory else None
    if entry is None or entry.root == other.root:
        return entry is not None
    return other.signed is not None and believed(other.signed, entry.root) is not None


def keep_organisation(reading: Reading, kept: Organisation) -> None:
    """Remember an organisation, and whose its devices are."""
    signed = kept.signed
    packed = (signed.body, signed.signature, pack(signed.roots)) if signed else (None, None, None)
    reading.connection.exec_driver_sql(
        "INSERT OR REPLACE INTO organisation (org, handle, own, root, body, signature, roots)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kept.org.bytes, kept.handle, kept.own, kept.root, *packed),
    )
    if kept.directory is not None:
        _keep_devices(reading, kept.org, kept.directory)


def pin_anew(reading: Reading, known: Organisation) -> None:
    """Remember an organisation with another root: what the one before has signed counts no more."""
    reading.connection.exec_driver_sql(
        "UPDATE device SET org = NULL, user = NULL, revoked = 0 WHERE org = ?", (known.org.bytes,)
    )
    keep_organisation(reading, known)


def _keep_devices(reading: Reading, org: UUID, directory: Directory) -> None:
    """A device's keys never change: whoever lists other ones for a known id is not believed."""
    driver(reading.connection).executemany(
        "INSERT INTO device (id, signing, receiving, org, user, revoked) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET org = excluded.org, user = excluded.user,"
        " revoked = excluded.revoked WHERE signing = excluded.signing"
        " AND receiving = excluded.receiving AND coalesce(org, excluded.org) = excluded.org",
        [
            (d.id.bytes, d.signing, d.receiving, org.bytes, d.user.bytes, d.revoked)
            for d in directory.devices
        ],
    )


def owner(reading: Reading, device: UUID, home: UUID | None = None) -> Owner | None:
    """Whose device it is, as far as a directory says so that counts in the cases of `home`."""
    query = "SELECT org, user, revoked FROM device WHERE id = ? AND org IS NOT NULL"
    row = driver(reading.connection).execute(query, (device.bytes,)).fetchone()
    if row is None or not counts(reading, UUID(bytes=row[0]), home):
        return None
    return Owner(UUID(bytes=row[0]), UUID(bytes=row[1]), bool(row[2]))


def leads_until(reading: Reading, home: UUID, case: UUID, who: tuple[UUID, UUID]) -> int:
    """Up to which version the organisation of a case lets somebody lead it; 0: it names others."""
    known = organisation(reading, home)
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
    whose, end = owner(reading, device, record.org), record.end_of(device)
    if whose is None:
        return lambda _header: False
    if whose.revoked and end is None:
        return lambda header: _released(reading, whose.org, header)
    if end is None:  # what the record says of one that is open, it says of all its changes
        counts = record.admits(whose.org, whose.user, device, 1)
        return lambda _header: counts
    return lambda header: record.admits(whose.org, whose.user, device, header.sequence)


def _released(reading: Reading, org: UUID, header: Header) -> bool:
    known = organisation(reading, org)
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


def signing_key(reading: Reading, device: UUID) -> bytes:
    """The key (32 bytes) that this device signs with; empty for one that is not known."""
    row = reading.connection.exec_driver_sql(
        "SELECT signing FROM device WHERE id = ?", (device.bytes,)
    ).fetchone()
    return bytes(row[0]) if row else b""


def state(reading: Reading, case: UUID) -> int:
    """A number that grows with every new record of the case and every new directory."""
    known = latest(reading, case)
    directories = (one.directory for one in organisations(reading))
    versions = sum(one.version for one in directories if one)
    return versions + (known.record.version if known else 0)


def forget_organisation(reading: Reading, org: UUID) -> None:
    """Unpin an organisation of which nothing else is here yet."""
    reading.connection.exec_driver_sql("DELETE FROM organisation WHERE org = ?", (org.bytes,))
