"""The field for a question that is answered by a value instead of in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from caseworker_app.domain.guide import Question, QuestionKind
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, texts
from ui.forms.last_time import is_on_another_scale
from ui.forms.number_field import NumberField
from ui.forms.scales import day_of_last_time, scale_widget
from ui.forms.typing_pause import TypingPause
from ui.widgets.choices import Option, RadioRow
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.fields import LongField
from ui.widgets.layout import column, flow

YES, NO = "yes", "no"
FEW_LINES, MANY_LINES = 1, 5


class AnswerField(QWidget):
    """One question's value. `given` carries it as text when it is to be kept; "" takes it back."""

    given = Signal(str)

    def __init__(self, talk: Talk, question: Question, today: date) -> None:
        super().__init__()
        self._talk, self._question, self._today = talk, question, today
        self._tag = talk.form(texts().language)
        self._asked = question.text.to(self._tag)
        self._read: Callable[[], str] = str
        self._show: Callable[[str], None]
        self._pause = TypingPause(self, steady=True)
        self._pause.over.connect(lambda: self.given.emit(self._read()))
        make = {
            QuestionKind.YES_NO: self._yes_no,
            QuestionKind.CHOICE: self._choice,
            QuestionKind.CHOICES: self._choices,
            QuestionKind.DATE: self._date,
            QuestionKind.NUMBER: self._number,
            QuestionKind.SCALE: self._scale,
            QuestionKind.TEXT: self._text,
            QuestionKind.LONG_TEXT: self._text,
        }[question.kind]
        self.setLayout(column(make()))
        self.show_value(talk)

    def show_value(self, talk: Talk) -> None:
        """Show the value of this talk. What is just being typed stays."""
        if not self._pause.is_typing():
            answer = talk.answer(self._question.id)
            self._show(answer.value if answer else "")

    def flush(self) -> None:
        """Say `given` now if something was typed since."""
        self._pause.flush()

    def _yes_no(self) -> QWidget:
        return self._radios([Option(YES, _("Yes")), Option(NO, _("No"))])

    def _choice(self) -> QWidget:
        return self._radios(
            [Option(one.id, one.text.to(self._tag)) for one in self._question.options]
        )

    def _radios(self, options: list[Option]) -> QWidget:
        radios = RadioRow(self._asked, options, optional=True)
        radios.chosen.connect(lambda one: self.given.emit(str(one or "")))
        self._show = lambda value: radios.choose(value or None)
        return radios

    def _choices(self) -> QWidget:
        """Several may be true: their ids are kept one a line, in the order of the guide."""
        boxes: dict[str, QCheckBox] = {}
        for option in self._question.options:
            words = option.text.to(self._tag)
            box = boxes[option.id] = QCheckBox(words.replace("&", "&&"))
            box.setAccessibleName(words)
            box.setProperty("boxed", True)
            box.clicked.connect(lambda _on: self.given.emit(_chosen(boxes)))
        self._show = lambda value: _choose(boxes, value)
        return flow(*boxes.values(), gap=6)

    def _date(self) -> QWidget:
        """What is no date yet is kept as it was typed."""
        field = DateField("", self._today)

        def read() -> str:
            day = field.value()
            return day.isoformat() if day else field.control.text().strip()

        def show(value: str) -> None:
            day = _day(value)
            if day is not None or not value:
                field.set_value(day)
            else:
                field.control.setText(value)

        return self._typed(field, read, show)

    def _number(self) -> QWidget:
        field = NumberField(self._question)
        return self._typed(field, field.value, field.set_value)

    def _scale(self) -> QWidget:
        points = self._talk.guide.scale(self._question.scale)
        scale = scale_widget(points)
        before, last, when = self._talk.last_answer(self._question.id), None, ""
        if before and self._talk.earlier and not is_on_another_scale(self._talk, self._question):
            last, when = _whole(before.value), day_of_last_time(self._talk)
        scale.ask(self._asked, last=last, last_when=when if last is not None else "")
        known = range(points.first, points.last + 1)
        scale.rated.connect(lambda number: self.given.emit("" if number is None else str(number)))
        self._show = lambda value: scale.set_value(
            number if (number := _whole(value)) in known else None
        )
        return scale

    def _text(self) -> QWidget:
        long = self._question.kind is QuestionKind.LONG_TEXT
        field = LongField("", lines=MANY_LINES if long else FEW_LINES)
        return self._typed(field, field.value, field.set_value)

    def _typed(self, field: Field, read: Callable[[], str], show: Callable[[str], None]) -> QWidget:
        field.control.setAccessibleName(self._asked)
        self._read, self._show = read, show
        field.changed.connect(self._pause.begin)
        field.left.connect(self._pause.flush)
        return field


def _chosen(boxes: dict[str, QCheckBox]) -> str:
    return "\n".join(one for one, box in boxes.items() if box.isChecked())


def _choose(boxes: dict[str, QCheckBox], value: str) -> None:
    chosen = value.split("\n")
    for one, box in boxes.items():
        box.setChecked(one in chosen)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _whole(value: str) -> int | None:
    try:
        return int(value)
    except ValueError:
        return None
