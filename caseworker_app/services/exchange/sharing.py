"""Who works with a case, and what the coach wants to be different about it.

Every act is a wish that is kept on this laptop, so that it works without a network; the next
exchange carries it out.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from caseworker_app.domain import clock
from caseworker_app.domain.exchange import CaseMember, CaseSharing, Colleague, Presence
from caseworker_app.domain.sharing import Role
from caseworker_app.services.exchange import colleagues, seen
from caseworker_app.services.exchange.way import milliseconds
from caseworker_app.store import members, organisations, streams
from caseworker_app.store.members import Wish
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.wire.membership import Membership

Known = dict[tuple[UUID, UUID], Colleague]


def view(store: Store, case: UUID) -> CaseSharing:
    """Who is in a case, with what is wished for, and who could be invited."""
    with store.reading() as reading:
        known = colleagues.all_of_them(reading)
        owner = organisations.owner(reading, store.keys.device_id)
        latest = members.latest(reading, case)
        stream = streams.stream(reading, case)
        wishes = {(w.org, w.user): w for w in members.wishes(reading, case)}
        me = (owner.org, owner.user) if owner else None
        record = latest.record if latest else None
        listed = _members(reading, record, known, wishes, me) if record else ()
        listed += _invited(known, wishes, record)
        listed += _gone(reading, case, record, known) if record else ()
        in_it = {(one.who.org, one.who.user) for one in listed if one.presence is not Presence.GONE}
        return CaseSharing(
            case=case,
            members=listed,
            others=tuple(
                one
                for of, one in known.items()
                if of not in in_it and of != me and _works(reading, one)
            )
            if owner
            else (),
            my_role=record.role_of(*me) if record and me else None,
            taken_away=stream is not None and stream.state is streams.State.TAKEN,
            late=len(seen.late(reading, case)),
            late_wanted=bool(seen.to_let_in(reading, case)),
            is_connected=owner is not None,
        )


def is_taken_away(store: Store, case: UUID) -> bool:
    """Whether this laptop's user is out of the case, and it only stays until all is handed in."""
    with store.reading() as reading:
        stream = streams.stream(reading, case)
    return stream is not None and stream.state is streams.State.TAKEN


def reads_along(store: Store, case: UUID) -> bool:
    """Whether this laptop's user may only read in the case: what they write waits to be let in."""
    with store.reading() as reading:
        latest = members.latest(reading, case)
        owner = organisations.owner(reading, store.keys.device_id)
    if latest is None or owner is None:
        return False
    return latest.record.role_of(owner.org, owner.user) is Role.READS


def invite(store: Store, case: UUID, who: Colleague, role: Role, now: datetime) -> None:
    """Ask somebody into the case."""
    _wish(store, case, who, role, now)


def change_role(store: Store, case: UUID, who: Colleague, role: Role, now: datetime) -> None:
    """Give somebody another role."""
    _wish(store, case, who, role, now)


def take_out(store: Store, case: UUID, who: Colleague, now: datetime) -> None:
    """Take somebody out. What they have seen they have seen; what comes next has another key."""
    _wish(store, case, who, None, now)


def hand_over(store: Store, case: UUID, to: Colleague, now: datetime) -> None:
    """Let somebody else lead the case, and leave it, once everything unsent is handed over."""
    with store.changing(now) as changing:
        owner = organisations.owner(changing, store.keys.device_id)
        assert owner is not None
        at = milliseconds(now)
        members.keep_wish(changing, Wish(case, to.org, to.user, Role.LEADS, at))
        members.keep_wish(changing, Wish(case, owner.org, owner.user, None, at))


def let_late_work_in(store: Store, case: UUID, now: datetime) -> None:
    """Let in what people handed in after they had left the case."""
    with store.changing(now) as changing:
        seen.let_in(changing, case)


def take_back_wish(store: Store, case: UUID, who: Colleague, now: datetime) -> None:
    """Leave it as it is."""
    with store.changing(now) as changing:
        for wish in members.wishes(changing, case):
            if (wish.org, wish.user) == (who.org, who.user):
                members.drop_wish(changing, wish)


def _wish(store: Store, case: UUID, who: Colleague, role: Role | None, now: datetime) -> None:
    with store.changing(now) as changing:
        members.keep_wish(changing, Wish(case, who.org, who.user, role, milliseconds(now)))


def _members(
    reading: Reading,
    record: Membership,
    known: Known,
    wishes: dict[tuple[UUID, UUID], Wish],
    me: tuple[UUID, UUID] | None,
) -> tuple[CaseMember, ...]:
    found = []
    for member in record.members:
        of = (member.org, member.user)
        wish = wishes.get(of)
        at, up_to_date = seen.last(reading, record.case, of)
        found.append(
            CaseMember(
                who=known.get(of) or colleagues.fellow_guest(reading, record.org, of),
                role=wish.role if wish and wish.role else member.role,
                presence=_presence(wish, member.role),
                is_me=of == me,
                seen=clock.at(at) if at else None,
                up_to_date=up_to_date,
            )
        )
    return tuple(found)


def _presence(wish: Wish | None, role: Role) -> Presence:
    if wish is None or wish.role is role:
        return Presence.HERE
    return Presence.LEAVING if wish.role is None else Presence.CHANGING


def _invited(
    known: Known, wishes: dict[tuple[UUID, UUID], Wish], record: Membership | None
) -> tuple[CaseMember, ...]:
    in_it = {(m.org, m.user) for m in record.members} if record else set()
    return tuple(
        CaseMember(known.get(of, Colleague(*of, "")), wish.role, Presence.INVITED)
        for of, wish in wishes.items()
        if of not in in_it and wish.role is not None
    )


def _gone(reading: Reading, case: UUID, record: Membership, known: Known) -> tuple[CaseMember, ...]:
    """Those who left and whose laptops proved to have erased the case, with the moment."""
    found = {}
    for device, at in seen.erased(reading, case).items():
        owner = organisations.owner(reading, device, record.org)
        if owner is None or record.role_of(owner.org, owner.user) is not None:
            continue
        of = (owner.org, owner.user)
        moment = clock.at(at)
        who = known.get(of, Colleague(*of, ""))
        found[of] = CaseMember(who, Role.READS, Presence.GONE, erased=moment)
    return tuple(found.values())


def _works(reading: Reading, who: Colleague) -> bool:
    known = organisations.of(reading, who.org)
    directory = known.directory if known else None
    return directory is not None and colleagues.may_be_invited(directory, who.user)
