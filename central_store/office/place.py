"""The office at work: an engine of the tables' owner, and the organisation it works for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from central_store import tables as t
from central_store.database import transaction
from central_store.office.errors import OfficeError

T = TypeVar("T")
LEAST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Office:
    """One organisation at one central store."""

    engine: Engine
    org: UUID
    handle: str

    def work(self) -> AbstractContextManager[Connection]:
        """A transaction in which there are the rows of this organisation and no others."""
        return transaction(self.engine, self.org)


def offices(engine: Engine) -> list[Office]:
    """One for each organisation of this central store, by their handles."""
    o = t.organisation.c
    with engine.begin() as db:
        found = db.execute(select(o.org_id, o.handle).order_by(o.handle)).all()
    return [Office(engine, row.org_id, row.handle) for row in found]


def office_of(engine: Engine, handle: str | None = None) -> Office:
    """The office of this organisation; without a handle, of the only one there is."""
    there = offices(engine)
    if handle is None and len(there) == 1:
        return there[0]
    for one in there:
        if one.handle == handle:
            return one
    if not there:
        raise OfficeError(
            "There is no organisation here yet, or none that this role may see.",
            "Nothing was changed.",
            "Take one in with `organisation admit FILE`, as the role that owns the tables.",
        )
    known = ", ".join(one.handle for one in there)
    raise OfficeError(
        "There are several organisations." if handle is None else f"There is no “{handle}” here.",
        "Nothing was changed.",
        f"Say which with --organisation. Here are: {known}.",
    )


def the_one(typed: str, among: Iterable[T], id_of: Callable[[T], UUID], kind: str) -> T:
    """What has this id, or an id that begins so. OfficeError when there is none, or several."""
    begins = typed.lower().replace("-", "")
    found = [one for one in among if id_of(one).hex.startswith(begins)]
    if len(begins) >= LEAST_LETTERS and len(found) == 1:
        return found[0]
    raise OfficeError(
        f"No {kind} has the id {typed}." if not found else f"Several have an id like {typed}.",
        "Nothing was changed.",
        f"List them, and give the id or at least its first {LEAST_LETTERS} letters.",
    )
