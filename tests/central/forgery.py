"""Changes that must not be taken: tampered with, forged, replayed, of another case.

`forge` makes as many as it is told, sends them, and counts what was taken: it must be nothing.
Every kind of forgery is made of what the server would take if one thing about it were not wrong.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import (
    Batch,
    Sealed,
    pack_batch,
    packed_header,
    unpack_batch,
)
from caseworker_app.sync.wire.packing import Malformed, pack
from tests.central.laptop import Laptop

AT_ONCE = 250


@dataclass
class Scene:
    """A case with a leader and a writer, another case, and people with no business in either."""

    lead: Laptop
    writer: Laptop
    removed: Laptop
    reader: Laptop
    stranger: Laptop
    case: UUID
    other_case: UUID
    taken: Batch
    good: Batch = field(init=False)

    def __post_init__(self) -> None:
        self.good = self.fresh(self.writer)

    def fresh(self, laptop: Laptop, case: UUID | None = None) -> Batch:
        """What this laptop could push next; its chain stays as it is."""
        case = case or self.case
        before = laptop.chains.get(case)
        batch = laptop.write(case, 2)
        if before:
            laptop.chains[case] = before
        else:
            del laptop.chains[case]
        return batch


def scene_of(make: Callable[..., Laptop]) -> Scene:
    """Set the scene with laptops that are signed in."""
    lead, writer, removed, reader, stranger = (make() for _ in range(5))
    members = writer.member(Role.WRITES), reader.member(Role.READS)
    case, first = lead.start(*members, removed.member(Role.WRITES))
    taken = writer.write(case, 3)
    assert writer.push(taken)[0].seqs == (1, 2, 3)
    assert lead.push(lead.write(case))[0].seqs == (4,)
    gone = lead.record(case, (lead.member(), *members), first, epoch=2)
    assert lead.put(case, gone).status_code == 200
    other, _ = lead.start(writer.member(Role.WRITES))
    assert writer.push(writer.write(other, 2))[0].seqs == (1, 2)
    return Scene(lead, writer, removed, reader, stranger, case, other, taken)


def flipped(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with one bit turned over."""
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :]


def _with(batch: Batch, at: int, change: Sealed) -> Batch:
    changes = list(batch.changes)
    changes[at] = change
    return replace(batch, changes=tuple(changes))


def flip_header(s: Scene, chance: random.Random) -> Batch:
    at = chance.randrange(2)
    one = s.good.changes[at]
    return _with(s.good, at, Sealed(flipped(one.header_bytes, chance), one.sealed, one.sealed_hash))


def flip_body(s: Scene, chance: random.Random) -> Batch:
    at = chance.randrange(2)
    one = s.good.changes[at]
    return _with(s.good, at, Sealed.of(one.header_bytes, flipped(one.sealed or b"", chance)))


def flip_signature(s: Scene, chance: random.Random) -> Batch:
    (device, signature), *_ = s.good.signatures
    return replace(s.good, signatures=((device, flipped(signature, chance)),))


def other_header(s: Scene, chance: random.Random) -> Batch:
    """One thing in the header is another one: the epoch, the clock, the author…"""
    at = chance.randrange(2)
    one = s.good.changes[at]
    lie = chance.choice(
        [
            {"epoch": chance.randrange(5)},
            {"clock": chance.randrange(1 << 40)},
            {"schema": chance.randrange(2, 9)},
            {"store": uuid4()},
            {"change": uuid4()},
            {"device": s.lead.device.id},
            {"device": uuid4()},
            {"sequence": chance.randrange(1, 9)},
            {"previous": os.urandom(32)},
        ]
    )
    header = replace(one.header, **lie)
    if header == one.header:
        header = replace(header, clock=header.clock + 1)
    return _with(s.good, at, Sealed.of(packed_header(header), one.sealed or b""))


def another_body(s: Scene, chance: random.Random) -> Batch:
    """The body of a change of another case, or of another change."""
    from_where = s.fresh(s.writer, s.other_case) if chance.random() < 0.5 else s.taken
    body = chance.choice(from_where.changes).sealed or b""
    at = chance.randrange(2)
    return _with(s.good, at, Sealed.of(s.good.changes[at].header_bytes, body))


