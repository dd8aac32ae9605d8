"""What a laptop does by itself and on the coach's wish about who is in a case.

It gives a case its first record, hands keys to devices that lack them, closes the chains of devices
that were signed off, and carries out what the coach wished for. Each is one record on top of the
latest one there; if somebody was faster, it is thought through anew in the next round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.sharing import Role
from caseworker_app.services.exchange import case_keys, putting, records, seen
from caseworker_app.services.exchange.way import milliseconds
from caseworker_app.store import chains, members, organisations, streams
from caseworker_app.store.members import Wish
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.membership import (
    Closed,
    Member,
    Membership,
    SignedMembership,
    latest_ends,
    next_epoch,
)

WRITING = (Role.WRITES, Role.LEADS)


@dataclass(frozen=True, slots=True)
class Me:
    """The user of this laptop."""

    org: UUID
    user: UUID


# --- a case that has no stream yet --------------------------------------------------------------


def begin(store: Store, link: Link, case: UUID, epoch: UUID, now: datetime) -> None:
    """Give a case of this laptop its stream: its user leads it, and all their laptops get the key.

    Nothing is here afterwards when somebody was faster: the next round fetches what they began.
    """
    with store.reading() as reading:
        me = me_of(reading)
        key_epoch, wrapped = reading.wrapped_key(case)
        record = Membership(
            org=link.org,
            case=case,
            version=1,
            previous=b"",
            epoch=key_epoch,
            key_check=store.keys.key_check(case, key_epoch, wrapped),
            members=(Member(me.org, me.user, Role.LEADS),),
            closed=(),
            at=milliseconds(now),
            author=store.keys.device_id,
        )
        keys = case_keys.for_all(reading, record)
    if putting.put(store, link, record, keys, (), now):
        with store.changing(now) as changing:
            stream = streams.begin(case, link.org, epoch)
            streams.keep(changing, streams.checked(stream, members.state(changing, case)))


def take_over(store: Store, link: Link, case: UUID, now: datetime) -> bool:
    """Lead a case of which nothing is here, as the organisation has named this laptop's user.

    The next round fetches it, once somebody or the escrow key has handed over what opens it. False
    where they were named for what is over: they have led it since, or others have.
    """
    said = link.ask(m.Members, "members", m.AskMembers(case, 0))
    with store.reading() as reading:
        chain = records.all_verified(reading, link.org, case, said)
        record = _next(reading, chain, said, (), now)
    if record is None:
        return False
    is_new = record.epoch != chain[-1].record.epoch
    putting.send(store, link, record, said, new_key=is_new)
    return True


# --- keys, lost devices, wishes -----------------------------------------------------------------


def look_after(store: Store, link: Link, said: m.Members, case: UUID, now: datetime) -> bool:
    """Do what is due in a case after its records were fetched.

    False: look at it again in the next round, as somebody was faster, or whoever leads has handed
    over keys, which may not have arrived as they were.
    """
    with store.reading() as reading:
        chain = members.records(reading, case)
        latest = chain[-1]
        wishes = _ripe(reading, latest.record, members.wishes(reading, case))
        let_in = seen.to_let_in(reading, case)
        record = _next(reading, chain, said, wishes, now)
        leads = may_lead(reading, chain)
    gave = record is None and _give_keys(store, link, latest.record, said)
    if record is not None and not putting.carry_out(
        store, link, record, said, now, new_key=record.epoch != latest.record.epoch
    ):
        return False
    if wishes or let_in:
        with store.changing(now) as changing:
            for wish in wishes:
                members.drop_wish(changing, wish)
            seen.was_let_in(changing, case, let_in)
    return not (gave and leads)


def give_back(
    store: Store, link: Link, lost: tuple[SignedMembership, ...], said: m.Members, now: datetime
) -> bool:
    """Give back lost records, the last one by a laptop that was signed off since; whether it could.

    The central store takes those only with a record on top by somebody who leads, as is due anyhow.
    """
    with store.reading() as reading:
        chain = members.records(reading, lost[-1].record.case)
        record = _next(reading, chain, said, (), now)
    if record is None:
        return False
    is_new = record.epoch != chain[-1].record.epoch
    return putting.carry_out(store, link, record, said, now, new_key=is_new, lost=lost)


def _ripe(reading: Reading, old: Membership, wishes: Iterable[Wish]) -> list[Wish]:
    """What can be carried out now.

    Who leaves a case hands over everything first, and leaves it to somebody whose laptop can read
    it: else nobody could any more.
    """
    listed, me = list(wishes), me_of(reading)
    after = replace(old, members=_wished(old, listed))
    can_read = any(
        after.leads(one.org, one.user) and (one.org, one.user) != (me.org, me.user)
        for one in case_keys.recipients(reading, after)
    )
    if can_read and not streams.waits(reading, old.case):
        return listed
    return [wish for wish in listed if (wish.org, wish.user) != (me.org, me.user)]


def _next(
    reading: Reading,
    chain: Sequence[SignedMembership],
    said: m.Members,
    wishes: Iterable[Wish],
    now: datetime,
) -> Membership | None:
    """The record that should come next; None when all is as it should be, or is not ours to do."""
    latest, me = chain[-1], me_of(reading)
    old = latest.record
    if not may_lead(reading, chain):
        return None
    said = replace(said, tails=_tails(reading, said, old.case))
    wanted = _wished(old, wishes)
    if not old.leads(me.org, me.user):
        wanted = led_by_me(reading, wanted)
    if not any(member.role is Role.LEADS for member in wanted):
        wanted = old.members  # what else is due must not wait for a wish that cannot be fulfilled
    lost = {d for _epoch, d in said.has_key if _is_lost(reading, d, old.org)} | {
        tail.device for tail in said.tails if _is_lost(reading, tail.device, old.org)
    }
    lost = {device for device in lost if _has_latest_key_or_open_end(old, said, device)}
    new_key = bool(lost) or _author_is_gone(reading, old)
    closed = ends(reading, wanted, said, old)
    if wanted == old.members and closed == old.closed and not new_key:
        return None
    now_in = {(member.org, member.user) for member in wanted}
    left = any((member.org, member.user) not in now_in for member in old.members)
    at, own = milliseconds(now), reading.place.keys.device_id
    fresh = next_epoch(old.epoch, latest.hash, own, at)
    return replace(
        old,
        version=old.version + 1,
        previous=latest.hash,
        epoch=fresh if left or new_key else old.epoch,
        members=wanted,
        closed=closed,
        at=at,
        author=own,
        joined=(),
    )


def may_lead(reading: Reading, chain: Sequence[SignedMembership]) -> bool:
    """Whether this laptop's user may write the record after these, all that there are of a case."""
    me = me_of(reading)
    return members.may_write_next(reading, chain, (me.org, me.user))


