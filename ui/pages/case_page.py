"""One person's file at a glance: their words, their life as they see it, what is next, what was."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QWidget
from shiboken6 import isValid

from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.goals import Step
from caseworker_app.domain.people import CaseStatus, things
from caseworker_app.domain.talk import Conversation
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services import cases, goals, people, removing
from ui import dialogs
from ui.beginning import BeginningPage
from ui.company import Company, KnownTwice
from ui.context import App
from ui.forms.note_form import NoteForm
from ui.not_held import NotHeldSheet
from ui.page import Route
from ui.widgets.boxes import Banner, EmptyState, VoiceBox
from ui.widgets.buttons import button
from ui.widgets.case_contact import Contact
from ui.widgets.case_events import event_entry
from ui.widgets.case_head import CaseHead
from ui.widgets.case_life import LifeTracks
from ui.widgets.case_network import Network
from ui.widgets.case_next import WhatIsNext, open_steps
from ui.widgets.case_sheet import CaseSheet, Columns, section
from ui.widgets.chips import Chip
from ui.widgets.day_words import day_words
from ui.widgets.layout import Item, column, flow, row
from ui.widgets.menu_button import menu_button
from ui.widgets.person_facts import AvoidBox
from ui.widgets.talk_words import begun_words
from ui.widgets.text import isolated

NEWEST = 12


class CasePage(BeginningPage):
    """The overview of a file. Everything begins from here."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app, case)
        self._whole_timeline = False
        self._sheet = CaseSheet()
        self.setLayout(column(self._sheet))
        plan = QShortcut(QKeySequence("Ctrl+P"), self)
        plan.activated.connect(lambda: self.went.emit(Route("plan", case)))

    def refresh(self) -> None:
        """Read the file again."""
        if not isValid(self):  # an undo may come after its page has gone
            return
        self._show(cases.view(self.app.store, self.case))

    def _show(self, view: CaseView) -> None:
        self._view = view
        self._today = self.app.now().astimezone().date()
        self._sheet.begin(self._head(view))
        self._sheet.add(*self._notices(view), Columns(self._left(view), self._right(view)), None)

    # --- the head ------------------------------------------------------------------------------

    def _head(self, view: CaseView) -> CaseHead:
        head = CaseHead(view.person, view.file, "case", self._today)
        head.went.connect(lambda page: self.went.emit(Route(page, self.case)))
        company = Company(self.app, self.case)
        company.wanted.connect(lambda: self._go("sharing"))
        head.add_below(company)
        begin = self.begin_button(view.file, view.running)
        head.add_button(self._menu_button(view))
        if view.running is None:
            head.add_button(button(_("Prepare"), big=True, slot=lambda: self._go("prepare")))
        head.add_button(begin)
        return head

    def _menu_button(self, view: CaseView) -> QToolButton:
        closed = view.file.status is CaseStatus.CLOSED
        return menu_button(
            _("More about this file"),
            [
                (_("Change name, address, household"), self._on_edit),
                (_("Add a note"), self._on_note),
                *self.other_guides(view.file),
                (_("Open the file again"), self._on_reopen)
                if closed
                else (_("Close the file"), self._on_close),
                (_("Remove the file"), self._on_remove),
            ],
        )

    def _notices(self, view: CaseView) -> list[QWidget]:
        """What is to be said above the page. A running conversation is on the first button, too."""
        known = KnownTwice(self.app, self.case)
        if view.disputes:
            return [known, self._differences()]
        if view.running is None or view.running.started is None:
            return [known, *self.broken_guides()]
        title = begun_words(view.running.started, self._today)
        sentence = _("It opens at the question where you left it.")
        notice = Banner("info", title, sentence, _("What is still open"), icon="message-circle")
        notice.pressed.connect(partial(self._on_write_up, view.running))
        return [known, notice]

    def _differences(self) -> QWidget:
        title = _("In this file two people have written different things")
        sentence = _("Nothing is lost, and nothing waits for it.")
        notice = Banner("info", title, sentence, _("Have a look"), icon="git-compare")
        notice.pressed.connect(lambda: self._go("disputes"))
        return notice

    # --- the left column -----------------------------------------------------------------------

    def _left(self, view: CaseView) -> Item:
        parts: list[Item] = []
        if not any(talk.started for talk in view.conversations):
            parts.append(self._empty())
        if view.own_words:
            parts.append(self._own_words(view))
        if view.domains:
            parts.append(
                LifeTracks(
                    view.person.short_name,
                    view.domains,
                    view.domains_now,
                    view.domains_before,
                    self._today,
                )
            )
        if facts := things(view.person.good_to_know):
            parts.append(section(_("Good to know"), flow(*(Chip(fact) for fact in facts))))
        if avoid := things(view.person.avoid):
            parts.append(section(_("Better to avoid"), AvoidBox(avoid)))
        edit = button(_("Change"), "link", slot=self._on_edit)
        edit.setAccessibleName(_("Change name, address, household"))
        parts.append(section(_("How to reach this person"), Contact(view.person), edit))
        parts.append(self._network(view))
        return column(*parts, None, gap=20)

    def _empty(self) -> QWidget:
        state = EmptyState(
            "message-circle",
            _("No conversation yet"),
            _("Begin with “What is already going well?”"),
            _("Begin conversation"),
        )
        state.pressed.connect(self.begin_talk)
        return state

    def _own_words(self, view: CaseView) -> Item:
        assert view.own_words is not None
        name, said = isolated(view.person.short_name), view.own_words.said
        who = name
        if said:
            day = day_words(said.astimezone().date(), self._today)
            who = _("{name}, {day}").format(name=name, day=day)
        title = _("In the words of {name}").format(name=name)
        return section(title, VoiceBox(view.own_words.voice, view.own_words.words, who))

    def _network(self, view: CaseView) -> Item:
        change = button(_("Change"), "link", slot=self._on_edit)
        change.setAccessibleName(_("Change household and network"))
        if view.relations:
            return section(_("Household and network"), Network(view.relations), change)
        add = button(_("Add somebody"), icon="plus", slot=self._on_edit)
        return section(_("Household and network"), flow(add))

    # --- the right column ----------------------------------------------------------------------

    def _right(self, view: CaseView) -> Item:
        coming = WhatIsNext(view.next_talk, open_steps(view.goals), self.app.now())
        coming.done.connect(self._on_step_done)
        coming.not_held.connect(lambda talk: NotHeldSheet(self, talk, view.person).open())
        goals_link = button(_("Goals and steps"), "link", slot=lambda: self._go("goals"))
        read = button(_("Read everything"), "link", slot=lambda: self._go("read"))
        entries = column(gap=0)
        shown = view.events if self._whole_timeline else view.events[:NEWEST]
        for event in shown:
            name = view.person.short_name
            last = event is shown[-1]
            entries.addWidget(event_entry(event, self._today, name, last=last))
        if len(shown) < len(view.events):
            words = _("Show all {count}").format(count=len(view.events))
            entries.addLayout(row(button(words, slot=self._on_whole_timeline), None))
        return column(
            section(_("What is next"), coming, goals_link),
            section(_("What happened"), entries, read),
            None,
            gap=28,
        )

    def _on_whole_timeline(self) -> None:
        self._whole_timeline = True
        self._show(self._view)

    # --- what can be done ----------------------------------------------------------------------

    def _go(self, page: str) -> None:
        self.went.emit(Route(page, self.case))

    def _on_write_up(self, talk: Conversation) -> None:
        self.went.emit(Route("writeup", self.case, talk.id))

    def _on_step_done(self, step: Step) -> None:
        def undo() -> None:
            goals.set_done(self.app.store, done, None, self.app.now())
            self.refresh()

        try:
            done = goals.set_done(self.app.store, step, self._today, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
        else:
            self.told.emit(_("Step taken."), undo)
        self.refresh()

    def _on_edit(self) -> None:
        self._go("person")

    def _on_close(self) -> None:
        self._set_open(False)
        self.told.emit(_("File closed."), lambda: self._set_open(True))

    def _on_reopen(self) -> None:
        self._set_open(True)
        self.told.emit(_("File opened again."), lambda: self._set_open(False))

    def _set_open(self, is_open: bool) -> None:  # noqa: FBT001
        change = people.reopen_file if is_open else people.close_file
        change(self.app.store, self.case, self.app.now())
        self.refresh()

    def _on_remove(self) -> None:
        file = self._view.file
        store, now = self.app.store, self.app.now

        removing.remove(store, file, now())
        self.went.emit(Route("people"))
        self.told.emit(_("File removed."), lambda: removing.restore(store, file, now()))

    def _on_note(self) -> None:
        form = NoteForm(self._today)
        sheet = dialogs.Sheet(self, _("Add a note"), form)
        sheet.add_button(_("Not now"), "quiet", form.words.control.clear)

        def keep() -> None:
            if not form.words.value().strip():
                form.words.set_problem(_("What would you like to note?"))
                form.words.setFocus()
            elif self._add_note(form):
                form.words.control.clear()
                sheet.accept()

        sheet.add_button(_("Add note"), "primary", keep, closes=False)
        # Escape does not throw words away: they become a note, and undo is at hand
        sheet.keeps = lambda: not form.words.value().strip() or self._add_note(form)
        sheet.open()
        form.words.setFocus()

    def _add_note(self, form: NoteForm) -> bool:
        store, now = self.app.store, self.app.now
        at = now()
        if form.on() != self._today:
            at = datetime.combine(form.on(), time(12)).astimezone()
        try:
            note = cases.add_note(
                store, self.case, form.contact(), form.words.value().strip(), at, now()
            )
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return False

        def undo() -> None:
            removing.remove(store, note, now())
            self.refresh()

        self.refresh()
        self.told.emit(_("Note added."), undo)
        return True
