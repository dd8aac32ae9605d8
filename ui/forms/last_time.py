"""What was said and answered to the same question last time, beside the conversation."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.guide import Question, QuestionKind
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, texts
from ui.forms.said_box import SaidBox, Spoken
from ui.forms.scales import day_of_last_time
from ui.widgets.layout import column, line, row
from ui.widgets.read_words import answer_words
from ui.widgets.text import IconText, Text


class LastTime(QWidget):
    """Shows nothing at all where there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._day = Text("", "meta")
        self._value = IconText("check", "", "bodym", icon_colour="person")
        self._other = Text(_("on another scale: not comparable"), "meta")
        self._boxes: list[SaidBox] = []
        self._said: QVBoxLayout = column(gap=8)
        head = row(Text(_("Last time"), "bodyb"), None, self._day)
        self.setLayout(column(line(), head, self._value, self._other, self._said, gap=10))
        self.hide()

    def show_question(self, talk: Talk, question: Question) -> None:
        """Show last time's words and last time's value, in words."""
        said = talk.earlier.said(question.id) if talk.earlier else ()
        value = last_value(talk, question)
        if said or value:
            self._day.setText(day_of_last_time(talk))
        self._value.setText(value)
        self._value.setVisible(bool(value))
        self._other.setVisible(bool(value) and is_on_another_scale(talk, question))
        while len(self._boxes) < len(said):
            made = SaidBox(small=True)
            self._boxes.append(made)
            self._said.addWidget(made)
        for box, one in zip(self._boxes, said, strict=False):
            box.show_spoken(Spoken(one.voice, one.words, one.speaker))
            box.show()
        for box in self._boxes[len(said) :]:
            box.forget()
            box.hide()
        self.setVisible(bool(said or value))


def last_value(talk: Talk, question: Question) -> str:
    """The value given last time in words, as it was called in the guide of that time."""
    answer = talk.last_answer(question.id)
    if talk.earlier is None or answer is None or not (answer.value or answer.missing):
        return ""
    guide = talk.earlier.guide or talk.guide
    was = guide.question(question.id) or question
    return answer_words(answer, was, guide, talk.form(texts().language))


def is_on_another_scale(talk: Talk, question: Question) -> bool:
    """Whether last time's number stands on another scale than today's."""
    answer = talk.last_answer(question.id)
    if question.kind is not QuestionKind.SCALE or talk.earlier is None or answer is None:
        return False
    was = talk.earlier.guide.question(question.id) if talk.earlier.guide else None
    return bool(answer.value) and (was is None or was.scale != question.scale)
