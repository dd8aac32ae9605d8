"""The field for a question that is answered by a value instead of in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from caseworker_app.domain.guide import Question, QuestionKind
from caseworker_app.i18n import _, texts
from ui.forms.typing_pause import PAUSE
from ui.widgets.choices import Option, RadioRow
from ui.widgets.dates import DateField
from ui.widgets.fields import LineField, LongField
from ui.widgets.layout import column, flow
from ui.widgets.rating import RatingScale

YES, NO = "yes", "no"


class AnswerField(QWidget):
    """One question's value. `given` carries it as text when it is to be kept; "" takes it back."""

    given = Signal(str)

    def __init__(self, question: Question, value: str, today: date) -> None:
        super().__init__()
        self._asked = question.text.to(texts().language)
        self._question, self._today = question, today
        self._read: Callable[[], str] = str
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(lambda: self.given.emit(self._read()))
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
        self.setLayout(column(make(value)))

    def flush(self) -> None:
        """Say `given` now if somebody has just been typing."""
        if self._timer.isActive():
            self._timer.stop()
            self.given.emit(self._read())

    def _yes_no(self, value: str) -> QWidget:
        return self._radios([Option(YES, _("Yes")), Option(NO, _("No"))], value)

    def _choice(self, value: str) -> QWidget:
        language = texts().language
        options = [Option(one.id, one.text.to(language)) for one in self._question.options]
        return self._radios(options, value)

    def _radios(self, options: list[Option], value: str) -> QWidget:
        radios = RadioRow(self._asked, options, optional=True)
        radios.choose(value or None)
        radios.chosen.connect(lambda one: self.given.emit(str(one or "")))
        return radios

    def _choices(self, value: str) -> QWidget:
        """Several may be true: their ids are kept one a line, in the order of the guide."""
        boxes: dict[str, QCheckBox] = {}
        for option in self._question.options:
            words = option.text.to(texts().language)
            box = QCheckBox(words.replace("&", "&&"))
            box.setAccessibleName(words)
            box.setProperty("boxed", True)
            box.setChecked(option.id in value.split("\n"))
            boxes[option.id] = box
        for box in boxes.values():
            box.clicked.connect(
                lambda _on: self.given.emit(
                    "\n".join(one for one, box in boxes.items() if box.isChecked())
                )
            )
        return flow(*boxes.values(), gap=6)

    def _date(self, value: str) -> QWidget:
        field = DateField("", self._today)
        field.control.setAccessibleName(self._asked)
        field.set_value(date.fromisoformat(value) if value else None)

        def give() -> None:
            day = field.value()
            if day is not None or not field.control.text().strip():
                self.given.emit(day.isoformat() if day else "")

        field.changed.connect(give)
        return field

    def _number(self, value: str) -> QWidget:
        field = LineField("")
        field.control.setAccessibleName(self._asked)
        field.set_value(value)

        def check() -> None:
            wrong = bool(field.value()) and not _is_number(field.value())
            field.set_problem(_("Please write a number here, for example 12.") if wrong else "")

        field.left.connect(check)
        return self._typed(field, field.value)

    def _scale(self, value: str) -> QWidget:
        scale = RatingScale(self._asked, _("not at all"), _("very"))
        scale.set_value(int(value) if value.isdecimal() and int(value) <= 10 else None)
        scale.rated.connect(lambda number: self.given.emit("" if number is None else str(number)))
        return scale

    def _text(self, value: str) -> QWidget:
        field = LongField("", lines=2)
        field.control.setAccessibleName(self._asked)
        field.set_value(value)
        return self._typed(field, field.value)

    def _typed(self, field: LineField | LongField, read: Callable[[], str]) -> QWidget:
        self._read = read
        field.changed.connect(self._timer.start)
        field.left.connect(self.flush)
        return field


def _is_number(words: str) -> bool:
    try:
        float(words.replace(",", "."))
    except ValueError:
        return False
    return True
