"""A central store in the wrong hands: real answers, altered on their way out.

Each attack says what it alters. Whatever it is, no key goes to anybody the organisation did not
sign, nothing is taken in that nobody signed, and what was confirmed once is missed when it is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.link import Answer
from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import (
    Batch,
    Sealed,
    pack_batch,
    packed_header,
    unpack_batch,
)
from caseworker_app.sync.wire.directory import Directory, SignedDirectory
from caseworker_app.sync.wire.membership import Member, SignedMembership, body_of
from caseworker_app.sync.wire.packing import pack, unpack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from caseworker_app.vault.device import Device
from tests.sync.simulation.network import Request
from tests.sync.simulation.world import World

T = TypeVar("T")
OK = 200
THIEF = Device(
    UUID(int=666),
    Ed25519PrivateKey.from_private_bytes(b"t" * 32),
    Device.generate(UUID(int=666)).receiving,
)
"""A device of whoever has the central store: no organisation has signed it."""


def altering(
    route: str, cls: type[T], alter: Callable[[T], T]
) -> Callable[[Request, Answer], Answer]:
    """Alters what this route answers."""

    def tamper(request: Request, answer: Answer) -> Answer:
        if answer.status != OK or not request.path.endswith(f"/{route}") or request.method == "PUT":
            return answer
        return Answer(OK, answer.headers, pack(alter(unpack(cls, answer.body))))

    return tamper


# --- directories --------------------------------------------------------------------------------


def _directory(alter: Callable[[Directory], Directory]) -> Callable[[World], None]:
    def attack(world: World) -> None:
        def other(signed: SignedDirectory) -> SignedDirectory:
            body = pack(alter(signed.directory))
            return SignedDirectory(body, signed.signature, signed.roots)

        world.network.tamper = altering("directory", SignedDirectory, other)

    return attack


def _with_own_keys(directory: Directory) -> Directory:
    public = THIEF.public
    devices = tuple(
        replace(one, signing=public.signing, receiving=public.receiving)
        for one in directory.devices
    )
    return replace(directory, version=directory.version + 1, devices=devices)


def _with_own_device(directory: Directory) -> Directory:
    public = THIEF.public
    one = replace(
        directory.devices[0], id=THIEF.id, signing=public.signing, receiving=public.receiving
    )
    return replace(directory, version=directory.version + 1, devices=(*directory.devices, one))


def _with_own_escrow(directory: Directory) -> Directory:
    return replace(directory, version=directory.version + 1, escrow=THIEF.public.receiving)


def another_root(world: World) -> None:
    """A directory with a device of their own, signed by a root key of their own."""

    def other(signed: SignedDirectory) -> SignedDirectory:
        root = Ed25519PrivateKey.from_private_bytes(b"r" * 32)
        said = replace(
            _with_own_device(signed.directory), root=root.public_key().public_bytes_raw()
        )
        body = pack(said)
        return SignedDirectory(body, root.sign(to_sign(Purpose.DIRECTORY, body)))

    world.network.tamper = altering("directory", SignedDirectory, other)


swapped_device_keys = _directory(_with_own_keys)
added_device = _directory(_with_own_device)
swapped_escrow_key = _directory(_with_own_escrow)


# --- members and keys ---------------------------------------------------------------------------


def _signed_by_thief(world: World, case: UUID, **other: Any) -> SignedMembership:
    latest = world.central.rows("record", case_id=case)
    signed = max(latest, key=lambda row: int(row["version"]))
    before = SignedMembership(signed["body"], signed["signature"])
    old = before.record
    record = replace(old, version=old.version + 1, previous=before.hash, **other)
    body = body_of(record)
    return SignedMembership(body, THIEF.signing.sign(to_sign(Purpose.MEMBERSHIP, body)))


def invented_member(world: World) -> None:
    """A record that lets somebody in, in the name of the laptop that leads, signed by the thief."""
    case = world.cases[0]
    somebody = Member(world.office.org, UUID(int=1), Role.LEADS)

    def more(said: m.Members) -> m.Members:
        old = world.record(case)
        assert old is not None
        forged = _signed_by_thief(world, case, members=(*old.members, somebody))
        return replace(said, records=(*said.records, forged))

    world.network.tamper = altering("members", m.Members, more)


def own_case_key(world: World) -> None:
    """A key that the thief made, wrapped for the laptop: whoever takes it writes for the thief."""
    case, receiving = (
        world.cases[0],
        {laptop.device.id: laptop.device.public.receiving for laptop in world.laptops},
    )

    def other(said: m.Members) -> m.Members:
        keys = tuple(
            replace(
                key,
                wrapped=hpke.wrap(
                    receiving[key.device], b"k" * 32, hpke.case_key_info(case, key.epoch)
                ),
            )
            for key in said.keys
        )
        return replace(said, keys=keys)

    world.network.tamper = altering("members", m.Members, other)


# --- changes ------------------------------------------------------------------------------------


def _page(alter: Callable[[list[Sealed]], list[Sealed]]) -> Callable[[World], None]:
    def attack(world: World) -> None:
        def other(page: m.Page) -> m.Page:
            batch = unpack_batch(page.batch)
            changes = tuple(alter(list(batch.changes)))
            return replace(page, batch=pack_batch(Batch(batch.case, changes, batch.signatures)))

        world.network.tamper = altering("pull", m.Page, other)

    return attack


def _bodies_swapped(changes: list[Sealed]) -> list[Sealed]:
    if len(changes) < 2 or changes[-1].sealed is None or changes[-2].sealed is None:
        return changes
    one, other = changes[-2], changes[-1]
    return [
        *changes[:-2],
        Sealed.of(one.header_bytes, other.sealed or b""),
        Sealed.of(other.header_bytes, one.sealed or b""),
    ]


def _one_bit(changes: list[Sealed]) -> list[Sealed]:
    return [
        Sealed.of(one.header_bytes, one.sealed[:-1] + bytes([one.sealed[-1] ^ 1]))
        if one.sealed
        else one
        for one in changes
    ]


def _emptied(changes: list[Sealed]) -> list[Sealed]:
    return [Sealed(one.header_bytes, None, bytes(32)) for one in changes]


def unsigned_change(world: World) -> None:
    """A change that nobody signed, vouched for by a signature that the laptop knows already."""
    case = world.cases[0]

    def other(page: m.Page) -> m.Page:
        changes, signatures = [], []
        begins = {one.header.device: one for one in reversed(unpack_batch(page.batch).changes)}
        for row in world.central.rows("change", case_id=case):
            known = Sealed.of(row["header"], row["body"]) if row["body"] else None
            first = begins.get(row["device_id"])
            if known and first and row["signature"] and first.header.previous == known.hash:
                changes += [_following(known), known]
                signatures.append((row["device_id"], row["signature"]))
        if not changes:
            return page
        return replace(page, batch=pack_batch(Batch(case, tuple(changes), tuple(signatures))))

    world.network.tamper = altering("pull", m.Page, other)


def _following(end: Sealed) -> Sealed:
    header = replace(
        end.header, change=uuid4(), sequence=end.header.sequence + 1, previous=end.hash
    )
    return Sealed.of(packed_header(header), bytes(256))


swapped_bodies = _page(_bodies_swapped)
flipped_bit = _page(_one_bit)
erased_bodies = _page(_emptied)
left_out = _page(lambda changes: changes[:-2] + changes[-1:])
turned_round = _page(lambda changes: changes[::-1])

ATTACKS: dict[str, Callable[[World], None]] = {
    "swapped device keys": swapped_device_keys,
    "a device of their own": added_device,
    "another root": another_root,
    "swapped escrow key": swapped_escrow_key,
    "an invented member": invented_member,
    "a case key of their own": own_case_key,
    "swapped bodies": swapped_bodies,
    "a flipped bit": flipped_bit,
    "erased bodies": erased_bodies,
    "a change left out": left_out,
    "another order": turned_round,
    "a change that nobody signed": unsigned_change,
}
