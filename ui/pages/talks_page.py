"""All conversations with one person: the one agreed, the one running, and those that were."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.reading import by_talk
from caseworker_app.domain.talk import NOT_HELD, Conversation, TalkStatus
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services import cases, said, talks
from ui import dialogs
from ui.beginning import BeginningPage
from ui.context import App
from ui.forms.next_talk import NextTalkForm, usual_places
from ui.forms.talk_card import TalkCard
from ui.not_held import not_held_button
from ui.page import Route
from ui.widgets.boxes import Card, EmptyState
from ui.widgets.buttons import button
from ui.widgets.case_head import CaseHead
from ui.widgets.case_sheet import CaseSheet, section
from ui.widgets.day_words import moment_words
from ui.widgets.layout import column, flow
from ui.widgets.read_lines import Reader
from ui.widgets.text import IconText, isolated


class TalksPage(BeginningPage):
    """The newest stands on top; each opens where it stands."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app, case)
        self.next_talk: NextTalkForm | None = None
        self.cards: list[TalkCard] = []
        self._sheet = CaseSheet("canvas")
        self.setLayout(column(self._sheet))

    def refresh(self) -> None:
        """Read the conversations again."""
        if not isValid(self):  # an undo may come after its page has gone
            return
        self._show(
            cases.view(self.app.store, self.case), said.everything(self.app.store, self.case)
        )

    def leave(self) -> bool:
        """Keep the day that is being typed."""
        return self._keep_talk()

    # --- what is shown -------------------------------------------------------------------------

    def _show(self, view: CaseView, words: said.Said) -> None:
        self._today = self.app.now().astimezone().date()
        self._view = view
        self._sheet.begin(self._head(view))
        self._sheet.add(*self.broken_guides())
        self._sheet.add(self._coming(view))
        past = [one for one in words.history.talks if one.status is not TalkStatus.PLANNED]
        last = next((one.id for one in past if one.status not in NOT_HELD), None)
        reader, parts = Reader(words.person, words.coach, self._today), by_talk(words.history)
        self.cards = [
            self._card(TalkCard(one, parts.get(one.id, ()), reader, can_go_on=one.id == last), one)
            for one in past
        ]
        self._sheet.add(*self.cards)
        if not past:
            self._sheet.add(self._empty())
        self._sheet.add(None)

    def _head(self, view: CaseView) -> CaseHead:
        head = CaseHead(view.person, view.file, "talks", self._today)
        head.went.connect(lambda page: self.went.emit(Route(page, self.case)))
        read = button(_("Read everything"), icon="list", big=True)
        read.clicked.connect(lambda _checked=False: self.went.emit(Route("read", self.case)))
        if any(talk.started for talk in view.conversations):
            head.add_button(read)
        head.add_button(self.begin_button(view.file, view.running))
        return head

    def _coming(self, view: CaseView) -> QWidget:
        self.next_talk = NextTalkForm(view.next_talk, usual_places(view.person), self._today)
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
            buttons = [self.change, not_held_button(self, talk, view.person)]
        self._agreed = IconText("calendar", words)
        parts = column(self._agreed, self.next_talk, flow(*buttons), gap=14)
        return Card(section(_("Next conversation"), parts))

    def _card(self, card: TalkCard, talk: Conversation) -> TalkCard:
        card.go_on_wanted.connect(lambda: self._on_go_on(talk))
        card.write_up_wanted.connect(lambda: self.went.emit(Route("writeup", self.case, talk.id)))
        return card

    def _empty(self) -> QWidget:
        state = EmptyState(
            "message-circle",
            _("No conversation yet"),
            _("Begin with “What is already going well?”"),
            _("Begin conversation"),
        )
        state.pressed.connect(self.begin_talk)
        return state

    # --- what can be done ----------------------------------------------------------------------

    def _on_go_on(self, talk: Conversation) -> None:
        if talk.status is TalkStatus.HELD:
            try:
                talks.reopen(self.app.store, talk, self.app.now())
            except CaseworkerError as error:
                dialogs.show_problem(self, error)
                return
        self.went.emit(Route("talk", self.case, talk.id))

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
                self.app.store, self.case, at, form.where.value(), self.app.now()
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
