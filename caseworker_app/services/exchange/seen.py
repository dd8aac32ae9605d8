"""What each member of a case has last fetched, as the central store says, remembered here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from caseworker_app.store import organisations, streams
from caseworker_app.store.remembered import recall, remember
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.membership import Closed
from caseworker_app.sync.wire.packing import Malformed, unpack
from caseworker_app.sync.wire.signing import Purpose, to_sign

_NOTHING: list[list[object]] = [[], [], []]


def keep(changing: Reading, case: UUID, said: m.Members) -> None:
    """Remember who has fetched how much, who proved to have erased, and what lies aside."""
    seen = [[one.device.bytes, one.seq, one.at] for one in said.seen]
    erased = [
        [proof.device.bytes, proof.at]
        for proof in (_proof(changing, case, signed) for signed in said.erased)
        if proof is not None
    ]
    late = _plain(said.late)
    remember(changing, _name(case), [seen, late, erased])


def _proof(reading: Reading, case: UUID, signed: m.SignedErasure) -> m.Erasure | None:
    """What was proved; None when the laptop itself has not signed it."""
    try:
        proof = unpack(m.Erasure, signed.body)
    except Malformed:
        return None
    key = organisations.signing_key(reading, proof.device)
    message = to_sign(Purpose.ERASURE, signed.body)
    is_signed = reading.place.keys.verify(key, signed.signature, message)
    return proof if is_signed and proof.case == case else None


def last(reading: Reading, case: UUID, who: tuple[UUID, UUID]) -> tuple[int, bool]:
    """(when in milliseconds, whether that was all) one of their laptops fetched the case last."""
    stream = streams.stream(reading, case)
    seen, _late, _erased = recall(reading, _name(case), _NOTHING)
    at, seq = 0, 0
    for device, one_seq, one_at in seen:
        owner = organisations.owner(reading, UUID(bytes=device), stream.org if stream else None)
        if owner is not None and (owner.org, owner.user) == who:
            at, seq = max(at, one_at), max(seq, one_seq)
    return at, stream is not None and bool(at) and seq >= stream.cursor


def late(reading: Reading, case: UUID) -> tuple[Closed, ...]:
    """The ends of what people handed in after they left: who leads may let it in."""
    _seen, late, _erased = recall(reading, _name(case), _NOTHING)
    return _ends(late)


def let_in(changing: Reading, case: UUID) -> None:
    """Remember that what lies aside now, and no more than that, shall be let in once."""
    _seen, late, _erased = recall(changing, _name(case), _NOTHING)
    remember(changing, _let_in(case), late)


def to_let_in(reading: Reading, case: UUID) -> tuple[Closed, ...]:
    """The ends up to which late work shall be let in."""
    return _ends(recall(reading, _let_in(case), []))


def was_let_in(changing: Reading, case: UUID, ends: tuple[Closed, ...]) -> None:
    """Forget these: what the same people hand in later has to be let in anew."""
    seen, late, erased = recall(changing, _name(case), _NOTHING)
    remember(changing, _name(case), [seen, _without(late, ends), erased])
    remember(changing, _let_in(case), _without(recall(changing, _let_in(case), []), ends))


def erased(reading: Reading, case: UUID) -> dict[UUID, int]:
    """When (milliseconds) which device proved to have erased the case."""
    _seen, _late, proofs = recall(reading, _name(case), _NOTHING)
    return {UUID(bytes=device): at for device, at in proofs}


def _plain(ends: Iterable[Closed]) -> list[list[object]]:
    return [[end.device.bytes, end.sequence, end.hash] for end in ends]


def _ends(plain: Iterable[list[Any]]) -> tuple[Closed, ...]:
    return tuple(Closed(UUID(bytes=device), *rest) for device, *rest in plain)


def _without(plain: Iterable[list[Any]], ends: Iterable[Closed]) -> list[list[Any]]:
    gone = _plain(ends)
    return [one for one in plain if one not in gone]


def _name(case: UUID) -> str:
    return f"seen.{case}"


def _let_in(case: UUID) -> str:
    return f"letting_in.{case}"
