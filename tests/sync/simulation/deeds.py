"""What a coach does in a case between two exchanges, through the program's own services.

Every text that is written is another one, so that afterwards each can be looked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import TypeVar
from uuid import UUID

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.goals import Goal, GoalStatus, Step
from caseworker_app.domain.people import ContactNote, ContactWay, Person, Relation
from caseworker_app.domain.talk import Statement, Voice
from caseworker_app.services import answers, cases, goals, people, removing, talks
from caseworker_app.store.store import Store
from tests.sync.simulation.chance import Chance
from tests.sync.simulation.said import MARK

E = TypeVar("E", bound=Entity)
TEXT: dict[type[Entity], str] = {
    Goal: "words",
    Step: "what",
    ContactNote: "words",
    Statement: "words",
    Relation: "name",
    Person: "phone",
}
"""What is written in, and what is settled when two wrote differently."""

EDITED = tuple(cls for cls in TEXT if cls is not Person)


class Coach:
    """Somebody at a laptop: what they write, and the pages they still have open."""

    def __init__(self, name: str, chance: Chance) -> None:
        self.name = name
        self._chance = chance
        self._numbers = count(1)
        self._open: dict[UUID, Entity] = {}
        self._deeds: tuple[Callable[[Store, UUID, datetime], None], ...] = (
            *[self._add_goal] * 2,
            *[self._change_goal] * 6,
            *[self._change_step] * 2,
            self._add_note,
            self._say,
            self._change_person,
            self._add_relation,
            *[self._remove] * 2,
            self._bring_back,
            self._close_or_reopen,
            *[self._settle] * 2,
            self._leave_a_page_open,
        )

    def work(self, store: Store, case: UUID, now: datetime) -> str:
        """Do one thing in a case; gives its name."""
        deed = self._chance.choice(self._deeds)
        deed(store, case, now)
        return deed.__name__

    def words(self) -> str:
        """Words that nobody wrote before."""
        return f"{self.name}{MARK}{next(self._numbers)}"

    def _add_goal(self, store: Store, case: UUID, now: datetime) -> None:
        goals.add_goal(store, case, self.words(), "", now)

    def _change_goal(self, store: Store, case: UUID, now: datetime) -> None:
        goal = self._one(store, Goal, case)
        if goal is None:
            return self._add_goal(store, case, now)
        seen = self._as_shown(goal)
        new = self._chance.choice(
            (
                replace(seen, words=self.words()),
                replace(seen, words=self.words(), sign=self.words()),
                replace(seen, confidence=self._chance.randrange(11)),
                replace(seen, status=self._chance.choice(list(GoalStatus)), reason=self.words()),
            )
        )
        goals.save_goal(store, new, seen, now)
        return None

    def _change_step(self, store: Store, case: UUID, now: datetime) -> None:
        step, goal = self._one(store, Step, case), self._one(store, Goal, case)
        if step is not None:
            seen = self._as_shown(step)
            goals.save_step(store, replace(seen, what=self.words()), seen, now)
            if self._chance.random() < 0.3:
                goals.set_done(store, replace(seen, what=""), now.date(), now)
        elif goal is not None:
            goals.add_step(store, goal, now)

    def _add_note(self, store: Store, case: UUID, now: datetime) -> None:
        cases.add_note(store, case, ContactWay.CALL, self.words(), now, now)

    def _say(self, store: Store, case: UUID, now: datetime) -> None:
        said = self._one(store, Statement, case)
        if said is not None and self._chance.random() < 0.6:
            seen = self._as_shown(said)
            answers.save_statement(store, replace(seen, words=self.words()), seen, now)
            return
        talk = talks.plan_talk(store, case, now, "", now)
        answers.add_words(store, talk, ("", ""), (Voice.PARTICIPANT, "", self.words()), now)

    def _change_person(self, store: Store, case: UUID, now: datetime) -> None:
        person = self._one(store, Person, case)
        if person is not None:
            seen = self._as_shown(person)
            new = self._chance.choice(
                (replace(seen, good_to_know=self.words()), replace(seen, phone=self.words()))
            )
            people.save_person(store, new, seen, now)

    def _add_relation(self, store: Store, case: UUID, now: datetime) -> None:
        relation = Relation(id=store.new_id(), case=case, name=self.words())
        people.save_relation(store, relation, None, now)

    def _remove(self, store: Store, case: UUID, now: datetime) -> None:
        value = self._one(store, self._chance.choice(EDITED), case)
        if value is not None:
            removing.remove(store, value, now)

    def _bring_back(self, store: Store, case: UUID, now: datetime) -> None:
        with store.reading() as reading:
            gone = [v for cls in EDITED for v in reading.all(cls, case=case, removed=True)]
        gone = [value for value in gone if value.removed]
        if gone:
            removing.restore(store, self._chance.choice(gone), now)

    def _close_or_reopen(self, store: Store, case: UUID, now: datetime) -> None:
        self._chance.choice((people.close_file, people.reopen_file))(store, case, now)

    def _settle(self, store: Store, case: UUID, now: datetime) -> None:
        with store.reading() as reading:
            rivals = [v for cls in TEXT for v in reading.disputed(cls, case)]
        if not rivals:
            return
        value = self._chance.choice(rivals)
        with store.changing(now) as changing:
            changing.put(replace(value, **{TEXT[type(value)]: self.words()}))

    def _leave_a_page_open(self, store: Store, case: UUID, _now: datetime) -> None:
        self._open = {}
        with store.reading() as reading:
            for cls in TEXT:
                self._open |= {value.id: value for value in reading.all(cls, case=case)}

    def _one(self, store: Store, cls: type[E], case: UUID) -> E | None:
        with store.reading() as reading:
            found = reading.all(cls, case=case)
        return self._chance.choice(found) if found else None

    def _as_shown(self, value: E) -> E:
        """As it stands on a page that was opened a while ago, if it is on one."""
        shown = self._open.get(value.id)
        return shown if isinstance(shown, type(value)) and self._chance.random() < 0.5 else value
