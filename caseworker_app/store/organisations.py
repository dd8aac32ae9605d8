"""Organisations as this laptop knows them, by their directories, and whose devices are whose."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from caseworker_app.store.connection import driver
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.directory import Directory, NewRoot, SignedDirectory, believed
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


def known(reading: Reading) -> list[Organisation]:
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


def own(reading: Reading) -> Organisation | None:
    """The organisation this laptop is connected to; None when it is connected to none."""
    return next(iter(_organisations(reading, "own")), None)


def of(reading: Reading, org: UUID) -> Organisation | None:
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
    ours, theirs = own(reading), of(reading, org)
    if ours is None or theirs is None:
        return False
    if vouches(ours, theirs):
        return True
    host = of(reading, home) if home else None
    return host is not None and vouches(ours, host) and vouches(host, theirs)


def vouches(one: Organisation, other: Organisation) -> bool:
    """Whether an organisation has signed that the other one is a partner, with this very root."""
    entry = one.directory.partner(other.org) if one.directory else None
    if entry is None or entry.root == other.root:
        return entry is not None
    return other.signed is not None and believed(other.signed, entry.root) is not None


def keep(reading: Reading, kept: Organisation) -> None:
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
    keep(reading, known)


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


def signing_key(reading: Reading, device: UUID) -> bytes:
    """The key (32 bytes) that this device signs with; empty for one that is not known."""
    row = reading.connection.exec_driver_sql(
        "SELECT signing FROM device WHERE id = ?", (device.bytes,)
    ).fetchone()
    return bytes(row[0]) if row else b""


def forget(reading: Reading, org: UUID) -> None:
    """Unpin an organisation of which nothing else is here yet."""
    reading.connection.exec_driver_sql("DELETE FROM organisation WHERE org = ?", (org.bytes,))
