"""What an organisation settles: two lists of who is in a case that no laptop may join.

Only somebody who leads by both ends may join two branches of records, and only on a laptop that
knows the lost one. Where there is none, laptops say so to their coaches, who call the office; it
names one of them to lead the case.
"""

from __future__ import annotations

from uuid import UUID

from caseworker_app.store import members
from caseworker_app.sync.wire.membership import SignedMembership
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.world import World


def settle(world: World) -> bool:
    """The office names somebody for each such case, once; whether there was one."""
    named = [_settle(world, case) for case in world.cases]
    return any(named)


def _settle(world: World, case: UUID) -> bool:
    record = world.record(case)
    office = next((one for one in world.offices if record and one.org == record.org), None)
    if record is None or office is None or office.named(case):
        return False
    there = {SignedMembership(one["body"], b"").hash for one in world.central.rows("record")}
    apart = {one: tip for one in world.laptops if (tip := _tip(one, case)) is not None}
    apart = {one: tip for one, tip in apart.items() if tip.hash not in there}
    for one, tip in apart.items():
        who = (world.org_of(one.user), one.user)
        if tip.record.leads(*who) and record.leads(*who):
            return False  # they join them without anybody
    for one in apart:
        if world.org_of(one.user) == office.org:
            office.name(case, one.user, record.version + 10)
            world.publish()
            world.trace.note("the office names", world.users.index(one.user), case)
            return True
    return False


def _tip(laptop: Laptop, case: UUID) -> SignedMembership | None:
    with laptop.store.reading() as reading:
        return members.latest(reading, case)
