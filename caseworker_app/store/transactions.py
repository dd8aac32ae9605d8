"""The two doors of a store: a view of it at one moment, and a transaction that writes.

What `Changing` is told becomes one signed change per case, and the tables follow in the same
transaction. Rows never leave: values go in and values come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection

from caseworker_app import errors
from caseworker_app.domain.changes import REMOVED, Change, Edit, Field, Header, ValueState
from caseworker_app.domain.clock import followed, tick
from caseworker_app.domain.entity import Entity
from caseworker_app.store import bodies, codec, log, projection, tables
from caseworker_app.store.keys import Keys

E = TypeVar("E", bound=Entity)

_OWNERS = ("conversation", "goal")
"""Fields that name a value of that kind. A member of one case may write the id of any other's."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a transaction knows of its store: its id, the keys lent to it, the source of ids."""

    store: UUID
    keys: Keys
    new_id: Callable[[], UUID]


class Reading:
    """A view of the store as it is at one moment."""

    def __init__(self, place: Place, connection: Connection) -> None:
        self.place = place
        self.connection = connection

    def get(self, cls: type[E], value_id: UUID) -> E | None:
        """The value with this id, removed or not; None when there is none."""
        row = self.connection.exec_driver_sql(
            f"{projection.select(cls.kind)} WHERE id = ?", (value_id.bytes,)
        ).fetchone()
        return projection.value(cls, row) if row else None

    def all(self, cls: type[E], *, removed: bool = False, **where: object) -> list[E]:
        """The values whose fields equal `where`, in the order in which they were made.

        What says that it belongs to a conversation or a goal counts in the same case alone.
        """
        owners = [name for name in _OWNERS if where.get(name) is not None]
        wanted = {"case_id" if name == "case" else name: value for name, value in where.items()}
        if not removed:
            wanted[REMOVED] = False
        # IS finds what is not set as well as what equals
        conditions = " AND ".join(
            [f"{name} IS ?" for name in wanted]
            + [f"+case_id IS (SELECT case_id FROM {name} WHERE id = ?)" for name in owners]  # noqa: S608
        )
        rows = self.connection.exec_driver_sql(
            f"{projection.select(cls.kind)} WHERE {conditions or 1} ORDER BY _row",
            tuple(codec.plain(value) for value in (*wanted.values(), *map(where.get, owners))),
        )
        return [projection.value(cls, row) for row in rows]

    def disputed(self, cls: type[E], case: UUID) -> list[E]:
        """The values of a case in which two people wrote different things unseen by each other."""
        rows = self.connection.exec_driver_sql(
            f"{projection.select(cls.kind)} WHERE case_id = ? AND _disputed", (case.bytes,)
        )
        return [projection.value(cls, row) for row in rows]

    def bookmark(self, conversation: UUID) -> tuple[str, str] | None:
        """(section, question) where this laptop left the conversation."""
        row = self.connection.exec_driver_sql(
            "SELECT section, question FROM bookmark WHERE conversation = ?", (conversation.bytes,)
        ).fetchone()
        return (row[0], row[1]) if row else None

    def blob(self, blob_id: UUID) -> bytes:
        """The bytes of a document from before there were seals. KeyError if they are not here."""
        row = self.connection.exec_driver_sql(
            "SELECT case_id, epoch, sealed FROM blob WHERE id = ?", (blob_id.bytes,)
        ).fetchone()
        if row is None:
            raise KeyError(blob_id)
        case, epoch = UUID(bytes=row[0]), row[1]
        wrapped = log.wrapped_keys(self.connection, case)[case, epoch]
        return self.place.keys.open(case, epoch, wrapped, row[2], blob_id.bytes)

    def wrapped_key(self, case: UUID) -> tuple[int, bytes]:
        """(epoch, wrapped key) that is current in a case; (0, b"") before its first change."""
        row = self.connection.exec_driver_sql(
            "SELECT epoch, wrapped FROM case_key WHERE case_id = ? ORDER BY epoch DESC LIMIT 1",
            (case.bytes,),
        ).fetchone()
        return (row[0], row[1]) if row else (0, b"")


