"""Beside the conversation: questions as hints, last time, notes to sort, what to remember."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.guide import Question, Section
from caseworker_app.domain.talk import Statement, TalkStatus
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, texts
from ui.forms.last_time import LastTime
from ui.forms.notes_to_sort import NotesToSort
from ui.forms.prompts import Prompts
from ui.widgets.buttons import button
from ui.widgets.layout import clear, column, line, row
from ui.widgets.text import IconText, Text
from ui.widgets.tips import set_tip

SHOWN_OF_REMEMBERED = 5


class TalkSide(QWidget):
    """The side column. Its parts are public: the page listens to them."""

    def __init__(self) -> None:
        super().__init__()
        self.prompts = Prompts()
        self.notes = NotesToSort()
        self.note = button(_("Quick note"), "link", icon="notebook-pen")
        set_tip(self.note, _("Something that comes up by the way (F7)"))
        self._hint = IconText("ear", "", "body", colour="text_2")
        self._last = LastTime()
        self._goals_words: QVBoxLayout = column(gap=8)
        self._goals = QWidget()
        head = Text(_("Remembered for the goals"), "bodyb")
        self._goals.setLayout(column(line(), head, self._goals_words, gap=10))
        self._goals.hide()
        self._remembered: tuple[Statement, ...] = ()
        parts = self.prompts, self._hint, row(self.note, None), self.notes, self._last, self._goals
        self.setLayout(column(*parts, None, gap=16))

    def show_talk(self, talk: Talk, section: Section, question: Question) -> None:
        """Show what helps with this question."""
        self.note.setVisible(talk.conversation.status is not TalkStatus.HELD)
        self.prompts.show_questions(talk, section, question.id)
        hint = question.hint.to(texts().language)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.notes.show_notes(talk)
        self._last.show_question(talk, question)
        self._show_remembered(talk.remembered[-SHOWN_OF_REMEMBERED:])

    def _show_remembered(self, remembered: tuple[Statement, ...]) -> None:
        if remembered == self._remembered:
            return
        self._remembered = remembered
        self._goals.setVisible(bool(remembered))
        clear(self._goals_words)
        for statement in remembered:
            made = IconText("bookmark", statement.words)
            self._goals_words.addWidget(made)
            made.show()
