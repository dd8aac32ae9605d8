"""Whether signed records show that a user is in a case; the central store's word counts nothing.

A single record shows nothing: any laptop can sign a first one for any case, and who runs the
central store can put the real ones out of sight. So the chain of each case is verified from its
first record on, as laptops verify it, and it is told apart who let the user in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from caseworker_app.sync.wire.directory import DeviceEntry, Directory, SignedDirectory, believed
from caseworker_app.sync.wire.membership import (
    Membership,
    SignedMembership,
    key_checks,
    may_follow,
)
from caseworker_app.sync.wire.packing import Malformed
from caseworker_app.sync.wire.signing import Purpose, to_sign, verify


@dataclass(frozen=True, slots=True)
class Shown:
    """What the records of a case show: the user is in it by the latest one.

    `epochs` are the keys that the records speak of. `by_others`: the record that let the user in is
    by a colleague's laptop that is in use still, or the organisation has named the user to lead.
    Otherwise it says no more than that the user's own laptop, or a lost one, signed it.
    """

    epochs: frozenset[int]
    by_others: bool


@dataclass(frozen=True, slots=True)
class _Signer:
    org: UUID
    entry: DeviceEntry

    @property
    def who(self) -> tuple[UUID, UUID]:
        return self.org, self.entry.user


Signers = Mapping[UUID, _Signer]


def shown(
    directory: Directory,
    partners: Iterable[SignedDirectory],
    records: Iterable[SignedMembership],
    user: UUID,
) -> dict[UUID, Shown]:
    """The cases in which the records show this user of the organisation, each with how.

    `directory` is believed already; of `partners` count those that it names.
    """
    signers = _signers(directory, partners)
    chains: dict[UUID, list[SignedMembership]] = {}
    for signed in _sensible(records):
        chains.setdefault(signed.record.case, []).append(signed)
    found = {}
    for case, chain in chains.items():
        chain.sort(key=lambda one: one.record.version)
        if _holds(chain, signers, directory):
            said = _said([one.record for one in chain], signers, directory, user)
            if said is not None:
                found[case] = said
    return found


def _signers(directory: Directory, partners: Iterable[SignedDirectory]) -> Signers:
    found: dict[UUID, _Signer] = {}
    for signed in partners:
        try:
            entry = directory.partner(signed.directory.org)
        except Malformed:
            continue
        theirs = believed(signed, entry.root) if entry else None
        if theirs is not None:
            found |= {one.id: _Signer(theirs.org, one) for one in theirs.devices}
    return found | {one.id: _Signer(directory.org, one) for one in directory.devices}


def _sensible(records: Iterable[SignedMembership]) -> Iterable[SignedMembership]:
    for signed in records:
        try:
            signed.record  # noqa: B018 - what says nothing sensible leaves a gap in its chain
        except Malformed:
            continue
        yield signed


def _holds(chain: Sequence[SignedMembership], signers: Signers, directory: Directory) -> bool:
    """Whether each record is by a listed laptop of somebody who may write it after the one before.

    Laptops that were revoked since are listed, too: what they signed before is still a part of it.
    """
    if chain[0].record.org != directory.org:
        return False
    befores: list[SignedMembership | None] = [None, *chain]
    try:
        return all(
            _may_follow(before, signed, signers, directory)
            for before, signed in zip(befores, chain, strict=False)
        )
    except Malformed:  # a record that a later one carries with it
        return False


def _may_follow(
    before: SignedMembership | None,
    signed: SignedMembership,
    signers: Signers,
    directory: Directory,
) -> bool:
    record = signed.record
    author = signers.get(record.author)
    if author is None:
        return False
    message = to_sign(Purpose.MEMBERSHIP, signed.body)
    named = directory.leads_until(record.case, *author.who)
    return verify(author.entry.signing, signed.signature, message) and may_follow(
        before, record, author.who, named
    )


def _said(
    chain: Sequence[Membership], signers: Signers, directory: Directory, user: UUID
) -> Shown | None:
    """None when the latest record does not name the user.

    What counts is the record that let them in. Later ones count nothing: a colleague's laptop signs
    those by itself, for example when a laptop was lost, on top of whatever names it as leading.
    """
    who = directory.org, user
    giver = None
    for record in reversed(chain):
        if record.role_of(*who) is None:
            break
        giver = record
    if giver is None:
        return None
    author = signers[giver.author]
    by_others = author.who != who and not author.entry.revoked
    named = giver.version <= directory.leads_until(giver.case, *who)
    epochs = frozenset(epoch for record in chain for epoch in key_checks(record))
    return Shown(epochs, by_others or named)
