"""How a question is answered on the participant's side when it is not answered in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from caseworker_app.content.participant import Tongue
from caseworker_app.domain.guide import Guide, Question, QuestionKind
from ui.forms.turned_date import BigDate
from ui.forms.turned_number import BigNumber
from ui.forms.turned_scale import turned_scale
from ui.forms.typing_pause import TypingPause
from ui.widgets.choices import Option
from ui.widgets.fields import GrowingText
from ui.widgets.layout import column
from ui.widgets.turned_choice import BigChoice, BigChoices


class TurnedAnswer(QWidget):
    """What all kinds share. `given` carries the value as text; "" takes it back."""

    given = Signal(str)

    def show_value(self, value: str) -> None:
        """Show the value that is kept, without a signal."""
        raise NotImplementedError

    def flush(self) -> None:
        """Say `given` now if somebody has just been typing."""

    def focus(self) -> None:
        """Put the keyboard on the answer."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class _One(TurnedAnswer):
    """Yes or no, or one of the guide's answers."""

    def __init__(self, name: str, options: list[Option]) -> None:
        super().__init__()
        self._choice = BigChoice(name, options)
        self._choice.chosen.connect(lambda value: self.given.emit(str(value or "")))
        self.setLayout(column(self._choice))

    def show_value(self, value: str) -> None:
        self._choice.choose(value or None)

    def focus(self) -> None:
        self._choice.focus()


class _Several(TurnedAnswer):
    """Several of the guide's answers, kept one a line in the order of the guide."""

    def __init__(self, name: str, options: list[Option]) -> None:
        super().__init__()
        self._choices = BigChoices(name, options)
        self._choices.chosen.connect(lambda values: self.given.emit("\n".join(values)))
        self.setLayout(column(self._choices))

    def show_value(self, value: str) -> None:
        self._choices.choose(value.split("\n"))

    def focus(self) -> None:
        self._choices.focus()


class _OnScale(TurnedAnswer):
    """A point of one of the guide's scales."""

    def __init__(self, tongue: Tongue, guide: Guide, question: Question, name: str) -> None:
        super().__init__()
        self._points = guide.scale(question.scale)
        self._scale = turned_scale(tongue, self._points, name)
        self._scale.rated.connect(
            lambda point: self.given.emit("" if point is None else str(point))
        )
        self.setLayout(column(self._scale))

    def show_value(self, value: str) -> None:
        known = map(str, range(self._points.first, self._points.last + 1))
        self._scale.set_value(int(value) if value in known else None)

    def focus(self) -> None:
        self._scale.focus()


class _Written(TurnedAnswer):
    """One line or several; kept when typing pauses."""

    def __init__(self, name: str, *, lines: int) -> None:
        super().__init__()
        self._edit: QLineEdit | GrowingText = (
            GrowingText(lines, "tbody") if lines > 1 else QLineEdit()
        )
        self._edit.setAccessibleName(name)
        self._edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._edit.setAcceptDrops(False)
        self._pause = TypingPause(self)
        self._pause.over.connect(self.flush)
        self._edit.textChanged.connect(self._pause.begin)
        self._told = ""
        self.setLayout(column(self._edit))
        self.setFocusProxy(self._edit)

    def show_value(self, value: str) -> None:
        """What is being typed at this moment stays."""
        if value != self._told:
            self._told = value
            self._edit.blockSignals(True)
            if isinstance(self._edit, QLineEdit):
                self._edit.setText(value)
            else:
                self._edit.setPlainText(value)
            self._edit.blockSignals(False)

    def flush(self) -> None:
        self._pause.stop()
        edit = self._edit
        words = (edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()).strip()
        if words != self._told:
            self._told = words
            self.given.emit(words)


class _Number(TurnedAnswer):
    """A number."""

    def __init__(self, tongue: Tongue, question: Question, name: str) -> None:
        super().__init__()
        self._number = BigNumber(tongue, question, name)
        self._number.given.connect(self.given)
        self.setLayout(column(self._number))
        self.setFocusProxy(self._number)

    def show_value(self, value: str) -> None:
        self._number.show_value(value)

    def flush(self) -> None:
        self._number.flush()


class _Day(TurnedAnswer):
    """A day."""

    def __init__(self, tongue: Tongue, name: str, today: date) -> None:
        super().__init__()
        self._date = BigDate(tongue, name, today)
        self._date.given.connect(self.given)
        self.setLayout(column(self._date))
        self.setFocusProxy(self._date)

    def show_value(self, value: str) -> None:
        self._date.show_value(value)


def turned_answer(
    tongue: Tongue, guide: Guide, question: Question, today: date
) -> TurnedAnswer | None:
    """The way to answer a question; None for one that is answered in words alone."""
    name = tongue.text(question.text)
    yes_no = [Option("yes", tongue.say("yes")), Option("no", tongue.say("no"))]
    options = [Option(one.id, tongue.text(one.text)) for one in question.options]
    make: dict[QuestionKind, Callable[[], TurnedAnswer]] = {
        QuestionKind.YES_NO: lambda: _One(name, yes_no),
        QuestionKind.CHOICE: lambda: _One(name, options),
        QuestionKind.CHOICES: lambda: _Several(name, options),
        QuestionKind.SCALE: lambda: _OnScale(tongue, guide, question, name),
        QuestionKind.NUMBER: lambda: _Number(tongue, question, name),
        QuestionKind.DATE: lambda: _Day(tongue, name, today),
        QuestionKind.TEXT: lambda: _Written(name, lines=1),
        QuestionKind.LONG_TEXT: lambda: _Written(name, lines=3),
    }
    return make[question.kind]() if question.kind in make else None
