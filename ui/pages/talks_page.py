"""All conversations with one person: the one agreed, the one running, and those that were."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseworker_app.content import guides
from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.guide import Guide
from caseworker_app.domain.talk import Conversation, TalkStatus
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _, texts
from caseworker_app.services import cases, said, talks
from ui import dialogs
from ui.context import App
from ui.forms.begin_talk import BeginTalk, broken_notice
from ui.forms.next_talk import NextTalkForm
from ui.forms.talk_card import TalkCard, Topic
from ui.page import Page, Route
from ui.widgets.boxes import Card, EmptyState
from ui.widgets.buttons import button
from ui.widgets.case_head import CaseHead
from ui.widgets.case_sheet import CaseSheet, section
from ui.widgets.day_words import moment_words
from ui.widgets.fields import LongField
from ui.widgets.layout import column, flow
from ui.widgets.said_words import Spoken
from ui.widgets.text import IconText, isolated


class TalksPage(Page):
    """The newest stands on top; each opens where it stands."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app)
        self._case = case
        self.next_talk: NextTalkForm | None = None
        self.cards: list[TalkCard] = []
        self._sheet = CaseSheet("canvas")
        self.setLayout(column(self._sheet))
        begin = QShortcut(QKeySequence("Ctrl+G"), self)
        begin.activated.connect(self._on_begin_wanted)

    def refresh(self) -> None:
        """Read the conversations again."""
        if not isValid(self):  # an undo may come after its page has gone
            return
        self._show(
            cases.view(self.app.store, self._case), said.everything(self.app.store, self._case)
        )

    def leave(self) -> bool:
        """Keep the day that is being typed."""
        return self._keep_talk()

    # --- what is shown -------------------------------------------------------------------------

    def _show(self, view: CaseView, words: said.Said) -> None:
        self._today = self.app.now().astimezone().date()
        self._view = view
        self._sheet.begin(self._head(view))
        broken = () if view.running else guides.broken_guides()
        if broken:
            self._sheet.add(broken_notice(broken))
        self._sheet.add(self._coming(view))
        past = [one for one in words.conversations if one.status is not TalkStatus.PLANNED]
        last = next((one.id for one in past if one.status is not TalkStatus.CANCELLED), None)
        self.cards = [self._card(words, one, can_go_on=one.id == last) for one in past]
        self._sheet.add(*self.cards)
        if not past:
            self._sheet.add(self._empty())
        self._sheet.add(None)

    def _head(self, view: CaseView) -> CaseHead:
        head = CaseHead(view.person, view.file, "talks", self._today)
        head.went.connect(lambda page: self.went.emit(Route(page, self._case)))
        self.begin = BeginTalk(
            guides.all_guides(), view.file.guide, running=view.running is not None
        )
        self.begin.wanted.connect(self._on_begin)
        self.begin.going_on.connect(self._on_go_on_with_it)
        read = button(_("Read everything"), icon="list", big=True)
        read.clicked.connect(lambda _checked=False: self.went.emit(Route("read", self._case)))
        if any(talk.started for talk in view.conversations):
            head.add_button(read)
        head.add_button(self.begin)
        return head

    def _coming(self, view: CaseView) -> QWidget:
        places = (_("at home"), view.person.place, _("at our office"), _("by telephone"))
        self.next_talk = NextTalkForm(view.next_talk, places, self._today)
        self.next_talk.changed.connect(self._keep_talk)
        self.next_talk.setVisible(False)
        talk = view.next_talk
        if talk is None or talk.planned_for is None:
            words = _("No next conversation is agreed.")
            self.change = button(_("Agree on a day"), icon="calendar", slot=self._on_change)
            buttons = [self.change]
        else:
            words = moment_words(talk.planned_for, self._today)
            if talk.place:
                words = _("{day}: {place}").format(day=words, place=isolated(talk.place))
            self.change = button(_("Change"), icon="pen-line", slot=self._on_change)
            self.cancel = button(_("It does not take place"), slot=lambda: self._on_cancel(talk))
            buttons = [self.change, self.cancel]
        self._agreed = IconText("calendar", words)
        parts = column(self._agreed, self.next_talk, flow(*buttons), gap=14)
        return Card(section(_("Next conversation"), parts))

    def _card(self, words: said.Said, talk: Conversation, *, can_go_on: bool) -> TalkCard:
        topics: list[Topic] = [
            (
                line.topic,
                line.pictogram,
                Spoken(line.voice, line.words, line.who, line.question, line.marks),
            )
            for line in words.lines(texts().language, talk.id)
        ]
        card = TalkCard(talk, topics, can_go_on=can_go_on)
        card.go_on_wanted.connect(lambda: self._on_go_on(talk))
        return card

    def _empty(self) -> QWidget:
        state = EmptyState(
            "message-circle",
            _("No conversation yet"),
            _("Begin with “What is already going well?”"),
            _("Begin conversation"),
        )
        state.pressed.connect(self._on_begin_wanted)
        return state

    # --- what can be done ----------------------------------------------------------------------

    def _on_begin_wanted(self) -> None:
        self.begin.begin()

    def _on_begin(self, guide: Guide) -> None:
        try:
            talk = talks.begin(self.app.store, self._case, guide, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return
        self.went.emit(Route("talk", self._case, talk))

    def _on_go_on_with_it(self) -> None:
        assert self._view.running is not None
        self.went.emit(Route("talk", self._case, self._view.running.id))

    def _on_go_on(self, talk: Conversation) -> None:
        if talk.status is TalkStatus.HELD:
            try:
                talks.reopen(self.app.store, talk, self.app.now())
            except CaseworkerError as error:
                dialogs.show_problem(self, error)
                return
        self.went.emit(Route("talk", self._case, talk.id))

    def _on_change(self) -> None:
        assert self.next_talk is not None
        self.next_talk.show()
        self.change.hide()
        self.next_talk.day.setFocus()

    def _keep_talk(self) -> bool:
        form = self.next_talk
        at = form.at() if form else None
        if form is None or at is None or not form.has_news():
            return True
        try:
            talk = talks.plan_talk(
                self.app.store, self._case, at, form.where.value(), self.app.now()
            )
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return False
        form.kept()
        self._agreed.set("calendar", moment_words(at, self._today))
        if talk.place:
            words = _("{day}: {place}").format(
                day=moment_words(at, self._today), place=isolated(talk.place)
            )
            self._agreed.set("calendar", words)
        return True

    def _on_cancel(self, talk: Conversation) -> None:
        reason = LongField(_("Why?"), hint=_("It stays in the file, also years later."), lines=2)
        sheet = dialogs.Sheet(self, _("The conversation does not take place"), reason)
        sheet.add_button(_("Leave it as it is"), "quiet")
        sheet.add_button(
            _("Note this"), "primary", lambda: self._cancel(talk, " ".join(reason.value().split()))
        )
        sheet.open()
        reason.setFocus()

    def _cancel(self, talk: Conversation, reason: str) -> None:
        store, now = self.app.store, self.app.now
        try:
            talks.cancel_planned_talk(store, talk, reason, now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return

        def undo() -> None:
            cancelled = cases.view(store, self._case).conversations
            seen = next(one for one in cancelled if one.id == talk.id)
            talks.save_talk(store, talk, seen, now())
            self.refresh()

        self.refresh()
        self.told.emit(_("The conversation is cancelled."), undo)
