"""The third way out of a difference: a field of the fitting kind for a value of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from caseworker_app.domain.disputes import Dispute
from caseworker_app.domain.guide import Question, QuestionKind
from caseworker_app.domain.life import LIFE_DOMAINS
from caseworker_app.domain.talk import Rating
from caseworker_app.i18n import _, beginning, texts, translated
from ui.forms.next_talk import read_time
from ui.widgets.boxes import Panel
from ui.widgets.buttons import button
from ui.widgets.case_sheet import Sideways
from ui.widgets.dates import DateField
from ui.widgets.dispute_words import is_sentence, use_words, write_words
from ui.widgets.drawings import picture
from ui.widgets.field import Field
from ui.widgets.fields import ChoiceField, LineField, LongField
from ui.widgets.layout import column, row
from ui.widgets.text import Text
from ui.widgets.value_words import (
    ON_A_SCALE,
    asked,
    choice_words,
    most_of,
    points_of,
    tag_of,
    value_words,
)

_CODES = frozenset({"section", "question", "scale", "guide", "language", "point", "pin"})
_TYPED = frozenset({QuestionKind.TALK, QuestionKind.TEXT, QuestionKind.LONG_TEXT})

Choices = Sequence[tuple[object, str]]


class OwnField(Panel):
    """`used` carries the value that is to stand instead of all sides."""

    used = Signal(object)

    def __init__(self, dispute: Dispute, field: Field, words: str, act: str) -> None:
        super().__init__(gap=12)
        self.field = field
        field.control.setAccessibleName(words)
        head = row(picture("pen-line", colour="text_2", size=20), Text(words, "h3"), gap=10)
        head.setStretch(1, 1)
        self.use = button(act, "primary", big=True, slot=self._on_use)
        self.body.addLayout(head)
        self.body.addWidget(Sideways(column(field), column(self.use, None)))
        self._texts = [side.value for side in dispute.sides]
        field.control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter uses what is written, as in a conversation; with Shift it begins a new line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            new_line = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if enter and not new_line and isinstance(watched, QLineEdit | QPlainTextEdit):
                self._on_use()
                return True
        return super().eventFilter(watched, event)

    def draft(self) -> object:
        """What was begun in the field; "" where nothing but one of the sides stands in it."""
        value = self.field.value()
        return "" if value is None or value in self._texts else value

    def _on_use(self) -> None:
        value = self.field.value()
        if isinstance(value, str):
            value = value.strip()
        if value in (None, ""):
            self.field.set_problem(_("Please fill this in, or keep one of the sides."))
            self.field.setFocus()
            return
        self.used.emit(value)


def own_field(dispute: Dispute, today: date) -> OwnField | None:
    """The field for this difference; None where the sides are all there is to choose from."""
    if dispute.is_removal:
        return None
    sample = next((s.value for s in dispute.sides if s.value is not None), None)
    for kind, make in _BY_TYPE:
        if isinstance(sample, kind):
            return make(dispute, today)
    return None


class MomentField(Field):
    """A day and a time."""

    def __init__(self, today: date) -> None:
        self._day = DateField(_("Day"), today)
        self._time = LineField(_("Time"))
        both = QWidget()
        both.setLayout(row(self._day, self._time, gap=14))
        super().__init__("", both)
        for one in (self._day, self._time):
            one.changed.connect(self.changed)
            one.left.connect(self.left)
        self.setFocusProxy(self._day)

    def value(self) -> datetime | None:
        """The moment; None while the day or the time is missing."""
        day, clock = self._day.value(), read_time(self._time.value())
        return datetime.combine(day, clock).astimezone() if day and clock else None

    def set_value(self, value: datetime | None) -> None:
        """Show a moment in the time of this laptop."""
        local = value.astimezone() if value else None
        self._day.set_value(local.date() if local else None)
        self._time.set_value(texts().clock(local) if local else "")


def _nothing(_dispute: Dispute, _today: date) -> None:
    return None


def _text(dispute: Dispute, _today: date) -> OwnField | None:
    if dispute.field in _CODES:
        return None
    if dispute.field == "domain":
        return _choose(dispute, [(one.id, translated(one.label)) for one in LIFE_DOMAINS])
    if dispute.field == "value":
        question = asked(dispute)
        return _answer(dispute, question) if question else None
    return _written(dispute)


def _written(dispute: Dispute) -> OwnField:
    values = [side.value or "" for side in dispute.sides]
    many = is_sentence(dispute) or any("\n" in value for value in values)
    field: Field = LongField("", lines=1) if many else LineField("")
    field.set_value(values[0])
    return OwnField(dispute, field, write_words(dispute), use_words(dispute))


def _answer(dispute: Dispute, question: Question) -> OwnField | None:
    if question.kind in _TYPED:
        return _written(dispute)
    if question.kind is QuestionKind.YES_NO:
        return _choose(dispute, [("yes", _("Yes")), ("no", _("No"))])
    if question.kind is QuestionKind.CHOICE:
        tag = tag_of(dispute)
        return _choose(dispute, [(one.id, one.text.to(tag)) for one in question.options])
    return None


def _choose(dispute: Dispute, choices: Choices) -> OwnField:
    field = ChoiceField("", choices)
    field.set_value(dispute.sides[0].value)
    return OwnField(dispute, field, _("Or choose something else"), _("Use this"))


def _enum(dispute: Dispute, _today: date) -> OwnField:
    kind = type(next(s.value for s in dispute.sides if s.value is not None))
    return _choose(dispute, [(one, beginning(choice_words(one))) for one in kind])


def _number(dispute: Dispute, _today: date) -> OwnField | None:
    most = most_of(dispute, dispute.field)
    if most is None:
        return None
    points = range(most + 1)
    if dispute.field in ON_A_SCALE and isinstance(dispute.about, Rating):
        points = points_of(dispute, dispute.about)
    return _choose(dispute, [(n, value_words(dispute, dispute.field, n)) for n in points])


def _day(dispute: Dispute, today: date) -> OwnField:
    field = DateField("", today)
    return OwnField(dispute, field, _("Or choose another day"), _("Use this day"))


def _moment(dispute: Dispute, today: date) -> OwnField:
    field = MomentField(today)
    field.set_value(dispute.sides[0].value)
    return OwnField(dispute, field, _("Or choose another day and time"), _("Use this"))


_BY_TYPE: tuple[tuple[type, Callable[[Dispute, date], OwnField | None]], ...] = (
    (bool, _nothing),
    (StrEnum, _enum),
    (int, _number),
    (datetime, _moment),
    (date, _day),
    (str, _text),
)