def another_case(s: Scene, chance: random.Random) -> Batch:
    """Changes of one case as changes of another, with and without a header that says so."""
    batch = s.fresh(s.writer, s.other_case)
    if chance.random() < 0.5:
        return replace(batch, case=s.case)
    moved = [
        Sealed.of(packed_header(replace(one.header, case=s.case)), one.sealed or b"")
        for one in batch.changes
    ]
    return replace(batch, case=s.case, changes=tuple(moved))


def forged(s: Scene, chance: random.Random) -> Batch:
    """In the name of somebody else, signed with one's own key."""
    liar = chance.choice([s.lead, s.reader, s.removed, s.stranger])
    signature = liar.device.signing.sign(s.good.changes[-1].hash)
    name = chance.choice([s.writer.device.id, liar.device.id])
    return replace(s.good, signatures=((name, signature),))


def not_allowed(s: Scene, chance: random.Random) -> Batch:
    """By somebody who only reads, was removed, or was never in the case: all signed well."""
    return s.fresh(chance.choice([s.reader, s.removed, s.stranger]))


def out_of_order(s: Scene, chance: random.Random) -> Batch:
    """The second without the first, in the wrong order, twice, or with an old signature."""
    first, second = s.good.changes
    old = s.taken.signatures
    return chance.choice(
        [
            replace(s.good, changes=(second,)),
            replace(s.good, changes=(second, first)),
            replace(s.good, changes=(first, first)),
            replace(s.good, changes=(first, second), signatures=old),
            replace(s.good, signatures=()),
            replace(s.good, changes=(first,)),
        ]
    )


def again(s: Scene, chance: random.Random) -> Batch:
    """What is here already, with another body, or on another place in the chain."""
    one = chance.choice(s.taken.changes)
    lie = chance.choice(
        [
            Sealed.of(one.header_bytes, os.urandom(len(one.sealed or b""))),
            Sealed.of(packed_header(replace(one.header, clock=77)), one.sealed or b""),
            Sealed.of(packed_header(replace(one.header, change=uuid4())), one.sealed or b""),
        ]
    )
    signature = s.writer.device.signing.sign(lie.hash)
    return Batch(s.case, (lie,), ((s.writer.device.id, signature),))


KINDS = (
    flip_header,
    flip_body,
    flip_signature,
    other_header,
    another_body,
    another_case,
    forged,
    not_allowed,
    out_of_order,
    again,
)


@dataclass
class Counted:
    """What became of all the forgeries."""

    sent: int = 0
    taken: int = 0
    answers: Counter[str] = field(default_factory=Counter)


def forge(scene: Scene, count: int, seed: int) -> Counted:
    """Send so many forgeries of every kind, by every hand; the streams must stay what they are."""
    chance = random.Random(seed)
    counted = Counted()
    before = _streams(scene)
    made = [KINDS[number % len(KINDS)](scene, chance) for number in range(count)]
    single = [batch for batch in made if not _can_be_read(batch)]
    rest = [batch for batch in made if _can_be_read(batch)]
    for batch in single:
        answer = _hand(scene, chance).ask("POST", "push", m.Push([pack_batch(batch)]))
        counted.sent += 1
        counted.answers[str(answer.status_code)] += 1
        counted.taken += answer.status_code != 400
    for start in range(0, len(rest), AT_ONCE):
        batches = rest[start : start + AT_ONCE]
        for outcome in _hand(scene, chance).push(*batches):
            counted.sent += 1
            counted.answers[outcome.refused or "taken"] += 1
            counted.taken += not outcome.refused
    counted.taken += _streams(scene) != before
    assert scene.writer.push(scene.good)[0].refused == ""  # without a lie it is taken
    return counted


def _hand(scene: Scene, chance: random.Random) -> Laptop:
    return chance.choice([scene.lead, scene.writer])


def _can_be_read(batch: Batch) -> bool:
    try:
        unpack_batch(pack_batch(batch))
    except Malformed:
        return False
    return True


def _streams(scene: Scene) -> list[bytes]:
    return [pack(scene.lead.pull(case)[1]) for case in (scene.case, scene.other_case)]
