"""Work of those who may not write, and who lets it in: a laptop that leads, or the office.

A laptop in the wrong hands writes and pushes all the same; nothing of that may ever be taken for
the word of somebody who may.
"""

from __future__ import annotations

from uuid import UUID

from caseworker_app.domain.sharing import Role
from caseworker_app.services.exchange import sharing
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import chains, members, organisations
from caseworker_app.store.organisations import Organisation
from caseworker_app.sync.link import Revoked
from caseworker_app.sync.refusals import Refused, Unreachable
from caseworker_app.sync.wire.directory import Released
from tests.sync.simulation import ledger
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.world import World


def let_somebody_read(world: World) -> None:
    """In each case somebody may only read, and knows it."""
    for case in world.cases:
        leading = [one for one in world.laptops if world.role_of(one, case) is Role.LEADS]
        others = [user for user in world.users if leading and user != leading[0].user]
        if others:
            world.wish(leading[0], case, world.chance.choice(others), Role.READS)
            world.exchange(leading[0])
    for laptop in world.laptops:
        world.exchange(laptop)


def push_all_the_same(world: World, laptop: Laptop, case: UUID) -> None:
    """A laptop whose user only reads pushes what it wrote, as if it might."""
    record = world.record(case)
    with laptop.store.reading() as reading:
        known = members.latest(reading, case)
        waiting = chains.waiting(reading, case, laptop.device.id)
    batches = list(chains.packed(waiting))
    if record is None or known is None or not batches:
        return
    role = record.role_of(world.org_of(laptop.user), laptop.user)
    if role is not Role.READS:
        return
    link = Way(laptop.line, laptop.watch).link(laptop.store, _host(laptop, record.org))
    try:
        outcome = link.push(batches[:1]).outcomes[0]
    except (Refused, Unreachable, Revoked):
        return
    if not outcome.refused:
        world.problems.append(f"what {laptop.name} wrote was taken, and its user may only read")
    world.trace.note(laptop.name, "pushes all the same:", outcome.refused)


def _host(laptop: Laptop, org: UUID) -> Organisation:
    with laptop.store.reading() as reading:
        known = organisations.of(reading, org)
    assert known is not None
    return known


def let_in(world: World, laptop: Laptop, case: UUID) -> None:
    """Who leads a case lets in what people handed in who may not write there."""
    sharing.let_late_work_in(laptop.store, case, laptop.watch())
    world.trace.note(laptop.name, "lets late work in", case)


def release(world: World) -> None:
    """Each office lets in all that signed-off laptops handed in."""
    ends: dict[tuple[UUID, UUID], dict[UUID, Released]] = {}
    signed_off = {laptop.device.id for laptop in world.revoked}
    for row in sorted(world.central.rows("aside"), key=lambda row: int(row["sequence"])):
        if row["device_id"] in signed_off:
            end = Released(row["device_id"], row["case_id"], row["sequence"], bytes(row["hash"]))
            ends.setdefault((row["org_id"], end.device), {})[end.case] = end
    for (org, _device), by_case in sorted(ends.items()):
        world.release(org, [by_case[case] for case in sorted(by_case)])


def settle(world: World) -> bool:
    """Release what a signed-off laptop handed in, where it waits at a colleague's as well.

    Whoever leads closed its chain before: the central store was put back, and did not know better.
    """
    aside = ledger.aside_at(world.central)
    signed_off = {laptop.device.id.bytes for laptop in world.revoked}
    for laptop in world.laptops:
        with laptop.store.reading() as reading:
            rows = reading.connection.exec_driver_sql(
                "SELECT device, hash FROM waiting JOIN change USING (case_id, device, sequence)"
            )
            if any(device in signed_off and digest in aside for device, digest in rows):
                release(world)
                return True
    return False


def violated(world: World) -> list[str]:
    """What the office let in lies nowhere aside any more, if there is a stream for it."""
    signed_off = {laptop.device.id: laptop.name for laptop in world.revoked}
    cases = {row["case_id"] for row in world.central.rows("stream")}
    left = {
        (signed_off[row["device_id"]], row["case_id"])
        for row in world.central.rows("aside")
        if row["device_id"] in signed_off and row["case_id"] in cases
    }
    return [f"{case}: work of {name} was let in, and lies aside" for name, case in sorted(left)]
