"""A laptop for tests of the server: real keys, chains and requests, and no program behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID, uuid4

import httpx2

from caseworker_app.domain.changes import Header
from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import Batch, Sealed, pack_batch, packed_header, unpack_batch
from caseworker_app.sync.wire.directory import org_id
from caseworker_app.sync.wire.membership import (
    FIRST,
    Closed,
    Member,
    Membership,
    SignedMembership,
    body_of,
)
from caseworker_app.sync.wire.packing import pack, unpack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from caseworker_app.vault.device import Device
from tests.central.office import Office

T = TypeVar("T")
TYPE = {"content-type": m.MEDIA_TYPE}


@dataclass(eq=False)
class Laptop:
    """One laptop of one user. `chains` holds the end of its chain in each case."""

    client: httpx2.Client
    office: Office
    user: UUID
    device: Device = field(default_factory=lambda: Device.generate(uuid4()))
    token: bytes = b""
    handle: str = ""
    chains: dict[UUID, tuple[int, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.handle = self.handle or self.office.handle

    # --- requests ---

    def raw(self, method: str, name: str, body: bytes = b"", **headers: str) -> httpx2.Response:
        """Send bytes to a route."""
        said = {**TYPE, **{key.replace("_", "-"): value for key, value in headers.items()}}
        if self.token:
            said.setdefault("authorization", f"Bearer {self.token.hex()}")
        return self.client.request(method, f"/{self.handle}/v1/{name}", content=body, headers=said)

    def ask(self, method: str, name: str, message: Any = None) -> httpx2.Response:
        """Send a message to a route."""
        return self.raw(method, name, b"" if message is None else pack(message))

    def get(self, cls: type[T], method: str, name: str, message: Any = None) -> T:
        """Send a message and read the answer, which must be a good one."""
        answer = self.ask(method, name, message)
        assert answer.status_code == 200, (name, answer.status_code, answer.content)
        return unpack(cls, answer.content)

    # --- coming in ---

    def enrolment(self, code: bytes) -> m.Enrol:
        """What a laptop sends that was given this code."""
        public = self.device.public
        said = code + public.id.bytes + public.signing + public.receiving
        proof = self.device.signing.sign(to_sign(Purpose.ENROLMENT, said))
        return m.Enrol(code, public.id, public.signing, public.receiving, proof)

    def signing_in(self, org: UUID | None = None) -> m.SignIn:
        """What a laptop sends after it got a nonce."""
        nonce = self.get(m.Nonce, "POST", "nonce", m.AskNonce(self.device.id)).nonce
        said = (org or self.host).bytes + self.device.id.bytes + nonce
        signature = self.device.signing.sign(to_sign(Purpose.SIGN_IN, said))
        return m.SignIn(self.device.id, nonce, signature)

    def sign_in(self) -> Laptop:
        """Get a token."""
        self.token = b""
        self.token = self.get(m.Token, "POST", "token", self.signing_in()).token
        return self

    @property
    def host(self) -> UUID:
        """The organisation it talks to now: its own, or one where it is a guest."""
        return org_id(self.handle)

    def at(self, handle: str) -> Laptop:
        """The same laptop, talking to another organisation."""
        return replace(self, handle=handle, token=b"")

    # --- changes ---

    def change(
        self, case: UUID, size: int = 300, epoch: int = FIRST, id_: UUID | None = None
    ) -> Sealed:
        """The next change of this laptop in a case."""
        sequence, previous = self.chains.get(case, (0, b""))
        store = self.office.org
        ids = store, case, id_ or uuid4(), self.device.id
        header = Header(*ids, sequence + 1, previous, sequence + 1, 1, epoch)
        sealed = Sealed.of(packed_header(header), os.urandom(size))
        self.chains[case] = sequence + 1, sealed.hash
        return sealed

    def signed(self, case: UUID, changes: Iterable[Sealed]) -> Batch:
        """A batch of own changes, the last one signed."""
        listed = tuple(changes)
        return Batch(case, listed, ((self.device.id, self.device.signing.sign(listed[-1].hash)),))

    def write(self, case: UUID, count: int = 1, epoch: int = FIRST) -> Batch:
        """The next changes in a case as a batch."""
        return self.signed(case, [self.change(case, epoch=epoch) for _ in range(count)])

    def push(self, *batches: Batch) -> tuple[m.Outcome, ...]:
        """Push batches; what became of each."""
        message = m.Push([pack_batch(one) for one in batches])
        return self.get(m.Pushed, "POST", "push", message).outcomes

    def pull(self, case: UUID, after: int = 0) -> tuple[Batch, m.Page]:
        """A page of a stream."""
        page = self.get(m.Page, "POST", "pull", m.Pull(case, after))
        return unpack_batch(page.batch), page

    # --- members ---

    def record(
        self,
        case: UUID,
        members: Iterable[Member] = (),
        before: SignedMembership | None = None,
        closed: Iterable[Closed] = (),
        epoch: int = 0,
    ) -> SignedMembership:
        """A record of membership by this laptop; without members it leads the case alone."""
        old = before.record if before else None
        record = Membership(
            self.host,
            case,
            old.version + 1 if old else FIRST,
            before.hash if before else b"",
            epoch or (old.epoch if old else FIRST),
            os.urandom(32) if epoch or old is None else old.key_check,
            tuple(members) or (self.member(),),
            tuple(closed),
            0,
            self.device.id,
        )
        body = body_of(record)
        return SignedMembership(body, self.device.signing.sign(to_sign(Purpose.MEMBERSHIP, body)))

    def member(self, role: Role = Role.LEADS) -> Member:
        """The user of this laptop as a member."""
        return Member(self.office.org, self.user, role)

    def put(
        self,
        case: UUID,
        *records: SignedMembership,
        keys: Iterable[m.WrappedKey] = (),
        guests: Iterable[m.Guest] = (),
    ) -> httpx2.Response:
        """Put records on top of the latest."""
        message = m.PutMembers(case, records, tuple(keys), tuple(guests))
        return self.ask("PUT", "members", message)

    def start(self, *others: Member) -> tuple[UUID, SignedMembership]:
        """A new case that this laptop's user leads."""
        case = uuid4()
        record = self.record(case, (self.member(), *others))
        answer = self.put(case, record)
        assert answer.status_code == 200, answer.content
        return case, record

    def members(self, case: UUID, after: int = 0) -> m.Members:
        """What the server says about who is in a case."""
        return self.get(m.Members, "POST", "members", m.AskMembers(case, after))


def laptops_of(client: httpx2.Client, office: Office) -> Callable[..., Laptop]:
    """Makes laptops that are in the directory and signed in."""

    def make(user: UUID | None = None, at: Office = office) -> Laptop:
        made = Laptop(client, at, user or at.user())
        at.add(made.user, made.device.public)
        at.publish()
        return made.sign_in()

    return make
