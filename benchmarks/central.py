"""A central store as it runs: PostgreSQL, uvicorn in a process of its own, laptops that are in it.

`python -m benchmarks.central DSN PORT` serves as the command does. The laptops have real keys and
sign for real; what a coach's laptop does besides is not part of these.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, insert

from caseworker_app.domain.changes import Header
from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import NOTHING, Batch, Sealed, packed_header
from caseworker_app.sync.wire.directory import DeviceEntry, Directory, SignedDirectory, User
from caseworker_app.sync.wire.membership import Member, Membership, SignedMembership
from caseworker_app.sync.wire.packing import pack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from central_store import organisations
from central_store import tables as t
from central_store.database import engine_of, transaction
from central_store.embedded import Embedded, embedded
from central_store.serving import serve

SEALED_BYTES = 512
"""What a save of some 300 bytes is once it is sealed and filled up."""


@dataclass(slots=True)
class Stream:
    """A case of a laptop, and where its chain in it ends."""

    case: UUID
    sequence: int = 0
    tail: bytes = b""


@dataclass(slots=True)
class Laptop:
    """A device that is in the directory, of a user of its own."""

    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    id: UUID = field(default_factory=uuid4)
    user: UUID = field(default_factory=uuid4)
    streams: list[Stream] = field(default_factory=list)

    @property
    def public(self) -> bytes:
        """The key its signatures are checked with."""
        return self.signing.public_key().public_bytes_raw()

    def proof(self, org: UUID, nonce: bytes) -> m.SignIn:
        """What signs it in."""
        message = to_sign(Purpose.SIGN_IN, org.bytes + self.id.bytes + nonce)
        return m.SignIn(self.id, nonce, self.signing.sign(message))

    def batch(self, stream: Stream, changes: int) -> Batch:
        """Changes that go on where its chain ends: real headers and hashes, bodies of chance."""
        made = []
        for _ in range(changes):
            stream.sequence += 1
            header = Header(
                UUID(int=0), stream.case, uuid4(), self.id, stream.sequence, stream.tail, 1, 1, 1
            )
            sealed = Sealed.of(packed_header(header), os.urandom(SEALED_BYTES))
            stream.tail = sealed.hash
            made.append(sealed)
        return Batch(stream.case, tuple(made), ((self.id, self.signing.sign(stream.tail)),))


@dataclass(frozen=True, slots=True)
class Central:
    """The running server and its database."""

    database: Embedded
    owner: Engine
    port: int

    def organisation(self, handle: str, laptops: Iterable[Laptop]) -> UUID:
        """An organisation with these laptops in its signed directory, and all their streams."""
        listed = list(laptops)
        root, now = Ed25519PrivateKey.generate(), datetime.now(UTC)
        public = root.public_key().public_bytes_raw()
        org = organisations.create(self.owner, handle, public, now)
        users = tuple(User(one.user, b"") for one in listed)
        devices = tuple(DeviceEntry(one.id, one.user, one.public, bytes(32), b"") for one in listed)
        said = Directory(org, handle, handle, 1, 0, public, bytes(32), users, devices)
        body = pack(said)
        signed = SignedDirectory(body, root.sign(to_sign(Purpose.DIRECTORY, body)))
        organisations.publish(self.owner, handle, signed, now, secrets.token_bytes)
        self._streams(org, listed)
        return org

    def _streams(self, org: UUID, laptops: Iterable[Laptop]) -> None:
        """What the first exchange of each case would leave, written at once."""
        streams, records, seats = [], [], []
        for laptop in laptops:
            for one in laptop.streams:
                here = {"org_id": org, "case_id": one.case}
                members = (Member(org, laptop.user, Role.LEADS),)
                record = Membership(org, one.case, 1, b"", 1, b"", members, (), 0, laptop.id)
                body = pack(record)
                signature = laptop.signing.sign(to_sign(Purpose.MEMBERSHIP, body))
                signed = SignedMembership(body, signature)
                streams.append({**here, "seq": 0, "digest": NOTHING, "membership": 1})
                records.append({**here, "version": 1, "body": body, "signature": signed.signature})
                user = {"user_org": org, "user_id": laptop.user}
                seats.append({**here, **user, "role": Role.LEADS.value, "gone": None})
        with transaction(self.owner, org) as db:
            for table, rows in ((t.stream, streams), (t.record, records), (t.seat, seats)):
                if rows:
                    db.execute(insert(table), rows)


@contextmanager
def central(folder: Path) -> Iterator[Central]:
    """The central store, as long as it is wanted."""
    database = embedded(folder / "postgres")
    owner, port = engine_of(database.owner, 2), free_port()
    command = [sys.executable, "-m", "benchmarks.central", database.app, str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port, server)
            yield Central(database, owner, port)
        finally:
            server.terminate()
            owner.dispose()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server takes a connection. RuntimeError when it has ended instead."""
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    serve(sys.argv[1], None, int(sys.argv[2]))