def led_by_me(reading: Reading, listed: Iterable[Member]) -> tuple[Member, ...]:
    """The same members; this laptop's user leads."""
    me = me_of(reading)
    others = (one for one in listed if (one.org, one.user) != (me.org, me.user))
    return (*others, Member(me.org, me.user, Role.LEADS))


def _wished(old: Membership, wishes: Iterable[Wish]) -> tuple[Member, ...]:
    wanted = {(member.org, member.user): member.role for member in old.members}
    for wish in wishes:
        if wish.role is None:
            wanted.pop((wish.org, wish.user), None)
        else:
            wanted[wish.org, wish.user] = wish.role
    return tuple(Member(org, user, role) for (org, user), role in wanted.items())


def _author_is_gone(reading: Reading, latest: Membership) -> bool:
    """Whether who signed the latest record has left the case with it, or lost that laptop since.

    They made the key of its epoch, and laptops that were away do not believe a lost one: the next
    record, by somebody who is in the case, mends both.
    """
    author = organisations.owner(reading, latest.author, latest.org)
    return author is None or author.revoked or latest.role_of(author.org, author.user) is None


def _is_lost(reading: Reading, device: UUID, home: UUID) -> bool:
    owner = organisations.owner(reading, device, home)
    return owner is not None and owner.revoked


def _has_latest_key_or_open_end(old: Membership, said: m.Members, device: UUID) -> bool:
    """Whether a lost device could still read what comes, or its chain has no end yet."""
    open_end = any(t.device == device for t in said.tails) and old.end_of(device) is None
    return (old.epoch, device) in said.has_key or open_end


def ends(
    reading: Reading, wanted: Iterable[Member], said: m.Members, before: Membership
) -> tuple[Closed, ...]:
    """The end of each chain whose device may write no more: where the central store has it.

    Or where it is known here, which is later when the central store was put back: this laptop gives
    back what is between. Chains whose late work shall be let in end where that does.
    """
    writers = {(member.org, member.user) for member in wanted if member.role in WRITING}
    found = {end.device: end for end in before.closed}
    for tail in _tails(reading, said, before.case):
        owner = organisations.owner(reading, tail.device, before.org)
        if owner is None:
            continue
        if not owner.revoked and (owner.org, owner.user) in writers:
            found.pop(tail.device, None)
        elif tail.device not in found or found[tail.device].sequence < tail.sequence:
            found[tail.device] = tail
    for end in seen.to_let_in(reading, before.case):
        owner = organisations.owner(reading, end.device, before.org)
        if owner is None or owner.revoked or (owner.org, owner.user) in writers:
            continue  # the office lets it in, or their role does
        if end.device not in found or found[end.device].sequence < end.sequence:
            found[end.device] = end
    return tuple(sorted(found.values(), key=lambda end: end.device))


def _tails(reading: Reading, said: m.Members, case: UUID) -> tuple[Closed, ...]:
    """The ends of all chains: where the central store has them, or later, where this laptop does.

    After a restore it does not know yet what a lost laptop had handed over; whoever has it does.
    """
    here = (Closed(*end) for end in chains.ends(reading, case))
    return latest_ends((*said.tails, *here))


def _give_keys(store: Store, link: Link, record: Membership, said: m.Members) -> bool:
    """Wrap what this laptop has for whoever should have it and does not; whether there was any."""
    with store.reading() as reading:
        keys = case_keys.for_all(reading, record, putting.having(said))
        guests = case_keys.guests(reading, record)
    if keys:
        link.put_members(m.PutMembers(record.case, (), keys, guests))
    return bool(keys)


def me_of(reading: Reading) -> Me:
    """The user of this laptop, by the own organisation's directory."""
    owner = organisations.owner(reading, reading.place.keys.device_id)
    assert owner is not None
    return Me(owner.org, owner.user)
