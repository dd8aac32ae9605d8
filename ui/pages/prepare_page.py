"""Before the visit: what a coach reads in two minutes before ringing the bell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.guide import form
from caseworker_app.domain.people import things
from caseworker_app.domain.prepare import Preparation
from caseworker_app.domain.talk import Statement, Voice
from caseworker_app.i18n import _, beginning, texts
from caseworker_app.services import languages, preparing, stores
from ui.beginning import BeginningPage
from ui.context import App
from ui.page import Route
from ui.widgets.boxes import EmptyState, VoiceBox
from ui.widgets.buttons import button
from ui.widgets.case_contact import Contact
from ui.widgets.case_network import Network
from ui.widgets.case_sheet import CaseSheet, Columns, Sideways, section
from ui.widgets.day_words import day_words, moment_words
from ui.widgets.drawings import Avatar
from ui.widgets.layout import Item, column, line, row
from ui.widgets.person_facts import AvoidBox, address_lines
from ui.widgets.prepare_parts import (
    Wishes,
    agreed,
    did_not_take_place,
    last_time,
    taken,
    topics,
    voices,
)
from ui.widgets.talk_words import begun_words
from ui.widgets.text import IconText, Text, h1, isolated, meta


class PreparePage(BeginningPage):
    """Only for reading. One primary action: begin the conversation."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app, case)
        self._sheet = CaseSheet()
        self.setLayout(column(self._sheet))

    def refresh(self) -> None:
        """Read again what is known."""
        self._today = self.app.now().astimezone().date()
        self._coach = stores.profile(self.app.store).name
        self._show(preparing.preparation(self.app.store, self.case, self._today))

    def _show(self, known: Preparation) -> None:
        self._person = known.known.person
        self._sheet.begin(self._head(known))
        self._sheet.add(*self.broken_guides(), Columns(self._left(known), self._right(known)), None)

    def _head(self, known: Preparation) -> QWidget:
        back = button(_("Back"), "link", icon="arrow-left", slot=self.back.emit)
        name = isolated(self._person.name) if self._person.name else _("No name yet")
        names = column(meta(_("Before the visit")), h1(name), Text(self._when(known)), gap=2)
        who = row(Avatar(self._person.name, 58, "person"), names, gap=16)
        who.setStretch(1, 1)
        begin = self.begin_button(known.known.file, known.running)
        head = QWidget()
        head.setLayout(column(row(back, None), Sideways(who, row(begin)), line(), gap=16))
        return head

    def _when(self, known: Preparation) -> str:
        """When and where the next conversation is, or when the running one was begun."""
        if known.running is not None and known.running.started is not None:
            return begun_words(known.running.started, self._today)
        talk = known.coming
        if talk is None or talk.planned_for is None:
            return _("No next conversation is agreed.")
        when = beginning(moment_words(talk.planned_for, self._today))
        return " · ".join([when, isolated(talk.place)] if talk.place else [when])

    # --- what was: the left column -------------------------------------------------------------

    def _left(self, known: Preparation) -> Item:
        first = [self._first_time()] if known.is_first else []
        return column(*first, *self._last_time(known), *self._open(known), None, gap=24)

    def _last_time(self, known: Preparation) -> Iterator[Item]:
        """When it was, what this person said, and what was agreed."""
        today, name = self._today, isolated(self._person.short_name)
        if known.last:
            last = last_time(known.last, known.months, today)
            read = button(_("Read everything"), "link", slot=lambda: self._go("read"))
            yield section(_("The last conversation"), last, read)
        if known.not_held:
            yield did_not_take_place(known.not_held, self._person.short_name, today)
        if own := known.own_words:
            title = _("In the words of {name}").format(name=name)
            yield section(title, VoiceBox(own.voice, own.words, self._said_on(own)))
        if known.goals:
            goals_link = button(_("Goals and steps"), "link", slot=lambda: self._go("goals"))
            yield section(_("Agreed"), agreed(known.goals, today), goals_link)
        if known.taken:
            yield section(_("Done since the last talk"), taken(known.taken, today))

    def _open(self, known: Preparation) -> Iterator[Item]:
        """What the next conversation can take up."""
        person = self._person
        if known.parked:
            tag = form(texts().language, plain=person.plain, informal=person.informal)
            yield section(_("Left for another time"), topics(known.parked, tag))
        if known.notes:
            yield section(_("Notes that are not sorted yet"), self._voices(known.notes))
        if known.remembered:
            yield section(_("Remembered for the goals"), self._voices(known.remembered))
        if known.wishes:
            title = _("Where {name} wants a change").format(name=isolated(person.short_name))
            yield section(title, Wishes(known.wishes))

    def _first_time(self) -> QWidget:
        name = isolated(self._person.short_name)
        state = EmptyState(
            "coffee",
            _("You meet {name} for the first time").format(name=name),
            _(
                "Nothing has to be known beforehand. Ask how you may address each other,"
                " which language is easiest and who should be in the room."
            ),
            _("Add what you know"),
        )
        state.pressed.connect(lambda: self._go("person"))
        return state

    def _voices(self, said: tuple[Statement, ...]) -> Item:
        names = {Voice.PARTICIPANT: self._person.short_name, Voice.COACH: self._coach}
        return voices([(one, names.get(one.voice, one.speaker)) for one in said])

    def _said_on(self, own: Statement) -> str:
        name = isolated(self._person.short_name)
        if own.said is None:
            return name
        day = day_words(own.said.astimezone().date(), self._today)
        return _("{name}, {day}").format(name=name, day=day)

    # --- who it is: the right column -----------------------------------------------------------

    def _right(self, known: Preparation) -> Item:
        person = self._person
        change = button(_("Change"), "link", slot=lambda: self._go("person"))
        change.setAccessibleName(_("Change how to speak with this person"))
        language = "" if person.language == texts().language else person.language
        language = dict(languages.named(texts().language)).get(language, language)
        lines = [IconText(icon, words) for icon, words in address_lines(person, language)]
        speaking = section(_("How to speak with this person"), column(*lines, gap=6), change)
        parts: list[Item] = [speaking]
        if avoid := things(person.avoid):
            parts.append(section(_("Better to avoid"), AvoidBox(avoid)))
        if facts := things(person.good_to_know):
            good = column(*(IconText("info", fact) for fact in facts), gap=6)
            parts.append(section(_("Good to know"), good))
        if known.known.relations:
            network = Network(known.known.relations)
            parts.append(section(_("Household and network"), network))
        parts.append(section(_("How to reach this person"), Contact(person)))
        return column(*parts, None, gap=24)

    def _go(self, page: str) -> None:
        self.went.emit(Route(page, self.case))
