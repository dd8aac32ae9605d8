"""What two people wrote differently, neither having seen the other: both texts stay, people decide.

A dispute is about one field of one value. The field `removed` is its own kind of dispute: somebody
changed what somebody else took out of view meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from caseworker_app.domain.changes import REMOVED, Field, Head, ValueState, comparable
from caseworker_app.domain.clock import moment
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.goals import Goal
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Conversation

Names = Callable[[UUID], str]
"""Who works on a device, by the directory of the organisation; "" for one that it does not name."""


@dataclass(frozen=True, slots=True, repr=False)
class Author:
    """Who wrote it and when. `name` is empty when nobody here knows whose laptop it is."""

    device: UUID
    name: str
    mine: bool
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Side:
    """One of the values to choose from, with everybody who wrote it.

    Where something was removed, `value` says whether it is to be removed, and `changed` names, for
    the side that keeps it, the fields that were changed meanwhile, with what they say now.
    """

    value: Any
    authors: tuple[Author, ...]
    changed: tuple[tuple[str, Any], ...] = ()

    @property
    def mine(self) -> bool:
        """Whether it was written on this laptop."""
        return any(author.mine for author in self.authors)

    @property
    def at(self) -> datetime:
        """When it was last written."""
        return max(author.at for author in self.authors)


@dataclass(frozen=True, slots=True, repr=False)
class Setting:
    """What stands around a value, so that a coach sees which one is meant.

    `number` is that of its goal among the goals of the case, 0 where there is none. `guides` are
    those that the value or its sides name, `others` the values that they point to.
    """

    coach: str = ""
    number: int = 0
    goal: Goal | None = None
    talk: Conversation | None = None
    guide: Guide | None = None
    guides: tuple[Guide, ...] = ()
    others: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Dispute:
    """One field of one value that has to be decided, the own side first.

    `about` is the value as it is shown meanwhile, `heads` are the changes that were there when it
    was looked at. `before` is what they replaced, if `before_known`. `draft` is what was begun on
    this laptop to stand instead of all sides.
    """

    person: Person | None
    about: Entity
    field: str
    sides: tuple[Side, ...]
    heads: frozenset[UUID]
    before: Any = None
    before_known: bool = False
    setting: Setting = Setting()
    draft: str = ""

    @property
    def key(self) -> tuple[UUID, str]:
        """What it is known by as long as it lasts."""
        return self.about.id, self.field

    @property
    def is_removal(self) -> bool:
        """Whether the question is if it stays at all."""
        return self.field == REMOVED


def disputed_fields(about: type[Entity], state: ValueState) -> tuple[str, ...]:
    """What has to be decided about a value: first whether it stays, then field by field.

    Nothing about a value that is out of view. What a newer program calls its fields is left to it.
    """
    if state.gone:
        return ()
    apart = {REMOVED, *state.disputed} if _was_removed(state) else {*state.disputed} - {REMOVED}
    return tuple(name for name in about.field_names() if name in apart)


def sides_of(
    about: Entity,
    state: ValueState,
    name: str,
    typed: Callable[[str, Any], Any],
    author: Callable[[Head], Author],
) -> tuple[Side, ...]:
    """The values to choose from: the own first, then in the order in which they were written."""
    if name == REMOVED:
        return _stays_or_goes(about, state, author)
    by_value: dict[Any, list[Head]] = {}
    for head in state.fields[name].heads:
        by_value.setdefault(comparable(head.value), []).append(head)
    sides = (
        Side(typed(name, heads[0].value), _authors(heads, author)) for heads in by_value.values()
    )
    return tuple(sorted(sides, key=lambda side: (not side.mine, side.at)))


def author_of(head: Head, own: UUID, coach: str, names: Names) -> Author:
    """Who wrote a head, seen from the laptop `own` of this coach."""
    mine = head.device == own
    return Author(head.device, coach if mine else names(head.device), mine, moment(head.clock))


def _stays_or_goes(
    about: Entity, state: ValueState, author: Callable[[Head], Author]
) -> tuple[Side, ...]:
    """Edits that no remover has seen, and whoever brought it back, against those who removed it."""
    removals = [head for head in state.fields[REMOVED].heads if head.value]
    kept = [head for head in state.fields[REMOVED].heads if not head.value]
    seen = {change for head in removals for change in (head.change, *head.saw)}
    changed = []
    for name, register in state.fields.items():
        unseen = [head for head in register.heads if head.change not in seen]
        if name != REMOVED and unseen:
            kept += unseen
            changed.append(name)
    known = [(one, getattr(about, one)) for one in about.field_names() if one in changed]
    sides = (
        Side(False, _authors(kept, author), tuple(known)),  # noqa: FBT003 - a value, no switch
        Side(True, _authors(removals, author)),  # noqa: FBT003
    )
    return tuple(sorted(sides, key=lambda side: not side.mine))


def _was_removed(state: ValueState) -> bool:
    return any(head.value for head in state.fields.get(REMOVED, Field()).heads)


def _authors(heads: Iterable[Head], author: Callable[[Head], Author]) -> tuple[Author, ...]:
    """Everybody once, with the last time they wrote; the own first."""
    latest: dict[UUID, Author] = {}
    for head in sorted(heads, key=lambda one: one.clock):
        latest[head.device] = author(head)
    return tuple(sorted(latest.values(), key=lambda one: (not one.mine, one.at, one.name)))
