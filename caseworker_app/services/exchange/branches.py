"""Two branches of records after the central store was put back, and which of them to believe.

A laptop that knows other records than it is shown believes nothing of them by itself, but two
things: a record that joins both branches, by somebody who leads by the one that is known here; and
a branch by people who lead by the one known here, if that one took nothing from anybody. So nobody
comes in again who was put out, by writing on from before it. See docs/exchange.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from uuid import UUID

from caseworker_app.domain.sharing import Role
from caseworker_app.store import members, organisations
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.refusals import NotBelieved
from caseworker_app.sync.wire.membership import (
    Member,
    Membership,
    SignedMembership,
    is_named,
    may_follow,
    may_join,
)
from caseworker_app.sync.wire.packing import Malformed
from caseworker_app.sync.wire.signing import Purpose, to_sign

Chain = tuple[SignedMembership, ...]
Who = tuple[UUID, UUID]

_RANKS = {None: 0, Role.READS: 1, Role.WRITES: 2, Role.LEADS: 3}


@dataclass(frozen=True, slots=True)
class Parted:
    """Where what is known here and what is offered part: `own` and `theirs` follow `common`.

    `theirs` is empty where the central store has lost `own`, and nobody went on in another way.
    `shared` ends with `common`.
    """

    shared: Chain
    own: Chain
    theirs: Chain

    @property
    def common(self) -> SignedMembership | None:
        """The latest record of both; None where there is none."""
        return self.shared[-1] if self.shared else None

    @property
    def mine(self) -> Membership:
        """The latest record that is known here."""
        last = self.own[-1] if self.own else self.common
        assert last is not None
        return last.record

    @property
    def last(self) -> SignedMembership:
        """The latest record that is offered, as it was signed."""
        last = self.theirs[-1] if self.theirs else self.common
        assert last is not None
        return last

    @property
    def other(self) -> Membership:
        """The latest record that is offered."""
        return self.last.record


def parted(known: Chain, offered: Chain) -> Parted:
    """Compare the records known here with all that are offered, from the first one on."""
    pairs = zip(known, offered, strict=False)
    count = len(list(takewhile(lambda pair: pair[0].body == pair[1].body, pairs)))
    return Parted(known[:count], known[count:], offered[count:])


def verified(reading: Reading, before: SignedMembership | None, signed: SignedMembership) -> None:
    """NotBelieved when its author did not write this record, or may not write it after that one."""
    try:
        record = signed.record
    except Malformed:
        raise NotBelieved(rule="members") from None
    author = organisations.owner(reading, record.author, record.org)
    if author is None:
        raise NotBelieved(rule="who signed the members")
    key = organisations.signing_key(reading, record.author)
    message = to_sign(Purpose.MEMBERSHIP, signed.body)
    if not reading.place.keys.verify(key, signed.signature, message):
        raise NotBelieved(rule="signature of the members")
    who = (author.org, author.user)
    if not may_follow(before, record, who, _named(reading, record, who)):
        raise NotBelieved(rule="who may change the members")


def believed(reading: Reading, at: Parted) -> Chain:
    """As much of what is offered as may follow what both have in common; each was verified.

    The latest ones are not when a device signed them that is revoked: they may have been written
    after it was lost. One that somebody else has gone on from is.
    """
    theirs = at.theirs
    while theirs and _is_revoked(reading, theirs[-1]):
        theirs = theirs[:-1]
    if not at.own or any(_joins(reading, at.own[-1], one) for one in theirs):
        return theirs
    if theirs and _took_nothing(at) and _is_by_leads_of_both(reading, at, theirs):
        return theirs
    return ()


def _is_revoked(reading: Reading, signed: SignedMembership) -> bool:
    author = organisations.owner(reading, signed.record.author, signed.record.org)
    return author is None or author.revoked


def _joins(reading: Reading, tip: SignedMembership, signed: SignedMembership) -> bool:
    """Whether this record goes on from the branch that ends here with `tip`, or from later on it.

    What lies between comes with it, and is verified like all else.
    """
    record = signed.record
    listed = [one.hash for one in record.joined]
    if tip.hash not in listed or _is_revoked(reading, signed):
        return False
    for one in record.joined[listed.index(tip.hash) + 1 :]:
        try:
            verified(reading, tip, one)
        except NotBelieved:
            return False
        tip = one
    author = organisations.owner(reading, record.author, record.org)
    if author is None:
        return False
    who = (author.org, author.user)
    return may_join(tip, record, who, _named(reading, record, who))


def _named(reading: Reading, record: Membership, who: Who) -> int:
    return members.leads_until(reading, record.org, record.case, who)


def _took_nothing(at: Parted) -> bool:
    """Whether the branch known here made no new key and gave nobody less than before."""
    assert at.common is not None
    old, new = at.common.record, at.mine
    return new.epoch == old.epoch and all(
        _rank(new, (one.org, one.user)) >= _RANKS[one.role] for one in old.members
    )


def _is_by_leads_of_both(reading: Reading, at: Parted, theirs: Chain) -> bool:
    """Whether all of it is by people who lead by what is known here; else it waits to be joined.

    Who leads by both joins them, so that nothing that was wished for is lost.
    """
    me = organisations.owner(reading, reading.place.keys.device_id)
    if me is None or leads_both(reading, at, (me.org, me.user)):
        return False
    authors = [organisations.owner(reading, one.record.author, one.record.org) for one in theirs]
    return all(one and not one.revoked and at.mine.leads(one.org, one.user) for one in authors)


def leads_both(reading: Reading, at: Parted, who: Who) -> bool:
    """Whether somebody may write a record that goes on from both branches.

    Who leads by both, or is named by the organisation.
    """
    if at.mine.leads(*who) and at.other.leads(*who):
        return True
    until = _named(reading, at.other, who)
    return is_named((*at.shared, *at.theirs), who, until)


# --- what both together say -------------------------------------------------------------------


def together(reading: Reading, at: Parted) -> tuple[Member, ...]:
    """Who is in the case when both branches are joined.

    Who got less on one of them, or was put out, has the less of both, whoever wrote it. More than
    before gives only who leads by both, with a laptop that is not lost: a branch begun from an
    older record brings nobody in that its author could not have asked in anyway.
    """
    assert at.common is not None
    base = at.common.record
    sides = (_Side(reading, at, at.own), _Side(reading, at, at.theirs))
    listed = {(m.org, m.user): None for one in (base, at.mine, at.other) for m in one.members}
    found = []
    for who in listed:
        before = base.role_of(*who)
        roles = sorted((side.role_of(who) for side in sides), key=_RANKS.__getitem__)
        role = roles[0] if _RANKS[roles[0]] < _RANKS[before] else roles[1]
        if role is not None:
            found.append(Member(*who, role))
    return tuple(found)


class _Side:
    """One branch: which role it gives to whom, as far as it may."""

    def __init__(self, reading: Reading, at: Parted, chain: Sequence[SignedMembership]) -> None:
        assert at.common is not None
        self._base = at.common.record
        self._reading, self._at = reading, at
        self._records = [one.record for one in chain]

    def role_of(self, who: Who) -> Role | None:
        """What they may do by this branch; what they had before where it may not give more."""
        before = self._base.role_of(*who)
        if not self._records:
            return before
        now = self._records[-1].role_of(*who)
        if _RANKS[now] <= _RANKS[before] or self._may_give(self._giver(who, now)):
            return now
        return before

    def _giver(self, who: Who, now: Role | None) -> Membership:
        """The record that gave them what they have."""
        giver = self._records[-1]
        for record in reversed(self._records):
            if record.role_of(*who) != now:
                break
            giver = record
        return giver

    def _may_give(self, record: Membership) -> bool:
        author = organisations.owner(self._reading, record.author, record.org)
        if author is None or author.revoked:
            return False
        return leads_both(self._reading, self._at, (author.org, author.user))


def _rank(record: Membership, who: Who) -> int:
    return _RANKS[record.role_of(*who)]