class Changing(Reading):
    """A transaction that writes: one change per case out of all it was told."""

    def __init__(self, place: Place, connection: Connection, now: datetime) -> None:
        super().__init__(place, connection)
        self._now = now
        self._pending: dict[UUID, dict[UUID, tuple[Entity, Entity | None]]] = {}

    def put(self, value: E, seen: E | None = None) -> E:
        """Keep the value. `seen` is the one the author had before them, if it may be outdated."""
        self._pending.setdefault(value.case, {})[value.id] = (value, seen)
        return value

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of the transaction that leaves nothing behind when it fails."""
        run = self.connection.exec_driver_sql
        run("SAVEPOINT part")
        try:
            yield
        except BaseException:
            run("ROLLBACK TO part")
            run("RELEASE part")
            raise
        run("RELEASE part")

    def set_bookmark(self, conversation: UUID, section: str, question: str) -> None:
        """Remember on this laptop where the conversation was left. No change, nothing to share."""
        self.connection.exec_driver_sql(
            "INSERT OR REPLACE INTO bookmark (conversation, section, question) VALUES (?, ?, ?)",
            (conversation.bytes, section, question),
        )

    def write(self) -> None:
        """Write what was put, as one change per case. Called by the store at the end."""
        for case, values in self._pending.items():
            states: dict[UUID, ValueState] = {}
            edits: list[Edit] = []
            weight = 0
            for value, seen in values.values():
                more = self._edits(value, seen, states)
                if edits and weight + bodies.weight(more) >= bodies.MOST_WEIGHT:
                    self.append(case, edits, states)  # as much as one change may hold
                    edits, weight = [], 0
                edits += more
                weight += bodies.weight(more)
            if edits:
                self.append(case, edits, states)
        self._pending.clear()

    def _edits(
        self, value: Entity, seen: Entity | None, states: dict[UUID, ValueState]
    ) -> list[Edit]:
        """What the author changed, with the heads that the author saw; fills in `states`."""
        state, current = projection.load(self.connection, type(value), value.id, value.case)
        states[value.id] = state
        before = seen if seen is not None else current
        edits = []
        for name, new in value.differences(before).items():
            plain = codec.plain(new)
            # a moment that differs by less than is kept has not changed
            if before is None or plain != codec.plain(getattr(before, name)):
                bases = self._bases(state, value, name, seen)
                edits.append(Edit(value.kind, value.id, name, plain, bases))
        return edits

    def _bases(
        self, state: ValueState, value: Entity, name: str, seen: Entity | None
    ) -> tuple[UUID, ...]:
        """The heads that the author had before them.

        In a dispute that is the one they saw, so the other stays until somebody settles it. Where
        they still had an older value, it is what the heads of today replaced.
        """
        heads = state.fields.get(name, Field()).heads
        if seen is None or not heads or name == REMOVED:
            return state.heads_of(name)
        old = codec.plain(getattr(seen, name))
        known = tuple(head.change for head in heads if head.value == old)
        if known:
            return known
        before = [log.edits_of(self.connection, self.place.keys, head.change) for head in heads]
        return tuple(
            base
            for edits in before
            for edit in edits
            if edit.entity == value.id and edit.field == name
            for base in edit.bases
        )

    def append(
        self,
        case: UUID,
        edits: list[Edit],
        states: dict[UUID, ValueState] | None = None,
        *,
        travels: bool = True,
    ) -> UUID:
        """Write edits as one change of this device; its id. `states` are those just loaded.

        DocumentTooLarge for more than `travels`.
        """
        epoch, wrapped = self._case_key(case)
        keys = self.place.keys
        sequence, previous, clock = log.tail(
            self.connection, case, keys.device_id, followed(self._now)
        )
        header = Header(
            self.place.store,
            case,
            self.place.new_id(),
            keys.device_id,
            sequence + 1,
            previous,
            tick(clock, self._now),
            tables.SCHEMA,
            epoch,
        )
        log.append(self.connection, keys, header, wrapped, edits, travels=travels)
        projection.apply(self.connection, [Change(header, tuple(edits))], states)
        return header.change

    def _case_key(self, case: UUID) -> tuple[int, bytes]:
        epoch, wrapped = self.wrapped_key(case)
        if wrapped:
            return epoch, wrapped
        if self._is_shared(case):  # its key is still to come: another one would lock everybody out
            raise errors.CaseworkerError
        if self._was_erased(case):  # by whoever still has a page of it open: it would begin anew
            raise errors.FileHasLeft
        wrapped = self.place.keys.new_case_key(case, 1)
        self.connection.exec_driver_sql(
            "INSERT INTO case_key (case_id, epoch, wrapped) VALUES (?, ?, ?)",
            (case.bytes, 1, wrapped),
        )
        return 1, wrapped

    def _is_shared(self, case: UUID) -> bool:
        query = "SELECT 1 FROM membership WHERE case_id = ? LIMIT 1"
        return self.connection.exec_driver_sql(query, (case.bytes,)).first() is not None

    def _was_erased(self, case: UUID) -> bool:
        query = "SELECT 1 FROM erasure WHERE case_id = ?"
        return self.connection.exec_driver_sql(query, (case.bytes,)).first() is not None
