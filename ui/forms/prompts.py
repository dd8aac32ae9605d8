"""Beside the conversation: the topic's questions as hints, last time's words, what to remember."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.domain import path
from caseworker_app.domain.guide import Question, Section
from caseworker_app.domain.talk import Missing
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, texts
from ui import theme
from ui.widgets.boxes import VoiceBox
from ui.widgets.drawings import painter_on
from ui.widgets.layout import clear, column, line, row
from ui.widgets.text import IconText, Text

SHOWN_OF_REMEMBERED = 5


class Prompt(QAbstractButton):
    """One question to choose: done, current or open. A hint, never a duty."""

    def __init__(self) -> None:
        super().__init__()
        self.question = ""
        self._line = IconText("circle", "")
        self._line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(column(self._line, margins=(6, 7, 6, 7)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(theme.current().px(44))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_question(self, question: str, words: str, *, done: bool, current: bool) -> None:
        """Show a question and whether something was said to it."""
        self.question = question
        if current:
            self._line.set("arrow-right", words, icon_colour="accent", colour="accent_ink")
            state = _("{question}, asked now")
        elif done:
            self._line.set("check", words, icon_colour="person", colour="text_2")
            state = _("{question}, talked about")
        else:
            self._line.set("circle", words, icon_colour="text_3", colour="text")
            state = "{question}"
        self.setAccessibleName(state.format(question=words))
        self.setText(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.underMouse() or self.isDown():
            look = theme.current()
            painter = painter_on(self)
            painter.setBrush(look.colour("sunken"))
            painter.drawRoundedRect(self.rect(), look.px(9), look.px(9))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.update()


class Prompts(QWidget):
    """The side column. `chosen` carries the id of a question of this topic."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Prompt] = []
        self._list: QVBoxLayout = column(gap=0)
        self._hint = IconText("ear", "", "body", colour="text_2")
        self._last_day = Text("", "meta")
        self._last_words: QVBoxLayout = column(gap=8)
        self._last = _block(row(Text(_("Last time"), "bodyb"), None, self._last_day))
        self._last.layout().addLayout(self._last_words)  # type: ignore[union-attr]
        self._goals_words: QVBoxLayout = column(gap=8)
        self._goals = _block(Text(_("Remembered for the goals"), "bodyb"))
        self._goals.layout().addLayout(self._goals_words)  # type: ignore[union-attr]
        self._shown: tuple[object, object] = (None, None)
        questions = column(Text(_("Questions to get talking"), "bodyb"), self._list, gap=4)
        body = column(questions, self._hint, self._last, self._goals, None, gap=16)
        self.setLayout(body)

    def show_talk(self, talk: Talk, section: Section, question: Question) -> None:
        """Show what helps with this question."""
        language = texts().language
        while len(self._rows) < len(section.questions):
            made = Prompt()
            made.clicked.connect(lambda _checked=False, made=made: self.chosen.emit(made.question))
            self._rows.append(made)
            self._list.addWidget(made)
        for place, made in enumerate(self._rows):
            made.setVisible(place < len(section.questions))
            if place < len(section.questions):
                one = section.questions[place]
                made.show_question(
                    one.id,
                    one.text.to(language),
                    done=_is_done(talk, one),
                    current=one.id == question.id,
                )
        hint = question.hint.to(language)
        self._hint.set("ear", hint)
        self._hint.setVisible(bool(hint))
        self._show_last(talk, question)
        self._show_remembered(talk)

    def _show_last(self, talk: Talk, question: Question) -> None:
        said = talk.last_said(question.id)
        if said == self._shown[0]:
            return
        self._shown = (said, self._shown[1])
        self._last.setVisible(bool(said))
        clear(self._last_words)
        if talk.earlier is not None:
            self._last_day.setText(texts().day(talk.earlier.on))
        for statement in said:
            self._last_words.addWidget(
                VoiceBox(statement.voice, statement.words, statement.speaker, small=True)
            )

    def _show_remembered(self, talk: Talk) -> None:
        remembered = talk.remembered
        if remembered == self._shown[1]:
            return
        self._shown = (self._shown[0], remembered)
        self._goals.setVisible(bool(remembered))
        clear(self._goals_words)
        for statement in remembered[-SHOWN_OF_REMEMBERED:]:
            self._goals_words.addWidget(IconText("bookmark", statement.words))


def _is_done(talk: Talk, question: Question) -> bool:
    answer = path.latest_answer(question.id, talk.answers)
    answered = answer and (answer.value or answer.missing not in (None, Missing.NOT_ASKED))
    return bool(answered or talk.said(question.id))


def _block(head: object) -> QWidget:
    block = QWidget()
    block.setLayout(column(line(), head, gap=10))  # type: ignore[arg-type]
    block.hide()
    return block
