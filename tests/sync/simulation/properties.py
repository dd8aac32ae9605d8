"""What must hold when the network has been quiet and everybody has exchanged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from caseworker_app.domain.changes import Change
from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.sharing import Role
from caseworker_app.services import checking
from caseworker_app.services.exchange import noticed
from caseworker_app.store import log, members, projection, streams
from caseworker_app.store.connection import driver
from caseworker_app.store.remembered import recall
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.changes import NOTHING, added, unpacked_header
from caseworker_app.sync.wire.membership import Membership
from tests.sync.simulation import late, ledger, papers, said
from tests.sync.simulation.kinds import Kind
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.world import NOBODY, World

WRITING = (Role.WRITES, Role.LEADS)

Rows = dict[str, list[tuple[Any, ...]]]


def changes_of(connection: Connection, keys: log.Keys, case: UUID) -> list[Change]:
    """All changes of a case on a laptop, opened."""
    wrapped = log.wrapped_keys(connection, case)
    return [log.opened(keys, entry, wrapped) for entry in log.entries(connection, case)]


def shown(connection: Connection, case: UUID) -> Rows:
    """All that people can see of a case: every row, and what is in dispute."""
    return {
        kind: sorted(
            tuple(row)
            for row in driver(connection).execute(
                f"SELECT id, _disputed, {', '.join(projection.COLUMNS[kind])} FROM {kind}"
                " WHERE case_id = ?",
                (case.bytes,),
            )
        )
        for kind in KINDS
    }


def wrongly_shown(store: Store, case: UUID) -> list[str]:
    """Where the tables of a case are not what its changes say, worked out in another way."""
    with store.reading() as reading:
        found = said.laid(changes_of(reading.connection, store.keys, case))
        wrong = []
        for kind, value_id in sorted(found.values()):
            if kind not in KINDS:
                continue
            state, value = projection.load(reading.connection, KINDS[kind], value_id, case)
            plain = said.plain_fields(value)
            wrong += said.differences(found, (kind, value_id), state, plain)
    return wrong


def texts_in(stores: Iterable[Store], case: UUID) -> set[str]:
    """Every text that the changes of a case hold on any of these laptops."""
    texts: set[str] = set()
    for store in stores:
        with store.reading() as reading:
            texts |= said.laid(changes_of(reading.connection, store.keys, case)).texts()
    return texts


# --- a whole world ------------------------------------------------------------------------------


def standing(world: World) -> object:
    """Everything that an exchange may move."""
    central = world.central
    there = [
        [
            (row["case_id"], row["seq"], row["digest"], row["membership"])
            for row in central.rows("stream")
        ],
        len(central.rows("record")),
        len(central.rows("wrap")),
        len(central.rows("aside")),
        len(central.rows("erasure")),
    ]
    papers_stand = (
        [papers.standing(one) for one in world.laptops] if Kind.PAPERS in world.kinds else []
    )
    return there, [_standing(store) for store in world.stores()], papers_stand


def _standing(store: Store) -> object:
    with store.reading() as reading:
        return streams.streams(reading), streams.unsent(reading), members.wishes(reading)


def violated(world: World) -> list[str]:
    """Everything that does not hold, in words that name no content."""
    wrong = []
    for case in world.cases:
        wrong += [f"{case}: {problem}" for problem in _of_case(world, case)]
    wrong += [f"{one} says the central store went back" for one in _false_alarms(world)]
    wrong += papers.violated(world) if Kind.PAPERS in world.kinds else []
    wrong += late.violated(world) if Kind.LATE in world.kinds else []
    for laptop in world.laptops[:1]:
        wrong += [f"{laptop.name}: {f}" for f in checking.check_open(laptop.store).findings]
    return wrong


def _false_alarms(world: World) -> list[str]:
    """Who tells their coach that the central store was put back, where nothing ever was."""
    if world.laptop_was_put_back or world.central.was_put_back:
        return []
    found = []
    for laptop in world.laptops:
        with laptop.store.reading() as reading:
            if recall(reading, noticed.GONE_BACK, 0):
                found.append(laptop.name)
    return found


def _of_case(world: World, case: UUID) -> list[str]:
    record = world.record(case)
    expected = world.ledger.expected.get(case, set())
    if record is None:
        return ["it has no stream"] if expected else []
    wrong = _stream_broken(world, case, record)
    inside = world.laptops_in(record)
    at_central = world.ledger.texts(ledger.hashes_at(world.central, case))
    excused = _excused(world, case, record)
    missing = expected - at_central - excused
    if missing:
        wrong.append(f"lost at the central store: {sorted(missing)}")
    if world.nobody_can_lead(case):
        return wrong  # a lost laptop's chain stays open, and colleagues wait for its end
    rows = [_shown(one.store, case) for one in inside if not _sits_on_its_own(world, one, case)]
    if any(one != rows[0] for one in rows):
        wrong.append("laptops do not show the same")
    for laptop in inside:
        wrong += [
            f"{laptop.name}: {problem}" for problem in _on_laptop(world, laptop, case, at_central)
        ]
    for laptop in world.laptops:
        if laptop not in inside:
            wrong += [f"{laptop.name} is out and {left}" for left in _left_over(laptop.store, case)]
    return wrong


def _sits_on_its_own(world: World, laptop: Laptop, case: UUID) -> bool:
    """Whether it wrote what nobody may take in any more: its user was made a reader meanwhile."""
    if world.role_of(laptop, case) in WRITING:
        return False
    with laptop.store.reading() as reading:
        return any(one.case == case for one in streams.unsent(reading))


def _shown(store: Store, case: UUID) -> Rows:
    with store.reading() as reading:
        return shown(reading.connection, case)


def _on_laptop(world: World, laptop: Laptop, case: UUID, at_central: set[str]) -> list[str]:
    wrong = wrongly_shown(laptop.store, case)
    missing = at_central - world.ledger.texts(ledger.hashes_on(laptop.store, case))
    if missing:
        wrong.append(f"lacks {sorted(missing)}")
    with laptop.store.reading() as reading:
        here = streams.stream(reading, case)
        waiting = [one.changes for one in streams.unsent(reading) if one.case == case]
    head = world.central.rows("stream", case_id=case)[0]
    if here is None or (here.cursor, here.digest) != (head["seq"], bytes(head["digest"])):
        wrong.append("stands elsewhere in the stream")
    if waiting and world.role_of(laptop, case) in WRITING:
        wrong.append(f"{waiting[0]} changes were never handed over")
    return wrong


def _excused(world: World, case: UUID, record: Membership) -> set[str]:
    """What lies aside, or still with somebody who may not write any more: not lost, not let in."""
    texts = world.ledger.texts(ledger.aside_at(world.central))
    for laptop in world.laptops:
        if record.role_of(world.org_of(laptop.user), laptop.user) not in WRITING:
            texts |= world.ledger.texts(ledger.hashes_on(laptop.store, case))
    return texts


def _left_over(store: Store, case: UUID) -> list[str]:
    found = []
    with store.reading() as reading:
        for table in ("change", "case_key", "blob", "membership", "stream", *KINDS):
            count = reading.connection.exec_driver_sql(
                f"SELECT count(*) FROM {table} WHERE case_id = ?", (case.bytes,)
            ).scalar_one()
            if count:
                found.append(f"still has {count} rows in {table}")
    return found


def _stream_broken(world: World, case: UUID, record: Membership) -> list[str]:
    """The central store's own account of a stream."""
    wrong = []
    rows = world.central.stream(case)
    hashes = ledger.hashes_at(world.central, case)
    head = world.central.rows("stream", case_id=case)[0]
    digest = NOTHING
    for one in hashes:
        digest = added(digest, one)
    if [row["seq"] for row in rows] != list(range(1, head["seq"] + 1)):
        wrong.append("the numbers have gaps")
    if digest != bytes(head["digest"]):
        wrong.append("the digest is another one")
    ends: dict[UUID, tuple[int, bytes]] = {}
    owners = {one.device.id: one.user for one in (*world.laptops, *world.revoked)}
    for row, one in zip(rows, hashes, strict=True):
        header = unpacked_header(row["header"])
        if (header.sequence - 1, header.previous) != ends.get(header.device, (0, b"")):
            wrong.append(f"the chain of {header.device} is broken")
        ends[header.device] = header.sequence, one
        user = owners.get(header.device, NOBODY)
        if not record.admits(world.org_of(user), user, header.device, header.sequence):
            wrong.append(f"a change of {header.device} is there, which may not write that")
    tails = {
        row["device_id"]: (row["sequence"], bytes(row["hash"]))
        for row in world.central.rows("tail", case_id=case)
    }
    if tails != ends:
        wrong.append("the ends of chains are others")
    return wrong
