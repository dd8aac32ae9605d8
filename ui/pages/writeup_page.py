"""After the visit: what is still open about one conversation, each thing one sentence and a button.

Nothing here is a duty. What is left as it is, is not named again.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseworker_app.domain.guide import Section, form
from caseworker_app.domain.talk import Statement, Voice
from caseworker_app.domain.write_up import Open, OpenPoint
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _, beginning, ngettext, texts
from caseworker_app.services import answers, removing, talks, writing_up
from caseworker_app.services.writing_up import WriteUpList
from ui import dialogs
from ui.context import App
from ui.forms.writeup_row import WriteupRow
from ui.page import Page, Route
from ui.widgets.boxes import Card, EmptyState
from ui.widgets.buttons import button
from ui.widgets.layout import ScrollPage, clear, column, line, row
from ui.widgets.talk_words import talk_facts, who_was_there
from ui.widgets.text import Text, h1, isolated

_LEADS_TO = {Open.REMEMBERED: "goals", Open.NEXT_TALK: "talks", Open.PLAN: "plan"}


class WriteupPage(Page):
    """The list of one conversation, shorter with every thing that is done or left."""

    place: ClassVar[str] = "today"

    def __init__(self, app: App, conversation: UUID) -> None:
        super().__init__(app)
        self._conversation = conversation
        self.rows: list[WriteupRow] = []
        self._title, self._facts, self._count = h1(""), Text("", "meta"), Text("", "lead")
        self._body = column(gap=16)
        back = button(_("Back"), "link", icon="arrow-left", slot=self.back.emit)
        sheet = ScrollPage(max_width=900, ground="canvas")
        sheet.add(row(back, None), column(self._title, self._facts, gap=4), self._count)
        sheet.add(self._body, None)
        self.setLayout(column(sheet))

    def refresh(self) -> None:
        """Read again what is open."""
        if isValid(self):  # an undo may come after its page has gone
            self._show(writing_up.write_up(self.app.store, self._conversation))

    def _show(self, known: WriteUpList) -> None:
        self._known = known
        person, talk = known.person, known.talk
        self._tag = form(texts().language, plain=person.plain, informal=person.informal)
        name = isolated(person.short_name)
        self._title.setText(_("The conversation with {name}").format(name=name))
        day = ""
        if talk.started:
            day = beginning(texts().weekday_year(talk.started.astimezone().date()))
        parts = (day, talk_facts(talk), who_was_there(talk))
        self._facts.setText(" · ".join(part for part in parts if part))
        count = len(known.points)
        self._count.setText(
            beginning(ngettext("{count} thing still open", "{count} things still open", count))
        )
        self._count.setVisible(bool(count))
        clear(self._body)
        self.rows = [self._row(point) for point in known.points]
        items = [part for made in self.rows for part in (line(), made)][1:]
        self._body.addWidget(Card(*items, gap=0) if items else self._all_done())

    def _row(self, point: OpenPoint) -> WriteupRow:
        topics = point.sections
        if point.kind is Open.NOTE and self._known.asked:
            topics = self._known.asked.sections
        who = self._speaker(point.statement) if point.statement else ""
        made = WriteupRow(point, topics, self._known.person.short_name, self._tag, who)
        made.acted.connect(lambda topic: self._on_acted(point, topic))
        made.left.connect(lambda: self._on_left(point))
        return made

    def _speaker(self, said: Statement) -> str:
        names = {
            Voice.PARTICIPANT: self._known.person.short_name,
            Voice.COACH: self._known.coach,
        }
        return names.get(said.voice, said.speaker)

    def _all_done(self) -> QWidget:
        state = EmptyState(
            "coffee",
            _("All written up"),
            _("Nothing is open about this conversation. What was said is well kept."),
            _("To the overview"),
        )
        state.pressed.connect(lambda: self.went.emit(Route("case", self._known.talk.case)))
        return state

    # --- what can be done ----------------------------------------------------------------------

    def _on_acted(self, point: OpenPoint, topic: Section | None) -> None:
        talk = self._known.talk
        try:
            if point.kind is Open.DRAFT and point.statement:
                self._say(point.statement)
            elif point.kind is Open.NOTE and point.statement and topic:
                self._sort(point.statement, topic)
            elif point.kind in _LEADS_TO:
                self.went.emit(Route(_LEADS_TO[point.kind], talk.case))
            else:
                self._go_there(point, topic)
        except CaseworkerError as error:
            dialogs.show_problem(self, error)

    def _say(self, draft: Statement) -> None:
        place = (draft.section, draft.question)
        said = answers.sort_note(self.app.store, draft, place, self.app.now())
        self._told(_("Added to the conversation."), said, draft)

    def _sort(self, note: Statement, topic: Section) -> None:
        place = (topic.id, topic.questions[0].id)
        kept = answers.sort_note(self.app.store, note, place, self.app.now())
        title = topic.title.to(self._tag)
        self._told(_("The note stands under “{topic}” now.").format(topic=title), kept, note)

    def _told(self, words: str, kept: Statement, before: Statement) -> None:
        store, now = self.app.store, self.app.now

        def undo() -> None:
            answers.save_statement(store, before, kept, now())
            self.refresh()

        self.refresh()
        self.told.emit(words, undo)

    def _go_there(self, point: OpenPoint, topic: Section | None) -> None:
        talk = self._known.talk
        if topic is not None:
            question = point.question or topic.questions[0]
            talks.move_to(self.app.store, talk.id, topic.id, question.id, self.app.now())
        self.went.emit(Route("talk", talk.case, talk.id))

    def _on_left(self, point: OpenPoint) -> None:
        store, now = self.app.store, self.app.now
        try:
            left = writing_up.leave(store, self._known.talk, point, now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return

        def undo() -> None:
            removing.remove(store, left, now())
            self.refresh()

        self.refresh()
        self.told.emit(_("Left as it is."), undo)
