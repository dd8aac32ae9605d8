"""Deciding what two people wrote differently: both are kept until somebody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from caseworker_app.domain.changes import REMOVED, Head
from caseworker_app.domain.disputes import (
    Author,
    Dispute,
    Names,
    Setting,
    Side,
    author_of,
    sides_of,
)
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.people import CaseFile, Person, Profile
from caseworker_app.domain.talk import Conversation
from caseworker_app.services import guides
from caseworker_app.services.goals import read_cards
from caseworker_app.services.laptops import names_in
from caseworker_app.services.said import guide_of
from caseworker_app.store import disputes as kept
from caseworker_app.store import drafts
from caseworker_app.store.disputes import Contested
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Changing, Reading

_POINTED_AT = (Goal, Conversation)


def listed(
    store: Store, case: UUID | None = None, names: Names | None = None
) -> tuple[Dispute, ...]:
    """What has to be decided in one case, or in all that are in view.

    Without `names`, people are called as the directories say that this laptop believes.
    """
    with store.reading() as reading:
        names = names or names_in(reading)
        profile = reading.get(Profile, store.id)
        coach = profile.name if profile else ""
        author = partial(author_of, own=store.keys.device_id, coach=coach, names=names)
        looking = _Looking(reading, coach, author)
        found = [
            dispute for one in kept.contested(reading, case) for dispute in looking.disputes(one)
        ]
    return tuple(sorted(found, key=_whose))


def count(store: Store, case: UUID | None = None) -> int:
    """How much has to be decided in one case, or in all."""
    with store.reading() as reading:
        return count_in(reading, case)


def count_in(reading: Reading, case: UUID | None = None) -> int:
    """The same within a view that is open already."""
    return sum(len(one.fields) for one in kept.contested(reading, case))


def settle(store: Store, dispute: Dispute, value: Any, now: datetime) -> bool:
    """Let this value stand, over all that was written there; the rest stays in the history.

    Whether it was done: not when something was written or decided there since the coach looked.
    What is in dispute then has to be looked at again.
    """
    about = dispute.about
    with store.changing(now) as changing:
        one = kept.contested_value(changing, type(about), about.id, about.case)
        if one is None or one.state.gone:
            return False
        if frozenset(one.state.heads_of(dispute.field)) != dispute.heads:
            return False
        kept.settle(changing, one, dispute.field, value)
        _keep_draft(changing, dispute, "")
    return True


def keep_draft(store: Store, dispute: Dispute, words: str, now: datetime) -> None:
    """Keep what was begun, on this laptop, until it is decided; "" forgets it."""
    with store.changing(now) as changing:
        _keep_draft(changing, dispute, words)


def _keep_draft(changing: Changing, dispute: Dispute, words: str) -> None:
    """Drafts for what somebody else has decided meanwhile go as well."""
    case = dispute.about.case
    known = drafts.drafts(changing, case) | {_place(dispute.about, dispute.field): words}
    places = [_place(one.value, f) for one in kept.contested(changing, case) for f in one.fields]
    drafts.keep(changing, case, {place: known[place] for place in places if known.get(place)})


def _place(about: Entity, field: str) -> str:
    return f"{about.id} {field}"


def keep(store: Store, dispute: Dispute, now: datetime) -> bool:
    """What somebody removed and somebody else changed stays. Whether it was done, as `settle`."""
    return settle(store, dispute, False, now)  # noqa: FBT003 - a value, no switch


def let_go(store: Store, dispute: Dispute, now: datetime) -> bool:
    """It goes, with all that was changed meanwhile. Whether it was done, as `settle`."""
    return settle(store, dispute, True, now)  # noqa: FBT003


def _whose(dispute: Dispute) -> tuple[str, UUID]:
    return (dispute.person.name if dispute.person else ""), dispute.about.case


class _Looking:
    """One look at a store: what stands around each value is read once."""

    def __init__(self, reading: Reading, coach: str, author: Callable[[Head], Author]) -> None:
        self._reading, self._coach, self._author = reading, coach, author
        self._people: dict[UUID, Person | None] = {}
        self._opened: kept.Opened = {}
        self._drafts: dict[UUID, dict[str, str]] = {}

    def disputes(self, one: Contested) -> Iterator[Dispute]:
        """All that has to be decided about one value."""
        for name in one.fields:
            sides = sides_of(one.value, one.state, name, one.typed, self._author)
            known, was = (False, None)
            if name != REMOVED:
                known, was = kept.before(self._reading, one, name, self._opened)
            yield Dispute(
                self._person(one.value.case),
                one.value,
                name,
                sides,
                frozenset(one.state.heads_of(name)),
                was,
                known,
                self._setting(one.value, sides),
                self._draft(one.value, name),
            )

    def _draft(self, about: Entity, name: str) -> str:
        if about.case not in self._drafts:
            self._drafts[about.case] = drafts.drafts(self._reading, about.case)
        return self._drafts[about.case].get(_place(about, name), "")

    def _person(self, case: UUID) -> Person | None:
        if case not in self._people:
            found = self._reading.all(Person, case=case) or self._reading.all(
                Person, removed=True, case=case
            )
            self._people[case] = found[0] if found else None
        return self._people[case]

    def _setting(self, about: Entity, sides: tuple[Side, ...]) -> Setting:
        goal_id = about.goal if isinstance(about, Step) else about.id
        cards = read_cards(self._reading, about.case) if isinstance(about, Goal | Step) else ()
        number = next((n for n, card in enumerate(cards, 1) if card.goal.id == goal_id), 0)
        talk = self._talk(about)
        return Setting(
            self._coach,
            number,
            self._reading.get(Goal, goal_id) if cards and goal_id else None,
            talk,
            guide_of(self._reading, talk) if talk else None,
            tuple(self._named(about, sides)),
            tuple(self._pointed_at(sides)),
        )

    def _talk(self, about: Entity) -> Conversation | None:
        if isinstance(about, Conversation):
            return about
        talk_id = getattr(about, "conversation", None)
        return self._reading.get(Conversation, talk_id) if talk_id else None

    def _named(self, about: Entity, sides: tuple[Side, ...]) -> Iterator[Guide]:
        """The guides that are in question, each in the newest version there is."""
        if isinstance(about, CaseFile | Conversation):
            wanted = {side.value for side in sides}
            yield from (one for one in guides.offered_in(self._reading) if one.id in wanted)

    def _pointed_at(self, sides: tuple[Side, ...]) -> Iterator[Entity]:
        for side in sides:
            if isinstance(side.value, UUID):
                for kind in _POINTED_AT:
                    found = self._reading.get(kind, side.value)
                    if found is not None:
                        yield found
